"""Facts of presence: devices and where they stand, who has which PIN, punches, what excuses somebody, and
what waits in quarantine.

A punch is never changed, nobody's mistake is typed over. It says what a device said; whose it is follows from
the PINs of its day, so that a PIN that is told later gives its owner the punches that lie there already.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.attendance.choices import (
    PIN,
    WEEKS,
    Direction,
    ExcuseKind,
    ExcusePart,
    ExcuseSource,
    Fault,
    Source,
)
from pamong.kernel.ids import uuid7
from pamong.ledger.dated import DatedRow, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds


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


class DayExcuse(DatedRow):
    """Why somebody is not expected on some days, or on a part of each: leave, duty elsewhere, an outage.

    Each document of a source (a leave, a duty letter) gives a person a timeline of its own; what several say
    of one day stands side by side. ``starts`` and ``ends`` are told for a span alone.
    """

    key: ClassVar = ("person_id", "source", "source_uid")
    facts: ClassVar = ("kind", "part", "starts", "ends")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    source = models.TextField()
    source_uid = models.UUIDField()
    kind = models.TextField(choices=choices_of(ExcuseKind))
    part = models.TextField(default=ExcusePart.WHOLE.value)
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "hari yang dikecualikan"
        indexes = (
            models.Index(
                fields=["source", "source_uid"],
                name="dayexcuse_document",
                condition=Q(superseded_at__isnull=True),
            ),
        )
        constraints = (
            *usual_constraints("dayexcuse", "person", "source", "source_uid"),
            known_kinds(ExcuseKind, "kind", "dayexcuse_kind"),
            known_kinds(ExcuseSource, "source", "dayexcuse_source"),
            models.CheckConstraint(
                condition=Q(
                    part=ExcusePart.SPAN.value, starts__isnull=False, ends__isnull=False, ends__gt=F("starts")
                )
                | Q(
                    part__in=[each.value for each in ExcusePart if each is not ExcusePart.SPAN],
                    starts__isnull=True,
                    ends__isnull=True,
                ),
                name="dayexcuse_part",
            ),
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
    # The days of the first and last punch that counts; None where none does.
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
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
    source = models.TextField(choices=choices_of(Source))
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
    fault = models.TextField(choices=choices_of(Fault))
    raw = models.TextField()
    message = models.TextField()
    keys = ArrayField(models.TextField(), default=list)  # in PunchKey once they were brought again

    class Meta:
        constraints = (
            known_kinds(Fault, "fault", "quarantine_fault"),
            models.UniqueConstraint(fields=["file", "line", "fault"], name="quarantine_once"),
        )
