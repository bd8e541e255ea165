"""Periodic raises: delays, those that fall due, what is being decided of them, and those that were given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pamong.career.choices import KINDS, Effect, Ground
from pamong.kernel.ids import uuid7
from pamong.ledger.dated import ALIVE, ClockTimestamp, DatedRow, usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds


class KgbDelay(DatedRow):
    """Somebody's raise is delayed over a period, by an order; ``due_on`` is when it would have taken effect.

    A delay for performance and one by discipline are two things by two laws, and may run side by side.
    """

    key: ClassVar = ("person_id", "ground")
    facts: ClassVar = ("due_on", "order_no", "order_on", "reason")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    ground = models.TextField(choices=choices_of(Ground))
    due_on = models.DateField()
    order_no = models.TextField()
    order_on = models.DateField()
    reason = models.TextField()

    class Meta:
        verbose_name = "penundaan kenaikan gaji berkala"
        constraints = (
            *usual_constraints("kgbdelay", "person", "ground"),
            known_kinds(Ground, "ground", "kgbdelay_ground"),
            models.CheckConstraint(condition=Q(period__endswith__isnull=False), name="kgbdelay_ends"),
            models.CheckConstraint(condition=~Q(order_no="") & ~Q(reason=""), name="kgbdelay_told"),
        )


class KgbDue(models.Model):
    """Somebody's next raise as it was worked out; another row takes its place as soon as its inputs change.

    ``mkg_years``, ``mkg_months``, ``since``: the last salary step. ``row`` is the salary table's row that
    is reached, ``new_years`` and ``new_months`` the service then; amounts are rupiah a month by the table.
    None is not known. ``conditions`` are those of ``law.kgb``, in their order.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    effective_on = models.DateField()
    deadline = models.DateField(null=True)
    kind = models.TextField()
    golongan = models.TextField()
    mkg_years = models.SmallIntegerField()
    mkg_months = models.SmallIntegerField()
    since = models.DateField()
    row = models.SmallIntegerField()
    new_years = models.SmallIntegerField(null=True)
    new_months = models.SmallIntegerField(null=True)
    base_before = models.BigIntegerField(null=True)
    base_after = models.BigIntegerField(null=True)
    document = models.TextField(blank=True, default="")
    effect = models.TextField(choices=choices_of(Effect))
    conditions = models.JSONField()
    inputs_hash = models.TextField()
    made_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "kenaikan gaji berkala yang jatuh tempo"
        constraints = (
            # Each has one next raise.
            models.UniqueConstraint(fields=["person"], condition=ALIVE, name="kgbdue_one_standing"),
            known_kinds(Effect, "effect", "kgbdue_effect"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="kgbdue_kind"),
            models.CheckConstraint(
                condition=Q(effective_on__day=1, effective_on__gte=models.F("due_on")), name="kgbdue_month"
            ),
        )
        indexes = (models.Index(fields=["effective_on", "person"], condition=ALIVE, name="kgbdue_by_month"),)


class KgbCase(models.Model):
    """What is being decided of somebody's raise, one thing at a time. ``says`` is the hash of what it says:
    where it is another one now, the facts have changed."""

    id = models.BigAutoField(primary_key=True)
    decision = models.UUIDField(unique=True, editable=False)
    kind = models.TextField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    effective_on = models.DateField()
    says = models.TextField()
    began_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "usulan kenaikan gaji berkala"
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_at__isnull=True), name="kgbcase_one_open"
            ),
            models.CheckConstraint(condition=Q(says__regex="^[0-9a-f]{64}$"), name="kgbcase_says"),
        )
        indexes = (models.Index(fields=["person", "-id"], name="kgbcase_of_person"),)


class KgbRaise(DatedRow):
    """A raise that was given by an order, from the day on which it takes effect.

    The ``old_`` facts are those of the salary step before; amounts are rupiah a month by the table.
    ``next_on`` is when the next one falls due, None where the table ends. ``pay_month``: with whose salary
    it is paid.
    """

    key: ClassVar = ("person_id", "due_on")
    facts: ClassVar = (
        "decision", "order_no", "order_on", "kind", "golongan", "old_years", "old_months", "old_since",
        "base_before", "new_years", "new_months", "base_after", "deadline", "next_on", "pay_month",
    )  # fmt: skip

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    due_on = models.DateField()
    decision = models.UUIDField()
    order_no = models.TextField()
    order_on = models.DateField()
    kind = models.TextField()
    golongan = models.TextField()
    old_years = models.SmallIntegerField()
    old_months = models.SmallIntegerField()
    old_since = models.DateField()
    base_before = models.BigIntegerField()
    new_years = models.SmallIntegerField()
    new_months = models.SmallIntegerField()
    base_after = models.BigIntegerField()
    deadline = models.DateField(null=True)
    next_on = models.DateField(null=True)
    pay_month = models.DateField()

    class Meta:
        verbose_name = "kenaikan gaji berkala"
        constraints = (
            *usual_constraints("kgbraise", "person", "due_on"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="kgbraise_kind"),
            models.CheckConstraint(
                condition=Q(pay_month__day=1) & Q(base_after__gt=0) & ~Q(order_no=""), name="kgbraise_told"
            ),
        )
        indexes = (
            models.Index(fields=["pay_month", "person"], condition=ALIVE, name="kgbraise_by_pay_month"),
        )
