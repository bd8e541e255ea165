"""What an employee says of a day of his, who answered, and files that show something."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.attendance.choices import CLAIMABLE, CorrectionState, CorrectionStepKind, ExcusePart
from pamong.kernel.ids import uuid7
from pamong.ledger.kinds import choices_of, known_kinds

_OPEN, _AGREED = CorrectionState.OPEN.value, CorrectionState.AGREED.value
_WAITS = [each.value for each in CorrectionStepKind if each.waits]
_PARTS = [each.value for each in ExcusePart if each is not ExcusePart.SPAN]


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
    """What somebody says of one day of his: when he came or left, or why he was not expected.

    ``came`` and ``left`` are wall times of the place whose ``zone`` is kept; ``left_next``: he left on the
    date after. One that is open a day and person; what becomes of it stands in its steps.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField()
    zone = models.TextField()
    came = models.TimeField(null=True)
    left = models.TimeField(null=True)
    left_next = models.BooleanField(default=False)
    kind = models.TextField(blank=True, default="")
    part = models.TextField(blank=True, default="")
    reason = models.TextField()
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=choices_of(CorrectionState), default=CorrectionState.OPEN.value)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["person", "-on"], name="correction_person"),)
        constraints = (
            known_kinds(CorrectionState, "state", "correction_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_reason"),
            models.CheckConstraint(
                condition=(Q(kind="", part="") & (Q(came__isnull=False) | Q(left__isnull=False)))
                | Q(
                    kind__in=[each.value for each in CLAIMABLE],
                    part__in=_PARTS,
                    came__isnull=True,
                    left__isnull=True,
                ),
                name="correction_claim",
            ),
            models.CheckConstraint(
                condition=Q(left_next=False) | Q(left__isnull=False), name="correction_left_next"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="correction_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=_AGREED, basis__isnull=False, decided_by__isnull=False)
                | (~Q(state=_AGREED) & Q(basis__isnull=True)),
                name="correction_agreed",
            ),
            models.UniqueConstraint(
                fields=["person", "on"], condition=Q(state=_OPEN), name="correction_one_open"
            ),
        )


class CorrectionStep(models.Model):
    """What somebody did about a request, or that the time to answer ran out; never changed.

    ``seat`` is the one that answered, or whose time ran out, with its ``post`` as it was called, and
    ``person`` who sat there; of what its owner did, himself. ``due_on``: until when the next is to answer.
    """

    id = models.BigAutoField(primary_key=True)
    correction = models.ForeignKey(Correction, models.PROTECT, related_name="steps")
    number = models.IntegerField()
    step = models.TextField(choices=choices_of(CorrectionStepKind))
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey("organisation.Seat", models.PROTECT, null=True, related_name="+")
    post = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    due_on = models.DateField(null=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (
            known_kinds(CorrectionStepKind, "step", "correctionstep_step"),
            models.CheckConstraint(
                condition=Q(step=CorrectionStepKind.ESCALATED.value, by__isnull=True)
                | (~Q(step=CorrectionStepKind.ESCALATED.value) & Q(by__isnull=False)),
                name="correctionstep_by",
            ),
            models.CheckConstraint(
                condition=Q(step__in=_WAITS, due_on__isnull=False)
                | (~Q(step__in=_WAITS) & Q(due_on__isnull=True)),
                name="correctionstep_due",
            ),
            models.CheckConstraint(
                condition=~Q(step=CorrectionStepKind.REFUSED.value, note=""), name="correctionstep_why"
            ),
            models.UniqueConstraint(fields=["correction", "number"], name="correctionstep_once"),
            models.UniqueConstraint(
                fields=["correction"],
                condition=Q(step=CorrectionStepKind.APPEALED.value),
                name="correctionstep_one_appeal",
            ),
        )
