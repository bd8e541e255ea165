"""Who of a team is there now: present, not yet, on leave, on duty elsewhere, and nothing more about why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.people.queries import full_name
from pamong.people.queries.scope import condition

FEW = 60  # people whom one sees at a glance
MOST = 240  # people of one state that are shown at once
_ELSEWHERE = (ExcuseKind.DUTY, ExcuseKind.STUDY, ExcuseKind.DISPENSATION)
_LEAVE = tuple(kind for kind in ExcuseKind if kind.name.startswith("LEAVE_"))
_TEAM = """
WITH team AS MATERIALIZED (
  SELECT p.id, p.uid, i.name, i.front_title, i.back_title, u.name AS unit, k.code
  FROM people_person p
  JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
  JOIN people_appointment a ON a.person_id = p.id AND a.kind = 'regular' AND a.superseded_at IS NULL
    AND a.period @> %(on)s::date
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL
    AND s.period @> %(on)s::date
  JOIN organisation_unitrow u ON u.unit_id = s.unit_id AND u.superseded_at IS NULL
    AND u.period @> %(on)s::date
  JOIN organisation_unit k ON k.id = u.unit_id
  WHERE {within} AND p.id IS DISTINCT FROM %(own)s
), tapped AS (
  -- Each one's own punches are looked up: those of a whole government's morning are a hundred times as many.
  SELECT t.id AS person_id FROM team t WHERE EXISTS (
    SELECT 1 FROM attendance_punch p WHERE p.person_id = t.id AND p.local_on = %(on)s::date
      AND p.at >= %(since)s AND p.at <= %(at)s
  ) OR EXISTS (
    SELECT 1 FROM attendance_pin n JOIN attendance_punch p ON p.group_id = n.group_id AND p.pin = n.pin
      AND p.person_id IS NULL AND p.local_on = %(on)s::date AND p.at >= %(since)s AND p.at <= %(at)s
    WHERE n.person_id = t.id AND n.superseded_at IS NULL AND n.period @> %(on)s::date
  )
), away AS (
  SELECT e.person_id, bool_or(e.kind = ANY(%(leave)s)) AS leave, bool_or(e.kind = ANY(%(duty)s)) AS duty
  FROM attendance_dayexcuse e WHERE e.superseded_at IS NULL AND e.part = 'whole' AND e.period @> %(on)s::date
  GROUP BY 1
)
SELECT t.uid, t.name, t.front_title, t.back_title, t.unit, t.code,
  CASE WHEN w.leave THEN 'leave' WHEN w.duty THEN 'duty' WHEN x.person_id IS NOT NULL THEN 'present'
    ELSE 'not_yet' END
FROM team t LEFT JOIN tapped x ON x.person_id = t.id LEFT JOIN away w ON w.person_id = t.id
ORDER BY lower(t.name), t.id
"""


class Presence(StrEnum):
    """What a board says of somebody, and nothing else: never sick, pregnant or a case."""

    PRESENT = "present"
    NOT_YET = "not_yet"
    LEAVE = "leave"
    DUTY = "duty"

    @property
    def label(self) -> str:
        """The word as users read it."""
        return {"present": "Hadir", "not_yet": "Belum", "leave": "Cuti", "duty": "Dinas luar"}[self.value]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the team, with the name and the code of his unit."""

    uid: UUID
    name: str
    unit: str
    code: str


@dataclass(frozen=True, slots=True)
class Group:
    """Those of a unit who are in one state: all of them (``total``), or the first few."""

    unit: str
    people: Sequence[Colleague]
    total: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit of the team by its code: how many people of it, and how many are not here yet."""

    code: str
    name: str
    total: int
    not_yet: int


@dataclass(frozen=True, slots=True)
class Board:
    """A team at a time: how many are in each state and of each unit, of all that were asked about; and those
    who are shown, by state and unit, the first few of each state. ``hidden``: how many more there are."""

    counts: Mapping[Presence, int]
    units: Sequence[UnitCount]
    shown: Mapping[Presence, Sequence[Group]]
    hidden: Mapping[Presence, int]

    @property
    def total(self) -> int:
        """How many were asked about, in whatever state."""
        return sum(self.counts.values())

    @property
    def wanted(self) -> int:
        """How many are in the states that are shown."""
        return sum(self.counts[state] for state in self.shown)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom of a team to show: those in a state (None: in any), of a unit (by its code), whose names hold all
    of the words."""

    state: Presence | None = None
    unit: str = ""
    words: str = ""

    def fits(self, each: Colleague) -> bool:
        """Whether somebody is of this unit and called so."""
        name = each.name.casefold()
        return self.unit in ("", each.code) and all(word in name for word in self.words.casefold().split())


def get_board(*, actor: Actor, at: datetime, wanted: Wanted | None = None, most: int = MOST) -> Board:
    """Those whom the actor leads, by what is known of them now; the look at those shown is logged. Of a team
    of more than ``FEW``, without a wish, those who are not here yet. ``NotAllowed``."""
    access_policies.require(actor, policies.ANSWER)
    within, more = condition(actor, access.scoped(actor, policies.ANSWER))
    asked = {
        "on": actor.on, "own": actor.person_id, "at": at, "leave": [kind.value for kind in _LEAVE],
        "duty": [kind.value for kind in _ELSEWHERE],
        "since": datetime.combine(actor.on - timedelta(days=1), time(), UTC),
    }  # fmt: skip
    team = [
        (Presence(state), Colleague(uid, full_name(name, front, back), unit, code))
        for uid, name, front, back, unit, code, state in fetch(_TEAM.format(within=within), asked | more)
    ]
    wish = wanted or Wanted(Presence.NOT_YET if len(team) > FEW else None)
    found = _board(team, wish, most)
    subjects = [each.uid for groups in found.shown.values() for its in groups for each in its.people]
    access_services.log_read(actor=actor, at=at, path="attendance.board", subjects=subjects)
    return found


def _board(team: Sequence[tuple[Presence, Colleague]], wish: Wanted, most: int) -> Board:
    fitting = [(state, each) for state, each in team if wish.fits(each)]
    states = [state for state in Presence if wish.state in (None, state)]
    people = {state: [each for its, each in fitting if its is state] for state in states}
    counts = Counter(state for state, _ in fitting)
    return Board(
        {state: counts[state] for state in Presence},
        _units(team),
        {state: list(_by_unit(found, most)) for state, found in people.items()},
        {state: max(0, len(found) - most) for state, found in people.items()},
    )


def _units(team: Sequence[tuple[Presence, Colleague]]) -> list[UnitCount]:
    names = {each.code: each.unit for _, each in team}
    totals = Counter(each.code for _, each in team)
    absent = Counter(each.code for state, each in team if state is Presence.NOT_YET)
    found = [UnitCount(code, name, totals[code], absent[code]) for code, name in names.items()]
    return sorted(found, key=lambda each: (each.name, each.code))


def _by_unit(people: Sequence[Colleague], most: int) -> Iterator[Group]:
    """People by their units, in the order of units' names, as far as so many; within one as they came."""
    ordered = sorted(people, key=lambda each: (each.unit, each.code))
    for _, members in groupby(ordered, key=lambda each: each.code):
        found = list(members)
        if most > 0:
            yield Group(found[0].unit, found[:most], len(found))
        most -= len(found)
