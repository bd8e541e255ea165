"""Of whom a sheet may tell: those within reach of who brings it, and who is too near to him."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pamong.access import queries as access
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.people.queries.scope import condition
from pamong.people.services.reading import relatives_of
from pamong.performance import policies
from pamong.performance.sql import fetch

_FOUND = """
SELECT e.nip, p.id, bool_or(s.id IS NOT NULL), {within} FROM people_employment e
JOIN people_person p ON p.id = e.person_id
LEFT JOIN people_employment s ON s.person_id = p.id AND s.superseded_at IS NULL AND s.kind <> 'TKPK'
  AND s.period && daterange(%(first)s::date, %(end)s::date)
WHERE e.superseded_at IS NULL AND e.nip = ANY(%(nips)s) GROUP BY e.nip, p.id
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """The persons behind numbers: by NIP their ids. ``serving``: in service in the month; ``within``: of whom
    the actor may bring months; ``near``: himself and his declared relatives, whom others bring."""

    persons: dict[str, int]
    serving: set[int]
    within: set[int]
    near: set[int]

    def fault(self, nip: str) -> str:
        """Why a row of this number stays out; '' where it goes in."""
        person = self.persons.get(nip)
        if person is None:
            return "NIP ini belum ada di data pegawai"
        if person not in self.within:
            return "bukan pegawai unit Anda"
        if person not in self.serving:
            return "tidak bertugas pada bulan ini"
        if person in self.near:
            return "baris Anda sendiri atau keluarga Anda; petugas lain yang membawanya"
        return ""


def find_reachable(*, actor: Actor, month: date, nips: Iterable[str], besides: int | None = None) -> Reach:
    """Of whom a sheet's numbers tell, past numbers too. ``besides`` is the account that brought the sheet,
    where somebody else stores it: what it must not say of its own is left out as well. ``NotAllowed``."""
    within, more = condition(actor, access.scoped(actor, policies.IMPORT))
    period = month_period(month.year, month.month)
    asked = more | {"first": period.start, "end": period.end, "nips": list(nips)}
    found = fetch(_FOUND.format(within=within), asked)
    owners = {actor.person_id, _person_behind(besides)} - {None}
    return Reach(
        {nip: person for nip, person, _, _ in found},
        {person for _, person, serves, _ in found if serves},
        {person for _, person, _, inside in found if inside},
        {near for own in owners if own is not None for near in (own, *relatives_of(own))},
    )


def _person_behind(user: int | None) -> int | None:
    found = fetch("SELECT id FROM people_person WHERE user_id = %(user)s", {"user": user}) if user else []
    return int(found[0][0]) if found else None
