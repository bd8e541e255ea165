"""The raises of a whole government over columns: the rules of ``law.kgb`` once more, for everybody at once.

A test holds the two together; ``services.prepare_due`` compares them for each raise that it writes down.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pamong.career.columns.away import ENDED, NO_ROW
from pamong.career.columns.dues import next_raises
from pamong.career.columns.judging import judged
from pamong.career.columns.reading import persons_of, read_away, read_delays, read_facts
from pamong.law.kgb import Rules

__all__ = ["ENDED", "NO_ROW", "persons_of", "read_away", "read_delays", "read_facts", "work_out"]


def work_out(
    people: pl.DataFrame,
    predicates: pl.DataFrame,
    delays: pl.DataFrame,
    away: pl.DataFrame,
    rules: Rules,
    *,
    on: date,
    today: date,
) -> pl.DataFrame:
    """Everybody's next raise and its conditions for the day ``on``, as judged ``today``.

    In: frames as they are read. Out: the columns of ``people`` with due_on, effective_on (Date), row,
    new_years, new_months (Int64), base_before, base_after (Int64 rupiah), first, disciplined (Boolean),
    why_not (String: ``ended``, ``unknown``, or null where something is due), and ``state_x``, ``effect_x``
    (String) for each condition x, null where it is not asked of this kind.
    """
    return judged(next_raises(people, delays, away, rules), predicates, delays, rules, on=on, today=today)
