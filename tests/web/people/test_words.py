"""Sentences of a career say nothing twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from pamong.people.queries import Fact
from pamong.web.people import words


def title(subject: str, **facts: Any) -> str:
    return words.title(cast(Fact, SimpleNamespace(subject=subject, facts=facts)))


@pytest.mark.parametrize(
    ("kind", "standing", "told"),
    [
        ("TKPK", "TKPK", "TKPK"),
        ("PPPK", "PPPK Aktif", "PPPK"),
        ("PNS", "Aktif", "PNS"),
        ("PNS", "", "PNS"),
        ("PNS", "CLTN", "PNS, CLTN"),
        ("PPPK", "PPPK Diberhentikan Sementara", "PPPK, Diberhentikan Sementara"),
    ],
)
def test_a_kind_of_service_is_not_said_twice(kind: str, standing: str, told: str) -> None:
    assert title("employment", kind=kind, standing=standing) == told


@pytest.mark.parametrize(
    ("level", "programme", "told"),
    [
        ("SLTA", "SLTA", "SLTA"),
        ("SLTA", "SLTA IPA", "SLTA IPA"),
        ("S-1", "S-1 MANAJEMEN", "S-1 MANAJEMEN"),
        ("S-1", "Manajemen", "S-1 Manajemen"),
        ("SLTA", "", "SLTA"),
        ("", "Ners", "Ners"),
    ],
)
def test_nor_is_a_level_of_schooling(level: str, programme: str, told: str) -> None:
    assert title("education", level=level, programme=programme) == told
