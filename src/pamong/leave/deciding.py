"""Who weighs and who decides a request: the seat above, and the office that the delegation names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.decisions.queries import seat_above
from pamong.decisions.types import Address, Case
from pamong.law import leave as law
from pamong.law.engine.plan import Law
from pamong.law.leave import Named
from pamong.leave.applicants import Facts
from pamong.organisation.queries import find_office_seat, seat_office

_APPOINTS = "decisions:appoint"


@dataclass(frozen=True, slots=True)
class Deciding:
    """The addresses of both acts, the unit of the applicant by its code, and the rule behind the second;
    ``named`` None: no rule or delegation says who decides, and then nobody does."""

    superior: Address
    address: Address
    unit: str
    named: Named | None


def deciding(rules: Law, facts: Facts, case: Case) -> Deciding:
    """Whose turns a request takes, on the day on which it is asked."""
    content, on = case.content, case.on
    above = seat_above(facts.seat, on) if facts.seat is not None else None
    superior = Address(seat=above)
    named = _named(rules, facts, content, on)
    address = _address(named.office, facts, on) if named else Address()
    if named is not None and address.seat is not None and address.seat == facts.seat:
        # He is that official himself: the one above him, by the same table.
        higher = law.decider_above(rules, named.office, on)
        named, address = higher, _address(higher.office, facts, on) if higher else Address()
    return Deciding(superior, address, facts.unit, named)


def _named(rules: Law, facts: Facts, content: Any, on: date) -> Named | None:
    office = seat_office(seat=facts.seat, on=on) if facts.seat is not None else None
    asked = {"abroad": bool(content.get("abroad"))}
    if office is None:  # without a post nobody but the head of government, for what the law keeps with him
        return law.decides(rules, facts.status, content["leave"], on, post="", unit="", **asked)
    found = law.decides(
        rules, facts.status, content["leave"], on, post=office.post, unit=office.place, **asked
    )
    return found or law.decides(
        rules, facts.status, content["leave"], on, post=office.kind, unit=office.place, **asked
    )


def _address(office: str, facts: Facts, on: date) -> Address:
    """A seat; the head of government sits in none, and answers by his permission."""
    seat = find_office_seat(office=office, seat=facts.seat or 0, on=on)
    return Address(seat=seat) if seat is not None else Address(permission=_APPOINTS)
