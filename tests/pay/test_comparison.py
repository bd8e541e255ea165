"""Two runs side by side: the frames, and what is read for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor, Grant
from pamong.law.engine.law import load_law
from pamong.pay import columns, queries
from pamong.pay.choices import Change
from pamong.pay.comparison import Comparison, compare
from pamong.pay.errors import LawMoved, RunNotFound
from tests.law.world import write
from tests.pay.support import FULL, Done, Office, Someone, files_of

pytestmark = pytest.mark.django_db

LATE = ("08:15", "16:40")
CUT = """
    title: Potongan karena terlambat masuk kerja
    unit: rate
    kind: bracket
    x: minutes
    values:
      - from: 2026-01-01
        value: [[0, "0 %"], [30, "0,5 %"], [60, "SHARE"], [90, "1,25 %"], [null, "1,5 %"]]
        citation: {regulation: contoh}
        grade: E
"""


def slips(*rows: tuple[str, str, int | None]) -> pl.DataFrame:
    """Slips of NIP, state and net; the number is the place."""
    whole = [
        dict.fromkeys(columns.SLIPS)
        | {"number": place, "nip": nip, "name": f"N{nip}", "opd_name": "Dinas", "state": state, "net": net}
        | {"reason": "" if net is not None else "Sebab."}
        for place, (nip, state, net) in enumerate(rows, start=1)
    ]
    return pl.DataFrame(whole, schema=columns.SLIPS)


def lines(*rows: tuple[int, str, int]) -> pl.DataFrame:
    """Lines of slip, code and amount."""
    whole = [
        {"slip": slip, "number": place, "kind": "cut", "code": code, "method": "", "amount": amount}
        | {"title": code.upper()}
        for place, (slip, code, amount) in enumerate(rows, start=1)
    ]
    return pl.DataFrame(whole, schema=columns.LINES | {"title": pl.String})


def by_nip(found: Comparison) -> dict[str, dict[str, Any]]:
    return {row["nip"]: row for row in found.people.iter_rows(named=True)}


def test_each_kind_of_change_is_told() -> None:
    old = slips(
        ("a", "computed", 100), ("b", "computed", 100), ("c", "held", None), ("d", "computed", 70),
        ("e", "computed", 50), ("f", "computed", 50), ("h", "held", None),
    )  # fmt: skip
    new = slips(
        ("f", "computed", 50), ("a", "computed", 130), ("b", "computed", 90), ("c", "computed", 40),
        ("d", "delayed", 70), ("e", "computed", 50), ("g", "computed", 10), ("h", "held", None),
    )  # fmt: skip
    found = compare(old, lines((5, "cut", 3), (6, "cut", 8)), new, lines((6, "cut", 4), (1, "cut", 8)))
    kinds = {nip: row["change"] for nip, row in by_nip(found).items()}
    assert kinds == {
        "a": "more", "b": "less", "c": "state", "d": "state", "e": "lines", "f": "same", "g": "joined",
        "h": "same",
    }  # fmt: skip
    left = compare(new, lines(), old, lines())
    assert by_nip(left)["g"]["change"] == "left" and by_nip(left)["g"]["new_state"] is None


def test_a_missing_amount_is_no_difference_but_counts_in_the_sums() -> None:
    old = slips(("a", "computed", 100), ("b", "held", None))
    new = slips(("a", "held", None), ("b", "computed", 70))
    found = compare(old, lines((1, "cut", 5)), new, lines((2, "cut", 9)))
    assert found.people["difference"].to_list() == [None, None]
    assert found.totals() == (100, 70)
    assert found.counts()[Change.STATE] == (2, -30)
    assert found.lines.is_empty()  # no line can be told from a slip that has none


def test_the_greatest_difference_comes_first_then_the_name() -> None:
    old = slips(("a", "computed", 100), ("b", "computed", 100), ("c", "computed", 100), ("d", "held", None))
    new = slips(("c", "computed", 101), ("b", "computed", 99), ("a", "computed", 300), ("d", "computed", 50))
    found = compare(old, lines(), new, lines())
    assert found.people["nip"].to_list() == ["a", "d", "b", "c"]


def test_a_line_that_comes_or_goes_is_nothing_on_the_other_side() -> None:
    both = slips(("a", "computed", 100))
    found = compare(both, lines((1, "gone", 5)), both, lines((1, "come", 7)))
    told = {(row["code"], row["old"], row["new"]) for row in found.lines.iter_rows(named=True)}
    assert told == {("gone", 5, 0), ("come", 0, 7)}
    assert found.lines["title"].to_list() == ["COME", "GONE"]


def test_the_same_run_twice_changes_nothing() -> None:
    one = slips(("a", "computed", 100), ("b", "held", None))
    found = compare(one, lines((1, "cut", 5)), one, lines((1, "cut", 5)))
    assert found.changed.is_empty() and found.lines.is_empty()
    assert found.counts()[Change.SAME] == (2, 0)


# --- Read from the database ---

PEOPLE = [Someone(1, days={5: LATE}), Someone(2, days={5: FULL}), Someone(3, group="BLUD")]


@pytest.fixture
def two(office: Office, tmp_path: Path) -> tuple[Done, Done]:
    """The same files under the common ladder, and under one with a smaller step."""
    write(tmp_path / "situs", "discipline/cut_late.yaml", CUT.replace("SHARE", "0,75 %"))
    files = files_of(PEOPLE)
    old = office.run(files, profile="tulangbawangbarat")
    return old, office.run(files, profile="tulangbawangbarat", overlay=str(tmp_path / "situs"))


def test_a_smaller_cut_shows_whom_it_concerns_and_by_which_lines(two: tuple[Done, Done]) -> None:
    old, new = two
    found = columns.compare_runs(None, old.uid, new.uid, actor=old.office.actor, at=old.office.at)
    [changed] = found.changed.iter_rows(named=True)
    assert (changed["nip"], changed["change"]) == (PEOPLE[0].nip, "more")
    assert changed["difference"] == changed["new_net"] - changed["old_net"] > 0
    cut = found.lines.row(by_predicate=pl.col("code") == "discipline_cut", named=True)
    assert cut["old"] - cut["new"] > 0 and cut["title"] == "Potongan kehadiran"
    lost = found.lines.filter(pl.col("code") != "discipline_cut")
    assert cut["old"] - cut["new"] - (lost["new"] - lost["old"]).sum() == changed["difference"]
    assert sum(found.totals()) == old.row.net + new.row.net


def test_the_law_tells_the_step_that_differs(two: tuple[Done, Done]) -> None:
    old, new = two
    [change] = queries.compare_law(actor=old.office.actor, old=old.uid, new=new.uid)
    assert change.key == "discipline/cut_late"
    assert change.rows == (("lebih dari 30 menit sampai dengan 60 menit", "1 %", "0,75 %"),)


def test_regions_differ_in_their_ways_and_in_values_that_only_one_has(office: Office) -> None:
    files = files_of(PEOPLE)
    old, new = (office.run(files, profile=profile) for profile in ("contoh", "tulangbawangbarat"))
    found = queries.compare_law(actor=office.actor, old=old.uid, new=new.uid)
    ways = next(change for change in found if not change.key)
    assert ("discipline", "points", "percent_of_discipline_part") in ways.rows
    points = next(change for change in found if change.key == "discipline/points_absent")
    assert points.rows == (("nilai", "6 poin", queries.ABSENT),)


def test_a_law_that_is_gone_is_told_and_its_run_still_opens(two: tuple[Done, Done], tmp_path: Path) -> None:
    old, new = two
    (tmp_path / "situs").rename(tmp_path / "dipindah")
    load_law.cache_clear()  # as in a process that starts later
    actor = old.office.actor
    with pytest.raises(LawMoved):
        queries.compare_law(actor=actor, old=old.uid, new=new.uid)
    assert queries.get_run(actor=actor, uid=new.uid).profile_name == "Kabupaten Tulang Bawang Barat"
    assert queries.open_run(actor=actor, uid=new.uid).evidence == {}
    slip = queries.list_slips(actor=actor, at=old.office.at, uid=new.uid).rows[0].uid
    with pytest.raises(LawMoved):
        queries.explain_slip(actor=actor, at=old.office.at, uid=slip)


def test_only_who_may_take_slips_out_compares(two: tuple[Done, Done]) -> None:
    old, new = two
    inspector = Actor(None, None, "Inspektorat", (Grant("inspector"),), old.office.actor.on)
    with pytest.raises(NotAllowed):
        columns.compare_runs(None, old.uid, new.uid, actor=inspector, at=old.office.at)


def test_an_unknown_run_is_told(two: tuple[Done, Done]) -> None:
    old, _ = two
    with pytest.raises(RunNotFound):
        columns.compare_runs(None, old.uid, UUID(int=1), actor=old.office.actor, at=old.office.at)
