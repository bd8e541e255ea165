"""A month's slips made one leaf: every stored slip an item, their tree, its root. For run processes alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import polars as pl
from django.db import connection

from pamong.documents.template_hash import template_hash
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.tree.tiles import Frontier
from pamong.pay import slip_columns
from pamong.pay.items import OfRun
from pamong.pay.models import Run, SlipTree


@dataclass(frozen=True, slots=True)
class SealedSlips:
    """The tree over the slips of a run, not yet kept."""

    root: str
    size: int
    template: str
    tiles: bytes
    keys: list[int]


def seal_slips(run: Run) -> SealedSlips:
    """The tree over a run's slips as they are stored, in its transaction. Who has no key yet gets one."""
    month = slip_columns.read_month(connection, run.pk)
    subjects = [UUID(subject) for subject in month["subject"]]
    own = [UUID(uid) for uid in month.filter(pl.col("subject") == pl.col("uid"))["uid"]]
    keys = ledger.keys_of(set(subjects).difference(own), own)
    common = OfRun(run.uid, run.month.isoformat(), template_hash("slip"))
    by_subject = {subject: held.key for subject, held in keys.items()}
    hashes = [each for each in slip_columns.hashes(common, month, by_subject) if each is not None]
    edge, tiles = Frontier().extend(hashes)
    return SealedSlips(
        root=edge.root.hex(),
        size=edge.size,
        template=common.template,
        tiles=b"".join(tile.data for tile in tiles),
        keys=[keys[subject].id for subject in subjects],
    )


def keep_tree(*, actor: Actor, run: Run, entry: int, sealed: SealedSlips) -> None:
    """Keep what proofs are made from, beside the entry that holds the root."""
    SlipTree.objects.create(
        run=run, entry_id=entry, size=sealed.size, template=sealed.template, tiles=sealed.tiles,
        keys=sealed.keys,
    )  # fmt: skip
