"""Whatever acts come in whatever order: rows never overlap, and what was visible then can be seen again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pamong.ledger.choices import Act
from pamong.people import models, services
from tests.support.people import AT, People, employment_of, identity_of, opening_basis

DAYS = st.integers(0, 40).map(lambda step: date(2020, 1, 1) + timedelta(days=60 * step))
GOLONGAN = st.sampled_from(["II/c", "II/d", "III/a", "III/b"])
PHONES = st.sampled_from(["0812 1111 1111", "0812 2222 2222", ""])


@dataclass(frozen=True)
class Deed:
    """An act to try: on which of the standing rows, if on any, with which values and days."""

    subject: str
    act: Act
    which: int
    values: dict[str, Any]
    on: date | None
    until: date | None


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    subject = draw(st.sampled_from(["rank", "contact"]))
    act = draw(st.sampled_from([Act.CHANGE, Act.CHANGE, Act.CORRECT, Act.RESCIND]))
    values = {
        "rank": {"golongan": draw(GOLONGAN)},
        "contact": draw(st.fixed_dictionaries({}, optional={"phone": PHONES, "address": PHONES})),
    }[subject]
    on = draw(st.none() | DAYS)
    until = draw(st.none() | DAYS)
    return Deed(subject, act, draw(st.integers(0, 5)), values, on, until)


def visible(person: UUID, at: datetime | None = None) -> list[tuple[Any, ...]]:
    """All rows of the person that stand, now or as known at an instant."""
    found = []
    for model in (models.Rank, models.Contact):
        rows = model.objects.known(at).filter(person__uid=person).order_by("period")
        found += [(model.__name__, row.period.lower, row.period.upper, *row.values.items()) for row in rows]
    return found


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        instant: datetime = cursor.fetchone()[0]
        return instant


def attempt(actor: Any, basis: int, person: UUID, deed: Deed) -> bool:
    """Try the act; tell whether it was stored."""
    model = models.VALUES_OF[deed.subject]
    rows = list(model.objects.known().filter(person__uid=person).order_by("period"))
    target = rows[deed.which % len(rows)].uid if rows and deed.act is not Act.CHANGE else None
    problems = services.put(
        actor=actor, at=AT, basis=basis, person=person, subject=deed.subject, act=deed.act,
        values={} if deed.act is Act.RESCIND else deed.values, target=target, on=deed.on, until=deed.until,
    )  # fmt: skip
    return not any(problem.severity == "block" for problem in problems)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds(), min_size=1, max_size=8))
def test_histories_never_overlap_and_are_never_lost(people: People, todo: list[Deed]) -> None:
    actor, basis = people.actor("nurul"), opening_basis()
    serial = models.Person.objects.count() % 999 + 1  # the person is new in every example
    person = services.create_person(
        actor=actor, at=AT, basis=basis, identity=identity_of(),
        employment=employment_of(f"199502142020012{serial:03d}"), on=date(2020, 1, 1),
    )  # fmt: skip
    seen: list[tuple[datetime, list[tuple[Any, ...]]]] = [(now(), visible(person))]
    for deed in todo:
        before = visible(person)
        stored = attempt(actor, basis, person, deed)
        after = visible(person)
        assert stored or after == before, "what is refused changes nothing"
        for first, second in pairwise(after):
            assert first[0] != second[0] or first[2] <= second[1]
        seen.append((now(), after))
    for instant, rows in seen:
        assert visible(person, instant) == rows
