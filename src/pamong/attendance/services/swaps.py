"""Two people trade their days: one asks, the other consents, a superior agrees; also afterwards.

What both have on the two days changes hands whole: on each day the one has what the other had.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from pamong.access.errors import NotAllowed
from pamong.access.policies import require, require_reason
from pamong.attendance import events, policies
from pamong.attendance.choices import SwapStepKind
from pamong.attendance.errors import SwapNotFound, SwapOver, SwapUnfit
from pamong.attendance.models import Swap, SwapStep
from pamong.attendance.services.rostering import (
    Choice,
    Standing,
    clash_of,
    hold_persons,
    standing_days,
    write_days,
)
from pamong.attendance.shifts import read_book
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.queries import within
from pamong.people.services.reading import near, person_ids, uids_of

_DAY = timedelta(days=1)
_FREE = Choice()


@transaction.atomic
def ask_swap(*, actor: Actor, at: datetime, on: date, other: UUID, other_on: date, reason: str) -> UUID:
    """Ask a colleague of the same roster to trade one's own day for one of his. Also of days that are over.

    ``NotAllowed`` without a person behind the account, ``ReasonMissing``; ``SwapUnfit`` where one has no
    shift that day, nothing would change, both would have two at one time, or one's day is offered already.
    """
    require(actor, policies.SWAP)
    ids = person_ids({other})
    if actor.person_id is None or other not in ids:
        raise SwapUnfit("Pilih rekan dari jadwal unit Anda.")
    swap = Swap(
        uid=uuid7(at), asker_id=actor.person_id, asker_on=on, other_id=ids[other], other_on=other_on,
        reason=require_reason(reason), by_name=actor.name,
    )  # fmt: skip
    hold_persons([swap.asker_id, swap.other_id])
    _require_none_open(swap)
    _traded(swap)
    swap.save(force_insert=True)
    event = events.SwapAsked(swap.uid, uids_of([actor.person_id])[actor.person_id], other, on, other_on)
    ledger.record(actor=actor, event=event)
    return UUID(str(swap.uid))


@transaction.atomic
def step_swap(*, actor: Actor, at: datetime, swap: UUID, step: SwapStepKind, note: str = "") -> None:
    """Consent (the other), agree (a superior, after that), refuse (either), or withdraw (who asked).

    With a superior's agreement the rosters change; days that had begun are marked as told late.
    ``SwapNotFound``; ``NotAllowed`` for a step that is somebody else's, ``SwapOver`` for one that comes too
    late or too early, ``SwapUnfit`` where the rosters have changed meanwhile.
    """
    require(actor, policies.SWAP)
    found = Swap.objects.filter(uid=swap).first()
    if found is None or actor.person_id is None:
        raise SwapNotFound
    hold_persons([found.asker_id, found.other_id])
    _require_own_step(actor, found, step)
    state = state_of(found)
    if state not in _AFTER[step]:
        raise SwapOver(_WORDS[state])
    SwapStep.objects.create(
        swap=found, step=step.value, person_id=actor.person_id, note=note.strip(), by_name=actor.name
    )
    late = _write(actor, at, found) if step is SwapStepKind.AGREED else 0
    ledger.record(actor=actor, event=events.SwapStepped(found.uid, step, late))


# After which step (None: it was only asked for) another may come.
_AFTER: Mapping[SwapStepKind, tuple[SwapStepKind | None, ...]] = {
    SwapStepKind.CONSENTED: (None,),
    SwapStepKind.AGREED: (SwapStepKind.CONSENTED,),
    SwapStepKind.REFUSED: (None, SwapStepKind.CONSENTED),
    SwapStepKind.WITHDRAWN: (None, SwapStepKind.CONSENTED),
}
_WORDS: Mapping[SwapStepKind | None, str] = {
    None: "menunggu kesediaan rekannya",
    SwapStepKind.CONSENTED: "menunggu persetujuan atasan",
    SwapStepKind.AGREED: "sudah disetujui",
    SwapStepKind.REFUSED: "sudah ditolak",
    SwapStepKind.WITHDRAWN: "sudah ditarik",
}


def state_of(swap: Any) -> SwapStepKind | None:
    """The last step; None where it was only asked for."""
    last = SwapStep.objects.filter(swap=swap).order_by("-id").first()
    return None if last is None else SwapStepKind(last.step)


def is_superior(actor: Actor, swap: Any) -> bool:
    """Whether the actor leads who asked, and is neither of both nor their declared relative."""
    close = near(actor.person_id) & {swap.asker_id, swap.other_id}
    return not close and within(actor, policies.SWAP, swap.asker_id)


def _require_own_step(actor: Actor, swap: Any, step: SwapStepKind) -> None:
    mine = actor.person_id
    lead = is_superior(actor, swap)
    if mine not in (swap.asker_id, swap.other_id) and not lead:
        raise SwapNotFound
    own = {
        SwapStepKind.CONSENTED: mine == swap.other_id,
        SwapStepKind.AGREED: lead,
        SwapStepKind.REFUSED: lead or mine == swap.other_id,
        SwapStepKind.WITHDRAWN: mine == swap.asker_id,
    }
    if not own[step]:
        raise NotAllowed("Langkah ini milik orang lain: rekan yang diminta, atasan, atau pengusulnya.")


def _require_none_open(swap: Any) -> None:
    """One's day is offered to one colleague at a time."""
    ended = [step.value for step in SwapStepKind if step is not SwapStepKind.CONSENTED]
    over = SwapStep.objects.filter(step__in=ended).values("swap_id")
    offered = Swap.objects.filter(asker_id=swap.asker_id, asker_on=swap.asker_on).exclude(id__in=over)
    if offered.exists():
        raise SwapUnfit(
            f"Dinas Anda pada {format_date(swap.asker_on)} sudah diusulkan untuk ditukar dan belum selesai. "
            "Tarik dulu usulan itu, atau pilih hari lain."
        )


def _traded(swap: Any) -> tuple[dict[tuple[int, date], Choice], dict[tuple[int, date], Standing]]:
    """What both have after the trade on its days, and what stands of them. ``SwapUnfit``."""
    days = {swap.asker_on, swap.other_on}
    people = (swap.asker_id, swap.other_id)
    stands = standing_days(people, min(days) - _DAY, max(days) + 2 * _DAY)
    had = {key: each.choice for key, each in stands.items()}
    for person, on in ((swap.asker_id, swap.asker_on), (swap.other_id, swap.other_on)):
        if not had.get((person, on), _FREE).kinds:
            raise SwapUnfit(f"Tidak ada dinas di jadwal pada {format_date(on)} yang dapat ditukar.")
    if len({stands[swap.asker_id, swap.asker_on].unit_id, stands[swap.other_id, swap.other_on].unit_id}) > 1:
        raise SwapUnfit("Tukar dinas hanya dengan rekan di jadwal unit yang sama.")
    after = {(one, on): had.get((two, on), _FREE) for on in days for one, two in (people, people[::-1])}
    if all(choice == had.get(key, _FREE) for key, choice in after.items()):
        raise SwapUnfit("Dinas keduanya sama, jadi tidak ada yang berubah. Pilih hari atau rekan lain.")
    book = read_book()
    for person in people:
        mine = {on: choice for (who, on), choice in (had | after).items() if who == person}
        clash = clash_of(book, mine, settings.PAMONG_ZONE)
        if clash is not None:
            raise SwapUnfit(f"Sesudah ditukar: {clash.sentence}")
    return after, stands


def _write(actor: Actor, at: datetime, swap: Any) -> int:
    after, stands = _traded(swap)
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    unit = stands[swap.asker_id, swap.asker_on].unit_id
    had = {key: each.choice for key, each in stands.items()}
    changed = {key: choice for key, choice in after.items() if had.get(key) != choice}
    return write_days(
        changed, stands, basis=basis, today=actor.on, unit_id=unit, sheet_id=None, swap_id=swap.pk
    )
