"""Reads of the path: a month with its stages, one list with its story, where a slip of one's own stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, QuerySet, When

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.access.policies import Answer
from pamong.kernel.actor import Actor
from pamong.ledger.choices import SealKind
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
from pamong.pay.path.arrears import count_arrears
from pamong.pay.path.shapes import (
    Beside,
    FileOut,
    ItemRow,
    ListRow,
    ListView,
    MonthView,
    RunChoice,
    Stage,
    StepRow,
)
from pamong.pay.path.turns import next_of
from pamong.pay.payable import runs_like
from pamong.pay.queries.shared import region

_DAYS = re.compile(r"^\d+ (?=hari )")  # how many days a reason begins with
_NAMED = 20  # of those left out for one reason
# Everybody on a list, with his account, and whether the newest run computed something else for him: the
# amounts, or the facts behind them.
_ITEMS = """
WITH newest AS (
  SELECT max(r.id) AS id FROM pay_paylist l JOIN pay_run o ON o.id = l.run_id CROSS JOIN pay_run r
  WHERE l.id = %(list)s AND r.month = l.month AND r.profile = o.profile
    AND r.state = 'published' AND r.mode = o.mode
)
SELECT i.uid, p.id, p.uid, was.uid, i.nip, i.name, i.service_month, i.sequence, i.gross, i.tax, i.health,
  i.net, i.state, i.reason, i.payee,
  i.payee = 'own' AND EXISTS (
    SELECT 1 FROM people_bankaccount b
    WHERE b.person_id = i.person_id AND b.superseded_at IS NULL AND b.period @> %(on)s::date),
  COALESCE(was.run_id < newest.id AND (s.state, s.gross, s.tax, s.health, now.facts)
    IS DISTINCT FROM (was.state, was.gross, was.tax, was.health, before.facts), FALSE)
FROM pay_payitem i CROSS JOIN newest JOIN people_person p ON p.id = i.person_id
LEFT JOIN pay_slip was ON was.id = i.slip_id
LEFT JOIN pay_slipinput before ON before.slip_id = was.id AND was.run_id < newest.id
LEFT JOIN pay_slip s ON s.run_id = newest.id AND s.nip = i.nip AND was.run_id < newest.id
LEFT JOIN pay_slipinput now ON now.slip_id = s.id
WHERE i.list_id = %(list)s AND i.released_at IS NULL
ORDER BY was.number, i.name, i.service_month, i.sequence
"""


def list_months(*, actor: Actor) -> tuple[date, ...]:
    """The months that have lists, and for who may make lists those of runs, the newest first. NotAllowed."""
    access.require(actor, policies.LISTS)
    made = PayList.objects.order_by().values_list("month", flat=True)
    runs = _runs().order_by().values_list("month", flat=True)
    return tuple(sorted(set(made.union(runs) if policies.may_run(actor) else made), reverse=True))


def open_month(*, actor: Actor, month: date) -> MonthView:
    """A month's path, as far as it concerns the actor; names nobody. NotAllowed."""
    months = list_months(actor=actor)
    found = _both(actor, month)
    rows = tuple(_rows(found, month))
    own = [row for row in found if row.month == month]
    run = _run_of(month, own)
    before = [row.gross_before for row in rows if row.gross_before is not None]
    whole = bool(policies.may_over(actor, policies.LISTS, ""))
    return MonthView(
        month=month,
        months=months,
        stages=tuple(_stage(state, rows) for state in PathState),
        lists=rows,
        beside=_beside(run) if run and whole else (),
        run=_choice(run, own),
        other=_choice(_other(run, own), own),
        gross=sum(row.gross for row in rows),
        gross_before=sum(before) if before else None,
        may_open=policies.may_run(actor),
    )


def _run_of(month: date, lists: Sequence[PayList]) -> Run | None:
    """The run from which a month's lists are made: of the kind that they rest on, else rather a real one."""
    made = next((row.run for row in lists if row.run), None)
    if made is not None:
        return runs_like(made).first()
    example = Case(When(mode=Mode.DEMO.value, then=1), default=0)
    return _runs().filter(month=month).order_by(example, "-id").first()


def _other(run: Run | None, lists: Sequence[PayList]) -> Run | None:
    """The newest run of another kind than that of the lists, where it is newer and none of them is signed. An
    example takes the place of examples alone."""
    own = [row for row in lists if row.kind != ListKind.ARREARS.value]
    if run is None or not own or any(row.state != PathState.COMPUTED.value for row in own):
        return None
    newer = _runs().filter(month=run.month, pk__gt=run.pk).exclude(mode=run.mode, profile=run.profile)
    if run.mode != Mode.DEMO.value:
        newer = newer.exclude(mode=Mode.DEMO.value)
    return newer.order_by("-id").first()


def _runs() -> QuerySet[Run]:
    return Run.objects.filter(state=RunState.PUBLISHED.value).exclude(mode=Mode.SHADOW.value)


def _both(actor: Actor, month: date) -> list[PayList]:
    """The lists of a month and of the one before, by office and kind."""
    earlier = (month - timedelta(days=1)).replace(day=1)
    rows = PayList.objects.filter(month__in=[earlier, month]).order_by("opd_name", "id")
    return reach.within(actor, budgets.with_budget(rows))


def _rows(found: list[PayList], month: date) -> Iterator[ListRow]:
    """Those of the month, each main list beside that of the month before."""
    main = ListKind.MAIN.value
    before = {row.opd_name: row.gross for row in found if row.month != month and row.kind == main}
    for row in found:
        if row.month == month:
            yield list_row(row, before.get(row.opd_name) if row.kind == main else None, budgets.over(row))


def list_row(row: PayList, before: int | None = None, over: int = 0) -> ListRow:
    """A list as a row."""
    return ListRow(
        uid=row.uid, reference=row.reference, month=row.month, opd_name=row.opd_name,
        kind=ListKind(row.kind), number=row.number, state=PathState(row.state), people=row.people,
        held=row.held, gross=row.gross, tax=row.tax, health=row.health, net=row.net,
        entered=reach.is_begun(row), spm_number=row.spm_number, spm_on=row.spm_on,
        sp2d_number=row.sp2d_number, sp2d_on=row.sp2d_on, gross_before=before, over_budget=over,
    )  # fmt: skip


def _stage(state: PathState, rows: Sequence[ListRow]) -> Stage:
    own = [row for row in rows if row.state is state]
    people, held, gross = (sum(getattr(row, name) for row in own) for name in ("people", "held", "gross"))
    return Stage(state, len(own), people, held, gross)


def _choice(run: Run | None, lists: Sequence[PayList]) -> RunChoice | None:
    if run is None or run.published_at is None:
        return None
    open_ones = [row for row in lists if row.state == PathState.COMPUTED.value and row.kind == "main"]
    newer = any((row.run_id or 0) < run.pk for row in open_ones)
    meant = f"{region(run.profile)[0]}, {Mode(run.mode).label.lower()}"
    return RunChoice(run.uid, meant, run.published_at, run.computed, newer)


def _beside(run: Run) -> tuple[Beside, ...]:
    """Whom a run leaves out of the lists, by state and reason, the most first."""
    rows = _left_out(run).values_list("state", "reason").annotate(people=Count("id"))
    return _together((state, reason, people, ()) for state, reason, people in rows)


def _beside_list(row: PayList) -> tuple[tuple[Beside, ...], list[UUID]]:
    """The same of one list's office with their names, and who they are."""
    if row.run is None or row.state != PathState.COMPUTED.value:
        return (), []
    rows = _left_out(row.run).filter(opd_name=row.opd_name).order_by("name")
    found = list(rows.values_list("state", "reason", "name", "person__uid"))
    told = _together((state, reason, 1, (name,)) for state, reason, name, _ in found)
    named = {name for each in told for name in each.names}
    return told, [uid for *_, name, uid in found if uid and name in named]


def _left_out(run: Run) -> QuerySet[Slip]:
    return Slip.objects.filter(run=run).exclude(state=SlipState.COMPUTED.value, person__isnull=False)


def _together(rows: Iterable[tuple[str, str, int, tuple[str, ...]]]) -> tuple[Beside, ...]:
    """Rows of state, reason, people and names by what their reasons end in."""
    counts: Counter[tuple[str, str]] = Counter()
    named: dict[tuple[str, str], list[str]] = {}
    for state, reason, people, names in rows:
        key = state, _DAYS.sub("", reason)
        counts[key] += people
        named.setdefault(key, []).extend(names)
    found = [
        Beside(state, _named_reason(ending), people, ending, tuple(named[state, ending][:_NAMED]))
        for (state, ending), people in counts.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.people, each.reason)))


def _named_reason(ending: str) -> str:
    return ending[:1].upper() + ending[1:] if ending else "Belum ada di data kepegawaian"


def open_list(*, actor: Actor, at: datetime, uid: UUID) -> ListView:
    """One list with everybody on it; logged as a look at their pay. NotAllowed, PayListNotFound."""
    row = reach.found(actor, uid)
    items = _items(actor, row)
    beside, left_out = _beside_list(row)
    seen = [item.person for item in items if not item.own] + left_out
    access_services.log_read(actor=actor, at=at, path=policies.LISTS, subjects=seen)
    path = reach.path_of(row, actor.on)
    steps = ListStep.objects.select_related("item", "basis").filter(list=row).order_by("id")
    computed, checked = row.state == PathState.COMPUTED.value, reach.is_at(row, PathState.CHECKED)
    files = PayFile.objects.filter(list=row).order_by("-id") if checked else ()
    reopens = reach.is_begun(row) and row.state != PathState.PAID.value
    return ListView(
        row=list_row(row, over=budgets.over(row)),
        items=items,
        steps=tuple(_step(step) for step in steps),
        files=tuple(_file(file) for file in files),
        next=next_of(actor, row, path),
        may_hold=_while(computed, actor, policies.PREPARE, path),
        may_reopen=_while(reopens, actor, reach.reopens(actor, row), path),
        may_add=_while(not computed and row.kind == "main", actor, policies.PREPARE, path),
        may_files=_while(checked, actor, policies.SUBMIT, path),
        arrears=count_arrears(row) if policies.may_over(actor, policies.PREPARE, path) else 0,
        budget=budgets.view_of(row),
        items_hash=row.items_hash,
        spp_number=row.spp_number,
        mode=Mode(row.run.mode) if row.run else None,
        region=region(row.run.profile)[0] if row.run else "",
        beside=beside,
        closing=row.closing,
    )


def find_list(*, actor: Actor, uid: UUID) -> ListRow:
    """A list that the actor may see, without anybody on it. NotAllowed, PayListNotFound."""
    return list_row(reach.found(actor, uid))


def _while(now: bool, actor: Actor, permission: str, path: str) -> Answer:
    """Whether the actor may, where the list allows it now."""
    return policies.may_over(actor, permission, path) if now else Answer(False, "")


def _items(actor: Actor, row: PayList) -> tuple[ItemRow, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, {"list": row.pk, "on": actor.on})
        return tuple(_item(actor, *found) for found in cursor.fetchall())


def _item(actor: Actor, uid: UUID, person_id: int, *values: Any) -> ItemRow:
    *same, state, reason, payee, account, stale = values
    own = person_id == actor.person_id
    return ItemRow(*(uid, *same, ItemState(state), reason, Payee(payee), own, account, stale))


def _step(step: ListStep) -> StepRow:
    subject = step.item.name if step.item else ""
    decision = step.basis.ref if step.basis.kind == SealKind.DECISION.value else None
    return StepRow(StepKind(step.kind), step.by_name, step.recorded_at, step.note, subject, decision)


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
