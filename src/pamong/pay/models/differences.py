"""What a paid month differs by, once more is known; where it was paid or taken back; what is still owed.

Every row is only added. A difference goes, whole or in parts, onto items of later lists, or against another
difference of the same month; what no list can take back becomes an overpayment with deposits to the treasury.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pamong.kernel.ids import uuid7
from pamong.ledger.dated import ClockTimestamp
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.pay.choices import Component, DifferenceCause, OverpaymentReason, SearchState
from pamong.pay.models.lists import PayItem

_USER = settings.AUTH_USER_MODEL


def _adds_up(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(net=F("gross") - F("tax") - F("health")), name=name)


class Difference(models.Model):
    """What the month of one person comes out differently by, since it was paid or last differed.

    ``facts``: what is known now, as a slip keeps it, so that the next difference begins from here.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    base = models.ForeignKey(PayItem, models.PROTECT, related_name="differences")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    component = models.TextField(choices=choices_of(Component), default=Component.TPP.value)
    service_month = models.DateField()
    sequence = models.SmallIntegerField()
    gross = models.BigIntegerField()
    tax = models.BigIntegerField()
    health = models.BigIntegerField()
    net = models.BigIntegerField()
    fingerprint = models.TextField()
    facts = models.TextField()
    posted_by = models.TextField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "component", "service_month", "sequence"], name="difference_never_twice"
            ),
            known_kinds(Component, "component", "difference_component"),
            models.CheckConstraint(condition=Q(service_month__day=1), name="difference_month_is_first_day"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="difference_follows_the_base"),
            models.CheckConstraint(condition=~Q(gross=0, tax=0, health=0), name="difference_is_not_nothing"),
            _adds_up("difference_adds_up"),
        )
        indexes = (models.Index(fields=["service_month"], name="difference_by_month"),)


class DifferenceLine(models.Model):
    """What one cause adds to a difference; ``changes``: what is known otherwise now (what, old, new)."""

    pk = models.CompositePrimaryKey("difference_id", "number")
    difference = models.ForeignKey(Difference, models.PROTECT, related_name="lines", db_index=False)
    number = models.SmallIntegerField()
    cause = models.TextField(choices=choices_of(DifferenceCause))
    gross = models.BigIntegerField()
    tax = models.BigIntegerField()
    health = models.BigIntegerField()
    net = models.BigIntegerField()
    changes = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["difference", "cause"], name="difference_line_once_a_cause"),
            known_kinds(DifferenceCause, "cause", "difference_line_cause"),
            _adds_up("difference_line_adds_up"),
        )


class DifferencePart(models.Model):
    """A part of a difference that stands on an item of a list, or against another difference of the month.

    It counts as long as its item is not released. All parts together never exceed the difference.
    """

    id = models.BigAutoField(primary_key=True)
    difference = models.ForeignKey(Difference, models.PROTECT, related_name="parts")
    item = models.OneToOneField(PayItem, models.PROTECT, null=True, related_name="part")
    against = models.ForeignKey(Difference, models.PROTECT, null=True, related_name="+", db_index=False)
    gross = models.BigIntegerField()
    tax = models.BigIntegerField()
    health = models.BigIntegerField()
    net = models.BigIntegerField()
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(item__isnull=False, against__isnull=True)
                | Q(item__isnull=True, against__isnull=False) & ~Q(against=F("difference")),
                name="difference_part_has_one_place",
            ),
            _adds_up("difference_part_adds_up"),
        )


class DifferenceSearch(models.Model):
    """Somebody's search for the differences of a paid month, and what came of it.

    ``people``, ``more`` and ``less``: with a difference, to whom more is due, who received too much;
    ``undecided``: of whom nothing can be said, as pairs of a base payment and the reason.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    month = models.DateField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    state = models.TextField(choices=choices_of(SearchState), default=SearchState.WAITING.value)
    done_at = models.DateTimeField(null=True)
    failure = models.TextField(default="", blank=True)
    people = models.IntegerField(default=0)
    more = models.IntegerField(default=0)
    less = models.IntegerField(default=0)
    net = models.BigIntegerField(default=0)
    undecided = models.JSONField(default=list)

    class Meta:
        constraints = (
            known_kinds(SearchState, "state", "difference_search_state"),
            models.CheckConstraint(
                condition=Q(state=SearchState.WAITING.value, done_at__isnull=True)
                | ~Q(state=SearchState.WAITING.value) & Q(done_at__isnull=False),
                name="difference_search_ends",
            ),
            models.CheckConstraint(
                condition=Q(state=SearchState.FAILED.value) ^ Q(failure=""), name="difference_search_says_why"
            ),
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(state=SearchState.WAITING.value),
                name="difference_search_one_a_month",
            ),
        )


class Overpayment(models.Model):
    """A difference that was paid too much and comes back as deposits: *kelebihan bayar*. Rupiah, positive."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    difference = models.OneToOneField(Difference, models.PROTECT, related_name="overpayment")
    amount = models.BigIntegerField()
    reason = models.TextField(choices=choices_of(OverpaymentReason))
    opened_by = models.TextField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            known_kinds(OverpaymentReason, "reason", "overpayment_reason"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="overpayment_is_owed"),
        )


class InstalmentPlan(models.Model):
    """When an overpayment comes back. Of those to which another person agreed, the newest holds."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    overpayment = models.ForeignKey(Overpayment, models.PROTECT, related_name="plans")
    amount = models.BigIntegerField()  # what was left when it was made
    document = models.TextField()  # the statement of the debtor, or the order
    proposed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", db_index=False)
    proposed_name = models.TextField()
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_plan_amount"),
            models.CheckConstraint(condition=~Q(document=""), name="instalment_plan_document"),
        )


class Instalment(models.Model):
    """One part of a plan, due on a day of this fiscal year or a later one."""

    pk = models.CompositePrimaryKey("plan_id", "number")
    plan = models.ForeignKey(InstalmentPlan, models.PROTECT, related_name="instalments", db_index=False)
    number = models.SmallIntegerField()
    due_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_amount"),
            models.UniqueConstraint(fields=["plan", "due_on"], name="instalment_one_a_day"),
        )


class PlanDecision(models.Model):
    """Another person's word on a plan: agreed, or refused with a reason."""

    plan = models.OneToOneField(InstalmentPlan, models.PROTECT, related_name="decision", primary_key=True)
    agreed = models.BooleanField()
    note = models.TextField(default="", blank=True)
    decided_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", db_index=False)
    decided_name = models.TextField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(note=""), name="plan_refused_with_reason"),
        )


class Deposit(models.Model):
    """What came back to the treasury, by its STS; or, with ``reverses``, one that was entered wrongly.

    ``version``: how often this STS was entered and reversed before.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    overpayment = models.ForeignKey(Overpayment, models.PROTECT, related_name="deposits")
    sts_number = models.TextField()
    version = models.SmallIntegerField(default=0)
    paid_on = models.DateField()
    amount = models.BigIntegerField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    note = models.TextField(default="", blank=True)
    recorded_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", db_index=False)
    recorded_name = models.TextField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["sts_number", "version"], condition=Q(reverses__isnull=True), name="deposit_sts_once"
            ),
            models.CheckConstraint(condition=~Q(sts_number=""), name="deposit_has_sts"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0)
                | Q(reverses__isnull=False, amount__lt=0) & ~Q(note=""),
                name="deposit_reversal_has_reason",
            ),
        )
