"""What opens somebody's data in the log is destroyed: an officer proposes it, the head of government decides.

The register itself is not touched: what it says of the person ends by its own acts.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import NothingToErase, ReferenceMissing
from pamong.people import policies
from pamong.people.choices import ErasureState
from pamong.people.errors import (
    ErasureNotFound,
    ErasureWaiting,
    PersonNotFound,
    ProposerDecides,
    StillServing,
)
from pamong.people.events import ErasureDecided, ErasureProposed
from pamong.people.models import Employment, Erasure, Person
from pamong.people.services.reading import near


@transaction.atomic
def propose_erasure(
    *, actor: Actor, at: datetime, nip: str, ground: ErasureGround, reference: str, reason: str
) -> UUID:
    """Propose that what opens the data of whoever has, or had, a NIP is destroyed.

    NotAllowed, PersonNotFound, ReferenceMissing, ReasonMissing, ErasureWaiting; StillServing by
    the retention schedule, which begins to run when service ends.
    """
    user = policies.require_over_all(actor, policies.ERASE)
    person = _by_nip(nip)
    policies.require_not_close(concerned=person.pk in near(actor.person_id))
    if not reference.strip():
        raise ReferenceMissing
    why = access.require_reason(reason)
    if ground is ErasureGround.RETENTION and _serves(person, at):
        raise StillServing
    row = Erasure(
        person=person, ground=ground.value, reference=reference.strip(), reason=why, proposed_by_id=user,
        proposed_name=actor.name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ErasureWaiting from error
    event = ErasureProposed(row.uid, ground, row.reference, person.uid, why)
    ledger.record(actor=actor, event=event)
    return row.uid


@transaction.atomic
def decide_erasure(*, actor: Actor, at: datetime, uid: UUID, agree: bool) -> int:
    """Agree to what another proposed, so that it is done at once and for good, or refuse it; how many entries
    open no more. NotAllowed, ErasureNotFound (also of oneself or a relative), ProposerDecides,
    NothingToErase."""
    user = policies.require_over_all(actor, policies.AGREE_ERASURE)
    waiting = Erasure.objects.select_for_update(of=("self",)).select_related("person__user")
    row = waiting.filter(uid=uid, state=ErasureState.WAITING.value).first()
    if row is None or row.person_id in near(actor.person_id):
        raise ErasureNotFound
    if row.proposed_by_id == user:
        raise ProposerDecides
    row.entries = _erase(actor, row) if agree else 0
    row.state = (ErasureState.DONE if agree else ErasureState.REFUSED).value
    row.decided_by_id, row.decided_name, row.decided_at = user, actor.name, Now()
    row.save(update_fields=["state", "decided_by", "decided_name", "decided_at", "entries"])
    ledger.record(actor=actor, event=ErasureDecided(row.uid, agree))
    return row.entries


def _erase(actor: Actor, row: Erasure) -> int:
    """Destroy the key of the person, and that of his account. NothingToErase where there is neither."""
    ground = ledger.Ground(ErasureGround(row.ground), row.reference)
    subjects = [row.person.uid, *([row.person.user.uid] if row.person.user else [])]
    counts = []
    for subject in subjects:
        try:
            counts.append(ledger.erase_person(actor=actor, subject=subject, ground=ground))
        except NothingToErase:
            continue
    if not counts:
        raise NothingToErase
    return sum(counts)


def _by_nip(nip: str) -> Person:
    rows = Employment.objects.filter(nip="".join(nip.split()), superseded_at__isnull=True)
    found = rows.select_related("person").order_by("-id").first()
    if found is None:
        raise PersonNotFound
    person: Person = found.person
    return person


def _serves(person: Person, at: datetime) -> bool:
    return Employment.objects.as_of(at.date()).filter(person=person).exists()
