"""Whom a raise is about, as letters name him, and the order on which his pay rests by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pamong.decisions.queries import own_seat
from pamong.ledger.sql import fetch
from pamong.organisation.queries import seat_office

# The step and the rank that hold on a day; of two of the same day the promotion is what the pay rests on.
_ANCHOR = """
SELECT what, since, order_no, order_on FROM (
  SELECT 'golongan' AS what, lower(period) AS since, order_no, order_on, 1 AS place FROM people_rank
  WHERE person_id = %(person)s AND superseded_at IS NULL AND period @> %(on)s::date
  UNION ALL
  SELECT 'masa kerja golongan', lower(period), order_no, order_on, 2 FROM people_salarystep
  WHERE person_id = %(person)s AND superseded_at IS NULL AND period @> %(on)s::date
) found ORDER BY since DESC, place LIMIT 1
"""
_SERVING = """
SELECT 1 FROM people_employment WHERE person_id = %(person)s AND superseded_at IS NULL
  AND kind <> 'TKPK' AND period @> %(on)s::date
"""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last order on rank or pay: what it was about, from when it holds, its number ('' for none)."""

    what: str
    since: date
    number: str
    on: date | None

    @property
    def whole(self) -> bool:
        """Whether it can be named in a letter."""
        return bool(self.number.strip()) and self.on is not None


def find_anchor(person_id: int, on: date) -> Anchor | None:
    """The order on which the pay of a day rests; None where neither rank nor step is on record."""
    found = fetch(_ANCHOR, {"person": person_id, "on": on})
    return Anchor(*found[0]) if found else None


def is_serving(person_id: int, on: date) -> bool:
    """Whether somebody is in service on a day."""
    return bool(fetch(_SERVING, {"person": person_id, "on": on}))


def seat_and_level(person_id: int, on: date) -> tuple[int | None, str]:
    """The seat that somebody holds for good on a day, and its level as tables of signers have it
    (*jpt_pratama* ... *pelaksana*); None and '' without a post."""
    seat = own_seat(person_id, on)
    office = seat_office(seat=seat, on=on) if seat is not None else None
    return seat, office.kind if office else ""
