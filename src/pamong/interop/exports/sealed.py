"""A slip or a recapitulation with what proves it, as its PDF carries it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from pamong.documents.papers import Paper
from pamong.kernel.actor import Actor
from pamong.ledger import proofs
from pamong.ledger.errors import NotSealed, OpeningsErased
from pamong.ledger.proofs import Item, Opening
from pamong.pay import queries
from pamong.pay.queries import Proved


def slip_paper(*, actor: Actor, at: datetime, uid: UUID) -> Paper | None:
    """Of a slip; None where nothing is to be proved. The refusals of ``pay.queries.slip_item`` otherwise."""
    return _paper(actor, lambda: queries.slip_item(actor=actor, at=at, uid=uid))


def list_paper(*, actor: Actor, at: datetime, uid: UUID) -> Paper | None:
    """Of the recapitulation of a list; None where it is not signed, or was before there were proofs."""
    return _paper(actor, lambda: queries.recapitulation_item(actor=actor, at=at, uid=uid))


def _paper(actor: Actor, prove: Callable[[], Proved]) -> Paper | None:
    try:
        proved = prove()
    except (NotSealed, OpeningsErased):
        return None
    openings = [Opening(one.field, one.salt, json.loads(one.value)["value"]) for one in proved.openings]
    proof = proofs.proof_of(actor=actor, entry=proved.entry, item=_item(proved), openings=openings)
    if proof is None:
        return Paper(proved.content)
    code, address = proofs.qr_text(proof) or "", proofs.check_address()
    return Paper(proved.content, proof, code, address, proofs.is_witnessed(proof))


def _item(proved: Proved) -> Item | None:
    if proved.body is None or proved.root is None:
        return None
    return Item(proved.body.decode(), proved.index, proved.size, proved.path, proved.root)
