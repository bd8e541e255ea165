"""Somebody's month, version by version, the sheets by which months are brought, and predicates of years.

A version is never changed: another takes its place. What stood when a month was paid stays to be seen.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.kernel.ids import uuid7
from pamong.ledger.dated import ALIVE
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.ledger.papers import Paper, no_other, paper_constraints
from pamong.performance.choices import (
    FIRST_YEAR,
    HIGHEST,
    MOST_COUNT,
    MOST_MINUTES,
    FileState,
    PredicateKind,
    Source,
    State,
)


def _within(name: str, field: str, most: int, *, empty: bool = False) -> models.CheckConstraint:
    inside = Q(**{f"{field}__gte": 0, f"{field}__lte": most})
    return models.CheckConstraint(
        condition=inside | Q(**{f"{field}__isnull": True}) if empty else inside, name=name
    )


class PerformanceMonth(models.Model):
    """What is known of somebody's work and conduct in a month: one version of it.

    ``note`` is what the employee adds, ``reason`` why his superior changed something: he reads it.
    ``entered_name`` is who brought this version; of a verified one, who verified it.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    version = models.SmallIntegerField(default=1)
    minutes = models.IntegerField(null=True)
    behaviour = models.SmallIntegerField(null=True)
    productivity_score = models.SmallIntegerField(null=True)
    lhkpn_late = models.BooleanField(default=False)
    negative_activity = models.BooleanField(default=False)
    musters_missed = models.SmallIntegerField(null=True)  # None: as the musters tell that were agreed to
    hours_left = models.SmallIntegerField(default=0)
    source = models.TextField(choices=choices_of(Source))
    state = models.TextField(choices=choices_of(State))
    is_late = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    entered_name = models.TextField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    superseded_basis = models.ForeignKey(
        "ledger.Seal", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "kinerja sebulan"
        constraints = (
            models.UniqueConstraint(fields=["person", "month", "version"], name="performancemonth_version"),
            models.UniqueConstraint(
                fields=["month", "person"], condition=ALIVE, name="performancemonth_one_standing"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="performancemonth_first_day"),
            models.CheckConstraint(condition=Q(version__gte=1), name="performancemonth_numbered"),
            _within("performancemonth_minutes", "minutes", MOST_MINUTES, empty=True),
            _within("performancemonth_behaviour", "behaviour", HIGHEST, empty=True),
            _within("performancemonth_score", "productivity_score", HIGHEST, empty=True),
            _within("performancemonth_musters", "musters_missed", MOST_COUNT, empty=True),
            _within("performancemonth_hours", "hours_left", MOST_COUNT),
            known_kinds(State, "state", "performancemonth_state"),
            # Nobody verifies what he enters: what an employee says waits, a superior verifies.
            models.CheckConstraint(
                condition=Q(source=Source.EMPLOYEE.value, state=State.ENTERED.value)
                | Q(source=Source.SUPERIOR.value, state=State.VERIFIED.value)
                | Q(source=Source.IMPORT.value),
                name="performancemonth_source",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_basis__isnull=True)
                | Q(superseded_at__isnull=False, superseded_basis__isnull=False),
                name="performancemonth_superseded",
            ),
        )


class MonthFile(models.Model):
    """A month's sheet as it was handed in; its bytes stay in the store under their hash.

    ``counts`` and ``problems`` are what its trial found, the counts anew when it is stored. ``altering``: it
    changes what is verified or in force, so that a second person stores it.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    month = models.DateField()
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    state = models.TextField(choices=choices_of(FileState))
    altering = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    brought_name = models.TextField()
    brought_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "berkas isian bulanan"
        constraints = (
            models.CheckConstraint(condition=Q(month__day=1), name="monthfile_first_day"),
            known_kinds(FileState, "state", "monthfile_state"),
            models.CheckConstraint(
                condition=~Q(state=FileState.STORED.value) | Q(basis__isnull=False), name="monthfile_stored"
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.STORED.value, altering=True)
                | (
                    Q(brought_by__isnull=True, decided_by__isnull=False)
                    | (Q(decided_by__isnull=False) & ~Q(decided_by=F("brought_by")))
                ),
                name="monthfile_two_people",
            ),
        )
        indexes = (models.Index(fields=["-id"], name="monthfile_newest"),)


class Predicate(Paper):
    """The predicate of somebody's performance in a year, by a document; one holds or waits for each year."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    year = models.SmallIntegerField()
    predicate = models.TextField(choices=choices_of(PredicateKind))
    number = models.TextField()
    dated_on = models.DateField()

    class Meta:
        verbose_name = "predikat kinerja"
        constraints = (
            *paper_constraints("predicate"),
            known_kinds(PredicateKind, "predicate", "predicate_kind"),
            models.CheckConstraint(condition=Q(year__gte=FIRST_YEAR, year__lte=2100), name="predicate_year"),
            models.CheckConstraint(condition=~Q(number=""), name="predicate_numbered"),
            no_other("predicate_once", ("person", RangeOperators.EQUAL), ("year", RangeOperators.EQUAL)),
        )
