"""Reads of differences: by month and cause, one as a story, those of a slip, and why a figure is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError
from pamong.law.engine.explain import Reason, explain
from pamong.leave.queries import LeaveChange, list_changes
from pamong.pay import policies
from pamong.pay.calculation import MonthLaw, days_of, events_of, month_law, segments_of
from pamong.pay.choices import DifferenceCause, DifferenceState, ListKind, PathState
from pamong.pay.differences.amounts import Amount
from pamong.pay.differences.shapes import (
    CauseRow,
    DifferenceRow,
    LineView,
    MonthRow,
    OpdSum,
    PartView,
    Story,
)
from pamong.pay.errors import DifferenceNotFound, LawMoved
from pamong.pay.models import Difference, DifferenceLine, PayList
from pamong.pay.queries.shared import page_of, whole
from pamong.pay.rows import Page
from pamong.people import queries as people

_LEFT = """
SELECT d.id, d.service_month, d.net, d.net - COALESCE(p.net, 0) + COALESCE(e.amount, 0) AS left_over,
  COALESCE(p.unpaid, false) AS unpaid, o.uid AS owed,
  (d.gross, d.tax, d.health) = (COALESCE(p.gross, 0), COALESCE(p.tax, 0), COALESCE(p.health, 0)) AS placed
FROM pay_difference d
LEFT JOIN pay_overpayment o ON o.difference_id = d.id
LEFT JOIN LATERAL (
  SELECT sum(amount)::bigint AS amount FROM pay_deposit WHERE overpayment_id = o.id
) e ON true
LEFT JOIN LATERAL (
  SELECT sum(q.net)::bigint AS net, sum(q.gross)::bigint AS gross, sum(q.tax)::bigint AS tax,
    sum(q.health)::bigint AS health, bool_or(l.state <> 'paid') AS unpaid
  FROM pay_differencepart q LEFT JOIN pay_payitem i ON i.id = q.item_id
  LEFT JOIN pay_paylist l ON l.id = i.list_id
  WHERE q.difference_id = d.id AND i.released_at IS NULL
) p ON true
"""
_MONTHS = f"""
SELECT service_month, count(*), sum(GREATEST(net, 0))::bigint, sum(LEAST(net, 0))::bigint,
  sum(left_over)::bigint
FROM ({_LEFT}) x GROUP BY service_month ORDER BY service_month DESC
"""  # noqa: S608 (our own text)
# What pages tell of differences beside their own rows, in one look: what is left of each, where it went, the
# lines with their causes, and what differed before.
_KNOWN = f"""
SELECT x.id, x.left_over, x.unpaid, x.placed, x.owed, EXISTS (SELECT FROM people_employment e
    WHERE e.person_id = d.person_id AND e.superseded_at IS NULL AND e.end_reason = 'died'),
  COALESCE(b.gross, 0), COALESCE(b.tax, 0), COALESCE(b.health, 0),
  COALESCE(n.lines, '[]'), COALESCE(w.parts, '[]')
FROM ({_LEFT} WHERE d.id = ANY(%(ids)s)) x
JOIN pay_difference d ON d.id = x.id
LEFT JOIN LATERAL (
  SELECT sum(gross)::bigint AS gross, sum(tax)::bigint AS tax, sum(health)::bigint AS health
  FROM pay_difference WHERE base_id = d.base_id AND sequence < d.sequence
) b ON true
LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_array(cause, gross, tax, health, changes) ORDER BY number) AS lines
  FROM pay_differenceline WHERE difference_id = x.id
) n ON true
LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_array(q.net, l.reference, l.month, l.kind, l.state) ORDER BY q.id) AS parts
  FROM pay_differencepart q LEFT JOIN pay_payitem i ON i.id = q.item_id
  LEFT JOIN pay_paylist l ON l.id = i.list_id
  WHERE q.difference_id = x.id AND i.released_at IS NULL
) w ON true
"""  # noqa: S608 (our own text)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is left of a difference and what became of it; whether its person died; what differed before; its
    lines and parts."""

    left: int
    state: DifferenceState
    overpayment: UUID | None
    died: bool
    before: Amount
    lines: tuple[LineView, ...]
    parts: tuple[PartView, ...]


def list_months(*, actor: Actor) -> tuple[MonthRow, ...]:
    """The months of service that have differences, the newest first; names nobody. NotAllowed."""
    whole(actor)
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS)
        return tuple(MonthRow(*row) for row in cursor.fetchall())


def list_paid_months(*, actor: Actor) -> tuple[date, ...]:
    """The months of which a list is paid, the newest first. NotAllowed."""
    whole(actor)
    paid = PayList.objects.filter(state=PathState.PAID.value).exclude(kind=ListKind.ARREARS.value)
    return tuple(paid.order_by("-month").values_list("month", flat=True).distinct())


def get_profile(*, actor: Actor, uid: UUID) -> str:
    """The region by whose law a difference was found; tells nothing of the person. DifferenceNotFound."""
    row = _readable(actor, uid)
    if row.base.slip is None:
        raise DifferenceNotFound
    return row.base.slip.run.profile


def list_causes(*, actor: Actor, month: date) -> tuple[CauseRow, ...]:
    """What each cause changes in a month, in the order of the causes; names nobody. NotAllowed."""
    whole(actor)
    rows = (
        DifferenceLine.objects.filter(difference__service_month=month)
        .values("cause")
        .annotate(people=Count("difference__person", distinct=True), net=Sum("net"))
    )
    found = {row["cause"]: CauseRow(DifferenceCause(row["cause"]), row["people"], row["net"]) for row in rows}
    return tuple(found[cause.value] for cause in DifferenceCause if cause.value in found)


def list_offices(*, actor: Actor, month: date) -> tuple[OpdSum, ...]:
    """What a month's differences come to by the office that paid the month; names nobody. NotAllowed."""
    whole(actor)
    rows = (
        Difference.objects.filter(service_month=month)
        .values("base__list__opd_name")
        .annotate(people=Count("person", distinct=True), net=Sum("net"))
        .order_by("base__list__opd_name")
    )
    return tuple(OpdSum(row["base__list__opd_name"], row["people"], row["net"]) for row in rows)


def list_differences(
    *, actor: Actor, at: datetime, month: date, cause: str = "", opd: str = "", page: int = 1
) -> Page[DifferenceRow]:
    """A page of a month's differences by office and name; logged as a look at their pay. NotAllowed."""
    whole(actor)
    rows = _rows().filter(service_month=month).order_by("base__list__opd_name", "base__name", "id")
    if cause:
        rows = rows.filter(lines__cause=cause)
    if opd:
        rows = rows.filter(base__list__opd_name=opd)
    found = page_of(rows, page, lambda row: row)
    known = _known(found.rows)
    told = tuple(_row(row, known[row.pk]) for row in found.rows)
    _log(actor, at, (row.person for row in told))
    return Page(told, found.number, found.pages, found.total)


def get_story(*, actor: Actor, at: datetime, uid: UUID) -> Story:
    """One difference with its causes and where it went. NotAllowed; DifferenceNotFound for another's too."""
    row = _found(actor, at, uid)
    return _stories(actor, [row], _leaves(actor, row))[0]


def list_of_slip(*, actor: Actor, slip: UUID) -> tuple[Story, ...]:
    """What a slip was followed by, the oldest first. Whoever reads the slip (and is logged) reads these."""
    access.scoped(actor, policies.READ)
    rows = list(_rows().filter(base__slip__uid=slip).order_by("sequence"))
    return tuple(_stories(actor, rows)) if rows and _may_read(actor, rows[0]) else ()


def explain_difference(*, actor: Actor, at: datetime, uid: UUID, code: str = "tpp_net") -> Reason:
    """*Dari mana angka ini?* for what the month comes to with a difference, from the facts kept with it.

    DifferenceNotFound; LawMoved if the law that is loaded is no longer the one under which it was found.
    """
    row = _found(actor, at, uid)
    law = _law_of(row)
    if code not in law.plan.outputs:
        raise DifferenceNotFound
    facts = json.loads(row.facts)
    trace = law.plan.trace(
        facts["person"],
        segment=segments_of(facts),
        event=events_of(facts),
        day=list(days_of(facts, law.month, tuple(facts["files"]))),
    )
    return explain(trace.value(code))


def _law_of(row: Difference) -> MonthLaw:
    run = row.base.slip.run if row.base.slip else None
    if run is None:
        raise LawMoved
    period = month_period(row.service_month.year, row.service_month.month)
    try:
        law = month_law(run.profile, run.overlay, period)
        same = law.fingerprint == row.fingerprint
    except LawError as error:
        raise LawMoved from error
    if not same:
        raise LawMoved
    return law


def _rows() -> QuerySet[Difference]:
    return Difference.objects.select_related("person", "base__list", "base__slip__run__basis")


def _found(actor: Actor, at: datetime, uid: UUID) -> Difference:
    row = _readable(actor, uid)
    if row.person_id != actor.person_id:
        _log(actor, at, [row.person.uid])
    return row


def _readable(actor: Actor, uid: UUID) -> Difference:
    access.scoped(actor, policies.READ)
    row = _rows().filter(uid=uid).first()
    if row is None or not _may_read(actor, row):
        raise DifferenceNotFound
    return row


def _may_read(actor: Actor, row: Difference) -> bool:
    if policies.reads_all(actor) or row.person_id == actor.person_id:
        return True
    return people.within(actor, policies.READ, row.person_id)


def _log(actor: Actor, at: datetime, subjects: Iterable[UUID]) -> None:
    access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=subjects)


def _known(rows: Sequence[Difference]) -> Mapping[int, _Known]:
    """By difference."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"ids": [row.pk for row in rows]})
        return {row[0]: _told(*row[1:]) for row in cursor.fetchall()}


def _told(left: int, unpaid: bool, placed: bool, owed: UUID | None, died: bool, *more: Any) -> _Known:
    *before, lines, parts = more
    return _Known(
        left,
        _state(left=left, unpaid=unpaid, owed=owed is not None, placed=placed),
        owed,
        died,
        Amount(*before),
        tuple(_line(*line) for line in json.loads(lines)),
        tuple(_part(*part) for part in json.loads(parts)),
    )


def _state(*, left: int, unpaid: bool, owed: bool, placed: bool) -> DifferenceState:
    if owed:
        return DifferenceState.OWED if left else DifferenceState.SETTLED
    if not placed:
        return DifferenceState.WAITING
    return DifferenceState.PLACED if unpaid else DifferenceState.SETTLED


def _row(row: Difference, known: _Known) -> DifferenceRow:
    return DifferenceRow(
        uid=row.uid, person=row.person.uid, nip=row.base.nip, name=row.base.name,
        opd_name=row.base.list.opd_name, month=row.service_month, sequence=row.sequence, gross=row.gross,
        net=row.net, left=known.left, state=known.state, causes=tuple(line.cause for line in known.lines),
    )  # fmt: skip


def _stories(actor: Actor, rows: Sequence[Difference], leaves: tuple[LeaveChange, ...] = ()) -> list[Story]:
    """``leaves``: what became known of leave, which the page of one difference tells."""
    known = _known(rows)
    may_open = bool(policies.may_run(actor)) and actor.user_id is not None
    return [_story(actor, row, known[row.pk], leaves, may_open=may_open) for row in rows]


def _story(
    actor: Actor, row: Difference, known: _Known, leaves: tuple[LeaveChange, ...], *, may_open: bool
) -> Story:
    own = row.person_id == actor.person_id
    return Story(
        row=_row(row, known),
        before=Amount(row.base.gross, row.base.tax, row.base.health) + known.before,
        amount=Amount(row.gross, row.tax, row.health),
        lines=known.lines,
        parts=known.parts,
        slip=row.base.slip.uid,  # type: ignore[union-attr]
        base_list=row.base.list.uid,
        posted_at=row.recorded_at,
        overpayment=known.overpayment,
        own=own,
        died=known.died,
        leaves=leaves,
        may_open=may_open and known.overpayment is None and known.left < 0 and not own,
    )


def _leaves(actor: Actor, row: Difference) -> tuple[LeaveChange, ...]:
    """What became known of his leave since the run that paid him had its facts."""
    run = row.base.slip.run if row.base.slip else None
    if run is None:
        return ()
    month = month_period(row.service_month.year, row.service_month.month)
    return tuple(
        list_changes(
            actor=actor, person=row.person_id, month=month.start, end=month.end or month.start,
            after=run.basis.at, until=row.recorded_at,
        )
    )  # fmt: skip


def _line(cause: str, gross: int, tax: int, health: int, changes: Sequence[Sequence[str]]) -> LineView:
    told = tuple((what, old, new) for what, old, new in changes)
    return LineView(DifferenceCause(cause), Amount(gross, tax, health), told)


def _part(net: int, reference: str | None, month: str, kind: str, state: str) -> PartView:
    """A part of a difference; without a reference it is on no list."""
    if reference is None:
        return PartView(net=net, reference="", month=None, kind=None, state=None)
    return PartView(net, reference, date.fromisoformat(month), ListKind(kind), PathState(state))
