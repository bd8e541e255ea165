"""What the models of people share."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from pamong.ledger.dated import ALIVE, DatedRow


def choices_of(kinds: type) -> list[tuple[str, str]]:
    """The choices of a field from an enum with labels."""
    return [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


def known_kinds(kinds: type, field: str, name: str, *, empty: bool = False) -> models.CheckConstraint:
    """A field holds one of the values of an enum, or nothing at all where that is allowed."""
    values = [kind.value for kind in kinds]  # type: ignore[attr-defined]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*values, *([""] if empty else [])]}), name=name
    )


def one_person(name: str, field: str) -> ExclusionConstraint:
    """A number belongs to one person for good."""
    return ExclusionConstraint(
        name=name,
        expressions=[(field, RangeOperators.EQUAL), ("person", RangeOperators.NOT_EQUAL)],
        condition=ALIVE & Q(**{f"{field}__isnull": False}),
    )


class OfPerson(DatedRow):
    """A dated row about a person."""

    key: ClassVar[tuple[str, ...]] = ("person_id",)

    class Meta:
        abstract = True
