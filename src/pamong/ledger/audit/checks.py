"""Checks that other packages add: each by its name, run on a session of the audit's snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding
from pamong.ledger.audit.looking import Means

Check = Callable[[Connection[Any], Means], Iterable[Finding]]

CHECKS: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check, or put another in place of the one of that name."""
    CHECKS[name] = check
