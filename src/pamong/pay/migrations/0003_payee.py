"""Who receives a slip whose person died in the month."""

from django.db import models
from django.db.models import Q

from pamong.config import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pay", "0002_paid_lists"),
    ]

    operations = [
        migrations.AddField("slip", "died_on", models.DateField(null=True)),
        migrations.AddField("slip", "payee", models.TextField(blank=True, default="", db_default="")),
        migrations.AddConstraint(
            "slip",
            models.CheckConstraint(
                condition=Q(died_on__isnull=True, payee="") | (Q(died_on__isnull=False) & ~Q(payee="")),
                name="slip_payee_of_the_dead",
            ),
        ),
    ]
