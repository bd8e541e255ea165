"""Why somebody is not expected on some days."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import dated, grant


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0001_initial"),
        ("ledger", "0002_dated_basis"),
        ("people", "0008_drops_of_recalls"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayExcuse",
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
                ("source", models.TextField()),
                ("source_uid", models.UUIDField()),
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
                            ("TB", "Tugas belajar"),
                            ("DL", "Dinas luar"),
                            ("DIS", "Dispensasi"),
                            ("I", "Izin"),
                            ("KO", "Koreksi disetujui"),
                            ("GG", "Gangguan presensi"),
                        ]
                    ),
                ),
                ("part", models.TextField(default="whole")),
                ("starts", models.DateTimeField(null=True)),
                ("ends", models.DateTimeField(null=True)),
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
                        to="attendance.dayexcuse",
                    ),
                ),
            ],
            options={
                "verbose_name": "hari yang dikecualikan",
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=["source", "source_uid"],
                        name="dayexcuse_document",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="dayexcuse_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["change", "correct", "rescind"])),
                        name="dayexcuse_act",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                            models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                            _connector="OR",
                        ),
                        name="dayexcuse_superseded",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        expressions=[("person", "="), ("source", "="), ("source_uid", "="), ("period", "&&")],
                        name="dayexcuse_no_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["CT", "CB", "S", "CM", "CAP", "CLTN", "TB", "DL", "DIS", "I", "KO", "GG"],
                            )
                        ),
                        name="dayexcuse_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__in", ["leave", "duty", "permit", "outage", "correction", "office"])
                        ),
                        name="dayexcuse_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ends__gt", models.F("starts")),
                                ("ends__isnull", False),
                                ("part", "span"),
                                ("starts__isnull", False),
                            ),
                            models.Q(
                                ("ends__isnull", True),
                                ("part__in", ["whole", "first_half", "second_half"]),
                                ("starts__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="dayexcuse_part",
                    ),
                ],
            },
        ),
        dated("attendance_dayexcuse"),
        grant(
            "attendance_dayexcuse",
            app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)",
            auditor="SELECT",
        ),
    ]
