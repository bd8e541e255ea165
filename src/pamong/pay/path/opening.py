"""Lists from a run: one main list an OPD, filled anew while nobody has signed it; and supplementary ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.locks import hold_closing
from pamong.organisation import queries as organisation
from pamong.organisation.queries import UnitView
from pamong.pay import policies
from pamong.pay.choices import ListKind, PathState, Payee, SlipState, StepKind
from pamong.pay.errors import NobodyChosen, NotOneself, RunNotForPay, RunNotFound, RunOfOtherKind
from pamong.pay.events import ListsOpened
from pamong.pay.models import PayItem, PayList, Run, Slip
from pamong.pay.path import filling, moving, reach
from pamong.pay.payable import is_payable, is_same, runs_like
from pamong.people.queries import list_dead
from pamong.people.services.reading import near

MORE = "Ada orang yang ditambahkan ke daftar ini"
_ANEW = "Daftar disusun lagi dari hitungan yang lebih baru"
_LETTERS = {ListKind.MAIN: "I", ListKind.SUPPLEMENTARY: "S", ListKind.ARREARS: "R"}


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of the lists of a month: made, filled anew, left as they were (signed, or the same run)."""

    month: date
    made: int
    replaced: int
    kept: int


@transaction.atomic
def open_lists(*, actor: Actor, at: datetime, run: UUID, demo: bool = False) -> Opened:
    """Make the main list of each OPD from a published run, or fill those anew that nobody has signed.

    Asked twice, or by several at once, there is one set. An older run than that of a list changes nothing. A
    run of another government, or that is meant otherwise, takes the place of lists while none is signed, also
    of supplementary ones, whose people go back to the main lists.
    ``demo`` tells that the site is an example, so that examples may be paid.

    NotAllowed, RunNotFound, RunNotForPay, RunOfOtherKind; MonthWritten while a fact of the month is being
    saved.
    """
    policies.require_run(actor)
    found = _run_to_pay(run, demo=demo)
    hold_closing(found.month)
    every = _based_on_runs(found.month)
    there = [row for row in every if row.kind == ListKind.MAIN.value]
    others = [row for row in every if not is_same(row.run, found)]
    if signed := [row.reference for row in others if not _is_unsigned(row)]:
        raise RunOfOtherKind(signed)
    if any((row.run_id or 0) > found.pk for row in others):
        return Opened(found.month, 0, 0, len(there))
    undone = [row for row in others if row.kind != ListKind.MAIN.value]
    computed = Slip.objects.filter(run=found, state=SlipState.COMPUTED.value, person__isnull=False)
    names = sorted(set(computed.values_list("opd_name", flat=True)))
    units = _units_by_name(actor, found.month) if names else {}
    lists = _by_name(names, units, there)
    made = _make(found, [name for name in names if name not in lists], units)
    replaced = [row for row in there if _takes(row, found)]
    lists |= {row.opd_name: row for row in made}
    people = _fill(
        actor, at, found, made, [*replaced, *undone], {name: row.pk for name, row in lists.items()}
    )
    if made or replaced:
        gross = sum(_rows([*made, *replaced]).values_list("gross", flat=True))
        event = ListsOpened(found.uid, found.month, len(made), len(replaced), people, gross)
        ledger.record(actor=actor, event=event)
    return Opened(found.month, len(made), len(replaced), len(there) - len(replaced))


def _run_to_pay(uid: UUID, *, demo: bool) -> Run:
    """A run from which lists may be made. RunNotFound, RunNotForPay."""
    found = Run.objects.filter(uid=uid).first()
    if found is None:
        raise RunNotFound
    if not is_payable(found, demo=demo):
        raise RunNotForPay
    return found


def _by_name(names: list[str], units: dict[str, UnitView], there: list[PayList]) -> dict[str, PayList]:
    """The main lists of offices by the names that a run gives them. A list keeps the name that it began
    with; its unit tells whose it is where that name has been corrected since."""
    by_unit = {row.opd_id: row for row in there if row.opd_id}
    by_name = {row.opd_name: row for row in there}
    found = {}
    for name in names:
        unit = units.get(name)
        row = (by_unit.get(unit.id) if unit else None) or by_name.get(name)
        if row is not None and (unit is None or row.opd_id in (None, unit.id)):
            found[name] = row
    return found


def _based_on_runs(month: date) -> list[PayList]:
    """The main and the supplementary lists of a month; arrears rest on no run."""
    return list(
        PayList.objects.select_for_update(of=("self",))
        .select_related("run")
        .filter(month=month)
        .exclude(kind=ListKind.ARREARS.value)
        .order_by("id")
    )


def _takes(row: PayList, run: Run) -> bool:
    return _is_unsigned(row) and (row.run_id or 0) < run.pk


def _is_unsigned(row: PayList) -> bool:
    return row.state == PathState.COMPUTED.value


def _make(run: Run, names: list[str], units: dict[str, UnitView]) -> list[PayList]:
    """New main lists, empty. The unit of an OPD is the one that bore its name on the month's last day."""
    rows = [_new(run, name, units.get(name), ListKind.MAIN, 1) for name in names]
    return PayList.objects.bulk_create(rows)


def _units_by_name(actor: Actor, month: date) -> dict[str, UnitView]:
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    units = organisation.list_units(actor=actor, on=last)
    return {unit.name: unit for unit in units if unit.is_opd}


def _new(run: Run, name: str, unit: UnitView | None, kind: ListKind, number: int) -> PayList:
    uid = uuid7()
    code = unit.code if unit else uid.hex[-8:]
    return PayList(
        uid=uid, reference=reference(run.month, kind, number, code), month=run.month,
        opd_id=unit.id if unit else None, opd_name=name, kind=kind.value, number=number, run=run,
        basis_id=run.basis_id,
    )  # fmt: skip


def reference(month: date, kind: ListKind, number: int, code: str) -> str:
    """The key of a list for treasury and bank: ``TPP-202610-I1-DINKES``."""
    return f"TPP-{month:%Y%m}-{_LETTERS[kind]}{number}-{code.upper()}"


def _fill(
    actor: Actor, at: datetime, run: Run, made: list[PayList], replaced: list[PayList], lists: dict[str, int]
) -> int:
    """Items and totals of new and of older lists; the steps of all rest on one seal."""
    if not made and not replaced:
        return 0
    ids = [row.pk for row in (*made, *replaced)]
    held = filling.release_bases([row.pk for row in replaced])
    moving.let_go(actor=actor, at=at, lists=[row.pk for row in replaced], why=_ANEW)
    _rows(replaced).update(run=run, signed_by=None, checked_by=None)
    open_ones = {name: list_id for name, list_id in lists.items() if list_id in ids}
    count = filling.fill(run, open_ones, held)
    filling.add_up(ids)
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    for row in made:
        reach.note(actor, row, StepKind.OPENED, basis=basis)
    for row in replaced:
        reach.note(actor, row, StepKind.REPLACED, basis=basis)
    return count


def _rows(lists: list[PayList]) -> QuerySet[PayList]:
    return PayList.objects.filter(pk__in=[row.pk for row in lists])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a supplementary list may pay, and why he is not paid yet. Amounts in rupiah."""

    slip: UUID
    person: UUID
    name: str
    unit_name: str
    gross: int
    net: int
    why: str


def list_candidates(*, actor: Actor, at: datetime, uid: UUID) -> tuple[Candidate, ...]:
    """Who of a month can be paid by a supplementary list of an OPD: held on a list that is signed, computed
    only after it was, or delayed by a month that is over. Logged. NotAllowed, PayListNotFound."""
    row = reach.found(actor, uid)
    found = tuple(candidate for candidate, _ in _candidates(actor, row))
    access.log_read(
        actor=actor, at=at, path=policies.LISTS, subjects=[candidate.person for candidate in found]
    )
    return found


def _candidates(actor: Actor, row: PayList) -> list[tuple[Candidate, Slip]]:
    newest = runs_like(row.run).first() if row.run else None
    if newest is None or not reach.is_at(row, PathState.VERIFIED):
        return []
    standing = PayItem.objects.filter(
        component="tpp", service_month=row.month, sequence=0, released_at__isnull=True
    )
    held = standing.filter(_of_office(row, "list__"), state="held").exclude(
        list__state=PathState.COMPUTED.value
    )
    reasons = dict(held.values_list("person_id", "reason"))
    states = [SlipState.COMPUTED.value, *([SlipState.DELAYED.value] if _is_over(actor, row) else [])]
    slips = (
        Slip.objects.select_related("person")
        .filter(run=newest, opd_name__in=_names(actor, row), state__in=states, person__isnull=False)
        .filter(Q(person__in=list(reasons)) | ~Q(person__in=standing.values("person")))
        .order_by("number")
    )
    return [(_candidate(slip, reasons.get(slip.person_id or 0, "")), slip) for slip in slips]


def _names(actor: Actor, row: PayList) -> set[str]:
    """How runs name a list's office: as when the list was opened, and as it was corrected since."""
    units = _units_by_name(actor, row.month).values() if row.opd_id else ()
    return {row.opd_name, *(unit.name for unit in units if unit.id == row.opd_id)}


def _is_over(actor: Actor, row: PayList) -> bool:
    """What is delayed by a month is paid with the next: from the month after that on."""
    later = (row.month + timedelta(days=62)).replace(day=1)
    return actor.on >= later


def _candidate(slip: Slip, reason: str) -> Candidate:
    why = f"Ditangguhkan: {reason}" if reason else slip.reason or "Dihitung sesudah daftar induk tertutup"
    person: Any = slip.person  # the query asks for those who have one
    return Candidate(slip.uid, person.uid, slip.name, slip.unit_name, slip.gross or 0, slip.net or 0, why)


@transaction.atomic
def open_supplementary(*, actor: Actor, at: datetime, uid: UUID, people: Collection[UUID]) -> UUID:
    """Pay people of an OPD's month by a supplementary list; one that nobody has signed takes them too.

    ``people`` are persons among the candidates; others are left out. NotAllowed, PayListNotFound,
    NobodyChosen, NotOneself, MonthWritten.
    """
    main = reach.found(actor, uid)
    policies.require_over(actor, policies.PREPARE, reach.path_of(main, actor.on))
    hold_closing(main.month)
    chosen = [slip for candidate, slip in _candidates(actor, main) if candidate.person in people]
    if not chosen:
        raise NobodyChosen("susulan")
    if not near(actor.person_id).isdisjoint(slip.person_id for slip in chosen):
        raise NotOneself
    run = chosen[0].run
    row = unsigned(main, ListKind.SUPPLEMENTARY, main.month, run=run, basis=run.basis_id)
    bases = PayItem.objects.filter(
        component="tpp", service_month=main.month, sequence=0, released_at__isnull=True, state="held"
    )
    bases.filter(person__in=[slip.person_id for slip in chosen]).update(released_at=at)
    dead = list_dead(actor=actor, person_ids=[slip.person_id or 0 for slip in chosen])
    PayItem.objects.bulk_create(_item(row, slip, dead) for slip in chosen)
    filling.add_up([row.pk])
    moving.let_go(actor=actor, at=at, lists=[row.pk], why=MORE)
    row.refresh_from_db()
    step = reach.note(actor, row, StepKind.OPENED, note=f"{len(chosen)} orang dari {main.reference}")
    reach.tell(actor, row, step)
    return row.uid


def unsigned(origin: PayList, kind: ListKind, month: date, *, run: Run | None, basis: int) -> PayList:
    """The list of a kind of the office of another list that is not signed yet, or a new one with the next
    number."""
    same = PayList.objects.filter(_of_office(origin), month=month, kind=kind.value)
    waiting = same.select_for_update().filter(state=PathState.COMPUTED.value).first()
    if waiting is not None:
        return waiting
    number = 1 + (same.aggregate(last=Max("number"))["last"] or 0)
    code = origin.opd.code if origin.opd else origin.uid.hex[-8:]
    return PayList.objects.create(
        uid=uuid7(), reference=reference(month, kind, number, code), month=month, opd_id=origin.opd_id,
        opd_name=origin.opd_name, kind=kind.value, number=number, run=run, basis_id=basis,
    )  # fmt: skip


def _of_office(row: PayList, prefix: str = "") -> Q:
    """Lists of the same office: of its unit, whatever it was called, or of its name alone."""
    by_unit = Q(**{f"{prefix}opd_id": row.opd_id}) if row.opd_id else Q()
    return by_unit or Q(**{f"{prefix}opd_name": row.opd_name})


def _item(row: PayList, slip: Slip, dead: Collection[int]) -> PayItem:
    known: Any = slip  # of somebody whom the register knows, with amounts: the query asks for no other
    return PayItem(
        uid=uuid7(), list=row, person_id=known.person_id, slip=slip, nip=slip.nip, name=slip.name,
        service_month=row.month, gross=known.gross, tax=known.tax, health=known.health, net=known.net,
        payee=(Payee.HEIR if slip.payee or slip.person_id in dead else Payee.OWN).value,
    )  # fmt: skip
