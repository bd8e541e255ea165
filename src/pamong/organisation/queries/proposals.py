"""Proposed acts on the organisation, for who proposed them and for those in whose part they lie."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.kernel.actor import Actor
from pamong.organisation import holders, policies
from pamong.organisation.choices import ActKind, ProposalState, subtree
from pamong.organisation.errors import ProposalNotFound
from pamong.organisation.sql import fetch

PAGE = 50
_COLUMNS = """
p.uid, p.kind, u.uid, COALESCE(n.name, u.code), s.uid, COALESCE(n.post, ''), p."on", p.values, p.summary,
p.reason, p.order_no, p.order_on, p.state, p.proposed_by_id, p.proposed_name, p.proposed_at, p.decided_name,
p.decided_at, p.answer, p.seat_id, n.name_now IS NOT NULL
"""
# Where the unit stands, and what it and the seat are called: today, else as they stood last.
_SOURCE = """
FROM organisation_proposal p JOIN organisation_unit u ON u.id = p.unit_id
LEFT JOIN organisation_seat s ON s.id = p.seat_id
LEFT JOIN LATERAL (
  SELECT x.path FROM organisation_unitplace x WHERE x.unit_id = p.unit_id
  ORDER BY x.period @> %(today)s::date DESC, x.period DESC LIMIT 1
) w ON TRUE
LEFT JOIN LATERAL (
  SELECT
    (SELECT r.name FROM organisation_unitrow r WHERE r.unit_id = p.unit_id
     AND r.superseded_at IS NULL AND r.period @> %(today)s::date) AS name_now,
    (SELECT r.name FROM organisation_unitrow r WHERE r.unit_id = p.unit_id
     ORDER BY r.superseded_at IS NULL DESC, r.period @> %(today)s::date DESC, r.period DESC LIMIT 1) AS name,
    (SELECT t.name FROM organisation_seatrow r JOIN organisation_post t ON t.id = r.post_id
     WHERE r.seat_id = p.seat_id
     ORDER BY r.superseded_at IS NULL DESC, r.period @> %(today)s::date DESC, r.period DESC LIMIT 1) AS post
) n ON TRUE
"""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposed act: what about which unit, and of which seat (None for none), why, by whom, how decided."""

    uid: UUID
    kind: ActKind
    unit_uid: UUID
    unit: str
    seat_uid: UUID | None
    post: str
    on: date
    values: dict[str, Any]
    summary: str
    reason: str
    order_no: str
    order_on: date | None
    state: ProposalState
    proposed_by: int
    proposed_name: str
    proposed_at: datetime
    decided_name: str
    decided_at: datetime | None
    answer: str
    refusal: str  # why the actor is no second officer for it; '' if he is
    unit_stands: bool  # today

    @property
    def subject(self) -> UUID:
        """The id of what the act is about."""
        return self.seat_uid or self.unit_uid


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One page of proposals, and which page of how many."""

    rows: Sequence[ProposalRow]
    page: int
    last: int


def list_proposals(*, actor: Actor, state: str = "waiting", page: int = 1) -> ProposalPage:
    """Proposals of the actor, and those in his part of the government; the oldest that wait first.
    ``NotAllowed`` for who changes no unit."""
    where, params = _visible(actor)
    if state:
        where, params = f"{where} AND p.state = %(state)s", params | {"state": state}
    total = int(fetch(f"SELECT count(*) {_SOURCE} WHERE {where}", params)[0][0])
    last = max(1, -(-total // PAGE))
    shown = min(max(1, page), last)
    order = "p.id" if state == ProposalState.WAITING.value else "p.id DESC"
    rows = fetch(
        f"SELECT {_COLUMNS} {_SOURCE} WHERE {where} ORDER BY {order} LIMIT %(size)s OFFSET %(skip)s",
        params | {"size": PAGE, "skip": (shown - 1) * PAGE},
    )
    return ProposalPage(_rows(actor, rows), shown, last)


def list_waiting(*, actor: Actor, subject: UUID) -> Sequence[ProposalRow]:
    """Those that wait about one unit or its seats, or about one seat. ``NotAllowed``."""
    where, params = _visible(actor)
    rows = fetch(
        f"SELECT {_COLUMNS} {_SOURCE} WHERE {where} AND p.state = 'waiting' "
        "AND (u.uid = %(subject)s OR s.uid = %(subject)s) ORDER BY p.id",
        params | {"subject": subject},
    )
    return _rows(actor, rows)


def get_proposal(*, actor: Actor, uid: UUID) -> ProposalRow:
    """One. ``NotAllowed``, ``ProposalNotFound``."""
    where, params = _visible(actor)
    rows = fetch(f"SELECT {_COLUMNS} {_SOURCE} WHERE p.uid = %(uid)s AND {where}", params | {"uid": uid})
    if not rows:
        raise ProposalNotFound
    return _rows(actor, rows)[0]


def count_to_decide(*, actor: Actor) -> int:
    """How many wait for this actor as their second officer; 0 for who changes no unit."""
    if not access_policies.may(actor, policies.CHANGE):
        return 0
    where, params = _visible(actor)
    found = fetch(
        f"SELECT count(*) {_SOURCE} WHERE {where} AND p.state = 'waiting' "
        "AND p.proposed_by_id <> %(user)s AND (p.seat_id IS NULL OR p.seat_id <> ALL(%(seats)s))",
        params | {"seats": [*actor.seats, *holders.kin_seats(actor)]},
    )
    return int(found[0][0])


def _visible(actor: Actor) -> tuple[str, dict[str, Any]]:
    scope = access.scoped(actor, policies.CHANGE)
    params = {
        "today": actor.on,
        "user": actor.user_id or 0,
        "whole": scope.whole,
        "parts": [subtree(code) for code in scope.units],
    }
    return "(p.proposed_by_id = %(user)s OR %(whole)s OR w.path ? %(parts)s::lquery[])", params


def _rows(actor: Actor, found: Sequence[tuple[Any, ...]]) -> list[ProposalRow]:
    kin = holders.kin_seats(actor) if found else ()
    return [_row(actor, row, kin) for row in found]


def _row(actor: Actor, row: tuple[Any, ...], kin: Collection[int]) -> ProposalRow:
    values: list[Any] = list(row)
    values[7] = json.loads(values[7])
    values[1], values[12] = ActKind(values[1]), ProposalState(values[12])
    values[19] = policies.may_decide(actor, values[13], values[19], kin)
    return ProposalRow(*values)
