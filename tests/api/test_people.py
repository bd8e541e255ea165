"""People for machines: scopes, masks, dates and proposals are those of the pages."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from pamong.access import clock
from pamong.access.models import User
from pamong.people.models import Entry
from tests.support.people import AT, People

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(small: People, monkeypatch: pytest.MonkeyPatch, settings: Any) -> People:
    """The small city on the morning of the tests."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    return small


def client(username: str) -> Client:
    found = Client()
    found.force_login(User.objects.get(username=username))
    return found


def get(username: str, path: str, status: int = 200) -> Any:
    answer = client(username).get(f"/api/v1/people{path}")
    assert answer.status_code == status, answer.content[:300]
    return answer.json()


def post(username: str, uid: UUID, body: dict[str, Any]) -> Any:
    return client(username).post(f"/api/v1/people/{uid}/entries", body, content_type="application/json")


def test_a_list_stays_within_the_scope_and_is_masked(people: People) -> None:
    found = get("unit_clerk", "")
    assert found["total"] == 4 and all("******" in row["nip"] for row in found["people"])
    assert get("employee", "")["total"] == 1
    assert get("unit_clerk", "?search=Tigor")["total"] == 0
    assert get("nurul", "?search=Tigor")["total"] == 1


def test_case_E_10_an_id_from_elsewhere_is_not_found(people: People) -> None:
    told = get("unit_clerk", f"/{people.city.persons['foreign']}", 404)
    assert told["detail"] == get("unit_clerk", f"/{people.city.seats['own']}", 404)["detail"]


def test_case_S_01_no_account_number_of_another_leaves(people: People) -> None:
    uid = people.city.persons["own"]
    for username in ("superior", "unit_clerk"):
        text = str(get(username, f"/{uid}"))
        assert "99887766" not in text and "bankaccount" not in text and "99010102" not in text
    text = str(get("nurul", f"/{uid}"))
    assert "bankaccount" in text and "99887766" not in text and "9901010202850001" not in text


def test_case_E_03_the_past_is_shown_as_it_was(people: People) -> None:
    people.change("own", "employment", values={"standing": "CLTN"}, on=date(2026, 7, 1))
    uid = people.city.persons["own"]
    assert get("nurul", f"/{uid}?on=2026-06-15")["person"]["standing"] == "Aktif"
    assert get("nurul", f"/{uid}?on=2026-07-01")["person"]["standing"] == "CLTN"


def test_case_I_05_a_number_that_is_somebody_elses_is_refused(people: People) -> None:
    body = {"subject": "employment", "on": "2026-12-01", "reason": "SK baru"}
    taken = "198809092012031001"  # of a colleague in another office
    answer = post("nurul", people.city.persons["own"], body | {"values": {"nip": taken}})
    assert answer.status_code == 409 and answer.json()["problems"]
    assert not Entry.objects.exists()


def test_nobody_asks_whose_a_number_is(people: People) -> None:
    """Neither for himself, where it is not his to propose, nor for others beyond his scope."""
    uid, taken = people.city.persons["own"], "198809092012031001"
    for username, subject, values in (
        ("employee", "employment", {"nip": taken}),
        ("employee", "identity", {"nik": "9901010909880001"}),
        ("unit_clerk", "employment", {"nip": taken}),
    ):
        body = {"subject": subject, "on": "2026-12-01", "reason": "SK baru", "values": values}
        answer = post(username, uid, body)
        assert answer.status_code == 409 and "Tigor" not in answer.content.decode()
        assert username != "employee" or "sudah" not in answer.content.decode()


def test_case_S_08_blanks_erase_nothing_that_the_caller_does_not_see(people: People) -> None:
    values = {"phone": "0812 1111 1111", "address": "", "email": None}
    body = {"subject": "contact", "on": "2026-11-10", "reason": "Ganti nomor", "values": values}
    assert post("unit_clerk", people.city.persons["own"], body).status_code == 201
    assert Entry.objects.get().values == {"phone": "0812 1111 1111"}


def test_case_S_07_a_proposal_waits_whatever_is_sent(people: People) -> None:
    body = {
        "subject": "contact", "on": "2026-11-10", "reason": "Pindah", "values": {"address": "Jl. Baru"},
        "state": "applied", "person": str(people.city.persons["chief"]), "decided_by": 1,
    }  # fmt: skip
    answer = post("employee", people.city.persons["own"], body)
    assert answer.status_code == 201
    entry = Entry.objects.get()
    assert (entry.state, entry.person_id) == ("waiting", people.city.ids["own"])
    assert post("employee", people.city.persons["mate"], body).status_code == 404
    refused = post("employee", people.city.persons["own"], body | {"values": {"approved": True}})
    assert refused.status_code == 409


def test_case_E_11_three_faults_are_three_sentences(people: People) -> None:
    body = {"subject": "education", "reason": "", "values": {"graduated_year": "1200", "school": "", "x": 1}}
    answer = post("nurul", people.city.persons["own"], body)
    assert answer.status_code == 409 and len(answer.json()["problems"]) >= 3
    assert not Entry.objects.exists()


@pytest.mark.parametrize("far", ["0001-01-01", "9999-12-31"])
def test_a_date_beyond_all_records_is_told_in_one_sentence(people: People, far: str) -> None:
    uid = people.city.persons["own"]
    body = {"subject": "contact", "reason": "Pindah", "values": {"address": "Jl. Baru"}}
    ended = {"subject": "employment", "reason": "Pensiun", "values": {"end_reason": "bup"}}
    for each in (body | {"on": far}, body | {"until": far}, ended | {"until": far}):
        answer = post("nurul", uid, each)
        assert answer.status_code == 422
        assert "Tanggal harus antara tahun 1900 dan 2100. Periksa tahunnya." in answer.json()["detail"]
    born = {"subject": "relative", "reason": "x", "values": {"relation": "child", "name": "A"}}
    born["values"] |= {"birth_date": far}  # type: ignore[operator]
    answer = post("nurul", uid, born)
    assert answer.status_code == 409 and "di luar tahun 1900 sampai 2100" in str(answer.json()["problems"])
    for path in (f"/{uid}?on={far}", f"?on={far}"):
        assert "periksa tahunnya" in get("nurul", path, 422)["detail"].lower()
    assert not Entry.objects.exists()
