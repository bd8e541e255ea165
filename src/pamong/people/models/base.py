"""What the models of people share."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import Q

from pamong.ledger.dated import ALIVE, DatedRow


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
