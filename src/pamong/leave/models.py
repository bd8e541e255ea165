"""Acts on leaves, and lists of leave that an office hands in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from pamong.attendance.choices import ExcusePart
from pamong.leave.choices import KINDS, PARTS
from pamong.ledger.dated import ClockTimestamp, DatedRow, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.ledger.papers import Paper, no_other, paper_constraints

# The halves of each day that a leave takes, as a range: whole days [0, 2), the first half [0, 1).
HALVES = models.Func(
    models.Case(models.When(part=ExcusePart.SECOND_HALF.value, then=1), default=0),
    models.Case(models.When(part=ExcusePart.FIRST_HALF.value, then=1), default=2),
    function="int4range",
)


class LeaveEntry(Paper):
    """Somebody's leave over some days, by a document: granted, changed (recalled, extended) or cancelled.

    Two leaves of a person never share a half of a day, also while one of them still waits. A leave that was
    asked for names its ``decision``: until that is sealed it waits and reserves its days; its number is that
    of the order. ``days`` are the days that count, as they were counted then, whatever holidays came later;
    empty for a leave that an office entered. ``advance``: annual leave before the first year of service.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.TextField(choices=choices_of(KINDS))
    period = DateRangeField()
    part = models.TextField(choices=choices_of(PARTS))
    number = models.TextField(blank=True, default="")
    dated_on = models.DateField()
    decision = models.UUIDField(null=True)
    days = models.JSONField(default=list)
    advance = models.BooleanField(default=False)

    class Meta:
        verbose_name = "cuti"
        constraints = (
            *paper_constraints("leaveentry"),
            known_kinds(KINDS, "kind", "leaveentry_kind"),
            known_kinds(PARTS, "part", "leaveentry_part"),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__startswith__isnull=False, period__endswith__isnull=False
                ),
                name="leaveentry_days",
            ),
            models.CheckConstraint(
                condition=~Q(number="") | Q(decision__isnull=False), name="leaveentry_numbered"
            ),
            no_other(
                "leaveentry_no_overlap",
                ("person", RangeOperators.EQUAL),
                ("period", RangeOperators.OVERLAPS),
                (HALVES, RangeOperators.OVERLAPS),
            ),
        )
        indexes = (
            models.Index(
                fields=["decision"], condition=Q(decision__isnull=False), name="leaveentry_decision"
            ),
        )


class LeaveList(Paper):
    """A list of leave as an office handed it in; its rows become entries once another person agrees.

    ``rows`` are those that can be stored, ``problems`` what was wrong with the others, by line.
    """

    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)

    class Meta:
        verbose_name = "daftar cuti"
        constraints = paper_constraints("leavelist")


class LeaveOpening(DatedRow):
    """What was left of a leave year when the register began: ``period`` is that year, ``left`` its own days
    that can still be used, ``used`` whether any of it had been used; None not known."""

    key: ClassVar = ("person_id",)
    facts: ClassVar = ("left", "used")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    left = models.DecimalField(max_digits=5, decimal_places=2)
    used = models.BooleanField(null=True)

    class Meta:
        verbose_name = "sisa cuti awal"
        constraints = (
            *usual_constraints("leaveopening", "person"),
            models.CheckConstraint(condition=Q(left__gte=0), name="leaveopening_left"),
        )


class LeaveKept(models.Model):
    """A day of leave on which somebody punched all the same, and who let it stay leave, for what reason.

    ``punches``: how many had been seen; with another one the day is looked at again.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField()
    punches = models.IntegerField()
    reason = models.TextField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_name = models.TextField()
    kept_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(punches__gt=0) & ~Q(reason=""), name="leavekept_says"),
            models.UniqueConstraint(fields=["person", "on", "punches"], name="leavekept_once"),
        )


class LeaveDeferral(models.Model):
    """Days of annual leave that the deciding official did not let somebody use for urgent duty: they stay his
    for the next year."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField()
    days = models.DecimalField(max_digits=5, decimal_places=2)
    decision = models.UUIDField(unique=True)
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(days__gt=0), name="leavedeferral_days"),)
