"""Duty letters: one document sends somebody, or forty people, elsewhere on some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance import policies
from pamong.attendance.choices import DUTIES, ExcuseKind, ExcusePart, ExcuseSource, Register
from pamong.attendance.errors import PaperUnfit
from pamong.attendance.models.duty import DutyLetter, DutyMember
from pamong.attendance.services import papers
from pamong.attendance.services.excusing import add_excuses, set_excuses
from pamong.attendance.services.papers import NOTHING_MORE, Desk, Hands, Told
from pamong.attendance.sql import fetch
from pamong.attendance.values import NewExcuse
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.ledger import services as ledger
from pamong.ledger.choices import PaperAct, SealKind
from pamong.people.queries import outside_scope
from pamong.people.services import reading


@dataclass(frozen=True, slots=True)
class Letter:
    """What a duty letter says. ``starts`` and ``ends`` are instants, for some hours of its one day; ``unit``
    is the unit whose letter it is."""

    kind: ExcuseKind
    unit: UUID
    number: str
    dated_on: date
    purpose: str
    first: date
    last: date
    place: str = ""
    starts: datetime | None = None
    ends: datetime | None = None


@transaction.atomic
def enter_letter(
    *, actor: Actor, at: datetime, letter: Letter, persons: Sequence[UUID], told: Told = NOTHING_MORE
) -> UUID:
    """Enter a letter about people within reach; another person agrees before it excuses anybody.

    ``NotAllowed``, ``PaperUnfit``, ``PaperOverlaps`` (its number), ``FileUnsuitable``.
    """
    access.require(actor, policies.ENTER)
    ids = _ids(actor, persons)
    return papers.enter(DESK, actor=actor, at=at, values=_values(letter, ids), persons=ids, told=told)


@transaction.atomic
def change_letter(
    *, actor: Actor, at: datetime, paper: UUID, letter: Letter, persons: Sequence[UUID], told: Told
) -> UUID:
    """Ask that a letter says something else: other days, other people. ``PaperHeld`` and as above."""
    access.require(actor, policies.ENTER)
    before = papers.standing(DESK, paper)
    _require_reach(actor, DESK.people(before))
    ids = _ids(actor, persons)
    return papers.enter(
        DESK, actor=actor, at=at, values=_values(letter, ids), persons=ids, told=told, before=before,
        act=PaperAct.CHANGE,
    )  # fmt: skip


@transaction.atomic
def cancel_letter(*, actor: Actor, at: datetime, paper: UUID, reason: str) -> UUID:
    """Ask that a letter holds no more. ``PaperNotFound``, ``PaperHeld``, ``NotAllowed``, ``PaperUnfit``."""
    access.require(actor, policies.ENTER)
    _require_reach(actor, DESK.people(papers.standing(DESK, paper)))
    return papers.cancel(DESK, actor=actor, at=at, paper=paper, reason=reason)


@transaction.atomic
def take_over_letters(
    *, actor: Actor, at: datetime, hands: Hands, letters: Sequence[tuple[Letter, Sequence[int]]]
) -> None:
    """Store letters that were signed before this system, with whom each sends, as opening data.

    ``NotAllowed`` but from the command line.
    """
    access.require_command_line(actor)
    access.require_whole(actor, policies.VERIFY)
    basis = ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid7(at))
    uids = [letter.unit for letter, _ in letters]
    units = dict(fetch("SELECT uid, id FROM organisation_unit WHERE uid = ANY(%(uids)s)", {"uids": uids}))
    with papers.in_words():
        rows = DutyLetter.objects.bulk_create(
            DutyLetter(
                **papers.held(uuid7(at), basis, hands.around(persons)), **_fields(letter, units[letter.unit])
            )
            for letter, persons in letters
        )
    members = [(row, person) for row, (_, persons) in zip(rows, letters, strict=True) for person in persons]
    DutyMember.objects.bulk_create(DutyMember(letter=row, person_id=person) for row, person in members)
    documents: dict[UUID, list[NewExcuse]] = {}
    for row, person in members:
        documents.setdefault(row.document, []).append(_excuse(row, person))
    add_excuses(actor=actor, at=at, basis=basis, source=ExcuseSource.DUTY, documents=documents)


def _ids(actor: Actor, persons: Sequence[UUID]) -> list[int]:
    known = reading.person_ids(persons)
    if not known:
        raise PaperUnfit("Belum ada pegawai. Isi NIP-nya, satu baris satu pegawai.", "nips")
    if len(known) < len(set(persons)):
        raise PaperUnfit("Ada pegawai yang tidak ditemukan. Periksa NIP-nya.", "nips")
    ids = sorted(known.values())
    _require_reach(actor, ids)
    return ids


def _require_reach(actor: Actor, ids: Sequence[int]) -> None:
    """``NotAllowed`` names nobody: who may not see somebody does not learn whether he is there."""
    if beyond := outside_scope(actor, policies.ENTER, ids):
        raise NotAllowed(
            f"{len(beyond)} pegawai di surat ini di luar wewenang Anda. Petugas kepegawaian yang mencatatnya."
        )


def _values(letter: Letter, ids: Sequence[int]) -> dict[str, object]:
    if letter.kind not in DUTIES:
        raise PaperUnfit("Pilih jenis surat dari daftar.", "kind")
    for value, field, what in (
        (letter.number, "number", "Nomor surat"),
        (letter.purpose, "purpose", "Maksud"),
    ):
        if not value.strip():
            raise PaperUnfit(f"{what} belum diisi.", field)
    days = papers.days_of(letter.first, letter.last)
    if letter.starts and (days.days != 1 or not letter.ends or letter.ends <= letter.starts):
        raise PaperUnfit("Jam hanya untuk surat satu hari, dan jam selesai sesudah jam mulai.", "ends")
    papers.require_service(ids, days)
    found = fetch("SELECT id FROM organisation_unit WHERE uid = %(uid)s", {"uid": letter.unit})
    if not found:
        raise PaperUnfit("Unit penerbit surat tidak ditemukan. Pilih dari daftar.", "unit")
    return _fields(letter, found[0][0])


def _fields(letter: Letter, unit: int) -> dict[str, Any]:
    days = papers.days_of(letter.first, letter.last)
    return {
        "kind": letter.kind.value, "unit_id": unit, "number": letter.number.strip(),
        "dated_on": letter.dated_on, "purpose": letter.purpose.strip(), "place": letter.place.strip(),
        "period": DateRange(days.start, days.end), "starts": letter.starts, "ends": letter.ends,
    }  # fmt: skip


def _people(letter: DutyLetter) -> list[int]:
    return list(letter.members.order_by("person_id").values_list("person_id", flat=True))


def _more(letter: DutyLetter, persons: Sequence[int]) -> None:
    DutyMember.objects.bulk_create(DutyMember(letter=letter, person_id=person) for person in persons)


def _hold(actor: Actor, at: datetime, letter: DutyLetter, basis: int) -> None:
    gone = letter.act == PaperAct.CANCEL.value
    excuses = [] if gone else [_excuse(letter, person) for person in _people(letter)]
    set_excuses(
        actor=actor, at=at, basis=basis, source=ExcuseSource.DUTY, source_uid=letter.document, excuses=excuses
    )


def _excuse(letter: DutyLetter, person: int) -> NewExcuse:
    part = ExcusePart.WHOLE if letter.starts is None else ExcusePart.SPAN
    days = Period(letter.period.lower, letter.period.upper)
    return NewExcuse(person, ExcuseKind(letter.kind), days, part, letter.starts, letter.ends)


DESK = Desk(Register.DUTY, DutyLetter, policies.ENTER, policies.VERIFY, _people, _more, _hold)
