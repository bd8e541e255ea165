"""A paid month beside what is known of it now: whose amount differs, by how much, and by which causes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from pamong.pay.calculation import MonthLaw
from pamong.pay.choices import DifferenceCause, SlipState
from pamong.pay.frames import Worked, facts_json
from pamong.pay.month import MonthFacts
from pamong.pay.recomputing.groups import COUNTED
from pamong.pay.recomputing.known import Known, known_now, known_then
from pamong.pay.recomputing.steps import AMOUNTS, steps
from pamong.pay.recomputing.words import Change, changes, line_changes

# Beside the facts that are kept with a difference: the slip's lines that they led to, and the punch files.
LINES, FILES = "lines", "files"
_NOT_TOLD = "Tidak ada di data pegawai yang dipakai sekarang."


@dataclass(frozen=True, slots=True)
class Line:
    """What one cause changes, in rupiah, and what is known otherwise now."""

    cause: DifferenceCause
    gross: int
    tax: int
    health: int
    changes: tuple[Change, ...]

    @property
    def net(self) -> int:
        """What it changes of what the person receives."""
        return self.gross - self.tax - self.health


@dataclass(frozen=True, slots=True)
class Found:
    """The difference of one person: its lines, and the facts that it rests on, as they are kept."""

    nip: str
    facts: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Everybody paid beside what is known now. `present`: the NIP of those whose amount differs; `absent`: of
    those who were not in service at all; `undecided`: why the amount of a NIP can't be worked out."""

    present: list[str]
    absent: list[str]
    undecided: dict[str, str]


def compare(worked: Worked, paid: pl.DataFrame, *, complete: bool) -> Compared:
    """Who was paid another amount than now comes out. `paid`: nip, gross, tax, health of all that was given.

    `complete`: the people known now are everybody in service, so that who is not among them was not. Who is
    only missing from a list, or lacks a fact, has no difference: missing is not zero.
    """
    slips = worked.slips.select("nip", "state", "reason", *(pl.col(n).alias(f"now_{n}") for n in AMOUNTS))
    both = paid.join(slips, on="nip", how="left", maintain_order="left")
    unknown = (pl.col("state") == SlipState.HELD.value).fill_null(not complete)
    differs = pl.any_horizontal(pl.col(f"now_{name}").fill_null(0) != pl.col(name) for name in AMOUNTS)
    told = both.filter(~unknown & differs)
    left = both.filter(unknown).select("nip", pl.col("reason").fill_null(_NOT_TOLD))
    return Compared(
        told.filter(pl.col("state").is_not_null())["nip"].to_list(),
        told.filter(pl.col("state").is_null())["nip"].to_list(),
        dict(left.iter_rows()),
    )


def explained(
    month: MonthLaw, facts: MonthFacts, kept: pl.DataFrame, lines: Mapping[str, Mapping[str, int]]
) -> list[Found]:
    """The differences of these persons by cause.

    `kept`: nip, facts (what the amounts so far rest on), gross, tax, health; `lines`: by NIP, the slip's
    lines that those facts led to. A NIP that `facts` do not have was not in service.
    """
    here = pl.col("nip").is_in(facts.people["nip"].implode())
    present, absent = kept.filter(here), kept.filter(~here)
    now = known_now(facts, present["nip"])
    told = [
        *_found(month, present, now, _texts(facts, present["nip"], now), lines),
        *_found(month, absent, *_gone(absent, month.month.start, now), lines),
    ]
    return sorted(told, key=lambda one: one.nip)


def _texts(facts: MonthFacts, nips: pl.Series, now: Known) -> list[dict[str, Any]]:
    """The facts known now as they will be kept, person by person."""
    people = pl.DataFrame({"nip": nips}).join(facts.people, on="nip", maintain_order="left")
    texts = facts_json(facts.of(people))
    told = people.select("person").join(texts, on="person", maintain_order="left")
    return [
        json.loads(text) | {COUNTED: counted, FILES: list(facts.names)}
        for text, counted in zip(told["facts"], now.people[COUNTED], strict=True)
    ]


def _gone(absent: pl.DataFrame, month: date, like: Known) -> tuple[Known, list[dict[str, Any]]]:
    """Persons who were not in service: what was known of them, but not counted."""
    then = known_then(absent["facts"], month, like)
    nobody = replace(then, people=then.people.with_columns(pl.lit(False).alias(COUNTED)))
    return nobody, [json.loads(text) | {COUNTED: False} for text in absent["facts"]]


def _found(
    month: MonthLaw,
    kept: pl.DataFrame,
    now: Known,
    texts: Sequence[dict[str, Any]],
    lines: Mapping[str, Mapping[str, int]],
) -> list[Found]:
    made = steps(month, known_then(kept["facts"], month.month.start, now), now, kept)
    codes = [formula.name for formula in month.lines]
    of_law, of_now = (list(frame.select(codes).iter_rows(named=True)) for frame in (made.by_law, made.now))
    found = []
    for number, (nip, text) in enumerate(kept.select("nip", "facts").iter_rows()):
        by_cause = _Causes(month, json.loads(text), texts[number], lines.get(nip, {}), of_law[number])
        parts = tuple(by_cause.line(*row) for row in made.of(number))
        kept_lines = {code: amount for code, amount in of_now[number].items() if amount}
        found.append(Found(nip, _written(texts[number] | {LINES: kept_lines}), parts))
    return found


def _written(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class _Causes:
    """One person's facts and lines, then and now, out of which each cause is told."""

    month: MonthLaw
    then: Mapping[str, Any]
    now: Mapping[str, Any]
    lines: Mapping[str, int]
    lines_by_law: Mapping[str, int]

    def line(self, cause: str, gross: int, tax: int, health: int) -> Line:
        """The line of a cause with what differs under it."""
        kind = DifferenceCause(cause)
        told = changes(kind, self.month.month.start, self.then, self.now)
        if kind is DifferenceCause.LAW:
            told = line_changes(self.month.lines, self.lines, self.lines_by_law)
        return Line(kind, gross, tax, health, told)
