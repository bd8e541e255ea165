"""Searches for the differences of paid months, with what came of them."""

from django.db import models

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import grant
from pamong.ledger.dated import ClockTimestamp

WAITING = models.Q(state="waiting")


class Migration(migrations.Migration):
    dependencies = [
        ("pay", "0006_differences"),
    ]

    operations = [
        migrations.CreateModel(
            name="DifferenceSearch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("month", models.DateField()),
                ("asked_by", models.TextField()),
                ("asked_at", models.DateTimeField(db_default=ClockTimestamp(), editable=False)),
                (
                    "state",
                    models.TextField(
                        choices=[("waiting", "Sedang dicari"), ("done", "Selesai"), ("failed", "Gagal")],
                        default="waiting",
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True, default="")),
                ("people", models.IntegerField(default=0)),
                ("more", models.IntegerField(default=0)),
                ("less", models.IntegerField(default=0)),
                ("net", models.BigIntegerField(default=0)),
                ("undecided", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(state__in=["waiting", "done", "failed"]),
                        name="difference_search_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(state="waiting", done_at__isnull=True)
                        | ~WAITING & models.Q(done_at__isnull=False),
                        name="difference_search_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(state="failed") ^ models.Q(failure=""),
                        name="difference_search_says_why",
                    ),
                    models.UniqueConstraint(
                        fields=["month"], condition=WAITING, name="difference_search_one_a_month"
                    ),
                ],
            },
        ),
        grant("pay_differencesearch", app="SELECT, INSERT, UPDATE", auditor="SELECT"),
    ]
