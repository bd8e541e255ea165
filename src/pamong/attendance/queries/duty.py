"""Reads of the registers of duty: where each is found, who is away, which documents excuse whose days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.access.queries import scoped
from pamong.attendance import policies
from pamong.attendance.calendars import work_day
from pamong.attendance.choices import ExcuseKind, ExcuseSource
from pamong.attendance.deriving.facts import read_places, read_rosters
from pamong.attendance.queries.papers import Named, Shelf
from pamong.attendance.services import letters, musters, permits
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law.engine.errors import LawError
from pamong.law.engine.plan import Law
from pamong.organisation.choices import subtree
from pamong.people.queries import full_name
from pamong.people.queries.scope import condition

# Leave stays leave, whatever a letter says of its days.
_AWAY = """EXISTS (SELECT 1 FROM attendance_dutyletter t JOIN attendance_dayexcuse e ON e.period && t.period
  WHERE t.id = m.paper_id AND e.person_id = p.id AND e.source = 'leave' AND e.superseded_at IS NULL)"""
LETTERS = Shelf(
    letters.DESK,
    policies.READ_DUTY,
    "SELECT letter_id AS paper_id, person_id FROM attendance_dutymember",
    day="lower(x.period)",
    away=_AWAY,
)
PERMITS = Shelf(permits.DESK, policies.READ_DUTY, "SELECT id AS paper_id, person_id FROM attendance_permit")
MUSTERS = Shelf(
    musters.DESK,
    policies.READ_DUTY,
    "SELECT muster_id AS paper_id, person_id FROM attendance_mustermissing",
    of_units=True,
    whole=False,
    day='x."on"',
)
_DOCUMENTS = """
SELECT e.period, e.kind, e.source, e.source_uid FROM attendance_dayexcuse e
WHERE e.person_id = %(person)s AND e.superseded_at IS NULL AND e.period && daterange(%(first)s, %(end)s)
  AND e.source IN ('leave', 'duty', 'permit') ORDER BY lower(e.period), e.id
"""
# Those who report to one's own seats, and what keeps them away: leave before duty where both are told.
_TEAM = """
SELECT p.id, p.uid, i.name, i.front_title, i.back_title, e.period, e.source FROM organisation_line l
JOIN people_appointment a ON a.seat_id = l.seat_id AND a.superseded_at IS NULL AND a.period @> %(on)s::date
  AND a.kind = 'regular'
JOIN people_person p ON p.id = a.person_id
JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
LEFT JOIN attendance_dayexcuse e ON e.person_id = p.id AND e.superseded_at IS NULL
  AND e.source IN ('leave', 'duty') AND e.part <> 'span' AND e.period && daterange(%(first)s, %(end)s)
WHERE l.superseded_at IS NULL AND l.period @> %(on)s::date AND l.superior_id = ANY(%(seats)s)
ORDER BY lower(i.name), p.id, e.source DESC, lower(e.period)
"""
_UNITS = """
SELECT u.uid, u.name FROM organisation_units(%(on)s) u WHERE {where} ORDER BY u.path LIMIT %(most)s
"""
_MOST_UNITS = 2_000
_OF_SEATS = """SELECT s.unit_id FROM organisation_seatrow s WHERE s.superseded_at IS NULL
  AND s.period @> %(on)s::date AND s.seat_id = ANY(%(seats)s)"""
_BY_NIP = """
SELECT DISTINCT ON (e.nip) e.nip, p.uid FROM people_employment e JOIN people_person p ON p.id = e.person_id
WHERE e.superseded_at IS NULL AND e.nip = ANY(%(nips)s) AND {within} ORDER BY e.nip, e.period DESC
"""
_CHOSEN = """
SELECT p.id, p.uid, i.name, i.front_title, i.back_title, COALESCE((
  SELECT r.name FROM people_appointment a
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL
    AND s.period @> %(on)s::date
  JOIN organisation_unitrow r ON r.unit_id = s.unit_id AND r.superseded_at IS NULL
    AND r.period @> %(on)s::date
  WHERE a.person_id = p.id AND a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
  LIMIT 1), '')
FROM people_person p
JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
WHERE p.uid = ANY(%(uids)s) AND {within} ORDER BY lower(i.name), p.id
"""
_MEMBERS = """
SELECT DISTINCT ON (lower(i.name), p.id) p.id, p.uid, i.name, i.front_title, i.back_title, top.path::text
FROM organisation_unit u
JOIN organisation_unitplace top ON top.unit_id = u.id AND top.period @> %(on)s::date
JOIN organisation_unitplace below ON below.path <@ top.path AND below.period @> %(on)s::date
JOIN organisation_seatrow s ON s.unit_id = below.unit_id AND s.superseded_at IS NULL
  AND s.period @> %(on)s::date
JOIN people_appointment a ON a.seat_id = s.seat_id AND a.superseded_at IS NULL AND a.period @> %(on)s::date
  AND a.kind = 'regular'
JOIN people_person p ON p.id = a.person_id
JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
WHERE u.uid = %(unit_uid)s OR u.id = %(unit_id)s ORDER BY lower(i.name), p.id
"""


@dataclass(frozen=True, slots=True)
class DayPaper:
    """A document that excuses days of somebody."""

    days: Period
    kind: ExcuseKind
    source: ExcuseSource
    uid: UUID


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who goes along on a letter, and his unit."""

    uid: UUID
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class TeamDays:
    """Somebody of one's team and when he is away: each stretch, and whether it is leave or duty."""

    person: Named
    away: Sequence[tuple[Period, ExcuseSource]]


def count_working_days(*, actor: Actor, person: int, days: Period, law: Law) -> int | None:
    """On how many of the days somebody's own calendar expects him; None where no unit names his week, or a
    year's holidays are not decreed. The caller has seen to the right."""
    places = read_places(((person, day) for day in days.each_day()), "")
    weeks = [(day, place.week) for (_, day), place in places.items() if place.week]
    try:
        return sum(work_day(law, day, week) is not None for day, week in weeks) if weeks else None
    except LawError:
        return None


def working_days(
    *, actor: Actor, person: int, days: Collection[date], law: Law
) -> Mapping[date, bool] | None:
    """Whether each of these days is a working day of somebody, however short, by his roster where it names
    the day, else by the week of his unit; None where neither is known of one of them, or a year's holidays
    are not decreed, or no region is chosen whose working hours hold. The caller has seen to the right."""
    if not days:
        return {}
    if "work_end" not in law.by_name:
        return None
    rosters = read_rosters([person], min(days), max(days) + timedelta(days=1))
    places = read_places(((person, day) for day in days), "")
    found: dict[date, bool] = {}
    for day in sorted(days):
        if (shifts := rosters.get((person, day))) is not None:
            found[day] = bool(shifts)
            continue
        place = places.get((person, day))
        if place is None or not place.week:
            return None
        try:
            found[day] = work_day(law, day, place.week) is not None
        except LawError:
            return None
    return found


def list_day_papers(*, actor: Actor, person: int, first: date, end: date) -> Sequence[DayPaper]:
    """The documents that excuse days of somebody, for a page that has seen to the right over his days."""
    found = fetch(_DOCUMENTS, {"person": person, "first": first, "end": end})
    return [
        DayPaper(Period(days.lower, days.upper), ExcuseKind(kind), ExcuseSource(source), uid)
        for days, kind, source, uid in found
    ]


def list_team_away(*, actor: Actor, at: datetime, first: date, end: date) -> Sequence[TeamDays]:
    """Who of those who report to the actor is away when; why is not told. Logged. ``NotAllowed``."""
    access.require(actor, policies.READ_DUTY)
    asked = {"on": actor.on, "seats": list(actor.seats), "first": first, "end": end}
    people: dict[int, Named] = {}
    away: dict[int, list[tuple[Period, ExcuseSource]]] = {}
    for id_, uid, name, front, back, days, source in fetch(_TEAM, asked):
        people[id_] = Named(id_, uid, full_name(name, front, back))
        found = away.setdefault(id_, [])
        if days is not None:
            found.append((Period(days.lower, days.upper), ExcuseSource(source)))
    others = [each.uid for each in people.values() if each.id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="duty.team", subjects=others)
    return [
        TeamDays(people[id_], sorted(found, key=lambda each: each[0].start)) for id_, found in away.items()
    ]


def list_units_to_enter(*, actor: Actor) -> Sequence[tuple[UUID, str]]:
    """The units whose letters and musters the actor may enter, in the order of the tree; who leads people
    without a unit has that of his own seat."""
    scope = scoped(actor, policies.ENTER)
    where = "TRUE" if scope.whole else f"(u.path ? %(units)s::lquery[] OR u.unit_id IN ({_OF_SEATS}))"
    asked = {
        "on": actor.on, "most": _MOST_UNITS, "units": [subtree(code) for code in scope.units],
        "seats": list(scope.seats),
    }  # fmt: skip
    return [(uid, name) for uid, name in fetch(_UNITS.format(where=where), asked)]


def list_of_unit(
    *, actor: Actor, at: datetime, on: date, unit: UUID | None = None, unit_id: int | None = None
) -> Sequence[Named]:
    """Who sits in a unit or below it on a day, for a muster of it; nobody where the actor enters none there.
    Logged."""
    rows = fetch(_MEMBERS, {"unit_uid": unit, "unit_id": unit_id, "on": on})
    if not rows or not access.may_over(actor, policies.ENTER, rows[0][-1]):
        return ()
    named = [Named(id_, uid, full_name(name, front, back)) for id_, uid, name, front, back, _path in rows]
    others = [each.uid for each in named if each.id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="duty.muster_names", subjects=others)
    return named


def list_by_nip(*, actor: Actor, nips: Sequence[str]) -> dict[str, UUID]:
    """Who has these numbers, among those for whom the actor enters letters: ids without a name.

    ``NotAllowed``.
    """
    within, params = condition(actor, scoped(actor, policies.ENTER))
    return dict(fetch(_BY_NIP.format(within=within), params | {"nips": list(nips)}))


def list_members(*, actor: Actor, at: datetime, persons: Sequence[UUID]) -> Sequence[Member]:
    """Those of some persons for whom the actor enters letters, by name. Logged. ``NotAllowed``."""
    if not persons:
        return ()
    within, params = condition(actor, scoped(actor, policies.ENTER))
    rows = fetch(_CHOSEN.format(within=within), params | {"uids": list(persons), "on": actor.on})
    others = [uid for id_, uid, *_named in rows if id_ != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="duty.members", subjects=others)
    return [Member(uid, full_name(name, front, back), unit) for _, uid, name, front, back, unit in rows]
