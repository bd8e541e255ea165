"""Attacks that go around what guards rows and law: something put in, law edited.

The superuser may hold the log's keys; he lacks the application's secret. Each with its control.
"""

# ruff: noqa: S608 - SQL of our own

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pamong
from tests.support.attacked import RULE, Site, government, make_account, site
from tests.support.attacks import Attack, Expected, cases, entry, row, seen
from tests.support.forging import LOG, Forger, forging
from tests.support.paid_months import regulation

__all__ = ["government", "site"]

POST = "people_appointment"
SOURCE = Path(pamong.__file__).parents[1]
_COLUMNS = "uid, person_id, kind, stint, seat_id, order_no, order_on, note, period, act, basis_id"
_PUT = f"""
    INSERT INTO {{}} ({_COLUMNS})
    SELECT gen_random_uuid(), a.person_id, 'plt', 7, s.id, '821.2/99', '2026-01-02', '',
           daterange('2026-02-01', '2026-05-01'), a.act, a.basis_id
    FROM people_appointment a JOIN people_person p ON p.id = a.person_id, organisation_seat s
    WHERE p.uid = '{{}}' AND s.uid = '{{}}' LIMIT 1"""


def _put_sql(site: Site) -> str:
    """He makes somebody acting secretary for three months that are over."""
    return _PUT.format(POST, site.people.city.persons["own"], site.people.city.seats["above"])


def _put(forger: Forger, site: Site) -> int:
    return int(forger.one(f"{_put_sql(site)} RETURNING id"))


# --- 4: a row is inserted ---


def put_by_postgres(site: Site) -> Expected:
    with forging(site) as forger:
        return row(POST, _put(forger, site))


def put_as_the_application(site: Site) -> Expected:
    with forging(site) as forger:
        forger.do("SET SESSION AUTHORIZATION pamong_app")
        return row(POST, _put(forger, site))


def put_untold(site: Site) -> Expected:
    with forging(site, POST) as forger:
        return row(POST, _put(forger, site))


def put_with_an_event(site: Site, mark: str = "decode(repeat('00', 48), 'hex')") -> Expected:
    """An entry that looks like the application's stands beside it, in the same transaction."""
    with forging(site) as forger:
        forger.do("SET SESSION AUTHORIZATION pamong_app")
        number = _put(forger, site)
        forger.do(
            f"INSERT INTO ledger_intake (log, kind, body, mark) SELECT log, kind, body, {mark} "
            "FROM ledger_intake WHERE kind = 'pay.run_started' LIMIT 1"
        )
    return row(POST, number)


def put_with_a_copied_event(site: Site) -> Expected:
    """An entry of the application with its true mark, once more."""
    put_with_an_event(site, "mark")
    return lambda found: found.names("ledger_intake", "Catatan disalin")


def _borrowed(site: Site, kind: str) -> Expected:
    with forging(site, *LOG) as forger:
        number = _put(forger, site)
        forger.do("UPDATE ledger_row SET by_role = 'pamong_app' WHERE xid = %s", forger.xid())
        told = "(SELECT max(id) FROM ledger_intake WHERE kind = %s)"
        forger.do(f"UPDATE ledger_intake SET xid = %s WHERE id = {told}", forger.xid(), kind)
    return row(POST, number)


def put_with_a_borrowed_event(site: Site) -> Expected:
    """A true entry that wrote no row is said to have been of his transaction."""
    return _borrowed(site, "access.user_created")


def put_with_a_borrowed_rule(site: Site) -> Expected:
    """The same with an entry of the other log, beside which no place among the decisions can be told."""
    return _borrowed(site, "law.in_force")


def _restamped(site: Site, kind: str, which: str = "max") -> Expected:
    with forging(site, *LOG) as forger:
        number = _put(forger, site)
        xid = forger.one(f"SELECT {which}(xid) FROM ledger_intake WHERE kind = %s", kind)
        forger.do("UPDATE ledger_row SET by_role = 'pamong_app', xid = %s WHERE xid = %s", xid, forger.xid())
        forger.do("UPDATE ledger_log SET watermark = 0")
    return row(POST, number)


def put_into_an_old_transaction(site: Site) -> Expected:
    """His row is said to have been of a transaction of the application that wrote none."""
    return _restamped(site, "access.user_created")


def put_into_a_transaction_of_the_rules(site: Site) -> Expected:
    """That of the opening: a decision puts law in force with rows of its own."""
    return _restamped(site, "law.in_force", "min")


def put_into_a_migration(site: Site) -> Expected:
    return _restamped(site, "ledger.bound")


def put_into_a_transaction_that_never_was(site: Site) -> Expected:
    with forging(site, *LOG) as forger:
        _put(forger, site)
        forger.do("UPDATE ledger_row SET by_role = 'pamong_app', xid = 3 WHERE xid = %s", forger.xid())
    return lambda found: found.names(POST, "3")


def put_and_held_back(site: Site) -> Expected:
    """The sequencer is told that all of it has its place."""
    with forging(site) as forger:
        _put(forger, site)
        forger.do("UPDATE ledger_log SET watermark = watermark + 1000000")
        xid = str(forger.xid())
    return lambda found: found.names(POST, xid)


def put_where_the_shape_looks_away(site: Site) -> Expected:
    """The table's shape is said to leave out this one."""
    with forging(site, POST, "ledger_shape") as forger:
        number = _put(forger, site)
        forger.do("UPDATE ledger_shape SET which = %s WHERE relation = %s", f"id <> {number}", POST)
    return lambda found: found.row(POST, number) or found.names(POST, "Susunan")


def put_into_a_child_table(site: Site) -> Expected:
    """Who reads the table reads the child too, and no trigger tells."""
    with forging(site) as forger:
        forger.do(f"CREATE TABLE jabatan () INHERITS ({POST})")
        forger.do("ALTER TABLE jabatan ALTER id SET DEFAULT 999")
        number = forger.one(f"{_put_sql(site).replace(POST, 'jabatan', 1)} RETURNING id")
        forger.do("GRANT SELECT ON jabatan TO pamong_app, pamong_auditor")
    return row(POST, number)


def put_behind_a_view(site: Site) -> Expected:
    """What the auditor reads under the table's name leaves it out."""
    with forging(site, POST) as forger:
        number = _put(forger, site)
    site.sql(
        f"ALTER TABLE {POST} RENAME TO jabatan",
        f"CREATE VIEW {POST} AS SELECT * FROM jabatan "
        f"WHERE current_user <> 'pamong_auditor' OR id <> {number}",
        f"GRANT SELECT, INSERT, UPDATE ON {POST} TO pamong_app",
        f"GRANT SELECT ON {POST} TO pamong_auditor",
    )
    return lambda found: found.names(POST, "Susunan tabel diubah") or found.row(POST, "")


def put_behind_a_schema(site: Site) -> Expected:
    with forging(site, POST) as forger:
        number = _put(forger, site)
    site.sql(
        "CREATE SCHEMA bayangan",
        f"CREATE VIEW bayangan.{POST} AS SELECT * FROM public.{POST} WHERE id <> {number}",
        "GRANT USAGE ON SCHEMA bayangan TO pamong_auditor",
        f"GRANT SELECT ON bayangan.{POST} TO pamong_auditor",
        f'ALTER ROLE pamong_auditor IN DATABASE "{site.database}" SET search_path = bayangan, public',
    )
    return row(POST, number)


def put_behind_a_policy(site: Site) -> Expected:
    """Row security shows it to the application, and not to the auditor."""
    with forging(site, POST) as forger:
        number = _put(forger, site)
    site.sql(
        f"ALTER TABLE {POST} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY semua ON {POST} TO pamong_app USING (true) WITH CHECK (true)",
        f"CREATE POLICY sebagian ON {POST} TO pamong_auditor USING (id <> {number})",
    )
    return lambda found: found.names(POST)


def put_by_a_trigger_that_stays(site: Site) -> Expected:
    """The application itself writes it, in a transaction of its own: a trigger makes it do so."""
    _plant(site)
    make_account(site, "baru")
    return row("access_user", "menumpang")


def _plant(site: Site) -> None:
    site.sql(
        "CREATE FUNCTION menumpang() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS "
        f"$$ BEGIN {_put_sql(site)}; RETURN NULL; END $$",
        "CREATE TRIGGER menumpang AFTER INSERT ON access_user FOR EACH ROW EXECUTE FUNCTION menumpang()",
    )


def put_by_a_trigger_that_is_called_as_ours(site: Site) -> Expected:
    """Its function bears a name like those that tell rows."""
    _plant(site)
    site.sql(
        "ALTER FUNCTION menumpang() RENAME TO pamong_bind_access_user",
        "ALTER TRIGGER menumpang ON access_user RENAME TO access_user_bound_insert",
    )
    make_account(site, "baru")
    return row("access_user", "access_user_bound_insert")


def put_into_a_schema_of_the_application(site: Site) -> Expected:
    """PostgreSQL looks for a table in the schema that is named like the role, before ``public``."""
    site.sql(
        "CREATE SCHEMA pamong_app",
        f"CREATE TABLE pamong_app.{POST} AS SELECT * FROM {POST}",
        "GRANT USAGE ON SCHEMA pamong_app TO pamong_app",
        f"GRANT SELECT ON pamong_app.{POST} TO pamong_app",
    )
    return row("", "pamong_app")


def put_into_another_path(site: Site) -> Expected:
    """The application is sent to other tables by its role."""
    site.sql(
        "CREATE SCHEMA bayangan",
        f'ALTER ROLE pamong_app IN DATABASE "{site.database}" SET search_path = bayangan, public',
    )
    return lambda found: found.row("", "pamong_app search_path=bayangan, public")


@cases(
    put_by_postgres, put_as_the_application, put_untold, put_with_an_event, put_with_a_copied_event,
    put_with_a_borrowed_event, put_with_a_borrowed_rule, put_into_an_old_transaction,
    put_into_a_transaction_of_the_rules, put_into_a_migration,
    put_into_a_transaction_that_never_was, put_and_held_back, put_where_the_shape_looks_away,
    put_into_a_child_table, put_behind_a_view, put_behind_a_schema, put_behind_a_policy,
    put_by_a_trigger_that_stays, put_by_a_trigger_that_is_called_as_ours,
    put_into_a_schema_of_the_application, put_into_another_path,
)  # fmt: skip
def test_4_a_row_is_inserted(site: Site, attack: Attack) -> None:
    seen(site, attack)


def test_4_what_waits_for_its_place_can_still_be_added_to(site: Site) -> None:
    """Rows bear no mark, so until they are sealed nothing vouches for them. That takes half a second; who
    holds the sequencer up shows in ``pamong doctor`` and in the audit."""
    make_account(site, "baru")
    _restamped(site, "access.user_created")
    site.go_on()
    assert site.audit("--offline").is_clean


def test_4_a_trigger_that_has_gone_again_is_not_seen(site: Site) -> None:
    """Nothing tells what the application meant to write from what it was made to, unless an audit runs while
    the trigger stands. The row itself is sealed."""
    _plant(site)
    make_account(site, "baru")
    site.sql("DROP FUNCTION menumpang CASCADE")
    site.go_on()
    assert site.audit("--offline").is_clean


# --- 10: law in force is edited ---

_FILE = f"situs/{RULE}.yaml"
_FIRST = "FROM ledger_intake WHERE kind = 'law.in_force' ORDER BY id LIMIT 1"


def _edit(site: Site, days: int = 30) -> None:
    """Thirty days is what was in force before."""
    regulation(site.overlay, RULE, (date(2022, 1, 1), days), unit="days")


def overlay_edited(site: Site) -> Expected:
    _edit(site, 3)
    return row("rules", _FILE)


def overlay_added_to(site: Site) -> Expected:
    regulation(site.overlay, "pay/absence_minutes_per_day", (date(2022, 1, 1), 3), unit="minutes")
    return row("rules", "situs/pay/absence_minutes_per_day.yaml")


def overlay_taken_away(site: Site) -> Expected:
    (site.overlay / f"{RULE}.yaml").unlink()
    return row("rules", _FILE)


def profile_edited(site: Site) -> Expected:
    """A value of the region's own law, where the program itself stands."""
    site.source = Path(shutil.copytree(SOURCE, site.folder / "src", ignore=shutil.ignore_patterns("*.pyc")))
    name = "profiles/contoh/parameters/pay/acting_least_days.yaml"
    file = site.source / "pamong" / "law" / name
    file.write_text(file.read_text() + "\n# disesuaikan\n")
    return row("rules", name)


def entry_in_force_rewritten(site: Site) -> Expected:
    _edit(site)
    with forging(site, *LOG) as forger:
        told = forger.one("SELECT max(id) FROM ledger_intake WHERE kind = 'law.in_force'")
        forger.do(f"UPDATE ledger_intake SET (body, mark) = (SELECT body, mark {_FIRST}) WHERE id = %s", told)
        forger.rehash()
    return entry(1, "rules")


def law_put_in_force_by_hand(site: Site) -> Expected:
    """What was in force before is so again, says an entry that he adds."""
    _edit(site)
    site.sql(f"INSERT INTO ledger_intake (log, kind, body) SELECT log, kind, body {_FIRST}")
    return lambda found: found.row("rules", _FILE) and found.entry(2, "rules")


def law_put_in_force_by_a_copy(site: Site) -> Expected:
    """The very entry that the application once wrote, with its true mark."""
    _edit(site)
    site.sql(f"INSERT INTO ledger_intake (log, kind, body, mark) SELECT log, kind, body, mark {_FIRST}")
    return lambda found: found.names("ledger_intake", "Catatan disalin")


def laws_swapped(site: Site) -> Expected:
    """What was in force before stands last."""
    _edit(site)
    with forging(site, *LOG) as forger:
        forger.do("UPDATE ledger_leaf SET seq = 11 - seq WHERE log_id = 'rules'")
        forger.do("UPDATE ledger_leaf SET seq = seq - 10 WHERE log_id = 'rules'")
    return entry(1, "rules")


def law_under_another_name(site: Site) -> Expected:
    """The newest is looked for by its kind, which stands beside it."""
    _edit(site)
    with forging(site, *LOG) as forger:
        forger.do("UPDATE ledger_leaf SET kind = 'law.replaced' WHERE log_id = 'rules' AND seq = 1")
        forger.do(
            "UPDATE ledger_intake SET kind = 'law.replaced' WHERE id = "
            "(SELECT max(id) FROM ledger_intake WHERE kind = 'law.in_force')"
        )
    return entry(1, "rules")


@cases(
    overlay_edited, overlay_added_to, overlay_taken_away, profile_edited, entry_in_force_rewritten,
    law_put_in_force_by_hand, law_put_in_force_by_a_copy, laws_swapped, law_under_another_name,
)  # fmt: skip
def test_10_law_in_force_is_edited(site: Site, attack: Attack) -> None:
    seen(site, attack)
