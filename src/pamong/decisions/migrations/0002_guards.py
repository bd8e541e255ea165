"""Nothing of a decision is rewritten, nobody plays two parts, numbers have no gaps, and all of it is bound."""

from django.db.migrations import RunSQL

from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import append_only, dated, decided_once, grant

# Who proposed it answers in no step, nor whom it is about, nor a relative, nor anybody twice; and only in the
# step for which it waits.
PARTS = """
CREATE FUNCTION decisions_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d decisions_decision;
BEGIN
  SELECT * INTO d FROM decisions_decision WHERE id = NEW.decision_id;
  IF d.state <> 'waiting' OR d.place <> NEW.place THEN
    RAISE EXCEPTION 'decision % does not wait for step %', d.uid, NEW.place USING ERRCODE = '23514';
  END IF;
  IF d.entered_by_id IS NOT DISTINCT FROM NEW.user_id OR NEW.person_id = ANY (d.barred)
    OR d.person_id IS NOT DISTINCT FROM NEW.person_id AND NEW.person_id IS NOT NULL THEN
    RAISE EXCEPTION 'nobody plays two parts in decision %, nor answers about himself', d.uid
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decisions_parts BEFORE INSERT ON decisions_stepact FOR EACH ROW EXECUTE FUNCTION decisions_parts();
ALTER TABLE decisions_stepact ENABLE ALWAYS TRIGGER decisions_parts;
"""
NO_PARTS = "DROP TRIGGER decisions_parts ON decisions_stepact; DROP FUNCTION decisions_parts();"
# An order is the next in its register, on no earlier day than the one before it, of a sealed decision; a number
# that was given is used in the same transaction.
NUMBERS = """
CREATE FUNCTION decisions_next_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.place <> (SELECT last FROM decisions_register WHERE code = NEW.register AND year = NEW.year)
    OR EXTRACT(year FROM NEW.dated_on) <> NEW.year THEN
    RAISE EXCEPTION 'order % is not the next of register % in %', NEW.number, NEW.register, NEW.year
      USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT 1 FROM decisions_order WHERE register = NEW.register AND year = NEW.year
      AND dated_on > NEW.dated_on) THEN
    RAISE EXCEPTION 'order % is dated before an earlier number', NEW.number USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decisions_next_number BEFORE INSERT ON decisions_order
  FOR EACH ROW EXECUTE FUNCTION decisions_next_number();
ALTER TABLE decisions_order ENABLE ALWAYS TRIGGER decisions_next_number;

CREATE FUNCTION decisions_number_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last > 0 AND NOT EXISTS (SELECT 1 FROM decisions_order WHERE register = NEW.code AND year = NEW.year
      AND place = NEW.last) THEN
    RAISE EXCEPTION 'number % of register % in % was given to no order', NEW.last, NEW.code, NEW.year
      USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decisions_number_used AFTER INSERT OR UPDATE ON decisions_register
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_number_used();
ALTER TABLE decisions_register ENABLE ALWAYS TRIGGER decisions_number_used;
"""
NO_NUMBERS = """
DROP TRIGGER decisions_number_used ON decisions_register; DROP FUNCTION decisions_number_used();
DROP TRIGGER decisions_next_number ON decisions_order; DROP FUNCTION decisions_next_number();
"""
# What a decision learns on its way; all else stands as it was proposed.
LEARNS = (
    "title", "state", "place", "waits_seat_id", "waits_permission", "waits_unit", "due_at", "odd", "barred",
    "held", "basis_id", "closed_at",
)  # fmt: skip
APPENDED = ("gaterow", "stepact", "order", "orderend", "memo")
BOUND = (*APPENDED, "decision", "register", "objection", "delegation")
LIFTED = "lifted_by_id, lifted_name, lifted_at, answer"


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_initial"),
        ("ledger", "0006_bound_rows"),
        ("people", "0011_bound"),
    ]

    operations = [
        RunSQL(PARTS, NO_PARTS),
        RunSQL(NUMBERS, NO_NUMBERS),
        *(append_only(f"decisions_{name}") for name in APPENDED),
        *(grant(f"decisions_{name}", app="SELECT, INSERT", auditor="SELECT") for name in APPENDED),
        dated("decisions_delegation"),
        grant(
            "decisions_delegation",
            app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)",
            auditor="SELECT",
        ),
        decided_once("decisions_decision", "OLD.state = 'waiting'"),
        grant(
            "decisions_decision",
            app=f"SELECT, INSERT, UPDATE ({', '.join(LEARNS)})",
            auditor="SELECT",
        ),
        decided_once(
            "decisions_register",
            "NEW.id = OLD.id AND NEW.code = OLD.code AND NEW.year = OLD.year AND NEW.last = OLD.last + 1",
        ),
        grant("decisions_register", app="SELECT, INSERT, UPDATE (last)", auditor="SELECT"),
        decided_once("decisions_objection", "OLD.lifted_at IS NULL"),
        grant("decisions_objection", app=f"SELECT, INSERT, UPDATE ({LIFTED})", auditor="SELECT"),
        *(bound(f"decisions_{name}") for name in BOUND),
    ]
