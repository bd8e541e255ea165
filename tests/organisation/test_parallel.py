"""Two sessions at once: each constraint is tried with rows that only together break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models, queries, services
from pamong.organisation.errors import ProposalClosed, Refused
from tests.organisation.test_proposals import WHY, account, asked, class_of
from tests.support.databases import Cluster
from tests.support.organisation import SmallCity, small_city

PATIENCE = 30
LINE = """
INSERT INTO organisation_line (uid, period, act, basis_id, seat_id, superior_id)
VALUES (%(uid)s, '[2018-01-01,)', 'change', %(basis)s, %(seat)s, %(superior)s)
"""
UNIT = """
INSERT INTO organisation_unitrow (uid, period, act, basis_id, unit_id, name, short_name, kind, unit_class,
                                  is_opd, parent_id, external_code)
VALUES (%(uid)s, '[2018-01-01,)', 'change', %(basis)s, %(unit)s, 'X', '', 'section', '',
        FALSE, %(parent)s, '')
"""


@dataclass(frozen=True)
class World:
    """What both sessions see: bare units and seats, without rows."""

    city: SmallCity
    units: list[int]
    seats: list[int]
    basis: int

    def row(self) -> dict[str, Any]:
        """What every row needs."""
        return {"uid": uuid4(), "basis": self.basis}


@pytest.fixture
def world(committed_db: str, actor: Actor, at: datetime) -> World:
    city = small_city(actor, at)
    units = [models.Unit.objects.create(code=f"baru_{n}").pk for n in range(2)]
    seats = [models.Seat.objects.create().pk for _ in range(2)]
    with transaction.atomic():
        basis = ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid4())
    return World(city, units, seats, basis)


@pytest.fixture
def sessions(world: World, postgres: Cluster, committed_db: str) -> Iterator[list[psycopg.Connection]]:
    """Two sessions of the application, each in a transaction of its own."""
    url = postgres.server.url("app", committed_db)
    opened = [psycopg.connect(url) for _ in range(2)]
    yield opened
    for session in opened:
        session.close()


Act = tuple[str, dict[str, Any]]


def finish(session: psycopg.Connection, act: Act) -> str:
    """Write and commit; the name of the constraint that refused."""
    try:
        session.execute(*act)
        session.commit()
    except psycopg.IntegrityError as error:
        session.rollback()
        return error.diag.constraint_name or ""
    return ""


def both_write_then_commit(sessions: list[psycopg.Connection], acts: list[Act]) -> list[str]:
    """Both have written before either commits, so that neither sees the other's row; then both at once."""
    for session, act in zip(sessions, acts, strict=True):
        session.execute(*act)
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(finish, session, ("SELECT 1", {})) for session in sessions]
        return [each.result(PATIENCE) for each in running]


def test_case_E_07_two_lines_that_close_a_circle_do_not_both_come_in(
    world: World, sessions: list[psycopg.Connection]
) -> None:
    one, other = world.seats
    acts = [
        (LINE, world.row() | {"seat": seat, "superior": superior})
        for seat, superior in ((one, other), (other, one))
    ]
    refused = both_write_then_commit(sessions, acts)
    assert sorted(refused) == ["", "line_no_circle"]
    assert models.Line.objects.filter(seat_id__in=world.seats).count() == 1


def test_two_parents_that_close_a_circle_do_not_both_come_in(
    world: World, sessions: list[psycopg.Connection]
) -> None:
    one, other = world.units
    acts = [
        (UNIT, world.row() | {"unit": unit, "parent": parent})
        for unit, parent in ((one, other), (other, one))
    ]
    refused = both_write_then_commit(sessions, acts)
    assert sorted(refused) == ["", "unit_no_circle"]
    assert models.UnitRow.objects.filter(unit_id__in=world.units).count() == 1


def together(acts: list[Callable[[], Any]]) -> list[str]:
    """Services in two threads at once: the codes with which they were refused, or what they said."""

    def run(act: Callable[[], Any]) -> str:
        try:
            found = act()
        except Refused as error:
            return ",".join(problem.code for problem in error.problems)
        except ProposalClosed:
            return "closed"
        finally:
            connection.close()
        return str(found) if isinstance(found, bool) else ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(PATIENCE) for each in [pool.submit(run, act) for act in acts]]


def test_services_at_once_wait_for_each_other_and_the_tree_stays_right(
    world: World, actor: Actor, at: datetime
) -> None:
    city, on = world.city, actor.on
    moves = (("dinkes", "kec_utara"), ("kec_utara", "dinkes"))
    acts = [
        lambda unit=unit, parent=parent: services.change_unit(
            actor=actor, at=at, unit=city.units[unit], on=on, values={"parent": parent}
        )
        for unit, parent in moves
    ]
    assert sorted(together(acts)) == ["", "unit_circle"]
    assert queries.check_places(actor=actor) == []


def test_a_unit_is_not_closed_while_another_session_puts_a_seat_into_it(
    world: World, actor: Actor, at: datetime
) -> None:
    city, on = world.city, actor.on
    empty = services.create_unit(
        actor=actor,
        at=at,
        code="kosong",
        on=on,
        values={"name": "Kosong", "kind": "section", "parent": "setda"},
    )
    post = city.posts["Pengelola Data"]
    later = on.replace(year=on.year + 1)
    refused = together(
        [
            lambda: services.close_unit(actor=actor, at=at, unit=empty, on=later),
            lambda: services.create_seats(actor=actor, at=at, on=on, unit=empty, post=post),
        ]
    )
    assert sorted(refused) in (["", "unit_has_seats"], ["", "seat_without_unit"])


def test_a_proposal_sent_twice_at_once_is_one_and_is_approved_once(
    world: World, actor: Actor, at: datetime
) -> None:
    first, *others = (account(name, at) for name in ("satu", "dua", "tiga"))
    key, act = uuid7(at), asked(world.city)
    seen = services.preview_act(actor=first, at=at, asked=act).mark
    sent = [
        lambda: services.propose_act(actor=first, at=at, asked=act, told=WHY, seen=seen, key=key).fresh
        for _ in range(2)
    ]
    assert sorted(together(sent)) == ["False", "True"]
    assert models.Proposal.objects.count() == 1
    decided = [
        lambda officer=officer: services.approve_proposal(actor=officer, at=at, proposal=key, seen=seen)
        for officer in others
    ]
    assert sorted(together(decided)) == ["", "closed"]
    assert class_of(world.city) == 7
