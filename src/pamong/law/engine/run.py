"""Runs a plan for everybody at once, over Polars columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import lcm
from typing import Any

import polars as pl

from pamong.law.engine.evaluation import PERSON, Run
from pamong.law.engine.formulas import Formula
from pamong.law.engine.plan import Node, Plan

__all__ = ["PERSON", "run"]


def run(plan: Plan, people: pl.DataFrame, children: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The plan's outputs, one row per row of `people`, in its order.

    `people` holds the person-month facts by name. Each child frame (`day`, `segment`, `event`) holds its
    facts, `person` (the row number in `people`, ascending) and, where the law changes within the month, `on`.
    Integer facts are whole numbers of their unit; floats are refused.
    """
    children = {**_no_events(plan), **children}
    if people.height == 0:
        return pl.DataFrame(schema={name: _dtype_of(plan.node(name)) for name in plan.outputs})
    if children and len(plan.epochs) > 1:
        return _run_epochs(plan, people, children)
    return Run(plan, people, children, plan.on).outputs()


def _no_events(plan: Plan) -> dict[str, pl.DataFrame]:
    """An empty frame of events, where the plan asks for them: without rows nothing happened."""
    kinds: dict[str, Any] = {"bool": pl.Boolean, "text": pl.String}
    schema = {fact.name: kinds.get(fact.unit, pl.Int64) for fact in plan.facts if fact.level == "event"}
    return {"event": pl.DataFrame(schema={PERSON: pl.UInt32, "on": pl.Date, **schema})} if schema else {}


def _dtype_of(node: Node) -> type[pl.DataType]:
    return pl.Boolean if node.unit == "bool" else pl.Int64


def _run_epochs(plan: Plan, people: pl.DataFrame, children: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Where a rule changes within the month, each day is worked out under the rule of its own date."""
    lifted = sorted(Run(plan, people, children, plan.on).child_roots())
    given: dict[str, pl.DataFrame] = {}
    dens: dict[str, int] = {}
    for level, frame in children.items():
        plan.require_date(level, "on" in frame.columns and not frame["on"].null_count())
        formulas = [name for name in lifted if _is_formula_of(level, plan.node(name))]
        given[level], level_dens = _by_epoch(plan, people, level, frame, formulas)
        dens |= level_dens
    later = Plan(plan.law, plan.outputs, plan.on, plan.until, plan.given | set(lifted))
    return Run(later, people, given, plan.on, dens).outputs()


def _is_formula_of(level: str, node: Node) -> bool:
    return isinstance(node, Formula) and node.level == level


def _by_epoch(
    plan: Plan, people: pl.DataFrame, level: str, frame: pl.DataFrame, names: list[str]
) -> tuple[pl.DataFrame, dict[str, int]]:
    """The rows with `names` worked out, each under its own day's law, and the names' common denominators."""
    frame = frame.with_columns(__row=pl.int_range(frame.height))
    epochs = plan.epochs if level in plan.changes else (plan.on,)
    parts = [_rows_of(frame, epochs, epoch) for epoch in epochs]
    runs = [Run(plan, people, {level: part}, epoch) for part, epoch in zip(parts, epochs, strict=True)]
    dens = {name: lcm(*(run.den_of(name) for run in runs)) for name in names}
    worked = pl.concat(
        [
            part.hstack(run.child_values(level, dens))
            for part, run in zip(parts, runs, strict=True)
            if part.height
        ]
        or [parts[0].hstack(runs[0].child_values(level, dens))],
        how="vertical_relaxed",
    )
    return worked.sort("__row").drop("__row"), dens


def _rows_of(frame: pl.DataFrame, epochs: tuple[date, ...], epoch: date) -> pl.DataFrame:
    """The rows that stand under an epoch's law; what lies outside the month belongs to the nearest epoch."""
    following = min((day for day in epochs if day > epoch), default=None)
    if epoch != epochs[0]:
        frame = frame.filter(pl.col("on") >= epoch)
    return frame.filter(pl.col("on") < following) if following else frame
