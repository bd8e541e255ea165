"""The list of raises that take effect in a month, as it was worked out last."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as policies_of_access
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.career import policies
from pamong.career.choices import Code, Effect, State
from pamong.career.errors import DueNotFound
from pamong.kernel.actor import Actor
from pamong.kernel.paging import bounded
from pamong.organisation.choices import subtree
from pamong.people.queries import rows as people_rows
from pamong.people.queries.rows import PersonRow, as_known, fetch, params, person_row, units_below
from pamong.people.queries.scope import condition

PAGE = 50
_HELD = Effect.BLOCK.value
_DUE = """
k.uid AS due_uid, k.due_on, k.effective_on, k.deadline, k.kind AS due_kind, k.golongan AS due_golongan,
k.mkg_years, k.mkg_months, k.since, k.row, k.new_years, k.new_months, k.base_before, k.base_after, k.document,
k.effect, k.conditions, k.inputs_hash, k.made_at
"""
# Of the seat that somebody has on the actor's day.
_LEVELS = """EXISTS (SELECT FROM organisation_seatrow y JOIN organisation_post t ON t.id = y.post_id
  WHERE y.seat_id = a.seat_id AND y.superseded_at IS NULL AND y.period @> %(on)s::date
    AND t.kind = ANY(%(levels)s))"""
_COUNTS = """
SELECT k.effect, count(*), count(*) FILTER (WHERE NOT {not_met}) FROM career_kgbdue k
LEFT JOIN people_appointment a ON a.person_id = k.person_id AND a.kind = 'regular' AND {a}
LEFT JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND {s}
WHERE k.superseded_at IS NULL AND {where} GROUP BY k.effect
"""
# What keeps a raise back is either known not to be met, or not known.
_NOT_MET = """k.conditions @> '[{"state": "not_met", "effect": "block"}]'::jsonb"""
_DUE_MONTHS = """
SELECT k.effective_on, count(*) FROM career_kgbdue k WHERE k.superseded_at IS NULL AND {within}
GROUP BY k.effective_on ORDER BY k.effective_on
"""


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition as it was stored; ``source`` and ``link`` name the article, '' where none was read."""

    code: Code
    state: State
    effect: Effect
    value: str
    threshold: str
    source: str
    link: str
    evidence: str
    sentence: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """Somebody's raise. ``years``, ``months``, ``since``: the last salary step; the ``new_`` ones and the
    amounts (rupiah a month by the table) are None where not known. ``inputs_hash`` changes with what it was
    worked out from."""

    uid: UUID
    person: PersonRow
    due_on: date
    effective_on: date
    deadline: date | None
    kind: str
    golongan: str
    years: int
    months: int
    since: date
    row: int
    new_years: int | None
    new_months: int | None
    base_before: int | None
    base_after: int | None
    document: str
    effect: Effect
    conditions: Sequence[ConditionView]
    inputs_hash: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many raises of a month pass, need a word, or are kept back; of the last, of how many it is only not
    known whether they pass."""

    by_effect: Mapping[Effect, int]
    unknown: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(self.by_effect.values())


@dataclass(frozen=True, slots=True)
class DuePage:
    """One page of a month's raises: those to look at first, then by unit and name."""

    counts: DueCounts
    rows: Sequence[DueRow]
    page: int
    last: int


def list_due(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    unit: str = "",
    levels: Collection[str] = (),
    effect: Effect | None = None,
    unknown: bool | None = None,
    page: int = 1,
    size: int = PAGE,
) -> DuePage:
    """Whose raise takes effect in the month of ``on``, within reach and below a unit, as it was prepared.

    ``levels`` are kinds of posts (*pengawas*), as tables of signers have them; none means all. ``effect``
    narrows what is shown, not what is counted, and ``unknown`` those kept back to the ones of which that is
    not known, or is. One row in the read log names who is shown. ``NotAllowed``.
    """
    where, asked = _where(actor, on, unit, levels)
    sql = _COUNTS.format(where=where, not_met=_NOT_MET, **_dated(actor))
    counted = {code: (count, vague) for code, count, vague in fetch(sql, asked)}
    counts = DueCounts(
        {each: counted.get(each.value, (0, 0))[0] for each in Effect}, counted.get(_HELD, (0, 0))[1]
    )
    page, last = bounded(page, _total(counts, effect, unknown), size)
    narrow = "TRUE" if effect is None else "k.effect = %(effect)s"
    if unknown is not None:
        narrow += f" AND {'NOT ' if unknown else ''}{_NOT_MET}"
    found = _rows(
        actor, f"{where} AND {narrow}",
        asked | {"effect": effect, "size": size, "skip": (page - 1) * size},
    )  # fmt: skip
    _log(actor, at, found)
    return DuePage(counts, found, page, last)


def get_due(*, actor: Actor, at: datetime, uid: UUID) -> DueRow:
    """One raise that stands; the look is logged. ``NotAllowed``, ``DueNotFound``."""
    within, more = condition(actor, access.scoped(actor, policies.READ), "k.person_id")
    found = _rows(actor, f"k.uid = %(uid)s AND {within}", more | {"uid": uid, "size": 1, "skip": 0})
    if not found:
        raise DueNotFound
    _log(actor, at, found)
    return found[0]


def list_own_due(*, actor: Actor) -> Sequence[DueRow]:
    """One's own next raise, once it is prepared; empty before."""
    if actor.person_id is None:
        return []
    return _rows(actor, "k.person_id = %(own)s", {"own": actor.person_id, "size": 1, "skip": 0})


def list_months(*, actor: Actor) -> Sequence[date]:
    """The months of which raises stand on the list, for whoever keeps it. ``NotAllowed``."""
    policies_of_access.require_whole(actor, policies.PREPARE)
    found = fetch(
        "SELECT DISTINCT effective_on FROM career_kgbdue WHERE superseded_at IS NULL ORDER BY effective_on",
        {},
    )
    return [month for (month,) in found]


def list_due_months(*, actor: Actor) -> Sequence[tuple[date, int]]:
    """The months of which raises within reach stand on the list, and how many. ``NotAllowed``."""
    within, more = condition(actor, access.scoped(actor, policies.READ), "k.person_id")
    return [(month, count) for month, count in fetch(_DUE_MONTHS.format(within=within), more)]


def _total(counts: DueCounts, effect: Effect | None, unknown: bool | None) -> int:
    if effect is None:
        return counts.all
    if unknown is None:
        return counts.by_effect[effect]
    return counts.unknown if unknown else counts.by_effect[effect] - counts.unknown


def _where(actor: Actor, on: date, unit: str, levels: Collection[str]) -> tuple[str, dict[str, Any]]:
    within, more = condition(actor, access.scoped(actor, policies.READ), "k.person_id")
    below = units_below("s.unit_id") if unit else "TRUE"
    kinds = _LEVELS if levels else "TRUE"
    asked = more | params(as_known(actor.on, None))
    asked |= {"month": on.replace(day=1), "under": subtree(unit), "levels": list(levels)}
    return f"k.effective_on = %(month)s AND {within} AND {below} AND {kinds}", asked


def _dated(actor: Actor) -> dict[str, str]:
    known = as_known(actor.on, None)
    return {alias: known.sql(alias) for alias in ("a", "s")}


def _rows(actor: Actor, where: str, asked: Mapping[str, Any]) -> list[DueRow]:
    """Joined as of the actor's day; on the day of effect he may have another post."""
    known = as_known(actor.on, None)
    source = people_rows.source(known, "", "career_kgbdue k JOIN people_person p ON p.id = k.person_id")
    found = fetch(
        f"SELECT {people_rows.COLUMNS}, {_DUE} {source} WHERE k.superseded_at IS NULL AND {where} "
        "ORDER BY array_position(ARRAY['block', 'warn', 'allow'], k.effect), u.name, lower(i.name), p.id "
        "LIMIT %(size)s OFFSET %(skip)s",
        dict(asked) | params(known),
    )
    return [_row(each) for each in found]


def _row(values: tuple[Any, ...]) -> DueRow:
    width = len(values) - _DUE.count("k.")
    uid, *between, effect, conditions, inputs_hash, made_at = values[width:]
    told = [_condition(each) for each in _as_json(conditions)]
    known: list[Any] = [uid, person_row(values[:width]), *between, Effect(effect), told, inputs_hash, made_at]
    return DueRow(*known)


def _as_json(value: Any) -> Any:
    """Raw cursors give JSON as text."""
    return json.loads(value) if isinstance(value, str) else value


def _condition(told: Mapping[str, Any]) -> ConditionView:
    kinds: Mapping[str, Any] = {"code": Code, "state": State, "effect": Effect}
    known: dict[str, Any] = {name: kinds.get(name, str)(value) for name, value in told.items()}
    return ConditionView(**known)


def _log(actor: Actor, at: datetime, shown: Sequence[DueRow]) -> None:
    others = [row.person.uid for row in shown if row.person.id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="career.kgb", subjects=others)
