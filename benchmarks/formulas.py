"""The formulas alone: the whole set of `contoh` for a million people, columns in memory to columns in memory.

The anchor is `twin`, the same rules by hand as a lazy Polars query; both are run in turn, and the number of
differing slips must be 0. `flat_twin`, the same as literally one `select`, is shown beside it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from benchmarks.__main__ import say
from benchmarks.people import make_people
from benchmarks.twin import OUTPUTS, flat_twin, twin
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Plan

ROWS = 1_000_000
RUNS = 9
GIVEN = ("expected_days", "absent_days", "points_lost")


def measure() -> dict[str, Any]:
    """Rows per second of the engine and of both twins, and the differing slips."""
    people = make_people(ROWS, seed=2026)
    month, segments = as_facts(people)
    plan = contoh_plan()
    by_engine = plan.columns(month, segment=segments)
    by_hand = twin(people.lazy()).collect(engine="streaming")
    wrong = (
        by_engine.select(OUTPUTS)
        .with_row_index()
        .join(by_hand.select(OUTPUTS).with_row_index(), on=["index", *OUTPUTS], how="anti", nulls_equal=True)
        .height
    )
    engine, hand = in_turn(
        lambda: plan.columns(month, segment=segments), lambda: twin(people.lazy()).collect(engine="streaming")
    )
    flat = median(lambda: flat_twin(people.lazy()).collect(engine="streaming"), 3)
    say("engine, 1,000,000 people", f"{ROWS / engine / 1e6:.1f} million rows/s ({engine * 1000:.0f} ms)")
    say("  to the twin, staged", f"{hand / engine:.0%} ({hand * 1000:.0f} ms); goal 60 %")
    say("  to the twin, one select", f"{flat / engine:.0%} ({flat * 1000:.0f} ms)")
    say("  differing slips", str(wrong))
    return {
        "rows_per_second": round(ROWS / engine),
        "twin_rows_per_second": round(ROWS / hand),
        "flat_twin_rows_per_second": round(ROWS / flat),
        "ratio_to_twin": round(hand / engine, 3),
        "ratio_to_flat_twin": round(flat / engine, 3),
        "differing_slips": wrong,
    }


def contoh_plan() -> Plan:
    """The plan of `contoh` for October 2026, from a month's counts to the net."""
    return load_law("contoh").plan(OUTPUTS, date(2026, 10, 1), date(2026, 11, 1), given=GIVEN)


def as_facts(people: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The invented people as the engine's facts: the month, and one part of the month each."""
    rows = people.height
    month = people.drop("job_class").with_columns(
        days_in_month=pl.repeat(31, rows, dtype=pl.Int64),
        first_work_day=pl.repeat(1, rows, dtype=pl.Int64),
        expected_days=pl.repeat(22, rows, dtype=pl.Int64),
    )
    segments = people.select(
        person=pl.int_range(rows, dtype=pl.UInt32),
        segment_class="job_class",
        segment_first=pl.repeat(1, rows, dtype=pl.Int64),
        segment_last=pl.repeat(31, rows, dtype=pl.Int64),
    )
    return month.rechunk(), segments.rechunk()


def in_turn(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[float, float]:
    """Median seconds of two things that are run in turn, so that a drifting machine hits both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for times, work in zip(taken, (first, second), strict=True):
            times.append(_seconds(work))
    return statistics.median(taken[0]), statistics.median(taken[1])


def median(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Median seconds of several runs after one that warms up."""
    work()
    return statistics.median(_seconds(work) for _ in range(runs))


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
