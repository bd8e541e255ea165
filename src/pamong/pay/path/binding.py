"""What a signature under a list vouches for: the content of its recapitulation, as it is stored.

Held people are printed too, with the reason: they stand under ``held``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pamong.documents.template_hash import template_hash
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.pay.choices import ItemState
from pamong.pay.models import ListStep, PayItem, PayList, Recapitulation

TEMPLATE = "pay_list"
AMOUNTS = ("gross", "tax", "health", "net")


@dataclass(frozen=True, slots=True)
class Bound:
    """The content of a recapitulation, what it says at its head, the items that it tells, and of whom."""

    content: bytes
    head: dict[str, Any]
    items: tuple[int, ...]
    persons: tuple[UUID, ...]

    def personal(self) -> dict[str, Any]:
        """What the entry of the signature is committed to."""
        return {"recapitulation": self.head, "document": {"content_sha256": sha256_hex(self.content)}}


def bound(row: PayList, signer: str) -> Bound:
    """What is signed now: everybody who stands on a list."""
    standing = PayItem.objects.filter(list=row, released_at__isnull=True)
    return _bound(row, signer, _in_order(standing))


def bound_again(kept: Recapitulation) -> Bound:
    """What was signed then, from the items as they are stored now."""
    step = kept.step
    return _bound(step.list, step.by_name, _in_order(PayItem.objects.filter(pk__in=kept.items)))


def keep(step: ListStep, entry: int, items: Sequence[int]) -> None:
    """Keep what the content can be made again from, beside the entry that tells of the signature."""
    Recapitulation.objects.create(
        step=step, entry_id=entry, template=template_hash(TEMPLATE), items=list(items)
    )


def _in_order(items: Any) -> list[PayItem]:
    """As they are printed."""
    in_order = items.select_related("slip", "person").order_by(
        "slip__number", "name", "service_month", "sequence", "id"
    )
    return list(in_order)


def _bound(row: PayList, signer: str, items: list[PayItem]) -> Bound:
    paid = [item for item in items if item.state == ItemState.INCLUDED.value]
    held = [item for item in items if item.state == ItemState.HELD.value]
    head: dict[str, Any] = {
        "reference": row.reference, "opd": row.opd_name, "month": row.month, "kind": row.kind,
        "signer": signer, "people": len({item.person_id for item in paid}),
        **{name: sum(getattr(item, name) for item in paid) for name in AMOUNTS},
    }  # fmt: skip
    content = canonical_json(
        {
            "list": row.uid,
            **head,
            "items": [_item(item) for item in paid],
            "held": [{**_item(item), "reason": item.reason} for item in held],
        }
    )
    persons = dict.fromkeys(item.person.uid for item in items)
    return Bound(content, head, tuple(item.pk for item in items), tuple(persons))


def _item(item: PayItem) -> dict[str, Any]:
    amounts = {name: getattr(item, name) for name in AMOUNTS}
    return {
        "uid": item.uid, "slip": item.slip.uid if item.slip else None, "nip": item.nip, "name": item.name,
        "service_month": item.service_month, "sequence": item.sequence, "payee": item.payee, **amounts,
    }  # fmt: skip
