"""Entries as pages show them: those that wait for a decision, one with all that belongs to it, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.policies import may
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.ledger.choices import Act
from pamong.people.choices import EntryState
from pamong.people.errors import EntryNotFound
from pamong.people.queries.file import loaded
from pamong.people.queries.rows import bounded, fetch, full_name
from pamong.people.queries.scope import condition, within
from pamong.people.subjects import masked

PAGE = 50
_VERIFY = "people:verify"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry: who asked for what about whom, and how it was decided.

    Numbers in ``values`` are masked but for who entered them and whom they are about.
    """

    uid: UUID
    person: UUID
    person_id: int
    name: str
    subject: str
    act: Act
    target: UUID | None
    on: date | None
    until: date | None
    values: dict[str, Any]
    reason: str
    state: EntryState
    entered_by: int
    entered_name: str
    entered_at: datetime
    decided_name: str
    decided_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of entries, and how many there are in all."""

    rows: Sequence[EntryRow]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file that shows something."""

    uid: UUID
    title: str
    name: str
    size: int
    media_type: str
    added_by: str


_COLUMNS = """
x.uid, p.uid, p.id, i.name, i.front_title, i.back_title, x.subject, x.act, x.target, x."on", x.until,
x.values, x.reason, x.state, x.entered_by_id, x.entered_name, x.entered_at, x.decided_name,
x.decided_at, x.answer
"""
_SOURCE = """
FROM people_entry x JOIN people_person p ON p.id = x.person_id
LEFT JOIN LATERAL (SELECT * FROM people_identity j WHERE j.person_id = p.id AND j.superseded_at IS NULL
                   ORDER BY j.period DESC LIMIT 1) i ON TRUE
"""


def list_entries(*, actor: Actor, at: datetime, state: str = "waiting", page: int = 1) -> EntryPage:
    """Entries that the actor may decide or has entered himself, the oldest that wait first."""
    where, params = _visible(actor)
    if state:
        where += " AND x.state = %(state)s"
        params["state"] = state
    total = int(fetch(f"SELECT count(*) {_SOURCE} WHERE {where}", params)[0][0])
    page, last = bounded(page, total, PAGE)
    order = "x.id" if state == EntryState.WAITING.value else "x.id DESC"
    found = fetch(
        f"SELECT {_COLUMNS} {_SOURCE} WHERE {where} ORDER BY {order} LIMIT %(size)s OFFSET %(skip)s",
        params | {"size": PAGE, "skip": (page - 1) * PAGE},
    )
    rows = [_seen(actor, _row(row)) for row in found]
    _log(actor, at, rows)
    return EntryPage(rows, total, page, last)


def get_entry(*, actor: Actor, at: datetime, uid: UUID) -> EntryRow:
    """One entry, for who entered it, whom it is about, and who may decide it. ``EntryNotFound``."""
    where, params = _visible(actor)
    found = fetch(f"SELECT {_COLUMNS} {_SOURCE} WHERE x.uid = %(uid)s AND {where}", params | {"uid": uid})
    if not found:
        raise EntryNotFound
    row = _seen(actor, _row(found[0]))
    _log(actor, at, [row])
    return row


def list_evidence(*, actor: Actor, uid: UUID) -> Sequence[EvidenceRow]:
    """The files that came with an entry that the actor may see. ``EntryNotFound``."""
    where, params = _visible(actor)
    found = fetch(
        "SELECT v.uid, v.title, v.name, v.size, v.media_type, v.added_by "
        f"{_SOURCE} JOIN people_evidence v ON v.person_id = p.id AND v.uid = ANY(x.evidence) "
        f"WHERE x.uid = %(uid)s AND {where} ORDER BY v.id",
        params | {"uid": uid},
    )
    return [EvidenceRow(*row) for row in found]


def read_evidence(*, actor: Actor, at: datetime, uid: UUID) -> tuple[EvidenceRow, bytes]:
    """A file of evidence, for the person himself and those who see his private data or decide; logged.

    ``EntryNotFound``.
    """
    found = fetch(
        "SELECT v.uid, v.title, v.name, v.size, v.media_type, v.added_by, v.sha256, p.id, p.uid "
        "FROM people_evidence v JOIN people_person p ON p.id = v.person_id WHERE v.uid = %(uid)s",
        {"uid": uid},
    )
    if not found:
        raise EntryNotFound
    *shown, sha256, person_id, person = found[0]
    if not any(within(actor, each, person_id) for each in ("people:read_private", _VERIFY)):
        raise EntryNotFound
    if person_id != actor.person_id:
        access_services.log_read(actor=actor, at=at, path="people.evidence", subjects=[person])
    return EvidenceRow(*shown), store.read(sha256)


def _visible(actor: Actor) -> tuple[str, dict[str, Any]]:
    parts = ["x.entered_by_id = %(user)s", "p.id = %(own)s"]
    params: dict[str, Any] = {}
    if may(actor, _VERIFY):
        where, params = condition(actor, access.scoped(actor, _VERIFY))
        parts.append(where)
    return f"({' OR '.join(parts)})", params | {"user": actor.user_id or 0, "own": actor.person_id or 0}


def _log(actor: Actor, at: datetime, rows: Sequence[EntryRow]) -> None:
    others = [row.person for row in rows if row.person_id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="people.entries", subjects=others)


def _seen(actor: Actor, row: EntryRow) -> EntryRow:
    """Who decides sees the number that he decides on in the preview: that is logged, and ends with it."""
    if row.person_id == actor.person_id or row.entered_by == actor.user_id:
        return row
    return replace(row, values={name: masked(name, value) for name, value in row.values.items()})


def _row(row: tuple[Any, ...]) -> EntryRow:
    uid, person, person_id, name, front, back, subject, act, target, on, until, values, *rest = row
    reason, state, by, by_name, entered_at, decided, decided_at, answer = rest
    return EntryRow(
        uid, person, person_id, full_name(name or "", front or "", back or ""), subject, Act(act), target, on,
        until, loaded(values), reason, EntryState(state), by, by_name, entered_at, decided, decided_at,
        answer,
    )  # fmt: skip
