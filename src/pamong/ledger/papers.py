"""Documents of a register: one person enters an act, another agrees, and only then it holds.

What was entered is never rewritten. A document is changed or cancelled by another act on it (``document`` is
the uid of its first), which two people make as well; the act that held before is then ``replaced``.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from pamong.kernel.ids import uuid7
from pamong.ledger.choices import PaperAct, PaperState
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.ledger.models import ClockTimestamp

OPEN = Q(state__in=[PaperState.WAITING.value, PaperState.VERIFIED.value])
HOLDS = OPEN & ~Q(act=PaperAct.CANCEL.value)
# What an act may still learn after it was entered: how it was decided, and that another took its place.
DECIDED = "state, decided_by_id, decided_name, decided_at, answer, basis_id"


class Paper(models.Model):
    """An act on a document: who entered it, its file, who decided it, and on what it rests."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    document = models.UUIDField()
    act = models.TextField(choices=choices_of(PaperAct), default=PaperAct.NEW.value)
    reason = models.TextField(blank=True, default="")
    file_name = models.TextField(blank=True, default="")
    file_sha256 = models.TextField(blank=True, default="")
    file_type = models.TextField(blank=True, default="")
    state = models.TextField(choices=choices_of(PaperState), default=PaperState.WAITING.value)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_name = models.TextField()
    entered_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


def paper_constraints(name: str) -> tuple[Any, ...]:
    """Known acts and states, two people, a reason and a basis, and one act of a document at a time."""
    held = [PaperState.VERIFIED.value, PaperState.REPLACED.value]
    return (
        known_kinds(PaperAct, "act", f"{name}_act"),
        known_kinds(PaperState, "state", f"{name}_state"),
        models.CheckConstraint(
            condition=~Q(state__in=[*held, PaperState.REFUSED.value])
            | (Q(decided_by__isnull=False) & ~Q(decided_by=F("entered_by"))),
            name=f"{name}_two_people",
        ),
        models.CheckConstraint(condition=~Q(state__in=held) | Q(basis__isnull=False), name=f"{name}_rests"),
        models.CheckConstraint(condition=Q(act=PaperAct.NEW.value) | ~Q(reason=""), name=f"{name}_reason"),
        models.UniqueConstraint(
            fields=["document"], condition=Q(state=PaperState.WAITING.value), name=f"{name}_one_waits"
        ),
        models.UniqueConstraint(
            fields=["document"], condition=Q(state=PaperState.VERIFIED.value), name=f"{name}_one_holds"
        ),
    )


def no_other(name: str, *same: tuple[Any, str]) -> ExclusionConstraint:
    """No other document that waits or holds has all of this: an act on the same document may."""
    return ExclusionConstraint(
        name=name, expressions=[*same, ("document", RangeOperators.NOT_EQUAL)], condition=HOLDS
    )
