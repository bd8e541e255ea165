"""What the machine proposes by itself it proposes once."""

from django.db import models

from pamong.config import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_order_file")]

    operations = [
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entered_by__isnull", True)),
                fields=("key",),
                name="decision_once_by_machine",
            ),
        ),
    ]
