"""Entries that wait for a second person, and batches of imports."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.kernel.ids import uuid7
from pamong.ledger.choices import Act
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.people.choices import (
    BatchKind,
    BatchState,
    EntryState,
    Outcome,
    TwinDecision,
)
from pamong.people.models.persons import Person


class Entry(models.Model):
    """An act on somebody's data that one person enters and another decides. ``subject`` names the table."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="entries")
    subject = models.TextField()
    act = models.TextField(choices=choices_of(Act))
    target = models.UUIDField(null=True)  # the row that is corrected or rescinded
    on = models.DateField(null=True)
    until = models.DateField(null=True)
    values = models.JSONField(default=dict)
    reason = models.TextField()
    evidence = ArrayField(models.UUIDField(), default=list)
    state = models.TextField(choices=choices_of(EntryState), default=EntryState.WAITING.value)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_name = models.TextField()
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            known_kinds(EntryState, "state", "entry_state"),
            known_kinds(Act, "act", "entry_act"),
            models.CheckConstraint(
                condition=~Q(state__in=[EntryState.APPLIED.value, EntryState.REFUSED.value])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("entered_by"))),
                name="entry_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.APPLIED.value) | Q(basis__isnull=False), name="entry_applied"
            ),
        )
        indexes = (
            models.Index(fields=["state", "-id"], name="entry_state_newest"),
            models.Index(fields=["basis"], name="entry_basis"),
        )


class Batch(models.Model):
    """One file of an import, tried (checked) and then stored; all its rows rest on one basis.

    The same file may be tried and stored again: what stands already is the same then, and nothing is added.
    ``stage``, ``done`` and ``total`` tell how far the work is that goes on; ``failure`` why the last ended.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.TextField(choices=choices_of(BatchKind))
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    options = models.JSONField(default=dict)
    state = models.TextField(choices=choices_of(BatchState), default=BatchState.CHECKED.value)
    counts = models.JSONField(default=dict)
    problems = models.IntegerField(default=0)
    stage = models.TextField(blank=True, default="")
    before = models.TextField(blank=True, default="")  # the state from which the last work began
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    failure = models.TextField(blank=True, default="")
    checked_by = models.TextField()
    # None for the command line.
    checked_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(db_default=Now(), editable=False)
    applied_by = models.TextField(blank=True, default="")
    applied_at = models.DateTimeField(null=True)
    recalled_by = models.TextField(blank=True, default="")  # who asked to take it back
    recalled_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drops = models.JSONField(default=list)  # askings to take it back that were dropped: by whom, when, why
    undone_by = models.TextField(blank=True, default="")
    undone_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True, default="")  # who refused or discarded it
    reason = models.TextField(blank=True, default="")  # why it was undone or refused
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            known_kinds(BatchKind, "kind", "batch_kind"),
            known_kinds(BatchState, "state", "batch_state"),
        )
        indexes = (models.Index(fields=["kind", "sha256"], name="batch_file"),)


class BatchRow(models.Model):
    """What became of one row of a file. ``values`` tell what it changes; of a possible twin also what it
    says and why (``nik``, ``name``).

    ``alters``: it changes what stood, as foreseen when it was tried, and as it was once it is stored;
    ``holders`` are the persons whose seats it changes.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    line = models.IntegerField()
    outcome = models.TextField(choices=choices_of(Outcome))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    label = models.TextField(blank=True, default="")
    unit = models.TextField(blank=True, default="")
    values = models.JSONField(null=True)
    twins = ArrayField(models.BigIntegerField(), default=list)
    alters = models.BooleanField(default=False)
    holders = ArrayField(models.BigIntegerField(), default=list)
    decision = models.TextField(blank=True, default="")
    decided_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            known_kinds(Outcome, "outcome", "batchrow_outcome"),
            known_kinds(TwinDecision, "decision", "batchrow_decision", empty=True),
            models.UniqueConstraint(fields=["batch", "line"], name="batchrow_line_once"),
        )
        indexes = (models.Index(fields=["batch", "outcome", "line"], name="batchrow_outcome_line"),)


class BatchProblem(models.Model):
    """What was wrong with a row, as its sentence says it."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="problem_rows")
    severity = models.TextField()
    code = models.TextField()
    line = models.IntegerField(null=True)
    column = models.TextField(blank=True, default="")
    value = models.TextField(blank=True, default="")
    message = models.TextField()
    unit = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=["batch", "line"], name="batchproblem_line"),)
