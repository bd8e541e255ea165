"""The directory, the search and their files: narrowed, within reach, masked, logged, few questions."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from pamong.access.models import ReadLog
from pamong.interop.exports.lists import list_csv
from pamong.jobs import lists as job
from tests.support.people import AT, People
from tests.web.people.conftest import Read, SignIn

MOST_QUERIES = 10
EVERYBODY = {"Bernadeta", "Ketut", "Suparman", "Tigor", "Wibisono", "Yohana"}


def names(text: str) -> set[str]:
    return {name for name in (*EVERYBODY, "Sumiyati") if f">{name}" in text}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", EVERYBODY),
        ("?q=mariana+bern", {"Bernadeta"}),
        ("?q=19880909", {"Tigor"}),
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
    text = read("nurul", "people:index", query="?per=31-12-2020")
    assert "tidak dikenali" in text and "10 November 2026" in text


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
    headings, rows = job.LISTS["people"](people.actor("nurul"), AT, asked | {"status": "active"})
    found = rows_of(list_csv(headings, rows))
    assert [(row["NIP"], row["Nama"], row["Unit kerja"]) for row in found] == [
        (
            "'199106022018032001",
            "Ketut Sariasih",
            "Puskesmas Melati",
        )
    ]
    assert ReadLog.objects.get(path="people.export").subject_ids == [people.city.persons["mate"]]


def test_a_text_that_looks_like_a_formula_is_written_as_text() -> None:
    found = rows_of(list_csv(["Nama"], [{"Nama": "=HYPERLINK(1)"}, {"Nama": "@x"}, {"Nama": "Ali - Umar"}]))
    assert [row["Nama"] for row in found] == ["'=HYPERLINK(1)", "'@x", "Ali - Umar"]


def test_who_may_not_take_files_along_is_refused(browser: SignIn) -> None:
    for name in ("people:export", "people:export_retirements"):
        assert browser("superior").get(reverse(name, args=["csv"])).status_code == 403
        assert browser("nurul").get(reverse(name, args=["docx"])).status_code == 404
