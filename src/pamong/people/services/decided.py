"""What a sealed decision does to careers. The decision's own gates and signatures are the right to do it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.problem import Problem
from pamong.ledger.choices import Act, SealKind
from pamong.people.choices import AppointmentKind
from pamong.people.queries.rows import fetch
from pamong.people.services.acts import store
from pamong.people.services.entries import refuse_blocked
from pamong.people.services.planning import Asked

_BASIS = "SELECT 1 FROM ledger_seal WHERE id = %(basis)s AND kind = %(kind)s"
_POSTS = """
SELECT a.uid FROM people_appointment a JOIN people_person p ON p.id = a.person_id
WHERE p.uid = %(person)s AND a.superseded_at IS NULL AND a.kind = ANY(%(kinds)s)
  AND a.period @> %(on)s::date AND lower(a.period) < %(on)s::date
ORDER BY a.id
"""
_TAKEN = """
SELECT min(greatest(lower(o.period), lower(n.period))) FROM people_appointment o
JOIN people_appointment n ON n.seat_id = o.seat_id AND n.person_id <> o.person_id AND n.superseded_at IS NULL
  AND n.period && o.period
  AND (n.kind = o.kind OR (n.kind = ANY(%(kinds)s) AND o.kind = ANY(%(kinds)s)))
WHERE o.superseded_basis_id = %(basis)s AND o.basis_id <> %(basis)s AND o.kind <> %(right)s
"""
_ACTING = """
SELECT p.uid, a.uid, lower(a.period) FROM people_appointment a
JOIN organisation_seat s ON s.id = a.seat_id JOIN people_person p ON p.id = a.person_id
WHERE s.uid = %(seat)s AND a.superseded_at IS NULL AND a.kind = ANY(%(kinds)s) AND a.period @> %(on)s::date
ORDER BY a.id
"""


@transaction.atomic
def appoint_decided(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    person: UUID,
    seat: UUID,
    on: date,
    order_no: str,
    order_on: date,
) -> Sequence[Problem]:
    """Put somebody into a seat for good, on the basis of a decision; who acted there ends on the same day.

    Returns the doubts. ``EntryRefused`` with everything that is wrong, nothing stored; ``NotAllowed`` for a
    basis of another kind; ``PersonNotFound``.
    """
    _require_decision(basis)
    problems = [*_end_acting(actor, basis, seat, on)]
    values = {
        "kind": AppointmentKind.REGULAR.value, "seat": seat, "order_no": order_no, "order_on": order_on
    }  # fmt: skip
    problems += store(actor, basis, person, Asked("appointment", Act.CHANGE, values, on=on))
    refuse_blocked(problems)
    return problems


@transaction.atomic
def unseat_decided(*, actor: Actor, at: datetime, basis: int, person: UUID, on: date) -> Sequence[Problem]:
    """Let somebody have his seat no longer from a day on, without another. As above."""
    return _leave(actor, basis, person, on, [AppointmentKind.REGULAR])


@transaction.atomic
def leave_posts_decided(
    *, actor: Actor, at: datetime, basis: int, person: UUID, on: date
) -> Sequence[Problem]:
    """Let somebody hold no post any more from ``on``, on the basis of a decision: neither for good nor for
    another. A right to return is no post, and stays. Returns the doubts. ``EntryRefused``, ``NotAllowed``.
    """
    posts = [kind for kind in AppointmentKind if kind is not AppointmentKind.RETURN]
    return _leave(actor, basis, person, on, posts)


def _leave(
    actor: Actor, basis: int, person: UUID, on: date, kinds: Sequence[AppointmentKind]
) -> Sequence[Problem]:
    """What he had before the day ends with the day before it."""
    _require_decision(basis)
    asked = {"person": person, "kinds": [kind.value for kind in kinds], "on": on}
    problems: list[Problem] = []
    for (row,) in fetch(_POSTS, asked):
        problems += store(actor, basis, person, Asked("appointment", Act.CHANGE, {}, row, until=on))
    refuse_blocked(problems)
    return problems


def taken_since(*, basis: int) -> date | None:
    """The first day on which another has a post that a decision took from somebody, so that it can't be his
    again; None where that is nowhere so."""
    kinds = [kind.value for kind in AppointmentKind if kind.acting]
    found = fetch(_TAKEN, {"basis": basis, "kinds": kinds, "right": AppointmentKind.RETURN.value})
    day: date | None = found[0][0]
    return day


def _require_decision(basis: int) -> None:
    if not fetch(_BASIS, {"basis": basis, "kind": SealKind.DECISION.value}):
        raise NotAllowed("Jabatan hanya dapat diberikan atau diakhiri dengan keputusan yang ditetapkan.")


def _end_acting(actor: Actor, basis: int, seat: UUID, on: date) -> Sequence[Problem]:
    """Who stands in no longer does; what would begin on that very day never begins."""
    kinds = [kind.value for kind in AppointmentKind if kind.acting]
    problems: list[Problem] = []
    for person, row, since in fetch(_ACTING, {"seat": seat, "kinds": kinds, "on": on}):
        ends = Asked("appointment", Act.CHANGE, {}, row, until=on)
        begun = since < on
        asked = ends if begun else Asked("appointment", Act.RESCIND, {}, row)
        problems += store(actor, basis, person, asked)
    return problems


__all__ = ["appoint_decided", "leave_posts_decided", "taken_since", "unseat_decided"]
