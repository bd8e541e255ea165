"""What the registers share: an act on a document is entered by one, agreed by another, and then holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance import events
from pamong.attendance.choices import Register
from pamong.attendance.errors import (
    PaperAnswerMissing,
    PaperClosed,
    PaperHeld,
    PaperNotFound,
    PaperOverlaps,
    PaperUnfit,
)
from pamong.attendance.sql import fetch
from pamong.documents import store
from pamong.documents.media import media_type
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.ledger import services as ledger
from pamong.ledger.choices import PaperAct, PaperState, SealKind
from pamong.ledger.papers import Paper
from pamong.people.queries import outside_scope
from pamong.people.services import reading

_COMMON = frozenset(field.attname for field in Paper._meta.get_fields() if hasattr(field, "attname"))
# What the database refuses, in words: by what the name of its constraint ends with.
_REFUSED = {
    "leaveentry_no_overlap": "Sudah ada cuti lain pada hari-hari itu, disetujui atau masih menunggu. "
    "Ubah harinya, atau ubah cuti yang sudah ada.",
    "predicate_once": "Predikat pegawai ini untuk tahun itu sudah dicatat, disetujui atau masih menunggu. "
    "Ubah yang sudah ada.",
    "permit_no_overlap": "Sudah ada izin lain pada jam itu, disetujui atau masih menunggu.",
    "muster_once": "Apel unit ini pada hari itu sudah dicatat. Buka dari daftarnya untuk mengubahnya.",
    "dutyletter_number_once": "Nomor surat ini sudah dicatat untuk unit dan tahun yang sama. "
    "Buka surat itu dari daftarnya.",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that shows what a document says."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What belongs to every act: why, and the file that shows it."""

    reason: str = ""
    file: Upload | None = None


NOTHING_MORE = Told()


@dataclass(frozen=True, slots=True)
class Hands:
    """Accounts by which documents were filed before they came here: of each two, never whom it is about.

    ``accounts`` tell id, name, and the person behind each; three of them suffice for everybody.
    """

    accounts: tuple[tuple[int, str, int | None], ...]

    @classmethod
    def of(cls, actors: Sequence[Actor]) -> Hands:
        """The accounts of these actors."""
        return cls(tuple((access.require_account(each), each.name, each.person_id) for each in actors))

    def around(self, persons: Collection[int]) -> dict[str, Any]:
        """Who entered and who agreed to a document about these people. ``NotAllowed`` without two others."""
        free = [each for each in self.accounts if each[2] not in persons]
        if len(free) < len(("enters", "agrees")):
            raise NotAllowed("Dokumen ini memerlukan dua petugas lain.")
        first, second = free[:2]
        return {
            "entered_by_id": first[0], "entered_name": first[1], "decided_by_id": second[0],
            "decided_name": second[1],
        }  # fmt: skip


def held(uid: UUID, basis: int, hands: Mapping[str, Any]) -> dict[str, Any]:
    """What every act has that holds from the beginning, as files and opening data bring it."""
    return {
        "uid": uid, "document": uid, "state": PaperState.VERIFIED.value, "decided_at": Now(),
        "basis_id": basis, **hands,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """How one register works. ``people``: whom a document is about; ``more`` keeps them with a new act;
    ``hold`` lets what was agreed hold. ``area`` is the unit by which reach is asked, where it is no person.
    ``elsewhere`` names a column that is filled for acts which officials decide, and not this desk.
    """

    register: Register
    model: type[Paper]
    enters: str
    verifies: str
    people: Callable[[Any], list[int]]
    more: Callable[[Any, Sequence[int]], None]
    hold: Callable[[Actor, datetime, Any, int], None]
    area: Callable[[Any], str] | None = None
    elsewhere: str = ""

    def decides(self, paper: Any) -> bool:
        """Whether an act that waits is decided here."""
        return not self.elsewhere or getattr(paper, self.elsewhere) is None


def enter(
    desk: Desk,
    *,
    actor: Actor,
    at: datetime,
    values: Mapping[str, Any],
    persons: Sequence[int],
    told: Told,
    before: Paper | None = None,
    act: PaperAct = PaperAct.NEW,
) -> UUID:
    """Store an act that waits; the caller has seen to the right. ``PaperUnfit``, ``PaperOverlaps``."""
    user_id = access.require_account(actor)
    if act is not PaperAct.NEW and not access.says_why(told.reason):
        raise PaperUnfit("Isi alasannya: paling sedikit satu kata dan sepuluh huruf.", "reason")
    uid = uuid7(at)
    with in_words():
        paper = desk.model.objects.create(  # type: ignore[attr-defined]
            uid=uid, document=before.document if before else uid, act=act.value, reason=told.reason.strip(),
            entered_by_id=user_id, entered_name=actor.name, **_kept(told.file), **values,
        )  # fmt: skip
        desk.more(paper, persons)
    uids = list(reading.uids_of(persons).values())
    event = events.PaperEntered(desk.register.value, uid, paper.document, act.value, uids, _content(paper))
    ledger.record(actor=actor, event=event)
    return uid


def cancel(desk: Desk, *, actor: Actor, at: datetime, paper: UUID, reason: str) -> UUID:
    """Ask that a document holds no more; another agrees. The caller has seen to the right."""
    before = standing(desk, paper)
    return enter(
        desk, actor=actor, at=at, values=values_of(before), persons=desk.people(before), told=Told(reason),
        before=before, act=PaperAct.CANCEL,
    )  # fmt: skip


@transaction.atomic
def decide_paper(
    desk: Desk, *, actor: Actor, at: datetime, paper: UUID, accept: bool, answer: str = ""
) -> None:
    """Agree, so that it holds, or refuse with an answer.

    ``PaperNotFound``, ``PaperClosed``, ``NotAllowed``, ``PaperAnswerMissing``, ``PaperOverlaps``;
    ``PaperUnfit`` where a row of a list can't be stored any more.
    """
    access.require(actor, desk.verifies)
    found = _waiting(desk, paper)
    persons = desk.people(found)
    if not reaches(desk, actor, desk.verifies, found, persons):
        raise PaperNotFound
    if why := refusal(desk, actor, found, persons):
        raise NotAllowed(why)
    if not accept and not answer.strip():
        raise PaperAnswerMissing
    if accept:
        _accept(desk, actor, at, found, answer.strip())
    else:
        close(desk, actor, found, PaperState.REFUSED, answer.strip())


@transaction.atomic
def withdraw_paper(desk: Desk, *, actor: Actor, paper: UUID) -> None:
    """Take back what one entered oneself and what still waits. ``PaperNotFound``, ``PaperClosed``."""
    found = _waiting(desk, paper)
    if actor.user_id is None or found.entered_by_id != actor.user_id:
        raise PaperNotFound
    close(desk, actor, found, PaperState.WITHDRAWN, "")


def refusal(desk: Desk, actor: Actor, paper: Paper, persons: Collection[int]) -> str:
    """Why the actor can't decide a document within his reach; '' if he can."""
    kin = reading.relatives_of(actor.person_id)
    return refused(actor, paper.entered_by_id, persons, related=not kin.isdisjoint(persons))


def refused(actor: Actor, entered_by: int, persons: Collection[int], *, related: bool) -> str:
    """The same where it is known whether a declared relative of the actor is among the persons."""
    if actor.user_id is None:
        return "Masuk dengan akun Anda sendiri. Baris perintah tidak memutuskan."
    if actor.user_id == entered_by:
        return "Anda yang memasukkan dokumen ini. Orang lain yang memutuskannya."
    if actor.person_id in persons:
        return "Dokumen ini tentang Anda sendiri. Orang lain yang memutuskannya."
    if related:
        return "Dokumen ini menyangkut keluarga Anda. Orang lain yang memutuskannya."
    return ""


def reaches(desk: Desk, actor: Actor, permission: str, paper: Paper, persons: Sequence[int]) -> bool:
    """Whether the permission holds over everybody whom a document is about, or over its unit."""
    if desk.area is not None:
        return bool(access.may_over(actor, permission, desk.area(paper)))
    return not outside_scope(actor, permission, persons)


def standing(desk: Desk, paper: UUID) -> Any:
    """The act that holds, held until the transaction ends, to put another in its place.

    ``PaperNotFound``; ``PaperHeld`` where it does not hold, or something waits already.
    """
    found = desk.model.objects.select_for_update(of=("self",)).filter(uid=paper).first()  # type: ignore[attr-defined]
    if found is None:
        raise PaperNotFound
    waits = desk.model.objects.filter(document=found.document, state=PaperState.WAITING.value)  # type: ignore[attr-defined]
    if found.state != PaperState.VERIFIED.value or found.act == PaperAct.CANCEL.value or waits.exists():
        raise PaperHeld
    return found


def days_of(first: date, last: date, field: str = "last") -> Period:
    """The days from the first to the last, both among them. ``PaperUnfit``."""
    if last < first:
        raise PaperUnfit(
            f"Hari terakhir ({format_date(last)}) sebelum hari pertama ({format_date(first)}).", field
        )
    return Period(first, date.fromordinal(last.toordinal() + 1))


def require_service(persons: Collection[int], days: Period, field: str = "first") -> None:
    """``PaperUnfit`` where somebody is not in service on all of the days; it names him."""
    found = fetch(
        "SELECT p.id FROM unnest(%(ids)s::bigint[]) p (id) WHERE NOT COALESCE(daterange(%(start)s, %(end)s) "
        "<@ (SELECT range_agg(e.period) FROM people_employment e WHERE e.person_id = p.id "
        "AND e.superseded_at IS NULL), FALSE)",
        {"ids": list(persons), "start": days.start, "end": days.end},
    )
    if found:
        name = reading.names_of([found[0][0]]).get(found[0][0], "Pegawai ini")
        raise PaperUnfit(f"{name} tidak bertugas pada seluruh hari itu ({days}). Periksa tanggalnya.", field)


def values_of(paper: Paper) -> dict[str, Any]:
    """What an act says beside what every act has."""
    return {
        field.attname: getattr(paper, field.attname)
        for field in paper._meta.concrete_fields
        if field.attname not in _COMMON
    }


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the database refuses into a sentence. ``PaperOverlaps``, ``PaperHeld``."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")
        if name in _REFUSED:
            raise PaperOverlaps(_REFUSED[name]) from error
        if name.endswith(("_one_waits", "_one_holds")):
            raise PaperHeld from error
        raise


def close(
    desk: Desk, actor: Actor, paper: Any, state: PaperState, answer: str, basis: int | None = None
) -> None:
    """Note how a document that waits was decided, and tell it."""
    desk.model.objects.filter(pk=paper.pk).update(  # type: ignore[attr-defined]
        state=state.value, decided_by_id=actor.user_id, decided_name=actor.name, decided_at=Now(),
        answer=answer, basis_id=basis,
    )  # fmt: skip
    people = list(reading.uids_of(desk.people(paper)).values())
    event = events.PaperDecided(
        desk.register.value, paper.uid, paper.document, paper.act, state.value, answer, people
    )
    ledger.record(actor=actor, event=event)


def _accept(desk: Desk, actor: Actor, at: datetime, paper: Any, answer: str) -> None:
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=paper.uid)
    with in_words():
        held = desk.model.objects.filter(document=paper.document, state=PaperState.VERIFIED.value)  # type: ignore[attr-defined]
        held.update(state=PaperState.REPLACED.value)
        close(desk, actor, paper, PaperState.VERIFIED, answer, basis)
        desk.hold(actor, at, paper, basis)


def _waiting(desk: Desk, uid: UUID) -> Any:
    found = desk.model.objects.select_for_update(of=("self",)).filter(uid=uid).first()  # type: ignore[attr-defined]
    if found is None or not desk.decides(found):
        raise PaperNotFound
    if found.state != PaperState.WAITING.value:
        raise PaperClosed(PaperState(found.state).label)
    return found


def _kept(file: Upload | None) -> dict[str, str]:
    """``FileUnsuitable`` for what is no PDF or picture."""
    if file is None:
        return {}
    kind = media_type(file.data)
    return {
        "file_name": file.name[-200:], "file_sha256": store.keep(file.data).sha256, "file_type": kind,
    }  # fmt: skip


def _content(paper: Paper) -> dict[str, Any]:
    """What an act says, for the ledger: days as two dates."""
    said = values_of(paper) | {"file": paper.file_sha256, "reason": paper.reason}
    days = said.pop("period", None)
    if days is not None:
        said |= {"from": days.lower, "until": days.upper}
    return said
