"""The budget (pagu) of an OPD for a year: one proposes it, another agrees; what is used of it, what is left.

A list counts in the year of its month. It is on its way from the head's signature on, and used
once it is paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear, Now

from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import queries as organisation
from pamong.organisation.queries import UnitView
from pamong.pay import policies
from pamong.pay.choices import BudgetState, PathState
from pamong.pay.errors import BudgetNotFound, BudgetWaiting, StepByAnother
from pamong.pay.events import BudgetDecided, BudgetProposed
from pamong.pay.models import Budget, PayList
from pamong.pay.path.shapes import BudgetView

_ON_ITS_WAY = [PathState.VERIFIED.value, PathState.CHECKED.value, PathState.SUBMITTED.value]
_MOST = 10**15  # rupiah; ten times the budget of the largest province


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One OPD in a year. ``amount`` and ``agreed``, the id of the budget, are None without an agreed one;
    ``waiting`` is what one proposes."""

    opd: UUID
    name: str
    amount: int | None
    document: str
    used: int
    on_its_way: int
    agreed: UUID | None = None
    waiting: UUID | None = None
    waiting_amount: int | None = None
    waiting_document: str = ""
    proposed_by: int | None = None
    proposed_name: str = ""

    @property
    def left(self) -> int | None:
        """What is left, below nothing where more goes than was budgeted."""
        return None if self.amount is None else self.amount - self.used - self.on_its_way


@transaction.atomic
def propose(*, actor: Actor, at: datetime, opd: UUID, year: int, amount: int, document: str) -> UUID:
    """Propose a budget, with the document that it stands in (DPA). NotAllowed, BudgetWaiting, UnitNotFound;
    InvalidValue for an amount that can't be, or no document."""
    user = policies.require_over(actor, policies.BUDGET, "")
    unit = organisation.get_unit(actor=actor, unit=opd, on=actor.on)
    if not unit.is_opd:
        raise InvalidValue("Pilih perangkat daerah; pagu bukan untuk bagian di bawahnya.")
    if not 0 <= amount < _MOST:
        raise InvalidValue("Nilai pagu tidak masuk akal. Tulis dalam rupiah penuh.")
    if not document.strip():
        raise InvalidValue("Tulis nomor dan tanggal dokumennya, misalnya DPA.")
    row = Budget(
        uid=uuid7(at), opd_id=unit.id, year=year, amount=amount, document=document.strip(),
        proposed_by_id=user, proposed_name=actor.name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise BudgetWaiting from error
    ledger.record(actor=actor, event=BudgetProposed(row.uid, unit.uid, year, amount))
    return row.uid


@transaction.atomic
def decide(*, actor: Actor, at: datetime, uid: UUID, agree: bool) -> None:
    """Agree to what another proposed, so that it replaces what held, or refuse it. NotAllowed,
    BudgetNotFound, StepByAnother."""
    user = policies.require_over(actor, policies.BUDGET, "")
    waiting = Budget.objects.select_for_update(of=("self",)).select_related("opd")
    row = waiting.filter(uid=uid, state=BudgetState.WAITING.value).first()
    if row is None:
        raise BudgetNotFound
    if row.proposed_by_id == user:
        raise StepByAnother("mengusulkan pagu ini")
    if agree:
        row.basis_id = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=row.uid)
        held = Budget.objects.filter(opd=row.opd, year=row.year, state=BudgetState.AGREED.value)
        held.update(state=BudgetState.REPLACED.value)
    row.state = (BudgetState.AGREED if agree else BudgetState.REFUSED).value
    row.decided_by_id, row.decided_name = user, actor.name
    row.decided_at = Now()
    row.save(update_fields=["state", "decided_by", "decided_name", "decided_at", "basis"])
    ledger.record(actor=actor, event=BudgetDecided(row.uid, row.opd.uid, row.year, row.amount, agree))


def list_budgets(*, actor: Actor, year: int) -> tuple[BudgetRow, ...]:
    """Every OPD of today with its budget of a year, and what went of it; for whoever reads all lists.
    NotAllowed."""
    policies.require_over(actor, policies.LISTS, "")
    units = [unit for unit in organisation.list_units(actor=actor, on=actor.on) if unit.is_opd]
    agreed = _by_unit(year, BudgetState.AGREED)
    waiting = _by_unit(year, BudgetState.WAITING)
    gone = spent(year)
    return tuple(
        _row(unit, agreed.get(unit.id), waiting.get(unit.id), gone.get(unit.id, (0, 0))) for unit in units
    )


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """The budgets of a year together: of how many OPDs one is agreed, of how many none; ``short``: how many
    have less left than nothing."""

    agreed: int
    missing: int
    short: int
    amount: int
    used: int
    on_its_way: int

    @property
    def left(self) -> int:
        """What is left of the agreed ones."""
        return self.amount - self.used - self.on_its_way


def total_of(rows: Iterable[BudgetRow]) -> BudgetTotal:
    """All of them in one line. What goes of an OPD without a budget is in no sum: there is nothing it could
    be taken from."""
    rows = tuple(rows)
    known = [row for row in rows if row.amount is not None]
    return BudgetTotal(
        len(known), len(rows) - len(known), sum((row.left or 0) < 0 for row in known),
        sum(row.amount or 0 for row in known), sum(row.used for row in known),
        sum(row.on_its_way for row in known),
    )  # fmt: skip


def _row(unit: UnitView, held: Budget | None, asked: Budget | None, gone: tuple[int, int]) -> BudgetRow:
    known = BudgetRow(
        unit.uid, unit.name, held.amount if held else None, held.document if held else "", *gone,
        agreed=held.uid if held else None,
    )  # fmt: skip
    if asked is None:
        return known
    return replace(
        known, waiting=asked.uid, waiting_amount=asked.amount, waiting_document=asked.document,
        proposed_by=asked.proposed_by_id, proposed_name=asked.proposed_name,
    )  # fmt: skip


def _by_unit(year: int, state: BudgetState) -> dict[int, Budget]:
    return {row.opd_id: row for row in Budget.objects.filter(year=year, state=state.value)}


def spent(year: int) -> Mapping[int, tuple[int, int]]:
    """What was paid and what is on its way of a year's lists, by the database id of the unit."""
    rows = (
        PayList.objects.filter(month__year=year, opd__isnull=False)
        .values("opd_id")
        .annotate(
            used=Sum("gross", filter=Q(state=PathState.PAID.value), default=0),
            way=Sum("gross", filter=Q(state__in=_ON_ITS_WAY), default=0),
        )
    )
    return {row["opd_id"]: (int(row["used"]), int(row["way"])) for row in rows}


def with_budget(rows: QuerySet[PayList]) -> Any:
    """Lists, each with ``budget``, ``used`` and ``way`` of its OPD in its year, or None."""
    year = ExtractYear(OuterRef("month"))
    agreed = Budget.objects.filter(opd=OuterRef("opd"), year=year, state=BudgetState.AGREED.value)
    same = PayList.objects.filter(opd=OuterRef("opd"), month__year=year).order_by().values("opd")
    paid = same.filter(state=PathState.PAID.value).annotate(sum=Sum("gross")).values("sum")
    going = same.filter(state__in=_ON_ITS_WAY).annotate(sum=Sum("gross")).values("sum")
    return rows.annotate(budget=Subquery(agreed.values("amount")), used=Subquery(paid), way=Subquery(going))


def view_of(row: Any) -> BudgetView | None:
    """The budget of a list read ``with_budget``, this list counted in; None where none is known."""
    if row.budget is None:
        return None
    unsigned = row.gross if row.state == PathState.COMPUTED.value else 0
    used, way = int(row.used or 0), int(row.way or 0) + unsigned
    return BudgetView(row.budget, used, way, row.budget - used - way)


def over(row: Any) -> int:
    """By how much a list read ``with_budget`` goes beyond it; 0 where it does not, or is paid."""
    view = view_of(row)
    return 0 if view is None or row.state == PathState.PAID.value else max(0, -view.left)


def beyond(row: PayList) -> int:
    """The same of a list at hand."""
    return over(with_budget(PayList.objects.filter(pk=row.pk)).get())
