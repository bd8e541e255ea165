"""Many acts at once come out as they would one by one; the same faults, the same rows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from pamong.kernel.problem import Problem
from pamong.ledger.choices import Act
from pamong.people import models, services
from pamong.people.errors import PersonNotFound
from pamong.people.services import Put
from tests.support.people import AT, People, employment_of, identity_of, opening_basis

Found = tuple[list[list[tuple[str, str]]], list[tuple[Any, ...]]]


def in_short(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in problems]


def standing() -> list[tuple[Any, ...]]:
    rows = [(model.__name__, row) for model in models.DATED for row in model.objects.known()]
    told = (
        (name, row.person_id, row.period.lower, row.period.upper, row.act, *row.values.values())
        for name, row in rows
    )
    return sorted(told, key=repr)


def one_by_one(people: People, basis: int, puts: Sequence[Put]) -> Found:
    with transaction.atomic():
        found = [
            services.put(
                actor=people.actor("nurul"), at=AT, basis=basis, person=each.person, subject=each.subject,
                values=each.values, act=each.act, target=each.target, on=each.on, until=each.until,
            )
            for each in puts
        ]  # fmt: skip
        rows = standing()
        transaction.set_rollback(True)
    return [in_short(problems) for problems in found], rows


def at_once(people: People, basis: int, puts: Sequence[Put]) -> Found:
    with transaction.atomic():
        found = services.put_many(actor=people.actor("nurul"), at=AT, basis=basis, puts=puts)
        rows = standing()
        transaction.set_rollback(True)
    return [in_short(problems) for problems in found], rows


def new_people(people: People, count: int) -> list[UUID]:
    return services.add_people(actor=people.actor("nurul"), at=AT, names=["Dewi"] * count)


def career(person: UUID, serial: int) -> list[Put]:
    nip = f"199502142020012{serial:03d}"
    return [
        Put(person, "identity", identity_of(f"Dewi {serial}"), on=date(1995, 2, 14)),
        Put(person, "employment", employment_of(nip), on=date(2020, 1, 1)),
        Put(person, "rank", {"golongan": "III/a"}, on=date(2020, 1, 1)),
        Put(person, "salarystep", {"mkg_years": 0}, on=date(2020, 1, 1)),
        Put(person, "rank", {"golongan": "III/b"}, on=date(2024, 4, 1)),
        Put(person, "education", {"level": "S-1", "school": "U"}, on=date(2018, 1, 1)),
        Put(person, "education", {"level": "S-2", "school": "U"}, on=date(2019, 1, 1)),
    ]


def test_careers_with_faults_come_out_alike(people: People) -> None:
    puts = [put for number, person in enumerate(new_people(people, 4)) for put in career(person, number + 1)]
    # A number twice, a golongan of another kind, a date before service.
    puts[8] = Put(puts[8].person, "employment", employment_of("199502142020012001"), on=date(2020, 1, 1))
    puts[16] = Put(puts[16].person, "rank", {"golongan": "IX"}, on=date(2020, 1, 1))
    puts[23] = Put(puts[23].person, "rank", {"golongan": "III/a"}, on=date(2019, 1, 1))
    basis = opening_basis()
    alone, together = one_by_one(people, basis, puts), at_once(people, basis, puts)
    assert together == alone
    refused = {number for number, problems in enumerate(alone[0]) if ("taken", "block") in problems}
    assert refused == {8}
    assert ("golongan_kind", "block") in alone[0][16]
    assert ("tmt_outside_service", "block") in alone[0][23]


def seat(people: People, person: str, seat: str, on: date) -> Put:
    values = {"kind": "regular", "seat": people.city.seats[seat]}
    return Put(people.city.persons[person], "appointment", values, on=on)


def test_seats_that_become_free_are_filled_in_order(people: People) -> None:
    day = date(2026, 12, 1)
    puts = [
        seat(people, "own", "free", day),
        seat(people, "mate", "own", day),
        seat(people, "mate", "foreign", day + timedelta(31)),  # held by somebody else
        seat(people, "foreign", "mate", day),
        seat(people, "clerk", "foreign", day),
        Put(people.city.persons["clerk"], "employment", {"end_reason": "resigned"}, until=date(2027, 6, 1)),
    ]
    basis = opening_basis()
    alone, together = one_by_one(people, basis, puts), at_once(people, basis, puts)
    assert together == alone
    blocked = [any(severity == "block" for _, severity in problems) for problems in alone[0]]
    assert blocked == [False, False, True, False, False, False]


@pytest.mark.parametrize("seed", range(6))
def test_random_acts_come_out_alike(people: People, seed: int) -> None:
    rolled = random.Random(seed)  # noqa: S311 - a test's choice
    puts = [random_put(people, rolled) for _ in range(25)]
    basis = opening_basis()
    assert at_once(people, basis, puts) == one_by_one(people, basis, puts)


def random_put(people: People, rolled: random.Random) -> Put:
    person = rolled.choice(["own", "mate", "clerk", "foreign"])
    on = date(2021, 1, 1) + timedelta(days=30 * rolled.randrange(60))
    kind = rolled.choice(["appointment", "acting", "rank", "employment", "end", "correct"])
    uid = people.city.persons[person]
    if kind in ("appointment", "acting"):
        values = {"kind": "regular" if kind == "appointment" else "plt",
                  "seat": people.city.seats[rolled.choice(["own", "mate", "free", "foreign"])]}  # fmt: skip
        return Put(uid, "appointment", values, on=on, until=on + timedelta(90) if kind == "acting" else None)
    if kind == "employment":
        return Put(uid, "employment", {"standing": rolled.choice(["Aktif", "CLTN"])}, on=on)
    if kind == "end":
        return Put(uid, "employment", {"end_reason": "resigned"}, until=on)
    if kind == "correct":
        rows = models.Rank.objects.known().filter(person__uid=uid).order_by("period")
        return Put(uid, "rank", {"golongan": "III/d"}, Act.CORRECT, target=rows[0].uid)
    return Put(uid, "rank", {"golongan": rolled.choice(["III/a", "III/b"])}, on=on)


def test_an_unknown_person_stops_everything(people: People) -> None:
    with pytest.raises(PersonNotFound):
        at_once(
            people,
            opening_basis(),
            [Put(UUID(int=1), "contact", {"phone": "0812 1111 1111"}, on=date(2026, 1, 1))],
        )


def test_a_dry_run_finds_the_same_and_leaves_nothing(people: People) -> None:
    puts = [put for number, person in enumerate(new_people(people, 2)) for put in career(person, number + 1)]
    puts[2] = Put(puts[2].person, "rank", {"golongan": "IX"}, on=date(2020, 1, 1))
    basis, before = opening_basis(), standing()
    tried = services.put_many(actor=people.actor("nurul"), at=AT, basis=basis, puts=puts, dry=True)
    assert standing() == before
    done = services.put_many(actor=people.actor("nurul"), at=AT, basis=basis, puts=puts)
    assert [in_short(problems) for problems in tried] == [in_short(problems) for problems in done]
    assert len(standing()) > len(before)


def test_many_rows_are_stamped_and_linked_like_few(people: People) -> None:
    """So many that they go by COPY."""
    persons, basis = new_people(people, 230), opening_basis()
    for phone, on in (("0812 1111 1111", date(2024, 1, 1)), ("0812 2222 2222", date(2025, 1, 1))):
        puts = [Put(person, "contact", {"phone": phone}, on=on) for person in persons]
        assert not any(services.put_many(actor=people.actor("nurul"), at=AT, basis=basis, puts=puts))
    rows = models.Contact.objects.filter(person__uid__in=persons)
    first = rows.filter(superseded_at__isnull=False)
    assert rows.count() == 3 * first.count() == 690
    assert set(first.values_list("superseded_basis_id", flat=True)) == {basis}
    closed = rows.known().filter(supersedes__isnull=False)
    assert {(row.phone, row.period.upper, row.supersedes.person_id == row.person_id) for row in closed} == {
        ("0812 1111 1111", date(2025, 1, 1), True)
    }
    assert all(row.recorded_at > each.recorded_at for row, each in zip(closed, first, strict=True))
