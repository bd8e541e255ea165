"""The register of leave."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import grant, paper
from pamong.ledger.papers import DECIDED


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0003_papers"),
        ("people", "0008_drops_of_recalls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LeaveEntry",
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
                            ("CT", "Cuti tahunan"),
                            ("CB", "Cuti besar"),
                            ("S", "Cuti sakit"),
                            ("CM", "Cuti melahirkan"),
                            ("CAP", "Cuti karena alasan penting"),
                            ("CLTN", "Cuti di luar tanggungan negara"),
                        ]
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "part",
                    models.TextField(
                        choices=[
                            ("whole", "Sehari penuh"),
                            ("first_half", "Paruh pertama hari kerja"),
                            ("second_half", "Paruh kedua hari kerja"),
                        ]
                    ),
                ),
                ("number", models.TextField()),
                ("dated_on", models.DateField()),
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
                "verbose_name": "cuti",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["new", "change", "cancel"])), name="leaveentry_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "verified", "refused", "withdrawn", "replaced"])
                        ),
                        name="leaveentry_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["verified", "replaced", "refused"]), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="leaveentry_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["verified", "replaced"]), _negated=True),
                            ("basis__isnull", False),
                            _connector="OR",
                        ),
                        name="leaveentry_rests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act", "new"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="leaveentry_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("document",),
                        name="leaveentry_one_waits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "verified")),
                        fields=("document",),
                        name="leaveentry_one_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["CT", "CB", "S", "CM", "CAP", "CLTN"])),
                        name="leaveentry_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["whole", "first_half", "second_half"])),
                        name="leaveentry_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="leaveentry_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="leaveentry_numbered"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "verified"]), models.Q(("act", "cancel"), _negated=True)
                        ),
                        expressions=[("person", "="), ("period", "&&"), ("document", "<>")],
                        name="leaveentry_no_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveList",
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
                ("rows", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
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
            options={
                "verbose_name": "daftar cuti",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["new", "change", "cancel"])), name="leavelist_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "verified", "refused", "withdrawn", "replaced"])
                        ),
                        name="leavelist_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["verified", "replaced", "refused"]), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="leavelist_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["verified", "replaced"]), _negated=True),
                            ("basis__isnull", False),
                            _connector="OR",
                        ),
                        name="leavelist_rests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act", "new"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="leavelist_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("document",),
                        name="leavelist_one_waits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "verified")),
                        fields=("document",),
                        name="leavelist_one_holds",
                    ),
                ],
            },
        ),
        paper("leave_leaveentry"),
        grant("leave_leaveentry", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
        paper("leave_leavelist"),
        grant("leave_leavelist", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
    ]
