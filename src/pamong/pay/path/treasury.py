"""The list of SP2D that comes back from the treasury, matched row by row with what was submitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pamong.access.policies import require
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.pay import policies
from pamong.pay.errors import TreasuryFileRefused
from pamong.pay.events import TreasuryFileRead
from pamong.pay.models import PayList, TreasuryFile
from pamong.pay.path import steps
from pamong.pay.path.steps import Sp2d


@dataclass(frozen=True, slots=True)
class Told:
    """One row of such a list: by which SPM or key it is known, and what the treasury paid."""

    line: int
    key: str
    number: str
    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a row: ``paid``, ``before`` (paid already by the same SP2D) or ``refused``, and why."""

    line: int
    key: str
    number: str
    amount: int
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TreasuryFileRow:
    """A list that was read."""

    uid: UUID
    month: date
    name: str
    sha256: str
    rows: tuple[Answer, ...]
    paid: int
    refused: int
    read_by: str
    read_at: datetime


def accept(
    *, actor: Actor, at: datetime, month: date, name: str, sha256: str, size: int, rows: Sequence[Told]
) -> tuple[TreasuryFileRow, bool]:
    """Take a list of SP2D for a month: each row that fits a submitted list to the rupiah pays it, all others
    are shown and pay nothing. The same file again only tries what was refused; whether anything is new.

    NotAllowed; TreasuryFileRefused for a list of another month.
    """
    policies.require_over(actor, policies.TREASURY, "")
    with transaction.atomic():
        before = TreasuryFile.objects.select_for_update().filter(sha256=sha256).first()
        if before is not None:
            return _again(actor, at, before, rows)
        lists = _lists(month, rows)
        answers = [_answer(actor, at, month, told, lists) for told in rows]
        counts = [sum(answer.outcome == outcome for answer in answers) for outcome in ("paid", "refused")]
        kept = TreasuryFile(
            uid=uuid7(at), month=month, name=name, sha256=sha256, size=size, paid=counts[0],
            refused=counts[1], rows=[asdict(answer) for answer in answers], read_by=actor.name,
        )  # fmt: skip
        try:
            with transaction.atomic():
                kept.save(force_insert=True)
        except IntegrityError:  # somebody handed the same file in at the same moment: his it is
            return _row(TreasuryFile.objects.get(sha256=sha256)), False
        event = TreasuryFileRead(kept.uid, month, sha256, *counts)
        ledger.record(actor=actor, event=event)
        return _row(kept), True


def _again(
    actor: Actor, at: datetime, kept: TreasuryFile, rows: Sequence[Told]
) -> tuple[TreasuryFileRow, bool]:
    """Try what a file that was handed in too early was refused, and keep the newest answers."""
    was = {row["line"]: Answer(**row) for row in kept.rows if row["outcome"] != "refused"}
    lists = _lists(kept.month, rows)
    answers = [was.get(told.line) or _answer(actor, at, kept.month, told, lists) for told in rows]
    told_now = [asdict(answer) for answer in answers]
    if told_now == kept.rows:
        return _row(kept), False
    kept.rows, kept.read_by, kept.read_at = told_now, actor.name, Now()
    kept.paid, kept.refused = (
        sum(answer.outcome == outcome for answer in answers) for outcome in ("paid", "refused")
    )
    kept.save(update_fields=["rows", "read_by", "read_at", "paid", "refused"])
    kept.refresh_from_db()
    event = TreasuryFileRead(kept.uid, kept.month, kept.sha256, kept.paid, kept.refused)
    ledger.record(actor=actor, event=event)
    return _row(kept), True


def list_files(*, actor: Actor, limit: int = 12) -> tuple[TreasuryFileRow, ...]:
    """The newest lists that were read. NotAllowed."""
    require(actor, policies.TREASURY)
    return tuple(_row(row) for row in TreasuryFile.objects.order_by("-id")[:limit])


def _lists(month: date, rows: Sequence[Told]) -> dict[str, PayList]:
    """The lists that the rows speak of, by the number of their SPM and by their own key.

    TreasuryFileRefused where all of them are of another month.
    """
    keys = [told.key for told in rows]
    known = PayList.objects.filter(spm_number__in=keys) | PayList.objects.filter(reference__in=keys)
    found = list(known.order_by("id"))
    others = sorted({row.month for row in found} - {month})
    if others and not any(row.month == month for row in found):
        months = ", ".join(format_month(other.year, other.month) for other in others)
        raise TreasuryFileRefused(
            f"Daftar SP2D ini untuk {months}, bukan {format_month(month.year, month.month)}. "
            "Pilih bulannya, lalu unggah lagi."
        )
    return {row.reference: row for row in found} | {row.spm_number: row for row in found if row.spm_number}


def _answer(actor: Actor, at: datetime, month: date, told: Told, lists: dict[str, PayList]) -> Answer:
    outcome, sentence = _try(actor, at, month, told, lists.get(told.key))
    return Answer(told.line, told.key, told.number, told.amount, outcome, sentence)


def _try(actor: Actor, at: datetime, month: date, told: Told, row: PayList | None) -> tuple[str, str]:
    if row is None:
        return "refused", f"Tidak ada daftar dengan SPM atau kunci {told.key}."
    if row.month != month:
        return "refused", f"{row.reference} adalah daftar bulan lain."
    try:
        new = steps.record_sp2d(actor=actor, at=at, uid=row.uid, sp2d=Sp2d(told.number, told.on, told.amount))
    except DomainError as error:
        return "refused", str(error)
    return ("paid", f"{row.opd_name} cair.") if new else ("before", f"{row.opd_name} sudah cair.")


def _row(row: TreasuryFile) -> TreasuryFileRow:
    return TreasuryFileRow(
        row.uid, row.month, row.name, row.sha256, tuple(Answer(**each) for each in row.rows), row.paid,
        row.refused, row.read_by, row.read_at,
    )  # fmt: skip
