"""Facts of presence: devices and where they stand, who has which PIN, punches, and what waits in quarantine.

A punch is never changed, nobody's mistake is typed over. It says what a device said; whose it is follows from
the PINs of its day, so that a PIN that is told later gives its owner the punches that lie there already.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.attendance.choices import (
    FREE,
    PIN,
    SHIFT_CODE,
    WEEKS,
    WIDEST,
    DayState,
    Direction,
    Fault,
    Source,
    SwapStepKind,
)
from pamong.attendance.resolving.shapes import Pairing
from pamong.kernel.ids import uuid7
from pamong.ledger.dated import DatedRow, usual_constraints


class DeviceGroup(models.Model):
    """Devices that know people by the same numbers: one machine, or all of a network."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.TextField(unique=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="devicegroup_named"),)


class Device(models.Model):
    """Something that records who came and went, by its serial number."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    serial = models.TextField(unique=True)
    group = models.ForeignKey(DeviceGroup, models.PROTECT, related_name="devices")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(serial=""), name="device_serial"),)


class DeviceRow(DatedRow):
    """Where a device stands over a period. Its site's zone decides what its clock means."""

    key: ClassVar = ("device_id",)
    facts: ClassVar = ("site_id", "name")

    device = models.ForeignKey(Device, models.PROTECT, related_name="rows")
    site = models.ForeignKey("organisation.Site", models.PROTECT, related_name="+")
    name = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "mesin presensi"
        constraints = usual_constraints("device", "device")


class Pin(DatedRow):
    """Who a number on the devices of a group is, over a period: one person at a time."""

    key: ClassVar = ("group_id", "pin")
    facts: ClassVar = ("person_id",)

    group = models.ForeignKey(DeviceGroup, models.PROTECT, related_name="pins")
    pin = models.TextField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "PIN presensi"
        constraints = (
            *usual_constraints("pin", "group", "pin"),
            models.CheckConstraint(condition=Q(pin__regex=f"^{PIN}$"), name="pin_form"),
        )


class UnitWeek(DatedRow):
    """On how many days a week a unit works, and all below it that say nothing else: 5 or 6."""

    key: ClassVar = ("unit_id",)
    facts: ClassVar = ("week",)

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    week = models.TextField()

    class Meta:
        verbose_name = "pola hari kerja"
        constraints = (
            *usual_constraints("unitweek", "unit"),
            models.CheckConstraint(condition=Q(week__in=WEEKS), name="unitweek_week"),
        )


class PunchFile(models.Model):
    """A file of a device as it was handed in; its bytes stay in the store under their hash."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    format = models.TextField()
    stored = models.IntegerField()  # punches that were new
    known = models.IntegerField()  # punches that were there already
    quarantined = models.IntegerField()
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = (models.Index(fields=["sha256"], name="punchfile_bytes"),)


class Punch(models.Model):
    """One event of a device: the instant, the zone of its site, the wall time and the date there.

    Partitioned by the month of ``at`` in UTC; the key that keeps an event from being stored twice stands
    in ``PunchKey``, which no partition bounds. ``person`` only where the event names him itself (a NIP in a
    file, an officer's entry); else his PIN tells.
    """

    pk = models.CompositePrimaryKey("at", "id")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    zone = models.TextField()
    local_at = models.DateTimeField()
    local_on = models.DateField()
    source = models.TextField(choices=[(each.value, each.label) for each in Source])
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(DeviceGroup, models.PROTECT, null=True, related_name="+")
    pin = models.TextField(blank=True, default="")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    direction = models.TextField(blank=True, default=Direction.UNKNOWN.value)
    grain = models.TextField(blank=True, default="second")  # how exact the clock was written
    raw = models.TextField(blank=True, default="")  # what the device sent; of a file its line tells
    file = models.ForeignKey(PunchFile, models.PROTECT, null=True, related_name="punches")
    line = models.IntegerField(null=True)
    received_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        managed = False  # a partitioned table: its migration is SQL
        db_table = "attendance_punch"


class PunchKey(models.Model):
    """What makes an event itself: its source's own key, and the hash of what it said."""

    pk = models.CompositePrimaryKey("source", "key")
    source = models.TextField()
    key = models.TextField()
    hash = models.BinaryField()


class Watermark(models.Model):
    """From when until when all events of a device are here: nobody is absent beyond that."""

    device = models.OneToOneField(Device, models.PROTECT, primary_key=True, related_name="watermark")
    since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(since__lte=F("at")), name="watermark_order"),)


class Quarantined(models.Model):
    """An event that can't be counted as it stands: kept with its text, and told."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(PunchFile, models.PROTECT, related_name="quarantine")
    line = models.IntegerField()
    fault = models.TextField(choices=[(each.value, each.label) for each in Fault])
    raw = models.TextField()
    message = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(fault__in=[each.value for each in Fault]), name="quarantine_fault"
            ),
            models.UniqueConstraint(fields=["file", "line", "fault"], name="quarantine_once"),
        )


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
            models.CheckConstraint(
                condition=Q(pairing__in=[each.value for each in Pairing]), name="shiftkind_pairing"
            ),
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
    step = models.TextField(choices=[(each.value, each.label) for each in SwapStepKind])
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(step__in=[each.value for each in SwapStepKind]), name="swapstep_step"
            ),
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


class DayResult(models.Model):
    """What became of a working period of somebody's day, derived; where nobody expects him one row without
    times. Versions: another one supersedes it as soon as the facts of the day say something else.

    Partitioned by the month of ``local_on``. ``starts`` is the local midnight where nothing is expected.
    """

    pk = models.CompositePrimaryKey("local_on", "person", "starts", "version")
    local_on = models.DateField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    version = models.IntegerField()
    ends = models.DateTimeField(null=True)
    opens = models.DateTimeField(null=True)
    closes = models.DateTimeField(null=True)
    zone = models.TextField()
    site = models.ForeignKey("organisation.Site", models.PROTECT, null=True, related_name="+")
    source = models.TextField()
    state = models.TextField(choices=[(each.value, each.label) for each in DayState])
    expected = models.IntegerField(null=True)  # seconds to be worked
    first_in = models.DateTimeField(null=True)
    last_out = models.DateTimeField(null=True)
    in_punch = models.BigIntegerField(null=True)
    out_punch = models.BigIntegerField(null=True)
    worked = models.IntegerField(null=True)
    over = models.IntegerField(null=True)
    under = models.IntegerField(null=True)
    late = models.IntegerField(null=True)
    early = models.IntegerField(null=True)
    excuse = models.TextField(blank=True, default="")  # the kind that excuses all of it
    covered = models.BooleanField()  # whether the data of its machines begin before it
    numbered = models.BooleanField()  # whether any machine knows him then
    reasons = models.JSONField()
    inputs_hash = models.BinaryField()
    derived_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        managed = False  # a partitioned table: its migration is SQL
        db_table = "attendance_dayresult"


class StaleDay(models.Model):
    """A day of somebody that a late fact touched: to be derived anew."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    local_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["local_on", "person"], name="staleday_day"),)


DATED: tuple[type[DatedRow], ...] = (DeviceRow, Pin, UnitWeek, ShiftKindRow, RosterDay)
