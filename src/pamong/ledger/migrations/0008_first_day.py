"""The first day of a site, from which the rows of careers rest on two people or a decision, and on nothing else."""

from django.db import models
from django.db.migrations import RunSQL

import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, grant

ACCEPTED = """
CREATE FUNCTION pamong_ground_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE since date; kind text;
BEGIN
  SELECT "on" INTO since FROM ledger_firstday WHERE "on" <= CURRENT_DATE;
  IF since IS NULL THEN RETURN NULL; END IF;
  SELECT s.kind INTO kind FROM fresh f JOIN ledger_seal s ON s.id = f.basis_id
    WHERE s.kind NOT IN ('office_entry', 'decision') LIMIT 1;
  IF kind IS NOT NULL THEN
    RAISE EXCEPTION 'Sejak % baris di % hanya berdasar entri dua orang atau keputusan, bukan %.',
      to_char(since, 'DD-MM-YYYY'), TG_TABLE_NAME, kind USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_audit")]

    operations = [
        migrations.CreateModel(
            name="FirstDay",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("told_by", models.TextField()),
                (
                    "at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="first_day_once"),
                ],
            },
        ),
        append_only("ledger_firstday"),
        grant("ledger_firstday", app="SELECT, INSERT", auditor="SELECT"),
        RunSQL(ACCEPTED, "DROP FUNCTION pamong_ground_accepted()"),
    ]
