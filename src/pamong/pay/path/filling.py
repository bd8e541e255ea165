"""How lists get their items from the slips of a run, keeping what was held; and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.ids import uuid7
from pamong.ledger import bulk
from pamong.pay.choices import Component, ItemState, Payee
from pamong.pay.differences import placing
from pamong.pay.models import PayItem, PayList, Run

_COLUMNS = (
    "uid", "list_id", "person_id", "slip_id", "nip", "name", "component", "service_month", "sequence",
    "gross", "tax", "health", "net", "state", "reason", "payee",
)  # fmt: skip
# What of a run still has to be paid, on which of the lists to fill, in the order of the slips.
_PAYABLE = """
SELECT s.id, s.person_id, s.nip, s.name, s.gross, s.tax, s.health, s.net, l.id,
  s.payee <> '' OR s.person_id IN (
    SELECT person_id FROM people_employment WHERE superseded_at IS NULL AND end_reason = 'died')
FROM pay_slip s JOIN unnest(%(names)s::text[], %(lists)s::bigint[]) AS l(name, id) ON l.name = s.opd_name
WHERE s.run_id = %(run)s AND s.state = 'computed' AND s.person_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM pay_payitem i WHERE i.person_id = s.person_id AND i.component = %(component)s
                  AND i.service_month = %(month)s AND i.sequence = 0 AND i.released_at IS NULL)
ORDER BY s.number
"""
_TOTALS = """
UPDATE pay_paylist l SET people = t.people, held = t.held, gross = t.gross, tax = t.tax, health = t.health,
  net = t.net
FROM (
  SELECT p.id, count(DISTINCT i.person_id) FILTER (WHERE i.state = 'included') AS people,
    count(DISTINCT i.person_id) FILTER (WHERE i.state = 'held') AS held,
    COALESCE(sum(i.gross) FILTER (WHERE i.state = 'included'), 0) AS gross,
    COALESCE(sum(i.tax) FILTER (WHERE i.state = 'included'), 0) AS tax,
    COALESCE(sum(i.health) FILTER (WHERE i.state = 'included'), 0) AS health,
    COALESCE(sum(i.net) FILTER (WHERE i.state = 'included'), 0) AS net
  FROM pay_paylist p LEFT JOIN pay_payitem i ON i.list_id = p.id AND i.released_at IS NULL
  WHERE p.id = ANY(%(lists)s) GROUP BY p.id
) t WHERE l.id = t.id
"""


def release_bases(lists: Sequence[int]) -> dict[int, str]:
    """Let the base payments on lists that are not signed go; who was held and why, by the person's id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pay_payitem SET released_at = clock_timestamp() WHERE list_id = ANY(%s) AND sequence = 0 "
            "AND released_at IS NULL RETURNING person_id, reason",
            [list(lists)],
        )
        return {person: reason for person, reason in cursor.fetchall() if reason}


def fill(run: Run, lists: Mapping[str, int], held: dict[int, str]) -> int:
    """Put everybody whom a run computed, and who stands on no list yet, on his office's list; how many.
    The lists go by the names that the run gives the offices."""
    asked: dict[str, Any] = {"run": run.pk, "month": run.month, "component": Component.TPP.value}
    with connection.cursor() as cursor:
        cursor.execute(_PAYABLE, asked | {"names": list(lists), "lists": list(lists.values())})
        found = cursor.fetchall()
    bulk.copy_rows(PayItem, _COLUMNS, (_row(run, each, held.get(each[1], "")) for each in found))
    return len(found)


def _row(run: Run, slip: tuple[Any, ...], reason: str) -> list[Any]:
    number, person, nip, name, gross, tax, health, net, list_id, to_heirs = slip
    state = ItemState.HELD if reason else ItemState.INCLUDED
    return [
        uuid7(), list_id, person, number, nip, name, Component.TPP.value, run.month, 0,
        gross, tax, health, net, state.value, reason, (Payee.HEIR if to_heirs else Payee.OWN).value,
    ]  # fmt: skip


def add_up(lists: Iterable[int]) -> None:
    """Put open differences onto lists that are not signed, and set their totals to the sums of all items."""
    lists = list(lists)
    placing.fit(lists)
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"lists": lists})


def hash_of(row: PayList) -> str:
    """The hash over all items that stand on a list, those held too: what a signature freezes."""
    items = (
        PayItem.objects.filter(list=row, released_at__isnull=True)
        .order_by("component", "service_month", "sequence", "person__uid")
        .values_list(
            "person__uid", "component", "service_month", "sequence", "gross", "tax", "health", "net",
            "state", "payee",
        )
    )  # fmt: skip
    return sha256_hex(canonical_json({"list": row.uid, "items": [list(item) for item in items]}))
