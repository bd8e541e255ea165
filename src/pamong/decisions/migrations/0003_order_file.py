"""The PDF of an order, made once and kept for good."""

import django.db.models.deletion
from django.db import models

import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import append_only, grant


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="OrderFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sha256", models.TextField()),
                ("size", models.IntegerField()),
                ("signed_by", models.TextField(blank=True, default="")),
                (
                    "at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="file", to="decisions.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="orderfile_sha256"
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="orderfile_size"),
                ],
            },
        ),
        append_only("decisions_orderfile"),
        grant("decisions_orderfile", app="SELECT, INSERT", auditor="SELECT"),
        bound("decisions_orderfile"),
    ]
