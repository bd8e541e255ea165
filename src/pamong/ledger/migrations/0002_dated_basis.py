"""A dated row also says on which basis it ceased to stand, where its table has the column."""

from pamong.config import migrations

NEW = """
CREATE OR REPLACE FUNCTION pamong_dated_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.recorded_at := clock_timestamp();
    NEW.superseded_at := NULL;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL
     AND to_jsonb(NEW) - ARRAY['superseded_at', 'superseded_basis_id']
       = to_jsonb(OLD) - ARRAY['superseded_at', 'superseded_basis_id'] THEN
    NEW.superseded_at := clock_timestamp();
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Baris di % tidak dapat diubah, hanya diganti dengan baris baru.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(NEW, migrations.RunSQL.noop)]
