"""Requests to correct a day, and files that show something."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from pamong.attendance.choices import CorrectionState
from pamong.kernel.ids import uuid7
from pamong.ledger.kinds import choices_of, known_kinds


class Attachment(models.Model):
    """A file that shows something: a photo of a dark machine, a signed list. Its bytes are in the store."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    media_type = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(size__gt=0), name="attachment_size"),)


class Correction(models.Model):
    """That somebody asked to correct one day of his. What he says, who answers and what became of it stands
    in the decision of the same ``uid``; here is what one row must not do to another.

    One that is open a day and person. ``appeals`` is the refusal that it takes further, once: of the same
    person and day, and no appeal itself, which a trigger holds.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField()
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=choices_of(CorrectionState), default=CorrectionState.OPEN.value)
    appeals = models.OneToOneField("self", models.PROTECT, null=True, related_name="appeal")

    class Meta:
        indexes = (models.Index(fields=["person", "-on"], name="correction_person"),)
        constraints = (
            known_kinds(CorrectionState, "state", "correction_state"),
            models.UniqueConstraint(
                fields=["person", "on"],
                condition=Q(state=CorrectionState.OPEN.value),
                name="correction_one_open",
            ),
        )
