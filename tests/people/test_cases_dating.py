"""Cases E-01 to E-05: careers through time, as the services write them and the file shows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pamong.ledger.choices import Act
from pamong.people import models, queries, services
from pamong.people.queries import Asked
from tests.support.people import AT, People, employment_of, identity_of, opening_basis

ALL_COLUMNS = ("id", "uid", "period", "act", "basis_id", "recorded_at", "superseded_at")


def spans(people: People, person: str, model: Any, fact: str) -> list[tuple[Any, date, date | None]]:
    rows = model.objects.known().filter(person_id=people.city.ids[person]).order_by("period")
    return [(getattr(row, fact), row.period.lower, row.period.upper) for row in rows]


def promote(people: People, golongan: str, on: date) -> None:
    people.change("own", "rank", values={"golongan": golongan, "order_no": f"823/{golongan}"}, on=on)


def golongan_on(people: People, on: date) -> str:
    row = queries.get_row(actor=people.actor("nurul"), on=on, uid=people.city.persons["own"])
    assert row is not None
    return row.golongan


def test_case_E_01_a_promotion_closes_the_one_before_it(people: People) -> None:
    promote(people, "III/a", date(2022, 1, 1))
    promote(people, "III/b", date(2022, 4, 4))
    assert spans(people, "own", models.Rank, "golongan") == [
        ("II/d", date(2020, 4, 1), date(2022, 1, 1)),
        ("III/a", date(2022, 1, 1), date(2022, 4, 4)),
        ("III/b", date(2022, 4, 4), None),
    ]


def test_case_E_02_saving_twice_leaves_history_alone(people: People) -> None:
    promote(people, "III/a", date(2022, 1, 1))
    history = [list(model.objects.values_list(*ALL_COLUMNS)) for model in (models.Rank, models.Employment)]
    # From the same day it is a correction, which a third person enters.
    for number, who in (("0812 1111 1111", "nurul"), ("0812 2222 2222", "ratih")):
        people.accept(
            "wahyu", people.enter(who, "own", "contact", values={"phone": number}, on=date(2026, 11, 1))
        )
    after = [list(model.objects.values_list(*ALL_COLUMNS)) for model in (models.Rank, models.Employment)]
    assert after == history
    phones = [phone for phone, *_ in spans(people, "own", models.Contact, "phone")]
    assert phones == ["081000000001", "0812 2222 2222"]


def test_case_E_03_every_field_of_a_past_view_is_of_that_date(people: People) -> None:
    basis, actor = opening_basis(), people.actor("nurul")
    uid = services.create_person(
        actor=actor, at=AT, basis=basis, identity=identity_of(), on=date(2025, 7, 1), until=date(2026, 7, 1),
        employment=employment_of("199502142025212001", kind="PPPK", standing="PPPK Aktif"),
    )  # fmt: skip
    service = employment_of("199502142026072001", kind="CPNS")
    assert not services.put(
        actor=actor, at=AT, basis=basis, person=uid, subject="employment", values=service, on=date(2026, 7, 1)
    )
    before = queries.get_file(actor=actor, at=AT, uid=uid, on=date(2026, 6, 15))
    after = queries.get_file(actor=actor, at=AT, uid=uid, on=date(2026, 7, 1))
    assert (before.row.kind, before.row.nip, before.row.standing) == (
        "PPPK",
        "199502142025212001",
        "PPPK Aktif",
    )
    assert (after.row.kind, after.row.standing) == ("CPNS", "Aktif")
    listed = queries.list_people(actor=actor, at=AT, on=date(2026, 6, 15), asked=Asked(kind="PPPK"))
    assert [row.uid for row in listed.rows] == [uid]


def test_case_E_04_a_correction_flows_on_until_a_row_that_set_the_field_on_purpose(people: People) -> None:
    for phone, address, month in (("", "Jl. A", 1), ("0812 1111 1111", "", 4), ("", "Jl. B", 7)):
        values = {name: each for name, each in (("phone", phone), ("address", address)) if each}
        people.change("own", "contact", values=values, on=date(2026, month, 1))
    target = models.Contact.objects.known().get(
        person_id=people.city.ids["own"], period__startswith=date(2026, 1, 1)
    )
    asked = {"act": Act.CORRECT, "target": target.uid, "values": {"address": "Jl. C"}}
    seen = services.preview(
        actor=people.actor("ratih"), at=AT, person=people.city.persons["own"], subject="contact", **asked
    )
    assert seen.possible
    assert [row.period.start for row in seen.ceasing] == [date(2026, 1, 1), date(2026, 4, 1)]
    assert [dict(row.facts)["Alamat"] for row in seen.coming] == ["Jl. C", "Jl. C"]
    assert dict(seen.coming[1].facts)["Telepon"] == "0812 1111 1111"

    people.accept("wahyu", people.enter("ratih", "own", "contact", **asked))
    found = spans(people, "own", models.Contact, "address")
    assert [(address, start.month) for address, start, _ in found[1:]] == [
        ("Jl. C", 1),
        ("Jl. C", 4),
        ("Jl. B", 7),
    ]


def test_case_E_05_a_future_act_becomes_valid_by_its_date_alone(people: People) -> None:
    march = date(2026, 3, 20)
    uid, values = people.city.persons["own"], {"golongan": "III/a"}
    asked = {"person": uid, "subject": "rank", "act": Act.CHANGE, "values": values, "on": date(2026, 4, 1)}
    seen = services.preview(actor=people.actor("nurul", march), at=AT, **asked)
    assert any("Berlaku dengan sendirinya mulai 1 April 2026" in line for line in seen.follow_ups)
    entered = services.enter(actor=people.actor("nurul", march), at=AT, reason="kenaikan pangkat", **asked)
    services.decide(actor=people.actor("wahyu", march), at=AT, entry=entered.uid, accept=True)
    assert golongan_on(people, date(2026, 3, 31)) == "II/d"
    assert golongan_on(people, date(2026, 4, 1)) == "III/a"


def test_case_E_05_a_late_act_proposes_the_difference(people: People) -> None:
    seen = services.preview(
        actor=people.actor("nurul", date(2026, 5, 10)), at=AT, person=people.city.persons["own"],
        subject="rank", act=Act.CHANGE, values={"golongan": "III/a"}, on=date(2026, 4, 1),
    )  # fmt: skip
    assert seen.follow_ups == (
        "Golongan berubah: gaji mulai April 2026 dihitung ulang. "
        "Selisihnya diusulkan pada pembayaran berikutnya.",
    )


def test_acts_of_one_day_stand_in_the_order_in_which_they_came(people: People) -> None:
    """Reinstated and promoted on the same day: the second act builds on what the first said."""
    day = date(2026, 10, 1)
    people.change("own", "employment", values={"standing": "Tugas Belajar", "order_no": "1"}, on=day)
    second = people.enter("ratih", "own", "employment", values={"standing": "Aktif", "order_no": "2"}, on=day)
    people.accept("wahyu", second)
    rows = models.Employment.objects.filter(
        person_id=people.city.ids["own"], period__startswith=day
    ).order_by("recorded_at")
    assert [(row.standing, row.order_no, row.superseded_at is None) for row in rows] == [
        ("Tugas Belajar", "1", False),
        ("Aktif", "2", True),
    ]


def test_what_was_known_before_an_act_can_still_be_seen(people: People) -> None:
    promote(people, "III/a", date(2026, 4, 1))
    told_at = models.Rank.objects.filter(golongan="III/a").get(superseded_at=None).recorded_at
    target = models.Rank.objects.known().get(golongan="III/a", person_id=people.city.ids["own"])
    people.accept(
        "wahyu", people.enter("ratih", "own", "rank", act=Act.RESCIND, target=target.uid, reason="SK dicabut")
    )
    assert golongan_on(people, date(2026, 5, 1)) == "II/d"
    actor, uid = people.actor("nurul"), people.city.persons["own"]
    then = queries.get_row(actor=actor, on=date(2026, 5, 1), uid=uid, known_at=told_at)
    assert then is not None
    assert then.golongan == "III/a"
