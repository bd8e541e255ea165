"""What was paid of a month: each base payment, with all that was posted for it since."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.pay import policies
from pamong.pay.choices import Component, PathState
from pamong.pay.errors import MonthNotPaid
from pamong.pay.models import PayList
from pamong.pay.payable import runs_like

# Everybody whose base payment of a month is paid, with all that was posted since.
_PAID = """
SELECT i.id, i.person_id, i.nip, i.slip_id, l.run_id,
  i.gross + COALESCE(d.gross, 0), i.tax + COALESCE(d.tax, 0), i.health + COALESCE(d.health, 0),
  COALESCE(d.last, 0)
FROM pay_payitem i JOIN pay_paylist l ON l.id = i.list_id AND l.state = 'paid'
LEFT JOIN (
  SELECT base_id, sum(gross)::bigint AS gross, sum(tax)::bigint AS tax, sum(health)::bigint AS health,
    max(sequence) AS last
  FROM pay_difference WHERE service_month = %(month)s GROUP BY base_id
) d ON d.base_id = i.id
WHERE i.service_month = %(month)s AND i.component = %(component)s AND i.sequence = 0
  AND i.released_at IS NULL AND i.state = 'included'
ORDER BY i.id
"""


class Base(NamedTuple):
    """A paid base payment, with what was posted for it since."""

    item: int
    person: int
    nip: str
    slip: int
    run: int
    gross: int
    tax: int
    health: int
    last: int


def bases_of(month: date) -> list[Base]:
    """The paid bases of a month. MonthNotPaid."""
    with connection.cursor() as cursor:
        cursor.execute(_PAID, {"month": month, "component": Component.TPP.value})
        bases = [Base(*row) for row in cursor.fetchall()]
    if not bases:
        raise MonthNotPaid(format_month(month.year, month.month))
    return bases


def newest_run(*, actor: Actor, month: date) -> UUID:
    """The newest computation of a paid month of the kind by which it was paid.

    NotAllowed, MonthNotPaid.
    """
    policies.require_run(actor)
    paid = PayList.objects.filter(month=month, state=PathState.PAID.value, run__isnull=False)
    row = paid.select_related("run").order_by("-id").first()
    if row is None or row.run is None:
        raise MonthNotPaid(format_month(month.year, month.month))
    return runs_like(row.run)[0].uid
