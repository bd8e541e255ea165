"""Members of a panel say that they are there, while scores are given and until the ranks stand."""

import django.db.models.deletion
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import append_only, grant

TABLE = "merit_presence"
FITS = """
CREATE FUNCTION merit_presence_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM merit_wants((SELECT vacancy_id FROM merit_panelmember WHERE id = NEW.member_id), 'closed', 'locked');
  RETURN NEW;
END $$
"""


def before(name: str, call: str) -> migrations.RunSQL:
    """A row is looked at before it is added, in replica mode too."""
    return migrations.RunSQL(
        [
            f'CREATE TRIGGER "{TABLE}_{name}" BEFORE INSERT ON "{TABLE}" FOR EACH ROW EXECUTE FUNCTION {call}',
            f'ALTER TABLE "{TABLE}" ENABLE ALWAYS TRIGGER "{TABLE}_{name}"',
        ],
        [f'DROP TRIGGER "{TABLE}_{name}" ON "{TABLE}"'],
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("merit", "0003_bound")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("on", models.DateField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="merit.panelmember",
                    ),
                ),
            ],
            options={"verbose_name": "kehadiran anggota panitia"},
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("member", "on"), name="presence_once"),
        ),
        append_only(TABLE),
        grant(TABLE, app="SELECT, INSERT", auditor="SELECT"),
        migrations.RunSQL(FITS, "DROP FUNCTION merit_presence_fits()"),
        before("turn", "merit_presence_fits()"),
        before("stamp", "merit_stamped()"),
        bound(TABLE),
    ]
