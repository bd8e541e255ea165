"""Proposals to destroy what opens somebody's data in the log: one proposes, another decides, once."""

import django.db.models.deletion
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import decided_once, grant


def _user(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


def _check(name, condition):
    return models.CheckConstraint(condition=condition, name=f"person_erasure_{name}")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_superseded_appointments"),
        ("ledger", "0005_person_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "ground",
                    models.TextField(
                        choices=[
                            ("retention", "menurut jadwal retensi"),
                            ("unlawful", "karena diperoleh melawan hukum"),
                        ]
                    ),
                ),
                ("reference", models.TextField()),
                ("reason", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu keputusan"),
                            ("done", "Dihapus"),
                            ("refused", "Ditolak"),
                        ],
                        default="waiting",
                    ),
                ),
                ("proposed_name", models.TextField()),
                (
                    "proposed_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("entries", models.IntegerField(default=0)),
                ("decided_by", _user(db_index=False, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("proposed_by", _user()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("person",),
                        name="person_erasure_one_waits",
                    ),
                    _check("ground", models.Q(("ground__in", ["retention", "unlawful"]))),
                    _check("state", models.Q(("state__in", ["waiting", "done", "refused"]))),
                    _check("reference", models.Q(("reference", ""), _negated=True)),
                    _check("reason", models.Q(("reason", ""), _negated=True)),
                    _check(
                        "two_people",
                        models.Q(
                            ("state", "waiting"),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                    ),
                ],
            },
        ),
        decided_once("people_erasure", "OLD.state = 'waiting'"),
        grant(
            "people_erasure",
            app="SELECT, INSERT, UPDATE (state, decided_by_id, decided_name, decided_at, entries)",
            auditor="SELECT",
        ),
    ]
