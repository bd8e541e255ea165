"""In which form a raise is given or delayed, for how long at most, who signs, and which month pays it."""

from __future__ import annotations

from datetime import date

from pamong.law.career import Cited, find
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.plan import Law
from pamong.law.kgb.rules import Rules, add_months
from pamong.law.kgb.shapes import PNS


def paper(law: Law, kind: str, on: date) -> Cited[str] | None:
    """The form in which a raise is given: a notice for PNS and CPNS, a decision for PPPK.

    None for part time, of whose raise nothing was read.
    """
    if kind in PNS:
        return find(law, "kgb_document_pns", on)
    return find(law, "kgb_document_pppk", on) if kind == "PPPK" else None


def delay_paper(law: Law, kind: str, on: date) -> Cited[str] | None:
    """The form in which a raise is delayed for performance; None for PPPK, of whom no text says so."""
    return find(law, "kgb_delay_document", on) if kind in PNS else None


def delay_end(rules: Rules, since: date) -> date | None:
    """The first day after the longest delay that may be decided at once; then it is looked at anew."""
    return None if rules.delay is None else add_months(since, rules.delay.value)


def cutoff(law: Law, month: date) -> Cited[date] | None:
    """The last day on which a change of salary comes into the list of a month; None where the region names
    no day."""
    before = add_months(month.replace(day=1), -1)
    name = "salary_change_cutoff_day"  # of regions alone
    found = find(law, name, before) if name in law.by_name else None
    return None if found is None else Cited(before.replace(day=found.value), found.parameter, found.dated)


def pay_month(law: Law, effective_on: date, signed_on: date) -> tuple[date, Cited[date] | None]:
    """The first of the month with whose salary a raise is paid, and the cut-off that its order kept.

    It is the month of effect, or the first one whose list was not closed when it was signed. Where no cut-off
    is known: the month of effect, or the one after the signature where that is later.
    """
    month = effective_on.replace(day=1)
    while (last := cutoff(law, month)) is not None and last.value < signed_on:
        month = add_months(month, 1)
    if last is None and month <= signed_on:
        month = add_months(signed_on.replace(day=1), 1)
    return month, last


def signer(law: Law, document: str, level: str, on: date) -> Cited[str] | None:
    """The office that signs for somebody of a level (`jpt_pratama` ... `pelaksana`); None where the region
    has no such table, or no such row."""
    parameter = law.by_name.get("kgb_signer")
    if parameter is None:
        return None
    try:
        dated = parameter.on(on)
    except NotInForce:
        return None
    value = dated.value.get((document, level))
    return None if value is None else Cited(value, parameter, dated)
