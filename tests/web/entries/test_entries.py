"""Entries on their pages: an employee proposes, an officer decides, and nobody talks past the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.people.models import BankAccount, Contact, Entry, Evidence, Rank
from tests.support.people import AT, People

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PDF = b"%PDF-1.4\n%uji\n"


@pytest.fixture
def people(small: People, monkeypatch: pytest.MonkeyPatch, tmp_path: object, settings: object) -> People:
    """The small city on the morning of the tests, with a store of its own."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    settings.PAMONG_SECOND_FACTOR = False  # type: ignore[attr-defined]
    return small


def browser(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def where(people: People, key: str, subject: str, query: str = "") -> str:
    return reverse("entries:propose", args=[people.city.persons[key], subject]) + query


def send(client: Client, path: str, step: str = "kirim", **data: object) -> HttpResponse:
    answer: HttpResponse = client.post(
        path, {"reason": "Pindah rumah", "on": "2026-11-10", **data, "langkah": step}
    )
    return answer


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_an_employee_proposes_and_an_officer_accepts(people: People) -> None:
    path = where(people, "own", "contact")
    me = browser("employee")
    form = text(me.get(path))
    assert "Jl. Uji No. 1" in form, "what stands now is filled in"
    looked = text(send(me, path, "lihat", address="Jl. Baru No. 9", phone="0812 3456 7890"))
    assert "Yang akan terjadi" in looked and "Jl. Baru No. 9" in looked and "Kirim usulan" in looked
    assert not Entry.objects.exists(), "to look stores nothing"
    sent = send(me, path, address="Jl. Baru No. 9", phone="0812 3456 7890")
    assert sent.status_code == 302
    entry = Entry.objects.get()
    assert (entry.state, entry.entered_by.username) == ("waiting", "employee")
    officer = browser("nurul")
    assert "Suparman" in text(officer.get(reverse("entries:index")))
    page = reverse("entries:entry", args=[entry.uid])
    assert "Jl. Baru No. 9" in text(officer.get(page))
    assert officer.post(page, {"putusan": "setuju"}).status_code == 302
    now = Contact.objects.known().get(person_id=people.city.ids["own"], period__contains=date(2026, 11, 10))
    assert (now.address, now.phone) == ("Jl. Baru No. 9", "0812 3456 7890")
    assert "Jl. Baru No. 9" in text(me.get(reverse("mine")))


def test_what_is_sent_twice_waits_once(people: People) -> None:
    path, me = where(people, "own", "contact"), browser("employee")
    first, again = (send(me, path, phone="0812 3456 7890") for _ in range(2))
    entry = Entry.objects.get()
    assert first["Location"] == again["Location"] == reverse("entries:entry", args=[entry.uid])
    assert "jadi tidak dikirim dua kali" in text(me.get(again["Location"]))
    send(me, path, phone="0812 3456 7891")
    send(browser("unit_clerk"), path, phone="0812 3456 7890")
    assert Entry.objects.count() == 3, "another act, and another's"
    me.post(reverse("entries:withdraw", args=[entry.uid]))
    send(me, path, phone="0812 3456 7890")
    assert Entry.objects.filter(state="waiting").count() == 3, "what was taken back may be sent anew"


def test_case_S_07_the_server_sets_state_and_person(people: People) -> None:
    """What a browser adds to the form is not part of it."""
    path = where(people, "own", "contact")
    sent = send(
        browser("employee"), path, address="Jl. Baru No. 9", state="applied", person=people.city.ids["chief"],
        decided_by=1, basis=1, subject="bankaccount",
    )  # fmt: skip
    assert sent.status_code == 302
    entry = Entry.objects.get()
    assert (entry.state, entry.person_id, entry.subject) == ("waiting", people.city.ids["own"], "contact")
    assert "state" not in entry.values and entry.decided_by_id is None


def test_case_S_08_a_change_of_contact_leaves_the_account_as_it_was(people: People) -> None:
    before = list(BankAccount.objects.order_by("id").values())
    path = where(people, "own", "contact")
    sent = send(browser("unit_clerk"), path, phone="0812 0000 1111", number="11112222")
    assert sent.status_code == 302
    browser("nurul").post(reverse("entries:entry", args=[Entry.objects.get().uid]), {"putusan": "setuju"})
    assert list(BankAccount.objects.order_by("id").values()) == before


def test_nobody_decides_his_own_entry(people: People) -> None:
    nurul = browser("nurul")
    send(nurul, where(people, "own", "rank"), golongan="III/a", reason="Naik pangkat", on="2026-10-01")
    page = reverse("entries:entry", args=[Entry.objects.get().uid])
    shown = text(nurul.get(page))
    assert "Orang lain yang memutuskannya" in shown and 'value="setuju"' not in shown
    assert nurul.post(page, {"putusan": "setuju"}).status_code == 403
    assert Entry.objects.get().state == "waiting"


def test_a_refusal_needs_its_reason(people: People) -> None:
    send(browser("employee"), where(people, "own", "contact"), address="Jl. Lain")
    page = reverse("entries:entry", args=[Entry.objects.get().uid])
    wahyu = browser("wahyu")
    told = wahyu.post(page, {"putusan": "tolak"})
    assert told.status_code == 422 and "alasan penolakan" in text(told)
    assert wahyu.post(page, {"putusan": "tolak", "jawaban": "Lampirkan KTP."}).status_code == 302
    assert "Lampirkan KTP." in text(browser("employee").get(page))


def test_case_E_11_all_problems_of_a_request_come_together(people: People) -> None:
    path = where(people, "own", "education")
    told = send(
        browser("employee"), path, "lihat", level="", school="", graduated_year="1200", on="2026-11-10"
    )
    shown = text(told)
    assert "Jenjang" in shown and "Sekolah" in shown and "1200" in shown
    assert "Kirim usulan" not in shown and not Entry.objects.exists()


def test_evidence_is_kept_between_the_steps_and_shown_to_who_decides(people: People) -> None:
    path, me = where(people, "own", "bankaccount"), browser("employee")
    data = {"bank": "Bank Uji", "number": "12345678", "holder": "Suparman"}
    looked = send(me, path, "lihat", **data, evidence=SimpleUploadedFile("buku.pdf", PDF))
    kept = Evidence.objects.get()
    assert f'name="bukti" value="{kept.uid}"' in text(looked)
    send(me, path, **data, bukti=str(kept.uid))
    entry = Entry.objects.get()
    assert entry.evidence == [kept.uid]
    assert "buku.pdf" in text(browser("nurul").get(reverse("entries:entry", args=[entry.uid])))
    file = browser("nurul").get(reverse("entries:evidence", args=[kept.uid]))
    assert file.content == PDF and "sandbox" in file.headers["Content-Security-Policy"]
    assert browser("superior").get(reverse("entries:evidence", args=[kept.uid])).status_code == 404


def test_a_file_that_is_no_picture_of_a_document_is_refused(people: People) -> None:
    told = send(
        browser("employee"), where(people, "own", "contact"), "lihat", address="Jl. Lain",
        evidence=SimpleUploadedFile("bukti.pdf", b"<html><script>alert(1)</script>"),
    )  # fmt: skip
    assert told.status_code == 422 and not Evidence.objects.exists()


def test_a_seat_is_found_by_words_and_an_occupied_one_is_refused_with_free_ones(people: People) -> None:
    nurul, path = browser("nurul"), where(people, "mate", "appointment")
    found = text(nurul.post(path, {"langkah": "cari", "seat_words": "pengelola data dinas"}))
    free, taken = people.city.seats["free"], people.city.seats["foreign"]
    assert str(free) in found and str(taken) in found and "kosong" in found
    asked = {"kind": "regular", "on": "2026-12-01", "seat_words": "pengelola data dinas", "reason": "Mutasi"}
    told = text(send(nurul, path, "lihat", **asked, seat=str(taken)))
    assert "Tigor Marpaung" in told and "Kirim usulan" not in told
    assert "Kirim usulan" in text(send(nurul, path, "lihat", **asked, seat=str(free)))


def test_an_employee_takes_his_entry_back(people: People) -> None:
    me = browser("employee")
    send(me, where(people, "own", "contact"), address="Jl. Lain")
    uid = Entry.objects.get().uid
    assert browser("nurul").post(reverse("entries:withdraw", args=[uid])).status_code == 404
    assert Entry.objects.get().state == "waiting", "only who entered it takes it back"
    assert me.post(reverse("entries:withdraw", args=[uid])).status_code == 302
    assert Entry.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("username", "key", "subject", "status"),
    [
        ("employee", "own", "contact", 200),
        ("employee", "own", "rank", 403),
        ("employee", "mate", "contact", 404),
        ("superior", "own", "contact", 403),
        ("unit_clerk", "own", "contact", 200),
        ("unit_clerk", "foreign", "contact", 404),
        ("nurul", "foreign", "rank", 200),
        ("nurul", "foreign", "tidak-ada", 404),
        ("arif", "own", "contact", 403),
    ],
)
def test_who_may_propose_what(people: People, username: str, key: str, subject: str, status: int) -> None:
    assert browser(username).get(where(people, key, subject)).status_code == status


def test_an_officer_never_sees_a_number_by_opening_a_form(people: People) -> None:
    form = text(browser("nurul").get(where(people, "own", "bankaccount")))
    assert "99887766" not in form and "Kosongkan bila tidak berubah" in form
    assert "99010102" not in text(browser("nurul").get(where(people, "own", "identity")))
    send(browser("nurul"), where(people, "own", "bankaccount"), bank="Bank Lain", holder="Suparman")
    assert "number" not in Entry.objects.get().values


def test_a_row_is_rescinded_with_what_was_before(people: People) -> None:
    people.change("own", "rank", values={"golongan": "III/a"}, on=date(2026, 10, 1))
    row = Rank.objects.known().get(person_id=people.city.ids["own"], golongan="III/a")
    path = where(people, "own", "rank", f"?laku=batalkan&baris={row.uid}")
    shown = text(browser("ratih").get(path))
    assert "Pembatalan" in shown
    send(browser("ratih"), path, reason="SK dicabut")
    entry = Entry.objects.get(act="rescind")
    browser("wahyu").post(reverse("entries:entry", args=[entry.uid]), {"putusan": "setuju"})
    assert [r.golongan for r in Rank.objects.known().filter(person_id=people.city.ids["own"])] == ["II/d"]


FAR = "Tanggal harus antara tahun 1900 dan 2100"


@pytest.mark.parametrize("step", ["lihat", "kirim"])
@pytest.mark.parametrize("dates", [{"until": "9999-12-31"}, {"until": "0001-01-01"}, {"on": "9999-12-31"}])
def test_a_date_beyond_all_records_is_told_in_one_sentence(
    people: People, dates: dict[str, str], step: str
) -> None:
    for key, subject, values in (
        ("own", "contact", {"address": "Jl. Baru"}), ("own", "rank", {"golongan": "III/a"})
    ):  # fmt: skip
        answer = send(browser("nurul"), where(people, key, subject), step, **values, **dates)
        assert (answer.status_code, FAR in text(answer)) == (422, True)
    born = {"relation": "child", "name": "A", "birth_date": next(iter(dates.values()))}
    answer = send(browser("nurul"), where(people, "own", "relative"), step, **born)
    assert (answer.status_code, FAR in text(answer)) == (422, True)
    assert not Entry.objects.exists()
