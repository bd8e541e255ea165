"""Pages of leave: what is left as a picture, the form of a request, its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.attendance.models import DayExcuse
from pamong.decisions.models import Decision
from pamong.leave.models import LeaveEntry
from tests.support.deciding import Desk, desk_of
from tests.support.leaving import LeaveDesk, leave_desk
from tests.support.people import AT, People

Browser = Callable[[str], Client]
FORM = {
    "leave": "CT", "first": "16-11-2026", "last": "18-11-2026", "text": "Keperluan keluarga", "reason": "",
    "part": "whole", "address": "Jl. Melati No. 2", "phone": "", "kunci": "", "child": "",
}  # fmt: skip


@pytest.fixture
def leaves(small: People, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[LeaveDesk]:
    """The small city on the morning of the tests, under the law of the example region."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    settings.PAMONG_PROFILE = "contoh"
    made = leave_desk(desk_of(small))
    made.open("own", 2025, "4", used=True)
    yield made


@pytest.fixture
def client_of(leaves: LeaveDesk) -> Browser:
    """A browser of somebody of the desk, by his key."""

    def make(who: str) -> Client:
        desk: Desk = leaves.desk
        client = Client()
        client.force_login(User.objects.get(username=desk.accounts.get(who, who)))
        return client

    return make


def plain(answer: HttpResponse) -> str:
    """The text of an answer with single spaces."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_what_is_left_is_told_with_its_years_and_reasons(client_of: Browser, leaves: LeaveDesk) -> None:
    leaves.ask(first="2026-11-16", last="2026-11-18")
    text = plain(client_of("own").get(reverse("leave:mine")))
    assert ">13 hari<" in text  # twelve and four of last year, three asked for
    assert "Dari tahun 2025: 4 hari" in text and "Diajukan" in text
    assert "Hak cuti tahun 2026: 12 hari" in text
    assert "Menunggu keputusan" in text


def test_three_taps_a_request_on_a_phone(client_of: Browser, leaves: LeaveDesk) -> None:
    client, path = client_of("own"), reverse("leave:ask")
    page = plain(client.get(path))
    assert 'value="Jl. Uji No. 1"' in page, "the address is known"
    answer = client.post(path, FORM)
    assert answer.status_code == 302
    entry = LeaveEntry.objects.get()
    assert answer.headers["Location"] == reverse("decisions:decision", args=[entry.decision])
    assert (entry.period.lower, entry.period.upper) == (date(2026, 11, 16), date(2026, 11, 19))
    story = plain(client.get(answer.headers["Location"]))
    assert "Cuti tahunan 16" in story and "Pemeriksaan catatan cuti" in story


def test_a_form_sent_twice_is_one_request(client_of: Browser, leaves: LeaveDesk) -> None:
    client, path = client_of("own"), reverse("leave:ask")
    key = re.search(r'name="kunci" value="([^"]+)"', client.get(path).content.decode())
    assert key
    sent = FORM | {"kunci": key[1]}
    assert client.post(path, sent).headers["Location"] == client.post(path, sent).headers["Location"]
    assert LeaveEntry.objects.count() == 1


def test_case_S_07_what_a_form_adds_is_not_looked_at(client_of: Browser, leaves: LeaveDesk) -> None:
    """Sent as approved and in the name of another: stored for who sent it, waiting, without a number."""
    city = leaves.desk.people.city
    added = {
        "approved": "1", "state": "verified", "number": "800/1", "basis": "1", "decided_by": "1",
        "employee_id": str(city.ids["foreign"]), "person": str(city.persons["foreign"]),
        "person_id": str(city.ids["foreign"]), "days": '[["2026-11-16", "0"]]', "advance": "1",
    }  # fmt: skip
    query = f"?employee_id={city.ids['foreign']}&person={city.persons['foreign']}&approved=1"
    answer = client_of("own").post(reverse("leave:ask") + query, FORM | added)
    assert answer.status_code == 302
    entry = LeaveEntry.objects.get()
    assert (entry.person_id, entry.state, entry.number) == (city.ids["own"], "waiting", "")
    assert (entry.basis_id, entry.decided_by_id, entry.advance) == (None, None, False)
    assert entry.days == [[f"2026-11-{day}", "1"] for day in (16, 17, 18)]
    assert not DayExcuse.objects.exists()
    decision = Decision.objects.get(uid=entry.decision)
    assert (decision.person_id, decision.state) == (city.ids["own"], "waiting")


def test_a_pppk_finds_the_reasons_that_his_law_names(client_of: Browser, leaves: LeaveDesk) -> None:
    """Annual leave before the first year, which only he has."""
    assert "perkawinan_pertama" not in plain(client_of("own").get(reverse("leave:ask")))
    leaves.serve_since("mate", date(2026, 6, 1), "PPPK", date(2031, 6, 1))
    client, path = client_of("mate"), reverse("leave:ask")
    page = plain(client.get(path))
    for reason in ("sakit_keras", "meninggal", "hak_keluarga", "perkawinan_pertama"):
        assert f'value="{reason}"' in page
    assert "istri_melahirkan" not in page and "cuti tahunan sebelum masa kerja setahun" in page
    assert client.post(path, FORM).status_code == 422
    assert client.post(path, FORM | {"reason": "perkawinan_pertama"}).status_code == 302
    assert LeaveEntry.objects.get().advance


def test_a_trial_says_what_the_gates_say_and_stores_nothing(client_of: Browser, leaves: LeaveDesk) -> None:
    text = plain(client_of("own").post(reverse("leave:ask"), FORM | {"periksa": "1"}))
    assert "Hasil pemeriksaan" in text and "PNS berhak atas cuti tahunan" in text
    assert not LeaveEntry.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"last": "16-12-2026"}, "melebihi sisa cuti"),
        ({"leave": "S"}, "dilampirkan"),
        ({"first": "14-11-2026", "last": "15-11-2026"}, "tidak bekerja"),
        ({"text": ""}, "Keperluan belum diisi"),
    ],
)
def test_a_refusal_says_why_and_loses_nothing(
    client_of: Browser, leaves: LeaveDesk, more: dict[str, str], said: str
) -> None:
    leaves.open("own", 2024, "0", used=True)
    answer = client_of("own").post(reverse("leave:ask"), FORM | more)
    text = plain(answer)
    assert answer.status_code == 422
    assert re.search(said, text, re.IGNORECASE) and "Jl. Melati No. 2" in text
    assert not LeaveEntry.objects.exists()


def test_the_official_may_grant_other_days(client_of: Browser, leaves: LeaveDesk) -> None:
    uid = leaves.ask(first="2026-11-16", last="2026-11-20")
    leaves.desk.answer("nurul", uid)
    path = reverse("decisions:decision", args=[uid])
    client = client_of("chief")
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    sent = hidden | {
        "jawaban": "change", "ubah-first": "16-11-2026", "ubah-last": "17-11-2026",
        "alasan": "Rapat anggaran mulai tanggal 18",
    }  # fmt: skip
    assert client.post(path, sent).status_code == 302
    held = LeaveEntry.objects.get(state="verified")
    assert held.period.upper == date(2026, 11, 18)


def test_who_decides_opens_the_note_from_the_page_of_the_decision(
    client_of: Browser, leaves: LeaveDesk, tmp_path: Path, settings: Any
) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path
    note = SimpleUploadedFile("surat-dokter.pdf", b"%PDF-1.4\n%sakit\n")
    sick = FORM | {"leave": "S", "first": "11-11-2026", "last": "12-11-2026", "file": note}
    page = client_of("own").post(reverse("leave:ask"), sick).headers["Location"]
    uid = LeaveEntry.objects.get().decision
    leaves.desk.answer("nurul", uid)
    path = reverse("decisions:file", args=[uid])
    for who in ("own", "nurul", "chief"):
        client = client_of(who)
        assert f'href="{path}"' in plain(client.get(page)), who
        answer = client.get(path)
        assert (answer["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.4\n%sakit\n")
        assert "sandbox" in answer["Content-Security-Policy"]
    seen = client_of("retno").get(page)
    assert seen.status_code == 200 and path not in plain(seen) and "surat-dokter" not in plain(seen)
    assert client_of("retno").get(path).status_code == 404


def test_who_takes_it_asks_to_end_it(client_of: Browser, leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-20")
    client, path = client_of("own"), reverse("leave:end", args=[uid])
    assert "Akhiri atau batalkan" in plain(client.get(reverse("leave:mine")))
    assert client.post(path, {"last": "", "why": "x"}).status_code == 422
    answer = client.post(path, {"last": "17-11-2026", "why": "Ada tugas mendesak di kantor"})
    assert answer.status_code == 302
    assert client_of("foreign").get(path).status_code == 404


def test_an_account_without_a_person_has_no_leave(client_of: Browser) -> None:
    assert client_of("retno").get(reverse("leave:mine")).status_code == 403
