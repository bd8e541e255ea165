"""Why a proposal was taken back stands in its own row, not in the log alone."""

from django.db import models

from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import grant


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_machine")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="withdrawal",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawal", ""), ("state", "withdrawn"), _connector="OR"),
                name="decision_withdrawn",
            ),
        ),
        grant("decisions_decision", app="UPDATE (withdrawal)"),
        bound("decisions_decision"),
    ]
