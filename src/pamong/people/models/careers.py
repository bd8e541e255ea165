"""Service, rank, salary step and seats of persons."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q

from pamong.ledger.dated import ALIVE, never_two, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.people.choices import (
    AppointmentKind,
    EmploymentKind,
    EndReason,
)
from pamong.people.models.base import OfPerson, one_person
from pamong.people.models.persons import Person


class Employment(OfPerson):
    """A stretch of service: in what kind, under which NIP, with what standing by law (kedudukan hukum).

    The last stretch says why it ended. After it nothing holds.
    """

    facts: ClassVar = ("kind", "nip", "standing", "end_reason", "order_no", "order_on")

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments")
    kind = models.TextField(choices=choices_of(EmploymentKind))
    nip = models.TextField(null=True)
    standing = models.TextField()
    end_reason = models.TextField(blank=True, default="", choices=choices_of(EndReason))
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)

    class Meta:
        verbose_name = "kepegawaian"
        constraints = (
            *usual_constraints("employment", "person"),
            known_kinds(EmploymentKind, "kind", "employment_kind"),
            known_kinds(EndReason, "end_reason", "employment_end_reason", empty=True),
            one_person("employment_nip_once", "nip"),
            models.CheckConstraint(
                condition=Q(kind=EmploymentKind.TKPK.value) | Q(nip__regex=r"^\d{18}$"), name="employment_nip"
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(period__endswith__isnull=False), name="employment_ended"
            ),
        )
        indexes = (
            models.Index(
                OpClass(F("nip"), "text_pattern_ops"), name="employment_nip_begins", condition=ALIVE
            ),
        )


class Rank(OfPerson):
    """Golongan over a period, by which order."""

    facts: ClassVar = ("golongan", "ground", "order_no", "order_on")

    person = models.ForeignKey(Person, models.PROTECT, related_name="ranks")
    golongan = models.TextField()
    ground = models.TextField(blank=True, default="")
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)

    class Meta:
        verbose_name = "golongan"
        constraints = (
            *usual_constraints("rank", "person"),
            models.CheckConstraint(
                condition=Q(golongan__regex=r"^((I|II|III)/[a-d]|IV/[a-e]|[IVX]{1,5})$"), name="rank_golongan"
            ),
        )


class SalaryStep(OfPerson):
    """Masa kerja golongan by which the base salary is looked up, over a period, by which order."""

    facts: ClassVar = ("mkg_years", "mkg_months", "ground", "order_no", "order_on")

    person = models.ForeignKey(Person, models.PROTECT, related_name="salary_steps")
    mkg_years = models.SmallIntegerField()
    mkg_months = models.SmallIntegerField(default=0)
    ground = models.TextField(blank=True, default="")
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)

    class Meta:
        verbose_name = "masa kerja golongan"
        constraints = (
            *usual_constraints("salarystep", "person"),
            models.CheckConstraint(
                condition=Q(mkg_years__range=(0, 60), mkg_months__range=(0, 11)), name="salarystep_mkg"
            ),
        )


_REGULAR = Q(kind=AppointmentKind.REGULAR.value)
_ACTING = Q(kind__in=[kind.value for kind in AppointmentKind if kind.acting])
_LIMITED = Q(kind__in=[AppointmentKind.PLT.value, AppointmentKind.PLH.value, AppointmentKind.HANDOVER.value])


class Appointment(OfPerson):
    """Somebody in a seat over a period: one regular holder and one acting a seat, one regular seat a person.

    Acting and handover have an end from the beginning. A right to return keeps the seat in mind for somebody
    who is away; it does not fill it.
    """

    key: ClassVar = ("person_id", "kind", "stint")
    facts: ClassVar = ("seat_id", "order_no", "order_on", "note")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    kind = models.TextField(choices=choices_of(AppointmentKind))
    stint = models.IntegerField(
        default=0
    )  # tells several acting posts of one person apart; 0 for regular ones
    seat = models.ForeignKey("organisation.Seat", models.PROTECT, related_name="appointments")
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "jabatan"
        constraints = (
            *usual_constraints("appointment", "person", "kind", "stint"),
            known_kinds(AppointmentKind, "kind", "appointment_kind"),
            never_two("appointment_one_holder", "seat", where=_REGULAR),
            never_two("appointment_one_seat", "person", where=_REGULAR),
            never_two("appointment_one_acting", "seat", where=_ACTING),
            models.CheckConstraint(
                condition=~_LIMITED | Q(period__endswith__isnull=False), name="appointment_acting_ends"
            ),
            models.CheckConstraint(condition=~_REGULAR | Q(stint=0), name="appointment_regular_stint"),
        )
        indexes = (
            # Counting who sits where, of a whole government, without a look at the rows themselves.
            models.Index(
                fields=["seat"], include=["kind", "period"], condition=ALIVE, name="appointment_counting"
            ),
            # Every few minutes the worker asks what was said of late to have ended.
            models.Index(
                fields=["superseded_at"],
                condition=Q(superseded_at__isnull=False),
                name="appointment_superseded",
            ),
        )
