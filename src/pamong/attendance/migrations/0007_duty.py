"""Duty letters, permits and musters."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import models

import pamong.attendance.models.duty
import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, grant, paper
from pamong.ledger.papers import DECIDED


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0006_corrections"),
        ("ledger", "0003_papers"),
        ("organisation", "0004_withdrawals_by_two"),
        ("people", "0008_drops_of_recalls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyLetter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("document", models.UUIDField()),
                (
                    "act",
                    models.TextField(
                        choices=[("new", "Baru"), ("change", "Perubahan"), ("cancel", "Pembatalan")],
                        default="new",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("file_name", models.TextField(blank=True, default="")),
                ("file_sha256", models.TextField(blank=True, default="")),
                ("file_type", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu persetujuan"),
                            ("verified", "Disetujui"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Ditarik"),
                            ("replaced", "Diganti"),
                        ],
                        default="waiting",
                    ),
                ),
                ("entered_name", models.TextField()),
                (
                    "entered_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.TextField(
                        choices=[("DL", "Dinas luar"), ("TB", "Tugas belajar"), ("DIS", "Dispensasi")]
                    ),
                ),
                ("number", models.TextField()),
                ("dated_on", models.DateField()),
                ("purpose", models.TextField()),
                ("place", models.TextField(blank=True, default="")),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("starts", models.DateTimeField(null=True)),
                ("ends", models.DateTimeField(null=True)),
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "surat tugas",
            },
        ),
        migrations.CreateModel(
            name="DutyMember",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="attendance.dutyletter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Muster",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("document", models.UUIDField()),
                (
                    "act",
                    models.TextField(
                        choices=[("new", "Baru"), ("change", "Perubahan"), ("cancel", "Pembatalan")],
                        default="new",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("file_name", models.TextField(blank=True, default="")),
                ("file_sha256", models.TextField(blank=True, default="")),
                ("file_type", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu persetujuan"),
                            ("verified", "Disetujui"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Ditarik"),
                            ("replaced", "Diganti"),
                        ],
                        default="waiting",
                    ),
                ),
                ("entered_name", models.TextField()),
                (
                    "entered_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("on", models.DateField()),
                ("name", models.TextField()),
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "apel",
            },
        ),
        migrations.CreateModel(
            name="MusterMissing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "muster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missing",
                        to="attendance.muster",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("document", models.UUIDField()),
                (
                    "act",
                    models.TextField(
                        choices=[("new", "Baru"), ("change", "Perubahan"), ("cancel", "Pembatalan")],
                        default="new",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("file_name", models.TextField(blank=True, default="")),
                ("file_sha256", models.TextField(blank=True, default="")),
                ("file_type", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu persetujuan"),
                            ("verified", "Disetujui"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Ditarik"),
                            ("replaced", "Diganti"),
                        ],
                        default="waiting",
                    ),
                ),
                ("entered_name", models.TextField()),
                (
                    "entered_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("out", "Keluar kantor"),
                            ("early", "Pulang lebih awal"),
                            ("late", "Datang terlambat"),
                        ]
                    ),
                ),
                ("on", models.DateField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("zone", models.TextField()),
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "izin",
            },
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["new", "change", "cancel"])), name="dutyletter_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "verified", "refused", "withdrawn", "replaced"])
                ),
                name="dutyletter_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["verified", "replaced", "refused"]), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dutyletter_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["verified", "replaced"]), _negated=True),
                    ("basis__isnull", False),
                    _connector="OR",
                ),
                name="dutyletter_rests",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("act", "new"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="dutyletter_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("document",), name="dutyletter_one_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "verified")), fields=("document",), name="dutyletter_one_holds"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["DL", "TB", "DIS"])), name="dutyletter_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__endswith__isnull", False),
                    ("period__isempty", False),
                    ("period__startswith__isnull", False),
                ),
                name="dutyletter_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends__isnull", True), ("starts__isnull", True)),
                    models.Q(
                        ("ends__gt", models.F("starts")), ("ends__isnull", False), ("starts__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="dutyletter_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), _negated=True), models.Q(("purpose", ""), _negated=True)
                ),
                name="dutyletter_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyletter",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "verified"]), models.Q(("act", "cancel"), _negated=True)
                ),
                expressions=[
                    ("unit", "="),
                    ("number", "="),
                    (django.db.models.functions.datetime.ExtractYear("dated_on"), "="),
                    ("document", "<>"),
                ],
                name="dutyletter_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutymember",
            constraint=models.UniqueConstraint(fields=("letter", "person"), name="dutymember_once"),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["new", "change", "cancel"])), name="muster_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "verified", "refused", "withdrawn", "replaced"])
                ),
                name="muster_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["verified", "replaced", "refused"]), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="muster_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["verified", "replaced"]), _negated=True),
                    ("basis__isnull", False),
                    _connector="OR",
                ),
                name="muster_rests",
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.CheckConstraint(
                condition=models.Q(("act", "new"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="muster_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("document",), name="muster_one_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "verified")), fields=("document",), name="muster_one_holds"
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="muster_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="muster",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "verified"]), models.Q(("act", "cancel"), _negated=True)
                ),
                expressions=[("unit", "="), ("on", "="), ("document", "<>")],
                name="muster_once",
            ),
        ),
        migrations.AddIndex(
            model_name="mustermissing",
            index=models.Index(fields=["person"], name="mustermissing_person"),
        ),
        migrations.AddConstraint(
            model_name="mustermissing",
            constraint=models.UniqueConstraint(fields=("muster", "person"), name="mustermissing_once"),
        ),
        migrations.AddIndex(
            model_name="permit",
            index=models.Index(fields=["person", "on"], name="permit_of_person"),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["new", "change", "cancel"])), name="permit_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "verified", "refused", "withdrawn", "replaced"])
                ),
                name="permit_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["verified", "replaced", "refused"]), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="permit_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["verified", "replaced"]), _negated=True),
                    ("basis__isnull", False),
                    _connector="OR",
                ),
                name="permit_rests",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(("act", "new"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="permit_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("document",), name="permit_one_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "verified")), fields=("document",), name="permit_one_holds"
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["out", "early", "late"])), name="permit_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))), name="permit_hours"
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "verified"]), models.Q(("act", "cancel"), _negated=True)
                ),
                expressions=[
                    ("person", "="),
                    (
                        pamong.attendance.models.duty.Instants(
                            "starts", "ends", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                    ("document", "<>"),
                ],
                name="permit_no_overlap",
            ),
        ),
        paper("attendance_dutyletter"),
        grant("attendance_dutyletter", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
        paper("attendance_permit"),
        grant("attendance_permit", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
        paper("attendance_muster"),
        grant("attendance_muster", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
        append_only("attendance_dutymember"),
        grant("attendance_dutymember", app="SELECT, INSERT", auditor="SELECT"),
        append_only("attendance_mustermissing"),
        grant("attendance_mustermissing", app="SELECT, INSERT", auditor="SELECT"),
    ]
