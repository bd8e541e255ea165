"""The shadow month: a list that was paid, compared with a run, before a government relies on Pamong.

`ask` keeps the question, `answer` (in a worker) the differences with their causes; the rest reads them. As
long as the newest comparison leaves more unexplained than agreed, a real run is refused
(`refuse_unexplained`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.ids import uuid7
from pamong.kernel.money import Rupiah
from pamong.ledger import services as ledger
from pamong.pay import policies
from pamong.pay.choices import Cause, ListState, Mode, RunState
from pamong.pay.errors import ListNotFound, RunNotFound, RunNotPublished, TooMuchUnknown
from pamong.pay.events import PaidListCompared
from pamong.pay.models import PaidDifference, PaidList, Run, Slip
from pamong.pay.rows import Page

if TYPE_CHECKING:
    from pamong.pay.paid_comparison import Differences

PAGE = 50
_PPM = 1_000_000
# What a part is called where it is listed.
PARTS = {
    "ceiling": "TPP maksimal",
    "cut": "Potongan",
    "tax": "Pajak",
    "health": "Iuran",
    "rest": "Jumlah yang diterima",
    "uncomputed": "Dibayar, tetapi tidak dapat dihitung",
    "unpaid": "Dihitung, tetapi tidak ada di daftar bayar",
}


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One cause: how many people, the sum of its differences and of their sizes, in rupiah."""

    cause: Cause
    people: int
    amount: int
    size: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """A comparison. Amounts in rupiah; ``ready`` tells whether what is unexplained stays within the limit."""

    uid: UUID
    run: UUID
    month: date
    name: str
    sha256: str
    state: ListState
    failure: str
    problems: tuple[str, ...]
    people: int
    same: int
    paid: int
    computed: int
    unknown: int
    causes: tuple[CauseRow, ...]
    limit: int
    ready: bool
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One part of one person's difference; ``slip`` leads to his slip, where there is one."""

    nip: str
    name: str
    opd_name: str
    cause: Cause
    part: str
    paid: int | None
    computed: int | None
    amount: int
    slip: UUID | None


def ask(*, actor: Actor, at: datetime, run: UUID, name: str, sha256: str, size: int) -> UUID:
    """Ask for a comparison with a kept file. The same file for the same run is the same comparison; one that
    failed is tried again.

    NotAllowed, RunNotFound, RunNotPublished.
    """
    policies.require_run(actor)
    found = Run.objects.filter(uid=run).first()
    if found is None:
        raise RunNotFound
    if found.state != RunState.PUBLISHED.value:
        raise RunNotPublished
    row = PaidList(uid=uuid7(at), run=found, name=name, sha256=sha256, size=size, asked_by=actor.name)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        again = PaidList.objects.filter(run=found, sha256=sha256)
        again.filter(state=ListState.FAILED.value).update(state=ListState.WAITING.value, failure="")
        return again.get().uid
    return row.uid


def answer(*, actor: Actor, at: datetime, uid: UUID, found: Differences, problems: Sequence[str]) -> None:
    """Keep the differences of a comparison and tell the ledger; once it is done it stays."""
    policies.require_run(actor)
    causes = found.by_cause()
    with transaction.atomic():
        row = PaidList.objects.select_for_update().select_related("run").get(uid=uid)
        if row.state == ListState.DONE.value:
            return
        _keep_lines(row, found)
        row.state, row.failure, row.problems = ListState.DONE.value, "", list(problems)
        row.people, row.same, row.paid, row.computed = found.people, found.same, found.paid, found.computed
        row.causes = {cause.value: list(counts) for cause, counts in causes.items()}
        row.unknown = causes[Cause.UNKNOWN][2]
        row.done_at = Now()
        row.save()
        event = PaidListCompared(
            uid, row.run.uid, row.sha256, row.people, row.same, row.paid, row.computed, row.unknown
        )
        ledger.record(actor=actor, event=event)


def fail(*, actor: Actor, uid: UUID, sentence: str) -> None:
    """The list can't be read: the comparison ends with the sentence, and may be asked for again."""
    policies.require_run(actor)
    PaidList.objects.filter(uid=uid, state=ListState.WAITING.value).update(
        state=ListState.FAILED.value, failure=sentence
    )


def list_comparisons(*, actor: Actor, run: UUID) -> tuple[ListRow, ...]:
    """The comparisons of a run, newest first."""
    _whole(actor)
    rows = PaidList.objects.select_related("run").filter(run__uid=run).order_by("-id")
    return tuple(_row(row) for row in rows)


def get_comparison(*, actor: Actor, uid: UUID) -> ListRow:
    """One comparison with its totals by cause. ListNotFound."""
    return _row(_get(actor, uid))


def list_differences(
    *, actor: Actor, at: datetime, uid: UUID, page: int = 1, cause: str = "", words: str = ""
) -> Page[DifferenceRow]:
    """A page of the differences, the greatest first; logged as a look at these people's pay."""
    row = _get(actor, uid)
    rows = PaidDifference.objects.filter(list=row).order_by("number")
    if cause:
        rows = rows.filter(cause=cause)
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(nip__startswith=word) | Q(opd_name__icontains=word))
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, page), pages)
    part = list(rows[(number - 1) * PAGE : number * PAGE])
    nips = {each.nip for each in part}
    found = Slip.objects.select_related("person").filter(run=row.run, nip__in=nips)
    slips = {slip.nip: slip for slip in found}
    seen = [slip.person.uid if slip.person else slip.uid for slip in slips.values()]
    access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=seen)
    return Page(tuple(_difference(each, slips.get(each.nip)) for each in part), number, pages, total)


def refuse_unexplained(profile: str) -> None:
    """TooMuchUnknown while a region's newest finished comparison leaves more unexplained than agreed."""
    newest = (
        PaidList.objects.select_related("run")
        .filter(state=ListState.DONE.value, run__profile=profile)
        .exclude(run__mode=Mode.DEMO.value)
        .order_by("-run__month", "-id")
        .first()
    )
    if newest is not None and newest.unknown > _limit(newest):
        month = format_month(newest.run.month.year, newest.run.month.month)
        raise TooMuchUnknown(month, str(Rupiah(newest.unknown)), str(Rupiah(_limit(newest))))


def _limit(row: PaidList) -> int:
    """What may stay unexplained: the agreed share of what was paid, in rupiah, rounded down."""
    return int(row.paid * settings.PAMONG_UNKNOWN_PPM // _PPM)


def _keep_lines(row: PaidList, found: Differences) -> None:
    PaidDifference.objects.bulk_create(
        (
            PaidDifference(list=row, number=number, **line)
            for number, line in enumerate(found.lines.iter_rows(named=True), start=1)
        ),
        batch_size=2_000,
    )


def _whole(actor: Actor) -> None:
    if not access.scoped(actor, policies.READ).whole:
        raise NotAllowed("Perbandingan dibaca oleh yang berwenang atas seluruh pemerintah daerah.")


def _get(actor: Actor, uid: UUID) -> PaidList:
    _whole(actor)
    row = PaidList.objects.select_related("run").filter(uid=uid).first()
    if row is None:
        raise ListNotFound
    return row


def _row(row: PaidList) -> ListRow:
    counts = {Cause(name): values for name, values in row.causes.items()}
    limit = _limit(row)
    return ListRow(
        row.uid,
        row.run.uid,
        row.run.month,
        row.name,
        row.sha256,
        ListState(row.state),
        row.failure,
        tuple(row.problems),
        row.people,
        row.same,
        row.paid,
        row.computed,
        row.unknown,
        tuple(CauseRow(cause, *counts.get(cause, (0, 0, 0))) for cause in Cause),
        limit,
        row.state == ListState.DONE.value and row.unknown <= limit,
        row.asked_by,
        row.asked_at,
    )


def _difference(row: PaidDifference, slip: Slip | None) -> DifferenceRow:
    return DifferenceRow(
        row.nip,
        row.name,
        row.opd_name,
        Cause(row.cause),
        PARTS.get(row.part, row.part),
        row.paid,
        row.computed,
        row.amount,
        slip.uid if slip else None,
    )
