"""The tables of the intake and the seals.

All are written by plain SQL in ``services``, never by the ORM: the application has no right to the column
``at``, which the database stamps, and the ORM would name it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pamong.ledger.choices import SealKind
from pamong.ledger.kinds import choices_of, known_kinds

KIND_PATTERN = r"^[a-z][a-z_]*\.[a-z][a-z_]*$"


class ClockTimestamp(models.Func):
    """The database's own clock, which moves within a transaction."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class Intake(models.Model):
    """One entry waiting for its place in the log: ``body`` holds the bytes of the future leaf."""

    id = models.BigAutoField(primary_key=True)
    log = models.TextField()
    kind = models.TextField()
    body = models.TextField()
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__regex=KIND_PATTERN), name="intake_kind_form"),
        )
        indexes = (models.Index(fields=["kind", "id"], name="intake_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Personal(models.Model):
    """What opens one commitment of an entry. It may be erased; the entry stands."""

    pk = models.CompositePrimaryKey("intake_id", "field")
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="openings", db_index=False)
    field = models.TextField()
    salt = models.BinaryField()
    value = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.field} #{self.intake_id}"


class Seal(models.Model):
    """What a protected row rests on: the kind of act and its id. Other modules' rows point here."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=choices_of(SealKind))
    ref = models.UUIDField()
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (
            known_kinds(SealKind, "kind", "seal_kind"),
            models.UniqueConstraint(fields=["kind", "ref"], name="seal_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
