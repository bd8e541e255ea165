"""Raises on pages: the list with its reasons, one of them, the treasury's list, one's own, and predicates."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from pamong.career.models import KgbCase
from pamong.performance.models import Predicate
from tests.support.people import AT, TODAY
from tests.support.raising import RaiseDesk
from tests.web.decisions.conftest import Browser, hidden, plain


def read(browser: Any, name: str, *args: object, query: str = "", status: int = 200) -> str:
    """The text of a page."""
    answer = browser.get(reverse(name, args=args) + query)
    assert answer.status_code == status, answer.content[:600]
    return plain(answer)


def home_of(browser: Any) -> str:
    """The text of the home page with the part on careers that it fetches."""
    home = browser.get(reverse("home")).content.decode()
    assert f'hx-get="{reverse("career:card")}"' in home
    return read(browser, "career:card")


def test_the_list_says_why_and_narrows_by_state_and_level(raises: RaiseDesk, client_of: Browser) -> None:
    raises.propose()
    text = read(client_of("nurul"), "career:dues", query="?bulan=2027-01")
    assert "3 kenaikan gaji berkala berlaku mulai Januari 2027." in text
    assert text.index("Tigor") < text.index("Ketut") < text.index("Suparman"), "what to look at first"
    assert "Predikat kinerja 2025 kurang" in text and "Rp3.057.300" in text
    assert "198502022010011001" not in text, "a NIP is masked on pages"
    for standing, names in (("siap", "Suparman"), ("perlu-alasan", "Ketut"), ("belum-terpenuhi", "Tigor")):
        found = read(client_of("nurul"), "career:dues", query=f"?bulan=2027-01&keadaan={standing}")
        assert [name for name in ("Suparman", "Ketut", "Tigor") if name in found] == [names]
    found = read(client_of("nurul"), "career:dues", query="?bulan=2027-01&jenjang=jf")
    assert "Ketut" in found and "Tigor" not in found
    found = read(client_of("nurul"), "career:dues", query="?bulan=2027-01&keadaan=belum-diketahui")
    assert "Tidak ada di daftar ini" in found
    assert "Tigor" not in read(client_of("chief"), "career:dues", query="?bulan=2027-01")


def test_an_officer_prepares_a_letter_and_is_led_to_it(raises: RaiseDesk, client_of: Browser) -> None:
    raises.prepare()
    browser, due = client_of("nurul"), raises.due("own")
    page = browser.get(reverse("career:due", args=[due]))
    assert "Siapkan suratnya" in plain(page) and "Belum diketahui" in plain(page), "sanctions are not known"
    answer = browser.post(reverse("career:prepare", args=[due]), hidden(page))
    assert answer.headers["Location"] == reverse("decisions:decision", args=[raises.waiting("own")])
    again = browser.post(reverse("career:prepare", args=[due]), hidden(page), follow=True)
    assert KgbCase.objects.count() == 1
    assert again.status_code == 200 and "Siapkan suratnya" not in read(browser, "career:due", due)


def test_a_delay_is_proposed_where_the_law_has_a_ground(raises: RaiseDesk, client_of: Browser) -> None:
    raises.agency()
    raises.prepare()
    browser, due = client_of("nurul"), raises.due("foreign")
    assert "Usulkan penundaan" in read(browser, "career:due", due)
    assert "Usulkan penundaan" not in read(browser, "career:due", raises.due("own"))
    path = reverse("career:delay", args=[due])
    answer = browser.post(path, {"until": "01-02-2028", "reason": "Predikat kinerja kurang"})
    assert answer.status_code == 422 and "paling lama sampai 1 Januari 2028" in plain(answer)
    answer = browser.post(path, {"until": "01-07-2027", "reason": "Predikat kinerja kurang"})
    assert answer.headers["Location"] == reverse("decisions:decision", args=[raises.waiting("foreign")])


def test_many_are_checked_and_then_signed_from_the_inbox(raises: RaiseDesk, client_of: Browser) -> None:
    raises.propose()
    uids = [str(raises.waiting("own")), str(raises.waiting("mate"))]
    assert "Nyatakan sudah diperiksa" in read(client_of("nurul"), "decisions:inbox")
    answer = client_of("nurul").post(reverse("decisions:sign"), {"pilih": uids})
    assert "1 usulan diperiksa." in plain(answer) and "butuh perbaikan" in plain(answer)
    assert "Tandatangani yang dipilih" in read(client_of("chief"), "decisions:inbox")
    answer = client_of("chief").post(reverse("decisions:sign"), {"pilih": uids[:1]})
    assert "1 keputusan ditandatangani." in plain(answer)


def test_the_owner_hears_of_it_unasked_and_sees_what_comes_next(
    raises: RaiseDesk, client_of: Browser
) -> None:
    before = home_of(client_of("own"))
    assert "Berikutnya dalam karier" in before and "berikutnya mulai 1 Januari 2027" in before
    raises.propose()
    raises.sign("own", by="chief")
    text = home_of(client_of("own"))
    assert "Kenaikan gaji berkala Anda mulai 1 Januari 2027: gaji pokok Rp3.057.300." in text
    assert "berikutnya mulai 1 Januari 2029" in text
    own = read(client_of("own"), "career:own")
    assert raises.given("own").order_no in own and "dibayar dengan gaji Januari 2027" in own
    person = raises.desk.people.city.persons["own"]
    assert "kenaikan gaji berkala mulai 1 Januari 2029." in read(client_of("nurul"), "people:person", person)


def test_the_treasury_has_the_list_before_its_cut_off_with_whole_numbers_in_the_file(
    raises: RaiseDesk, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    raises.propose()
    raises.sign("own", by="chief")
    text = read(client_of("siti"), "career:changes", query="?bulan=2027-01")
    assert "1 perubahan gaji untuk Januari 2027." in text
    assert "sampai 10 Desember 2026 masuk daftar ini" in text
    assert "Rp93.300" in text and "198502022010011001" not in text
    from pamong.jobs import lists  # noqa: PLC0415 - the program that the page runs, here in this process

    user = raises.desk.actor("siti")
    data = lists.make("salary_changes", "csv", str(user.user_id), AT.isoformat(), '{"month": "2027-01-01"}')
    told = data.decode("utf-8-sig")
    assert "'198502022010011001;Suparman" in told and "2964000;3057300;93300;01-01-2027" in told
    for who in ("own", "chief", "clerk"):
        read(client_of(who), "career:changes", status=403)


def test_a_predicate_is_entered_and_agreed_to_by_a_second_officer(
    raises: RaiseDesk, client_of: Browser
) -> None:
    given = {
        "words": "Yohana", "year": "2025", "predicate": "baik", "number": "800/2/PK", "dated_on": "20-01-2026"
    }  # fmt: skip
    answer = client_of("nurul").post(reverse("papers:new", args=["predikat"]), given)
    assert answer.status_code == 302, re.findall(r"<li>.*?</li>", answer.content.decode())
    page = answer.headers["Location"]
    assert "Baik, tahun 2025" in plain(client_of("wahyu").get(page))
    client_of("wahyu").post(page, {"putusan": "setuju"})
    held = Predicate.objects.get(person_id=raises.desk.people.city.ids["clerk"])
    assert (held.year, held.state, TODAY.year) == (2025, "verified", 2026)
    text = read(client_of("nurul"), "papers:index", "predikat")
    assert "Yohana" in text
