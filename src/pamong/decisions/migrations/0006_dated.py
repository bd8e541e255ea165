"""The day of a proposal is kept, and no order is dated before it."""

from django.conf import settings
from django.db import models

from pamong.config import migrations
from pamong.config.binding import bound

# A changed type is worked out anew for each row; no trigger of the table asks why.
FILLED = "ALTER TABLE decisions_decision ALTER COLUMN entered_on TYPE date USING ((entered_at + %s) AT TIME ZONE %s)::date"
DATED = """
CREATE FUNCTION decisions_dated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.dated_on < (SELECT entered_on FROM decisions_decision WHERE id = NEW.decision_id) THEN
    RAISE EXCEPTION 'order % is dated before it was proposed', NEW.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_after_proposal';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decisions_dated BEFORE INSERT ON decisions_order
  FOR EACH ROW EXECUTE FUNCTION decisions_dated();
ALTER TABLE decisions_order ENABLE ALWAYS TRIGGER decisions_dated;
"""
UNDATED = "DROP TRIGGER decisions_dated ON decisions_order; DROP FUNCTION decisions_dated();"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_withdrawal")]

    operations = [
        migrations.AddField("decision", "entered_on", models.DateField(null=True)),
        migrations.RunSQL(
            [(FILLED, [settings.PAMONG_CLOCK_OFFSET, settings.PAMONG_ZONE])], migrations.RunSQL.noop
        ),
        migrations.AlterField("decision", "entered_on", models.DateField()),
        bound("decisions_decision"),
        migrations.RunSQL(DATED, UNDATED),
    ]
