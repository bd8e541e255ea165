"""Reminders by e-mail: who wants them, and what was sent to whom on which day."""

import django.db.models.deletion
from django.conf import settings
from django.db import models
from django.db.models import Q

from pamong.config import migrations
from pamong.config.grants import grant


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_treasury_role"),
    ]

    operations = [
        migrations.AddField(
            "user", "wants_mail", models.BooleanField("surel pengingat", default=True, db_default=True)
        ),
        migrations.CreateModel(
            "Mail",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, related_name="+"
                    ),
                ),
                ("on", models.DateField()),
                ("tries", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("fault", models.TextField(blank=True, db_default="", default="")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["user", "on"], name="mail_once_a_day"),
                    models.CheckConstraint(condition=Q(tries__lte=3), name="mail_tries"),
                    models.CheckConstraint(
                        condition=Q(sent_at__isnull=True) | Q(tries__gt=0, fault=""),
                        name="mail_sent_by_trying",
                    ),
                ],
                "indexes": [models.Index(fields=["on"], name="mail_on")],
            },
        ),
        grant(
            "access_mail",
            app='SELECT, INSERT (user_id, "on"), UPDATE (tries, tried_at, sent_at, fault), DELETE',
            auditor="SELECT",
        ),
    ]
