"""Every day of every appointment lies in service, not only the first one of a regular seat."""

from pamong.config import migrations

# Rows that stand already are looked at when their person's service, or they themselves, change next.
WHOLE = """
CREATE OR REPLACE FUNCTION people_within_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM people_appointment a
    WHERE a.person_id = NEW.person_id AND a.superseded_at IS NULL
      AND (TG_OP = 'UPDATE' OR a.id = NEW.id)
      AND NOT COALESCE(a.period <@ (SELECT range_agg(e.period) FROM people_employment e
                                    WHERE e.person_id = NEW.person_id AND e.superseded_at IS NULL), FALSE)
  ) THEN
    RAISE EXCEPTION 'Jabatan dimulai di luar masa kerja, atau berlanjut sesudahnya.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_within_service';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER appointment_within_service ON people_appointment;
CREATE CONSTRAINT TRIGGER appointment_within_service AFTER INSERT ON people_appointment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION people_within_service();
ALTER TABLE people_appointment ENABLE ALWAYS TRIGGER appointment_within_service;
"""
# As in 0001.
BEGINNINGS = """
CREATE OR REPLACE FUNCTION people_within_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM people_appointment a
    WHERE a.person_id = NEW.person_id AND a.superseded_at IS NULL AND a.kind = 'regular'
      AND (TG_OP = 'UPDATE' OR a.id = NEW.id)
      AND NOT EXISTS (SELECT 1 FROM people_employment e WHERE e.person_id = NEW.person_id
                        AND e.superseded_at IS NULL AND e.period @> lower(a.period))
  ) THEN
    RAISE EXCEPTION 'Jabatan dimulai di luar masa kerja.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_within_service';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER appointment_within_service ON people_appointment;
CREATE CONSTRAINT TRIGGER appointment_within_service AFTER INSERT ON people_appointment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'regular') EXECUTE FUNCTION people_within_service();
ALTER TABLE people_appointment ENABLE ALWAYS TRIGGER appointment_within_service;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_counting")]

    operations = [migrations.RunSQL(WHOLE, BEGINNINGS)]
