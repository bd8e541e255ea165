"""What a page of entries must not tell or erase: private data, numbers, names, seats of other offices."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpResponse

from pamong.access.models import Grant, ReadLog
from pamong.people.models import Contact, Entry, Identity, Rank
from tests.support.people import People
from tests.web.entries.test_entries import browser, people, send, text, where

__all__ = ["people"]
pytestmark = pytest.mark.django_db
SECRETS = ("99887766", "9901010202850001", "Islam", "Menikah", "Jl. Uji No. 1", "Bank Uji")


def told(answer: HttpResponse) -> str:
    """A page but for the choices that it offers to everybody."""
    return re.sub(r'<option value="[^"]*">[^<]*</option>', "", text(answer))


def entry_page(entry: Entry) -> str:
    return f"/usulan/{entry.uid}/"


@pytest.mark.parametrize(
    ("subject", "values"),
    [
        ("bankaccount", {"number": "99999"}),
        ("contact", {"phone": "0812 0000 1111"}),
        ("identity", {"front_title": "Dr."}),
        ("identity", {"religion": "Hindu"}),
    ],
)
def test_a_clerk_is_shown_what_he_typed_and_nothing_that_is_private(
    people: People, subject: str, values: dict[str, str]
) -> None:
    clerk, path = browser("unit_clerk"), where(people, "own", subject)
    empty = {"name": "Suparman", "birth_date": "1985-02-02", "sex": "L"} if subject == "identity" else {}
    for step in ("lihat", "kirim"):
        shown = told(send(clerk, path, step, **empty, **values))
        assert not [each for each in SECRETS if each in shown]
        assert step == "kirim" or ("Yang akan terjadi" in shown and "tersimpan, tidak ditampilkan" in shown)
    shown = text(clerk.get(entry_page(Entry.objects.get())))
    assert next(iter(values.values())) in shown and not [each for each in SECRETS if each in shown]


def test_an_officer_needs_a_reason_for_a_number_here_too(people: People) -> None:
    same = {"bank": "Bank Uji", "holder": "Suparman"}
    shown = text(send(browser("nurul"), where(people, "own", "bankaccount"), "lihat", **same, number="99999"))
    assert "99887766" not in shown and "•••• 7766" in shown and "99999" in shown


def test_who_decides_sees_the_number_until_it_is_decided(people: People) -> None:
    send(browser("employee"), where(people, "own", "bankaccount"), bank="B", number="55501112", holder="S")
    page = entry_page(Entry.objects.get())
    wahyu = browser("wahyu")
    assert "55501112" in text(wahyu.get(page))
    looks = ReadLog.objects.filter(subject_ids__contains=[people.city.persons["own"]])
    assert "people.preview_number" in looks.values_list("path", flat=True)
    assert "Memeriksa usulan dengan nomor lengkap" in text(browser("employee").get("/data-saya/dilihat/"))
    wahyu.post(page, {"putusan": "setuju"})
    assert "55501112" not in text(wahyu.get(page))
    assert "55501112" in text(browser("employee").get(page))


def test_a_clerk_whose_role_has_ended_sees_his_words_and_takes_them_back(people: People) -> None:
    clerk, path = browser("unit_clerk"), where(people, "own", "bankaccount")
    send(clerk, path, number="55501112")
    Grant.objects.filter(user__username="unit_clerk").update(superseded_at="2026-11-09T00:00:00Z")
    entry = Entry.objects.get()
    shown = text(clerk.get(entry_page(entry)))
    assert "55501112" in shown and "Yang akan terjadi" not in shown and "Tarik usulan" in shown
    assert clerk.get(path).status_code == 404
    assert clerk.post(f"{entry_page(entry)}tarik/").status_code == 302


def test_case_S_08_a_form_erases_nothing_that_it_does_not_show(people: People) -> None:
    clerk, nurul = browser("unit_clerk"), browser("nurul")
    sent = {
        "contact": {"phone": "0812 0000 1111", "address": "", "email": "", "work_email": ""},
        "identity": {
            "name": "Suparman", "front_title": "Dr.", "birth_date": "1985-02-02", "sex": "L", "religion": "",
            "marital": "", "nik": "",
        },
    }  # fmt: skip
    for subject, values in sent.items():
        form = text(clerk.get(where(people, "own", subject)))
        assert "Yang tersimpan tidak ditampilkan" in form
        assert send(clerk, where(people, "own", subject), **values).status_code == 302
        nurul.post(entry_page(Entry.objects.get(subject=subject)), {"putusan": "setuju"})
    own = {"person_id": people.city.ids["own"], "period__contains": date(2026, 11, 10)}
    contact, identity = Contact.objects.known().get(**own), Identity.objects.known().get(**own)
    assert (contact.phone, contact.address) == ("0812 0000 1111", "Jl. Uji No. 1")
    assert (identity.front_title, identity.religion, identity.marital) == ("Dr.", "Islam", "Menikah")


def test_a_form_to_correct_leaves_out_what_it_does_not_show(people: People) -> None:
    row = Identity.objects.known().get(person_id=people.city.ids["own"])
    path = where(people, "own", "identity", f"?laku=betulkan&baris={row.uid}")
    clerk = browser("unit_clerk")
    form = text(clerk.get(path))
    assert 'name="name"' in form and 'name="birth_place"' not in form and 'name="religion"' not in form
    assert 'name="birth_place"' in text(browser("nurul").get(path))
    data = {"name": "Suparman S", "birth_date": "1985-02-02", "sex": "L", "on": "1985-02-02"}
    assert send(clerk, path, **data).status_code == 302
    browser("nurul").post(entry_page(Entry.objects.get()), {"putusan": "setuju"})
    now = Identity.objects.known().get(person_id=people.city.ids["own"])
    assert (now.name, now.birth_place, now.religion, now.nik) == (
        "Suparman S", "Kota Uji", "Islam", "9901010202850001",
    )  # fmt: skip


def test_a_change_from_the_same_day_needs_a_third_person(people: People) -> None:
    people.change("own", "rank", values={"golongan": "III/a"}, on=date(2024, 4, 1))
    path, wanted = where(people, "own", "rank"), {"golongan": "III/d", "on": "2024-04-01"}
    assert "Kirim usulan" not in text(send(browser("nurul"), path, "lihat", **wanted))
    told = text(send(browser("nurul"), path, **wanted))
    assert "orang ketiga" in told and not Entry.objects.filter(state="waiting").exists()
    assert send(browser("ratih"), path, **wanted).status_code == 302
    page = entry_page(Entry.objects.get(state="waiting"))
    assert browser("wahyu").post(page, {"putusan": "setuju"}).status_code == 302
    assert Rank.objects.known().filter(person_id=people.city.ids["own"], golongan="III/d").exists()


def test_what_the_same_hands_may_not_replace_can_still_be_refused(people: People) -> None:
    """Two changes of one's own from the same day: the second one waits for an answer, not for ever."""
    me, wahyu = browser("employee"), browser("wahyu")
    for address in ("Jl. Satu", "Jl. Dua"):
        send(me, where(people, "own", "contact"), address=address, phone="0812 3456 7890")
    first, second = Entry.objects.order_by("id")
    wahyu.post(entry_page(first), {"putusan": "setuju"})
    shown = text(wahyu.get(entry_page(second)))
    assert "minta orang ketiga" in shown and 'value="tolak"' in shown
    assert wahyu.post(entry_page(second), {"putusan": "setuju"}).status_code == 422
    refused = {"putusan": "tolak", "jawaban": "Usulkan mulai besok."}
    assert wahyu.post(entry_page(second), refused).status_code == 302
