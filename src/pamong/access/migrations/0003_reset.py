"""Resets of accounts by two people."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import models

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import grant


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_library_grants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reset",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.TextField(choices=[("password", "Kata sandi"), ("second_factor", "Faktor kedua")]),
                ),
                ("reason", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu orang kedua"),
                            ("done", "Selesai"),
                            ("refused", "Ditolak"),
                        ],
                        default="waiting",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["password", "second_factor"])), name="reset_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reset_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("user", models.F("asked_by")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("user", models.F("decided_by")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="reset_not_oneself",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("user", "kind"),
                        name="reset_once_waiting",
                    ),
                ],
            },
        ),
        grant(
            "access_reset",
            app="SELECT, INSERT, UPDATE (state, decided_by_id, decided_at)",
            auditor="SELECT",
        ),
    ]
