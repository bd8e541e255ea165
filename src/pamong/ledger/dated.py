"""Dated rows: what holds when, as known when, resting on what. The base of every table with a history.

A table's rows fall into timelines (all rows of one person's rank); within one, rows that are not superseded
do not overlap, and an exclusion constraint of the table holds that. ``write`` stores the plan of an act
(``kernel.timeline``); ``ledger.undoing`` takes back everything that rests on one basis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.db.models.functions import Now

from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.kernel.timeline import Added, Plan, Row
from pamong.ledger.choices import Act
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.ledger.models import ClockTimestamp as ClockTimestamp  # noqa: PLC0414 - part of the face

ALIVE = Q(superseded_at__isnull=True)


class MovedOn(DomainError):
    """Someone else changed the same timeline in the meantime."""

    def __init__(self) -> None:
        super().__init__("Data ini baru saja diubah orang lain. Muat ulang halamannya, lalu coba lagi.")


class BuiltUpon(DomainError):
    """What is to be undone has been changed since."""

    def __init__(self, count: int, what: str) -> None:
        super().__init__(
            f"{count} baris {what} sudah diubah lagi sesudahnya, jadi tidak dapat dibatalkan sekaligus. "
            "Batalkan perubahan yang lebih baru dulu."
        )


class DatedQuerySet(models.QuerySet["Any"]):
    """The two questions of time: what holds on a date, and as known when."""

    def known(self, at: datetime | None = None) -> Self:
        """Rows that stood at an instant; now, without one."""
        if at is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(Q(recorded_at__lte=at), Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))

    def as_of(self, on: date, known_at: datetime | None = None) -> Self:
        """Rows that hold on a date, as known at an instant (now, without one)."""
        return self.known(known_at).filter(period__contains=on)


class DatedRow(models.Model):
    """What every dated table has. Subclasses name their timeline in ``key`` and their values in ``facts``."""

    key: ClassVar[tuple[str, ...]]
    facts: ClassVar[tuple[str, ...]]

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    period = DateRangeField()
    act = models.TextField(choices=choices_of(Act), default=Act.CHANGE.value)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="superseded_by", db_index=False
    )
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    superseded_basis = models.ForeignKey(
        "ledger.Seal", models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def span(self) -> Period:
        """The period as the kernel knows it."""
        return Period(self.period.lower, self.period.upper)

    @property
    def values(self) -> dict[str, Any]:
        """The facts of the row by name; a foreign key as its id."""
        return {name: getattr(self, name) for name in self.facts}


def usual_constraints(name: str, *key: str) -> tuple[Any, ...]:
    """Periods with a start, known acts, and no overlap within a timeline."""
    return (
        models.CheckConstraint(
            condition=Q(period__isempty=False, period__startswith__isnull=False), name=f"{name}_period"
        ),
        known_kinds(Act, "act", f"{name}_act"),
        models.CheckConstraint(
            condition=Q(superseded_at__isnull=True, superseded_basis__isnull=True)
            | Q(superseded_at__isnull=False, superseded_basis__isnull=False),
            name=f"{name}_superseded",
        ),
        never_two(f"{name}_no_overlap", *key),
    )


def never_two(
    name: str, *key: str, where: Q | None = None, deferrable: models.Deferrable | None = None
) -> ExclusionConstraint:
    """No two rows that stand share a day and all of ``key``."""
    same: list[Any] = [(field, RangeOperators.EQUAL) for field in key]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, ("period", RangeOperators.OVERLAPS)],
        condition=ALIVE if where is None else ALIVE & where,
        deferrable=deferrable,
    )


def timeline(model: type[DatedRow], **key: Any) -> list[Row]:
    """The standing rows of one timeline, oldest first."""
    rows = model.objects.known().filter(**key).order_by("period")
    return [Row(row.span, row.values, row.pk) for row in rows]


def write(
    model: type[DatedRow], key: Mapping[str, Any], plan: Plan, *, act: Act, basis: int
) -> list[DatedRow]:
    """Store the plan of an act and return the new rows. In a transaction, the timeline's owner locked.

    ``MovedOn`` where a row that the plan replaces stands no more.
    """
    return write_many(model, [(key, plan)], act=act, basis=basis)


def write_many(
    model: type[DatedRow], changes: Sequence[tuple[Mapping[str, Any], Plan]], *, act: Act, basis: int
) -> list[DatedRow]:
    """Store plans for several timelines of one table, each ``(key, plan)``; like ``write``.

    All that is replaced goes first, so that timelines may trade what only one of them can have.
    """
    gone = [row.id for _, plan in changes for row in plan.removed if row.id is not None]
    supersede(model, gone, basis)
    rows = [_row(model, key, added, act, basis) for key, plan in changes for added in plan.added]
    return list(model.objects.bulk_create(rows))


def supersede(model: type[DatedRow], ids: Sequence[int], basis: int) -> None:
    """Let rows stand no more, on a basis. ``MovedOn`` where one of them did not stand any more."""
    rows = model.objects.filter(pk__in=ids, superseded_at__isnull=True)
    if rows.update(superseded_at=Now(), superseded_basis_id=basis) != len(ids):
        raise MovedOn


def _row(model: type[DatedRow], key: Mapping[str, Any], added: Added, act: Act, basis: int) -> DatedRow:
    return model(
        period=DateRange(added.period.start, added.period.end),
        act=act.value,
        basis_id=basis,
        **{**key, **added.values, "supersedes_id": added.replaces},
    )


@dataclass(frozen=True, slots=True)
class Known:
    """The two predicates of time for SQL, with the parameters that they take."""

    on: date
    at: datetime | None = None

    def standing(self, alias: str) -> str:
        """Whether a row stood at the instant (stands now, without one), whatever its period."""
        if self.at is None:
            return f"{alias}.superseded_at IS NULL"
        return (
            f"{alias}.recorded_at <= %(known)s AND ({alias}.superseded_at IS NULL "
            f"OR {alias}.superseded_at > %(known)s)"
        )

    def sql(self, alias: str) -> str:
        """Predicates on one dated table, with parameters ``%(on)s`` and ``%(known)s`` (see ``params``)."""
        return f"{alias}.period @> %(on)s::date AND {self.standing(alias)}"

    @property
    def params(self) -> dict[str, Any]:
        """What the predicates need."""
        return {"on": self.on} | ({} if self.at is None else {"known": self.at})
