"""What the law gives: kinds, days, lengths, documents. Each value with its article."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pamong.law.career import Cited
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.plan import Law
from pamong.law.leave.values import (
    ACCIDENT,
    ANNUAL,
    IMPORTANT,
    LONG,
    MATERNITY,
    MISCARRIAGE,
    OWN_LENGTHS,
    SICK,
    UNPAID,
)

_YEAR = 12  # months
_LENGTHS = {
    LONG: "long_months",
    SICK: "sick_months",
    MATERNITY: "maternity_months",
    IMPORTANT: "important_months",
    UNPAID: "unpaid_months",
}
_EXTENSIONS = {SICK: "sick_extension_months", UNPAID: "unpaid_extension_months"}


@dataclass(frozen=True, slots=True)
class Length:
    """How long a leave may last from its first day, in months and days."""

    months: int
    days: int
    cited: Cited[Any]

    def last_day(self, first: date) -> date:
        """The last day of a leave of that length that begins on a day."""
        return months_after(first, self.months) + timedelta(days=self.days - 1)

    @property
    def text(self) -> str:
        """As people say it: *3 bulan*, *1 bulan 15 hari*."""
        return f"{self.months} bulan" + (f" {self.days} hari" if self.days else "")


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What somebody of a status has of a kind; each part None where no rule was read or none applies.

    `counted` is *kerja* (working days) or *kalender*; `days` are the working days of a year (annual leave);
    `service_months` the least service; `remote_days` the calendar days more for a place hard to reach.
    """

    kind: str
    has: Cited[tuple[str, ...]]
    counted: Cited[str] | None
    paid: Cited[bool] | None
    days: Cited[int] | None
    least_days: Cited[int] | None
    remote_days: Cited[int] | None
    service_months: Cited[int] | None
    length: Length | None
    extension: Length | None


def find(law: Law, name: str, on: date, key: str | int = "") -> Cited[Any] | None:
    """A value of the law, or of a table's row; None where no rule holds then, or the row is missing."""
    parameter = law.by_name.get(name)
    if parameter is None:
        return None
    try:
        dated = parameter.on(on)
    except NotInForce:
        return None
    value = dated.value if key == "" else dated.value.get((key,))
    return None if value is None else Cited(value, parameter, dated)


def rule(law: Law, name: str, status: str, on: date, key: str | int = "") -> Cited[Any] | None:
    """The same for a status: CPNS have the rules of PNS where they have none of their own."""
    return find(law, f"{name}_{base(status)}", on, key)


def base(status: str) -> str:
    """Whose rules hold for a status: *pppk*, or *pns* for CPNS too."""
    return "pppk" if status == "pppk" else "pns"


def kinds(law: Law, status: str, on: date) -> Cited[tuple[str, ...]] | None:
    """The codes of the kinds of leave that a status has; None where no rule was read for the day."""
    return find(law, f"leave_kinds_{status}", on)


def entitlement(law: Law, status: str, kind: str, on: date) -> Entitlement | None:
    """What a status has of a kind on a day; None where it does not have the kind, or no rule was read."""
    has = kinds(law, status, on)
    if has is None or kind not in has.value:
        return None
    annual = kind == ANNUAL
    return Entitlement(
        kind, has,
        rule(law, "leave_count", status, on, kind),
        rule(law, "leave_paid", status, on, kind),
        rule(law, "annual_days", status, on) if annual else None,
        rule(law, "annual_least_days", status, on) if annual else None,
        rule(law, "annual_remote_days", status, on) if annual else None,
        service_rule(law, status, kind, on),
        longest(law, status, kind, on),
        _length(law, _EXTENSIONS.get(kind), status, on),
    )  # fmt: skip


def service_rule(law: Law, status: str, kind: str, on: date) -> Cited[int] | None:
    """The least unbroken service in months for a kind; None where none is asked."""
    name = {ANNUAL: "annual", LONG: "long", UNPAID: "unpaid"}.get(kind)
    return rule(law, f"{name}_service_months", status, on) if name else None


def longest(law: Law, status: str, kind: str, on: date, reason: str = "") -> Length | None:
    """How long one leave of a kind may last; None without limit (annual leave has its balance)."""
    if kind == SICK and reason == ACCIDENT:
        return None
    if kind == SICK and reason == MISCARRIAGE:
        months, days = (rule(law, "miscarriage_limit", status, on, part) for part in ("months", "days"))
        return Length(months.value, days.value, months) if months and days else None
    return _length(law, _LENGTHS.get(kind), status, on)


def longest_extended(law: Law, status: str, kind: str, on: date, reason: str = "") -> Length | None:
    """How long a leave may last with its extension; None where the law knows none, as for a miscarriage."""
    if reason in OWN_LENGTHS:
        return None
    first, more = longest(law, status, kind, on), _length(law, _EXTENSIONS.get(kind), status, on)
    return Length(first.months + more.months, 0, more.cited) if first and more else None


def needs_document(
    law: Law, status: str, kind: str, on: date, *, days: int, reason: str = ""
) -> Cited[str] | None:
    """The document that a request must carry, in words; None where no text that was read asks for one.

    `days` are calendar days. `reason` is a code of the parameters' lists (*sakit_keras*, *musibah* ...),
    *gugur_kandungan* or *kecelakaan_kerja*.
    """
    if kind == SICK:
        if reason == MISCARRIAGE:
            return rule(law, "miscarriage_document", status, on)
        return _stepped(rule(law, "sick_document", status, on), days)
    if kind == ANNUAL and base(status) == "pppk" and reason:
        return rule(law, "annual_advance_document", status, on, reason)
    if kind in (IMPORTANT, UNPAID) and reason:
        name = "important_document" if kind == IMPORTANT else "unpaid_document"
        return rule(law, name, status, on, reason)
    return None


def recallable(law: Law, status: str, kind: str, on: date) -> Cited[tuple[str, ...]] | None:
    """The rule by which somebody on this leave can be called back; None where there is none."""
    found = rule(law, "leave_recall", status, on)
    return found if found is not None and kind in found.value else None


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, _YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _length(law: Law, name: str | None, status: str, on: date) -> Length | None:
    found = rule(law, name, status, on) if name else None
    return Length(found.value, 0, found) if found else None


def _stepped(table: Cited[Any] | None, days: int) -> Cited[str] | None:
    """The row of the greatest number of days that is not above the days."""
    if table is None:
        return None
    rows = [key[0] for key in table.value if key[0] <= days]
    return Cited(table.value[(max(rows),)], table.parameter, table.dated) if rows else None
