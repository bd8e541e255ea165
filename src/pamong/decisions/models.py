"""Decisions, their gates and answers, orders with their register, objections, delegations and memos.

What was proposed and answered is never rewritten; a decision only learns whose turn it is and how it ended.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from pamong.decisions.choices import Answer, OrderEndKind, Part, Reach, Stage, State, Verdict
from pamong.kernel.ids import uuid7
from pamong.ledger.dated import ClockTimestamp, DatedRow, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds

_USER = settings.AUTH_USER_MODEL
_WAITING = Q(state=State.WAITING.value)


class Decision(models.Model):
    """Something that is, or was, to be decided. ``key`` comes from its form: sent twice, it is stored once.

    ``entered_on`` is the day of the proposal by the clock of the edge: no order of it is dated earlier.
    ``steps`` are its turns as they were found when it was proposed; ``place`` counts the turn that it waits
    for, from 0. It waits for who answers for ``waits_seat``, or for who holds ``waits_permission`` over the
    unit with the code ``waits_unit``. ``barred`` are persons who may not answer: whom it is about and
    relatives, who proposed it, who answered before. ``odd``: a gate is not simply met. ``held``: an objection
    is open. ``withdrawal``: why it was taken back, '' where it was not or nobody had to say.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.UUIDField()
    kind = models.TextField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    title = models.TextField()
    content = models.JSONField()
    reason = models.TextField(blank=True, default="")
    steps = models.JSONField()
    state = models.TextField(choices=choices_of(State), default=State.WAITING.value)
    place = models.SmallIntegerField(default=0)
    waits_seat = models.ForeignKey(
        "organisation.Seat", models.PROTECT, null=True, related_name="+", db_index=False
    )
    waits_permission = models.TextField(blank=True, default="")
    waits_unit = models.TextField(blank=True, default="")
    due_at = models.DateTimeField(null=True)
    odd = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    barred = ArrayField(models.BigIntegerField(), default=list)
    entered_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    entered_name = models.TextField()
    entered_person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    entered_on = models.DateField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    withdrawal = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "keputusan"
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawal="") | Q(state=State.WITHDRAWN.value), name="decision_withdrawn"
            ),
            known_kinds(State, "state", "decision_state"),
            models.UniqueConstraint(fields=["entered_by", "key"], name="decision_once"),
            # Of the machine's own proposals, which nobody entered.
            models.UniqueConstraint(
                fields=["key"], condition=Q(entered_by__isnull=True), name="decision_once_by_machine"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SEALED.value) | Q(basis__isnull=False), name="decision_sealed"
            ),
            models.CheckConstraint(
                condition=_WAITING & Q(closed_at__isnull=True) | ~_WAITING & Q(closed_at__isnull=False),
                name="decision_closed",
            ),
            models.CheckConstraint(
                condition=~_WAITING | Q(waits_seat__isnull=False) | ~Q(waits_permission=""),
                name="decision_addressed",
            ),
        )
        indexes = (
            models.Index(fields=["waits_seat", "due_at"], condition=_WAITING, name="decision_waits_seat"),
            models.Index(
                fields=["waits_permission", "due_at"], condition=_WAITING, name="decision_waits_role"
            ),
            models.Index(fields=["person", "-id"], name="decision_of_person"),
            models.Index(fields=["entered_by", "-id"], name="decision_entered"),
            models.Index(fields=["kind", "state", "-id"], name="decision_kind"),
        )


class GateRow(models.Model):
    """What a gate said at a stage, and the reason that was written where it was not simply met."""

    id = models.BigAutoField(primary_key=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="gates")
    stage = models.TextField(choices=choices_of(Stage))
    rank = models.SmallIntegerField()
    code = models.TextField()
    title = models.TextField()
    verdict = models.TextField(choices=choices_of(Verdict))
    sentence = models.TextField()
    value = models.TextField(blank=True, default="")
    threshold = models.TextField(blank=True, default="")
    article = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            known_kinds(Stage, "stage", "gaterow_stage"),
            known_kinds(Verdict, "verdict", "gaterow_verdict"),
            models.UniqueConstraint(fields=["decision", "stage", "code"], name="gaterow_once"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SIGNED.value, verdict=Verdict.WARN.value) | ~Q(reason=""),
                name="gaterow_reason",
            ),
            models.CheckConstraint(
                condition=~Q(
                    stage=Stage.SIGNED.value, verdict__in=[Verdict.BLOCK.value, Verdict.UNKNOWN.value]
                ),
                name="gaterow_not_past_a_block",
            ),
        )


class StepAct(models.Model):
    """An answer in a step: who gave it, from which office and by what reach. ``late``: after the clock.

    ``change`` is the content as the official would have it, where the answer was a change: an opinion is
    advice, and with the signature it is what holds.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="acts")
    place = models.SmallIntegerField()
    step = models.TextField()
    part = models.TextField(choices=choices_of(Part))
    answer = models.TextField(choices=choices_of(Answer))
    reason = models.TextField(blank=True, default="")
    change = models.JSONField(null=True)
    user = models.ForeignKey(_USER, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.TextField()
    office = models.TextField()
    seat = models.ForeignKey("organisation.Seat", models.PROTECT, null=True, related_name="+", db_index=False)
    reach = models.TextField(choices=choices_of(Reach))
    late = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            known_kinds(Part, "part", "stepact_part"),
            known_kinds(Answer, "answer", "stepact_answer"),
            known_kinds(Reach, "reach", "stepact_reach"),
            models.UniqueConstraint(fields=["decision", "place"], name="stepact_once"),
            # Nobody plays two parts; that it is not the one who proposed it either, a trigger holds.
            models.UniqueConstraint(fields=["decision", "user"], name="stepact_one_part_each"),
            models.CheckConstraint(
                condition=Q(answer=Answer.AGREE.value) | ~Q(reason=""), name="stepact_reason"
            ),
        )


class Register(models.Model):
    """The last number given in a class and year. A number is given in the transaction of its order, so that
    none is lost."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField()
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "year"], name="register_once"),
            models.CheckConstraint(condition=Q(last__gte=0), name="register_counts"),
        )


class Order(models.Model):
    """An order (SK): its number and date, and what it says. It exists only as the result of a sealed
    decision. ``content`` is what the log commits to and the template prints; ``late``: entered after its
    effects began."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="order")
    register = models.TextField()
    year = models.SmallIntegerField()
    place = models.IntegerField()
    number = models.TextField()
    dated_on = models.DateField()
    title = models.TextField()
    template = models.TextField()
    template_sha256 = models.TextField()
    content = models.JSONField()
    late = models.BooleanField(default=False)
    intake_id = models.BigIntegerField(null=True)
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = "surat keputusan"
        constraints = (
            models.UniqueConstraint(fields=["register", "year", "place"], name="order_place_once"),
            models.UniqueConstraint(fields=["number"], name="order_number_once"),
            models.CheckConstraint(condition=Q(place__gt=0), name="order_place"),
        )


class OrderFile(models.Model):
    """The PDF of an order as it was made once its proof stood, for good: whoever asks gets the same bytes.
    ``signed_by`` is the name in the certificate that signed it, '' for none."""

    id = models.BigAutoField(primary_key=True)
    order = models.OneToOneField(Order, models.PROTECT, related_name="file")
    sha256 = models.TextField()
    size = models.IntegerField()
    signed_by = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="orderfile_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0), name="orderfile_size"),
        )


class OrderEnd(models.Model):
    """That an order ended: annulled, or replaced by another; by which decision."""

    id = models.BigAutoField(primary_key=True)
    order = models.OneToOneField(Order, models.PROTECT, related_name="end")
    how = models.TextField(choices=choices_of(OrderEndKind))
    by = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (
            known_kinds(OrderEndKind, "how", "orderend_how"),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=F("order")), name="orderend_by_other"
            ),
            models.CheckConstraint(
                condition=Q(how=OrderEndKind.ANNULLED.value) | Q(by__isnull=False), name="orderend_replaced"
            ),
        )


class Objection(models.Model):
    """That somebody outside objects (the inspectorate, BKN). As long as it is open, nothing is signed."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    by = models.TextField()
    text = models.TextField()
    filed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", db_index=False)
    filed_name = models.TextField()
    filed_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    lifted_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", db_index=False)
    lifted_name = models.TextField(blank=True, default="")
    lifted_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(by="") & ~Q(text=""), name="objection_says"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(answer=""),
                name="objection_lifted",
            ),
            # Who objects also says when he is content: nobody else can wave it away.
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | Q(lifted_by=F("filed_by")), name="objection_own"
            ),
        )


class Delegation(DatedRow):
    """A seat's decisions of some kinds are answered from another seat for a while."""

    key: ClassVar = ("seat_id", "to_seat_id")
    facts: ClassVar = ("kinds", "note")

    seat = models.ForeignKey("organisation.Seat", models.PROTECT, related_name="+")
    to_seat = models.ForeignKey("organisation.Seat", models.PROTECT, related_name="+")
    kinds = ArrayField(models.TextField())
    note = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "pendelegasian"
        constraints = (
            *usual_constraints("delegation", "seat", "to_seat"),
            models.CheckConstraint(
                condition=Q(period__isempty=True) | Q(period__endswith__isnull=False),
                name="delegation_days",
            ),
            models.CheckConstraint(condition=~Q(to_seat=F("seat")), name="delegation_to_other"),
        )


class Memo(models.Model):
    """An instruction by word of mouth, as who received it wrote it down: who said what, when."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="memos")
    source = models.TextField()
    text = models.TextField()
    said_at = models.DateTimeField()
    filed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    filed_name = models.TextField()
    filed_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(source="") & ~Q(text=""), name="memo_says"),)
