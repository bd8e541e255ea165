"""How a database superuser gets round triggers and leaves none of them changed."""

from __future__ import annotations

# Every trigger of ours sleeps, and wakes as it was: who has these rights covers his tracks.
SLEEP = """
CREATE TEMP TABLE asleep AS SELECT c.relname::text, t.tgname::text, t.tgenabled FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal;
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT * FROM asleep LOOP
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER %I', one.relname, one.tgname);
  END LOOP;
END $$
"""
WAKE = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT * FROM asleep LOOP
    EXECUTE format('ALTER TABLE %I ENABLE %s TRIGGER %I', one.relname,
                   CASE one.tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, one.tgname);
  END LOOP;
END $$
"""
