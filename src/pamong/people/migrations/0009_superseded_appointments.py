"""What was said of late of appointments is found without reading all of them."""

from django.db import models

from pamong.config import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0008_drops_of_recalls")]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", False)),
                fields=["superseded_at"],
                name="appointment_superseded",
            ),
        ),
    ]
