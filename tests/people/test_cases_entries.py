"""Cases E-11, E-15, S-07, S-08, and who may enter, decide and correct what."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from pamong.access.errors import NotAllowed
from pamong.access.models import User
from pamong.documents.media import FileUnsuitable
from pamong.kernel.actor import Actor
from pamong.ledger.choices import Act
from pamong.ledger.models import Intake
from pamong.people import models, queries, services
from pamong.people.choices import AppointmentKind, EndReason, Verification
from pamong.people.errors import (
    AlreadyLinked,
    AnswerMissing,
    EntryClosed,
    EntryNotFound,
    EntryRefused,
    PersonNotFound,
)
from tests.support.people import AT, TODAY, People, employment_of, identity_of, opening_basis

PDF = b"%PDF-1.7 uji"


def appointment(people: People, seat: str, kind: str = "regular") -> dict[str, Any]:
    return {"kind": kind, "seat": people.city.seats[seat], "order_no": "821/9"}


def codes(error: EntryRefused) -> set[str]:
    return {problem.code for problem in error.problems if problem.severity == "block"}


def test_case_E_11_three_faults_give_three_messages_and_nothing_is_stored(people: People) -> None:
    before = Intake.objects.count()
    with pytest.raises(EntryRefused) as refused:
        # Plt without an end, before service began, and without a reason.
        people.enter(
            "nurul", "own", "appointment", values=appointment(people, "free", "plt"), on=date(2005, 1, 1),
            reason=" ",
        )  # fmt: skip
    assert codes(refused.value) >= {"end_missing", "tmt_outside_service", "reason_missing"}
    for words in (
        "harus mempunyai tanggal akhir",
        "1 Januari 2005 sebelum masa kerja",
        "Alasan, belum diisi",
    ):
        assert words in str(refused.value)
    assert models.Entry.objects.count() == 0
    assert Intake.objects.count() == before


def test_case_E_11_a_person_with_faults_in_both_parts_is_not_half_stored(people: People) -> None:
    before = models.Person.objects.count()
    with pytest.raises(EntryRefused) as refused:
        services.create_person(
            actor=people.actor("nurul"), at=AT, basis=opening_basis(), on=date(2020, 1, 1),
            identity=identity_of(birth_date="2095-02-14", name=""),
            employment=employment_of("19950214202001200"),
        )  # fmt: skip
    assert codes(refused.value) == {"missing", "birth_future", "value"}
    assert "17 digit, harus 18" in str(refused.value)
    assert models.Person.objects.count() == before


def test_case_E_15_an_occupied_seat_names_its_holder_and_offers_free_ones(people: People) -> None:
    free_seat(people)
    with pytest.raises(EntryRefused) as refused:
        people.enter(
            "nurul", "own", "appointment", values=appointment(people, "foreign"), on=date(2026, 12, 1)
        )
    assert codes(refused.value) == {"seat_occupied"}
    assert "Pengelola Data, Dinas Pendidikan dipegang Tigor Marpaung sejak 2 Januari 2020" in str(
        refused.value
    )
    assert "Posisi sejenis yang kosong: Pengelola Data, Dinas Kesehatan" in str(refused.value)


def free_seat(people: People) -> None:
    """The seat 'free' is of the same post as 'foreign', and nobody has it since its holder retired."""
    held = models.Appointment.objects.known().filter(seat__uid=people.city.seats["free"])
    assert [row.period.upper for row in held] == [date(2026, 3, 1)]


def test_case_E_15_a_handover_with_an_end_shows_both_and_the_holder_stays(people: People) -> None:
    people.change(
        "own", "appointment", values=appointment(people, "foreign", "handover"), on=date(2026, 12, 1),
        until=date(2027, 1, 1),
    )  # fmt: skip
    rows = models.Appointment.objects.as_of(date(2026, 12, 15)).filter(seat__uid=people.city.seats["foreign"])
    assert {(row.person_id, row.kind) for row in rows} == {
        (people.city.ids["foreign"], "regular"),
        (people.city.ids["own"], "handover"),
    }
    with pytest.raises(EntryRefused, match="harus mempunyai tanggal akhir"):
        people.enter(
            "nurul", "mate", "appointment", values=appointment(people, "foreign", "handover"),
            on=date(2026, 12, 1),
        )  # fmt: skip


def test_case_S_07_state_and_person_come_from_the_server(people: People) -> None:
    for extra in ({"state": "applied"}, {"person_id": people.city.ids["mate"]}, {"basis_id": 1}):
        with pytest.raises(EntryRefused, match="tidak dikenal"):
            people.enter("employee", "own", "contact", values={"phone": "0812 1111 1111", **extra}, on=TODAY)
    with pytest.raises(PersonNotFound):
        people.enter("employee", "mate", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    uid = people.enter("employee", "own", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    entry = models.Entry.objects.get(uid=uid)
    assert (entry.state, entry.person_id) == ("waiting", people.city.ids["own"])


def test_case_S_08_an_entry_on_contact_leaves_pay_data_alone(people: People) -> None:
    before = pay_hash(people)
    entry = people.enter("unit_clerk", "own", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    people.accept("wahyu", entry)
    assert pay_hash(people) == before
    with pytest.raises(EntryRefused, match=r"^Isian 'number' tidak dikenal"):
        people.enter("unit_clerk", "own", "contact", values={"number": ""}, on=TODAY)


def test_case_S_08_what_a_clerk_may_not_see_he_does_not_erase(people: People) -> None:
    blank = {"address": "", "email": " ", "work_email": None}
    identity = {"front_title": "Dr.", "religion": "", "marital": "", "birth_place": "", "nik": None}
    for subject, values in (("contact", {"phone": "0812 1111 1111", **blank}), ("identity", identity)):
        people.accept("wahyu", people.enter("unit_clerk", "own", subject, values=values, on=TODAY))
    own = {"person_id": people.city.ids["own"], "period__contains": TODAY}
    contact = models.Contact.objects.known().get(**own)
    assert (contact.phone, contact.address) == ("0812 1111 1111", "Jl. Uji No. 1")
    row = models.Identity.objects.known().get(**own)
    assert (row.front_title, row.religion, row.marital, row.birth_place, row.nik) == (
        "Dr.", "Islam", "Menikah", "Kota Uji", "9901010202850001",
    )  # fmt: skip


def test_case_S_08_nor_does_a_correction(people: People) -> None:
    row = models.Identity.objects.known().get(person_id=people.city.ids["mate"])
    values = {"name": "Ketut S", "birth_place": "", "religion": "", "marital": "", "nik": ""}
    people.accept(
        "wahyu",
        people.enter("unit_clerk", "mate", "identity", act=Act.CORRECT, target=row.uid, values=values),
    )
    now = models.Identity.objects.known().get(person_id=people.city.ids["mate"])
    assert now.name == "Ketut S"
    assert (now.birth_place, now.religion, now.marital, now.nik) == (
        row.birth_place, row.religion, row.marital, row.nik,
    )  # fmt: skip


def test_who_sees_a_fact_can_empty_it(people: People) -> None:
    people.accept("wahyu", people.enter("employee", "own", "contact", values={"address": ""}, on=TODAY))
    now = models.Contact.objects.known().get(person_id=people.city.ids["own"], period__contains=TODAY)
    assert now.address == ""


def pay_hash(people: People) -> str:
    own = people.city.ids["own"]
    tables = (models.BankAccount, models.SalaryStep, models.Rank, models.Employment)
    rows = [list(table.objects.filter(person_id=own).order_by("id").values_list()) for table in tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def test_employees_propose_their_own_self_service_data_only(people: People) -> None:
    with pytest.raises(EntryRefused, match="Golongan Anda sendiri dimasukkan petugas"):
        people.enter("employee", "own", "rank", values={"golongan": "IV/e"}, on=TODAY)
    with pytest.raises(EntryRefused, match="NIK, untuk diri sendiri dimasukkan petugas"):
        people.enter("employee", "own", "identity", values={"nik": "9901011704850002"}, on=TODAY)
    assert people.enter("employee", "own", "identity", values={"back_title": "S.E."}, on=TODAY)
    with pytest.raises(EntryRefused, match="Jabatan Anda sendiri"):
        people.enter(
            "unit_clerk", "clerk", "appointment", values=appointment(people, "free"), on=date(2026, 12, 1)
        )


def test_enterers_stay_within_their_scope(people: People) -> None:
    phone = {"values": {"phone": "0812 1111 1111"}, "on": TODAY}
    assert people.enter("unit_clerk", "mate", "contact", **phone)
    with pytest.raises(PersonNotFound):
        people.enter("unit_clerk", "foreign", "contact", **phone)
    with pytest.raises(NotAllowed):
        people.enter("arif", "own", "contact", **phone)
    operator = Actor.operator("uji", TODAY)
    with pytest.raises(NotAllowed, match="Masuk dengan akun"):
        services.enter(
            actor=operator, at=AT, person=people.city.persons["own"], subject="contact", act=Act.CHANGE,
            reason="uji", **phone,
        )  # fmt: skip


def test_nobody_decides_what_he_entered_or_what_is_about_himself(people: People) -> None:
    entry = people.enter("nurul", "own", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    with pytest.raises(NotAllowed, match="Anda yang memasukkan"):
        people.accept("nurul", entry)
    with pytest.raises(NotAllowed):
        people.accept("unit_clerk", entry)
    link(people, "wahyu", "own")
    with pytest.raises(NotAllowed, match="tentang Anda sendiri"):
        people.accept("wahyu", entry)
    assert services.may_decide(actor=people.actor("wahyu"), entry=entry).startswith("Usulan ini tentang")
    people.accept("ratih", entry)


def link(people: People, username: str, person: str) -> None:
    """Let an account be that of somebody of the city, whose own account it takes the place of."""
    models.Person.objects.filter(pk=people.city.ids[person]).update(user=User.objects.get(username=username))


@pytest.mark.parametrize(("declared_by", "other"), [("own", "above"), ("above", "own")])
def test_nobody_decides_for_a_declared_relative(people: People, declared_by: str, other: str) -> None:
    values = {"relation": "sibling", "name": "Saudara", "relative": people.city.persons[other]}
    people.change(declared_by, "relative", values=values, on=date(2020, 1, 1))
    link(people, "wahyu", "above")
    entry = people.enter("nurul", "own", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    with pytest.raises(NotAllowed, match="tercatat sebagai keluarga Anda"):
        people.accept("wahyu", entry)


def test_enter_verify_and_correct_are_three_people(people: People) -> None:
    people.change("own", "rank", values={"golongan": "III/a"}, on=date(2026, 4, 1))
    target = models.Rank.objects.known().get(golongan="III/a", person_id=people.city.ids["own"]).uid
    correction = {"act": Act.CORRECT, "target": target, "values": {"golongan": "III/b"}}
    for hand in ("nurul", "wahyu"):
        with pytest.raises(EntryRefused, match="orang ketiga"):
            people.enter(hand, "own", "rank", **correction)
    entry = people.enter("ratih", "own", "rank", **correction)
    people.accept("wahyu", entry)
    assert models.Rank.objects.known().filter(golongan="III/b").count() == 3  # clerk and mate have it too


def test_the_third_hand_is_looked_at_again_at_the_decision(people: People) -> None:
    people.change("own", "rank", values={"golongan": "III/a"}, on=date(2026, 4, 1))
    target = models.Rank.objects.known().get(golongan="III/a", person_id=people.city.ids["own"])
    entry = people.enter(
        "ratih", "own", "rank", act=Act.CORRECT, target=target.uid, values={"golongan": "III/b"}
    )
    # As if ratih had meanwhile turned out to stand behind the row.
    models.Entry.objects.filter(basis_id=target.basis_id).update(
        decided_by=User.objects.get(username="ratih")
    )
    with pytest.raises(EntryRefused, match="orang ketiga"):
        people.accept("wahyu", entry)
    services.decide(actor=people.actor("wahyu"), at=AT, entry=entry, accept=False, answer="Orang ketiga saja")


def test_an_entry_is_checked_again_when_it_is_decided(people: People) -> None:
    values = appointment(people, "free")
    first = people.enter("nurul", "own", "appointment", values=values, on=date(2026, 12, 1))
    second = people.enter("nurul", "mate", "appointment", values=values, on=date(2026, 12, 1))
    people.accept("wahyu", first)
    with pytest.raises(EntryRefused, match="dipegang Suparman"):
        people.accept("wahyu", second)
    assert models.Entry.objects.get(uid=second).state == "waiting"


def test_refusing_needs_an_answer_and_closes_the_entry(people: People) -> None:
    entry = people.enter("employee", "own", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    wahyu = people.actor("wahyu")
    with pytest.raises(AnswerMissing):
        services.decide(actor=wahyu, at=AT, entry=entry, accept=False, answer=" ")
    services.decide(actor=wahyu, at=AT, entry=entry, accept=False, answer="Nomor ini tidak aktif.")
    found = models.Entry.objects.get(uid=entry)
    assert (found.state, found.answer, found.decided_name) == ("refused", "Nomor ini tidak aktif.", "Wahyu")
    with pytest.raises(EntryClosed):
        people.accept("ratih", entry)
    assert not models.Contact.objects.filter(phone="0812 1111 1111").exists()


def test_only_the_enterer_withdraws_and_only_while_it_waits(people: People) -> None:
    entry = people.enter("employee", "own", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    with pytest.raises(EntryNotFound):
        services.withdraw(actor=people.actor("nurul"), at=AT, entry=entry)
    services.withdraw(actor=people.actor("employee"), at=AT, entry=entry)
    with pytest.raises(EntryClosed):
        services.withdraw(actor=people.actor("employee"), at=AT, entry=entry)


def test_evidence_of_an_accepted_entry_is_verified(people: People, tmp_path: Path) -> None:
    uid, employee = people.city.persons["own"], people.actor("employee")
    with override_settings(PAMONG_FILES_ROOT=tmp_path):
        shown = services.add_evidence(
            actor=employee, at=AT, person=uid, title="Ijazah", name="ijazah.pdf", data=PDF
        )
        with pytest.raises(FileUnsuitable, match="PDF, JPEG, atau PNG"):
            services.add_evidence(actor=employee, at=AT, person=uid, title="X", name="x.pdf", data=b"MZ")
    values = {"level": "S-1", "school": "Universitas Uji", "graduated_year": 2008, "back_title": "S.E."}
    entry = people.enter(
        "employee", "own", "education", values=values, on=date(2008, 8, 1), evidence=(shown,)
    )
    people.accept("wahyu", entry)
    file = queries.get_file(actor=people.actor("nurul"), at=AT, uid=uid, on=TODAY)
    diploma = file.one("education")
    assert diploma is not None
    assert (diploma.check, diploma.check_by, diploma.facts["back_title"]) == ("verified", "Wahyu", "S.E.")
    with pytest.raises(EntryRefused, match="Bukti, tidak ditemukan"):
        people.enter("nurul", "mate", "contact", values={"phone": "0812 1"}, on=TODAY, evidence=(shown,))


def test_items_are_checked_by_somebody_else(people: People) -> None:
    uid = people.city.persons["own"]
    values = {"level": "S-1", "school": "Universitas Uji"}
    people.change("own", "education", values=values, on=date(2008, 8, 1))
    row = models.Education.objects.known().get()
    asked = {
        "at": AT,
        "person": uid,
        "subject": row.item,
        "outcome": Verification.VERIFIED,
        "how": "ijazah asli",
    }
    with pytest.raises(NotAllowed, match="diperiksa orang lain"):
        services.check_item(actor=people.actor("nurul"), **asked)
    services.check_item(actor=people.actor("ratih"), **asked)
    assert models.Check.objects.get().outcome == "verified"


def test_leaving_service_empties_all_seats_on_the_same_day(people: People) -> None:
    actor, basis, uid = people.actor("nurul"), opening_basis(), people.city.persons["mate"]
    services.appoint(
        actor=actor, at=AT, basis=basis, person=uid, seat=people.city.seats["free"], on=date(2026, 11, 1),
        until=date(2027, 2, 1), kind=AppointmentKind.PLT,
    )  # fmt: skip
    services.end_service(
        actor=actor, at=AT, basis=basis, person=uid, on=date(2026, 12, 1), reason=EndReason.RESIGNED
    )
    rows = models.Appointment.objects.known().filter(person__uid=uid)
    assert {(row.kind, row.period.upper) for row in rows} == {
        ("regular", date(2026, 12, 1)),
        ("plt", date(2026, 12, 1)),
    }
    service = models.Employment.objects.known().get(person__uid=uid)
    assert (service.end_reason, service.period.upper) == ("resigned", date(2026, 12, 1))
    found = queries.list_people(
        actor=actor, at=AT, on=date(2026, 12, 1), asked=queries.Asked(words="ketut", status="ended")
    )
    assert [row.uid for row in found.rows] == [uid]


def test_a_wrong_end_of_service_is_put_right_with_a_correction(people: People) -> None:
    uid = people.city.persons["mate"]
    people.change("mate", "employment", values={"end_reason": "retired"}, until=date(2026, 12, 1))
    target = models.Employment.objects.known().get(person__uid=uid).uid
    people.accept(
        "wahyu",
        people.enter("ratih", "mate", "employment", act=Act.CORRECT, target=target, values={"reopen": True}),
    )
    service = models.Employment.objects.known().get(person__uid=uid)
    assert (service.end_reason, service.period.upper) == ("", None)


def test_an_account_is_linked_once(people: People) -> None:
    operator = Actor.operator("uji", TODAY)
    services.link_user(actor=operator, at=AT, person=people.city.persons["mate"], username="nurul")
    for person, username in (("mate", "wahyu"), ("foreign", "nurul")):
        with pytest.raises(AlreadyLinked):
            services.link_user(actor=operator, at=AT, person=people.city.persons[person], username=username)
    with pytest.raises(NotAllowed):
        services.link_user(
            actor=people.actor("nurul"), at=AT, person=people.city.persons["foreign"], username="arif"
        )


def test_personal_data_stay_out_of_the_entries_of_the_ledger(people: People) -> None:
    people.change("own", "bankaccount", values={"number": "555666777888"}, on=TODAY)
    people.enter("employee", "own", "contact", values={"phone": "0812 9876 5432"}, on=TODAY)
    bodies = "".join(Intake.objects.values_list("body", flat=True))
    assert "people.accepted" in bodies
    assert "555666777888" not in bodies
    assert "0812 9876 5432" not in bodies
