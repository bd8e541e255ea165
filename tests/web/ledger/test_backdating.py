"""What is said of rows and documents that look back: when they were recorded, and on which ground."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

import pamong
from pamong.kernel.period import Period
from pamong.ledger.choices import SealKind
from pamong.people.queries import Fact
from pamong.web.ledger.backdating import backdated
from pamong.web.papers.telling import backdated_of
from pamong.web.people import words as people_words

MOST_QUERIES = 10
SOURCE = Path(pamong.__file__).parent


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (date(2026, 11, 10), ""),
        (date(2026, 11, 9), ""),
        (date(2026, 12, 1), ""),
        (date(2026, 11, 8), "dicatat 10 November 2026, dasar SK 1"),
    ],
)
def test_what_begins_more_than_a_day_before_it_is_recorded_looks_back(start: date, told: str) -> None:
    recorded = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
    assert backdated(start, recorded, "SK 1") == told
    if told:
        assert backdated(start, recorded, "") == "dicatat 10 November 2026, tanpa nomor surat"
        assert backdated(start, recorded - timedelta(days=1), "SK 1") == ""


def fact_of(basis: SealKind, subject: str = "rank", **facts: Any) -> Fact:
    recorded = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
    return Fact(
        subject, UUID(int=1), None, Period(date(2026, 10, 1), None), facts, "", "change", basis.value,
        recorded, {}, "", "", "",
    )  # fmt: skip


def test_what_looks_back_in_a_career_is_marked_with_its_order() -> None:
    order = {"order_no": "823/1", "order_on": date(2026, 9, 30)}
    told = "dicatat 10 November 2026, dasar SK 823/1, 30 September 2026"
    assert people_words.backdated(fact_of(SealKind.OFFICE_ENTRY, **order)) == told
    assert people_words.backdated(fact_of(SealKind.OFFICE_ENTRY)).endswith("tanpa nomor surat")
    # What was before the system is told by opening data and files; all that was recorded shows files too.
    assert people_words.backdated(fact_of(SealKind.IMPORT, **order)) == ""
    assert people_words.backdated(fact_of(SealKind.IMPORT, **order), every=True) == told
    assert people_words.backdated(fact_of(SealKind.OPENING, **order), every=True) == ""
    assert people_words.backdated(fact_of(SealKind.OFFICE_ENTRY, "contact")) == ""


def test_a_document_that_was_entered_after_its_first_day_is_marked_with_its_number() -> None:
    view: Any = SimpleNamespace(
        days=Period(date(2026, 11, 2), date(2026, 11, 5)),
        values={"number": "800/17", "dated_on": date(2026, 11, 1)},
        entered_at=datetime(2026, 11, 10, 3, 0, tzinfo=UTC),
    )
    assert backdated_of(view) == "dicatat 10 November 2026, dasar 800/17, 1 November 2026"
    view.values = {}
    assert backdated_of(view) == "dicatat 10 November 2026, tanpa nomor surat"
    view.days = None
    assert backdated_of(view) == ""
