"""Delays of periodic raises, and the list of those that fall due."""

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
