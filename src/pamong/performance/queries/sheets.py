"""Of whom a sheet may tell: those within reach of who brings it, and who is too near to him."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pamong.access import queries as access
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.people.columns import persons_by_nip
from pamong.people.queries.rows import fetch
from pamong.people.queries.scope import condition
from pamong.people.services.reading import near
from pamong.performance import policies

# A single pass over one table: right after a large import the planner knows nothing of the tables.
_SERVING = """
SELECT DISTINCT person_id FROM people_employment WHERE superseded_at IS NULL AND kind <> 'TKPK'
  AND period && daterange(%(first)s::date, %(end)s::date)
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
    scope = access.scoped(actor, policies.IMPORT)
    period = month_period(month.year, month.month)
    persons = persons_by_nip(nips)
    serving = {person for (person,) in fetch(_SERVING, {"first": period.start, "end": period.end})}
    inside = set(persons.values())
    if not scope.whole:
        within, more = condition(actor, scope)
        inside &= {person for (person,) in fetch(f"SELECT p.id FROM people_person p WHERE {within}", more)}  # noqa: S608
    return Reach(persons, serving, inside, near(actor.person_id) | near(_person_behind(besides)))


def _person_behind(user: int | None) -> int | None:
    found = fetch("SELECT id FROM people_person WHERE user_id = %(user)s", {"user": user}) if user else []
    return int(found[0][0]) if found else None
