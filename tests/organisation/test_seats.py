"""Seats and lines: who reports to whom (E-07), how many seats stand where (E-09), what is refused (E-15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models, queries, services
from pamong.organisation.errors import Refused
from pamong.people.models import Appointment, Employment, Person
from tests.support.organisation import SmallCity

ON = date(2026, 12, 1)
START = date(2020, 1, 1)


def chain(actor: Actor, city: SmallCity, seat: str, on: date = ON) -> list[str]:
    keys = {number: key for key, number in city.seat_ids.items()}
    return [keys[above] for above in queries.superior_seats(actor=actor, seat=city.seat_ids[seat], on=on)]


def codes_of(refused: Refused) -> list[str]:
    return [problem.code for problem in refused.problems]


@pytest.fixture
def line(actor: Actor, at: datetime, city: SmallCity) -> Callable[..., None]:
    def _line(seat: str, superior: str | None, on: date = ON) -> None:
        services.set_line(
            actor=actor,
            at=at,
            seat=city.seats[seat],
            superior=city.seats[superior] if superior else None,
            on=on,
        )

    return _line


@pytest.fixture
def basis(db: None, actor: Actor) -> int:
    return ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid4())


def test_everybody_reports_to_the_head_and_heads_to_the_next_head_above(
    city: SmallCity, actor: Actor
) -> None:
    assert chain(actor, city, "pkm_melati.staff") == ["pkm_melati.head", "dinkes.head", "setda.head"]
    assert chain(actor, city, "setda.head") == []
    assert queries.reporting_problems(actor=actor, on=ON) == []
    (head, data, staff) = queries.list_seats(actor=actor, unit="pkm_melati", on=ON)
    assert (head.is_head, data.superior_id, staff.superior_id) == (True, head.id, head.id)
    assert queries.get_seat(actor=actor, seat=head.uid, on=ON) == head
    assert len(queries.list_seats(actor=actor, unit="dinkes", below=True, on=ON)) == 9


def test_case_E_07_nobody_reports_to_himself_or_in_a_circle(
    city: SmallCity, actor: Actor, line: Callable[..., None]
) -> None:
    with pytest.raises(Refused, match="atasannya sendiri") as own:
        line("dinkes.head", "dinkes.head")
    with pytest.raises(Refused, match="Kepala Puskesmas Melati sudah berada di bawah Kepala Dinas") as circle:
        line("dinkes.head", "pkm_melati.head")
    assert codes_of(own.value) == ["line_self"]
    assert codes_of(circle.value) == ["line_circle"]
    assert chain(actor, city, "dinkes.head") == ["setda.head"]


def test_a_line_holds_from_its_day_and_can_end(
    city: SmallCity, actor: Actor, line: Callable[..., None]
) -> None:
    line("pkm_melati.data", "dinkes.head")
    assert chain(actor, city, "pkm_melati.data", date(2026, 11, 30))[0] == "pkm_melati.head"
    assert chain(actor, city, "pkm_melati.data")[0] == "dinkes.head"
    line("pkm_melati.data", None, date(2027, 1, 1))
    assert chain(actor, city, "pkm_melati.data", date(2027, 1, 1)) == []
    (doubt,) = queries.reporting_problems(actor=actor, on=date(2027, 1, 1))
    assert (doubt.code, doubt.subject) == ("line_missing", "Puskesmas Melati")


def test_default_lines_fill_gaps_and_replace_on_request(
    city: SmallCity, actor: Actor, at: datetime, line: Callable[..., None]
) -> None:
    line("kel_satu.data", "setda.head")
    line("kel_satu.staff", None)
    unit = city.units["kel_satu"]
    assert services.set_default_lines(actor=actor, at=at, on=ON, unit=unit) == 1
    assert chain(actor, city, "kel_satu.staff")[0] == "kel_satu.head"
    assert chain(actor, city, "kel_satu.data")[0] == "setda.head"
    assert services.set_default_lines(actor=actor, at=at, on=ON, unit=unit, replace=True) == 1
    assert services.set_default_lines(actor=actor, at=at, on=ON) == 0


def test_two_heads_are_refused_and_a_line_to_a_closed_seat_too(
    city: SmallCity, actor: Actor, at: datetime
) -> None:
    with pytest.raises(
        Refused, match="Kelurahan Satu akan memiliki dua pemimpin mulai 1 Desember 2026"
    ) as two:
        services.change_seat(
            actor=actor, at=at, seat=city.seats["kel_satu.data"], on=ON, values={"is_head": True}
        )
    assert codes_of(two.value) == ["two_heads"]
    with pytest.raises(Refused, match="2 posisi masih melapor ke Lurah Satu") as below:
        services.close_seat(actor=actor, at=at, seat=city.seats["kel_satu.head"], on=ON)
    assert codes_of(below.value) == ["seat_has_reports"]


def test_a_seat_that_moves_reports_to_its_new_head(city: SmallCity, actor: Actor, at: datetime) -> None:
    seat, on = city.seats["kel_satu.data"], ON
    services.change_seat(actor=actor, at=at, seat=seat, on=on, values={"unit": city.units["pkm_mawar"]})
    assert chain(actor, city, "kel_satu.data")[0] == "pkm_mawar.head"
    assert chain(actor, city, "kel_satu.data", date(2026, 11, 30))[0] == "kel_satu.head"
    services.freeze_seat(actor=actor, at=at, seat=seat, on=on, until=date(2027, 1, 1))
    frozen = [
        queries.get_seat(actor=actor, seat=seat, on=day).frozen
        for day in (on, date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert frozen == [True, True, False]


def test_what_can_not_be_a_seat_is_refused(city: SmallCity, actor: Actor, at: datetime) -> None:
    unit, post = city.units["kel_satu"], city.posts["Pengelola Data"]
    with pytest.raises(Refused) as form:
        services.create_seats(
            actor=actor, at=at, on=ON, unit=unit, post=post, count=2, is_head=True, job_class=18
        )
    assert codes_of(form.value) == ["seat_class", "two_heads"]
    with pytest.raises(Refused) as unknown:
        services.create_seats(actor=actor, at=at, on=ON, unit=uuid4(), post=uuid4())
    assert codes_of(unknown.value) == ["unit_unknown", "post_unknown"]
    with pytest.raises(Refused, match="tidak ada sepanjang masa posisi") as early:
        services.create_seats(actor=actor, at=at, on=date(2016, 1, 1), unit=unit, post=post)
    assert codes_of(early.value) == ["seat_without_unit"]
    with pytest.raises(Refused, match="Pakai yang ada"):
        services.create_post(actor=actor, at=at, name="Pengelola Data", kind="pelaksana")
    assert len(queries.list_seats(actor=actor, unit="kel_satu", on=ON)) == 3


def test_case_E_15_a_seat_that_somebody_holds_is_not_closed(
    city: SmallCity, actor: Actor, at: datetime, basis: int
) -> None:
    appoint(city.seat_ids["kel_satu.data"], basis, START)
    with pytest.raises(Refused, match=r"Posisi Pengelola Data di .* masih dipegang 1 orang") as held:
        services.close_seat(actor=actor, at=at, seat=city.seats["kel_satu.data"], on=ON)
    assert codes_of(held.value) == ["seat_held"]
    appoint(city.seat_ids["kel_satu.staff"], basis, START, ON)  # free from the day on
    services.close_seat(actor=actor, at=at, seat=city.seats["kel_satu.staff"], on=ON)


def appoint(
    seat: int, basis: int, start: date, end: date | None = None, person: Person | None = None
) -> Person:
    if person is None:
        person = Person.objects.create()
        Employment.objects.create(
            person=person, kind="TKPK", standing="Aktif", period=DateRange(START), basis_id=basis
        )
    Appointment.objects.create(
        person=person, kind="regular", seat_id=seat, period=DateRange(start, end), basis_id=basis
    )
    return person


def free(actor: Actor, on: date, post: str) -> dict[str, int]:
    """Seats of a post less those that somebody holds on the date, by unit."""
    taken = set(Appointment.objects.as_of(on).filter(kind="regular").values_list("seat_id", flat=True))
    counts = {row.unit_code: row.seats for row in queries.count_posts(actor=actor, on=on) if row.post == post}
    for row in (
        models.SeatRow.objects.as_of(on).filter(seat_id__in=taken, post__name=post).select_related("unit")
    ):
        counts[row.unit.code] -= 1
    return counts


def test_case_E_09_vacancies_by_post_and_unit_on_a_date(
    city: SmallCity, actor: Actor, at: datetime, basis: int
) -> None:
    def make(unit: str, post: UUID, count: int) -> list[Any]:
        uids = services.create_seats(
            actor=actor, at=at, on=START, unit=city.units[unit], post=post, count=count, job_class=8
        )
        return [models.Seat.objects.get(uid=uid).pk for uid in uids]

    analyst = services.create_post(actor=actor, at=at, name="Analis", kind="pelaksana")
    chief = services.create_post(actor=actor, at=at, name="Analis Utama", kind="pelaksana")
    a, b = make("dinkes", analyst, 3), make("bkpsdm", analyst, 2)
    (higher,) = make("bkpsdm", chief, 1)
    promoted = appoint(a[0], basis, START, date(2026, 5, 2))
    for seat in (a[1], *b):
        appoint(seat, basis, START)
    appoint(higher, basis, date(2026, 5, 2), person=promoted)
    appoint(a[2], basis, START, date(2026, 4, 1))  # left before: not counted
    assert free(actor, date(2026, 5, 1), "Analis") == {"dinkes": 1, "bkpsdm": 0}
    assert free(actor, date(2026, 5, 2), "Analis") == {"dinkes": 2, "bkpsdm": 0}
    assert free(actor, date(2026, 5, 2), "Analis Utama") == {"bkpsdm": 0}
    (post,) = [row for row in queries.list_posts(actor=actor, on=ON, words="analis") if row.uid == analyst]
    assert post.seats == 5


def test_need_and_seats_stand_side_by_side(city: SmallCity, actor: Actor, at: datetime) -> None:
    unit, post = city.units["dinkes"], city.posts["Pengelola Data"]
    services.set_workload(actor=actor, at=at, unit=unit, post=post, needed=4, on=START)
    services.set_workload(actor=actor, at=at, unit=unit, post=post, needed=None, on=ON)

    def need(on: date) -> tuple[int, int | None]:
        rows = queries.count_posts(actor=actor, on=on, unit="dinkes", below=False)
        return next((row.seats, row.needed) for row in rows if row.post == "Pengelola Data")

    assert (need(date(2026, 11, 30)), need(ON)) == ((1, 4), (1, None))
    with pytest.raises(Refused, match="tidak boleh kurang dari nol"):
        services.set_workload(actor=actor, at=at, unit=unit, post=post, needed=-1, on=ON)
