"""The registers on their pages: entered by one, agreed by another, and nothing that was typed is lost."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access.models import ReadLog
from pamong.attendance import services
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.models import DayExcuse, DutyLetter, Muster, Permit
from pamong.attendance.queries import PERMITS
from pamong.kernel.ids import uuid7
from pamong.leave.models import LeaveEntry, LeaveList
from tests.support.city import PERSONS, nip_of
from tests.support.desk import PDF
from tests.support.papers import agree_leave, ask_permit, enter_leave, enter_letter
from tests.support.people import AT, People
from tests.web.conftest import SignIn

MOST_QUERIES = 10
LEAVE = {
    "words": "Suparman", "kind": "CT", "first": "16-11-2026", "last": "18-11-2026", "part": "whole",
    "number": "800/12/CT", "dated_on": "9-11-2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Any) -> None:
    settings.PAMONG_FILES_ROOT, settings.PAMONG_PROFILE = tmp_path, "samarinda"
    settings.PAMONG_ZONE = "Asia/Makassar"


def nip(key: str) -> str:
    return nip_of(*PERSONS[key][1:4])


def text(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def letter(people: People) -> dict[str, str]:
    return {
        "kind": "DL", "unit": str(people.city.units["dinkes"]), "number": "094/12/ST",
        "dated_on": "9-11-2026", "purpose": "Rapat", "place": "", "first": "16-11-2026",
        "last": "16-11-2026", "starts": "", "ends": "",
    }  # fmt: skip


def post(client: Client, page: str, /, *args: object, **data: Any) -> HttpResponse:
    answer: HttpResponse = client.post(reverse(f"papers:{page}", args=args), data)
    return answer


def get(client: Client, name: str, *args: object, query: str = "") -> str:
    """A page with few queries."""
    path = reverse(f"papers:{name}", args=args) + query
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200, answer.content[:400]
    asked = [each["sql"][:110] for each in caught.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(asked) <= MOST_QUERIES, asked
    return text(answer)


def test_a_leave_from_the_clerks_form_to_the_day_of_its_owner(browser: SignIn, people: People) -> None:
    clerk, officer, owner = browser("unit_clerk"), browser("nurul"), browser("employee")
    note = SimpleUploadedFile("surat-dokter.pdf", PDF, "application/pdf")
    sent = post(clerk, "new", "cuti", **LEAVE | {"kind": "S", "file": note})
    paper = LeaveEntry.objects.get()
    assert sent.url == reverse("papers:paper", args=["cuti", paper.uid])
    story = get(clerk, "paper", "cuti", paper.uid)
    assert "Suparman" in story and "Menunggu persetujuan" in story
    assert reverse("papers:file", args=["cuti", paper.uid]) not in story, "health is not the clerk's matter"
    assert "Setujui" not in story
    decided = get(officer, "paper", "cuti", paper.uid)
    assert "Setujui" in decided and "surat-dokter.pdf" in decided
    assert post(officer, "paper", "cuti", paper.uid, putusan="setuju").status_code == 302
    assert DayExcuse.objects.known().get().kind == "S"
    for page in ("index", "paper"):
        told = get(owner, page, "cuti", *([paper.uid] if page == "paper" else []))
        assert "Cuti sakit" in told and "Disetujui" in told
    opened = owner.get(reverse("papers:file", args=["cuti", paper.uid]))
    assert opened.content == PDF and "sandbox" in opened.headers["Content-Security-Policy"]
    assert "1 pegawai" not in get(officer, "desk")


def test_nothing_typed_is_lost_and_the_file_is_remembered(browser: SignIn, people: People) -> None:
    clerk = browser("unit_clerk")
    note = SimpleUploadedFile("surat.pdf", PDF, "application/pdf")
    wrong = LEAVE | {"first": "30-2-2026", "file": note}
    told = text(post(clerk, "new", "cuti", **wrong))
    assert "Februari 2026 hanya sampai tanggal 28" in told
    assert 'value="30-2-2026"' in told and "800/12/CT" in told and "surat.pdf sudah diterima" in told
    kept = re.search(r'name="file_kept" value="([^"]+)"', told)
    assert kept
    told = text(post(clerk, "new", "cuti", **LEAVE | {"last": "15-11-2026", "file_kept": kept[1]}))
    assert "Hari terakhir (15 November 2026) sebelum hari pertama" in told
    assert post(clerk, "new", "cuti", **LEAVE | {"file_kept": kept[1]}).status_code == 302
    assert LeaveEntry.objects.get().file_name == "surat.pdf"
    told = text(post(clerk, "new", "cuti", **LEAVE))
    assert "Sudah ada cuti lain pada hari-hari itu" in told
    spoiled = SimpleUploadedFile("surat.pdf", b"bukan pdf")
    assert "harus berupa PDF" in text(post(clerk, "new", "cuti", **LEAVE | {"file": spoiled}))


def test_of_several_who_fit_one_is_chosen(browser: SignIn, people: People) -> None:
    officer, people_ = browser("nurul"), people.city.persons
    told = text(post(officer, "new", "cuti", **LEAVE | {"words": "ar"}))
    assert "Beberapa pegawai cocok" in told and str(people_["own"]) in told
    chosen = LEAVE | {"words": "ar", "person": str(people_["own"])}
    assert post(officer, "new", "cuti", **chosen).status_code == 302
    assert LeaveEntry.objects.get().person_id == people.city.ids["own"]
    clerk = browser("unit_clerk")
    assert "Tidak ada pegawai yang cocok" in text(post(clerk, "new", "cuti", **LEAVE | {"words": "Tigor"}))
    form = get(officer, "new", "cuti", query=f"?pegawai={people_['mate']}")
    assert "Ketut Sariasih" in form


def test_a_leave_is_changed_and_ended_on_its_page(browser: SignIn, people: People) -> None:
    clerk, officer = browser("unit_clerk"), browser("nurul")
    paper = enter_leave(people, username="wahyu")
    agree_leave(people, paper, "nurul")
    form = get(clerk, "change", "cuti", paper)
    assert "Alasan perubahan" in form and "800/12/CT" in form
    short = {key: value for key, value in LEAVE.items() if key != "words"} | {
        "last": "16-11-2026", "reason": "Dipanggil kembali oleh kepala dinas",
    }  # fmt: skip
    assert post(clerk, "change", "cuti", paper, **short).status_code == 302
    recall = LeaveEntry.objects.latest("id")
    assert "Setujui perubahan" in get(officer, "paper", "cuti", recall.uid)
    post(officer, "paper", "cuti", recall.uid, putusan="setuju")
    assert "Buka yang berlaku" in get(officer, "paper", "cuti", paper)
    told = text(post(clerk, "cancel", "cuti", recall.uid, alasan="x"))
    assert "Isi alasannya" in told
    assert post(clerk, "cancel", "cuti", recall.uid, alasan="Cuti tidak jadi diambil").status_code == 302
    end = LeaveEntry.objects.latest("id")
    post(officer, "paper", "cuti", end.uid, putusan="setuju")
    assert "Dibatalkan" in get(clerk, "paper", "cuti", end.uid)
    assert not DayExcuse.objects.known().exists()


def test_a_refusal_needs_an_answer_and_who_entered_takes_back(browser: SignIn, people: People) -> None:
    clerk, officer = browser("unit_clerk"), browser("nurul")
    paper = enter_leave(people, username="unit_clerk")
    refused = post(officer, "paper", "cuti", paper, putusan="tolak")
    assert refused.status_code == 422 and "Isi jawaban" in text(refused)
    assert post(clerk, "withdraw", "cuti", paper).status_code == 302
    assert "Ditarik" in get(clerk, "paper", "cuti", paper)
    assert "sudah ditarik" in text(post(officer, "paper", "cuti", paper, putusan="setuju"))


def test_a_superior_sees_who_is_away_and_not_why(browser: SignIn, people: People) -> None:
    paper = enter_leave(people, kind=ExcuseKind.LEAVE_SICK)
    agree_leave(people, paper)
    told = get(browser("superior"), "team")
    assert "Suparman" in told and "Cuti" in told and "16 November 2026" in told
    assert "sakit" not in told.lower()
    assert browser("employee").get(reverse("papers:team")).status_code == 403


def test_a_letter_of_the_superior_for_his_people(browser: SignIn, people: People) -> None:
    superior, officer, unit = browser("superior"), browser("nurul"), people.city.units["dinkes"]
    form = get(superior, "new", "surat-tugas")
    assert "Ketut Sariasih" in form and "Dinas Kesehatan" in form
    said = {
        "kind": "DL", "unit": str(unit), "number": "094/11/ST", "dated_on": "9-11-2026",
        "purpose": "Bimbingan teknis kader", "place": "Kota Lama", "first": "16-11-2026",
        "last": "17-11-2026", "starts": "", "ends": "", "team": [str(people.city.persons["mate"])],
        "nips": nip("own"),
    }  # fmt: skip
    told = text(post(superior, "new", "surat-tugas", **said | {"nips": "123"}))
    assert "NIP 123" in told and "Bimbingan teknis kader" in told and "checked" in told
    told = text(post(superior, "new", "surat-tugas", **said | {"nips": nip("foreign")}))
    assert "tidak ditemukan di unit yang Anda kelola" in told
    told = text(post(superior, "new", "surat-tugas", **said | {"starts": "25.00"}))
    assert "tulis jam seperti 08.30" in told
    assert post(superior, "new", "surat-tugas", **said).status_code == 302
    paper = DutyLetter.objects.get()
    agree_leave(people, enter_leave(people, first=17, last=19))
    story = get(officer, "paper", "surat-tugas", paper.uid)
    assert "Suparman cuti pada hari-hari itu. Cutinya tetap cuti." in story
    post(officer, "paper", "surat-tugas", paper.uid, putusan="setuju")
    assert DayExcuse.objects.known().filter(kind="DL").count() == 2
    assert "Dinas luar: Bimbingan teknis kader" in get(browser("employee"), "index", "surat-tugas")
    change = get(superior, "change", "surat-tugas", paper.uid)
    assert "094/11/ST" in change and change.count("checked") == 2


def test_people_of_a_letter_are_found_by_name_and_every_wrong_nip_is_told(
    browser: SignIn, people: People
) -> None:
    clerk, persons = browser("unit_clerk"), people.city.persons
    form = get(clerk, "new", "surat-tugas")
    assert "Ketik sebagian namanya" in form
    offered = get(clerk, "members", query="?cari_persons=sari")
    assert "Ketut Sariasih" in offered and "checked" not in offered
    more = get(clerk, "members", query=f"?cari_persons=supar&persons={persons['mate']}")
    assert "Ketut Sariasih" in more and "Suparman" in more and more.count("checked") == 1
    hidden = get(clerk, "members", query=f"?cari_persons=tigor&persons={persons['foreign']}")
    assert "Tidak ada yang cocok" in hidden and "checked" not in hidden
    said = letter(people)
    looked = post(clerk, "new", "surat-tugas", **said, cari="persons", cari_persons="supar")
    assert looked.status_code == 200 and "Suparman" in text(looked) and 'class="error"' not in text(looked)
    nobody = post(clerk, "new", "surat-tugas", **said)
    assert "Pegawai: pilih paling sedikit satu" in text(nobody)
    wrong = f"{nip('own')}\n123\n{nip('foreign')}, 198502\n\n1985"
    told = text(post(clerk, "new", "surat-tugas", **said, nips=wrong, persons=[str(persons["mate"])]))
    for sentence in ("Baris 2: NIP 123", f"Baris 3: NIP {nip('foreign')}", "Baris 3: NIP 198502", "Baris 5"):
        assert sentence in told
    assert "Baris 1" not in told and "checked" in told and DutyLetter.objects.count() == 0
    done = post(
        clerk, "new", "surat-tugas", **said, nips=nip("own"), persons=[str(persons["mate"]), "bukan-id"]
    )
    assert done.status_code == 302
    assert DutyLetter.objects.get().members.count() == 2


def test_more_people_than_a_letter_sends_are_told_and_none_is_left_out(
    browser: SignIn, people: People
) -> None:
    clerk, mate = browser("unit_clerk"), str(people.city.persons["mate"])
    ticked = [str(uuid7(AT)) for _ in range(300)]
    told = text(post(clerk, "new", "surat-tugas", **letter(people), persons=[*ticked, mate]))
    assert "Pegawai: dicentang 301 orang, paling banyak 300. Hapus 1 centang, atau tulis" in told
    assert "Ketut Sariasih" in told and "checked" in told, "the last one stays ticked"
    assert DutyLetter.objects.count() == 0


def test_whoever_is_named_because_an_address_holds_his_id_sees_who_looked(
    browser: SignIn, people: People
) -> None:
    clerk, persons = browser("unit_clerk"), people.city.persons
    assert "Ketut Sariasih" in get(clerk, "members", query=f"?persons={persons['mate']}")
    look = ReadLog.objects.get(path="duty.members")
    assert (look.subject_ids, look.user.username) == ([persons["mate"]], "unit_clerk")


def test_a_file_of_an_earlier_try_is_of_the_account_that_sent_it(browser: SignIn, people: People) -> None:
    note = SimpleUploadedFile("surat.pdf", PDF, "application/pdf")
    told = text(post(browser("unit_clerk"), "new", "cuti", **LEAVE | {"number": "", "file": note}))
    kept = re.search(r'name="file_kept" value="([^"]+)"', told)
    assert kept and "surat.pdf sudah diterima" in told
    other = browser("nurul")
    told = text(post(other, "new", "cuti", **LEAVE | {"number": "", "file_kept": kept[1]}))
    assert "surat.pdf" not in told
    assert post(other, "new", "cuti", **LEAVE | {"file_kept": kept[1]}).status_code == 302
    assert LeaveEntry.objects.get().file_name == ""


def test_forty_people_take_no_more_queries_than_two(browser: SignIn, people: People) -> None:
    enter_letter(people, "own", "mate", "clerk", "chief", username="nurul")
    get(browser("nurul"), "index", "surat-tugas")


def test_a_permit_takes_one_tap_of_the_superior(browser: SignIn, people: People) -> None:
    employee, superior = browser("employee"), browser("superior")
    said = {
        "kind": "out", "on": "12-11-2026", "starts": "09.00", "ends": "12.00",
        "why": "Mengambil rapor anak di sekolah",
    }  # fmt: skip
    told = text(post(employee, "new", "izin", **said))
    assert "paling lama 2 jam sehari (Perwali Samarinda 31/2022, Pasal 12 ayat (4))" in told
    assert "Mengambil rapor anak" in told
    assert post(employee, "new", "izin", **said | {"ends": "11:00"}).status_code == 302
    paper = Permit.objects.get()
    assert "Setujui" in get(superior, "paper", "izin", paper.uid)
    assert "Setujui" not in get(employee, "paper", "izin", paper.uid)
    post(superior, "paper", "izin", paper.uid, putusan="setuju")
    told = get(employee, "paper", "izin", paper.uid)
    assert "Kamis, 12 November 2026, 09.00–11.00" in told and "Disetujui" in told
    assert post(employee, "cancel", "izin", paper.uid, alasan="Rapornya diambil kakeknya").status_code == 302


def test_a_muster_names_who_was_missing(browser: SignIn, people: People) -> None:
    clerk, superior = browser("unit_clerk"), browser("superior")
    unit, ids = people.city.units["dinkes"], people.city.persons
    asked = post(clerk, "new", "apel", unit=str(unit), on="9-11-2026", name="Apel Senin", langkah="nama")
    form = get(clerk, "new", "apel", query="?" + asked.url.partition("?")[2])
    assert "Suparman" in form and "Apel Senin" in form
    said = {"unit": str(unit), "on": "9-11-2026", "name": "Apel Senin", "missing": [str(ids["own"])]}
    assert post(clerk, "new", "apel", **said).status_code == 302
    paper = Muster.objects.get()
    assert "Suparman" in get(browser("employee"), "paper", "apel", paper.uid)
    post(superior, "paper", "apel", paper.uid, putusan="setuju")
    assert "Disetujui" in get(clerk, "index", "apel")
    told = text(post(clerk, "new", "apel", **said | {"on": "12-11-2026"}))
    assert "Apel yang belum terjadi belum dapat dicatat." in told


def test_a_list_is_tried_told_row_by_row_and_stored_when_another_agrees(
    browser: SignIn, people: People
) -> None:
    clerk, officer = browser("unit_clerk"), browser("nurul")
    rows = [
        "NIP;JENIS;MULAI;SELESAI;NOMOR;TANGGAL",
        f"'{nip('own')};CT;16/11/2026;18/11/2026;800/1;9/11/2026",
        f"'{nip('mate')};Cuti sakit;30/02/2026;2/3/2026;800/2;9/11/2026",
        f"'{nip('mate')};S;17/11/2026;16/11/2026;800/3;9/11/2026",
        f"'{nip('own')};CB;18/11/2026;20/11/2026;800/4;9/11/2026",
        f"'{nip('foreign')};CT;16/11/2026;18/11/2026;800/5;9/11/2026",
        f"'{nip('mate')};Liburan;16/11/2026;18/11/2026;800/6;9/11/2026",
        f"'{nip('mate')};sakit;16/11/2026;16/11/2026;800/7;9/11/2026",
    ]
    file = SimpleUploadedFile("cuti.csv", "\n".join(rows).encode())
    assert post(clerk, "lists", file=file).status_code == 302
    brought = LeaveList.objects.get()
    told = get(clerk, "list", brought.uid)
    assert "2 cuti dapat disimpan, 5 baris bermasalah." in told
    for line, what in (
        (3, "tidak ada di kalender"), (4, "sebelum hari pertama"), (5, "Sudah ada cuti lain"),
        (6, "tidak ditemukan di unit yang Anda kelola"), (7, "bukan jenis cuti"),
    ):  # fmt: skip
        assert re.search(rf"Baris {line}: [^<]*{what}", told), (line, told)
    assert not LeaveEntry.objects.exists()
    assert "cuti.csv" in get(officer, "lists")
    assert post(officer, "list", brought.uid, putusan="setuju").status_code == 302
    entered = LeaveEntry.objects.order_by("id").values_list("kind", "entered_name", "decided_name")
    assert list(entered) == [("CT", "Unit_Clerk", "Nurul"), ("S", "Unit_Clerk", "Nurul")]
    assert DayExcuse.objects.known().count() == 2


def test_a_file_of_another_kind_is_told_in_one_sentence(browser: SignIn, people: People) -> None:
    clerk = browser("unit_clerk")
    for data, told in (
        (b"%PDF-1.4", "bukan tabel"), (b"a;b\n1;2\n", "kolom NIP, JENIS"),
        (b"NIP;JENIS\n", "belum ada baris"),
    ):  # fmt: skip
        answer = post(clerk, "lists", file=SimpleUploadedFile("x.csv", data))
        assert answer.status_code == 422 and told in text(answer)
    assert not LeaveList.objects.exists()


def test_days_lead_to_their_documents(browser: SignIn, people: People) -> None:
    paper = enter_leave(people, first=2, last=3)
    agree_leave(people, paper)
    permit = ask_permit(people, 12, (9, 11))
    services.decide_paper(PERMITS.desk, actor=people.actor("superior"), at=AT, paper=permit, accept=True)
    services.set_week(actor=people.actor("nurul"), at=AT, unit="dinkes", week="5", on=date(2020, 1, 1))
    href = reverse("papers:paper", args=["cuti", paper])
    own, path = browser("employee"), reverse("presence:mine") + "?bulan=2026-11"
    assert href in text(own.get(path))
    person = reverse("presence:person", args=[people.city.persons["own"]]) + "?bulan=2026-11"
    assert href in text(browser("superior").get(person)) and href not in text(browser("arif").get(person))
