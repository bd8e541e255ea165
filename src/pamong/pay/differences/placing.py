"""Where differences go: onto the next list of the person, never so that he would receive less than nothing.

Pluses go onto a list whole. Minuses take at most what the list pays the person otherwise, or the share of it
that a regulation allows; what is left goes on next month. ``fit`` is called whenever an unsigned list
changes, and once more when it is said complete; it changes only what does not fit any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Max

from pamong.kernel.ids import uuid7
from pamong.law.engine.law import load_law
from pamong.law.engine.parameters import MILLION
from pamong.ledger import bulk
from pamong.pay.choices import Component, ItemState
from pamong.pay.differences.amounts import Amount
from pamong.pay.models import DifferencePart, PayItem

# The most that a month's allowance gives back, as a share of it. No regulation that we know of says one, so
# that without it all of the allowance may be taken; a region whose regulation does, sets it.
SHARE = "difference_recovery_share"


@dataclass(frozen=True, slots=True)
class Open:
    """What is left of a difference of somebody whom a list pays, and who he is on that list."""

    difference: int
    person: int
    component: str
    service_month: date
    left: Amount
    list_id: int
    pays: int  # what the list pays him beside differences
    nip: str
    name: str
    payee: str


def allocate(waiting: Sequence[Open], share: int = MILLION) -> dict[int, Amount]:
    """What of each difference of one person goes onto his list, the oldest first. ``share`` in millionths."""
    pluses = {each.difference: each.left for each in waiting if each.left.net >= 0}
    room = sum(amount.net for amount in pluses.values())
    room += max((each.pays for each in waiting), default=0) * share // MILLION
    placed = dict(pluses)
    for each in waiting:
        taken = min(-each.left.net, room)
        if each.left.net < 0 and taken > 0:
            placed[each.difference] = each.left.part(-taken)
            room -= taken
    return placed


# Of a difference d: the newest month n that has lists is a later one and pays him no base.
NO_BASE = """d.service_month < n.month
  AND NOT EXISTS (SELECT 1 FROM pay_payitem i WHERE i.person_id = d.person_id AND i.component = d.component
                  AND i.service_month = n.month AND i.sequence = 0 AND i.released_at IS NULL)"""
# Whom an unsigned list pays, and how much beside differences: on a list of arrears nothing.
_PAYS = """
  SELECT x.list_id, l.month, x.person_id, x.component, x.nip, x.name, x.payee, x.net
  FROM pay_payitem x JOIN pay_paylist l ON l.id = x.list_id AND l.state = 'computed' AND l.kind <> 'arrears'
  WHERE x.list_id = ANY(%(lists)s) AND x.sequence = 0 AND x.released_at IS NULL AND x.state = 'included'
  UNION
  SELECT x.list_id, l.month, x.person_id, x.component, x.nip, x.name, x.payee, 0
  FROM pay_payitem x JOIN pay_paylist l ON l.id = x.list_id AND l.state = 'computed' AND l.kind = 'arrears'
  WHERE x.list_id = ANY(%(lists)s) AND x.sequence > 0 AND x.released_at IS NULL AND x.state = 'included'
"""
_OPEN = f"""
SELECT d.id, d.person_id, d.component, d.service_month, d.gross - p.gross, d.tax - p.tax, d.health - p.health,
  i.list_id, i.net, i.nip, i.name, i.payee
FROM ({_PAYS}) i
JOIN pay_difference d ON d.person_id = i.person_id AND d.component = i.component
CROSS JOIN LATERAL (
  SELECT COALESCE(sum(q.gross), 0)::bigint AS gross, COALESCE(sum(q.tax), 0)::bigint AS tax,
    COALESCE(sum(q.health), 0)::bigint AS health
  FROM pay_differencepart q LEFT JOIN pay_payitem x ON x.id = q.item_id
  WHERE q.difference_id = d.id AND x.released_at IS NULL AND (x.list_id IS NULL OR x.list_id <> i.list_id)
) p
WHERE d.service_month < i.month
  AND (d.gross, d.tax, d.health) <> (p.gross, p.tax, p.health)
  AND NOT EXISTS (SELECT 1 FROM pay_overpayment o WHERE o.difference_id = d.id)
ORDER BY i.list_id, d.person_id, d.service_month, d.sequence
"""  # noqa: S608 (our own text)
_STANDING = """
SELECT x.list_id, x.person_id, q.difference_id, q.gross, q.tax, q.health
FROM pay_payitem x JOIN pay_differencepart q ON q.item_id = x.id
JOIN pay_paylist l ON l.id = x.list_id AND l.state = 'computed'
WHERE x.list_id = ANY(%(lists)s) AND x.sequence > 0 AND x.released_at IS NULL
  AND (l.kind <> 'arrears' OR x.state = 'included')
"""
_RELEASE = """
UPDATE pay_payitem x SET released_at = clock_timestamp()
FROM unnest(%(lists)s::bigint[], %(persons)s::bigint[]) AS w(list_id, person_id)
WHERE x.list_id = w.list_id AND x.person_id = w.person_id AND x.sequence > 0 AND x.released_at IS NULL
"""
_LAW = """
SELECT l.id, r.profile, r.overlay, l.month FROM pay_paylist l JOIN pay_run r ON r.id = l.run_id
WHERE l.id = ANY(%s)
"""
_ITEM = (
    "id", "uid", "list_id", "person_id", "nip", "name", "component", "service_month", "sequence", "gross",
    "tax", "health", "net", "state", "reason", "payee",
)  # fmt: skip
_PART = ("difference_id", "item_id", "gross", "tax", "health", "net")
_Key = tuple[int, int]  # list, person


def fit(lists: Sequence[int]) -> None:
    """Bring the differences on unsigned lists in line with whom these lists pay, and how much."""
    waiting = _open(lists)
    shares = _shares(lists) if waiting else {}
    wanted: dict[_Key, dict[int, Amount]] = {}
    for key, group in groupby(waiting, lambda one: (one.list_id, one.person)):
        each = list(group)
        placed = allocate(each, shares.get(key[0], MILLION))
        if each[0].pays or sum(amount.net for amount in placed.values()) > 0:
            wanted[key] = placed
    standing = _standing(lists)
    wrong = [key for key in wanted.keys() | standing.keys() if wanted.get(key, {}) != standing.get(key, {})]
    if wrong:
        _release(sorted(key for key in wrong if key in standing))
        place([(one, wanted[key][one.difference]) for one, key in _chosen(waiting, wanted, set(wrong))])


def _chosen(
    waiting: Iterable[Open], wanted: dict[_Key, dict[int, Amount]], wrong: set[_Key]
) -> Iterator[tuple[Open, _Key]]:
    for one in waiting:
        key = (one.list_id, one.person)
        if key in wrong and one.difference in wanted.get(key, {}):
            yield one, key


def _open(lists: Sequence[int]) -> list[Open]:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"lists": list(lists)})
        return [_waiting(*row) for row in cursor.fetchall()]


def _waiting(
    difference: int, person: int, component: str, month: date, gross: int, tax: int, health: int, *rest: Any
) -> Open:
    return Open(difference, person, component, month, Amount(gross, tax, health), *rest)


def _standing(lists: Sequence[int]) -> dict[_Key, dict[int, Amount]]:
    found: dict[_Key, dict[int, Amount]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"lists": list(lists)})
        for list_id, person, difference, *amounts in cursor.fetchall():
            found.setdefault((list_id, person), {})[difference] = Amount(*amounts)
    return found


def _shares(lists: Sequence[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_LAW, [list(lists)])
        return {row[0]: recovery_share(*row[1:]) for row in cursor.fetchall()}


def recovery_share(profile: str, overlay: str, month: date) -> int:
    """How much of a month's allowance may be taken back, in millionths: all, unless a regulation says."""
    parameter = load_law(profile, overlay or None).by_name.get(SHARE)
    return int(parameter.on(month).value) if parameter else MILLION


def _release(keys: Sequence[_Key]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, {"lists": [key[0] for key in keys], "persons": [key[1] for key in keys]})


def place(chosen: Sequence[tuple[Open, Amount]]) -> None:
    """Items with the next free number of their month of service, and the parts that they are."""
    ids = bulk.draw_ids(PayItem, len(chosen))
    numbers = _numbers([one for one, _ in chosen])
    items, parts = [], []
    for id_, (one, amount) in zip(ids, chosen, strict=True):
        key = (one.person, one.component, one.service_month)
        numbers[key] = numbers.get(key, 0) + 1
        values = (amount.gross, amount.tax, amount.health, amount.net)
        items.append(
            (
                id_, uuid7(), one.list_id, one.person, one.nip, one.name, one.component, one.service_month,
                numbers[key], *values, ItemState.INCLUDED.value, "", one.payee,
            )
        )  # fmt: skip
        parts.append((one.difference, id_, *values))
    bulk.copy_rows(PayItem, _ITEM, items)
    bulk.copy_rows(DifferencePart, _PART, parts)


def _numbers(chosen: Sequence[Open]) -> dict[tuple[int, str, date], int]:
    """The last number in use of each person's months of service."""
    rows = (
        PayItem.objects.filter(
            component=Component.TPP.value,
            person_id__in={one.person for one in chosen},
            service_month__in={one.service_month for one in chosen},
            released_at__isnull=True,
        )
        .values("person_id", "component", "service_month")
        .annotate(last=Max("sequence"))
        .order_by()
    )
    return {(row["person_id"], row["component"], row["service_month"]): row["last"] for row in rows}
