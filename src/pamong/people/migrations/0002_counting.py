"""An index from which the holders of a whole government are counted without a look at the rows themselves."""

from django.db import models

from pamong.config import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=["seat"],
                include=("kind", "period"),
                name="appointment_counting",
            ),
        ),
    ]
