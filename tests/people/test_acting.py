"""Who may stand in where, for how long: SE BKN 1/SE/I/2021 as far as it is read; all else is a doubt."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from pamong.kernel.period import Period
from pamong.kernel.timeline import Row
from pamong.ledger.choices import Act
from pamong.people import queries, services
from pamong.people.checks import find_problems
from pamong.people.errors import EntryRefused
from pamong.people.models import Appointment
from pamong.people.situation import Seated, SeatFacts, SeatPost, Situation
from tests.support.city import PERSONS, City, since
from tests.support.people import AT, People, opening_basis

OWN, OTHER = 4, 5
SINCE, START, SHORT = date(2018, 1, 1), date(2026, 9, 1), date(2026, 12, 1)


def seat(number: int, kind: str, *seated: Seated, jenjang: str = "", opd: str = "Dinas Uji") -> SeatFacts:
    post = SeatPost(Period(SINCE), kind, jenjang, opd)
    label = f"{kind}, {opd}"
    return SeatFacts(number, UUID(int=number), label, ((Period(SINCE), False),), seated, (post,))


def holder(start: date = SINCE, end: date | None = None) -> Seated:
    return Seated(2, "Tigor", "regular", Period(start, end))


def appointed(kind: str, end: date | None = SHORT, start: date = START, at: int = OTHER) -> Row:
    return Row(Period(start, end), {"kind": kind, "seat_id": at})


def problems(
    kind: str, end: date = SHORT, *seated: Seated, own: SeatFacts | None = None, target: str = "pengawas",
    before: tuple[Row, ...] = (), at: int = OTHER, opd: str = "Dinas Uji",
) -> dict[str, Any]:  # fmt: skip
    """Problems by code when 1, a pengawas of Dinas Uji, is to act somewhere."""
    mine = own or seat(OWN, "pengawas")
    there = seat(OTHER, target, *seated, opd=opd)
    added = appointed(kind, end, at=at)
    regular = appointed("regular", None, SINCE, OWN)
    after = {
        "employment": [Row(Period(SINCE), {"kind": "PNS"})],
        "appointment": [regular, *before, added],
    }
    now = Situation(1, START, after, (added,), {OWN: mine, OTHER: there})
    return {problem.code: problem for problem in find_problems("appointment", now)}


def doubts(*args: Any, **more: Any) -> dict[str, str]:
    return {code: problem.severity for code, problem in problems(*args, **more).items()}


@pytest.mark.parametrize("kind", ["plt", "plh", "handover"])
def test_nobody_stands_in_for_himself(kind: str) -> None:
    found = problems(kind, SHORT, at=OWN)
    assert found["acting_own_seat"].severity == "block"
    assert "jabatannya sendiri" in found["acting_own_seat"].message


def test_who_acts_somewhere_is_not_put_there_for_good_at_the_same_time() -> None:
    plt = Row(Period(START, SHORT), {"kind": "plt", "seat_id": OTHER})
    added = Row(Period(date(2026, 10, 1)), {"kind": "regular", "seat_id": OTHER})
    after = {"employment": [Row(Period(SINCE), {"kind": "PNS"})], "appointment": [plt, added]}
    now = Situation(1, START, after, (added,), {OTHER: seat(OTHER, "pengawas")})
    (problem,) = find_problems("appointment", now)
    assert (problem.code, problem.severity) == ("acting_own_seat", "block")
    assert "Akhiri dulu" in problem.message


def test_a_plt_beside_a_sitting_holder_is_a_doubt_that_names_plh() -> None:
    found = problems("plt", SHORT, holder())
    assert (found.keys(), found["plt_beside_holder"].severity) == ({"plt_beside_holder"}, "warn")
    assert "Tigor" in found["plt_beside_holder"].message
    assert "pilih Plh." in found["plt_beside_holder"].message
    assert doubts("plt", SHORT, holder(end=START)) == {}


def test_a_plh_of_a_vacant_seat_is_a_doubt() -> None:
    assert doubts("plh", SHORT, holder()) == {}
    assert doubts("plh", SHORT) == {"plh_vacant": "warn"}
    found = problems("plh", SHORT, holder(end=date(2026, 10, 1)))
    assert "1 Oktober 2026" in found["plh_vacant"].message


def test_a_handover_needs_somebody_to_hand_over_to() -> None:
    assert doubts("handover", SHORT, holder()) == {}
    assert doubts("handover", SHORT) == {"handover_alone": "warn"}
    assert doubts("handover", date(2040, 1, 1)) == {"handover_alone": "warn", "handover_long": "warn"}


def test_a_plt_lasts_as_long_as_the_circular_says() -> None:
    assert doubts("plt", date(2026, 12, 1)) == {}
    found = problems("plt", date(2026, 12, 2))
    assert found["acting_long"].severity == "warn"
    assert "SE BKN 1/SE/I/2021, Angka 11" in found["acting_long"].message
    assert "paling lama 3 (tiga) bulan dan dapat diperpanjang" in found["acting_long"].message


def test_extensions_count_together() -> None:
    first = appointed("plt", START, date(2026, 6, 1))
    assert doubts("plt", SHORT, before=(first,)) == {}
    earlier = appointed("plt", date(2026, 6, 1), date(2026, 3, 1))
    assert doubts("plt", SHORT, before=(first, earlier)) == {"acting_over": "warn"}
    apart = appointed("plt", date(2026, 5, 1), date(2026, 2, 1))
    assert doubts("plt", SHORT, before=(apart,)) == {}


def test_a_plh_for_years_is_a_doubt() -> None:
    assert doubts("plh", date(2040, 1, 1), holder()) == {"plh_long": "warn"}


@pytest.mark.parametrize(
    ("own", "target", "expected"),
    [
        ("pengawas", "pengawas", None),
        ("pengawas", "administrator", None),
        ("pelaksana", "pengawas", None),
        ("pengawas", "jpt_pratama", "acting_level"),
        ("pelaksana", "administrator", "acting_level"),
        ("administrator", "pengawas", "acting_level"),
        ("jf", "jpt_pratama", "acting_level_unknown"),
        ("jf", "jf", None),
    ],
)
def test_the_same_level_or_one_above(own: str, target: str, expected: str | None) -> None:
    found = problems("plt", own=seat(OWN, own, jenjang="Ahli Madya" if own == "jf" else ""), target=target)
    assert {code: problem.severity for code, problem in found.items()} == (
        {expected: "warn"} if expected else {}
    )
    if expected:
        assert "SE BKN 1/SE/I/2021, Angka 12" in found[expected].message


def test_within_the_own_office() -> None:
    assert doubts("plt", opd="Dinas Lain") == {"acting_elsewhere": "warn"}


def test_who_has_no_post_of_his_own() -> None:
    added = appointed("plt")
    after = {"employment": [Row(Period(SINCE), {"kind": "PNS"})], "appointment": [added]}
    now = Situation(1, START, after, (added,), {OTHER: seat(OTHER, "pengawas")})
    assert [problem.code for problem in find_problems("appointment", now)] == ["acting_no_post"]


def test_a_nurse_for_the_secretary_until_2040_and_a_plt_of_ones_own_seat(people: People) -> None:
    """Through the services: own seat, levels and offices come from the organisation."""
    seats = people.city.seats
    seen = services.preview(
        actor=people.actor("nurul"), at=AT, person=people.city.persons["mate"], subject="appointment",
        act=Act.CHANGE, values={"kind": "plh", "seat": seats["above"]},
        on=date(2026, 12, 1), until=date(2040, 1, 1),
    )  # fmt: skip
    assert seen.possible
    assert {problem.code for problem in seen.problems} >= {"plh_long", "acting_level_unknown"}
    with pytest.raises(EntryRefused, match="jabatannya sendiri"):
        people.enter(
            "nurul", "own", "appointment", values={"kind": "plt", "seat": seats["own"]},
            on=date(2026, 12, 1), until=date(2027, 1, 1),
        )  # fmt: skip


def put(city: City, person: str, kind: str, start: date, end: date) -> None:
    """Somebody who acts in the seat of the chief, beside him."""
    there = Appointment.objects.known().get(person_id=city.ids["chief"], kind="regular").seat_id
    Appointment.objects.create(
        person_id=city.ids[person], kind=kind, stint=1, seat_id=there, basis_id=opening_basis(),
        period=since(start, end),
    )  # fmt: skip


def test_requests_go_to_the_holder_before_a_doubtful_plt_and_to_a_plh_before_the_holder(
    people: People,
) -> None:
    city, actor = people.city, people.actor("nurul")
    put(city, "mate", "plt", date(2027, 1, 1), date(2027, 2, 1))
    found = queries.find_superior(actor=actor, on=date(2027, 1, 15), person_id=city.ids["own"])
    assert found is not None
    assert (found.name, found.kind) == (PERSONS["chief"][0], "regular")
    put(city, "foreign", "plh", date(2027, 2, 1), date(2027, 3, 1))
    found = queries.find_superior(actor=actor, on=date(2027, 2, 15), person_id=city.ids["own"])
    assert found is not None
    assert (found.name, found.kind) == (PERSONS["foreign"][0], "plh")


def test_the_superior_as_it_was_known_then(people: People) -> None:
    city, actor, on = people.city, people.actor("nurul"), date(2026, 12, 15)
    put(city, "foreign", "plh", date(2026, 12, 1), date(2027, 1, 1))
    told_at = Appointment.objects.get(kind="plh").recorded_at
    now = queries.find_superior(actor=actor, on=on, person_id=city.ids["own"])
    then = queries.find_superior(actor=actor, on=on, person_id=city.ids["own"], known_at=told_at)
    assert now is not None
    assert now == then
    earlier = told_at - timedelta(microseconds=1)
    then = queries.find_superior(actor=actor, on=on, person_id=city.ids["own"], known_at=earlier)
    assert then is not None
    assert (then.name, then.kind) == (PERSONS["chief"][0], "regular")
