"""How people are paid, over which period."""

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
        ("ledger", "0002_dated_basis"),
        ("pay", "0003_payee"),
        ("people", "0008_drops_of_recalls"),
    ]

    operations = [
        migrations.CreateModel(
            name="PayFact",
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
                ("pay_group", models.TextField(blank=True, default="")),
                ("fixed_income", models.BigIntegerField(null=True)),
                ("tax_status", models.TextField(blank=True, default="")),
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
                        to="pay.payfact",
                    ),
                ),
            ],
            options={
                "verbose_name": "data penghasilan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="payfact_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="payfact_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                            models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                            _connector="OR",
                        ),
                        name="payfact_superseded",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        expressions=[("person", "="), ("period", "&&")],
                        name="payfact_no_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pay_group__regex", "^[a-z_]*$")), name="payfact_group"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fixed_income__isnull", True), ("fixed_income__gte", 0), _connector="OR"
                        ),
                        name="payfact_income",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tax_status__regex", "^((TK|K)/[0-3])?$")),
                        name="payfact_tax_status",
                    ),
                ],
            },
        ),
        dated("pay_payfact"),
        grant(
            "pay_payfact", app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)", auditor="SELECT"
        ),
    ]
