"""Shapes of bound tables, and what may be erased of a told row."""

from django.db import models
from django.db.models.deletion import PROTECT

from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import append_only, grant

# The triggers of bound tables tell rows with the owner's rights: nobody else adds any.
TRIGGERS_ALONE = """
REVOKE ALL ON ledger_row FROM pamong_app;
DO $$ BEGIN
  EXECUTE 'REVOKE ALL ON SEQUENCE ' || pg_get_serial_sequence('ledger_row', 'id') || ' FROM pamong_app';
END $$;
GRANT SELECT ON ledger_row TO pamong_app;
"""
AS_BEFORE = """
DO $$ BEGIN
  EXECUTE 'GRANT USAGE ON SEQUENCE ' || pg_get_serial_sequence('ledger_row', 'id') || ' TO pamong_app';
END $$;
GRANT INSERT (relation, row_id, act, shape, content) ON ledger_row TO pamong_app;
"""

# Of a told row only the content and its salt may go, together, and the digest takes their place: the group
# that it belongs to can still be verified.
KEPT = r"""
CREATE FUNCTION pamong_row_digest(r ledger_row) RETURNS bytea LANGUAGE sql IMMUTABLE
SET search_path TO pg_catalog, public, pg_temp AS $$
  SELECT sha256(r.salt || convert_to(concat_ws(E'\n', r.relation, r.shape, r.act, r.row_id, r.content), 'UTF8'))
$$;

CREATE FUNCTION pamong_row_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path TO pg_catalog, public, pg_temp AS $$
DECLARE
  erased text[] := ARRAY['content', 'salt', 'digest', 'erased'];
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.content IS NOT NULL AND NEW.content IS NULL AND NEW.salt IS NULL
     AND NEW.digest = pamong_row_digest(OLD) AND NEW.erased = pg_current_xact_id()::text::bigint
     AND to_jsonb(NEW) - erased = to_jsonb(OLD) - erased THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Baris di % tidak dapat diubah atau dihapus.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION pamong_erase_rows(of_relation text, ids text[]) RETURNS TABLE (told bigint, was bytea)
LANGUAGE sql SECURITY DEFINER SET search_path TO pg_catalog, public, pg_temp AS $$
  UPDATE ledger_row r SET digest = pamong_row_digest(r), content = NULL, salt = NULL,
                          erased = pg_current_xact_id()::text::bigint
  WHERE r.relation = of_relation AND r.row_id = ANY (ids) AND r.content IS NOT NULL
    AND EXISTS (SELECT 1 FROM ledger_rowgroup g WHERE g.xid = r.xid)
  RETURNING r.id, r.digest
$$;
REVOKE ALL ON FUNCTION pamong_row_digest(ledger_row) FROM PUBLIC;
REVOKE ALL ON FUNCTION pamong_row_kept() FROM PUBLIC;
REVOKE ALL ON FUNCTION pamong_erase_rows(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pamong_erase_rows(text, text[]) TO pamong_app;

CREATE TRIGGER ledger_row_kept BEFORE UPDATE OR DELETE ON ledger_row FOR EACH ROW EXECUTE FUNCTION pamong_row_kept();
ALTER TABLE ledger_row ENABLE ALWAYS TRIGGER ledger_row_kept;
CREATE TRIGGER ledger_row_whole BEFORE TRUNCATE ON ledger_row FOR EACH STATEMENT EXECUTE FUNCTION pamong_refuse_change();
ALTER TABLE ledger_row ENABLE ALWAYS TRIGGER ledger_row_whole;
"""
NOT_KEPT = """
DROP TRIGGER ledger_row_whole ON ledger_row;
DROP TRIGGER ledger_row_kept ON ledger_row;
DROP FUNCTION pamong_erase_rows(text, text[]);
DROP FUNCTION pamong_row_kept();
DROP FUNCTION pamong_row_digest(ledger_row);
"""
WHOLE = models.Q(content__isnull=False, salt__isnull=False, digest__isnull=True, erased__isnull=True)
ERASED = models.Q(content__isnull=True, salt__isnull=True, digest__isnull=False, erased__isnull=False)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_person_keys")]

    operations = [
        migrations.AddField("row", "digest", models.BinaryField(null=True)),
        migrations.AddField("row", "erased", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "row", models.CheckConstraint(condition=WHOLE | ERASED, name="row_whole_or_erased")
        ),
        # Few rows are ever erased; the audit and the eraser look for these alone.
        migrations.AddIndex(
            "row",
            models.Index(fields=["erased"], condition=models.Q(erased__isnull=False), name="row_erased_in"),
        ),
        migrations.CreateModel(
            name="Shape",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("relation", models.TextField()),
                ("shape", models.IntegerField()),
                ("columns", models.JSONField()),
                ("key", models.JSONField()),
                ("which", models.TextField(blank=True, default="")),
                (
                    "intake",
                    models.OneToOneField(on_delete=PROTECT, related_name="shape", to="ledger.intake"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("relation", "shape"), name="shape_once")]
            },
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.RunSQL(TRIGGERS_ALONE, AS_BEFORE),
        append_only("ledger_shape"),
        bound("ledger_seal"),
        grant("ledger_shape", app="SELECT", auditor="SELECT"),
    ]
