"""What the registers say of people as the law of filling posts asks it. What none of them holds is unknown.

A career counts as whole only where posts held for good cover all of the service; what field a post belongs
to, sanctions and LHKPN stand in no register yet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pamong.kernel.period import Period
from pamong.law import career
from pamong.law.engine.plan import Law
from pamong.law.merit import Facts, Held
from pamong.ledger.sql import fetch
from pamong.people.choices import EndReason
from pamong.people.queries import full_name

_PERSONS = """
SELECT p.id, p.uid, i.name, i.front_title, i.back_title, i.birth_date, e.kind, e.standing, x.end_reason,
  r.golongan, x.id IS NOT NULL
FROM people_person p
LEFT JOIN LATERAL (SELECT * FROM people_identity i WHERE i.person_id = p.id AND i.superseded_at IS NULL
  ORDER BY i.period @> %(on)s::date DESC, i.period DESC LIMIT 1) i ON TRUE
LEFT JOIN people_employment e ON e.person_id = p.id AND e.superseded_at IS NULL AND e.period @> %(on)s::date
LEFT JOIN LATERAL (SELECT * FROM people_employment x WHERE x.person_id = p.id AND x.superseded_at IS NULL
  AND lower(x.period) <= %(on)s::date ORDER BY x.period DESC LIMIT 1) x ON TRUE
LEFT JOIN people_rank r ON r.person_id = p.id AND r.superseded_at IS NULL AND r.period @> %(on)s::date
WHERE p.id = ANY(%(ids)s) ORDER BY p.id
"""
_SERVICE = """
SELECT person_id, min(lower(period)) FROM people_employment
WHERE person_id = ANY(%(ids)s) AND superseded_at IS NULL GROUP BY person_id
"""
# The post of a seat as it was while somebody had it: a seat that changed counts in parts.
_POSTS = """
SELECT a.person_id, lower(a.period * s.period), upper(a.period * s.period), t.kind, t.jenjang, t.family
FROM people_appointment a
JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period && a.period
JOIN organisation_post t ON t.id = s.post_id
WHERE a.person_id = ANY(%(ids)s) AND a.kind = 'regular' AND a.superseded_at IS NULL
ORDER BY a.person_id, 2
"""
_EDUCATION = """
SELECT e.person_id, e.level FROM people_education e
WHERE e.person_id = ANY(%(ids)s) AND e.superseded_at IS NULL AND lower(e.period) <= %(on)s::date
  AND (SELECT c.outcome FROM people_check c WHERE c.subject = e.item ORDER BY c.id DESC LIMIT 1) = 'verified'
"""
_PREDICATES = """
SELECT person_id, year, predicate FROM performance_predicate
WHERE person_id = ANY(%(ids)s) AND state = 'verified' AND act <> 'cancel'
"""
# Unpaid leave by the register of leave, whatever the standing says.
_UNPAID = """
SELECT person_id FROM leave_leaveentry WHERE person_id = ANY(%(ids)s) AND kind = 'CLTN'
  AND state = 'verified' AND act <> 'cancel' AND period @> %(on)s::date
"""
_LADDER = (
    "sd", "smp", "smp_kejuruan", "sma", "smk", "sma_keguruan", "d1", "d2", "d3", "d4", "s1", "s2", "s3",
)  # fmt: skip
_NAMES = {
    "sekolahdasar": "sd", "sltp": "smp", "sltpkejuruan": "smp_kejuruan", "slta": "sma",
    "sltakejuruan": "smk", "sltakeguruan": "sma_keguruan", "iv": "4", "iii": "3", "ii": "2", "i": "1",
}  # fmt: skip
UNPAID = "cuti di luar tanggungan negara"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with what is known of him; ``service_since`` None where no service is recorded."""

    id: int
    uid: UUID
    name: str
    facts: Facts
    service_since: date | None


def read_candidates(
    law: Law, ids: Collection[int], on: date, applied: Mapping[int, date] | None = None
) -> dict[int, Candidate]:
    """What is known of these persons on a day. ``applied``: when each applied, for laws that ask."""
    asked: dict[str, Any] = {"ids": list(ids), "on": on}
    since = dict(fetch(_SERVICE, asked))
    posts = _grouped(fetch(_POSTS, asked))
    schooling, predicates = known_education(ids, on), known_predicates(ids)
    unpaid = {person for (person,) in fetch(_UNPAID, asked)}
    found = {}
    for row in fetch(_PERSONS, asked):
        person, uid, name, front, back = row[:5]
        mine = _posts(posts[person])
        facts = _facts(
            law, row[5:], on, mine=mine, whole=_is_whole(mine, since.get(person), on),
            present=_present(posts[person], on), education=schooling.get(person),
            predicates=predicates.get(person, {}), unpaid=person in unpaid,
            applied_on=(applied or {}).get(person),
        )  # fmt: skip
        told = full_name(name, front or "", back or "") if name else ""
        found[person] = Candidate(person, UUID(str(uid)), told, facts, since.get(person))
    return found


def known_education(ids: Collection[int], on: date) -> dict[int, str | None]:
    """The highest level of education of each that somebody has looked at; nobody's who has none."""
    rows = _grouped(fetch(_EDUCATION, {"ids": list(ids), "on": on}))
    return {person: _highest([level for (level,) in levels]) for person, levels in rows.items()}


def known_predicates(ids: Collection[int]) -> dict[int, dict[int, str]]:
    """The predicates of each by year."""
    return {
        person: _by_year(mine) for person, mine in _grouped(fetch(_PREDICATES, {"ids": list(ids)})).items()
    }


def education_of(level: str) -> str:
    """A level of education as the law names it: ``S-2`` is *s2*, ``D-IV`` *d4*, ``SLTA`` *sma*. SIASN adds
    words (``S-1/Sarjana``, ``Diploma III/Sarjana Muda``): what stands before the stroke is the level."""
    said = re.sub(r"[^a-z0-9]", "", level.lower().partition("/")[0].replace("diploma", "d"))
    if match := re.fullmatch(r"([ds])(iv|iii|ii|i|\d)", said):
        return match[1] + _NAMES.get(match[2], match[2])
    return _NAMES.get(said, said)


def level_of(kind: str, jenjang: str) -> str:
    """A post's level as the law names it: *pengawas*, *jf_ahli_madya*."""
    return f"{kind}_{'_'.join(jenjang.lower().split())}" if kind == "jf" and jenjang else kind


def _facts(
    law: Law, row: Sequence[Any], on: date, *, mine: tuple[Held, ...], whole: bool,
    present: Sequence[Any] | None, education: str | None, predicates: Mapping[int, str], unpaid: bool,
    applied_on: date | None,
) -> Facts:  # fmt: skip
    born, kind, standing, end_reason, golongan, served = row
    key = None
    if present is not None:
        post, jenjang, family = present
        key = career.retirement_key(law, on, kind=post, jenjang=jenjang or "", family=family or "")
    return Facts(
        born=born, employment=kind, standing=UNPAID if unpaid else standing,
        ended=_ended(kind, end_reason, served=served), golongan=golongan, education=education,
        posts=mine, posts_whole=whole, predicates=predicates, own_age_key=key, applied_on=applied_on,
    )  # fmt: skip


def _ended(kind: str | None, end_reason: str | None, *, served: bool) -> str | None:
    """Why a service ended, '' while it goes on; None where none is recorded."""
    if kind is not None:
        return ""
    if not served:
        return None
    return EndReason(end_reason).label.lower() if end_reason else "tidak tercatat sebabnya"


def _by_year(rows: Sequence[Sequence[Any]]) -> dict[int, str]:
    """Predicates as the tables of the law spell them: ``sangat_baik``."""
    return {int(year): str(word).replace(" ", "_") for year, word in rows}


def _highest(levels: Sequence[str]) -> str | None:
    known = [each for level in levels if (each := education_of(level)) in _LADDER]
    return max(known, key=_LADDER.index, default=None)


def _posts(rows: Sequence[Sequence[Any]]) -> tuple[Held, ...]:
    return tuple(Held(level_of(kind, jenjang), since, before) for since, before, kind, jenjang, _ in rows)


def _present(rows: Sequence[Sequence[Any]], on: date) -> Sequence[Any] | None:
    here = [row[2:] for row in rows if Period(row[0], row[1]).contains(on)]
    return here[-1] if here else None


def _is_whole(posts: Sequence[Held], since: date | None, on: date) -> bool:
    """Whether posts cover the service up to a day without a gap."""
    day = since
    for held in posts:
        if day is None or held.since > day:
            return False
        day = max(day, held.before or on)
    return day is not None and bool(posts) and day >= on


def _grouped(rows: Sequence[Sequence[Any]]) -> defaultdict[int, list[Sequence[Any]]]:
    found: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
    for person, *rest in rows:
        found[person].append(rest)
    return found
