"""Days of leave with punches that a person let stay leave; and the index by which such days are found."""

import django.db.models.deletion
from django.conf import settings
from django.db import models
from django.db.migrations import RunSQL

import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import append_only, grant

# Few days of many have such punches; leave alone asks for them.
FIND = """
CREATE INDEX dayresult_conflict ON attendance_dayresult (local_on, person_id)
WHERE superseded_at IS NULL AND state = 'excused' AND reasons @> '[["conflict"]]'::jsonb
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leave", "0004_first_day"),
        ("attendance", "0009_bound"),
        ("people", "0011_bound"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LeaveKept",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("punches", models.IntegerField()),
                ("reason", models.TextField()),
                ("kept_name", models.TextField()),
                (
                    "kept_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="leavekept",
            constraint=models.CheckConstraint(
                condition=models.Q(("punches__gt", 0), models.Q(("reason", ""), _negated=True)),
                name="leavekept_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="leavekept",
            constraint=models.UniqueConstraint(fields=("person", "on", "punches"), name="leavekept_once"),
        ),
        append_only("leave_leavekept"),
        grant("leave_leavekept", app="SELECT, INSERT", auditor="SELECT"),
        bound("leave_leavekept"),
        RunSQL(FIND, "DROP INDEX dayresult_conflict"),
    ]
