"""Documents that two people make: what was entered stays as it was, what was decided stays decided."""

from pamong.config import migrations

GUARD = """
CREATE FUNCTION pamong_paper_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  later text[] := ARRAY['state', 'decided_by_id', 'decided_name', 'decided_at', 'answer', 'basis_id'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.entered_at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'waiting' AND NEW.state <> 'replaced'
     AND to_jsonb(NEW) - later = to_jsonb(OLD) - later THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'verified' AND NEW.state = 'replaced'
     AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Baris di % tidak dapat diubah atau dihapus, hanya diputuskan atau diganti.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_dated_basis")]

    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION pamong_paper_row()")]
