"""A list of leave, handed in as a file: tried at once, stored whole when another person agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.attendance.choices import ExcuseSource, Register
from pamong.attendance.errors import PaperUnfit
from pamong.attendance.services import Upload, add_excuses, papers
from pamong.attendance.services.papers import Desk, Hands
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.leave import events, policies
from pamong.leave.models import LeaveEntry, LeaveList
from pamong.leave.services.entries import checked, excuse_of, fields_of
from pamong.leave.values import Leave, ListedLeave, ListProblem, listed
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.queries import outside_scope
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


def try_rows(*, actor: Actor, rows: Sequence[ListedLeave]) -> Tried:
    """Look at each row: whose it is, whether he is within reach and in service, and whether it overlaps."""
    known = dict(fetch(_CURRENT_NIP, {"nips": [row.nip for row in rows]}))
    ids = list(known.values())
    reached = set(ids) - outside_scope(actor, policies.ENTER, ids)
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
    hands = {
        "entered_by_id": brought.entered_by_id, "entered_name": brought.entered_name,
        "decided_by_id": actor.user_id, "decided_name": actor.name,
    }  # fmt: skip
    entries = [
        LeaveEntry(**papers.held(uuid7(at), basis, hands), **fields_of(row.leave, person))
        for person, row in rows
    ]
    _store(actor, at, basis, entries)


@transaction.atomic
def take_over_leaves(
    *, actor: Actor, at: datetime, hands: Hands, leaves: Sequence[tuple[int, Leave]]
) -> None:
    """Store leaves that were granted before this system, each with the id of who takes it, as opening data.

    ``NotAllowed`` but from the command line; ``PaperOverlaps``.
    """
    access.require_command_line(actor)
    access.require_whole(actor, policies.VERIFY)
    basis = ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid7(at))
    entries = [
        LeaveEntry(**papers.held(uuid7(at), basis, hands.around([person])), **fields_of(leave, person))
        for person, leave in leaves
    ]
    _store(actor, at, basis, entries)


def _store(actor: Actor, at: datetime, basis: int, entries: Sequence[LeaveEntry]) -> None:
    """Store leaves that hold, all at once, with what they excuse."""
    with papers.in_words():
        LeaveEntry.objects.bulk_create(entries, batch_size=_BATCH)
    add_excuses(
        actor=actor, at=at, basis=basis, source=ExcuseSource.LEAVE,
        documents={entry.document: [excuse_of(entry)] for entry in entries},
    )  # fmt: skip


def _more(brought: LeaveList, persons: Sequence[int]) -> None:
    """Whom a list is about stands in its rows."""


DESK = Desk(Register.LEAVE, LeaveList, policies.ENTER, policies.VERIFY, _people, _more, _hold)
