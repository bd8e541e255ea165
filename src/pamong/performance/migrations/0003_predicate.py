"""Predicates of years, which two people make."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import grant, paper
from pamong.ledger.papers import DECIDED


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0007_audit"),
        ("people", "0011_bound"),
        ("performance", "0002_bound"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Predicate",
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
                ("year", models.SmallIntegerField()),
                (
                    "predicate",
                    models.TextField(
                        choices=[
                            ("sangat baik", "Sangat baik"),
                            ("baik", "Baik"),
                            ("butuh perbaikan", "Butuh perbaikan"),
                            ("kurang", "Kurang"),
                            ("sangat kurang", "Sangat kurang"),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "predikat kinerja",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["new", "change", "cancel"])), name="predicate_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "verified", "refused", "withdrawn", "replaced"])
                        ),
                        name="predicate_state",
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
                        name="predicate_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["verified", "replaced"]), _negated=True),
                            ("basis__isnull", False),
                            _connector="OR",
                        ),
                        name="predicate_rests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act", "new"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="predicate_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("document",),
                        name="predicate_one_waits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "verified")),
                        fields=("document",),
                        name="predicate_one_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "predicate__in",
                                ["sangat baik", "baik", "butuh perbaikan", "kurang", "sangat kurang"],
                            )
                        ),
                        name="predicate_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2014), ("year__lte", 2100)), name="predicate_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="predicate_numbered"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "verified"]), models.Q(("act", "cancel"), _negated=True)
                        ),
                        expressions=[("person", "="), ("year", "="), ("document", "<>")],
                        name="predicate_once",
                    ),
                ],
            },
        ),
        paper("performance_predicate"),
        grant("performance_predicate", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
        bound("performance_predicate"),
    ]
