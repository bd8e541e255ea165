"""Scene 7: the fourth name. The night before an installation the panel's secretary is told by telephone to
add a name. The system can't; she files the instruction as a sealed memo. Later a database superuser edits a
score; in the morning the audit names the row, and a candidate's own receipt proves her rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.look import Watcher, look
from tests.browser.scene import Stage, by_hand, hour, stage, three_locked, wide
from tests.support.asleep import SLEEP, WAKE
from tests.support.databases import Cluster

pytestmark = pytest.mark.browser
CALL, MORNING = hour(date(2026, 11, 30), "22.10"), hour(date(2026, 12, 1), "08.00")
SECRETARY, INSPECTOR, FIRST, OUTSIDER = "nurul", "retno", "c1", "c5"
SOURCE = "Ajudan Wali Kota, lewat telepon"
ORDERED = "Dominggus Rumbiak harus masuk daftar nama sebelum pelantikan besok pagi"
SCORE = """
SELECT s.id, s.value FROM merit_score s JOIN merit_panelmember m ON m.id = s.member_id
JOIN merit_criteriaelement e ON e.id = s.element_id JOIN merit_application a ON a.id = s.application_id
JOIN merit_result r ON r.application_id = a.id
WHERE m.name = 'Damianus Lerebulan' AND e.code = 'interview' AND r.rank = 2
"""
# All that a fourth name would have to change.
TOLD = """
SELECT md5(string_agg(t, '' ORDER BY t)) FROM (
  SELECT a::text AS t FROM merit_application a UNION ALL SELECT r::text FROM merit_result r
  UNION ALL SELECT s::text FROM merit_score s UNION ALL SELECT c::text FROM merit_choice c
  UNION ALL SELECT m::text FROM merit_panelmember m UNION ALL SELECT v::text FROM merit_vacancystep v
  UNION ALL SELECT d::text FROM decisions_decision d UNION ALL SELECT x::text FROM decisions_stepact x
  UNION ALL SELECT p::text FROM people_appointment p) told
"""


@dataclass(frozen=True)
class Night:
    """A vacancy whose names are locked, the choice that waits for the mayor, and who is fourth."""

    stage: Stage
    vacancy: UUID
    choice: UUID
    fourth: UUID

    def told(self) -> object:
        """A fingerprint of the whole selection."""
        return self.stage.sql(TOLD)


@pytest.fixture
def night(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[Night]:
    """Four candidates are ranked, each half a point behind the one before; three names are locked."""

    name = f"pamong_night_{worker_id}"
    with stage(postgres, django_db_blocker, tmp_path, name, three_locked) as (made, found):
        yield Night(made, *found)


def test_scene_7_the_fourth_name(night: Night, tab: Tab) -> None:
    watcher = Watcher(tab)
    with night.stage.at(CALL) as site:
        findings = a_fourth_name_is_refused(night, site, tab, watcher)
        applying_is_over(night, site, tab)
        findings += instruction_is_filed(night, site, tab)
    night.stage.settle()
    quiet = night.stage.audit()
    assert quiet.is_clean, quiet.said  # all that was tried left a true record
    score, before = another_wins(night)
    with night.stage.at(MORNING) as site:
        findings += audit_names_the_row(night, site, tab, score, before)
        findings += receipt_proves_her_rank(night, site, tab)
    assert findings + watcher.findings == []


def a_fourth_name_is_refused(night: Night, site: Stage, tab: Tab, watcher: Watcher) -> list[str]:
    """22.10: by what the pages offer her, and by forms and addresses of her own making."""
    site.sign_in(tab, SECRETARY)
    before, vacancy = night.told(), f"/lowongan/{night.vacancy}/"
    tab.goto(site.address + vacancy)
    expect(tab.get_by_role("button", name="Ajukan nama untuk dipilih")).to_have_count(0)
    findings = look(tab, "scene-7-vacancy")
    wide(tab)
    for path, sent, sentence in ways(night):
        tab.goto(site.address + vacancy)
        watcher.expect(site.address + path)
        by_hand(tab, path, sent)
        expect(tab.locator("main")).to_contain_text(sentence)
        assert night.told() == before, path
    tab.goto(f"{site.address}/keputusan/{night.choice}/")
    expect(tab.locator("main")).not_to_contain_text("Dominggus Rumbiak")
    expect(tab.get_by_role("radio")).to_have_count(0)
    return findings + look(tab, "scene-7-choice")


def ways(night: Night) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Where she sends the fourth name, what she sends, and the sentence that comes back."""
    vacancy, fourth = f"/lowongan/{night.vacancy}/", str(night.fourth)
    change = {"jawaban": "change", "ubah-application": fourth, "alasan": "Perintah lisan dari atasan"}
    over = "sekarang peringkat dikunci"
    yield f"/keputusan/{night.choice}/", change, "Langkah ini bukan giliran Anda."
    for step, sentence in (
        ("ajukan-pilihan", "Nama yang dikunci sudah diajukan dan menunggu jawaban."),
        ("ajukan-hasil", over), ("tutup", over), ("umumkan", over),
        ("buka-nilai", "Hanya anggota panitia lowongan ini"),
        ("hadir", "Hanya anggota panitia lowongan ini"),
    ):  # fmt: skip
        yield f"{vacancy}langkah/", {"langkah": step, "application": fourth}, sentence
    yield f"{vacancy}lamar/", {"application": fourth}, "hanya untuk Pegawai yang bersangkutan"
    yield f"{vacancy}nilai/", {}, "Hanya anggota panitia lowongan ini"
    score = {"sel": f"{fourth}.interview", "nilai": "99", "alasan": "Perintah lisan dari atasan"}
    yield f"{vacancy}nilai/betulkan/", score, "Hanya anggota panitia lowongan ini"
    yield f"{vacancy}panitia/", {"own": "c4", "no_party": "on"}, over


def applying_is_over(night: Night, site: Stage, tab: Tab) -> None:
    """Somebody else who was called as well is four days too late, with a button or without."""
    site.sign_in(tab, OUTSIDER)
    before = night.told()
    tab.goto(f"{site.address}/lowongan/{night.vacancy}/lamar/")
    expect(tab.locator("main")).to_contain_text("Pelamaran tidak dibuka untuk Anda sekarang.")
    expect(tab.get_by_role("button", name="Kirim lamaran")).to_have_count(0)
    by_hand(tab, f"/lowongan/{night.vacancy}/lamar/", {})
    expect(tab.locator("main")).to_contain_text("sekarang peringkat dikunci")
    assert night.told() == before


def instruction_is_filed(night: Night, site: Stage, tab: Tab) -> list[str]:
    """From the page of the choice; she finds it among hers, and nobody can change it."""
    site.sign_in(tab, SECRETARY)
    tab.goto(f"{site.address}/keputusan/{night.choice}/")
    tab.get_by_role("link", name="Catat arahan lisan").click()
    tab.get_by_label("Siapa yang memberi arahan").fill(SOURCE)
    tab.get_by_label("Pukul").fill("22.05")
    tab.get_by_label("Isi arahan").fill(ORDERED)
    findings = look(tab, "scene-7-memo")
    wide(tab)
    tab.get_by_role("button", name="Simpan catatan").click()
    expect(tab.locator("main")).to_contain_text("Arahan tersimpan.")
    tab.goto(f"{site.address}/keputusan/arahan/")
    row = tab.get_by_role("table", name="Arahan lisan").locator("tbody tr")
    expect(row).to_have_count(1)
    for text in (SOURCE, ORDERED, "30 November 2026", "Nurul Hidayati", "Pengangkatan"):
        expect(row).to_contain_text(text)
    expect(row.get_by_role("button")).to_have_count(0)
    findings += look(tab, "scene-7-memos")
    wide(tab)
    nobody_changes_it(night.stage)
    site.sign_in(tab, "wahyu")  # of the same office, and with the same roles
    tab.goto(f"{site.address}/keputusan/arahan/")
    expect(tab.locator("main")).not_to_contain_text(SOURCE)
    return findings


def nobody_changes_it(made: Stage) -> None:
    """Not the application, not the owner of the tables."""
    for role in ("app", "owner"):
        for statement in ("UPDATE decisions_memo SET text = 'tidak ada'", "DELETE FROM decisions_memo"):
            with pytest.raises(psycopg.Error):
                made.sql(statement, role=role)


def another_wins(night: Night) -> tuple[int, int]:
    """23.40: one score of one member, so that the second has more points than the first, and the ranks
    accordingly. In a session without triggers, all of which he leaves as they were."""
    ((score, before),) = night.stage.sql(SCORE)
    assert isinstance(score, int) and isinstance(before, int)
    raised = f"UPDATE merit_score SET value = 9900 WHERE id = {score}"  # noqa: S608 - its own number
    with pytest.raises(psycopg.Error):  # what superusers try first does not put ours to sleep
        night.stage.sql("SET session_replication_role = replica", raised)
    more = 7 * (9900 - before)  # a fifth of 35 per cent, in hundredths
    total = f"total_num = total_num * 100 + total_den * {more}, total_den = total_den * 100"
    night.stage.sql(
        SLEEP, raised, f"UPDATE merit_result SET {total} WHERE rank = 2",  # noqa: S608 - the number above
        "UPDATE merit_result SET rank = 3 - rank WHERE rank < 3", "SET CONSTRAINTS ALL IMMEDIATE", WAKE,
    )  # fmt: skip
    return score, before


def audit_names_the_row(night: Night, site: Stage, tab: Tab, score: int, before: int) -> list[str]:
    """08.00: the command, and the inspector's page of it."""
    found = night.stage.audit()
    assert found.status == 1 and found.row("merit_score", score)
    (wrong,) = [each for each in found.findings if each["relation"] == "merit_score"]
    assert (wrong["before"], wrong["now"]) == ({"value": str(before)}, {"value": "9900"})
    assert f"Baris {score} di tabel merit_score" in found.said
    assert {each["relation"] for each in found.findings} == {"merit_score", "merit_result"}
    site.sign_in(tab, INSPECTOR)
    tab.goto(f"{site.address}/segel/")
    tab.get_by_role("link", name="Buka hasil audit").click()
    told = tab.locator("main section", has_text="merit_score")
    expect(told.locator("tbody tr")).to_have_text([re.compile(rf"value\s*{before}\s*9900")])
    return look(tab, "scene-7-audit")


def receipt_proves_her_rank(night: Night, site: Stage, tab: Tab) -> list[str]:
    """The page shows her second, as the database does now; what was sealed of her says otherwise."""
    wide(tab)
    site.sign_in(tab, FIRST)
    tab.goto(f"{site.address}/lowongan/{night.vacancy}/lamar/")
    rank = tab.locator("dl div", has_text="Peringkat").locator("dd").first
    expect(rank).to_have_text("2")
    findings = look(tab, "scene-7-own")
    wide(tab)
    kept = night.stage.folder / "bukti-saya.tlog-proof"
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Simpan tanda bukti").click()
    download.value.save_as(kept)
    status, said = night.stage.verify("proof", kept)
    assert status == 0, said
    for line in (
        "ASLI SAAT TERBIT", "nama = Anggreni Saraswati", "jabatan = Kepala Seksi Pelayanan",
        "peringkat = 1", "jumlah nilai = 90,20", "disampaikan untuk dipilih = ya", "angka = 90,40",
        "universitas.contoh.ac.id",
    ):  # fmt: skip
        assert line in said, said
    tab.get_by_role("link", name="Periksa buktinya").click()
    tab.locator("#check-file").set_input_files(kept)
    told = tab.locator("[data-result]")
    expect(told).to_contain_text("Asli saat terbit")
    for text in ("Anggreni Saraswati", "90,20", "Kepala Seksi Pelayanan"):
        expect(told).to_contain_text(text)
    return findings + look(tab, "scene-7-proof")
