"""The whole file on paper: the parts that its reader may read, numbers masked, with who printed it when."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access.models import ReadLog
from tests.support.people import People
from tests.web.conftest import Read, SignIn

NIK, ACCOUNT = "9901010202850001", "99887766"
MOST_QUERIES = 15  # the file and every row that was ever recorded


def test_an_officer_prints_all_parts_masked_with_his_name_and_the_time(people: People, read: Read) -> None:
    own = people.city.persons["own"]
    assert f"/pegawai/{own}/cetak/" in read("nurul", "people:person", own)
    text = read("nurul", "people:print", own)
    for part in (
        "Perjalanan karier",
        "Jabatan &amp; golongan",
        "Keluarga",
        "Data pribadi",
        "Riwayat pencatatan",
    ):
        assert f">{part}</h2>" in text
    assert "Keadaan pada 10 November 2026. Dicetak dari Pamong oleh Nurul, 10 November 2026, " in text
    assert NIK not in text and ACCOUNT not in text and "•••• 7766" in text
    assert "Usulkan" not in text and "<details open>" in text
    looks = ReadLog.objects.filter(subject_ids__contains=[own]).values_list("path", flat=True)
    assert {"people.file", "people.records"} <= set(looks)


@pytest.mark.parametrize("username", ["superior", "unit_clerk"])
def test_who_may_not_see_what_is_private_prints_without_it(people: People, read: Read, username: str) -> None:
    text = read(username, "people:print", people.city.persons["own"], query="?per=2023-08-17")
    assert "Keadaan pada 17 Agustus 2023" in text and ">Pendidikan</h2>" in text
    for part in ("Keluarga", "Data pribadi", "Riwayat pencatatan"):
        assert f">{part}</h2>" not in text
    assert "Ketut Sariasih" not in text


def test_a_printed_file_asks_few_questions(people: People, browser: SignIn) -> None:
    client, path = browser("nurul"), reverse("people:print", args=[people.city.persons["own"]])
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) <= MOST_QUERIES
