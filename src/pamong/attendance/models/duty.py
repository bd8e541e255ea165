"""The registers of duty: letters that send people out, permits of hours, musters with who was missing."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import ExtractYear

from pamong.attendance.choices import DUTIES, PermitKind
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.ledger.papers import Paper, no_other, paper_constraints


class Instants(Func):
    """The stretch from one instant until before another."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class DutyLetter(Paper):
    """A letter that sends people elsewhere: *surat tugas*, a study assignment, a dispensation.

    ``starts`` and ``ends`` are told where it is about some hours of one day.
    """

    kind = models.TextField(choices=choices_of(DUTIES))
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    number = models.TextField()
    dated_on = models.DateField()
    purpose = models.TextField()
    place = models.TextField(blank=True, default="")
    period = DateRangeField()
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "surat tugas"
        constraints = (
            *paper_constraints("dutyletter"),
            known_kinds(DUTIES, "kind", "dutyletter_kind"),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__startswith__isnull=False, period__endswith__isnull=False
                ),
                name="dutyletter_days",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False, ends__gt=F("starts")),
                name="dutyletter_hours",
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(purpose=""), name="dutyletter_told"),
            no_other(
                "dutyletter_number_once",
                ("unit", RangeOperators.EQUAL),
                ("number", RangeOperators.EQUAL),
                (ExtractYear("dated_on"), RangeOperators.EQUAL),
            ),
        )


class DutyMember(models.Model):
    """Somebody whom a letter sends."""

    id = models.BigAutoField(primary_key=True)
    letter = models.ForeignKey(DutyLetter, models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["letter", "person"], name="dutymember_once"),)


class Permit(Paper):
    """Some hours of a day off, asked for by who needs them and agreed by who leads him. Times are instants;
    ``on`` is their local date and ``zone`` where they were told."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.TextField(choices=choices_of(PermitKind))
    on = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    zone = models.TextField()

    class Meta:
        verbose_name = "izin"
        constraints = (
            *paper_constraints("permit"),
            known_kinds(PermitKind, "kind", "permit_kind"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="permit_hours"),
            no_other(
                "permit_no_overlap",
                ("person", RangeOperators.EQUAL),
                (Instants("starts", "ends", RangeBoundary()), RangeOperators.OVERLAPS),
            ),
        )
        indexes = (models.Index(fields=["person", "on"], name="permit_of_person"),)


class Muster(Paper):
    """A muster (*apel*) of a unit, and below it: everybody was there but those who are named."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    name = models.TextField()

    class Meta:
        verbose_name = "apel"
        constraints = (
            *paper_constraints("muster"),
            models.CheckConstraint(condition=~Q(name=""), name="muster_named"),
            no_other("muster_once", ("unit", RangeOperators.EQUAL), ("on", RangeOperators.EQUAL)),
        )


class MusterMissing(models.Model):
    """Somebody who was not at a muster."""

    id = models.BigAutoField(primary_key=True)
    muster = models.ForeignKey(Muster, models.PROTECT, related_name="missing")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["muster", "person"], name="mustermissing_once"),)
        indexes = (models.Index(fields=["person"], name="mustermissing_person"),)
