"""Runs, slips and lines. A slip belongs to a run; it is seen only once the run is published.

Slips are written in chunks by COPY (see `staging`), never by the ORM. A chunk is one transaction with its
row in `RunChunk`, so that a run that was cut off goes on with the chunks that are missing.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.ledger.dated import DatedRow, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.pay.choices import Cause, FileKind, LineKind, ListState, Mode, RunState, SlipState

# A CHECK lets pass what is neither true nor false, as each comparison with NULL: so each amount is asked for.
_AMOUNTS_MISSING = tuple(f"{name}__isnull" for name in ("ceiling", "earned", "gross", "tax", "health", "net"))


class Run(models.Model):
    """One computation of one month from one set of files under one fingerprint of the law."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    month = models.DateField()
    profile = models.TextField()
    overlay = models.TextField(default="", blank=True)
    mode = models.TextField(choices=choices_of(Mode))
    state = models.TextField(choices=choices_of(RunState), default=RunState.WAITING.value)
    fingerprint = models.TextField()
    inputs_hash = models.TextField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")
    started_by = models.TextField()
    started_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True)
    stage = models.TextField(default="", blank=True)
    done = models.IntegerField(default=0)
    chunk = models.IntegerField(default=0)  # slips in a chunk; 0 until the first is written
    people = models.IntegerField(default=0)
    computed = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    elsewhere = models.IntegerField(default=0)
    problems = models.IntegerField(default=0)
    ceiling = models.BigIntegerField(default=0)
    earned = models.BigIntegerField(default=0)
    gross = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    health = models.BigIntegerField(default=0)
    net = models.BigIntegerField(default=0)
    slips_hash = models.TextField(default="", blank=True)
    failure = models.TextField(default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["inputs_hash"],
                condition=~Q(state__in=[RunState.CANCELLED.value, RunState.FAILED.value]),
                name="run_once_for_same_inputs",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="run_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(state=RunState.PUBLISHED.value, published_at__isnull=False)
                | (~Q(state=RunState.PUBLISHED.value) & Q(published_at__isnull=True)),
                name="run_published_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("tax") - F("health")), name="run_totals_add_up"
            ),
        )
        indexes = (models.Index(fields=["-month", "-id"], name="run_by_month"),)


class RunFile(models.Model):
    """One file that a run reads; its bytes stand in the file store under the hash."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="files")
    number = models.SmallIntegerField()
    kind = models.TextField(choices=choices_of(FileKind))
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "number"], name="run_file_number"),)


class RunChunk(models.Model):
    """A part of a run whose slips are staged."""

    pk = models.CompositePrimaryKey("run_id", "number")
    run = models.ForeignKey(Run, models.PROTECT, related_name="chunks", db_index=False)
    number = models.IntegerField()
    slips = models.IntegerField()
    done_at = models.DateTimeField(db_default=Now())


class RunProblem(models.Model):
    """One doubt about the files of a run, or about a person in it."""

    pk = models.CompositePrimaryKey("run_id", "number")
    run = models.ForeignKey(Run, models.PROTECT, related_name="problem_rows", db_index=False)
    number = models.IntegerField()
    severity = models.TextField()
    code = models.TextField()
    file = models.TextField()
    line = models.IntegerField(null=True)
    column = models.TextField()
    value = models.TextField()
    message = models.TextField()
    subject = models.TextField()


class Slip(models.Model):
    """What one person receives for the month, or why not."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="slips", db_index=False)
    number = models.IntegerField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    nip = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    golongan = models.TextField()
    job_class = models.SmallIntegerField(null=True)
    post_name = models.TextField()
    unit_name = models.TextField()
    opd_name = models.TextField()
    pay_group = models.TextField()
    state = models.TextField(choices=choices_of(SlipState))
    reason = models.TextField()
    died_on = models.DateField(null=True)
    payee = models.TextField(
        blank=True, default="", db_default=""
    )  # who receives it, where it is not the person himself
    ceiling = models.BigIntegerField(null=True)
    earned = models.BigIntegerField(null=True)
    gross = models.BigIntegerField(null=True)
    tax = models.BigIntegerField(null=True)
    health = models.BigIntegerField(null=True)
    net = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "nip"], name="slip_once_a_person"),
            models.UniqueConstraint(fields=["run", "number"], name="slip_number"),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True, payee="") | (Q(died_on__isnull=False) & ~Q(payee="")),
                name="slip_payee_of_the_dead",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["computed", "delayed"],
                    net=F("gross") - F("tax") - F("health"),
                    **dict.fromkeys(_AMOUNTS_MISSING, False),
                )
                | (
                    Q(state__in=["held", "elsewhere", "none"], **dict.fromkeys(_AMOUNTS_MISSING, True))
                    & ~Q(reason="")
                ),
                name="slip_has_amount_or_reason",
            ),
        )


class SlipLine(models.Model):
    """One line of a slip: an amount under its name and method. Cuts, tax and contributions are positive."""

    pk = models.CompositePrimaryKey("slip_id", "number")
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="lines", db_index=False)
    number = models.SmallIntegerField()
    kind = models.TextField(choices=choices_of(LineKind))
    code = models.TextField()
    method = models.TextField()
    amount = models.BigIntegerField()


class SlipInput(models.Model):
    """The facts that a slip was worked out from: person, parts of the month, days with their punches."""

    slip = models.OneToOneField(Slip, models.PROTECT, related_name="input", primary_key=True)
    facts = models.TextField()  # JSON, as `frames.facts_json` writes it


class PaidList(models.Model):
    """A list that was paid for a month, compared with a run: the shadow month."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="paid_lists")
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    state = models.TextField(choices=choices_of(ListState), default=ListState.WAITING.value)
    failure = models.TextField(default="", blank=True)
    problems = models.JSONField(default=list)
    people = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    computed = models.BigIntegerField(default=0)
    causes = models.JSONField(default=dict)  # cause: people, sum, sum of sizes
    unknown = models.BigIntegerField(default=0)  # sum of sizes of what nothing explains
    asked_by = models.TextField()
    asked_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "sha256"], name="paid_list_once"),
            known_kinds(ListState, "state", "paid_list_state"),
        )


class PaidDifference(models.Model):
    """One part by which what was paid to a person differs from what was computed, and its cause."""

    pk = models.CompositePrimaryKey("list_id", "number")
    list = models.ForeignKey(PaidList, models.PROTECT, related_name="differences", db_index=False)
    number = models.IntegerField()
    nip = models.TextField()
    name = models.TextField()
    opd_name = models.TextField()
    cause = models.TextField(choices=choices_of(Cause))
    part = models.TextField()
    paid = models.BigIntegerField(null=True)
    computed = models.BigIntegerField(null=True)
    amount = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["list", "cause", "number"], name="paid_difference_cause"),)


class PayFact(DatedRow):
    """How somebody is paid over a period: in which group, with which fixed income and tax status.

    '' and None where it is not known: a slip that needs it is held.
    """

    key: ClassVar = ("person_id",)
    facts: ClassVar = ("pay_group", "fixed_income", "tax_status")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    pay_group = models.TextField(blank=True, default="")
    fixed_income = models.BigIntegerField(null=True)
    tax_status = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "data penghasilan"
        constraints = (
            *usual_constraints("payfact", "person"),
            models.CheckConstraint(condition=Q(pay_group__regex="^[a-z_]*$"), name="payfact_group"),
            models.CheckConstraint(
                condition=Q(fixed_income__isnull=True) | Q(fixed_income__gte=0), name="payfact_income"
            ),
            models.CheckConstraint(
                condition=Q(tax_status__regex="^((TK|K)/[0-3])?$"), name="payfact_tax_status"
            ),
        )
