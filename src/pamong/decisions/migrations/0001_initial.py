"""Decisions with their gates and answers, orders, objections, delegations, memos."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0007_audit"),
        ("organisation", "0005_bound"),
        ("people", "0011_bound"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("key", models.UUIDField()),
                ("kind", models.TextField()),
                ("title", models.TextField()),
                ("content", models.JSONField()),
                ("reason", models.TextField(blank=True, default="")),
                ("steps", models.JSONField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("sealed", "Ditetapkan"),
                            ("refused", "Tidak disetujui"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="waiting",
                    ),
                ),
                ("place", models.SmallIntegerField(default=0)),
                ("waits_permission", models.TextField(blank=True, default="")),
                ("waits_unit", models.TextField(blank=True, default="")),
                ("due_at", models.DateTimeField(null=True)),
                ("odd", models.BooleanField(default=False)),
                ("held", models.BooleanField(default=False)),
                (
                    "barred",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("entered_name", models.TextField()),
                (
                    "entered_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
                (
                    "waits_seat",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "keputusan",
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("change", "Perubahan"),
                            ("correct", "Pembetulan"),
                            ("rescind", "Pembatalan"),
                        ],
                        default="change",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.seat"
                    ),
                ),
                (
                    "superseded_basis",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="decisions.delegation",
                    ),
                ),
                (
                    "to_seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.seat"
                    ),
                ),
            ],
            options={
                "verbose_name": "pendelegasian",
            },
        ),
        migrations.CreateModel(
            name="GateRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "stage",
                    models.TextField(choices=[("proposed", "Saat diajukan"), ("signed", "Saat diputuskan")]),
                ),
                ("rank", models.SmallIntegerField()),
                ("code", models.TextField()),
                ("title", models.TextField()),
                (
                    "verdict",
                    models.TextField(
                        choices=[
                            ("allow", "Terpenuhi"),
                            ("warn", "Perlu alasan"),
                            ("block", "Tidak terpenuhi"),
                            ("unknown", "Belum diketahui"),
                        ]
                    ),
                ),
                ("sentence", models.TextField()),
                ("value", models.TextField(blank=True, default="")),
                ("threshold", models.TextField(blank=True, default="")),
                ("article", models.TextField(blank=True, default="")),
                ("link", models.TextField(blank=True, default="")),
                ("evidence", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gates",
                        to="decisions.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Memo",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("source", models.TextField()),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("filed_name", models.TextField()),
                (
                    "filed_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memos",
                        to="decisions.decision",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("by", models.TextField()),
                ("text", models.TextField()),
                ("filed_name", models.TextField()),
                (
                    "filed_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("lifted_name", models.TextField(blank=True, default="")),
                ("lifted_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="decisions.decision",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("register", models.TextField()),
                ("year", models.SmallIntegerField()),
                ("place", models.IntegerField()),
                ("number", models.TextField()),
                ("dated_on", models.DateField()),
                ("title", models.TextField()),
                ("template", models.TextField()),
                ("template_sha256", models.TextField()),
                ("content", models.JSONField()),
                ("late", models.BooleanField(default=False)),
                ("intake_id", models.BigIntegerField(null=True)),
                (
                    "at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "surat keputusan",
            },
        ),
        migrations.CreateModel(
            name="OrderEnd",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("how", models.TextField(choices=[("annulled", "Dicabut"), ("replaced", "Diganti")])),
                ("on", models.DateField()),
                (
                    "at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.order",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="end", to="decisions.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("year", models.SmallIntegerField()),
                ("last", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "year"), name="register_once"),
                    models.CheckConstraint(condition=models.Q(("last__gte", 0)), name="register_counts"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepAct",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("place", models.SmallIntegerField()),
                ("step", models.TextField()),
                (
                    "part",
                    models.TextField(
                        choices=[("verify", "Pemeriksaan"), ("opine", "Pertimbangan"), ("sign", "Keputusan")]
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        choices=[
                            ("agree", "Disetujui"),
                            ("change", "Perubahan"),
                            ("defer", "Ditangguhkan"),
                            ("refuse", "Tidak disetujui"),
                        ]
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("change", models.JSONField(null=True)),
                ("name", models.TextField()),
                ("office", models.TextField()),
                (
                    "reach",
                    models.TextField(
                        choices=[
                            ("seat", ""),
                            ("delegated", "dengan pendelegasian"),
                            ("above", "karena jabatan di bawahnya kosong atau berhalangan"),
                            ("escalated", "karena lewat batas waktu"),
                            ("role", ""),
                        ]
                    ),
                ),
                ("late", models.BooleanField(default=False)),
                (
                    "at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="decisions.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.seat",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["waits_seat", "due_at"],
                name="decision_waits_seat",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["waits_permission", "due_at"],
                name="decision_waits_role",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["person", "-id"], name="decision_of_person"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["entered_by", "-id"], name="decision_entered"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["kind", "state", "-id"], name="decision_kind"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sealed", "refused", "withdrawn"])),
                name="decision_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("entered_by", "key"), name="decision_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sealed"), _negated=True), ("basis__isnull", False), _connector="OR"
                ),
                name="decision_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), ("closed_at__isnull", True)),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="decision_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), _negated=True),
                    ("waits_seat__isnull", False),
                    models.Q(("waits_permission", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_addressed",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="delegation_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="delegation_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="delegation_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("seat", "="), ("to_seat", "="), ("period", "&&")],
                name="delegation_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", True), ("period__endswith__isnull", False), _connector="OR"
                ),
                name="delegation_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_seat", models.F("seat")), _negated=True), name="delegation_to_other"
            ),
        ),
        migrations.AddConstraint(
            model_name="gaterow",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["proposed", "signed"])), name="gaterow_stage"
            ),
        ),
        migrations.AddConstraint(
            model_name="gaterow",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["allow", "warn", "block", "unknown"])),
                name="gaterow_verdict",
            ),
        ),
        migrations.AddConstraint(
            model_name="gaterow",
            constraint=models.UniqueConstraint(fields=("decision", "stage", "code"), name="gaterow_once"),
        ),
        migrations.AddConstraint(
            model_name="gaterow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "signed"), ("verdict", "warn"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="gaterow_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="gaterow",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage", "signed"), ("verdict__in", ["block", "unknown"]), _negated=True),
                name="gaterow_not_past_a_block",
            ),
        ),
        migrations.AddConstraint(
            model_name="memo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True), models.Q(("text", ""), _negated=True)
                ),
                name="memo_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", ""), _negated=True), models.Q(("text", ""), _negated=True)
                ),
                name="objection_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                    models.Q(
                        ("lifted_at__isnull", False),
                        ("lifted_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="objection_lifted",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_by__isnull", True), ("lifted_by", models.F("filed_by")), _connector="OR"
                ),
                name="objection_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(fields=("register", "year", "place"), name="order_place_once"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(fields=("number",), name="order_number_once"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(("place__gt", 0)), name="order_place"),
        ),
        migrations.AddConstraint(
            model_name="orderend",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["annulled", "replaced"])), name="orderend_how"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by__isnull", True), models.Q(("by", models.F("order")), _negated=True), _connector="OR"
                ),
                name="orderend_by_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderend",
            constraint=models.CheckConstraint(
                condition=models.Q(("how", "annulled"), ("by__isnull", False), _connector="OR"),
                name="orderend_replaced",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepact",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["verify", "opine", "sign"])), name="stepact_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepact",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["agree", "change", "defer", "refuse"])),
                name="stepact_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepact",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach__in", ["seat", "delegated", "above", "escalated", "role"])),
                name="stepact_reach",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepact",
            constraint=models.UniqueConstraint(fields=("decision", "place"), name="stepact_once"),
        ),
        migrations.AddConstraint(
            model_name="stepact",
            constraint=models.UniqueConstraint(fields=("decision", "user"), name="stepact_one_part_each"),
        ),
        migrations.AddConstraint(
            model_name="stepact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", "agree"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="stepact_reason",
            ),
        ),
    ]
