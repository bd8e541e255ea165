"""Acts on leaves, and lists of leave that an office hands in."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from pamong.leave.choices import KINDS, PARTS
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.ledger.papers import Paper, no_other, paper_constraints


class LeaveEntry(Paper):
    """Somebody's leave over some days, by a document: granted, changed (recalled, extended) or cancelled.

    Two leaves of a person never share a day, also while one of them still waits.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.TextField(choices=choices_of(KINDS))
    period = DateRangeField()
    part = models.TextField(choices=choices_of(PARTS))
    number = models.TextField()
    dated_on = models.DateField()

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
            models.CheckConstraint(condition=~Q(number=""), name="leaveentry_numbered"),
            no_other(
                "leaveentry_no_overlap",
                ("person", RangeOperators.EQUAL),
                ("period", RangeOperators.OVERLAPS),
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
