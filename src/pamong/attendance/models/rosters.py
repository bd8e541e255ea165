"""Shifts of units, who has which on which day, and who traded them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.attendance.choices import FREE, SHIFT_CODE, WIDEST, SwapStepKind
from pamong.attendance.resolving.shapes import Pairing
from pamong.kernel.ids import uuid7
from pamong.ledger.dated import DatedRow, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds


class ShiftKind(models.Model):
    """A shift by the letter that the sheets of a unit use for it, and those of all units below."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    code = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "code"], name="shiftkind_once"),
            models.CheckConstraint(
                condition=Q(code__regex=f"^{SHIFT_CODE}$") & ~Q(code=FREE), name="shiftkind_code"
            ),
        )


class ShiftKindRow(DatedRow):
    """The times of a shift over a period, by the clock of the place; an end not after the start is on the
    next day. A punch counts so many minutes before the start and after the end."""

    key: ClassVar = ("kind_id",)
    facts: ClassVar = (
        "name", "starts", "ends", "opens_before", "closes_after", "pause_start", "pause_end", "pairing",
    )  # fmt: skip

    kind = models.ForeignKey(ShiftKind, models.PROTECT, related_name="rows")
    name = models.TextField()
    starts = models.TimeField()
    ends = models.TimeField()
    opens_before = models.IntegerField()
    closes_after = models.IntegerField()
    pause_start = models.TimeField(null=True)
    pause_end = models.TimeField(null=True)
    pairing = models.TextField(default=Pairing.FIRST_LAST.value)

    class Meta:
        verbose_name = "jam dinas"
        constraints = (
            *usual_constraints("shiftkind", "kind"),
            models.CheckConstraint(condition=~Q(name=""), name="shiftkind_named"),
            models.CheckConstraint(
                condition=Q(opens_before__range=(0, WIDEST), closes_after__range=(0, WIDEST)),
                name="shiftkind_window",
            ),
            models.CheckConstraint(
                condition=Q(pause_start__isnull=True, pause_end__isnull=True)
                | Q(pause_start__isnull=False, pause_end__isnull=False),
                name="shiftkind_pause",
            ),
            known_kinds(Pairing, "pairing", "shiftkind_pairing"),
        )


class RosterSheet(models.Model):
    """A roster as it was handed in: of which unit and month; its bytes stay in the store under their hash."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    month = models.DateField()
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    days = models.IntegerField()  # that it changed
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(month__day=1), name="rostersheet_month"),)
        indexes = (models.Index(fields=["unit", "month"], name="rostersheet_unit"),)


class Swap(models.Model):
    """Two people trade their shifts of a day each: asked by one; what followed stands in its steps."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    asker = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asker_on = models.DateField()
    other = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    other_on = models.DateField()
    reason = models.TextField()
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(asker=F("other")), name="swap_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="swap_reason"),
        )


class SwapStep(models.Model):
    """What somebody did about a swap: the other consents, then the superior agrees; or it ends."""

    id = models.BigAutoField(primary_key=True)
    swap = models.ForeignKey(Swap, models.PROTECT, related_name="steps")
    step = models.TextField(choices=choices_of(SwapStepKind))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (
            known_kinds(SwapStepKind, "step", "swapstep_step"),
            models.UniqueConstraint(fields=["swap", "step"], name="swapstep_once"),
            models.UniqueConstraint(
                fields=["swap"], condition=~Q(step=SwapStepKind.CONSENTED.value), name="swapstep_end"
            ),
        )


class RosterDay(DatedRow):
    """Which shift somebody has on a day, at most two; none of them: he is free. Of that day alone.

    From a sheet or from a swap. ``late``: told only after the day had begun.
    """

    key: ClassVar = ("person_id",)
    facts: ClassVar = ("unit_id", "first_id", "second_id", "sheet_id", "swap_id", "late")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    first = models.ForeignKey(ShiftKind, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(ShiftKind, models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(RosterSheet, models.PROTECT, null=True, related_name="rows")
    swap = models.ForeignKey(Swap, models.PROTECT, null=True, related_name="rows")
    late = models.BooleanField()

    class Meta:
        verbose_name = "jadwal dinas"
        constraints = (
            *usual_constraints("rosterday", "person"),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | (Q(first__isnull=False) & ~Q(first=F("second"))),
                name="rosterday_shifts",
            ),
            models.CheckConstraint(
                condition=Q(sheet__isnull=True, swap__isnull=False)
                | Q(sheet__isnull=False, swap__isnull=True),
                name="rosterday_source",
            ),
        )
