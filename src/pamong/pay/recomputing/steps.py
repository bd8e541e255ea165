"""One group of facts after the other is put in, and each time the month is worked out again.

What the amounts change by at a step stands under the step's cause; so the lines of a person add up to the
whole difference, whatever depends on what. First nothing is put in: what the law alone changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from pamong.pay.calculation import MonthLaw
from pamong.pay.choices import DifferenceCause
from pamong.pay.frames import children_of
from pamong.pay.recomputing.groups import COUNTED, facts_of, rows_of
from pamong.pay.recomputing.known import Known

AMOUNTS = ("gross", "tax", "health")
STEPS = ("person", "cause", *AMOUNTS)


@dataclass(frozen=True)
class Steps:
    """`lines`: person, cause, gross, tax, health of every step that changes an amount, in the order of the
    causes. `by_law` and `now`: each person's amounts and slip's lines by the law alone, and with all facts.
    """

    lines: pl.DataFrame
    by_law: pl.DataFrame
    now: pl.DataFrame

    def of(self, person: int) -> list[tuple[str, int, int, int]]:
        """Cause, gross, tax and health of each line of one person."""
        return self._by_person.get(person, [])

    @cached_property
    def _by_person(self) -> dict[int, list[tuple[str, int, int, int]]]:
        found: dict[int, list[tuple[str, int, int, int]]] = {}
        for person, *line in self.lines.iter_rows():
            found.setdefault(person, []).append(tuple(line))
        return found


def steps(month: MonthLaw, then: Known, now: Known, paid: pl.DataFrame) -> Steps:
    """What each group of facts changes. `paid` holds what `then` led to (gross, tax, health), row by row.

    An amount that can't be worked out between two steps (the old facts lack what the new law asks for)
    changes nothing; the step that makes it known again takes the whole.
    """
    before = paid.select(AMOUNTS)
    current = then
    found: list[pl.DataFrame] = []
    by_law = pl.DataFrame()
    worked = before
    for cause in DifferenceCause:
        current = _put(current, now, cause)
        worked = _worked(month, current)
        by_law = worked if cause is DifferenceCause.LAW else by_law
        after = worked.select(pl.coalesce(name, before[name]).alias(name) for name in AMOUNTS)
        found.append(_change(before, after, cause))
        before = after
    return Steps(pl.concat(found).sort("person", maintain_order=True), by_law, worked)


def _change(before: pl.DataFrame, after: pl.DataFrame, cause: DifferenceCause) -> pl.DataFrame:
    return (
        after.with_columns((pl.col(name) - before[name]).alias(name) for name in AMOUNTS)
        .with_row_index("person")
        .filter(pl.any_horizontal(pl.col(name) != 0 for name in AMOUNTS))
        .with_columns(cause=pl.lit(cause.value))
        .select(STEPS)
    )


def _put(current: Known, now: Known, cause: DifferenceCause) -> Known:
    people = current.people.with_columns(now.people[name] for name in facts_of(cause))
    return replace(current, people=people, **{name: getattr(now, name) for name in rows_of(cause)})


def _worked(month: MonthLaw, known: Known) -> pl.DataFrame:
    """Amounts and lines of the slip of each person: 0 for who receives none, null where it is not known."""
    codes = [formula.name for formula in month.lines]
    asked = known.people.with_row_index("person").filter(pl.col(COUNTED))
    results = month.plan.columns(asked, **children_of(asked, known.segments, known.acting, known.days))
    receives = pl.col("is_entitled") & (pl.col("tpp_ceiling") > 0)
    fine = receives & pl.col("tpp_net").is_not_null()
    lines = {code: pl.col(code) for code in codes}
    amounts = {name: pl.col(f"tpp_{name}") for name in AMOUNTS}
    told = asked.select("person").hstack(
        results.select(
            pl.when(fine).then(value.cast(pl.Int64)).when(~receives).then(0).alias(name)
            for name, value in (amounts | lines).items()
        )
    )
    return (
        known.people.select(COUNTED)
        .with_row_index("person")
        .join(told, on="person", how="left", maintain_order="left")
        .select(pl.when(pl.col(COUNTED)).then(name).otherwise(0).alias(name) for name in (*AMOUNTS, *codes))
    )
