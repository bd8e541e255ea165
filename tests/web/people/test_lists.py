"""The directory, the search and their files: narrowed, within reach, masked, logged, few questions."""

from __future__ import annotations

import csv
import io
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from pamong.access.models import ReadLog
from pamong.interop.exports.lists import list_csv
from pamong.jobs import lists as job
from pamong.people.queries.typed import Typed, read_typed
from tests.interop.imports.support import by_hand
from tests.support.people import AT, People
from tests.web.conftest import Read, SignIn

MOST_QUERIES = 10
WHY = "Rekap kebutuhan pelatihan"
EVERYBODY = {"Bernadeta", "Ketut", "Suparman", "Tigor", "Wibisono", "Yohana"}


def names(text: str) -> set[str]:
    return {name for name in (*EVERYBODY, "Sumiyati") if f">{name}" in text}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", EVERYBODY),
        ("?q=mariana+bern", {"Bernadeta"}),
        ("?q=19880909", {"Tigor"}),
        ("?q=hurek,+bernadeta", {"Bernadeta"}),
        ("?q=19910602+201803+2+001", {"Ketut"}),  # as cards write it
        ("?q=19910602.201803.2.001", {"Ketut"}),
        ("?q=%27199106022018032001", {"Ketut"}),  # as a CSV writes it
        ("?unit=dinkes", EVERYBODY - {"Tigor", "Wibisono"}),
        ("?unit=pkm_melati", {"Ketut"}),
        ("?gol=III/b", {"Ketut", "Yohana"}),
        ("?jabatan=jf", {"Ketut"}),
        ("?jenis=PPPK", set()),
        ("?keadaan=berakhir", {"Sumiyati"}),
        ("?keadaan=semua&unit=", EVERYBODY | {"Sumiyati"}),
        ("?per=2026-02-01", EVERYBODY | {"Sumiyati"}),
        ("?per=2009-01-01", {"Bernadeta", "Wibisono", "Sumiyati"}),
        ("?jenis=tidak-ada&jabatan=x&hal=99999999", EVERYBODY),
    ],
)
def test_the_directory_is_narrowed(query: str, found: set[str], read: Read) -> None:
    text = read("nurul", "people:index", query=query)
    assert names(text) == found
    assert f"{len(found)} orang cocok." in text


def test_each_sees_those_within_reach(read: Read) -> None:
    assert names(read("superior", "people:index")) == EVERYBODY - {"Tigor", "Wibisono"}
    assert names(read("unit_clerk", "people:index")) == EVERYBODY - {"Tigor", "Wibisono"}
    assert names(read("employee", "people:index")) == {"Suparman"}


def test_nips_are_masked_and_files_only_for_those_who_may(people: People, read: Read) -> None:
    officer, superior = read("nurul", "people:index"), read("superior", "people:index")
    assert "198502022010011001" not in officer and "19850202******1001" in officer
    assert "/unduh/csv/" in officer and "/unduh/" not in superior


def test_an_empty_list_says_what_to_do(read: Read) -> None:
    assert "Longgarkan saringannya" in read("nurul", "people:index", query="?q=tidak+ada")


def test_a_mistyped_date_is_told_and_today_is_shown(read: Read) -> None:
    text = read("nurul", "people:index", query="?per=31-02-2020")
    assert "Yang tampil keadaan hari ini" in text and "10 November 2026" in text
    assert 'value="31-02-2020"' in text, "what was typed stays"


def test_htmx_gets_the_rows_alone(read: Read) -> None:
    text = read("nurul", "people:index", query="?q=ketut", **{"HX-Request": "true"})
    assert "<html" not in text and names(text) == {"Ketut"}


def test_links_carry_the_date_along(people: People, read: Read) -> None:
    text = read("nurul", "people:index", query="?q=ketut&per=2024-01-01")
    assert f"/pegawai/{people.city.persons['mate']}/?per=2024-01-01" in text


@pytest.mark.parametrize("name", ["people:index", "people:retirements", "search", "mine", "own_reads"])
@pytest.mark.parametrize("username", ["nurul", "superior", "unit_clerk", "employee"])
def test_lists_ask_few_questions(
    name: str, username: str, browser: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = browser(username)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse(name) + "?q=ma&tahun=5").status_code == 200


def test_the_search_finds_people_and_units(read: Read) -> None:
    text = read("nurul", "search", query="?q=melati")
    assert "Puskesmas Melati" in text and "?unit=pkm_melati" in text
    assert names(read("nurul", "search", query="?q=ma")) == {"Bernadeta", "Suparman", "Tigor"}
    assert names(read("nurul", "search", query="?q=m")) == set()
    assert "Tidak ada yang cocok" in read("nurul", "search", query="?q=zzz")


def test_the_search_stays_within_reach(read: Read) -> None:
    assert names(read("superior", "search", query="?q=ma")) == {"Bernadeta", "Suparman"}
    assert names(read("employee", "search", query="?q=ma")) == {"Suparman"}


def test_what_was_found_is_logged(people: People, read: Read) -> None:
    read("nurul", "search", query="?q=ketut")
    row = ReadLog.objects.get(path="people.search")
    assert row.subject_ids == [people.city.persons["mate"]]


def test_the_search_stands_in_the_bar_of_those_who_may_find_somebody(read: Read) -> None:
    assert "data-site-search" in read("superior", "home")
    assert "data-site-search" not in read("employee", "home")


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_what_the_list_shows(people: People) -> None:
    asked = {"on": "2026-11-10", "words": "ketut", "unit": "", "kind": "", "post_kind": "", "golongan": ""}
    asked |= {"status": "active"}
    _headings, masked = job.LISTS["people"](people.actor("nurul"), AT, asked)
    assert [row["NIP"] for row in masked] == ["19910602******2001"]
    why = WHY
    headings, rows = job.LISTS["people"](people.actor("nurul"), AT, asked | {"reason": why})
    found = rows_of(list_csv(headings, rows))
    assert [(row["NIP"], row["Nama"], row["Unit kerja"]) for row in found] == [
        (
            "'199106022018032001",
            "Ketut Sariasih",
            "Puskesmas Melati",
        )
    ]
    looks = ReadLog.objects.filter(path="people.export").order_by("id")
    assert [look.subject_ids for look in looks] == [[people.city.persons["mate"]]] * 2
    assert [look.reason for look in looks] == ["", why]


def test_a_file_tells_the_kind_of_service_in_words() -> None:
    person = SimpleNamespace(**{name: "" for _heading, name in job._HEADINGS} | {"kind": "PPPK_PW"})
    assert dict(job._told(person))["Jenis kepegawaian"] == "PPPK paruh waktu"


@pytest.mark.parametrize(
    ("name", "query", "page"),
    [
        ("people:export_retirements", "?tahun=5", "/pegawai/pensiun/?tahun=5"),
        ("quality:export", "?aturan=kontak-kurang", "/mutu-data/kontak-kurang/"),
    ],
)
def test_other_lists_too_ask_why_before_they_hand_out_whole_numbers(
    browser: SignIn, read: Read, name: str, query: str, page: str
) -> None:
    sent = browser("nurul").post(reverse(name, args=["csv"]) + query, {"alasan": "x"}, follow=True)
    assert sent.redirect_chain == [(page, 302)]
    assert "Tulis alasan Anda dengan kata-kata" in sent.content.decode()
    assert "Mengapa Anda perlu NIP lengkap?" in sent.content.decode()
    assert browser("unit_clerk").post(reverse(name, args=["csv"]) + query, {"alasan": WHY}).status_code == 403


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("retiring", {"on": "2026-11-10", "until": "2060-12-01", "unit": ""}),
        ("quality", {"unit": "", "rule": "kontak-kurang"}),
    ],
)
def test_numbers_of_other_lists_are_whole_with_a_reason_that_is_logged(
    people: People, what: str, asked: dict[str, str]
) -> None:
    actor = people.actor("nurul")
    for reason in ("", WHY):
        _headings, rows = job.LISTS[what](actor, AT, asked | {"reason": reason})
        assert rows
        assert all(("*" in row["NIP"]) != bool(reason) for row in rows if row["NIP"])
        assert ReadLog.objects.latest("id").reason == reason


@pytest.mark.parametrize("reason", ["", "x", "xxxxxxxxxxxx", "1234567890", "a b c d e f"])
def test_whole_numbers_are_taken_along_with_a_reason_in_words(browser: SignIn, reason: str) -> None:
    answer = browser("nurul").post(
        reverse("people:export", args=["csv"]) + "?q=ketut", {"alasan": reason}, follow=True
    )
    assert answer.redirect_chain == [("/pegawai/?q=ketut", 302)]
    assert "Tulis alasan Anda dengan kata-kata" in answer.content.decode()


def test_the_directory_asks_why_before_it_hands_out_whole_numbers(browser: SignIn, read: Read) -> None:
    assert "Mengapa Anda perlu NIP lengkap?" in read("nurul", "people:index")
    assert "Mengapa Anda perlu NIP lengkap?" not in read("superior", "people:index")
    assert browser("superior").post(reverse("people:export", args=["csv"])).status_code == 403


def test_a_text_that_looks_like_a_formula_is_written_as_text() -> None:
    found = rows_of(list_csv(["Nama"], [{"Nama": "=HYPERLINK(1)"}, {"Nama": "@x"}, {"Nama": "Ali - Umar"}]))
    assert [row["Nama"] for row in found] == ["'=HYPERLINK(1)", "'@x", "Ali - Umar"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ketut Sariasih, S.Kep., Ns.", True),  # as the page writes it
        ("ns. ketut s.kep", True),
        ("Ketut Sariasih, SKep", True),
        ("Ketut Sariasih, S.IP.", False),
        ("S.Kep.", False),  # half of a hospital: a title leads to nobody
        ("19910602 201803 2 001", True),
    ],
)
def test_a_name_is_found_as_pages_write_it(people: People, read: Read, typed: str, found: bool) -> None:
    by_hand("Ketut Sariasih", "identity", {"back_title": "S.Kep., Ns."}, date(2026, 1, 1))
    for name in ("people:index", "search"):
        assert (">Ketut" in read("nurul", name, query=f"?q={typed}")) == found


def test_what_is_typed_is_read_into_names_titles_and_one_number() -> None:
    assert read_typed("dr. H. Suryo Widagdo, S.IP., M.Si.") == Typed(
        ("suryo", "widagdo"), ("dr", "h", "sip", "msi"), ""
    )
    assert read_typed("'19790223 200601.1-001") == Typed((), (), "197902232006011001")
    assert read_typed("S.IP.") == Typed(("s.ip",), (), "")
    assert read_typed(" . , - ") == Typed(("-",), (), "")


def test_who_may_not_take_files_along_is_refused(browser: SignIn) -> None:
    for name in ("people:export", "people:export_retirements"):
        assert browser("superior").get(reverse(name, args=["csv"])).status_code == 403
        assert browser("nurul").get(reverse(name, args=["docx"])).status_code == 404
