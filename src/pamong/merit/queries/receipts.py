"""The receipt of one's own result: the entry of the log that tells it, opened, with its proof."""

from __future__ import annotations

from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.ledger import proofs
from pamong.ledger import queries as ledger
from pamong.ledger.errors import NotSealedYet, PlacedNotFound
from pamong.ledger.openings import value_of
from pamong.merit import models, standing
from pamong.merit.choices import Step
from pamong.merit.errors import NotNow, VacancyNotFound
from pamong.merit.events import Ranked
from pamong.merit.queries.sight import sight_of

_CLOSED = ("person",)  # a number that only the registers know; the name says who she is


def get_receipt(*, actor: Actor, vacancy: UUID) -> tuple[int, str]:
    """The number of the entry that tells one's own rank, and its proof file with what it tells opened. It
    holds whatever becomes of the rows since. One's own data, so no look is logged.

    ``VacancyNotFound`` also where one has no rank, ``NotNow``, ``NotSealedYet``, ``OpeningsErased``.
    """
    row = sight_of(actor, vacancy).row
    own = models.Result.objects.filter(
        application__vacancy=row, application__person_id=actor.person_id or 0
    ).first()
    if standing.step_of(row) != Step.LOCKED.value:
        raise NotNow("Peringkat lowongan ini belum dikunci. Buktinya dapat disimpan sesudahnya.")
    if own is None:
        raise VacancyNotFound
    return _proved(actor, own.uid)


def _proved(actor: Actor, result: UUID) -> tuple[int, str]:
    mark = ledger.marks_of(actor=actor, refs=[result], kinds=[Ranked.kind]).get(result)
    if mark is None:
        raise PlacedNotFound
    if mark.number is None:
        raise NotNow("Peringkat Anda baru saja dikunci dan sedang disegel. Coba lagi sebentar lagi.")
    placed = ledger.find_placed(actor=actor, log=mark.log, number=mark.number)
    if placed is None:
        raise PlacedNotFound
    opened = ledger.get_openings(actor=actor, entry_id=placed.entry_id)
    told = [proofs.Opening(one.field, one.salt, value_of(one)) for one in opened if one.field not in _CLOSED]
    proof = proofs.proof_of(actor=actor, entry=placed.entry_id, openings=told)
    if proof is None:
        raise NotSealedYet(mark.number)
    return mark.number, proof
