"""Annual leave of PNS, CPNS and PPPK, made from the law's parameters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from pamong.law.career import Cited
from pamong.law.engine.plan import Law
from pamong.law.leave import ANNUAL, base, find, kinds
from pamong.leave.lots.policies import Policy, Terms, Validity

_NAMES = (
    "annual_days",
    "annual_service_months",
    "annual_remainder_days",
    "annual_total_days",
    "annual_unused_years",
    "annual_total_unused_days",
    "annual_total_deferred_days",
    "annual_carry_months",
    "annual_carry_contract_months",
    "annual_unused_contract_months",
    "annual_advance_days",
)
_PARTIAL = "annual_carry_partial_n2"
_NO_CONTRACT = "Lama perjanjian kerja belum dicatat, jadi sisa cuti tahun lalu belum dapat dihitung."
_NO_TEACHER = "Belum tercatat apakah guru atau dosen yang mendapat liburan, yang haknya berbeda."
_NO_DEFERRAL = "Akibat penangguhan cuti tahunan PPPK belum terbaca dalam peraturan."


def indonesian(
    law: Law,
    status: str,
    on: date,
    *,
    contract_months: int | None = None,
    teaches_with_holidays: bool | None = False,
) -> Policy | None:
    """The policy of annual leave of a status (*pns*, *cpns*, *pppk*), with the law known up to a day.

    `contract_months`: how long a PPPK's contract is; without it nothing is carried and a doubt says so.
    A teacher or lecturer with holidays has what the law gives him, which for a PPPK is nothing. None where
    the status has no annual leave, or no rule was read.
    """
    has = kinds(law, status, on)
    months = _found(law, status, "annual_service_months", on)
    carry = _found(law, status, "annual_carry_months", on)
    if has is None or ANNUAL not in has.value or months is None:
        return None
    starts = sorted(day for day in _starts(law, status) if day <= on)
    terms = tuple(
        found
        for day in starts
        if (found := _terms(law, status, day, contract_months, teaches_with_holidays)) is not None
    )
    advance = _found(law, status, "annual_advance_days", on)
    partial = _is_partial(law, on)
    return Policy(
        terms=terms,
        validity=Validity(months=(carry.value if carry else 0) * (2 if partial else 1)),
        wait_months=months.value,
        advance=Fraction(advance.value) if advance else Fraction(0),
        sources=tuple(_sources(law, status, on)),
        doubts=tuple(_doubts(status, contract_months, teaches_with_holidays)),
    )


def _terms(law: Law, status: str, day: date, contract: int | None, teacher: bool | None) -> Terms | None:
    """What holds from a day on; None before annual leave is known at all."""
    days = _found(law, status, "annual_days", day)
    if days is None:
        return None
    if teacher and (right := _found(law, status, "annual_teacher", day)) and not right.value:
        return Terms(day, Fraction(0), lot_cap=Fraction(0))
    if not _beyond(law, status, "annual_carry_contract_months", day, contract):
        return Terms(day, Fraction(days.value), lot_cap=Fraction(0))
    total, unused = _days(law, status, "annual_total_days", day), None
    if _beyond(law, status, "annual_unused_contract_months", day, contract):
        unused = _days(law, status, "annual_total_unused_days", day)
    years = _found(law, status, "annual_unused_years", day)
    return Terms(
        day, Fraction(days.value),
        lot_cap=_remainder(law, status, day, days.value, total),
        total_cap=_days(law, status, "annual_total_unused_days", day) if _is_partial(law, day) else total,
        unused_years=years.value if years else 0,
        unused_total=unused,
        deferred_total=_days(law, status, "annual_total_deferred_days", day),
    )  # fmt: skip


def _remainder(law: Law, status: str, day: date, days: int, total: Fraction | None) -> Fraction:
    """The most that is carried of one year: its own rule, else what the total leaves beside a year's days."""
    own = _days(law, status, "annual_remainder_days", day)
    if own is not None:
        return own
    return Fraction(0) if total is None else total - days


def _beyond(law: Law, status: str, name: str, day: date, contract: int | None) -> bool:
    """Whether the contract is longer than a rule asks. PNS have none; before a rule nothing is carried."""
    if base(status) != "pppk":
        return True
    least = _found(law, status, name, day)
    return least is not None and contract is not None and contract > least.value


def _is_partial(law: Law, on: date) -> bool:
    """Whether the region lets a part of the year before last live on."""
    found = find(law, _PARTIAL, on)
    return found is not None and bool(found.value)


def _starts(law: Law, status: str) -> set[date]:
    """Every day from which a rule of annual leave holds anew."""
    names = [f"{name}_{base(status)}" for name in (*_NAMES, "annual_teacher")] + [_PARTIAL]
    known = [law.by_name[name] for name in names if name in law.by_name]
    return {dated.since for parameter in known for dated in parameter.history}


def _sources(law: Law, status: str, on: date) -> Iterable[Cited[Any]]:
    found = [_found(law, status, name, on) for name in _NAMES] + [find(law, _PARTIAL, on)]
    return [one for one in found if one is not None]


def _doubts(status: str, contract: int | None, teacher: bool | None) -> Iterable[str]:
    if base(status) == "pppk":
        if contract is None:
            yield _NO_CONTRACT
        yield _NO_DEFERRAL
    if teacher is None:
        yield _NO_TEACHER


def _found(law: Law, status: str, name: str, on: date) -> Cited[Any] | None:
    return find(law, f"{name}_{base(status)}", on)


def _days(law: Law, status: str, name: str, on: date) -> Fraction | None:
    found = _found(law, status, name, on)
    return Fraction(found.value) if found else None
