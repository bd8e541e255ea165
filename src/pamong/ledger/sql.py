"""Plain SQL, where a statement says more than a queryset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection


def fetch(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
