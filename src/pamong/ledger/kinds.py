"""Fields that hold one of the values of an enum with labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q


def choices_of(kinds: Iterable[Any]) -> list[tuple[str, str]]:
    """The choices of a field from an enum with labels, or from some of its members."""
    return [(kind.value, kind.label) for kind in kinds]


def known_kinds(
    kinds: Iterable[Any], field: str, name: str, *, empty: bool = False
) -> models.CheckConstraint:
    """A field holds one of the values of an enum, or nothing at all where that is allowed."""
    values = [kind.value for kind in kinds]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*values, *([""] if empty else [])]}), name=name
    )
