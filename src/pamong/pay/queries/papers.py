"""Whether a sealed slip or recapitulation still holds, for whoever has its hash: that is, the document or its
proof. What is told names nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Q

from pamong.kernel.actor import Actor
from pamong.ledger import proofs
from pamong.pay.choices import ItemState, Mode, PathState, StepKind, Validity
from pamong.pay.events import ListMoved
from pamong.pay.models import ListStep, PayItem, Slip
from pamong.pay.models.differences import Difference
from pamong.pay.payable import runs_like

HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Paper:
    """Whether a document holds, since when it does not (as the database stamped it), and a sentence why."""

    state: Validity
    since: datetime | None = None
    why: str = ""


def find_paper(*, actor: Actor, entry: bytes, item: bytes | None = None) -> Paper | None:
    """How a document stands, by the leaf hashes (32 bytes each) of its entry and, for a slip, of its item;
    None for an unknown one. Everybody may ask, so what is asked leads to one row by indexes."""
    if not all(len(each) == HASH_BYTES for each in (entry, item) if each is not None):
        return None
    leaf = proofs.find_leaf(actor=actor, entry=entry)
    if leaf is None:
        return None
    if item is None:
        return _of_list(leaf.body) if leaf.kind == ListMoved.kind else None
    slip = _slip_with(leaf.entry_id, item)
    return _of_slip(slip) if slip else None


def _of_list(body: str) -> Paper | None:
    """Of a list as it was at one of its steps: brought back to the start, what was signed holds no more."""
    step = ListStep.objects.select_related("list").filter(uid=json.loads(body)["public"]["step"]).first()
    if step is None or step.kind == StepKind.REOPENED.value:
        return None
    later = ListStep.objects.filter(list=step.list_id, pk__gt=step.pk)
    back = later.filter(kind=StepKind.REOPENED.value).order_by("pk").first()
    if back is None:
        return Paper(Validity.HOLDS, why=f"Daftarnya sekarang: {PathState(step.list.state).label}.")
    again = later.filter(kind=StepKind.SIGNED.value, pk__gt=back.pk).order_by("-pk").first()
    if again is None:
        return Paper(
            Validity.WITHDRAWN, back.recorded_at, "Daftarnya dibuka kembali dan belum ditandatangani lagi."
        )
    return Paper(Validity.REPLACED, again.recorded_at, "Daftarnya dibuka kembali, lalu ditandatangani lagi.")


def _of_slip(slip: Slip) -> Paper:
    if slip.run.mode == Mode.SHADOW.value:
        return Paper(Validity.HOLDS, why="Ini hitungan pembanding, bukan dasar pembayaran.")
    items = PayItem.objects.filter(slip=slip, sequence=0).order_by("-pk")
    item = items.filter(released_at__isnull=True).select_related("list").first()
    return _paid(item) if item else _replaced(slip) or _released(items.first()) or Paper(Validity.HOLDS)


def _paid(item: PayItem) -> Paper:
    """Of a slip by which a list pays: it holds, and what was found since is told beside it."""
    found = Difference.objects.filter(base=item).aggregate(last=Max("recorded_at"))["last"]
    if found:
        return Paper(Validity.HOLDS, why="Sesudahnya ada selisih untuk bulan ini, yang dibukukan tersendiri.")
    if item.state == ItemState.HELD.value:
        return Paper(Validity.HOLDS, why="Pembayarannya sedang ditangguhkan.")
    return Paper(Validity.HOLDS, why=f"Daftar pembayarannya sekarang: {PathState(item.list.state).label}.")


def _replaced(slip: Slip) -> Paper | None:
    """Another slip of the same person and month by which a list pays, or one of a newer run like this."""
    same = Q(person=slip.person_id) if slip.person_id else Q(nip=slip.nip)
    listed = (
        PayItem.objects.filter(slip__isnull=False, sequence=0, released_at__isnull=True)
        .filter(person=slip.person_id, service_month=slip.run.month)
        .order_by("pk")
        .first()
    )
    if listed is not None:
        return Paper(
            Validity.REPLACED, listed.recorded_at, "Daftar pembayaran memakai rincian lain untuk bulan ini."
        )
    newer = (
        runs_like(slip.run).filter(pk__gt=slip.run_id).filter(pk__in=Slip.objects.filter(same).values("run"))
    )
    run = newer.order_by("pk").first()
    why = "Bulan ini dihitung lagi; rincian yang lebih baru sudah terbit."
    return Paper(Validity.REPLACED, run.published_at, why) if run else None


def _released(item: PayItem | None) -> Paper | None:
    if item is None:
        return None
    return Paper(Validity.WITHDRAWN, item.released_at, "Pembayarannya dilepas dari daftar.")


# The tiles of a run's tree begin with the hashes of its items, in the order of the slips' numbers.
_WITH = """
    SELECT s.id FROM (
        SELECT run_id, position(%(item)s IN substring(tiles FROM 1 FOR size * 32)) - 1 AS place
        FROM pay_sliptree WHERE entry_id = %(entry)s
    ) t JOIN pay_slip s ON s.run_id = t.run_id AND s.number = t.place / 32 + 1
    WHERE t.place >= 0 AND t.place %% 32 = 0"""


def _slip_with(entry_id: int, item: bytes) -> Slip | None:
    with connection.cursor() as cursor:
        cursor.execute(_WITH, {"entry": entry_id, "item": item})
        found = cursor.fetchone()
    return Slip.objects.select_related("run").get(pk=found[0]) if found else None
