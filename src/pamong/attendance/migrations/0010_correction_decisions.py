"""What became of requests to correct a day stands in decisions; here is what one row must not do to another.

Requests that wait are withdrawn: their owners ask again, by a decision.
"""

import django.db.models.deletion
from django.db import models
from django.db.migrations import DeleteModel, RemoveField

from pamong.config import migrations
from pamong.config.binding import bound, unbound
from pamong.config.grants import ROLES, decided_once
from pamong.config.migrations import AddField, RemoveConstraint, RunSQL

WITHDRAWN = "UPDATE attendance_correction SET state = 'withdrawn' WHERE state = 'open'"
# Rights on columns outlive them, as rights on nothing.
NO_MORE = f"REVOKE UPDATE (decided_by_id, basis_id) ON attendance_correction FROM {ROLES['app']}"
AGAIN = 'DROP TRIGGER "attendance_correction_decided" ON "attendance_correction"'
# An appeal is of the same person and day as the refusal that it takes further, which is no appeal itself.
# What it looks at never changes any more: a refusal is final.
APPEALS = """
CREATE FUNCTION attendance_appeals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM attendance_correction c WHERE c.id = NEW.appeals_id AND c.state = 'refused'
      AND c.person_id = NEW.person_id AND c."on" = NEW."on" AND c.appeals_id IS NULL) THEN
    RAISE EXCEPTION 'correction % appeals no refusal of the same person and day', NEW.uid
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attendance_appeals BEFORE INSERT ON attendance_correction FOR EACH ROW
  WHEN (NEW.appeals_id IS NOT NULL) EXECUTE FUNCTION attendance_appeals();
ALTER TABLE attendance_correction ENABLE ALWAYS TRIGGER attendance_appeals;
"""
NO_APPEALS = "DROP TRIGGER attendance_appeals ON attendance_correction; DROP FUNCTION attendance_appeals();"
TOLD_ELSEWHERE = (
    "zone", "came", "left", "left_next", "kind", "part", "reason", "asked_by", "asked_at", "decided_by",
    "basis",
)  # fmt: skip
OF_THEM = ("reason", "claim", "left_next", "two_people", "agreed")


class Migration(migrations.Migration):
    dependencies = [("attendance", "0009_bound"), ("decisions", "0004_machine")]

    operations = [
        RunSQL(WITHDRAWN, RunSQL.noop),
        unbound("attendance_correctionstep"),
        DeleteModel("CorrectionStep"),
        RunSQL(NO_MORE, RunSQL.noop),
        *(RemoveConstraint("correction", f"correction_{name}") for name in OF_THEM),
        *(RemoveField("correction", name) for name in TOLD_ELSEWHERE),
        AddField(
            "correction",
            "appeals",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal",
                to="attendance.correction",
            ),
        ),
        RunSQL(AGAIN, RunSQL.noop),
        decided_once("attendance_correction", "OLD.state = 'open'"),
        RunSQL(APPEALS, NO_APPEALS),
        bound("attendance_correction"),
    ]
