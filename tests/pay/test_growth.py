"""Case I-09: the statements of a run grow with its chunks, and a page costs the same for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pamong.pay import queries, staging
from pamong.pay.choices import Mode
from tests.pay.support import Done, Office, Someone, auditor, files_of

pytestmark = pytest.mark.django_db
CHUNK = 500
PER_CHUNK = 10  # begin, mark, ids, three tables, end, and whether it was cancelled
PER_PAGE = 10


def statements(work: Callable[[], Any]) -> int:
    """How many SQL statements it takes."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def statements_of_a_run(office: Office, people: int) -> tuple[Done, int]:
    """A run of so many people, with the statements of computing it."""
    everybody = [Someone(number, unit=f"Bidang {number % 40}") for number in range(people)]
    uid = office.start(files_of(everybody, days=(1, 2))).uid
    return Done(office, uid), statements(lambda: office.compute(uid))


def test_case_I_09_statements_grow_with_chunks_not_people(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK", CHUNK)
    small, few = statements_of_a_run(office, 2_000)
    large, many = statements_of_a_run(office, 4_000)
    assert (small.row.computed, large.row.computed) == (2_000, 4_000)
    assert many - few <= PER_CHUNK * (4_000 - 2_000) // CHUNK
    assert few <= 40 + PER_CHUNK * 2_000 // CHUNK
    for done in (small, large):
        assert pages(done) <= PER_PAGE


def pages(done: Done) -> int:
    """The most statements that any look at a run takes."""
    actor, at = auditor(), done.office.at
    page = queries.list_slips(actor=actor, at=at, uid=done.uid, page=3)
    one = page.rows[7].uid
    looks: list[Callable[[], Any]] = [
        lambda: queries.list_runs(actor=actor),
        lambda: queries.get_run(actor=actor, uid=done.uid),
        lambda: queries.open_run(actor=actor, uid=done.uid),
        lambda: queries.list_opd(actor=actor, uid=done.uid),
        lambda: queries.list_problems(actor=actor, at=at, uid=done.uid),
        lambda: queries.list_slips(actor=actor, at=at, uid=done.uid, search="ORANG 0001", state="computed"),
        lambda: queries.get_slip(actor=actor, at=at, uid=one),
        lambda: queries.explain_slip(actor=actor, at=at, uid=one),
    ]
    return max(statements(look) for look in looks)


def test_many_runs_in_a_list_cost_no_more_than_one(office: Office) -> None:
    wishes: list[dict[str, Any]] = [
        {},
        {"profile": "manado"},
        {"mode": Mode.SHADOW},
        {"profile": "permentan"},
    ]
    counts = []
    for wish in wishes:
        office.run(files_of([Someone()]), **wish)
        counts.append(statements(lambda: queries.list_runs(actor=office.actor)))
    assert counts == [counts[0]] * 4
    assert len(queries.list_runs(actor=office.actor)) == 4
