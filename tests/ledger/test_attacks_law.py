"""Attacks on the law in force: files and entries that say something else than two people had adopted.

The superuser may hold the log's keys; he lacks the application's secret. Each with its control.
"""

# ruff: noqa: S608 - SQL of our own

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pamong
from tests.support.attacked import RULE, Site, government, site
from tests.support.attacks import Attack, Expected, cases, entry, row, seen
from tests.support.forging import LOG, forging
from tests.support.paid_months import regulation

__all__ = ["government", "site"]

SOURCE = Path(pamong.__file__).parents[1]
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
