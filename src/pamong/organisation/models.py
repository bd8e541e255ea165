"""Units, posts, seats, lines and workload through time, and the places of units derived from them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.kernel.ids import uuid7
from pamong.ledger.dated import ALIVE, DatedRow, never_two, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.organisation.choices import ActKind, PostKind, ProposalState, ReorganisationState, Step, UnitKind

CODE_PATTERN = r"^[a-z0-9_]+$"


class Thing(models.Model):
    """What rows are about: nothing but its identity."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)

    class Meta:
        abstract = True


class Site(Thing):
    """A place of work."""

    code = models.TextField(unique=True)


class SiteRow(DatedRow):
    """Name, time zone and address of a site over a period. The zone decides what day it is there."""

    key: ClassVar = ("site_id",)
    facts: ClassVar = ("name", "zone", "address")

    site = models.ForeignKey(Site, models.PROTECT, related_name="rows")
    name = models.TextField()
    zone = models.TextField()
    address = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "lokasi"
        constraints = usual_constraints("site", "site")


class Unit(Thing):
    """A unit. ``code`` is its label in paths and grants, for good, whatever it is called or belongs to."""

    code = models.TextField(unique=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(code__regex=CODE_PATTERN), name="unit_code"),)


class UnitRow(DatedRow):
    """Name, kind, class and parent of a unit over a period. ``is_opd`` marks what pay is closed by."""

    key: ClassVar = ("unit_id",)
    facts: ClassVar = (
        "name", "short_name", "kind", "unit_class", "is_opd", "parent_id", "site_id", "external_code",
    )  # fmt: skip

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rows")
    name = models.TextField()
    short_name = models.TextField(blank=True, default="")
    kind = models.TextField(choices=choices_of(UnitKind))
    unit_class = models.TextField(blank=True, default="")
    is_opd = models.BooleanField(default=False)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="child_rows")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="unit_rows")
    external_code = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "unit"
        constraints = (
            *usual_constraints("unit", "unit"),
            known_kinds(UnitKind, "kind", "unit_kind"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="unit_not_own_parent"
            ),
        )
        indexes = (models.Index(fields=["external_code"], name="unit_external_code"),)


class UnitPlace(models.Model):
    """Where a unit stands in the tree over a period: derived from the rows, made anew with each change.

    ``path`` holds the codes from the root to the unit, as an ltree; ``opd`` is the nearest unit at or above
    it that is one. Nobody edits it; a check compares it with the rows.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="places")
    period = DateRangeField()
    path = models.TextField()  # an ltree column: see the migration
    opd = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    depth = models.SmallIntegerField()

    class Meta:
        managed = False
        db_table = "organisation_unitplace"


class Lineage(models.Model):
    """What became of a unit in a reorganisation: from which to which, by what step, when."""

    id = models.BigAutoField(primary_key=True)
    reorganisation = models.ForeignKey("Reorganisation", models.PROTECT, related_name="lineage")
    old = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="later")
    new = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="earlier")
    step = models.TextField(choices=choices_of(Step))
    on = models.DateField()

    class Meta:
        constraints = (known_kinds(Step, "step", "lineage_step"),)


class Reorganisation(Thing):
    """One dated act over many units. Its rows rest on ``basis``, so that it can be taken back as a whole."""

    title = models.TextField()
    on = models.DateField()
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)
    plan = models.JSONField()
    state = models.TextField(
        choices=choices_of(ReorganisationState),
        default=ReorganisationState.DRAFT.value,
    )
    drafted_by = models.TextField()
    drafted_at = models.DateTimeField(db_default=Now())
    adopted_by = models.TextField(blank=True, default="")
    adopted_at = models.DateTimeField(null=True)
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")
    withdrawn_by = models.TextField(blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            known_kinds(ReorganisationState, "state", "reorganisation_state"),
            models.CheckConstraint(
                condition=~Q(state=ReorganisationState.SCHEDULED.value)
                | (Q(basis__isnull=False) & ~Q(adopted_by=F("drafted_by"))),
                name="reorganisation_two_people",
            ),
        )


class Proposal(Thing):
    """An act on a unit, or on a seat of it, that one officer proposes and another decides. ``values`` are
    what its form gave, ``summary`` what it told. The form's key is its uid: sent twice, it is stored once."""

    kind = models.TextField(choices=choices_of(ActKind))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    seat = models.ForeignKey("Seat", models.PROTECT, null=True, related_name="proposals")
    on = models.DateField()
    values = models.JSONField(default=dict)
    summary = models.TextField(blank=True, default="")
    reason = models.TextField()
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)
    state = models.TextField(choices=choices_of(ProposalState), default=ProposalState.WAITING.value)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_name = models.TextField()
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            known_kinds(ActKind, "kind", "proposal_kind"),
            known_kinds(ProposalState, "state", "proposal_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=[ProposalState.APPLIED.value, ProposalState.REFUSED.value])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="proposal_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.APPLIED.value) | Q(basis__isnull=False),
                name="proposal_applied",
            ),
        )
        indexes = (
            # What waits is counted on each officer's home page.
            models.Index(fields=["unit"], condition=Q(state="waiting"), name="proposal_waiting"),
        )


class Post(Thing):
    """The kind of a job: its name, kind, level (``jenjang`` of a functional post) and old echelon."""

    name = models.TextField()
    kind = models.TextField(choices=choices_of(PostKind))
    jenjang = models.TextField(blank=True, default="")
    eselon = models.TextField(blank=True, default="")
    family = models.TextField(blank=True, default="")  # what a law treats apart: guru, dosen, peneliti
    external_code = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["name", "kind", "jenjang", "eselon"], name="post_once"),
            known_kinds(PostKind, "kind", "post_kind"),
        )


class Seat(Thing):
    """One position in one unit, as the peta jabatan counts them."""


class SeatRow(DatedRow):
    """Unit, post and class of a seat over a period; whether it leads the unit, whether it is frozen."""

    key: ClassVar = ("seat_id",)
    facts: ClassVar = ("unit_id", "post_id", "job_class", "is_head", "frozen", "note")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seat_rows")
    post = models.ForeignKey(Post, models.PROTECT, related_name="seat_rows")
    job_class = models.SmallIntegerField(null=True)
    is_head = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "posisi"
        constraints = (
            *usual_constraints("seat", "seat"),
            # Deferrable, for heads that trade units in one reorganisation; at once unless a service asks.
            never_two("seat_one_head", "unit", where=Q(is_head=True), deferrable=models.Deferrable.IMMEDIATE),
            models.CheckConstraint(
                condition=Q(job_class__isnull=True) | Q(job_class__range=(1, 17)), name="seat_class"
            ),
        )
        indexes = (
            # Counting the seats of a whole government without a look at the rows themselves.
            models.Index(
                fields=["seat"], include=["unit", "frozen", "period"], condition=ALIVE, name="seat_counting"
            ),
        )


class Line(DatedRow):
    """To which seat a seat reports over a period. No circles: a trigger looks, one writer at a time."""

    key: ClassVar = ("seat_id",)
    facts: ClassVar = ("superior_id",)

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="lines")
    superior = models.ForeignKey(Seat, models.PROTECT, related_name="subordinate_lines")

    class Meta:
        verbose_name = "garis atasan"
        constraints = (
            *usual_constraints("line", "seat"),
            models.CheckConstraint(condition=~Q(seat=F("superior")), name="line_not_oneself"),
        )


class Workload(DatedRow):
    """How many of a post a unit needs by workload analysis (ABK) over a period."""

    key: ClassVar = ("unit_id", "post_id")
    facts: ClassVar = ("needed",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="workload")
    post = models.ForeignKey(Post, models.PROTECT, related_name="workload")
    needed = models.PositiveIntegerField()

    class Meta:
        verbose_name = "kebutuhan"
        constraints = usual_constraints("workload", "unit", "post")
        indexes = (GistIndex(fields=["period"], name="workload_period"),)


DATED: tuple[type[DatedRow], ...] = (SiteRow, UnitRow, SeatRow, Line, Workload)
