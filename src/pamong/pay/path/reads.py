"""Reads of the path: a month with its stages, one list with its story, where a slip of one's own stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.access.policies import Answer
from pamong.kernel.actor import Actor
from pamong.pay import policies
from pamong.pay.choices import (
    ItemState,
    ListKind,
    Mode,
    OutFile,
    PathState,
    Payee,
    RunState,
    SlipState,
    StepKind,
)
from pamong.pay.errors import PayListNotFound
from pamong.pay.models import ListStep, PayFile, PayItem, PayList, Run, Slip
from pamong.pay.path import budgets, reach
from pamong.pay.path.shapes import (
    Beside,
    BudgetView,
    FileOut,
    ItemRow,
    ListRow,
    ListView,
    MonthView,
    Next,
    RunChoice,
    Stage,
    StepRow,
)
from pamong.people import queries as people

_NEXT = {
    PathState.VERIFIED: (StepKind.CHECKED, policies.CHECK, "petugas BKPSDM"),
    PathState.CHECKED: (StepKind.SUBMITTED, policies.SUBMIT, "petugas unit atau perbendaharaan"),
    PathState.SUBMITTED: (StepKind.PAID, policies.TREASURY, "perbendaharaan"),
}
# Items of which the newest run computed something else: the amounts, or the facts behind them.
_STALE = """
SELECT i.id FROM pay_payitem i
JOIN pay_slip was ON was.id = i.slip_id JOIN pay_slipinput before ON before.slip_id = was.id
JOIN pay_slip s ON s.run_id = %(run)s AND s.person_id = i.person_id
LEFT JOIN pay_slipinput now ON now.slip_id = s.id
WHERE i.list_id = %(list)s AND i.released_at IS NULL AND was.run_id < %(run)s
  AND (s.state, s.gross, s.tax, s.health, before.facts)
      IS DISTINCT FROM (was.state, was.gross, was.tax, was.health, now.facts)
"""


def list_months(*, actor: Actor) -> tuple[date, ...]:
    """The months that have lists or a run to make them from, the newest first. NotAllowed."""
    access.require(actor, policies.LISTS)
    made = PayList.objects.values_list("month", flat=True).distinct()
    runs = _runs().values_list("month", flat=True).distinct() if policies.may_run(actor) else made
    return tuple(sorted({*made, *runs}, reverse=True))


def open_month(*, actor: Actor, month: date) -> MonthView:
    """A month's path, as far as it concerns the actor; names nobody. NotAllowed."""
    lists = _lists(actor, month)
    run = _runs().filter(month=month).order_by("-id").first()
    rows = tuple(lists)
    before = [row.gross_before for row in rows if row.gross_before is not None]
    return MonthView(
        month=month,
        months=list_months(actor=actor),
        stages=tuple(_stage(state, rows) for state in PathState),
        lists=rows,
        beside=_beside(run, None) if run and policies.may_over(actor, policies.LISTS, "") else (),
        run=_choice(run),
        gross=sum(row.gross for row in rows),
        gross_before=sum(before) if before else None,
        may_open=policies.may_run(actor),
    )


def _runs() -> QuerySet[Run]:
    return Run.objects.filter(state=RunState.PUBLISHED.value).exclude(mode=Mode.SHADOW.value)


def _lists(actor: Actor, month: date) -> list[ListRow]:
    """The lists of a month, by office and kind, each beside its main list of the month before."""
    earlier = (month - timedelta(days=1)).replace(day=1)
    found = reach.within(actor, PayList.objects.filter(month__in=[earlier, month]).order_by("opd_name", "id"))
    before = {row.opd_name: row.gross for row in found if row.month == earlier and row.kind == "main"}
    held = budgets.amounts(month.year)
    gone = budgets.spent(month.year) if held else {}
    return [
        list_row(row, before.get(row.opd_name) if row.kind == "main" else None, _over(row, held, gone))
        for row in found
        if row.month == month
    ]


def _over(row: PayList, held: Mapping[int, int], gone: Mapping[int, tuple[int, int]]) -> int:
    if row.opd_id is None or row.opd_id not in held or row.state == PathState.PAID.value:
        return 0
    unsigned = row.gross if row.state == PathState.COMPUTED.value else 0
    return max(0, sum(gone.get(row.opd_id, (0, 0))) + unsigned - held[row.opd_id])


def list_row(row: PayList, before: int | None = None, over: int = 0) -> ListRow:
    """A list as a row."""
    return ListRow(
        uid=row.uid, reference=row.reference, month=row.month, opd_name=row.opd_name,
        kind=ListKind(row.kind), number=row.number, state=PathState(row.state), people=row.people,
        held=row.held, gross=row.gross, tax=row.tax, health=row.health, net=row.net,
        entered=row.entered_by_id is not None, spm_number=row.spm_number, spm_on=row.spm_on,
        sp2d_number=row.sp2d_number, sp2d_on=row.sp2d_on, gross_before=before, over_budget=over,
    )  # fmt: skip


def _stage(state: PathState, rows: Sequence[ListRow]) -> Stage:
    own = [row for row in rows if row.state is state]
    return Stage(state, len(own), sum(row.people for row in own), sum(row.gross for row in own))


def _choice(run: Run | None) -> RunChoice | None:
    if run is None or run.published_at is None:
        return None
    older = PayList.objects.filter(month=run.month, kind=ListKind.MAIN.value, run__lt=run.pk)
    return RunChoice(run.uid, run.published_at, run.computed, older.exists())


def _beside(run: Run, opd: str | None) -> tuple[Beside, ...]:
    """Whom a run leaves out of the lists, by state and reason, the most first."""
    slips = Slip.objects.filter(run=run).exclude(state=SlipState.COMPUTED.value, person__isnull=False)
    if opd is not None:
        slips = slips.filter(opd_name=opd)
    rows = slips.values("state", "reason").annotate(people=Count("id")).order_by("-people", "reason")
    unknown = "Belum ada di data kepegawaian"
    return tuple(Beside(row["state"], row["reason"] or unknown, row["people"]) for row in rows)


def open_list(*, actor: Actor, at: datetime, uid: UUID) -> ListView:
    """One list with everybody on it; logged as a look at their pay. NotAllowed, PayListNotFound."""
    row = reach.found(actor, uid)
    items = _items(actor, row)
    seen = [item.person for item in items if not item.own]
    access_services.log_read(actor=actor, at=at, path=policies.LISTS, subjects=seen)
    path = reach.path_of(row, actor.on)
    steps = ListStep.objects.select_related("item").filter(list=row).order_by("id")
    computed = row.state == PathState.COMPUTED.value
    reopens = row.state not in (PathState.COMPUTED.value, PathState.PAID.value)
    return ListView(
        row=list_row(row),
        items=items,
        steps=tuple(_step(step) for step in steps),
        files=tuple(_file(file) for file in PayFile.objects.filter(list=row).order_by("-id")),
        next=_next(actor, row, path),
        may_hold=_while(computed, actor, policies.PREPARE, path),
        may_reopen=_while(reopens, actor, policies.REOPEN, path),
        may_add=_while(not computed and row.kind == "main", actor, policies.PREPARE, path),
        may_files=_while(reach.is_at(row, PathState.CHECKED), actor, policies.SUBMIT, path),
        budget=_budget(row),
        items_hash=row.items_hash,
        spp_number=row.spp_number,
        beside=_beside(row.run, row.opd_name) if row.run and row.kind == "main" else (),
    )


def _while(now: bool, actor: Actor, permission: str, path: str) -> Answer:
    """Whether the actor may, where the list allows it now."""
    return policies.may_over(actor, permission, path) if now else Answer(False, "")


def _items(actor: Actor, row: PayList) -> tuple[ItemRow, ...]:
    found = list(
        PayItem.objects.select_related("person", "slip")
        .filter(list=row, released_at__isnull=True)
        .order_by("slip__number", "name", "service_month", "sequence")
    )
    accounts = people.list_payees(actor=actor, on=actor.on, person_ids=[item.person_id for item in found])
    stale = _stale(row)
    return tuple(
        ItemRow(
            uid=item.uid, person=item.person.uid, slip=item.slip.uid if item.slip else None, nip=item.nip,
            name=item.name, service_month=item.service_month, sequence=item.sequence, gross=item.gross,
            tax=item.tax, health=item.health, net=item.net, state=ItemState(item.state),
            reason=item.reason, payee=Payee(item.payee), own=item.person_id == actor.person_id,
            account=item.person_id in accounts, stale=item.pk in stale,
        )
        for item in found
    )  # fmt: skip


def _stale(row: PayList) -> set[int]:
    if row.run is None:
        return set()
    runs = _runs().filter(month=row.month, profile=row.run.profile, id__gt=row.run_id)
    newest = runs.order_by("-id").values_list("id", flat=True).first()
    if newest is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_STALE, {"run": newest, "list": row.pk})
        return {item for (item,) in cursor.fetchall()}


def _next(actor: Actor, row: PayList, path: str) -> Next | None:
    """What comes next, and whether the actor may do it: by his rights, and as another person."""
    if row.state == PathState.PAID.value:
        return None
    if row.state == PathState.COMPUTED.value:
        first = row.entered_by_id is None
        step = StepKind.ENTERED if first else StepKind.SIGNED
        permission = policies.PREPARE if first else policies.SIGN
        who = "petugas unit" if first else "kepala OPD"
    else:
        step, permission, who = _NEXT[PathState(row.state)]
    answer = policies.may_over(actor, permission, path)
    if answer and row.people == 0:
        answer = Answer(False, "Tidak ada yang dibayar pada daftar ini.")
    parts = {StepKind.SIGNED: {row.entered_by_id}, StepKind.CHECKED: {row.entered_by_id, row.signed_by_id}}
    if answer and actor.user_id in parts.get(step, set()):
        answer = Answer(False, "Langkah ini untuk orang lain, karena Anda melakukan langkah sebelumnya.")
    if answer and actor.user_id is None:
        answer = Answer(False, "Masuk dengan akun Anda sendiri.")
    return Next(step, answer, who)


def _budget(row: PayList) -> BudgetView | None:
    if row.opd_id is None:
        return None
    amount = budgets.amounts(row.month.year).get(row.opd_id)
    if amount is None:
        return None
    used, way = budgets.spent(row.month.year).get(row.opd_id, (0, 0))
    unsigned = row.gross if row.state == PathState.COMPUTED.value else 0
    return BudgetView(amount, used, way + unsigned, amount - used - way - unsigned)


def _step(step: ListStep) -> StepRow:
    subject = step.item.name if step.item else ""
    return StepRow(StepKind(step.kind), step.by_name, step.recorded_at, step.note, subject)


def _file(file: PayFile) -> FileOut:
    return FileOut(
        file.uid, OutFile(file.kind), file.name, file.sha256, file.people, file.total, file.made_by,
        file.made_at,
    )  # fmt: skip


def list_waiting(*, actor: Actor) -> tuple[ListRow, ...]:
    """The lists of any month that wait for their SP2D, the oldest SPM first. NotAllowed."""
    access.require(actor, policies.TREASURY)
    rows = PayList.objects.filter(state=PathState.SUBMITTED.value).order_by("spm_on", "id")
    return tuple(list_row(row) for row in reach.within(actor, rows))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the payment of a slip stands: on which list, whether held there, and by what it was paid."""

    state: PathState
    held: bool
    reason: str
    reference: str
    sp2d_number: str
    sp2d_on: date | None


def standings(*, actor: Actor, slips: Sequence[UUID]) -> dict[UUID, Standing]:
    """Where slips stand that the actor has been let see, by their ids; those on no list are left out."""
    items = PayItem.objects.select_related("list", "slip").filter(
        slip__uid__in=list(slips), released_at__isnull=True
    )
    return {
        item.slip.uid: Standing(
            PathState(item.list.state), item.state == ItemState.HELD.value, item.reason,
            item.list.reference, item.list.sp2d_number, item.list.sp2d_on,
        )
        for item in items
        if item.slip is not None
    }  # fmt: skip


def file_of(*, actor: Actor, at: datetime, uid: UUID) -> tuple[str, str]:
    """Name and hash of a file that was made, for whoever may make it; logged for those whom it pays.

    NotAllowed, PayListNotFound.
    """
    file = PayFile.objects.select_related("list__opd").filter(uid=uid).first()
    if file is None:
        raise PayListNotFound
    row = reach.found(actor, file.list.uid)
    if not policies.may_over(actor, policies.SUBMIT, reach.path_of(row, actor.on)):
        raise PayListNotFound
    persons = PayItem.objects.filter(list=row, state="included", released_at__isnull=True)
    access_services.log_read(
        actor=actor, at=at, path=policies.SUBMIT, subjects=list(persons.values_list("person__uid", flat=True))
    )
    return file.name, file.sha256
