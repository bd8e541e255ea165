"""Who stands between who proposes and who signs: the Sekretaris Daerah; a second officer where he can't."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pamong.decisions.choices import Part
from pamong.decisions.types import Address, Case, Step
from pamong.ledger.sql import fetch
from pamong.merit import policies
from pamong.organisation.queries import find_office_seat
from pamong.people.services import reading

_DAYS = 7
_SITTING = """
SELECT DISTINCT person_id FROM people_appointment WHERE seat_id = %(seat)s AND superseded_at IS NULL
  AND period @> %(on)s::date AND kind IN ('regular', 'plt', 'plh')
"""


def verify_step(case: Case, vacancy_seat: int, concerned: Collection[int | None] = ()) -> Step:
    """The look before the signature. ``concerned``: persons whom it is about, who do not look themselves."""
    secretary = find_weigher(case, vacancy_seat, concerned)
    if secretary is None:
        return second_officer()
    title = "Pemeriksaan Pejabat yang Berwenang"
    return Step("verify", Part.VERIFY, title, Address(seat=secretary), days=_DAYS)


def second_officer() -> Step:
    """Another officer of selections than who proposed it: nobody answers in what he proposed."""
    return Step(
        "verify", Part.VERIFY, "Pemeriksaan petugas kedua", Address(permission=policies.OPEN), days=_DAYS
    )


def find_weigher(case: Case, vacancy_seat: int, concerned: Collection[int | None] = ()) -> int | None:
    """The seat of the Sekretaris Daerah; None where it is the one to be filled, or nobody sits there who may
    look: above him is only the appointing official, who signs and can't do both."""
    seat = find_office_seat(office="sekda", seat=vacancy_seat, on=case.on)
    if seat is None or seat == vacancy_seat:
        return None
    barred = {case.entered_person, case.person_id, *concerned, *reading.relatives_of(case.person_id)}
    return seat if _sitting(seat, case.on) - barred else None


def _sitting(seat: int, on: date) -> set[int]:
    return {person for (person,) in fetch(_SITTING, {"seat": seat, "on": on})}
