"""Scene 8: the mayor chooses. At half past six on a phone she reads three names with their gates and scores,
and takes the second: not without a reason, which those read whom it concerns. The order names her choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.look import Watcher, look
from tests.browser.scene import Stage, by_hand, hour, phone, stage, three_locked
from tests.support.databases import Cluster

pytestmark = pytest.mark.browser
DAWN = hour(date(2026, 12, 1), "06.30")
FIRST, SECOND, THIRD, FOURTH = "Anggreni Saraswati", "Bonifasius Ledo", "Citra Mahadewi", "Dominggus Rumbiak"
WHY = "Tujuh tahun memimpin loket pengaduan, yang paling dibutuhkan seksi ini"
NUMBER = "821.2/1/2026"


@dataclass(frozen=True)
class Choice:
    """Three locked names that wait for the mayor, and the fourth, who is not among them."""

    stage: Stage
    vacancy: UUID
    decision: UUID
    fourth: UUID


@pytest.fixture
def choice(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[Choice]:
    """Four candidates are ranked, three names are locked, and the secretary of the city has weighed them."""

    name = f"pamong_choice_{worker_id}"
    with stage(postgres, django_db_blocker, tmp_path, name, three_locked) as (made, found):
        yield Choice(made, *found)


def test_scene_8_the_mayor_chooses(choice: Choice, tab: Tab) -> None:
    watcher = Watcher(tab)
    with choice.stage.at(DAWN) as site:
        findings = three_names_are_read(choice, site, tab)
        findings += only_a_locked_name_and_a_reason(choice, site, tab, watcher)
        order_bears_a_locked_name(choice, site, tab)
        findings += reason_is_read(choice, site, tab)
        findings += chosen_opens_his_order(choice, site, tab)
        findings += reason_is_not_for_others(choice, site, tab, watcher)
    assert findings + watcher.findings == []


def three_names_are_read(choice: Choice, site: Stage, tab: Tab) -> list[str]:
    """From her home page, with her thumb: names by rank, totals, gates of each."""
    phone(tab)
    site.sign_in(tab, "mayor")
    tab.get_by_role("link", name="Keputusan").locator("visible=true").first.click()
    tab.get_by_role("link", name="Pengangkatan Kepala Seksi Pelayanan").click()
    main = tab.locator("main")
    for name, total in ((FIRST, "90,20"), (SECOND, "89,70"), (THIRD, "89,20")):
        expect(main.locator("dd", has_text=f"{name} · {total}").first).to_be_visible()
    expect(main).not_to_contain_text(FOURTH)
    for gate in ("Peringkat", "Kedudukan", "Masa dalam jabatan", "Syarat jabatan", "Jabatan kosong"):
        expect(main.locator(".gate-list")).to_contain_text(gate)
    findings = look(tab, "scene-8-names")
    phone(tab)
    tab.get_by_label("Pilih calon lain dari daftar").check()
    for line in (f"2. {SECOND} · 89,70 · ", f"3. {THIRD} · 89,20 · "):
        expect(tab.locator("label", has_text=line)).to_be_visible()
    expect(tab.get_by_label("Alasan untuk syarat Syarat jabatan")).to_be_hidden()
    return findings + look(tab, "scene-8-choosing")


def only_a_locked_name_and_a_reason(choice: Choice, site: Stage, tab: Tab, watcher: Watcher) -> list[str]:
    """Without a reason one sentence, and all that she chose is still there; a fourth name is no choice."""
    phone(tab)
    address = f"/keputusan/{choice.decision}/"
    watcher.expect(site.address + address)
    by_hand(
        tab, address,
        {"jawaban": "change", "ubah-application": str(choice.fourth), "alasan": WHY, "dilihat": "x"},
    )  # fmt: skip
    refused = [
        "Orang ini tidak termasuk calon yang dikunci untuk jabatan ini. Pilih salah satu dari daftar itu."
    ]
    expect(tab.get_by_role("alert").locator("li")).to_have_text(refused)
    assert choice.stage.sql("SELECT count(*) FROM merit_choice") == [(0,)]
    tab.get_by_label("Pilih calon lain dari daftar").check()
    tab.get_by_label(f"2. {SECOND}").check()
    tab.get_by_label("Alasan", exact=True).fill("")
    tab.get_by_role("button", name="Tandatangani jawaban").click()
    expect(tab.get_by_role("alert").locator("li")).to_have_count(1)
    expect(tab.get_by_role("alert")).to_contain_text("Alasan belum cukup.")
    expect(tab.get_by_label(f"2. {SECOND}")).to_be_checked()
    findings = look(tab, "scene-8-no-reason")
    phone(tab)
    tab.get_by_label("Alasan", exact=True).fill(WHY)
    tab.get_by_role("button", name="Tandatangani jawaban").click()
    expect(tab.locator("main")).to_contain_text("Keputusan ditetapkan.")
    expect(tab.locator("main")).to_contain_text(NUMBER)
    return findings + look(tab, "scene-8-signed")


def order_bears_a_locked_name(choice: Choice, site: Stage, tab: Tab) -> None:
    """Its text names the chosen and no other candidate; it has the first number; its proof holds."""
    choice.stage.settle()
    kept = choice.stage.folder / "sk.pdf"
    link = tab.get_by_role("link", name="Unduh suratnya").get_attribute("href")
    kept.write_bytes(tab.request.get(f"{site.address}{link}").body())
    pages = pypdf.PdfReader(kept).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert SECOND in text and NUMBER in text and "Kepala Seksi Pelayanan" in text
    assert not any(name in text for name in (FIRST, THIRD, FOURTH))
    status, said = choice.stage.verify("pdf", kept)
    assert status == 0 and f"nomor = {NUMBER}" in said and f"nama = {SECOND}" in said, said


def reason_is_read(choice: Choice, site: Stage, tab: Tab) -> list[str]:
    """By a member of the panel, the inspector, and who was first."""
    findings = []
    for who in ("p1", "retno", "c1"):
        site.sign_in(tab, who)
        tab.goto(f"{site.address}/lowongan/{choice.vacancy}/hasil/")
        expect(tab.locator("main")).to_contain_text(WHY)
        expect(tab.locator("main")).to_contain_text(NUMBER)
        findings += look(tab, f"scene-8-result-{who}")
    return findings


def chosen_opens_his_order(choice: Choice, site: Stage, tab: Tab) -> list[str]:
    """Whom it is about was not known when it was proposed; now it is his."""
    site.sign_in(tab, "c2")
    tab.goto(f"{site.address}/lowongan/{choice.vacancy}/hasil/")
    findings = look(tab, "scene-8-own")
    tab.get_by_role("link", name="Buka SK Anda").click()
    link = tab.get_by_role("link", name="Unduh suratnya").get_attribute("href")
    assert tab.request.get(f"{site.address}{link}").body().startswith(b"%PDF")
    return findings


def reason_is_not_for_others(choice: Choice, site: Stage, tab: Tab, watcher: Watcher) -> list[str]:
    """Not by the fourth, who sees her own scores; by nobody else in service; and not in public."""
    result = f"{site.address}/lowongan/{choice.vacancy}/hasil/"
    site.sign_in(tab, "c4")
    tab.goto(result)
    expect(tab.locator("main")).to_contain_text("88,70")
    expect(tab.locator("main")).not_to_contain_text(WHY)
    watcher.expect(result)
    decision = f"{site.address}/keputusan/{choice.decision}/"
    watcher.expect(decision)
    for who, closed in (("c4", (decision,)), ("c5", (result, decision)), ("employee", (result, decision))):
        site.sign_in(tab, who)
        for address in closed:
            tab.goto(address)
            expect(tab.locator("main")).to_contain_text("tidak ada atau tidak terbuka untuk Anda")
    tab.context.clear_cookies()
    tab.goto(f"{site.address}/lowongan/terbuka/{choice.vacancy}/")
    expect(tab.locator("main")).to_contain_text(SECOND)
    expect(tab.locator("main")).not_to_contain_text(WHY)
    return look(tab, "scene-8-public")
