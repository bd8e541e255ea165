"""Who tried a file is kept by account, as another one stores what changes people who are known."""

import django.db.models.deletion
from django.conf import settings
from django.db import models

from pamong.config import migrations

STATES = [
    ("reading", "Sedang diperiksa"),
    ("checked", "Sudah dicoba"),
    ("waiting", "Menunggu petugas kedua"),
    ("applying", "Sedang disimpan"),
    ("applied", "Tersimpan"),
    ("undoing", "Sedang dibatalkan"),
    ("undone", "Dibatalkan"),
    ("failed", "Tidak dapat diperiksa"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0003_whole_appointments_within_service"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="checked_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="state",
            field=models.TextField(choices=STATES, default="checked"),
        ),
        migrations.RemoveConstraint(model_name="batch", name="batch_state"),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [state for state, _ in STATES])), name="batch_state"
            ),
        ),
    ]
