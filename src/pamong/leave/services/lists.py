"""A list of leave, handed in as a file: tried at once, stored whole when another person agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.attendance.choices import ExcuseSource, Register
from pamong.attendance.errors import PaperUnfit
from pamong.attendance.services import Upload, add_excuses, papers
from pamong.attendance.services.papers import Desk
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.leave import events, policies
from pamong.leave.models import LeaveEntry, LeaveList
from pamong.leave.services.entries import checked, excuse_of, fields_of
from pamong.leave.values import ListedLeave, ListProblem, listed
from pamong.ledger import services as ledger
from pamong.ledger.choices import PaperState
from pamong.people.queries.rows import fetch

_BATCH = 2_000
_CURRENT_NIP = """
SELECT DISTINCT ON (e.nip) e.nip, e.person_id FROM people_employment e
WHERE e.superseded_at IS NULL AND e.nip = ANY(%(nips)s) ORDER BY e.nip, e.period DESC
"""
_TAKEN = """
SELECT person_id, period FROM leave_leaveentry
WHERE person_id = ANY(%(ids)s) AND state IN ('waiting', 'verified') AND act <> 'cancel'
"""
_SERVED = """
SELECT person_id, range_agg(period) FROM people_employment
WHERE superseded_at IS NULL AND person_id = ANY(%(ids)s) GROUP BY person_id
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """A list as it was tried: the rows that can be stored, each with whom it is about, and what is wrong."""

    rows: Sequence[tuple[int, ListedLeave]]
    problems: Sequence[ListProblem]


@transaction.atomic
def bring_list(
    *, actor: Actor, at: datetime, file: Upload, rows: Sequence[ListedLeave], problems: Sequence[ListProblem]
) -> UUID:
    """Try a list that was read and keep it with its problems; nothing holds before another person agrees.

    ``problems`` are those of the reading. ``NotAllowed``; ``PaperUnfit`` where no row can be stored.
    """
    user_id = access.require_account(actor)
    access.require(actor, policies.ENTER)
    tried = try_rows(actor=actor, rows=rows)
    told = sorted([*problems, *tried.problems], key=lambda each: each.line or 0)
    if not tried.rows:
        first = f" Baris {told[0].line}: {told[0].text}" if told else ""
        raise PaperUnfit(f"Tidak ada baris yang dapat disimpan dari berkas ini.{first}", "file")
    uid, kept = uuid7(at), store.keep(file.data).sha256
    LeaveList.objects.create(
        uid=uid, document=uid, entered_by_id=user_id, entered_name=actor.name, file_name=file.name[-200:],
        file_sha256=kept, file_type="text/csv", rows=[_as_json(*row) for row in tried.rows],
        problems=[[each.line, each.text] for each in told],
    )  # fmt: skip
    ledger.record(actor=actor, event=events.ListBrought(uid, file.name, kept, len(tried.rows), len(told)))
    return uid


@transaction.atomic
def decide_list(*, actor: Actor, at: datetime, paper: UUID, accept: bool, answer: str = "") -> None:
    """Store all rows of a list, or refuse it with an answer.

    ``PaperNotFound``, ``PaperClosed``, ``NotAllowed``; ``PaperUnfit`` where a row can't be stored any more.
    """
    access.require(actor, policies.VERIFY)
    papers.decide(DESK, actor=actor, at=at, paper=paper, accept=accept, answer=answer)


@transaction.atomic
def withdraw_list(*, actor: Actor, at: datetime, paper: UUID) -> None:
    """See ``papers.withdraw``."""
    papers.withdraw(DESK, actor=actor, paper=paper)


def try_rows(*, actor: Actor, rows: Sequence[ListedLeave]) -> Tried:
    """Look at each row: whose it is, whether he is within reach and in service, and whether it overlaps."""
    known = dict(fetch(_CURRENT_NIP, {"nips": [row.nip for row in rows]}))
    ids = list(known.values())
    reached = set(ids) - set(papers.outside(actor, policies.ENTER, ids))
    served = dict(fetch(_SERVED, {"ids": ids}))
    taken = _taken(ids)
    good: list[tuple[int, ListedLeave]] = []
    problems: list[ListProblem] = []
    for row in rows:
        person = known.get(row.nip)
        wrong = _wrong(row, person, actor, reached, served, taken)
        if wrong or person is None:
            problems.append(ListProblem(row.line, wrong))
            continue
        taken.setdefault(person, []).append(checked(row.leave))
        good.append((person, row))
    return Tried(good, problems)


def _wrong(
    row: ListedLeave,
    person: int | None,
    actor: Actor,
    reached: set[int],
    served: Mapping[int, Iterable[Any]],
    taken: Mapping[int, Sequence[Period]],
) -> str:
    """What keeps a row out, in a sentence; '' for nothing."""
    if person is None or person not in reached:
        return f"NIP {row.nip} tidak ditemukan di unit yang Anda kelola. Periksa angkanya."
    if person == actor.person_id:
        return "Cuti Anda sendiri dimasukkan petugas lain."
    try:
        days = checked(row.leave)
    except PaperUnfit as error:
        return str(error)
    spans = [Period(each.lower, each.upper) for each in served.get(person, ())]
    if not any(days.intersect(each) == days for each in spans):
        return f"Pegawai ini tidak bertugas pada seluruh hari itu ({days})."
    if any(days.overlaps(other) for other in taken.get(person, ())):
        return f"Sudah ada cuti lain pada hari-hari itu ({days})."
    return ""


def _taken(ids: Sequence[int]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = {}
    for person, period in fetch(_TAKEN, {"ids": list(ids)}):
        found.setdefault(person, []).append(Period(period.lower, period.upper))
    return found


def _as_json(person: int, row: ListedLeave) -> dict[str, Any]:
    leave = row.leave
    return {
        "line": row.line, "person": person, "nip": row.nip, "kind": leave.kind.value,
        "first": leave.first.isoformat(), "last": leave.last.isoformat(), "number": leave.number.strip(),
        "dated_on": leave.dated_on.isoformat(),
    }  # fmt: skip


def _people(brought: LeaveList) -> list[int]:
    return sorted({row["person"] for row in brought.rows})


def _hold(actor: Actor, at: datetime, brought: LeaveList, basis: int) -> None:
    """Store every row as a leave that holds: entered by who brought the file, agreed by who agrees now."""
    rows = [(row["person"], listed(row)) for row in brought.rows]
    taken = _taken([person for person, _ in rows])
    for person, row in rows:
        if any(checked(row.leave).overlaps(other) for other in taken.get(person, ())):
            raise PaperUnfit(
                f"Baris {row.line}: sudah ada cuti lain pada hari-hari itu. Tolak daftar ini; "
                "pemasuknya mengunggah lagi tanpa baris itu."
            )
    entries = [_entry(actor, at, brought, basis, person, row) for person, row in rows]
    store_entries(actor=actor, at=at, basis=basis, entries=entries)


def store_entries(*, actor: Actor, at: datetime, basis: int, entries: Sequence[LeaveEntry]) -> None:
    """Store leaves that hold, all at once, with what they excuse. The caller has seen to the right."""
    with papers.in_words():
        LeaveEntry.objects.bulk_create(entries, batch_size=_BATCH)
    add_excuses(
        actor=actor, at=at, basis=basis, source=ExcuseSource.LEAVE,
        documents={entry.document: [excuse_of(entry)] for entry in entries},
    )  # fmt: skip


def _entry(
    actor: Actor, at: datetime, brought: LeaveList, basis: int, person: int, row: ListedLeave
) -> LeaveEntry:
    uid = uuid7(at)
    return LeaveEntry(
        uid=uid, document=uid, state=PaperState.VERIFIED.value, entered_by_id=brought.entered_by_id,
        entered_name=brought.entered_name, decided_by_id=actor.user_id, decided_name=actor.name,
        decided_at=Now(), basis_id=basis, **fields_of(row.leave, person),
    )  # fmt: skip


def _more(brought: LeaveList, persons: Sequence[int]) -> None:
    """Whom a list is about stands in its rows."""


DESK = Desk(Register.LEAVE, LeaveList, policies.ENTER, policies.VERIFY, _people, _more, _hold)
