"""The lists on which a month is paid, one an OPD, from computed to paid; their items, steps, files, budgets.

An item is never deleted: it is released from a list, and then the same key may stand on another. A list that
is signed is frozen with a hash over its items; triggers hold both (see the migration).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.kernel.ids import uuid7
from pamong.ledger.dated import ClockTimestamp
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.pay.choices import (
    BudgetState,
    Component,
    ItemState,
    ListKind,
    OutFile,
    PathState,
    Payee,
    StepKind,
)

_USER = settings.AUTH_USER_MODEL
_SIGNED = [PathState.VERIFIED, PathState.CHECKED, PathState.SUBMITTED, PathState.PAID]
_CHECKED = [PathState.CHECKED, PathState.SUBMITTED, PathState.PAID]
_SUBMITTED = [PathState.SUBMITTED, PathState.PAID]


def _only(states: list[PathState], there: Q, absent: Q, name: str) -> models.CheckConstraint:
    """What is there in these states, and in no other."""
    return models.CheckConstraint(
        condition=(Q(state__in=states) & there) | (~Q(state__in=states) & absent), name=name
    )


class PayList(models.Model):
    """One list of one OPD for one month and kind. Amounts are those of the items that are included."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    reference = models.TextField(unique=True)  # the key by which treasury and bank know it
    month = models.DateField()
    opd = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    opd_name = models.TextField()
    kind = models.TextField(choices=choices_of(ListKind))
    number = models.SmallIntegerField()
    run = models.ForeignKey("pay.Run", models.PROTECT, null=True, related_name="lists")
    state = models.TextField(choices=choices_of(PathState), default=PathState.COMPUTED.value)
    people = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    gross = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    health = models.BigIntegerField(default=0)
    net = models.BigIntegerField(default=0)
    items_hash = models.TextField(default="", blank=True)
    # The decision that closes it, from its proposal on: it waits as long as nobody has signed the list.
    closing = models.UUIDField(null=True, unique=True, editable=False)
    entered_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    signed_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    checked_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    spp_number = models.TextField(default="", blank=True)
    spm_number = models.TextField(default="", blank=True)
    spm_on = models.DateField(null=True)
    spm_amount = models.BigIntegerField(null=True)
    budget_reason = models.TextField(default="", blank=True)  # why it goes on though the budget is used up
    sp2d_number = models.TextField(default="", blank=True)
    sp2d_on = models.DateField(null=True)
    sp2d_amount = models.BigIntegerField(null=True)
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["month", "opd_name", "kind", "number"], name="pay_list_number"),
            models.UniqueConstraint(
                fields=["month", "opd"], condition=Q(kind=ListKind.MAIN.value), name="pay_list_one_main"
            ),
            models.UniqueConstraint(
                fields=["spm_number"], condition=~Q(spm_number=""), name="pay_list_spm_once"
            ),
            models.UniqueConstraint(
                fields=["sp2d_number"], condition=~Q(sp2d_number=""), name="pay_list_sp2d_once"
            ),
            known_kinds(ListKind, "kind", "pay_list_kind"),
            known_kinds(PathState, "state", "pay_list_state"),
            models.CheckConstraint(condition=Q(month__day=1), name="pay_list_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & (~Q(kind=ListKind.MAIN.value) | Q(number=1)),
                name="pay_list_number_from_one",
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=False) | Q(kind=ListKind.ARREARS.value), name="pay_list_run"
            ),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("tax") - F("health")), name="pay_list_totals_add_up"
            ),
            _only(_SIGNED, ~Q(items_hash=""), Q(items_hash=""), "pay_list_signed_is_frozen"),
            models.CheckConstraint(
                condition=Q(closing__isnull=True) | Q(entered_by__isnull=False),
                name="pay_list_closing_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_SIGNED)
                | Q(entered_by__isnull=False, signed_by__isnull=False) & ~Q(entered_by=F("signed_by")),
                name="pay_list_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_CHECKED)
                | Q(checked_by__isnull=False)
                & ~Q(checked_by=F("entered_by"))
                & ~Q(checked_by=F("signed_by")),
                name="pay_list_three_people",
            ),
            _only(
                _SUBMITTED,
                ~Q(spp_number="")
                & ~Q(spm_number="")
                & Q(spm_on__isnull=False, spm_amount__isnull=False, spm_amount=F("gross")),
                Q(spp_number="", spm_number="", spm_on__isnull=True, spm_amount__isnull=True),
                "pay_list_submitted_to_the_rupiah",
            ),
            _only(
                [PathState.PAID],
                ~Q(sp2d_number="")
                & Q(sp2d_on__isnull=False, sp2d_amount__isnull=False, sp2d_amount=F("gross")),
                Q(sp2d_number="", sp2d_on__isnull=True, sp2d_amount__isnull=True),
                "pay_list_paid_to_the_rupiah",
            ),
        )
        indexes = (models.Index(fields=["opd", "month"], name="pay_list_by_opd"),)


class PayItem(models.Model):
    """One amount of one person on a list. ``sequence`` 0 is the base payment of a month of service, from a
    slip; 1 and more are differences for the same month. Of one key, one row stands over all lists."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    list = models.ForeignKey(PayList, models.PROTECT, related_name="items")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    slip = models.ForeignKey("pay.Slip", models.PROTECT, null=True, related_name="items")
    nip = models.TextField()
    name = models.TextField()
    component = models.TextField(choices=choices_of(Component), default=Component.TPP.value)
    service_month = models.DateField()
    sequence = models.SmallIntegerField(default=0)
    gross = models.BigIntegerField()
    tax = models.BigIntegerField()
    health = models.BigIntegerField()
    net = models.BigIntegerField()
    state = models.TextField(choices=choices_of(ItemState), default=ItemState.INCLUDED.value)
    reason = models.TextField(default="", blank=True)
    payee = models.TextField(choices=choices_of(Payee), default=Payee.OWN.value)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    released_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "component", "service_month", "sequence"],
                condition=Q(released_at__isnull=True),
                name="pay_item_never_twice",
            ),
            known_kinds(Component, "component", "pay_item_component"),
            known_kinds(ItemState, "state", "pay_item_state"),
            known_kinds(Payee, "payee", "pay_item_payee"),
            models.CheckConstraint(condition=Q(service_month__day=1), name="pay_item_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("tax") - F("health")), name="pay_item_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(sequence=0, slip__isnull=False, gross__gte=0, net__gte=0)
                | Q(sequence__gte=1, slip__isnull=True),
                name="pay_item_base_has_slip",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.HELD.value) & ~Q(reason="")
                | ~Q(state=ItemState.HELD.value) & Q(reason=""),
                name="pay_item_held_has_reason",
            ),
        )


class ListStep(models.Model):
    """Who did what with a list, or with one item of it, when and why. Rows are only added."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    list = models.ForeignKey(PayList, models.PROTECT, related_name="steps")
    kind = models.TextField(choices=choices_of(StepKind))
    item = models.ForeignKey(PayItem, models.PROTECT, null=True, related_name="steps", db_index=False)
    note = models.TextField(default="", blank=True)
    items_hash = models.TextField(default="", blank=True)  # what was signed, checked, submitted, paid
    by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.TextField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            known_kinds(StepKind, "kind", "list_step_kind"),
            models.CheckConstraint(
                condition=~Q(kind__in=[StepKind.HELD.value, StepKind.RELEASED.value, StepKind.REOPENED.value])
                | ~Q(note=""),
                name="list_step_reason",
            ),
        )


class PayFile(models.Model):
    """A file of a list that was handed to the treasury or to the bank; its bytes stand in the file store."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    list = models.ForeignKey(PayList, models.PROTECT, related_name="files")
    kind = models.TextField(choices=choices_of(OutFile))
    template = models.TextField()
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    people = models.IntegerField()
    total = models.BigIntegerField()
    made_by = models.TextField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["list", "kind", "sha256"], name="pay_file_once"),
            known_kinds(OutFile, "kind", "pay_file_kind"),
        )


class TreasuryFile(models.Model):
    """A list of SP2D that came back from the treasury, and what became of each of its rows."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    month = models.DateField()
    name = models.TextField()
    sha256 = models.TextField(unique=True)
    size = models.BigIntegerField()
    rows = models.JSONField(default=list)  # line, reference, number, amount, outcome, sentence
    paid = models.IntegerField()
    refused = models.IntegerField()
    read_by = models.TextField()
    read_at = models.DateTimeField(db_default=Now())


class Budget(models.Model):
    """The validated budget (pagu) of an OPD for a year: one proposes it, another agrees."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    opd = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    amount = models.BigIntegerField()
    document = models.TextField()
    state = models.TextField(choices=choices_of(BudgetState), default=BudgetState.WAITING.value)
    proposed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    proposed_name = models.TextField()
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_name = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["opd", "year"], condition=Q(state=BudgetState.AGREED.value), name="budget_one_agreed"
            ),
            models.UniqueConstraint(
                fields=["opd", "year"],
                condition=Q(state=BudgetState.WAITING.value),
                name="budget_one_waiting",
            ),
            known_kinds(BudgetState, "state", "budget_state"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_amount"),
            models.CheckConstraint(condition=~Q(document=""), name="budget_document"),
            models.CheckConstraint(
                condition=Q(state=BudgetState.WAITING.value)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="budget_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BudgetState.AGREED.value, BudgetState.REPLACED.value])
                | Q(basis__isnull=False),
                name="budget_agreed_has_basis",
            ),
        )
