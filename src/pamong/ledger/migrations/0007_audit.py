"""What an audit found when it compared the log with the database."""

from django.db import models

import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, grant


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows")]

    operations = [
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp())),
                ("ok", models.BooleanField()),
                ("counts", models.JSONField()),
                ("findings", models.JSONField()),
            ],
        ),
        append_only("ledger_audit"),
        grant("ledger_audit", app="SELECT", auditor="SELECT, INSERT (started_at, ok, counts, findings)"),
    ]
