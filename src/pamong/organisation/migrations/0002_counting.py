"""An index from which the seats of a whole government are counted without a look at the rows themselves."""

from django.db import models

from pamong.config import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="seatrow",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=["seat"],
                include=("unit", "frozen", "period"),
                name="seat_counting",
            ),
        ),
    ]
