"""Set aside are also rows of whoever brings a sheet, until another officer brings them, and rows whose number
and NIP are of different persons; a file tells its first and last day."""

import django.contrib.postgres.fields
from django.db import models

from pamong.config import migrations

FAULTS = {
    "no_time": "Waktunya tidak ada di kalender",
    "too_old": "Jam mesin tertinggal jauh",
    "future": "Jam mesin mendahului",
    "nobody": "Orangnya tidak dikenal",
    "unreadable": "Baris tidak terbaca",
    "other_content": "Nomor kejadian sudah dipakai untuk isi lain",
    "own": "Baris pengunggahnya sendiri atau keluarganya",
    "clash": "PIN dan NIP menunjuk orang yang berbeda",
}


class Migration(migrations.Migration):
    dependencies = [("attendance", "0007_duty")]

    operations = [
        migrations.RemoveConstraint(model_name="quarantined", name="quarantine_fault"),
        migrations.AlterField(
            model_name="quarantined", name="fault", field=models.TextField(choices=list(FAULTS.items()))
        ),
        migrations.AddField(
            model_name="quarantined",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantined",
            constraint=models.CheckConstraint(
                condition=models.Q(("fault__in", list(FAULTS))), name="quarantine_fault"
            ),
        ),
        migrations.AddField(model_name="punchfile", name="first_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="punchfile", name="last_on", field=models.DateField(null=True)),
    ]
