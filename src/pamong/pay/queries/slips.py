"""Reads of slips: of a run, one's own, one with its lines, and why a figure is what it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.law.engine.explain import Reason, explain
from pamong.pay import policies
from pamong.pay.calculation import MonthLaw, days_of, events_of, segments_of
from pamong.pay.choices import Mode, RunState
from pamong.pay.errors import SlipNotFound
from pamong.pay.models import PayItem, RunFile, Slip, SlipLine
from pamong.pay.queries.shared import (
    law_of,
    line_row,
    page_of,
    run_row,
    slip_row,
    visible_run,
)
from pamong.pay.rows import (
    OwnSlip,
    Page,
    RunRow,
    SlipRow,
    SlipView,
)
from pamong.people import queries as people


def list_slips(
    *,
    actor: Actor,
    at: datetime,
    uid: UUID,
    page: int = 1,
    search: str = "",
    state: str = "",
    opd: str = "",
    reason: str = "",
) -> Page[SlipRow]:
    """A page of a run's slips by OPD, unit and name; `search` looks in names, NIP and units, `reason` is what
    the reason of a slip without an amount ends in.

    None before the run is published, though some may be written.
    """
    run = visible_run(actor, uid)
    rows = Slip.objects.filter(run=run, run__state=RunState.PUBLISHED.value).order_by("number")
    for word in search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(nip__startswith=word) | Q(unit_name__icontains=word))
    if state:
        rows = rows.filter(state=state)
    if opd:
        rows = rows.filter(opd_name=opd)
    if reason:
        rows = rows.filter(reason__endswith=reason)
    found = page_of(rows.select_related("person"), page, _with_subject)
    _log(actor, at, [subject for _, subject in found.rows])
    return Page(tuple(row for row, _ in found.rows), found.number, found.pages, found.total)


def find_slip(*, actor: Actor, uid: UUID) -> tuple[date, int]:
    """The month and number of a slip that the actor may read; nothing about anybody. SlipNotFound."""
    slip = _find_slip(actor, uid)
    return slip.run.month, slip.number


def list_own_slips(*, actor: Actor) -> tuple[OwnSlip, ...]:
    """The actor's own slips, newest month first: what a list pays of a month, else the last published run of
    it. Comparisons are left out, and what somebody tries by the rules of another region than the site's.

    Nothing for an account without a person. One's own pay needs no row in the read log.
    """
    if actor.person_id is None:
        return ()
    base = PayItem.objects.filter(slip=OuterRef("pk"), sequence=0, released_at__isnull=True)
    rows = (
        Slip.objects.select_related("run")
        .filter(person_id=actor.person_id, run__state=RunState.PUBLISHED.value)
        .exclude(run__mode=Mode.SHADOW.value)
        .annotate(is_listed=Exists(base))
        .order_by("-run__month", "-is_listed", "-run__published_at")
    )
    chosen = settings.PAMONG_PROFILE
    newest: dict[Any, Slip] = {}
    for row in rows:
        if row.is_listed or not chosen or row.run.profile == chosen:
            newest.setdefault(row.run.month, row)
    return tuple(OwnSlip(row.run.month, slip_row(row)) for row in newest.values())


def get_slip(*, actor: Actor, at: datetime, uid: UUID) -> SlipView:
    """One slip of a published run; logged as a look at that person's pay."""
    slip = see_slip(actor, at, uid)
    lines = SlipLine.objects.filter(slip=slip).order_by("number")
    return SlipView(
        slip=slip_row(slip),
        kind=slip.kind,
        post_name=slip.post_name,
        pay_group=slip.pay_group,
        ceiling=slip.ceiling,
        earned=slip.earned,
        tax=slip.tax,
        health=slip.health,
        lines=tuple(line_row(line) for line in lines),
        run=run_row(slip.run),
    )


def get_run_of_slip(*, actor: Actor, uid: UUID) -> RunRow:
    """The published run that a slip belongs to; tells nothing of the person, so nothing is logged."""
    return run_row(_find_slip(actor, uid).run)


def is_own_slip(*, actor: Actor, uid: UUID) -> bool:
    """Whether a slip is the actor's own."""
    return actor.person_id is not None and Slip.objects.filter(uid=uid, person_id=actor.person_id).exists()


def explain_slip(*, actor: Actor, at: datetime, uid: UUID, code: str = "tpp_net") -> Reason:
    """*Dari mana angka ini?* for one line of a slip, worked out again from the stored facts and the same law.

    SlipNotFound for an unknown slip or line; LawMoved if the law that is loaded is no longer that of the run.
    """
    slip = see_slip(actor, at, uid)
    month = law_of(slip.run)
    if month.not_in_force or code not in month.plan.outputs:
        raise SlipNotFound
    names = (
        RunFile.objects.filter(run=slip.run, kind="punches").order_by("number").values_list("name", flat=True)
    )
    return explain(_trace(month, json.loads(slip.input.facts), tuple(names)).value(code))


def _trace(month: MonthLaw, facts: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return month.plan.trace(
        facts["person"],
        segment=segments_of(facts),
        event=events_of(facts),
        day=list(days_of(facts, month.month, names)),
    )


def see_slip(actor: Actor, at: datetime, uid: UUID) -> Slip:
    """A slip that the actor may read, with its run; logged as a look at that person's pay. SlipNotFound."""
    slip = _find_slip(actor, uid)
    if slip.person_id is None or slip.person_id != actor.person_id:
        _log(actor, at, [_subject(slip)])
    return slip


def _find_slip(actor: Actor, uid: UUID) -> Slip:
    """A slip of a published run within the actor's scope. Whoever may not see it learns no more than that."""
    scope = access.scoped(actor, policies.READ)
    slip = (
        Slip.objects.select_related("run", "input", "person")
        .filter(uid=uid, run__state=RunState.PUBLISHED.value)
        .first()
    )
    if slip is None or not (scope.whole or _covers(actor, slip)):
        raise SlipNotFound
    return slip


def _covers(actor: Actor, slip: Slip) -> bool:
    return slip.person_id is not None and people.within(actor, policies.READ, slip.person_id)


def _log(actor: Actor, at: datetime, subjects: Iterable[UUID]) -> None:
    access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=subjects)


def _subject(slip: Slip) -> UUID:
    """Whose pay it is: the person, where the register knows him, so that he can see who looked."""
    return slip.person.uid if slip.person else slip.uid


def _with_subject(slip: Slip) -> tuple[SlipRow, UUID]:
    return slip_row(slip), _subject(slip)
