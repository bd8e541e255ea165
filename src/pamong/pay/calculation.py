"""From facts to slips: the law's plan for a month, run over everybody, and over one person with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from pamong.attendance.calendars import calendar_values
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.law.december import choice, law_of_month, scores_presence
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.formulas import FORMULAS, Formula
from pamong.law.engine.law import load_law
from pamong.law.engine.loader import PayGroup
from pamong.law.engine.parameters import Dated, Parameter
from pamong.law.engine.plan import Law, Plan, canonical
from pamong.pay.choices import LineKind, SlipState
from pamong.pay.inputs import waiting_sentence

BASE = ("is_entitled", "tpp_ceiling", "earned_total", "tpp_gross", "tpp_tax", "tpp_health", "tpp_net")
# What is kept of a day; `on` and `is_excused` follow from the day's number and from `excuse`.
DAY_FACTS = (
    "day",
    "shift_start",
    "shift_end",
    "first_in",
    "last_out",
    "excuse",
    "in_file",
    "in_line",
    "out_file",
    "out_line",
)
# Where the punches of a day were read, of a run that rests on the register of presence.
DAY_PLACES = ("in_from", "out_from")
PERSON_FACTS = (
    "pay_group",
    "standing",
    "is_cpns",
    "golongan",
    "tax_status",
    "minutes",
    "behaviour",
    "productivity_score",
    "fixed_income",
    "lhkpn_late",
    "negative_activity",
    "musters_missed",
    "hours_left",
    "days_in_month",
    "first_work_day",
    "is_dead",
    "last_day",
)


@dataclass(frozen=True)
class MonthLaw:
    """The law of one region for one month, with the plan that the slips need."""

    law: Law
    month: Period

    @cached_property
    def not_in_force(self) -> str:
        """Why nobody can be paid for this month: the rule that no regulation has yet. Empty where all hold.

        A month before the region's law began is refused with `NotInForce`.
        """
        try:
            _ = self.plan.fingerprint
        except NotInForce as lacking:
            if self.month.start < self.law.profile.since:
                raise
            what = lacking.what or str(lacking)
            last = f" Yang terakhir: {lacking.last}." if lacking.last else ""
            month = format_date(self.month.start)
            return f"Belum dapat dibayarkan: belum ada peraturan tentang {what} untuk {month}.{last}"
        return ""

    @cached_property
    def plan(self) -> Plan:
        """Works out the totals and every line of the slip. `NotInForce` where a rule for it is missing."""
        reach = self._plan(BASE)
        lines = [f.name for f in reach.formulas if f.line]
        extra = ["is_delayed"] if self._has("is_delayed") else []
        return self._plan((*BASE, *(name for name in lines if name not in BASE), *extra))

    @cached_property
    def lines(self) -> tuple[Formula, ...]:
        """The formulas whose amounts are lines of the slip, in the slip's order."""
        if self.not_in_force:
            return ()
        kinds = [kind.value for kind in LineKind]
        found = [formula for formula in self.plan.formulas if formula.line]
        places = {name: place for place, name in enumerate(FORMULAS)}
        return tuple(sorted(found, key=lambda f: (kinds.index(f.line), places[f.name])))

    @cached_property
    def values(self) -> tuple[tuple[Parameter, Dated], ...]:
        """Every parameter value that a slip rests on: those of the formulas and those of the calendar."""
        if self.not_in_force:
            return ()
        return (*self.plan.values, *calendar_values(self.law, self.month))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the plan's fingerprint, the calendar's values, the choices that no formula makes, and
        who is entitled by pay group. Where a rule is missing, over the sentence that says so."""
        groups = sorted([group.code, group.entitled] for group in self.law.profile.pay_groups.values())
        if self.not_in_force:
            return sha256_hex(canonical_json({"not_in_force": self.not_in_force, "groups": groups}))
        calendar = [canonical(*value) for value in calendar_values(self.law, self.month)]
        content = {
            "plan": self.plan.fingerprint,
            "calendar": calendar,
            "groups": groups,
            "december": choice(self.law, self.month),
            "payer": self.law.profile.methods["payer"],
        }
        return sha256_hex(canonical_json(content))

    @property
    def scores_presence(self) -> bool:
        """Whether presence changes anything: a December that is paid whole asks for no punch."""
        return scores_presence(self.law)

    @property
    def budget_year(self) -> int:
        """The year whose budget pays the month: a profile may leave December to the next."""
        return self.month.start.year + (choice(self.law, self.month) == "next_year")

    @property
    def delays(self) -> bool:
        """Whether this region may pay an allowance a month later."""
        return not self.not_in_force and "is_delayed" in self.plan.outputs

    def _plan(self, outputs: tuple[str, ...]) -> Plan:
        end = self.month.end or self.month.start + timedelta(days=31)
        return self.law.plan(outputs, self.month.start, end)

    def _has(self, name: str) -> bool:
        return any(self.law.chooses(version) for version in FORMULAS.get(name, ()))


def month_law(profile: str, overlay: str, month: Period) -> MonthLaw:
    """The law of a profile for a month; LawError if something in it does not fit."""
    return MonthLaw(law_of_month(load_law(profile, overlay or None), month), month)


def why_not(month: MonthLaw, row: Mapping[str, Any]) -> tuple[SlipState, str] | None:
    """Why a person's amount is not worked out: not in the files, another pay group, not yet in service."""
    if row["not_yet"]:
        return SlipState.NONE, f"Mulai bekerja {format_date(row['start_on'])}, setelah bulan ini."
    if row["kind"] == "PPPK_PW":
        return SlipState.NONE, "PPPK paruh waktu tidak menerima Tambahan Penghasilan Pegawai."
    if not row["in_monthly"]:
        return SlipState.HELD, "Belum ada di isian bulanan."
    group = row["pay_group"]
    if group is None:
        return SlipState.HELD, "Kelompok penghasilan belum diisi."
    found: PayGroup | None = month.law.profile.pay_groups.get(group)
    if found is None:
        return SlipState.HELD, f"Kelompok penghasilan '{group}' tidak ada di aturan {month.law.profile.name}."
    if not found.entitled:
        state = SlipState.NONE if group == "none" else SlipState.ELSEWHERE
        return state, found.text
    if row["waits_for"] is not None:
        return SlipState.HELD, waiting_sentence(row["waits_for"])
    return None


def days_of(facts: Mapping[str, Any], month: Period, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The stored days of a slip as rows for a trace, with where each punch was read."""
    columns = facts["day"]
    for position, day in enumerate(columns["day"]):
        row = {name: values[position] for name, values in columns.items()}
        row["on"] = month.start.replace(day=day)
        row["is_excused"] = row["excuse"] is not None
        row["label"] = format_date(row["on"]) + (f" ({row['excuse']})" if row["excuse"] else "")
        row["sources"] = {
            "first_in": row.get("in_from") or _place(names, row["in_file"], row["in_line"]),
            "last_out": row.get("out_from") or _place(names, row["out_file"], row["out_line"]),
        }
        yield row


def _place(names: tuple[str, ...], file: int | None, line: int | None) -> str:
    return "" if file is None else f"{names[file]} baris {line}"


def segments_of(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stored parts of the month as rows for a trace."""
    return _spans_of(facts, "segment", "tanggal {segment_first}-{segment_last}")


def events_of(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stored posts that were stood in for, as rows for a trace."""
    return _spans_of(facts, "event", "{acting_kind} tanggal {acting_first}-{acting_last}")


def _spans_of(facts: Mapping[str, Any], level: str, label: str) -> list[dict[str, Any]]:
    return [
        {**row, "on": date.fromisoformat(row["on"]), "label": label.format_map(row)}
        for row in facts.get(level) or ()  # none where nothing is told
    ]
