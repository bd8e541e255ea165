"""Lists of who was present, written instead of a machine: read from text, those that wait, one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.choices import SheetState
from pamong.attendance.errors import AttachmentNotFound, SheetNotFound
from pamong.attendance.hands import refused_sheet
from pamong.attendance.models import Sheet, SheetRow
from pamong.attendance.queries.corrections import Shown
from pamong.attendance.sql import fetch
from pamong.attendance.values import SheetLine
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.people.queries import full_name, outside_scope
from pamong.people.queries.scope import condition

_MOST, _MOST_LINES = 200, 500
_NIP = re.compile(r"\d(?:[ .]?\d){17}")
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})[.:](\d{2})(?![\d.:])")
_PEOPLE = """
SELECT DISTINCT ON (e.nip) e.nip, p.id, i.name, i.front_title, i.back_title FROM people_employment e
JOIN people_person p ON p.id = e.person_id
LEFT JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
WHERE e.superseded_at IS NULL AND e.period @> %(on)s::date AND e.nip = ANY(%(nips)s) AND {where}
"""
# Those who are called so, without titles; of one name there may be several.
_NAMED = """
SELECT lower(i.name), p.id, i.name, i.front_title, i.back_title FROM people_identity i
JOIN people_person p ON p.id = i.person_id
WHERE i.superseded_at IS NULL AND i.period @> %(on)s::date AND lower(i.name) = ANY(%(names)s) AND {where}
  AND EXISTS (SELECT FROM people_employment e WHERE e.person_id = p.id AND e.superseded_at IS NULL
    AND e.period @> %(on)s::date)
"""
_VISIBLE = """
SELECT s.id FROM attendance_sheet s WHERE s.entered_by_id = %(user)s OR (
  NOT EXISTS (SELECT 1 FROM attendance_sheetrow r WHERE r.sheet_id = s.id AND NOT ({where})))
ORDER BY s.state <> 'waiting', s.id DESC LIMIT {most}
"""
_ROWS = """
SELECT r.person_id, p.uid, i.name, i.front_title, i.back_title, r.came, r.left FROM attendance_sheetrow r
JOIN people_person p ON p.id = r.person_id
LEFT JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
WHERE r.sheet_id = %(sheet)s ORDER BY i.name, p.id
"""


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """Somebody of a list, and when he came or left."""

    name: str
    came: time | None
    left: time | None


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A list as it was read: its lines, who they are, and what is wrong with others, by their numbers."""

    lines: Sequence[SheetLine]
    people: Sequence[SheetPerson]
    problems: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A list. ``refusal``: why the actor does not decide about it, '' where he may."""

    uid: UUID
    on: date
    reason: str
    state: SheetState
    rows: int
    entered_name: str
    entered_at: datetime
    decided_name: str
    decided_at: datetime | None
    answer: str
    stored: int | None
    attachment: Shown
    mine: bool
    refusal: str
    people: Sequence[SheetPerson] = ()


def read_sheet(*, actor: Actor, text: str, on: date, came: time | None, left: time | None) -> ReadSheet:
    """Read one person a line: a number (NIP) or a name, and his own times where they are not ``came`` and
    ``left``. What else stands beside a number is not looked at. Nothing is stored. ``NotAllowed``."""
    access_policies.require(actor, policies.REPORT)
    rows = [(number, line) for number, line in enumerate(text.splitlines()[:_MOST_LINES], 1) if line.strip()]
    keys = {number: _nip(line) or _name(line) for number, line in rows}
    known = _known(actor, on, [key for key in keys.values() if key])
    lines: list[SheetLine] = []
    people: list[SheetPerson] = []
    problems: list[tuple[int, str]] = []
    for number, line in rows:
        fault, found = _fault(keys[number], known, {each.person for each in lines})
        times = _times(_NIP.sub(" ", line), came, left)
        if fault or times is None:
            problems.append((number, fault or "jamnya belum ada; tulis jam datang atau pulang"))
        elif found is not None:
            lines.append(SheetLine(found[0], *times))
            people.append(SheetPerson(found[1], *times))
    return ReadSheet(lines, people, problems)


def list_sheets(*, actor: Actor) -> Sequence[SheetView]:
    """Lists of one's own, and those of whose people all are within one's reach: those that wait first.
    ``NotAllowed``."""
    access_policies.require(actor, policies.REPORT)
    where, params = condition(actor, access.scoped(actor, policies.REPORT), "r.person_id")
    sql = _VISIBLE.format(where=where, most=_MOST)
    ids = [row for (row,) in fetch(sql, {"user": actor.user_id or 0, **params})]
    found = {row.pk: row for row in Sheet.objects.filter(pk__in=ids).select_related("attachment")}
    counts = dict(
        fetch(
            "SELECT sheet_id, count(*) FROM attendance_sheetrow WHERE sheet_id = ANY(%(ids)s) GROUP BY 1",
            {"ids": ids},
        )
    )
    return [_view(actor, found[id_], counts[id_], ()) for id_ in ids]


def get_sheet(*, actor: Actor, at: datetime, uid: UUID) -> SheetView:
    """One list with everybody on it; the look is logged. ``SheetNotFound``, ``NotAllowed``."""
    found, rows = _found(actor, uid=uid)
    subjects = [uid for person, uid, *_ in rows if person != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="attendance.sheet", subjects=subjects)
    return _view(actor, found, len(rows), rows)


def read_sheet_file(*, actor: Actor, at: datetime, uid: UUID) -> tuple[Shown, bytes]:
    """What shows a list; the look is logged. ``AttachmentNotFound``, ``NotAllowed``, ``FileLost``."""
    try:
        found, rows = _found(actor, attachment__uid=uid)
    except SheetNotFound as error:
        raise AttachmentNotFound from error
    subjects = [uid for person, uid, *_ in rows if person != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="attendance.sheet", subjects=subjects)
    file: Any = found.attachment
    return Shown.of(file), store.read(file.sha256)


def _nip(line: str) -> str:
    found = _NIP.search(line)
    return re.sub(r"\D", "", found[0]) if found else ""


def _name(line: str) -> str:
    """The name on a line without a number, in small letters."""
    return " ".join(_CLOCK.sub(" ", line).strip(" ,;:-–").lower().split())


def _known(actor: Actor, on: date, keys: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """Who has these numbers or is called so, of those within reach, by number or name."""
    where, params = condition(actor, access.scoped(actor, policies.REPORT))
    nips = [key for key in keys if key.isdigit()]
    names = [key for key in keys if not key.isdigit()]
    rows = fetch(_PEOPLE.format(where=where), {"on": on, "nips": nips, **params}) if nips else []
    rows += fetch(_NAMED.format(where=where), {"on": on, "names": names, **params}) if names else []
    found: dict[str, list[tuple[int, str]]] = {}
    for key, person, name, front, back in rows:
        found.setdefault(key, []).append((person, full_name(name or "", front or "", back or "")))
    return found


def _fault(
    key: str, known: dict[str, list[tuple[int, str]]], before: set[int]
) -> tuple[str, tuple[int, str] | None]:
    if not any(each.isalnum() for each in key):
        return "NIP atau nama tidak terbaca; tulis 18 angka, atau nama tanpa gelar", None
    found = known.get(key, [])
    if len(found) > 1:
        return f"ada {len(found)} orang bernama {found[0][1]}; tulis NIP-nya", None
    if not found:
        what = f"NIP {key}" if key.isdigit() else f"'{key[:60]}'"
        return f"{what} tidak ada di unit Anda pada hari itu", None
    return ("orang ini sudah ada di baris sebelumnya" if found[0][0] in before else ""), found[0]


def _times(line: str, came: time | None, left: time | None) -> tuple[time | None, time | None] | None:
    """His own times, else those of all; None where there are none, or none that a clock shows."""
    told = [(int(hour), int(minute)) for hour, minute in _CLOCK.findall(line)]
    if any(hour > 23 or minute > 59 for hour, minute in told) or len(told) > 2:
        return None
    own = [time(hour, minute) for hour, minute in told]
    found = (own[0] if own else came, own[1] if len(own) > 1 else left)
    return None if found == (None, None) else found


def _found(actor: Actor, **asked: Any) -> tuple[Any, list[tuple[Any, ...]]]:
    access_policies.require(actor, policies.REPORT)
    found = Sheet.objects.filter(**asked).select_related("attachment").first()
    if found is None:
        raise SheetNotFound
    persons = set(SheetRow.objects.filter(sheet=found).values_list("person_id", flat=True))
    if found.entered_by_id != actor.user_id and outside_scope(actor, policies.REPORT, persons):
        raise SheetNotFound
    return found, fetch(_ROWS, {"sheet": found.pk, "on": actor.on})


def _view(actor: Actor, row: Any, count: int, people: Sequence[tuple[Any, ...]]) -> SheetView:
    persons = {person for person, *_ in people}
    confirms = bool(access_policies.may(actor, policies.CONFIRM)) and (
        not persons or not outside_scope(actor, policies.CONFIRM, persons)
    )
    waits = row.state == SheetState.WAITING.value
    refusal = refused_sheet(actor, row, persons) if confirms else "Orang kedua memeriksanya."
    file = row.attachment
    return SheetView(
        row.uid, row.on, row.reason, SheetState(row.state), count, row.entered_name, row.entered_at,
        row.decided_name, row.decided_at, row.answer, row.stored,
        Shown.of(file), row.entered_by_id == actor.user_id,
        refusal if waits else "", [
            SheetPerson(full_name(name or "", front or "", back or ""), came, left)
            for _, _, name, front, back, came, left in people
        ],
    )  # fmt: skip
