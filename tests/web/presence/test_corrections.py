"""Pages on which a day is corrected: asked for on a phone, answered with one tap, told as a story."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

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


def test_a_day_leads_to_its_correction_and_its_answer_back_to_the_day(machines: Machines) -> None:
    tap(machines, (2, 8, 4), (2, 16, 35))
    assert reverse("presence:correct", args=["2026-11-02"]) in page("employee")
    form = page("employee", "correct", "2026-11-02")
    assert "34 menit sesudah jam masuk" in form and "catatan mesin tidak diubah" in form
    photo = SimpleUploadedFile("mesin.jpg", PHOTO)
    status, _ = send("employee", "presence:correct", "2026-11-02", came="7.25", reason=WHY, evidence=photo)
    assert status == 302
    uid = Correction.objects.get().uid
    home = re.sub(r"\s+", " ", client("superior").get(reverse("presence:desk")).content.decode())
    assert "Koreksi presensi" in home and "dijawab paling lambat 13 November 2026" in home
    waiting = page("superior", "corrections_waiting")
    assert (
        "Datang pukul 07.25" in waiting and "Tercatat: 08.04, 16.35." in waiting and "Lihat bukti" in waiting
    )
    assert send("superior", "presence:correction", uid, putusan="setuju")[0] == 302
    story = page("employee", "correction", uid)
    assert "menyetujui" in story and "Disetujui" in story
    days = page("employee")
    assert "07.25" in days and "34 menit sesudah jam masuk" not in days
    assert '07.25<span class="sub">koreksi</span>' in days and ">16.35</td>" in days
    assert "07.25 (koreksi)" in page("employee", "correct", "2026-11-02")
    send("employee", "presence:correct", "2026-11-02", left="16.45", reason=WHY)
    assert "Tercatat: 07.25 (koreksi), 08.04, 16.35." in page("superior", "corrections_waiting")


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
    status, text = send("superior", "presence:correction", uid, putusan="tolak", jawaban="")
    assert status == 422 and "Tulis alasannya" in text
    assert send("superior", "presence:correction", uid, putusan="tolak", jawaban="Tidak ada saksi")[0] == 302
    assert "Minta banding" in page("employee", "correction", uid)
    assert send("employee", "presence:correction_appeal", uid, alasan="Rekan saya melihat saya")[0] == 302
    story = page("employee", "correction", uid)
    assert "meminta banding" in story and "Menunggu Wibisono Cakrawala" in story
    assert "Minta banding" not in story


@pytest.mark.parametrize(
    ("who", "name", "least"),
    [
        ("superior", "corrections_waiting", 6),
        ("nurul", "corrections_late", 0),
        ("employee", "corrections", 0),
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
        text = browser.get(reverse(f"presence:{name}")).content.decode()
    assert text.count("Datang pukul 07.25") >= least
    ours = [
        each
        for each in asked.captured_queries
        if "django_session" not in each["sql"] and "access_" not in each["sql"]
    ]
    assert len(ours) <= 12, [each["sql"][:80] for each in ours]
