"""Talent boxes from what the registers hold: one's own, and those of who applied for a vacancy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from pamong.access import policies as access
from pamong.decisions.site import site_law
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.law.merit import find
from pamong.merit import policies, standing, talent
from pamong.merit.errors import VacancyNotFound
from pamong.merit.queries.sight import log, sight_of
from pamong.merit.register import known_education, known_predicates
from pamong.people.services import reading

# Both axes with their table of weights and the words of their parts.
_AXES = (
    ("kinerja", "talent_weight_performance", talent.PERFORMANCE),
    ("potensi", "talent_weight_potential", talent.POTENTIAL),
)
_NOTHING = talent.Axis(Fraction(0), Fraction(100), ())


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an axis: its weight with where that stands and how well it is known; ``points`` None where
    data are missing. ``told``: what is known; ``rests_on``: where the points stand, ('', '') without any."""

    code: str
    title: str
    weight: int
    source: str
    evidence: str
    points: int | None
    told: str
    rests_on: tuple[str, str]


@dataclass(frozen=True, slots=True)
class AxisView:
    """An axis: what it can be from ``least`` to ``most``, from its parts. ``fault``: why it can't be told."""

    name: str
    least: Fraction
    most: Fraction
    lacking: int
    parts: Sequence[Part]
    fault: str


@dataclass(frozen=True, slots=True)
class TalentView:
    """Somebody's box with all that it rests on; ``possible`` are the boxes that are still open."""

    name: str
    axes: tuple[AxisView, AxisView]
    box: talent.Box
    possible: frozenset[int]


@dataclass(frozen=True, slots=True)
class Known:
    """What the registers hold of somebody that a part of an axis is told from."""

    year: int
    predicate: str
    education: str


def own_talent(*, actor: Actor) -> TalentView | None:
    """One's own box as of today; None for an account without a person. ``NotAllowed``. Two queries."""
    access.require(actor, policies.APPLY)
    if actor.person_id is None:
        return None
    (known,) = _known([actor.person_id], actor.on).values()
    return _view(site_law(), actor.name, known, actor.on)


def talents_of(*, actor: Actor, at: datetime, vacancy: UUID) -> Sequence[TalentView]:
    """The boxes of who applied and was not kept out, in the order in which they did; a look at them is
    logged. ``VacancyNotFound``, also for whoever may not see who applied."""
    sight = sight_of(actor, vacancy)
    if not sight.whole:
        raise VacancyNotFound
    ids = [each.row.person_id for each in standing.applicants_of(sight.row) if each.runs]
    names, known, law = reading.names_of(ids), _known(ids, actor.on), site_law()
    log(actor, at, "merit.talent", ids)
    return [_view(law, names.get(person, ""), known[person], actor.on) for person in ids]


def _known(ids: Collection[int], on: date) -> dict[int, Known]:
    """The predicate of the last whole year, and the highest diploma that somebody looked at."""
    year = on.year - 1
    schooling, predicates = known_education(ids, on), known_predicates(ids)
    return {
        person: Known(year, predicates.get(person, {}).get(year, ""), schooling.get(person) or "")
        for person in ids
    }


def _view(law: Law, name: str, known: Known, on: date) -> TalentView:
    spans, views = [], []
    for axis, table, words in _AXES:
        weights = talent.weights_of(law, table, on)
        fault = talent.weights_fault(axis, weights)
        parts = () if fault else tuple(_parts(law, table, words, known, on))
        span = _NOTHING if fault else talent.axis(weights, {each.code: each.points for each in parts})
        spans.append(span)
        views.append(AxisView(axis, span.least, span.most, 100 if fault else span.lacking, parts, fault))
    performance, potential = spans
    fault = " ".join(each.fault for each in views if each.fault)
    found = talent.box(law, on, performance=performance, potential=potential)
    if fault:
        found = talent.Box(None, None, None, "", None, fault, None)
    left = talent.possible(law, on, performance=performance, potential=potential)
    return TalentView(name, (views[0], views[1]), found, left)


def _parts(law: Law, table: str, words: Mapping[str, str], known: Known, on: date) -> Iterator[Part]:
    for code, title in words.items():
        weight = find(law, table, on, code)
        if weight is None:
            continue
        points, told, rests_on = _points(law, code, known, on)
        yield Part(
            code, title, weight.value // 10_000, weight.citation.text, weight.evidence.value, points, told,
            rests_on,
        )  # fmt: skip


def _points(law: Law, code: str, known: Known, on: date) -> tuple[int | None, str, tuple[str, str]]:
    """What a part is worth, in which words; only predicates and diplomas stand in a register."""
    name, key, told = {
        "skp": (
            "talent_score_predicate", known.predicate, f"{known.year}: {known.predicate.replace('_', ' ')}"
        ),
        "education": ("talent_score_education", known.education, known.education.upper().replace("_", " ")),
    }.get(code, ("", "", ""))  # fmt: skip
    if not key:
        return None, "", ("", "")
    found = find(law, name, on, key)
    if found is None:
        return None, told, ("", "")
    return int(found.value), told, (found.citation.text, found.evidence.value)
