"""One person's running month by the law: what is gathered by now, and what the month gives if all goes on so.

Pure, without Polars. A day that is decided counts as it is, every other as present on time; what nobody has
told of the month's work counts as reached. On the last day, with everything decided and told, nothing of
that is left to assume, and the figures are those of a run over the same facts. docs/forecast.md tells more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from pamong.kernel.clock import format_date
from pamong.law.engine.explain import Reason, explain, flatten, missing_reasons
from pamong.law.engine.trace import TraceValue
from pamong.law.engine.tracing import Trace
from pamong.pay.calculation import MonthLaw

# What a month tells of somebody's work, with the parameter that is full of it. Only minutes grow by the day.
_FULL = {
    "minutes": "productivity_target_minutes",
    "behaviour": "full_score",
    "productivity_score": "full_score",
}


@dataclass(frozen=True, slots=True)
class Known:
    """How somebody is paid, and what is told of his month by now. None: nobody has told."""

    pay_group: str | None = None
    fixed_income: int | None = None
    tax_status: str | None = None
    minutes: int | None = None
    behaviour: int | None = None
    productivity_score: int | None = None
    lhkpn_late: bool = False
    negative_activity: bool = False
    musters_missed: int = 0
    hours_left: int = 0


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A day of work as pay counts it, in seconds of the local day. ``over``: it is decided."""

    on: date
    shift_start: int
    shift_end: int
    first_in: int | None
    last_out: int | None
    excuse: str | None
    over: bool

    @property
    def on_time(self) -> WorkDay:
        """The same day, present from the start to the end."""
        return replace(self, first_in=self.shift_start, last_out=self.shift_end)

    @property
    def foreseen(self) -> WorkDay:
        """What it will be at best: a mark that is made stays, one that may still come is on time."""
        if self.over:
            return self
        return replace(
            self,
            first_in=self.shift_start if self.first_in is None else self.first_in,
            last_out=self.shift_end,
        )

    @property
    def label(self) -> str:
        """How an explanation calls the day."""
        return format_date(self.on) + (f" ({self.excuse})" if self.excuse else "")

    @property
    def facts(self) -> dict[str, Any]:
        """The day as a row for a trace."""
        names = ("on", "shift_start", "shift_end", "first_in", "last_out")
        more = {"is_excused": self.excuse is not None, "weekday": self.on.isoweekday(), "label": self.label}
        return {name: getattr(self, name) for name in names} | more


@dataclass(frozen=True)
class MonthSoFar:
    """Everything of one person's month that the law asks for. ``person`` has the facts that hold for the
    whole month but those of ``known``, ``segments`` its parts, ``acting`` the posts stood in for."""

    law: MonthLaw
    known: Known
    person: Mapping[str, Any]
    segments: Sequence[Mapping[str, Any]]
    acting: Sequence[Mapping[str, Any]]
    days: Sequence[WorkDay]

    @cached_property
    def over(self) -> int:
        """How many days of work are decided."""
        return sum(day.over for day in self.days)

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Which of the month's values count as reached because nobody has told them, and are asked for."""
        asked = {fact.name for fact in self.law.plan.facts}
        return tuple(name for name in _FULL if name in asked and getattr(self.known, name) is None)

    @cached_property
    def end(self) -> Trace:
        """The month as it ends, if the rest goes well."""
        return self._trace([day.foreseen for day in self.days])

    def missing(self, name: str) -> list[str]:
        """What keeps a figure from being known; empty where it is."""
        return missing_reasons(self.end.value(name))

    def amount(self, name: str) -> int:
        """A figure of the month's end in rupiah; ``ValueError`` where it is not known (see ``missing``)."""
        return _rupiah(self.end.value(name))

    def reason(self, name: str) -> Reason:
        """*Dari mana angka ini?* of a figure of the month's end."""
        return explain(self.end.value(name))

    @cached_property
    def taken(self) -> dict[date, int]:
        """What each day takes off the month, in its order. Every day is put in after those before it, so that
        the sum is what they take off together, to the rupiah: a cap takes nothing twice."""
        row = [day.on_time for day in self.days]
        left = _rupiah(self._trace(row).value("tpp_gross"))
        found: dict[date, int] = {}
        # What is decided first: what still may change stands on top of it.
        for place in sorted(range(len(row)), key=lambda place: not self.days[place].over):
            foreseen = self.days[place].foreseen
            if foreseen == row[place] or foreseen.excuse is not None:
                continue
            row[place] = foreseen
            now = _rupiah(self._trace(row).value("tpp_gross"))
            if now != left:
                found[foreseen.on] = left - now
            left = now
        return found

    @cached_property
    def taken_by_days(self) -> int:
        """What the decided days take off."""
        return sum(self.taken.get(day.on, 0) for day in self.days if day.over)

    @cached_property
    def taken_by_work(self) -> int:
        """What is off for everything else: minutes behind the target, a score, a late report, rounding."""
        return self.amount("tpp_ceiling") - self.amount("tpp_gross") - sum(self.taken.values())

    @cached_property
    def gathered(self) -> int:
        """*Sudah terkumpul*: the ceiling's share of the decided days, less what is off by now; never below
        nothing nor above the month's end. With the last day decided it is the month's gross amount."""
        found = self.share_until(self.over) - self.taken_by_days - self.taken_by_work
        return max(0, min(found, self.amount("tpp_gross")))

    def share_until(self, days: int) -> int:
        """The part of the ceiling that so many of the month's days of work make, in full rupiah."""
        return self.amount("tpp_ceiling") * days // max(1, len(self.days))

    @cached_property
    def brought(self) -> dict[date, int]:
        """What each decided day brought: its share of the ceiling, less what it takes off."""
        found, shares = {}, 0
        for day in self.days:
            if day.over:
                share = self.share_until(shares + 1) - self.share_until(shares)
                found[day.on], shares = share - self.taken.get(day.on, 0), shares + 1
        return found

    def full(self, name: str) -> int | None:
        """What is full of a value of the month's work by the law, None where this region asks for none."""
        parameter = self.law.law.by_name.get(_FULL[name])
        return None if parameter is None else int(parameter.on(self.law.month.start).value)

    def reasons_of(self, on: date) -> tuple[Reason, ...]:
        """Why a day takes something off, down to the article: its rows in the explanation of the month."""
        label = next(day.label for day in self.days if day.on == on)
        rows = [reason for _, reason in self._lines if reason.kind == "row" and reason.title == label]
        return tuple({child.name: child for row in rows for child in row.children}.values())

    @cached_property
    def _lines(self) -> list[tuple[int, Reason]]:
        return list(flatten(self.reason("tpp_gross")))

    def _trace(self, days: Sequence[WorkDay]) -> Trace:
        person = {**self.person, **self._work}
        rows = [day.facts for day in days]
        return self.law.plan.trace(person, segment=self.segments, event=self.acting, day=rows)

    @cached_property
    def _work(self) -> dict[str, Any]:
        """What is known, with what is assumed for the rest of the month."""
        names = (name for name in Known.__slots__ if name not in _FULL)
        return {name: getattr(self.known, name) for name in names} | {
            name: self._foreseen(name) for name in _FULL
        }

    def _foreseen(self, name: str) -> int | None:
        told: int | None = getattr(self.known, name)
        full = self.full(name)
        if told is None:
            return full
        if full is None or name != "minutes":
            return told
        # Whoever serves a part of the month is asked for that part alone.
        asked = full * self._served // max(1, self.person["days_in_month"])
        return told + int(asked * self._to_come // max(1, len(self.days)))

    @property
    def _served(self) -> int:
        return sum(part["segment_last"] - part["segment_first"] + 1 for part in self.segments)

    @property
    def _to_come(self) -> int:
        return len(self.days) - self.over


def _rupiah(value: TraceValue) -> int:
    if value.num is None or value.den != 1:
        raise ValueError(f"no amount in rupiah: {value}")
    return int(value.num)
