"""Where hands end: seats of other offices, others' numbers, rows that one made, relatives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pamong.access import services as access_services
from pamong.access.errors import NotAllowed
from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.ledger.choices import Act
from pamong.people import models, queries, services
from pamong.people.choices import Verification
from pamong.people.errors import EntryRefused
from tests.support.people import AT, TODAY, People

LATER, SPRING = date(2026, 12, 1), date(2024, 4, 1)
FOREIGN_NIP, FOREIGN_NIK = "198809092012031001", "9901010909880001"


def officers(*usernames: str, unit: str = "dinkes") -> None:
    """Personnel officers of one office."""
    operator = Actor.operator("uji", TODAY)
    for username in usernames:
        access_services.create_user(
            actor=operator, at=AT, username=username, display_name=username.title(), password=None
        )
        access_services.grant_role(
            actor=operator, at=AT, username=username, role="personnel_officer", unit_path=unit,
            start_on=date(2020, 1, 1), reason="uji",
        )  # fmt: skip


def acting(people: People, seat: str) -> dict[str, Any]:
    values = {"kind": "plt", "seat": people.city.seats[seat], "order_no": "800/1"}
    return {"values": values, "on": LATER, "until": date(2027, 2, 1)}


def link(people: People, username: str, person: str) -> None:
    models.Person.objects.filter(pk=people.city.ids[person]).update(user=User.objects.get(username=username))


def test_a_seat_of_another_office_is_not_given_by_officers_of_this_one(people: People) -> None:
    officers("sari", "tomo")
    with pytest.raises(EntryRefused, match=r"Sekretaris Daerah, Sekretariat Daerah di luar wewenang Anda"):
        people.enter("sari", "own", "appointment", **acting(people, "above"))
    entry = people.enter("nurul", "own", "appointment", **acting(people, "above"))
    with pytest.raises(NotAllowed, match="di luar wewenang Anda"):
        people.accept("tomo", entry)
    assert "di luar wewenang" in services.may_decide(actor=people.actor("tomo"), entry=entry)
    people.accept("wahyu", entry)
    within = people.enter("sari", "mate", "appointment", **acting(people, "free"))
    people.accept("tomo", within)


def test_an_acting_seat_of_another_office_is_not_prolonged_or_ended_either(people: People) -> None:
    officers("sari", "tomo")
    people.change("own", "appointment", **acting(people, "above"))
    row = models.Appointment.objects.known().get(kind="plt")
    for asked in (
        {"act": Act.CORRECT, "target": row.uid, "until": date(2027, 6, 1)},
        {"act": Act.CHANGE, "target": row.uid, "until": date(2027, 1, 1)},
        {"act": Act.RESCIND, "target": row.uid},
    ):
        with pytest.raises(EntryRefused, match="di luar wewenang Anda"):
            people.enter("sari", "own", "appointment", **asked)


def test_service_ends_with_all_seats_wherever_they_are(people: People) -> None:
    officers("sari", "tomo")
    people.change("own", "appointment", **acting(people, "above"))
    entry = people.enter(
        "sari", "own", "employment", values={"end_reason": "resigned"}, until=date(2027, 1, 1)
    )
    people.accept("tomo", entry)
    ends = models.Appointment.objects.known().filter(person_id=people.city.ids["own"])
    assert {row.period.upper for row in ends} == {date(2027, 1, 1)}


def test_seats_are_offered_within_the_scope(people: People) -> None:
    officers("sari")

    def offered(who: str, words: str) -> set[Any]:
        return {
            each.uid
            for each in queries.find_seats(
                actor=people.actor(who), on=TODAY, words=words, within="people:propose"
            )
        }

    seats = people.city.seats
    assert offered("nurul", "pengelola data") == {seats["free"], seats["foreign"]}
    assert offered("sari", "pengelola data") == {seats["free"]}
    assert offered("unit_clerk", "perawat") == {seats["mate"]}
    assert offered("employee", "pengelola data") == set()


def test_nobody_learns_whose_a_number_is_by_proposing_it_for_himself(people: People) -> None:
    for subject, values in (("employment", {"nip": FOREIGN_NIP}), ("identity", {"nik": FOREIGN_NIK})):
        with pytest.raises(EntryRefused) as refused:
            people.enter("employee", "own", subject, values=values, on=LATER)
        assert {problem.code for problem in refused.value.problems} == {"not_own"}
        seen = services.preview(
            actor=people.actor("employee"), at=AT, person=people.city.persons["own"], subject=subject,
            act=Act.CHANGE, values=values, on=LATER,
        )  # fmt: skip
        assert {problem.code for problem in seen.problems} == {"not_own"} and not seen.coming


def test_who_has_a_number_is_named_within_the_scope(people: People) -> None:
    with pytest.raises(EntryRefused) as refused:
        people.enter("unit_clerk", "own", "identity", values={"nik": FOREIGN_NIK}, on=LATER)
    assert "Tigor" not in str(refused.value)
    assert "NIK, sudah tercatat untuk pegawai lain" in str(refused.value)
    assert "petugas kepegawaian" in str(refused.value)
    mate = models.Identity.objects.known().get(person_id=people.city.ids["mate"]).nik
    for who, number, name in (("unit_clerk", mate, "Ketut"), ("nurul", FOREIGN_NIK, "Tigor Marpaung")):
        with pytest.raises(EntryRefused, match=f"sudah dipakai {name}"):
            people.enter(who, "own", "identity", values={"nik": number}, on=LATER)


def test_a_change_on_the_same_day_is_a_correction_by_a_third_person(people: People) -> None:
    people.change("own", "rank", values={"golongan": "III/a"}, on=SPRING)
    other = {"values": {"golongan": "III/d"}, "on": SPRING}
    for hand in ("nurul", "wahyu"):
        with pytest.raises(EntryRefused, match="orang ketiga"):
            people.enter(hand, "own", "rank", **other)
        seen = services.preview(
            actor=people.actor(hand), at=AT, person=people.city.persons["own"], subject="rank",
            act=Act.CHANGE, **other,
        )  # fmt: skip
        assert not seen.possible
    people.accept("wahyu", people.enter("ratih", "own", "rank", **other))
    people.change("own", "rank", values={"golongan": "IV/a"}, on=date(2026, 4, 1))  # the next one is theirs


def test_a_change_before_a_row_that_it_rewrites_is_one_too(people: People) -> None:
    people.change("own", "contact", values={"address": "Jl. Baru"}, on=date(2026, 6, 1))
    phone = {"values": {"phone": "0812 1111 1111"}, "on": date(2026, 5, 1)}
    with pytest.raises(EntryRefused, match="orang ketiga"):
        people.enter("nurul", "own", "contact", **phone)
    people.accept("wahyu", people.enter("ratih", "own", "contact", **phone))


def test_the_first_hands_stay_behind_a_row_that_others_split(people: People) -> None:
    people.change("own", "rank", values={"golongan": "III/a"}, on=SPRING)
    split = people.enter("ratih", "own", "rank", values={"golongan": "III/b"}, on=date(2026, 4, 1))
    people.accept("wahyu", split)
    with pytest.raises(EntryRefused, match="orang ketiga"):
        people.enter("nurul", "own", "rank", values={"golongan": "III/d"}, on=SPRING)
    target = models.Rank.objects.known().get(golongan="III/a", person_id=people.city.ids["own"]).uid
    with pytest.raises(EntryRefused, match="orang ketiga"):
        people.enter("nurul", "own", "rank", act=Act.CORRECT, target=target, values={"golongan": "III/d"})


def test_they_stay_behind_what_comes_back_after_a_stretch(people: People) -> None:
    people.change("own", "employment", values={"standing": "Tugas Belajar"}, on=date(2026, 1, 1))
    away = {"values": {"standing": "CLTN"}, "on": date(2026, 3, 1), "until": date(2026, 5, 1)}
    people.accept("wahyu", people.enter("ratih", "own", "employment", **away))
    back = models.Employment.objects.known().get(
        person_id=people.city.ids["own"], period__startswith=date(2026, 5, 1)
    )
    assert back.standing == "Tugas Belajar"
    with pytest.raises(EntryRefused, match="orang ketiga"):
        people.enter(
            "nurul", "own", "employment", act=Act.CORRECT, target=back.uid, values={"standing": "Aktif"}
        )
    asked = {"at": AT, "person": people.city.persons["own"], "outcome": Verification.VERIFIED, "how": "SK"}
    with pytest.raises(NotAllowed, match="diperiksa orang lain"):
        services.check_item(actor=people.actor("nurul"), subject=back.uid, **asked)


def test_the_third_hand_of_a_change_is_looked_at_again_at_the_decision(people: People) -> None:
    early = people.enter("nurul", "own", "rank", values={"golongan": "III/d"}, on=SPRING)
    people.change("own", "rank", values={"golongan": "III/a"}, on=SPRING)
    seen = services.preview_entry(actor=people.actor("ratih"), at=AT, entry=early)
    assert [each.code for each in seen.problems if each.severity == "block"] == ["same_hands"]
    with pytest.raises(EntryRefused, match="orang ketiga"):
        people.accept("ratih", early)
    services.decide(actor=people.actor("ratih"), at=AT, entry=early, accept=False, answer="Tangan yang sama")


def test_the_relative_whom_an_entry_declares_does_not_decide_it(people: People) -> None:
    values = {"relation": "spouse", "name": "Wibisono", "relative": people.city.persons["above"]}
    entry = people.enter("nurul", "own", "relative", values=values, on=LATER)
    link(people, "wahyu", "above")
    with pytest.raises(NotAllowed, match="tercatat sebagai keluarga Anda"):
        people.accept("wahyu", entry)
    assert services.may_decide(actor=people.actor("wahyu"), entry=entry)
    people.accept("ratih", entry)
