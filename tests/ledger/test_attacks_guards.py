"""Attacks on the guards themselves: triggers put to sleep or replaced, what they call, what fills columns.

The superuser may hold the log's keys; he lacks the application's secret. Each with its control.
"""

# ruff: noqa: S608 - SQL of our own

from __future__ import annotations

from tests.support.attacked import Site, government, site
from tests.support.attacks import Attack, Expected, cases, row, seen
from tests.support.forging import forging, rank_of

__all__ = ["government", "site"]


def edited_while_triggers_sleep(site: Site) -> Expected:
    number = rank_of(site)
    with forging(site, "people_rank") as forger:
        forger.do("UPDATE people_rank SET golongan = 'IV/e' WHERE id = %s", number)
    return row("people_rank", number)


def edited_with_triggers_left_asleep(site: Site) -> Expected:
    number = rank_of(site)
    site.sql(
        "ALTER TABLE people_rank DISABLE TRIGGER USER",
        f"UPDATE people_rank SET golongan = 'IV/e' WHERE id = {number}",
    )
    return lambda found: (
        found.row("people_rank", number) and found.row("people_rank", "people_rank_bound_update")
    )


def edited_as_a_replica(site: Site) -> Expected:
    """Triggers that are only enabled, not always, sleep for a replica."""
    number = rank_of(site)
    names = site.sql(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'people_rank'::regclass AND NOT tgisinternal"
    )
    enable = [f'ALTER TABLE people_rank ENABLE TRIGGER "{name}"' for (name,) in names]
    site.sql(
        *enable,
        "SET session_replication_role = replica",
        f"UPDATE people_rank SET golongan = 'IV/e' WHERE id = {number}",
    )
    return row("people_rank", number)


def teller_replaced(site: Site) -> Expected:
    """The function that tells rows says nothing for a while, and then what it always said."""
    number = rank_of(site)
    ((before,),) = site.sql("SELECT pg_get_functiondef('pamong_bind_people_rank'::regproc)")
    site.sql(
        "CREATE OR REPLACE FUNCTION pamong_bind_people_rank() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NULL; END'",
        "ALTER TABLE people_rank DISABLE TRIGGER people_rank_dated",
        f"UPDATE people_rank SET golongan = 'IV/e' WHERE id = {number}",
        "SET CONSTRAINTS ALL IMMEDIATE",
        "ALTER TABLE people_rank ENABLE ALWAYS TRIGGER people_rank_dated",
        before,
    )
    return row("people_rank", number)


def guard_dropped(site: Site) -> Expected:
    """What refuses changes is gone; nothing has been changed yet."""
    site.sql("DROP TRIGGER people_rank_dated ON people_rank")
    return lambda found: found.row("people_rank", "people_rank_dated")


def guard_replaced(site: Site) -> Expected:
    """It stands, and refuses nothing any more."""
    site.sql(
        "CREATE OR REPLACE FUNCTION pamong_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN COALESCE(NEW, OLD); END'"
    )
    return row("", "pamong_refuse_change")


def teller_moved(site: Site) -> Expected:
    """The trigger calls a function of the same name that stands elsewhere and says nothing."""
    return _told_by(site, "FOR EACH STATEMENT EXECUTE FUNCTION bayangan.pamong_bind_people_rank()")


def teller_with_a_condition(site: Site) -> Expected:
    """It tells what anybody does but the attacker."""
    return _told_by(
        site,
        "FOR EACH STATEMENT WHEN (current_user <> 'menumpang') EXECUTE FUNCTION pamong_bind_people_rank()",
    )


def _told_by(site: Site, how: str) -> Expected:
    site.sql(
        "CREATE SCHEMA bayangan",
        "CREATE FUNCTION bayangan.pamong_bind_people_rank() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NULL; END'",
        "CREATE OR REPLACE TRIGGER people_rank_bound_update AFTER UPDATE ON people_rank "
        f"REFERENCING NEW TABLE AS fresh {how}",
        "ALTER TABLE people_rank ENABLE ALWAYS TRIGGER people_rank_bound_update",
    )
    return row("people_rank", "")


def dates_filled_in_by_another(site: Site) -> Expected:
    """The application names no time of recording; the column's default gives it one of two years ago."""
    site.sql("ALTER TABLE people_rank ALTER recorded_at SET DEFAULT clock_timestamp() - interval '2 years'")
    return lambda found: found.names("people_rank")


@cases(
    edited_while_triggers_sleep, edited_with_triggers_left_asleep, edited_as_a_replica, teller_replaced,
    guard_dropped, guard_replaced, teller_moved, teller_with_a_condition, dates_filled_in_by_another,
)  # fmt: skip
def test_5_triggers_are_disabled(site: Site, attack: Attack) -> None:
    seen(site, attack)
