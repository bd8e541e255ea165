"""What the law's tests share: a month worked out in columns and as traces, and small laws of their own."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pamong.law.engine.errors import LawError
from pamong.law.engine.formulas import FACTS
from pamong.law.engine.law import assemble, load_formulas, load_law
from pamong.law.engine.loader import Profile, load_profile, load_registry
from pamong.law.engine.parameters import Parameter, parse_parameter
from pamong.law.engine.plan import Law, Plan
from pamong.law.engine.trace import TraceValue
from pamong.law.engine.tracing import Trace

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
PROFILES = ("contoh", "manado", "permentan", "samarinda", "tulangbawangbarat")
OWN_PROFILES = Path(__file__).parent / "profiles"
CITATION = {"regulation": "contoh", "article": "Pasal 1"}

Row = Mapping[str, Any]
Children = Mapping[str, Sequence[tuple[int, Row]]]  # level -> (which person, the row)


def month(law: Law, *outputs: str, on: date = OCTOBER, until: date = NOVEMBER) -> Plan:
    """A plan for October 2026, unless said otherwise."""
    return law.plan(outputs, on, until)


def frame_of(rows: Sequence[Row], plan: Plan, level: str) -> pl.DataFrame:
    """Rows as a typed frame: the level's facts, with `person` and `on` where they are given."""
    kinds = {"bool": pl.Boolean, "text": pl.String}
    schema: dict[str, Any] = {
        fact.name: kinds.get(fact.unit, pl.Int64) for fact in plan.facts if fact.level == level
    }
    schema |= {
        name: kind for name, kind in (("person", pl.UInt32), ("on", pl.Date)) if rows and name in rows[0]
    }
    schema |= {} if rows or level == "person_month" else {"person": pl.UInt32, "on": pl.Date}
    schema = schema or {"nothing": pl.Int64}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def in_columns(plan: Plan, people: Sequence[Row], children: Children | None = None) -> list[dict[str, Any]]:
    """Everybody at once: one mapping of outputs a person."""
    frames = {
        level: frame_of([{**row, "person": person} for person, row in rows], plan, level)
        for level, rows in (children or {}).items()
    }
    return plan.columns(frame_of(people, plan, "person_month"), **frames).to_dicts()


def trace_of(plan: Plan, person: int, people: Sequence[Row], children: Children | None = None) -> Trace:
    """One of the persons alone."""
    rows = {level: [row for one, row in all_ if one == person] for level, all_ in (children or {}).items()}
    return plan.trace(people[person], **rows)


def plain(value: TraceValue) -> Any:
    """A traced value as columns give it: integers, rates as parts per million, None for missing."""
    if value.num is None or isinstance(value.num, bool | str):
        return value.num
    exact = Fraction(value.num, value.den) * (1_000_000 if value.unit == "rate" else 1)
    return int(exact) if exact.denominator == 1 else exact


def as_traces(plan: Plan, people: Sequence[Row], children: Children | None = None) -> list[dict[str, Any]]:
    """Everybody one by one, in the shape of `in_columns`."""
    traces = [trace_of(plan, person, people, children) for person in range(len(people))]
    return [{name: plain(trace.value(name)) for name in plan.outputs} for trace in traces]


def both(plan: Plan, people: Sequence[Row], children: Children | None = None) -> list[dict[str, Any]]:
    """The outputs, once both ways were seen to agree on them."""
    columns, traces = in_columns(plan, people, children), as_traces(plan, people, children)
    assert columns == traces
    return columns


def one(plan: Plan, person: Row | None = None, **children: Sequence[Row]) -> Any:
    """The only output of a plan for one person, once both ways were seen to agree on it."""
    rows = {level: [(0, row) for row in all_] for level, all_ in children.items()}
    [result] = both(plan, [person or {}], rows)
    return result[plan.outputs[0]]


def parameter(
    key: str, value: object, unit: str, *, since: date = date(2020, 1, 1), **more: Any
) -> Parameter:
    """A cited parameter of a test, as if read from a file."""
    entries = more.pop("values", None) or [{"from": since, "value": value}]
    raw = {
        "title": more.pop("title", key),
        "unit": unit,
        "values": [{"citation": CITATION, "grade": "E", **entry} for entry in entries],
        **more,
    }
    return parse_parameter(key, raw, Path(), "uji", load_registry())


def law_of(profile: str = "contoh", *parameters: Parameter) -> Law:
    """A shipped profile's law with further or other parameters."""
    base = load_law(profile)
    return Law({**base.parameters, **{item.key: item for item in parameters}}, base.profile)


def own_law(name: str) -> Law:
    """The law of one of the small profiles beside these tests."""
    load_formulas()
    return assemble(own_profile(name))


def own_profile(name: str) -> Profile:
    """One of the small profiles beside these tests."""
    return load_profile(name, OWN_PROFILES / name)


def refused(sentence: str, error: type[LawError] = LawError) -> pytest.RaisesExc[LawError]:
    """Expects a refusal that has this text in it."""
    return pytest.raises(error, match=re.escape(sentence))


def write(folder: Path, name: str, text: str) -> Path:
    """A file of the law, indented as the test is."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def clock(text: str) -> int:
    """`07:31` or `07:31:20` as seconds since midnight."""
    hours, minutes, seconds = (*map(int, text.split(":")), 0)[:3]
    return hours * 3600 + minutes * 60 + seconds


def workday(first_in: str | None = "07:30", last_out: str | None = "16:00", **more: Any) -> dict[str, Any]:
    """A day of 07.30 to 16.00 with its punches."""
    return {
        "shift_start": clock("07:30"),
        "shift_end": clock("16:00"),
        "first_in": clock(first_in) if first_in else None,
        "last_out": clock(last_out) if last_out else None,
        "is_excused": False,
        **more,
    }


def whole_month(job_class: int | None = 8, days: int = 31) -> dict[str, Any]:
    """One part: the whole month in one post."""
    return part(1, days, job_class)


def part(first: int, last: int, job_class: int | None = 8, **more: Any) -> dict[str, Any]:
    """A part of the month in one post, in service and not on leave unless told."""
    usual = {"segment_standing": "Aktif", "segment_leave": None, "segment_leave_month": None}
    return {"segment_class": job_class, "segment_first": first, "segment_last": last, **usual, **more}


PERSON: dict[str, Any] = {
    "pay_group": "tpp",
    "is_cpns": False,
    "golongan": "III/d",
    "tax_status": "K/1",
    "minutes": 6000,
    "behaviour": 100,
    "productivity_score": 100,
    "fixed_income": 4_000_000,
    "lhkpn_late": False,
    "negative_activity": False,
    "musters_missed": 0,
    "hours_left": 0,
    "days_in_month": 31,
    "first_work_day": 1,
    "is_dead": False,
    "last_day": 31,
}


def person(**changes: Any) -> dict[str, Any]:
    """A civil servant with nothing amiss, changed where a test needs it."""
    unknown = set(changes) - set(FACTS)
    assert not unknown, unknown
    return {**PERSON, **changes}
