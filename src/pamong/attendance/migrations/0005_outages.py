"""When nothing could be recorded, and lists that officers wrote instead of a machine."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.conf import settings
from django.db import models

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import append_only, decided_once, grant

# The end is told once: of a confirmed outage it makes another confirm it, with its end.
_OUTAGE = """
(OLD.state = 'proposed' AND (OLD.ends IS NULL
  OR (NEW.ends, NEW.ended_by_id) IS NOT DISTINCT FROM (OLD.ends, OLD.ended_by_id)))
OR (OLD.state = 'confirmed' AND OLD.ends IS NULL AND NEW.state = 'proposed' AND NEW.ends IS NOT NULL)
OR (OLD.state = 'confirmed' AND NEW.state = 'withdrawn'
  AND (NEW.ends, NEW.ended_by_id, NEW.decided_by_id, NEW.basis_id)
    IS NOT DISTINCT FROM (OLD.ends, OLD.ended_by_id, OLD.decided_by_id, OLD.basis_id))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0004_days"),
        ("ledger", "0002_dated_basis"),
        ("organisation", "0004_withdrawals_by_two"),
        ("people", "0008_drops_of_recalls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("media_type", models.TextField()),
                ("by_name", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("zone", models.TextField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                (
                    "origin",
                    models.TextField(choices=[("declared", "Dilaporkan"), ("noticed", "Diusulkan sistem")]),
                ),
                ("reason", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("proposed", "Menunggu pengesahan"),
                            ("confirmed", "Disahkan"),
                            ("refused", "Tidak disahkan"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="proposed",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.attachment",
                    ),
                ),
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.device",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutageStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "step",
                    models.TextField(
                        choices=[
                            ("declared", "Dilaporkan"),
                            ("noticed", "Diusulkan sistem"),
                            ("ended", "Selesai"),
                            ("confirmed", "Disahkan"),
                            ("refused", "Tidak disahkan"),
                            ("withdrawn", "Ditarik"),
                        ]
                    ),
                ),
                ("by_name", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="attendance.outage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("on", models.DateField()),
                ("zone", models.TextField()),
                ("reason", models.TextField()),
                ("content", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu orang kedua"),
                            ("stored", "Tersimpan"),
                            ("refused", "Tidak disetujui"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="waiting",
                    ),
                ),
                ("entered_name", models.TextField()),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("stored", models.IntegerField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.attachment",
                    ),
                ),
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
            ],
        ),
        migrations.CreateModel(
            name="SheetRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("came", models.TimeField(null=True)),
                ("left", models.TimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="attendance.sheet",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="outage",
            index=models.Index(fields=["site", "starts"], name="outage_site"),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "confirmed", "refused", "withdrawn"])),
                name="outage_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by__isnull", False), ("origin", "declared")),
                    models.Q(("asked_by__isnull", True), ("origin", "noticed")),
                    _connector="OR",
                ),
                name="outage_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="outage_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                name="outage_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("asked_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="outage_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("ended_by__isnull", True),
                    models.Q(("decided_by", models.F("ended_by")), _negated=True),
                    _connector="OR",
                ),
                name="outage_end_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("basis__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="outage_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state__in", ["proposed", "confirmed"])),
                expressions=[
                    ("site", "="),
                    (django.db.models.functions.comparison.Coalesce("device", 0), "="),
                    (
                        models.Func(
                            "starts",
                            "ends",
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="outage_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="outagestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["declared", "noticed", "ended", "confirmed", "refused", "withdrawn"])
                ),
                name="outagestep_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="outagestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "confirmed"), _negated=True),
                fields=("outage", "step"),
                name="outagestep_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "stored", "refused", "withdrawn"])),
                name="sheet_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="sheet_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["stored", "refused"]), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sheet_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis__isnull", False), ("state", "stored"), ("stored__isnull", False)),
                    models.Q(
                        models.Q(("state", "stored"), _negated=True),
                        ("basis__isnull", True),
                        ("stored__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="sheet_stored",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("content",), name="sheet_one_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("came__isnull", False), ("left__isnull", False), _connector="OR"),
                name="sheetrow_times",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.UniqueConstraint(fields=("sheet", "person"), name="sheetrow_once"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="attachment_size"),
        ),
        decided_once("attendance_outage", _OUTAGE),
        decided_once("attendance_sheet", "OLD.state = 'waiting'"),
        *(append_only(f"attendance_{name}") for name in ("attachment", "outagestep", "sheetrow")),
        *(
            grant(f"attendance_{name}", app="SELECT, INSERT", auditor="SELECT")
            for name in ("attachment", "outagestep", "sheetrow")
        ),
        grant(
            "attendance_outage",
            app="SELECT, INSERT, UPDATE (ends, ended_by_id, state, decided_by_id, basis_id)",
            auditor="SELECT",
        ),
        grant(
            "attendance_sheet",
            app="SELECT, INSERT, UPDATE (state, decided_by_id, decided_name, decided_at, answer, stored, basis_id)",
            auditor="SELECT",
        ),
    ]
