"""Somebody's own leave: what is left and why, what was asked for, and what he can ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance.choices import ExcuseKind, ExcusePart
from pamong.decisions.queries import OrderRef, orders_of
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law import leave as law
from pamong.law.engine.plan import Law
from pamong.leave import policies
from pamong.leave.applicants import Facts, read_facts
from pamong.leave.choices import KINDS
from pamong.leave.histories import policy_of, read_history, shares_of
from pamong.leave.lots import Balance, balance
from pamong.leave.models import LeaveEntry
from pamong.ledger.choices import PaperAct, PaperState
from pamong.ledger.sql import fetch

MOST = 100
_CONTACT = (
    "SELECT address, phone FROM people_contact WHERE person_id = %(person)s AND superseded_at IS NULL "
    "AND period @> %(on)s::date"
)


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """A leave as its owner sees it. ``days`` are those that count, None where they are not known;
    ``decision`` is what it was asked by, None where an office entered it. ``order`` is the paper that grants
    it, or by which it was annulled, and ``number`` its number. ``may_end``: he may ask to end it."""

    document: UUID
    decision: UUID | None
    kind: ExcuseKind
    period: Period
    part: ExcusePart
    days: Fraction | None
    state: PaperState
    cancelled: bool
    number: str
    basis: int | None
    may_end: bool
    order: UUID | None = None


@dataclass(frozen=True, slots=True)
class OwnLeave:
    """One's leave on a day. ``balance`` None: annual leave can't be told, and ``unknown`` says why.

    ``kinds`` are what the law of his status gives him; ``address`` and ``phone`` what a form begins with.
    """

    on: date
    status: str
    balance: Balance | None
    unknown: str
    kinds: Sequence[ExcuseKind]
    entries: Sequence[OwnEntry]


@dataclass(frozen=True, slots=True)
class Contact:
    """Where somebody is reached, as his form begins."""

    address: str = ""
    phone: str = ""


def get_own_leave(*, actor: Actor, rules: Law) -> OwnLeave:
    """The actor's leave as of his day. ``NotAllowed`` without a person behind the account."""
    person = _own(actor)
    facts = read_facts(person, actor.on)
    found, unknown = _balance(actor, rules, facts)
    known = LeaveEntry.objects.filter(person_id=person).exclude(state=PaperState.REPLACED.value)
    rows = list(known.order_by("-period", "-id")[:MOST])
    orders = orders_of({uid for row in rows for uid in (row.decision, row.document) if uid is not None})
    entries = tuple(_entry(row, actor.on, orders) for row in rows)
    return OwnLeave(actor.on, facts.status, found, unknown, kinds_of(rules, facts, actor.on), entries)


def kinds_of(rules: Law, facts: Facts, on: date) -> tuple[ExcuseKind, ...]:
    """What the law gives to somebody's status, in the order of the form."""
    found = law.kinds(rules, facts.status, on)
    return tuple(kind for kind in KINDS if found is not None and kind.value in found.value)


def get_own_kinds(*, actor: Actor, rules: Law) -> tuple[ExcuseKind, ...]:
    """What the actor can ask for. ``NotAllowed``."""
    return kinds_of(rules, read_facts(_own(actor), actor.on), actor.on)


def get_own_contact(*, actor: Actor) -> Contact:
    """Where the actor is reached. ``NotAllowed``."""
    found = fetch(_CONTACT, {"person": _own(actor), "on": actor.on})
    return Contact(*(str(value or "") for value in found[0])) if found else Contact()


def _own(actor: Actor) -> int:
    access.require(actor, policies.READ)
    if actor.person_id is None:
        raise NotAllowed("Akun Anda belum terhubung dengan data pegawai. Hubungi operator sistem.")
    return actor.person_id


def _balance(actor: Actor, rules: Law, facts: Facts) -> tuple[Balance | None, str]:
    if not facts.status or facts.service is None:
        return None, "Status kepegawaian Anda tidak mempunyai aturan cuti yang terbaca."
    policy = policy_of(rules, facts, actor.on)
    history = read_history(actor, rules, facts)
    if policy is None:
        return None, "Status kepegawaian Anda tidak mempunyai cuti tahunan."
    if history is None:
        return None, "Hari kerja Anda belum diketahui, jadi sisa cuti belum dapat dihitung."
    return balance(policy, history, actor.on), ""


def _entry(row: LeaveEntry, on: date, orders: Mapping[UUID, OrderRef]) -> OwnEntry:
    days = shares_of(row.days) if row.days else None
    period = Period(row.period.lower, row.period.upper)
    held = {day: share for day, share in (days or {}).items() if period.contains(day)}
    holds = row.state == PaperState.VERIFIED.value and row.act != PaperAct.CANCEL.value
    # What shortens a leave has no paper of its own: the one that granted it stays his.
    order = orders.get(row.decision) if row.decision else None
    order = order or orders.get(row.document)
    return OwnEntry(
        row.document, row.decision, ExcuseKind(row.kind), period, ExcusePart(row.part),
        sum(held.values(), Fraction(0)) if days is not None else None, PaperState(row.state),
        row.act == PaperAct.CANCEL.value and row.state == PaperState.VERIFIED.value,
        order.number if order else row.number, row.basis_id,
        holds and row.decision is not None and row.period.upper - timedelta(days=1) >= on,
        order.uid if order else None,
    )  # fmt: skip
