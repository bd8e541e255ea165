"""Shifts of units, rosters of people, and who trades with whom."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, dated, grant

DATED = ("shiftkindrow", "rosterday")
ADDED = ("rostersheet", "swap", "swapstep")


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0002_excuses"),
        ("ledger", "0002_dated_basis"),
        ("organisation", "0004_withdrawals_by_two"),
        ("people", "0008_drops_of_recalls"),
    ]

    operations = [
        migrations.CreateModel(
            name="RosterSheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("month", models.DateField()),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("days", models.IntegerField()),
                ("by_name", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShiftKind",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("code", models.TextField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShiftKindRow",
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
                ("name", models.TextField()),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("opens_before", models.IntegerField()),
                ("closes_after", models.IntegerField()),
                ("pause_start", models.TimeField(null=True)),
                ("pause_end", models.TimeField(null=True)),
                ("pairing", models.TextField(default="first_last")),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="attendance.shiftkind",
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
                        to="attendance.shiftkindrow",
                    ),
                ),
            ],
            options={
                "verbose_name": "jam dinas",
            },
        ),
        migrations.CreateModel(
            name="Swap",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("asker_on", models.DateField()),
                ("other_on", models.DateField()),
                ("reason", models.TextField()),
                ("by_name", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RosterDay",
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
                ("late", models.BooleanField()),
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
                        to="attendance.rosterday",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="attendance.rostersheet",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.shiftkind",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.shiftkind",
                    ),
                ),
                (
                    "swap",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="attendance.swap",
                    ),
                ),
            ],
            options={
                "verbose_name": "jadwal dinas",
            },
        ),
        migrations.CreateModel(
            name="SwapStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "step",
                    models.TextField(
                        choices=[
                            ("consented", "Bersedia"),
                            ("agreed", "Disetujui"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Ditarik"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("by_name", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "swap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="attendance.swap",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="rostersheet",
            index=models.Index(fields=["unit", "month"], name="rostersheet_unit"),
        ),
        migrations.AddConstraint(
            model_name="rostersheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="rostersheet_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkind",
            constraint=models.UniqueConstraint(fields=("unit", "code"), name="shiftkind_once"),
        ),
        migrations.AddConstraint(
            model_name="shiftkind",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__regex", "^[A-Z][A-Z0-9]{0,2}$"), models.Q(("code", "L"), _negated=True)
                ),
                name="shiftkind_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="shiftkind_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="shiftkind_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="shiftkind_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("kind", "="), ("period", "&&")],
                name="shiftkind_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="shiftkind_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_after__range", (0, 240)), ("opens_before__range", (0, 240))),
                name="shiftkind_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pause_end__isnull", True), ("pause_start__isnull", True)),
                    models.Q(("pause_end__isnull", False), ("pause_start__isnull", False)),
                    _connector="OR",
                ),
                name="shiftkind_pause",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftkindrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("pairing__in", ["first_last", "pairs"])), name="shiftkind_pairing"
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("asker", models.F("other")), _negated=True), name="swap_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="swap_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterday",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="rosterday_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterday",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="rosterday_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="rosterday_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterday",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="rosterday_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second__isnull", True),
                    models.Q(
                        ("first__isnull", False), models.Q(("first", models.F("second")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="rosterday_shifts",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sheet__isnull", True), ("swap__isnull", False)),
                    models.Q(("sheet__isnull", False), ("swap__isnull", True)),
                    _connector="OR",
                ),
                name="rosterday_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="swapstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["consented", "agreed", "refused", "withdrawn"])),
                name="swapstep_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="swapstep",
            constraint=models.UniqueConstraint(fields=("swap", "step"), name="swapstep_once"),
        ),
        migrations.AddConstraint(
            model_name="swapstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "consented"), _negated=True),
                fields=("swap",),
                name="swapstep_end",
            ),
        ),
        *(dated(f"attendance_{name}") for name in DATED),
        *(append_only(f"attendance_{name}") for name in ADDED),
        *(
            grant(
                f"attendance_{name}",
                app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)",
                auditor="SELECT",
            )
            for name in DATED
        ),
        *(grant(f"attendance_{name}", app="SELECT, INSERT", auditor="SELECT") for name in ADDED),
        grant("attendance_shiftkind", app="SELECT, INSERT", auditor="SELECT"),
    ]
