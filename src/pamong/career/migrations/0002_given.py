"""What is being decided of raises, and those that were given: an order behind each, all of it bound."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import dated, decided_once, grant


class Migration(migrations.Migration):
    dependencies = [
        ("career", "0001_initial"),
        ("ledger", "0007_audit"),
        ("people", "0011_bound"),
    ]

    operations = [
        migrations.CreateModel(
            name="KgbCase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("decision", models.UUIDField(editable=False, unique=True)),
                ("kind", models.TextField()),
                ("effective_on", models.DateField()),
                ("says", models.TextField()),
                (
                    "began_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
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
                "verbose_name": "usulan kenaikan gaji berkala",
                "indexes": [models.Index(fields=["person", "-id"], name="kgbcase_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("person",),
                        name="kgbcase_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("says__regex", "^[0-9a-f]{64}$")), name="kgbcase_says"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KgbRaise",
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
                ("due_on", models.DateField()),
                ("decision", models.UUIDField()),
                ("order_no", models.TextField()),
                ("order_on", models.DateField()),
                ("kind", models.TextField()),
                ("golongan", models.TextField()),
                ("old_years", models.SmallIntegerField()),
                ("old_months", models.SmallIntegerField()),
                ("old_since", models.DateField()),
                ("base_before", models.BigIntegerField()),
                ("new_years", models.SmallIntegerField()),
                ("new_months", models.SmallIntegerField()),
                ("base_after", models.BigIntegerField()),
                ("deadline", models.DateField(null=True)),
                ("next_on", models.DateField(null=True)),
                ("pay_month", models.DateField()),
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
                        to="career.kgbraise",
                    ),
                ),
            ],
            options={
                "verbose_name": "kenaikan gaji berkala",
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=["pay_month", "person"],
                        name="kgbraise_by_pay_month",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="kgbraise_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="kgbraise_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                            models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                            _connector="OR",
                        ),
                        name="kgbraise_superseded",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        expressions=[("person", "="), ("due_on", "="), ("period", "&&")],
                        name="kgbraise_no_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("PNS", "CPNS", "PPPK", "PPPK_PW"))),
                        name="kgbraise_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pay_month__day", 1),
                            ("base_after__gt", 0),
                            models.Q(("order_no", ""), _negated=True),
                        ),
                        name="kgbraise_told",
                    ),
                ],
            },
        ),
        decided_once(
            "career_kgbcase",
            "OLD.closed_at IS NULL AND to_jsonb(NEW) - 'closed_at' = to_jsonb(OLD) - 'closed_at'",
        ),
        grant("career_kgbcase", app="SELECT, INSERT, UPDATE (closed_at)", auditor="SELECT"),
        bound("career_kgbcase"),
        dated("career_kgbraise"),
        grant(
            "career_kgbraise",
            app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)",
            auditor="SELECT",
        ),
        bound("career_kgbraise"),
    ]
