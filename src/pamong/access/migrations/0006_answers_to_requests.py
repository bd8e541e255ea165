"""A request is refused for a reason, and withdrawn by who asked."""

from django.db import models
from django.db.models import F, Q

from pamong.config import migrations
from pamong.config.grants import grant

STATES = [
    ("waiting", "Menunggu operator kedua"),
    ("done", "Dilaksanakan"),
    ("refused", "Ditolak"),
    ("withdrawn", "Ditarik peminta"),
]
ALONE = Q(state__in=["waiting", "withdrawn"], decided_by__isnull=True)


def check(condition, name):
    """A constraint on each row, in place of the one of this name."""
    constraint = models.CheckConstraint(condition=condition, name=name)
    return [
        migrations.RemoveConstraint("request", name),
        migrations.AddConstraint("request", constraint),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_requests"),
    ]

    operations = [
        migrations.AddField("request", "answer", models.TextField(blank=True, default="")),
        migrations.AlterField("request", "state", models.TextField(choices=STATES, default="waiting")),
        *check(Q(state__in=[state for state, _ in STATES]), "request_state"),
        *check(
            ALONE | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
            "request_two_people",
        ),
        grant("access_request", app="UPDATE (answer)"),
    ]
