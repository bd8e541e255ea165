"""What proves a slip or a recapitulation: the bytes that the log vouches for, made again from stored rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.ledger import queries as ledger
from pamong.ledger.errors import ContentChanged, NotSealed
from pamong.ledger.events import Opening, field_bytes
from pamong.ledger.openings import commitments_of, fits
from pamong.ledger.tree.merkle import HASH_BYTES, leaf_hash
from pamong.ledger.tree.tiles import BITS, inclusion_proof
from pamong.pay import policies
from pamong.pay.choices import PathState
from pamong.pay.items import ROOT_FIELD, OfRun, item_of, lines_json
from pamong.pay.models import Recapitulation
from pamong.pay.path import binding, reach
from pamong.pay.queries.slips import see_slip
from pamong.pay.slip_rows import read_slip

_TREE = "SELECT entry_id, size, template, keys[%s] FROM pay_sliptree WHERE run_id = %s"
_CUT = "SELECT substring(tiles FROM %s FOR %s) FROM pay_sliptree WHERE run_id = %s"


@dataclass(frozen=True, slots=True)
class Proved:
    """What the log vouches for, up to its leaf. ``entry``: the id of the entry; ``content``: the bytes whose
    SHA-256 the opening ``document`` tells. An item also has its body, its place among ``size`` and the path
    to the root in the entry's public field ``root``; a recapitulation is its entry's own."""

    entry: int
    content: bytes
    openings: tuple[Opening, ...]
    template: str
    body: bytes | None = None
    index: int = 0
    size: int = 0
    path: tuple[bytes, ...] = ()
    root: str | None = None


@dataclass(frozen=True, slots=True)
class SlipTiles:
    """The tiles of a run's slips: ``cut(start, length)`` gives a part of them, joined level by level."""

    size: int
    cut: Callable[[int, int], bytes]

    def read(self, level: int, number: int, width: int) -> bytes:
        """The first ``width`` hashes of a tile, joined."""
        before = sum(self.size >> BITS * lower for lower in range(level))
        return self.cut((before + (number << BITS)) * HASH_BYTES, width * HASH_BYTES)


def slip_item(*, actor: Actor, at: datetime, uid: UUID) -> Proved:
    """What proves one slip; logged as a look at that person's pay. It reads the slip, and two tiles.

    SlipNotFound; NotSealed for a run of before there were items; ContentChanged where the rows give another
    hash than what was sealed; OpeningsErased, KeyMissing, Locked.
    """
    slip = see_slip(actor, at, uid)
    with connection.cursor() as cursor:
        cursor.execute(_TREE, [slip.number, slip.run_id])
        found = cursor.fetchone()
        if found is None:
            raise NotSealed
        entry, size, template, key_id = found
        rows = read_slip(cursor, slip.pk)
    key = ledger.get_key(actor=actor, key_id=key_id)
    common = OfRun(slip.run.uid, slip.run.month.isoformat(), template)
    item = item_of(common, rows.values, lines_json(rows.lines), rows.facts, key)
    tiles = SlipTiles(size, lambda start, length: _cut(slip.run_id, start, length))
    index = slip.number - 1
    if index >= size or tiles.cut(index * HASH_BYTES, HASH_BYTES) != leaf_hash(item.body):
        raise ContentChanged
    path = tuple(inclusion_proof(tiles, index, size))
    return Proved(entry, item.content, item.openings, template, item.body, index, size, path, ROOT_FIELD)


def recapitulation_item(*, actor: Actor, at: datetime, uid: UUID) -> Proved:
    """What proves the signed recapitulation of a list, and its SPTJM; logged as a look at everybody's pay.

    NotAllowed, PayListNotFound; NotSealed for one that is not signed; ContentChanged; OpeningsErased,
    KeyMissing, Locked.
    """
    row = reach.found(actor, uid)
    signed = Recapitulation.objects.select_related("step__list").filter(step__list=row).order_by("-step_id")
    kept = signed.first()
    if kept is None or not reach.is_at(row, PathState.VERIFIED):
        raise NotSealed
    entry = ledger.get_entry(actor=actor, entry_id=kept.entry_id)
    openings = ledger.get_openings(actor=actor, entry_id=kept.entry_id)
    bound = binding.bound_again(kept)
    access.log_read(actor=actor, at=at, path=policies.LISTS, subjects=bound.persons)
    told = {field: field_bytes(field, value) for field, value in bound.personal().items()}
    commitments = commitments_of(entry.body)
    if any(told.get(one.field) != one.value or not fits(one, commitments) for one in openings):
        raise ContentChanged
    return Proved(kept.entry_id, bound.content, openings, kept.template)


def _cut(run_id: int, start: int, length: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(_CUT, [start + 1, length, run_id])
        return bytes(cursor.fetchone()[0])
