"""A unit: its seats with who has them, whose file may be opened, needs, history; its chart; vacancies."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.organisation import models
from pamong.people.models import Appointment
from tests.support.city import since
from tests.support.paid import SignIn
from tests.support.people import AT, People
from tests.web.organisation.conftest import Browser, Read, words_of

MOST_QUERIES = 11  # an officer is also told what waits about the unit


def stand_in(people: People, person: str, seat: str, end: date = date(2026, 12, 1)) -> None:
    Appointment.objects.create(
        person_id=people.city.ids[person], kind="plt", stint=1, order_no="800/1", order_on=date(2026, 10, 1),
        seat=models.Seat.objects.get(uid=people.city.seats[seat]), period=since(date(2026, 10, 1), end),
        basis_id=models.SeatRow.objects.values_list("basis_id", flat=True)[0],
    )  # fmt: skip


def test_the_page_tells_seats_holders_states_and_lines(people: People, read: Read) -> None:
    told = words_of(read("nurul", "unit", people.city.units["dinkes"]))
    assert "Perangkat daerah, di bawah Kota Uji" in told and "Berdiri sejak 1 Januari 2017." in told
    assert "Kepala Dinas pemimpin unit 14 Bernadeta Mariana Hurek Terisi Sekretaris Daerah" in told
    assert "Pengelola Data 6 – Kosong sejak 1 Maret 2026 Kepala Dinas" in told
    assert "Bersama semua unit di bawahnya: 4 dari 5 posisi terisi." in told


def test_who_stands_in_is_told_with_the_last_day(people: People, read: Read) -> None:
    stand_in(people, "own", "free")
    told = words_of(read("nurul", "unit", people.city.units["dinkes"]))
    assert "Suparman Plt., sampai 30 November 2026 Dijabat Plt." in told


def test_names_are_for_all_files_for_those_within_reach(people: People, read: Read) -> None:
    units, persons = people.city.units, people.city.persons
    own = read("employee", "unit", units["dinkes"])
    assert "Bernadeta Mariana Hurek" in own and f"/pegawai/{persons['chief']}/" not in own
    assert f"/pegawai/{persons['own']}/" in own
    clerk = read("unit_clerk", "unit", units["dinkes"])
    assert f"/pegawai/{persons['chief']}/" in clerk
    assert f"/pegawai/{persons['foreign']}/" not in read("unit_clerk", "unit", units["disdik"])
    assert f"/pegawai/{persons['foreign']}/" in read("nurul", "unit", units["disdik"])


def test_needs_stand_beside_what_is_there(people: People, read: Read) -> None:
    uid = people.city.units["dinkes"]
    assert "Kebutuhan menurut analisis beban kerja" not in read("employee", "unit", uid)
    row = models.SeatRow.objects.filter(unit__uid=uid, post__name="Pengelola Data").get()
    models.Workload.objects.create(
        unit=row.unit, post=row.post, needed=2, period=since(date(2020, 1, 1)), basis_id=row.basis_id
    )
    told = words_of(read("nurul", "unit", uid))
    assert "Pengelola Data 2 1 0 kurang 2" in told and "Kepala Dinas belum ada 1 1 –" in told


def test_changes_are_offered_to_officers_for_today(people: People, read: Read) -> None:
    uid = people.city.units["dinkes"]
    assert f"/organisasi/unit/{uid}/ubah/" in read("nurul", "unit", uid)
    assert f"/organisasi/unit/{uid}/ubah/" not in read("nurul", "unit", uid, query="?per=2020-01-01")
    assert f"/organisasi/unit/{uid}/ubah/" not in read("superior", "unit", uid)


def test_a_unit_that_is_not_there_is_not_found(people: People, browser: Browser) -> None:
    client = browser("employee")
    for path in (
        reverse("organisation:unit", args=[people.city.units["dinkes"]]) + "?per=2016-01-01",
        reverse("organisation:unit", args=[people.city.persons["own"]]),
        reverse("organisation:chart", args=[people.city.persons["own"]]),
    ):
        answer = client.get(path)
        assert answer.status_code == 404 and "Pilih unit dari daftar" in answer.content.decode()


def test_the_page_of_a_unit_asks_few_questions(people: People, browser: Browser) -> None:
    client, path = browser("nurul"), reverse("organisation:unit", args=[people.city.units["dinkes"]])
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:120] for query in asked]


def test_the_chart_shows_units_as_picture_and_as_list(people: People, read: Read) -> None:
    text = read("employee", "chart", people.city.units["kota"])
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="org-chart" role="img"' in text
    assert "Bagan Kota Uji, keadaan 10 November 2026</title>" in text
    told = words_of(text[text.index("Sebagai daftar") :])
    assert "Dinas Kesehatan Kepala Dinas · Bernadeta Mariana Hurek · 5 posisi, 1 kosong" in told
    assert "Puskesmas Melati belum ada pemimpin" in told
    assert "<style>" not in text


def test_a_unit_without_units_shows_its_posts(people: People, read: Read) -> None:
    told = words_of(read("employee", "chart", people.city.units["pkm_melati"]))
    assert "Perawat Ahli Pertama Ketut Sariasih" in told


def test_fewer_levels_are_shown_where_more_do_not_fit(
    people: People, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pamong.web.organisation.charting.MOST_BOXES", 4)
    text = read("employee", "chart", people.city.units["kota"], query="?tingkat=3")
    assert "Unit ini terlalu besar" in text and "Puskesmas Melati" not in text


def test_the_chart_is_a_file_with_its_own_colours(people: People, browser: Browser) -> None:
    answer = browser("employee").get(reverse("organisation:chart_file", args=[people.city.units["dinkes"]]))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert 'filename="bagan-dinkes-2026-11-10.svg"' in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"<svg") and b"<style>" in answer.content


def test_vacancies_tell_since_when_and_who_stands_in(people: People, read: Read) -> None:
    told = words_of(read("employee", "vacancies"))
    assert "0 jabatan pemimpin dan 1 posisi lain tidak memiliki pejabat tetap." in told
    assert "Pengelola Data 6 Dinas Kesehatan Kosong sejak 1 Maret 2026 –" in told
    stand_in(people, "own", "free")
    told = words_of(read("employee", "vacancies"))
    assert "Dijabat Plt. kosong sejak 1 Maret 2026 Suparman Plt., sampai 30 November 2026" in told


def test_managerial_vacancies_come_first(people: People, read: Read) -> None:
    Appointment.objects.filter(person_id=people.city.ids["chief"]).update(
        superseded_at=AT, superseded_basis_id=models.SeatRow.objects.first().basis_id
    )
    text = read("nurul", "vacancies")
    assert "1 jabatan pemimpin" in text and text.index("Kepala Dinas<") < text.index("Pengelola Data<")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?unit=dinkes", True),
        ("?unit=disdik", False),
        ("?unit=*", True),  # no code: not asked for
        ("?jabatan=pelaksana", True),
        ("?jabatan=jf", False),
        ("?bulan=2026-02", False),
        ("?bulan=2026-03", True),
        ("?bulan=13-2026", True),
        ("?keadaan=beku", False),
        ("?hal=99", True),
    ],
)
def test_vacancies_are_narrowed(read: Read, query: str, found: bool) -> None:
    assert ("Pengelola Data<" in read("employee", "vacancies", query=query)) == found


def test_frozen_seats_stand_apart(people: People, read: Read) -> None:
    models.SeatRow.objects.filter(seat__uid=people.city.seats["free"]).update(
        superseded_at=AT, superseded_basis_id=models.SeatRow.objects.first().basis_id
    )
    row = models.SeatRow.objects.get(seat__uid=people.city.seats["free"])
    models.SeatRow.objects.create(
        seat=row.seat, unit=row.unit, post=row.post, job_class=6, frozen=True, note="Moratorium",
        period=row.period, basis_id=row.basis_id,
    )  # fmt: skip
    assert "Pengelola Data<" not in read("employee", "vacancies")
    told = words_of(read("employee", "vacancies", query="?keadaan=beku"))
    assert "1 posisi dibekukan pada 10 November 2026." in told and "Pengelola Data" in told


def test_vacancies_ask_few_questions(browser: Browser) -> None:
    client = browser("nurul")
    client.get("/organisasi/jabatan-kosong/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/organisasi/jabatan-kosong/?jabatan=pelaksana")
    assert len(asked) <= MOST_QUERIES


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_vacancies_are_taken_along(sign_in: SignIn, kind: str) -> None:
    answer = sign_in("employee").get(reverse("organisation:vacancies_export", args=[kind]))
    assert f'filename="jabatan-kosong-2026-11.{kind}"' in answer.headers["Content-Disposition"]
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Jabatan;Jenis jabatan;Jenjang")
        assert any(line.startswith("Pengelola Data;Pelaksana;") and "01-03-2026" in line for line in lines)


def test_an_unknown_kind_of_file_is_not_found(browser: Browser) -> None:
    assert browser("employee").get("/organisasi/jabatan-kosong/unduh/pdf/").status_code == 404
