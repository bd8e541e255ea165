"""That what opens somebody's data in the log is to be destroyed: one proposes it, another decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pamong.kernel.ids import uuid7
from pamong.ledger.choices import ErasureGround
from pamong.ledger.dated import ClockTimestamp
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.people.choices import ErasureState

_USER = settings.AUTH_USER_MODEL


class Erasure(models.Model):
    """A proposal, and how it was decided. ``reference`` is public, ``reason`` is not; ``entries`` of the log
    open no more."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    ground = models.TextField(choices=choices_of(ErasureGround))
    reference = models.TextField()
    reason = models.TextField()
    state = models.TextField(choices=choices_of(ErasureState), default=ErasureState.WAITING.value)
    proposed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    proposed_name = models.TextField()
    proposed_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    decided_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    entries = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=ErasureState.WAITING.value),
                name="person_erasure_one_waits",
            ),
            known_kinds(ErasureGround, "ground", "person_erasure_ground"),
            known_kinds(ErasureState, "state", "person_erasure_state"),
            models.CheckConstraint(condition=~Q(reference=""), name="person_erasure_reference"),
            models.CheckConstraint(condition=~Q(reason=""), name="person_erasure_reason"),
            models.CheckConstraint(
                condition=Q(state=ErasureState.WAITING.value)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="person_erasure_two_people",
            ),
        )
