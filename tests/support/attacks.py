"""An attack, what the audit must say of it, and its control: the same days without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.attacked import Audited, Site

Expected = Callable[[Audited], bool]
Attack = Callable[[Site], Expected]


def nothing(site: Site) -> Expected:
    """The control: nobody attacks, and nothing is found."""
    return lambda found: found.is_clean


def row(relation: str, number: object) -> Expected:
    """A finding names this row of this table."""
    return lambda found: found.row(relation, number)


def entry(seq: int, log: str = "decisions") -> Expected:
    """A finding names this number of this log."""
    return lambda found: found.entry(seq, log)


def seen(site: Site, attack: Attack) -> None:
    """Attack, go on, and look."""
    expected = attack(site)
    site.go_on()
    found = site.audit("--offline")
    assert expected(found), f"{found.status}: {found.said}"


def cases(*attacks: Attack) -> Any:
    """A test for each attack, and for none."""
    return pytest.mark.parametrize("attack", [nothing, *attacks], ids=lambda attack: attack.__name__)
