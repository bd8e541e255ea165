"""What the days of people rest on, read for many at once: places, rosters, machines, punches, excuses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pamong.attendance.choices import Direction, ExcuseKind
from pamong.attendance.resolving import DayPart, Excuse, Part, Punch, Span
from pamong.attendance.sql import array, fetch, fetch_together
from pamong.attendance.vouches import VOUCH, Vouch
from pamong.kernel.period import Period

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Key = tuple[int, date]  # a person by his id, and a local date

# Days are compared by the ends of periods where a row is found by its key: else an index of periods alone
# is gone through for each person. For each day of a post the nearest unit at or above its own that names a
# weekly pattern, or a site. Units are far fewer than people: each is looked up once, by codes in its path.
_PLACES = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(persons)s::bigint[], %(days)s::date[]) a (person_id, day)
), held AS MATERIALIZED (
  SELECT a.person_id, a.day, e.seat_id FROM asked a
  JOIN people_appointment e ON e.person_id = a.person_id AND e.kind = 'regular' AND e.superseded_at IS NULL
    AND lower(e.period) <= a.day AND (a.day < upper(e.period)) IS NOT FALSE
), seated AS MATERIALIZED (
  SELECT h.person_id, h.day, s.unit_id FROM held h
  JOIN organisation_seatrow s ON s.seat_id = h.seat_id AND s.superseded_at IS NULL
    AND lower(s.period) <= h.day AND (h.day < upper(s.period)) IS NOT FALSE
), spent AS MATERIALIZED (
  SELECT t.person_id, t.day, p.unit_id, p.path FROM seated t
  JOIN organisation_unitplace p ON p.unit_id = t.unit_id
    AND lower(p.period) <= t.day AND (t.day < upper(p.period)) IS NOT FALSE
), above AS MATERIALIZED (
  SELECT t.unit_id, t.day, u.id AS up, c.depth FROM (SELECT DISTINCT unit_id, day, path FROM spent) t
  CROSS JOIN LATERAL unnest(string_to_array(t.path::text, '.')) WITH ORDINALITY c (code, depth)
  JOIN organisation_unit u ON u.code = c.code
), weeks AS (
  SELECT DISTINCT ON (a.unit_id, a.day) a.unit_id, a.day, w.week FROM above a
  JOIN attendance_unitweek w ON w.unit_id = a.up AND w.superseded_at IS NULL AND w.period @> a.day
  ORDER BY a.unit_id, a.day, a.depth DESC
), sites AS (
  SELECT DISTINCT ON (a.unit_id, a.day) a.unit_id, a.day, r.site_id, z.zone FROM above a
  JOIN organisation_unitrow r ON r.unit_id = a.up AND r.superseded_at IS NULL AND r.period @> a.day
  JOIN organisation_siterow z ON z.site_id = r.site_id AND z.superseded_at IS NULL AND z.period @> a.day
  ORDER BY a.unit_id, a.day, a.depth DESC
)
SELECT s.person_id, s.day, COALESCE(w.week, ''), x.site_id, x.zone FROM spent s
LEFT JOIN weeks w USING (unit_id, day) LEFT JOIN sites x USING (unit_id, day)
"""
_ROSTERS = """
SELECT r.person_id, lower(r.period), r.first_id, r.second_id FROM attendance_rosterday r
WHERE r.person_id = ANY(%(persons)s::bigint[]) AND r.superseded_at IS NULL
  AND r.period && daterange(%(first)s::date, %(end)s::date)
"""
# The machines that can serve somebody on a day: those at his site; where none stands there, those that know
# his number. From when until when all of them have told everything, how many have told nothing at all.
# Instants in microseconds: of tens of thousands of people only a few differ, and each of those is read once.
_MICRO = "(extract(epoch FROM {at}) * 1000000)::bigint"
_COVERS = f"""
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(persons)s::bigint[], %(days)s::date[], %(sites)s::bigint[]) a (person_id, day, site)
), known AS MATERIALIZED (
  SELECT a.person_id, a.day, n.group_id FROM asked a JOIN attendance_pin n ON n.person_id = a.person_id
    AND n.superseded_at IS NULL AND lower(n.period) <= a.day AND (a.day < upper(n.period)) IS NOT FALSE
), near AS (
  SELECT x.day, x.site, count(*) AS devices, max(w.since) AS since, min(w.at) AS at,
    count(*) FILTER (WHERE w.at IS NULL) AS silent
  FROM (SELECT DISTINCT day, site FROM asked) x
  JOIN attendance_devicerow r ON r.site_id = x.site AND r.superseded_at IS NULL AND r.period @> x.day
  LEFT JOIN attendance_watermark w ON w.device_id = r.device_id GROUP BY 1, 2
), grouped AS (
  SELECT x.day, x.group_id, count(*) AS devices, max(w.since) AS since, min(w.at) AS at,
    count(*) FILTER (WHERE w.at IS NULL) AS silent
  FROM (SELECT DISTINCT day, group_id FROM known) x
  JOIN attendance_device v ON v.group_id = x.group_id
  JOIN attendance_devicerow r ON r.device_id = v.id AND r.superseded_at IS NULL AND r.period @> x.day
  LEFT JOIN attendance_watermark w ON w.device_id = v.id GROUP BY 1, 2
), far AS (
  SELECT k.person_id, k.day, sum(g.devices) AS devices, max(g.since) AS since, min(g.at) AS at,
    sum(g.silent) AS silent FROM known k JOIN grouped g USING (day, group_id) GROUP BY 1, 2
)
SELECT a.person_id, a.day,
  {_MICRO.format(at="CASE WHEN n.devices IS NULL THEN f.since WHEN n.silent = 0 THEN n.since END")},
  {_MICRO.format(at="CASE WHEN n.devices IS NULL THEN f.at WHEN n.silent = 0 THEN n.at END")},
  k.person_id IS NOT NULL
FROM asked a LEFT JOIN (SELECT DISTINCT person_id, day FROM known) k
  ON k.person_id = a.person_id AND k.day = a.day
LEFT JOIN near n ON n.day = a.day AND n.site = a.site
LEFT JOIN far f ON f.person_id = a.person_id AND f.day = a.day AND f.silent = 0
"""  # noqa: S608 - our own statements
# Whether nothing is final of a day at a site: an outage waits to be confirmed, or goes on.
DARK = """EXISTS (SELECT 1 FROM attendance_outage o WHERE o.site_id = {site}
  AND (o.state = 'proposed' OR (o.state = 'confirmed' AND o.ends IS NULL))
  AND timezone(o.zone, o.starts)::date <= {day}
  AND (o.ends IS NULL OR timezone(o.zone, o.ends)::date >= {day}))"""
_DISTURBED = f"""
SELECT d.day, d.site FROM (
  SELECT DISTINCT day, site FROM unnest(%(days)s::date[], %(sites)s::bigint[]) u (day, site)
) d WHERE {DARK.format(site="d.site", day="d.day")}
"""  # noqa: S608 - our own statements
# Whose a punch is: whom it names, else who has its number on its day. Local dates lie at most a day from
# those of UTC: so few partitions are read, and, as the bounds are constants, few are planned for.
_PUNCHES = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(persons)s::bigint[]) a (person_id)
), numbers AS MATERIALIZED (
  SELECT n.person_id, n.group_id, n.pin, n.period FROM asked a
  JOIN attendance_pin n ON n.person_id = a.person_id AND n.superseded_at IS NULL
)
SELECT p.person_id, {at} AS at, p.id, p.direction, p.local_on{more} FROM asked a
JOIN attendance_punch p ON p.person_id = a.person_id AND p.at >= %(since)s AND p.at < %(until)s
  AND p.local_on >= %(first)s AND p.local_on < %(end)s
UNION ALL
SELECT n.person_id, {at}, p.id, p.direction, p.local_on{more} FROM numbers n
JOIN attendance_punch p ON p.group_id = n.group_id AND p.pin = n.pin AND p.person_id IS NULL
  AND lower(n.period) <= p.local_on AND (p.local_on < upper(n.period)) IS NOT FALSE
  AND p.at >= %(since)s AND p.at < %(until)s AND p.local_on >= %(first)s AND p.local_on < %(end)s
"""
_TAPS = _PUNCHES.format(at="p.at", more=f", {VOUCH}") + "ORDER BY 2, 3"
PUNCHES = _PUNCHES.format(at=_MICRO.format(at="p.at"), more="")  # in no order, for columns
# What any register says of somebody's days, in the order in which a day is named after it.
_EXCUSES = """
SELECT e.person_id, e.period, e.kind, e.part, e.starts, e.ends FROM attendance_dayexcuse e
WHERE e.person_id = ANY(%(persons)s::bigint[]) AND e.superseded_at IS NULL
  AND e.period && daterange(%(first)s::date, %(end)s::date) ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is expected on a day: the weekly pattern ('' where no unit names one), site and zone."""

    week: str
    site: int | None
    zone: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Of which instants of a day everything is known: from ``since`` until ``at``. None: of nothing."""

    since: datetime | None = None
    at: datetime | None = None
    numbered: bool = False

    def holds(self, instant: datetime) -> bool:
        """Whether data begin before an instant."""
        return self.since is not None and self.since <= instant


NO_COVER = Cover()


@dataclass(frozen=True, slots=True)
class Tap:
    """A punch of somebody, with the local date stored with it; on whose word, None where a machine tells."""

    punch: Punch
    id: int
    local_on: date
    vouch: Vouch | None = None


@dataclass
class Facts:
    """What was read. ``rosters``: the ids of the shifts of a day, none of them where he is free.
    ``disturbed``: days of which nothing is final, as an outage there waits to be confirmed, or goes on."""

    places: dict[Key, Place] = field(default_factory=dict)
    rosters: dict[Key, tuple[int, ...]] = field(default_factory=dict)
    covers: dict[Key, Cover] = field(default_factory=dict)
    taps: dict[int, list[Tap]] = field(default_factory=dict)
    excuses: dict[int, list[Excuse]] = field(default_factory=dict)
    disturbed: set[Key] = field(default_factory=set)


def read_rosters(persons: Collection[int], first: date, end: date) -> dict[Key, tuple[int, ...]]:
    """The rosters of persons on days from ``first`` until before ``end``."""
    return _rosters(fetch(_ROSTERS, within(persons, first, end)))


def _rosters(rows: Iterable[Sequence[Any]]) -> dict[Key, tuple[int, ...]]:
    return {
        (person, on): tuple(kind for kind in (one, two) if kind is not None) for person, on, one, two in rows
    }


def read_places(keys: Iterable[Key], zone: str) -> dict[Key, Place]:
    """Where people are expected; ``zone`` where no unit names a site. Who has no post then is left out."""
    return _places(fetch(_PLACES, _asked(keys)), zone)


def _asked(keys: Iterable[Key]) -> dict[str, Any]:
    asked = list(keys)
    return {"persons": array(person for person, _ in asked), "days": array(on for _, on in asked)}


def within(persons: Iterable[int], first: date, end: date) -> dict[str, Any]:
    """Persons, and days from ``first`` until before ``end``, as statements ask for them."""
    since, until = (datetime.combine(on, time(), UTC) for on in (first - _DAY, end + _DAY))
    return {"persons": array(persons), "first": first, "end": end, "since": since, "until": until}


def _places(rows: Iterable[Sequence[Any]], zone: str) -> dict[Key, Place]:
    return {(person, on): Place(week, site, its or zone) for person, on, week, site, its in rows}


def read_covers(places: Mapping[Key, Place], at: datetime) -> tuple[dict[Key, Cover], set[Key]]:
    """Until when the data of the machines of each day are here, and which days are disturbed. Nothing of what
    is to come is known."""
    told = _asked(places) | {"sites": array(place.site for place in places.values())}
    covers, disturbed = fetch_together((_COVERS, told), (_DISTURBED, told))
    dark = set(disturbed)
    known = {row: _cover(*row, at=at) for row in {row[2:] for row in covers}}
    return {(row[0], row[1]): known[row[2:]] for row in covers}, {
        key for key, place in places.items() if (key[1], place.site) in dark
    }


def _cover(since: int | None, until: int | None, numbered: bool, *, at: datetime) -> Cover:
    began, reaches = (
        None if micro is None else _EPOCH + timedelta(microseconds=micro) for micro in (since, until)
    )
    return Cover(began, None if reaches is None else min(reaches, at), numbered)


def taps_of(rows: Iterable[Sequence[Any]]) -> dict[int, list[Tap]]:
    """Rows of punches by person."""
    found: dict[int, list[Tap]] = {}
    for person, at, id_, direction, local_on, *more in rows:
        vouch = Vouch(more[0]) if more and more[0] else None
        tap = Tap(Punch(at, str(id_), Direction(direction)), id_, local_on, vouch)
        found.setdefault(person, []).append(tap)
    return found


def read_excuses(persons: Collection[int], first: date, end: date) -> dict[int, list[Excuse]]:
    """What excuses persons on days from ``first`` until before ``end``."""
    return _excuses(fetch(_EXCUSES, within(persons, first, end)))


def _excuses(rows: Iterable[Sequence[Any]]) -> dict[int, list[Excuse]]:
    found: dict[int, list[Excuse]] = {}
    for person, days, kind, part, starts, ends in rows:
        found.setdefault(person, []).append(_excuse(days, kind, part, starts, ends))
    return found


def _excuse(days: Any, kind: str, part: str, starts: datetime | None, ends: datetime | None) -> Excuse:
    if starts is not None and ends is not None:
        return Excuse(kind, Span(starts, ends), dark=kind == ExcuseKind.OUTAGE.value)
    return Excuse(kind, DayPart(Period(days.lower, days.upper), Part(part)))


def read_facts(keys: Collection[Key], at: datetime, zone: str) -> Facts:
    """All that the days of people rest on."""
    if not keys:
        return Facts()
    persons = {person for person, _ in keys}
    first, end = min(on for _, on in keys), max(on for _, on in keys) + _DAY
    around = within(persons, first - _DAY, end + _DAY)
    placed, rosters, punches, excuses = fetch_together(
        (_PLACES, _asked(keys)), (_ROSTERS, within(persons, first, end)), (_TAPS, around), (_EXCUSES, around)
    )
    places = _places(placed, zone)
    covers, disturbed = read_covers(places, at)
    return Facts(places, _rosters(rosters), covers, taps_of(punches), _excuses(excuses), disturbed)
