"""Pages on which a day is corrected: asked for on a phone, answered with one tap, told as a story."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.attendance.models import Attachment, Correction
from tests.attendance.test_facts import Machines
from tests.support.corrections import PHOTO, open_correction
from tests.support.people import AT
from tests.web.presence.test_days import machines, page, tap

__all__ = ["machines"]
WHY = "Mesin tidak membaca sidik jari saya"


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the requests of these tests are asked for."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def client(username: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(username=username))
    return made


def send(username: str, name: str, *args: object, **body: Any) -> tuple[int, str]:
    answer = client(username).post(reverse(name, args=args), body)
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def read(username: str, name: str, *args: object) -> str:
    return re.sub(r"\s+", " ", client(username).get(reverse(name, args=args)).content.decode())


def answer(username: str, uid: UUID, said: str, **body: str) -> int:
    """An answer on the page of the decision, with the gates that it shows."""
    seen = re.search(r'name="dilihat" value="([^"]*)"', read(username, "decisions:decision", uid))
    assert seen is not None
    return send(username, "decisions:decision", uid, jawaban=said, dilihat=seen[1], **body)[0]


def test_a_day_leads_to_its_correction_and_its_answer_back_to_the_day(machines: Machines) -> None:
    tap(machines, (2, 8, 4), (2, 16, 35))
    assert reverse("presence:correct", args=["2026-11-02"]) in page("employee")
    form = page("employee", "correct", "2026-11-02")
    assert "34 menit sesudah jam masuk" in form and "catatan mesin tidak diubah" in form
    photo = SimpleUploadedFile("mesin.jpg", PHOTO)
    status, _ = send("employee", "presence:correct", "2026-11-02", came="7.25", reason=WHY, evidence=photo)
    assert status == 302
    uid = Correction.objects.get().uid
    home = read("superior", "home")
    assert "Keputusan" in home and "dijawab paling lambat 13 November 2026" in home
    assert "Koreksi 2 November 2026: datang pukul 07.25" in read("superior", "decisions:inbox")
    waiting = read("superior", "decisions:decision", uid)
    assert "Datang pukul 07.25" in waiting and "Tercatat: 08.04, 16.35." in waiting
    photo = reverse("presence:correction_file", args=[Attachment.objects.get().uid])
    assert f'<a href="{photo}">mesin.jpg</a>' in waiting
    assert client("superior").get(photo).status_code == 200
    assert answer("superior", uid, "agree") == 302
    story = page("employee", "correction", uid)
    assert "menyetujui" in story and "Disetujui" in story
    days = page("employee")
    assert "07.25" in days and "34 menit sesudah jam masuk" not in days
    assert '07.25<span class="sub">koreksi</span>' in days and ">16.35</td>" in days
    assert "07.25 (koreksi)" in page("employee", "correct", "2026-11-02")
    send("employee", "presence:correct", "2026-11-02", left="16.45", reason=WHY)
    again = Correction.objects.latest("id").uid
    assert "Tercatat: 07.25 (koreksi), 08.04, 16.35." in read("superior", "decisions:decision", again)


def test_nothing_typed_or_uploaded_is_lost_on_an_error(machines: Machines) -> None:
    photo = SimpleUploadedFile("mesin.jpg", PHOTO)
    status, text = send(
        "employee", "presence:correct", "2026-11-02", came="25.99", reason=WHY, evidence=photo
    )
    assert status == 422 and "tulis jamnya seperti 07.25" in text and 'value="25.99"' in text
    kept = Attachment.objects.get()
    assert WHY in text and f'name="bukti" value="{kept.uid}"' in text
    status, text = send("employee", "presence:correct", "2026-11-02", reason=WHY, bukti=str(kept.uid))
    assert status == 422 and "Isi jam datang, jam pulang" in text
    body = {"kind": "DL", "part": "whole", "reason": WHY, "bukti": str(kept.uid)}
    assert send("employee", "presence:correct", "2026-11-02", **body)[0] == 302
    assert Correction.objects.get().attachment == kept
    status, text = send("employee", "presence:correct", "2026-11-02", **body)
    assert status == 422 and "masih menunggu jawaban" in text


def test_a_day_that_cannot_be_corrected_is_refused_at_the_door(machines: Machines) -> None:
    doors = {"2026-11-30": "belum lewat", "2026-11-01": "bukan hari kerja", "1999-01-04": "dicatat sejak"}
    for day, sentence in doors.items():
        answer = client("employee").get(reverse("presence:correct", args=[day]))
        told = answer.content.decode()
        assert answer.status_code == 422 and sentence in told and reverse("presence:mine") in told
        assert "<textarea" not in told
    body = {"kind": "DL", "part": "whole", "reason": WHY}
    assert send("employee", "presence:correct", "2026-11-02", **body)[0] == 302
    uid = Correction.objects.get().uid
    assert reverse("presence:correction", args=[uid]) in page("employee", "correct", "2026-11-02")


def test_a_refusal_needs_a_reason_and_leads_to_one_appeal(machines: Machines) -> None:
    uid, _ = open_correction(machines.people.city.ids["own"], "employee")
    assert answer("superior", uid, "refuse") == 422
    assert answer("superior", uid, "refuse", alasan="Tidak ada saksi") == 302
    assert "Minta banding" in page("employee", "correction", uid)
    assert send("employee", "presence:correction_appeal", uid, alasan="Rekan saya melihat saya")[0] == 302
    story = page("employee", "correction", uid)
    assert "meminta banding" in story and "Menunggu Wibisono Cakrawala" in story
    assert "Minta banding" not in story
    appeal = Correction.objects.get(appeals__uid=uid).uid
    assert "Tidak ada saksi" in page("superior", "correction", uid), "who answered sees what became of it"
    send("employee", "presence:correction_withdraw", appeal)
    assert "menarik permintaannya" in page("employee", "correction", uid)


def test_the_same_form_sent_twice_is_one_request(machines: Machines) -> None:
    key = re.search(r'name="kunci" value="([^"]+)"', page("employee", "correct", "2026-11-02"))
    assert key is not None
    body = {"kind": "DL", "part": "whole", "reason": WHY, "kunci": key[1]}
    for _ in range(2):
        assert send("employee", "presence:correct", "2026-11-02", **body)[0] == 302
    assert Correction.objects.count() == 1


def test_what_waits_is_counted_once(machines: Machines) -> None:
    open_correction(machines.people.city.ids["own"], "employee")
    assert re.sub(r"<[^>]+>", "", read("superior", "count")).strip() == ": 1"
    assert read("superior", "home").count("dijawab paling lambat") == 1
    assert "Koreksi presensi" not in read("superior", "presence:desk")


def test_what_nobody_answered_in_time_is_shown_to_the_personnel_office(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid, _ = open_correction(machines.people.city.ids["own"], "employee")
    assert "Semua permintaan yang terbuka masih dalam batas waktunya" in page("nurul", "corrections_late")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=6))
    late = page("nurul", "corrections_late")
    assert "Datang pukul 07.25" in late and reverse("decisions:decision", args=[uid]) in late
    assert "13 November 2026 sudah lewat" in page("employee", "correction", uid)


@pytest.mark.parametrize(
    ("who", "name", "least"),
    [
        ("superior", "decisions:inbox", 6),
        ("nurul", "presence:corrections_late", 0),
        ("employee", "presence:corrections", 5),
    ],
    ids=["superior", "officer", "employee"],
)
def test_lists_ask_few_questions_however_many_wait(
    machines: Machines, who: str, name: str, least: int
) -> None:
    for day in range(2, 7):
        open_correction(machines.people.city.ids["own"], "employee", date(2026, 11, day))
        open_correction(machines.people.city.ids["mate"], "employee", date(2026, 11, day))
    browser = client(who)
    with CaptureQueriesContext(connection) as asked:
        text = browser.get(reverse(name)).content.decode()
    assert text.lower().count("datang pukul 07.25") >= least
    ours = [
        each
        for each in asked.captured_queries
        if "django_session" not in each["sql"] and "access_" not in each["sql"]
    ]
    assert len(ours) <= 12, [each["sql"][:80] for each in ours]
