"""Who let an import stay stored that somebody wanted taken back is kept, with when and why."""

from django.db import models

from pamong.config import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0007_persons_of_requests")]

    operations = [migrations.AddField("batch", "drops", models.JSONField(default=list))]
