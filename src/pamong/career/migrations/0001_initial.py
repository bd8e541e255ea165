"""Delays of periodic raises, and the list of those that fall due."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import dated, decided_once, grant

_MADE = (
    "uid, person_id, due_on, effective_on, deadline, kind, golongan, mkg_years, mkg_months, since, row, "
    "new_years, new_months, base_before, base_after, document, effect, conditions, inputs_hash"
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0007_audit"),
        ("people", "0011_bound"),
    ]

    operations = [
        migrations.CreateModel(
            name="KgbDelay",
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
                    "ground",
                    models.TextField(
                        choices=[
                            ("performance", "karena kinerja"),
                            ("discipline", "sebagai hukuman disiplin"),
                        ]
                    ),
                ),
                ("due_on", models.DateField()),
                ("order_no", models.TextField()),
                ("order_on", models.DateField()),
                ("reason", models.TextField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                        to="career.kgbdelay",
                    ),
                ),
            ],
            options={
                "verbose_name": "penundaan kenaikan gaji berkala",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="kgbdelay_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="kgbdelay_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                            models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                            _connector="OR",
                        ),
                        name="kgbdelay_superseded",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        expressions=[("person", "="), ("ground", "="), ("period", "&&")],
                        name="kgbdelay_no_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["performance", "discipline"])),
                        name="kgbdelay_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__endswith__isnull", False)), name="kgbdelay_ends"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("order_no", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="kgbdelay_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KgbDue",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("due_on", models.DateField()),
                ("effective_on", models.DateField()),
                ("deadline", models.DateField(null=True)),
                ("kind", models.TextField()),
                ("golongan", models.TextField()),
                ("mkg_years", models.SmallIntegerField()),
                ("mkg_months", models.SmallIntegerField()),
                ("since", models.DateField()),
                ("row", models.SmallIntegerField()),
                ("new_years", models.SmallIntegerField(null=True)),
                ("new_months", models.SmallIntegerField(null=True)),
                ("base_before", models.BigIntegerField(null=True)),
                ("base_after", models.BigIntegerField(null=True)),
                ("document", models.TextField(blank=True, default="")),
                (
                    "effect",
                    models.TextField(
                        choices=[
                            ("allow", "Boleh diteruskan"),
                            ("warn", "Perlu alasan tertulis"),
                            ("block", "Belum boleh"),
                        ]
                    ),
                ),
                ("conditions", models.JSONField()),
                ("inputs_hash", models.TextField()),
                (
                    "made_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "kenaikan gaji berkala yang jatuh tempo",
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=["effective_on", "person"],
                        name="kgbdue_by_month",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("person",),
                        name="kgbdue_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effect__in", ["allow", "warn", "block"])), name="kgbdue_effect"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("PNS", "CPNS", "PPPK", "PPPK_PW"))),
                        name="kgbdue_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_on__day", 1), ("effective_on__gte", models.F("due_on"))
                        ),
                        name="kgbdue_month",
                    ),
                ],
            },
        ),
        dated("career_kgbdelay"),
        grant(
            "career_kgbdelay",
            app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)",
            auditor="SELECT",
        ),
        bound("career_kgbdelay"),
        decided_once(
            "career_kgbdue",
            "OLD.superseded_at IS NULL AND to_jsonb(NEW) - 'superseded_at' = to_jsonb(OLD) - 'superseded_at'",
        ),
        grant("career_kgbdue", app=f"SELECT, INSERT ({_MADE}), UPDATE (superseded_at)", auditor="SELECT"),
    ]
