"""Rights over a part of the government end where it does: on every day that an act touches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.kernel.timeline import Row, change, correct, outcome
from pamong.organisation import models, queries, services
from pamong.organisation.reach import stretches
from tests.support.organisation import SmallCity, officer

ON, LATER = date(2026, 12, 1), date(2027, 3, 1)
PAST, MOVED = date(2023, 1, 1), date(2024, 1, 1)


@pytest.fixture
def local() -> Actor:
    """An officer over the health office alone."""
    return officer(date(2026, 11, 10), 3, "dinkes")


@pytest.fixture
def moved(city: SmallCity, actor: Actor, at: datetime) -> SmallCity:
    """Since 2024 a seat of the health office stands in the kecamatan, and so does a whole puskesmas."""
    services.change_seat(
        actor=actor, at=at, seat=city.seats["dinkes.staff"], on=MOVED,
        values={"unit": city.units["kec_utara"]},
    )  # fmt: skip
    services.change_unit(
        actor=actor, at=at, unit=city.units["pkm_mawar"], on=MOVED, values={"parent": "kec_utara"}
    )
    return city


def seat_today(city: SmallCity, key: str, actor: Actor) -> tuple[str, int | None, bool]:
    seat = queries.get_seat(actor=actor, seat=city.seats[key], on=ON)
    return seat.unit_code, seat.job_class, seat.is_head


def test_a_seat_does_not_leave_ones_part_of_the_government(
    city: SmallCity, local: Actor, actor: Actor, at: datetime
) -> None:
    values = {"unit": city.units["kota"], "is_head": True}
    with pytest.raises(NotAllowed, match="di luar wewenang"):
        services.change_seat(actor=local, at=at, seat=city.seats["dinkes.staff"], on=ON, values=values)
    assert seat_today(city, "dinkes.staff", actor) == ("dinkes", 5, False)
    services.change_seat(
        actor=local, at=at, seat=city.seats["dinkes.staff"], on=ON,
        values={"unit": city.units["pkm_melati"]},
    )  # fmt: skip
    assert seat_today(city, "dinkes.staff", actor) == ("pkm_melati", 5, False)


def test_nor_does_it_come_in(city: SmallCity, local: Actor, at: datetime) -> None:
    values = {"unit": city.units["dinkes"]}
    with pytest.raises(NotAllowed):
        services.change_seat(actor=local, at=at, seat=city.seats["kec_utara.staff"], on=ON, values=values)


@pytest.mark.parametrize("key", ["dinkes.staff", "pkm_mawar.staff"])
def test_an_earlier_date_does_not_widen_ones_rights(
    moved: SmallCity, local: Actor, actor: Actor, at: datetime, key: str
) -> None:
    seat = moved.seats[key]
    for on in (PAST, ON):
        with pytest.raises(NotAllowed):
            services.change_seat(actor=local, at=at, seat=seat, on=on, values={"job_class": 15})
    # A line of a seat that has gone ends with its going; that of a seat in a unit that has gone does not.
    on = PAST if key.startswith("pkm_mawar") else ON
    with pytest.raises(NotAllowed):
        services.set_line(actor=local, at=at, seat=seat, superior=moved.seats["pkm_melati.head"], on=on)
    assert seat_today(moved, key, actor)[1] == 5


def test_what_changes_while_it_was_ones_own_is_allowed(moved: SmallCity, local: Actor, at: datetime) -> None:
    seat = moved.seats["dinkes.staff"]
    services.change_seat(actor=local, at=at, seat=seat, on=PAST, values={"job_class": 6}, until=MOVED)
    classes = models.SeatRow.objects.known().filter(seat__uid=seat).order_by("period")
    assert list(classes.values_list("job_class", flat=True)) == [5, 6, 5]


Acts = dict[str, Callable[[SmallCity, dict[str, Any]], object]]
ACTS: Acts = {
    "change": lambda c, told: services.change_unit(
        unit=c.units["pkm_mawar"], on=PAST, values={"name": "X"}, **told
    ),
    "correct": lambda c, told: services.correct_unit(
        row=models.UnitRow.objects.known().filter(unit__code="pkm_mawar").earliest("id").uid,
        values={"name": "X"}, reason="uji", **told,
    ),
    "rescind": lambda c, told: services.rescind_unit_row(
        row=models.UnitRow.objects.known().get(unit__code="pkm_mawar", period__startswith=MOVED).uid,
        reason="uji", **told,
    ),
    "create": lambda c, told: services.create_unit(
        code="x", on=PAST, values={"name": "X", "kind": "section", "parent": "pkm_mawar"}, **told
    ),
    "seats": lambda c, told: services.create_seats(
        on=PAST, unit=c.units["pkm_mawar"], post=c.posts["Pengelola Data"], **told
    ),
    "superior": lambda c, told: services.create_seats(
        on=ON, unit=c.units["dinkes"], post=c.posts["Pengelola Data"], superior=c.seats["setda.head"], **told
    ),
    "close": lambda c, told: services.close_seat(seat=c.seats["pkm_mawar.staff"], on=PAST, **told),
    "line": lambda c, told: services.set_line(
        seat=c.seats["dinkes.data"], superior=c.seats["setda.head"], on=ON, **told
    ),
    "no line": lambda c, told: services.set_line(seat=c.seats["dinkes.head"], superior=None, on=ON, **told),
    "lines": lambda c, told: services.set_default_lines(
        on=PAST, unit=c.units["pkm_mawar"], replace=True, **told
    ),
    "workload": lambda c, told: services.set_workload(
        unit=c.units["pkm_mawar"], post=c.posts["Pengelola Data"], needed=3, on=PAST, **told
    ),
    "site": lambda c, told: services.create_site(
        code="x", name="X", zone="Asia/Makassar", on=PAST, **told
    ),
    "reorganisation": lambda c, told: services.draft_reorganisation(title="X", on=LATER, plan={}, **told),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_no_act_reaches_beyond(moved: SmallCity, local: Actor, actor: Actor, at: datetime, name: str) -> None:
    if name == "lines":
        services.set_line(actor=actor, at=at, seat=moved.seats["pkm_mawar.staff"], superior=None, on=PAST)
    with pytest.raises(NotAllowed):
        ACTS[name](moved, {"actor": local, "at": at})


def test_a_unit_does_not_go_back_to_where_it_stood(moved: SmallCity, local: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.change_unit(
            actor=local, at=at, unit=moved.units["pkm_mawar"], on=ON, values={"parent": "dinkes"}
        )
    with pytest.raises(NotAllowed):
        services.change_unit(actor=local, at=at, unit=moved.units["pkm_melati"], on=ON, values={"parent": ""})


def test_within_ones_part_everything_goes_on(
    city: SmallCity, local: Actor, actor: Actor, at: datetime
) -> None:
    told: dict[str, Any] = {"actor": local, "at": at, "on": ON}
    unit = services.create_unit(
        code="pkm_baru", values={"name": "Puskesmas Baru", "kind": "clinic", "parent": "dinkes"}, **told
    )
    post = city.posts["Pengelola Data"]
    (head,) = services.create_seats(unit=unit, post=post, is_head=True, **told)
    services.set_workload(unit=unit, post=post, needed=1, **told)
    services.change_unit(unit=city.units["dinkes"], values={"name": "Dinkes", "parent": "setda"}, **told)
    services.change_seat(seat=city.seats["dinkes.head"], values={"job_class": 15}, **told)
    services.set_default_lines(unit=city.units["dinkes"], replace=True, **told)
    services.close_seat(actor=local, at=at, seat=head, on=LATER)
    services.close_unit(actor=local, at=at, unit=unit, on=LATER)
    assert seat_today(city, "dinkes.head", actor) == ("dinkes", 15, True)


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 20))
BOUNDS = st.lists(DAYS, min_size=2, max_size=6, unique=True).map(sorted)


@given(BOUNDS, st.data())
def test_stretches_are_the_days_that_differ(bounds: list[date], data: st.DataObject) -> None:
    ends = [*bounds[1:], data.draw(st.sampled_from([None, date(2020, 1, 25)]))]
    rows = [
        Row(Period(start, end), {"a": data.draw(st.integers(0, 2)), "b": 0}, place)
        for place, (start, end) in enumerate(zip(bounds, ends, strict=True))
    ]
    values = {"a": data.draw(st.integers(0, 2))}
    if data.draw(st.booleans()):
        plan = change(rows, data.draw(st.sampled_from(bounds)), values)
    else:
        plan = correct(rows, data.draw(st.integers(0, len(rows) - 1)), values)
    after, found = outcome(rows, plan), list(stretches(plan))
    for number in range(1, 28):
        day = date(2020, 1, number)
        was, will = (
            next((dict(row.values) for row in side if row.period.contains(day)), None)
            for side in (rows, after)
        )
        told = [(each.before, each.after) for each in found if each.period.contains(day)]
        assert told == ([(was, will)] if was != will else []), day
