"""When nothing could be recorded, and what officers wrote down instead of a machine."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Now

from pamong.attendance.choices import OutageOrigin, OutageState, OutageStepKind, SheetState
from pamong.attendance.models.corrections import Attachment
from pamong.attendance.models.facts import Device
from pamong.kernel.ids import uuid7
from pamong.ledger.kinds import choices_of, known_kinds

_STANDING = [OutageState.PROPOSED.value, OutageState.CONFIRMED.value]


class Outage(models.Model):
    """From when until when nothing was recorded at a site, or by one machine there; no end: it goes on.

    Declared by somebody, or noticed by the system; another confirms it. ``ends`` is told once; where it went
    on when it was confirmed, it waits again, and somebody else than who told the end confirms that too.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    site = models.ForeignKey("organisation.Site", models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    zone = models.TextField()
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    origin = models.TextField(choices=choices_of(OutageOrigin))
    reason = models.TextField()
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=choices_of(OutageState), default=OutageState.PROPOSED.value)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["site", "starts"], name="outage_site"),)
        constraints = (
            known_kinds(OutageState, "state", "outage_state"),
            models.CheckConstraint(
                condition=Q(origin=OutageOrigin.DECLARED.value, asked_by__isnull=False)
                | Q(origin=OutageOrigin.NOTICED.value, asked_by__isnull=True),
                name="outage_origin",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="outage_reason"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="outage_order"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(asked_by__isnull=True)
                | ~Q(decided_by=F("asked_by")),
                name="outage_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(ended_by__isnull=True)
                | ~Q(decided_by=F("ended_by")),
                name="outage_end_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=OutageState.CONFIRMED.value)
                | Q(decided_by__isnull=False, basis__isnull=False),
                name="outage_confirmed",
            ),
            ExclusionConstraint(
                name="outage_no_overlap",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    (Coalesce("device", 0), RangeOperators.EQUAL),
                    (
                        Func("starts", "ends", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=_STANDING),
            ),
        )


class OutageStep(models.Model):
    """What somebody did about an outage; never changed. ``by`` None: the system noticed it."""

    id = models.BigAutoField(primary_key=True)
    outage = models.ForeignKey(Outage, models.PROTECT, related_name="steps")
    step = models.TextField(choices=choices_of(OutageStepKind))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (
            known_kinds(OutageStepKind, "step", "outagestep_step"),
            # Confirmed while it went on, and once more with its end.
            models.UniqueConstraint(
                fields=["outage", "step"],
                condition=~Q(step=OutageStepKind.CONFIRMED.value),
                name="outagestep_once",
            ),
        )


class Sheet(models.Model):
    """Who was present on a day, as an officer wrote it down instead of a machine; another agrees to it.

    ``content`` is the hash of what it says: the same waits once.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    on = models.DateField()
    zone = models.TextField()
    reason = models.TextField()
    content = models.TextField()
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    state = models.TextField(choices=choices_of(SheetState), default=SheetState.WAITING.value)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_name = models.TextField()
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    stored = models.IntegerField(null=True)  # punches that were new
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            known_kinds(SheetState, "state", "sheet_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="sheet_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=[SheetState.STORED.value, SheetState.REFUSED.value])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("entered_by"))),
                name="sheet_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.STORED.value, basis__isnull=False, stored__isnull=False)
                | (~Q(state=SheetState.STORED.value) & Q(basis__isnull=True, stored__isnull=True)),
                name="sheet_stored",
            ),
            models.UniqueConstraint(
                fields=["content"], condition=Q(state=SheetState.WAITING.value), name="sheet_one_waits"
            ),
        )


class SheetRow(models.Model):
    """When one person came and left by a sheet, as wall times of its zone."""

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="rows")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    came = models.TimeField(null=True)
    left = models.TimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(came__isnull=False) | Q(left__isnull=False), name="sheetrow_times"
            ),
            models.UniqueConstraint(fields=["sheet", "person"], name="sheetrow_once"),
        )
