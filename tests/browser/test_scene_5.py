"""Scene 5: money. Of 27 offices 26 close their month and one is late; an SPM that is off by one rupiah is
caught; slips are paid only with the SP2D; a second click pays nobody twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pamong.interop.exports import pay_lists
from pamong.kernel.actor import Actor
from pamong.pay.choices import OutFile, PathState
from tests.browser.journey import sign_in, sign_out
from tests.browser.look import Watcher, look
from tests.pay.support import Office, Someone
from tests.support.databases import Cluster, in_database
from tests.support.lists import EMPLOYEE, Government, build, code_of
from tests.support.month import MORNING, TODAY
from tests.support.site import serve

pytestmark = pytest.mark.browser
OFFICES = [f"Dinas Urusan {number:02d}" for number in range(1, 28)]
FIRST, WRONG, LATE = OFFICES[0], OFFICES[1], OFFICES[-1]
PEOPLE = 2  # in each office


@dataclass(frozen=True)
class MoneySite:
    """A served site whose October is computed, and what stands in its database."""

    address: str
    url: str
    blocker: DjangoDbBlocker
    files: Path
    town: Government

    def do(self, work: Callable[[], Any]) -> Any:
        """Do something in the site's database, with its file store."""
        with override_settings(PAMONG_FILES_ROOT=self.files):
            return in_database(self.url, self.blocker, work)


@pytest.fixture
def money(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[MoneySite]:
    """27 offices with two people each, on the demo's morning."""
    name, files = f"pamong_money_{worker_id}", tmp_path / "store"
    postgres.clone(name)
    url = postgres.server.url("app", name)
    who = [
        Someone(1 + place * PEOPLE + each, opd=office)
        for place, office in enumerate(OFFICES)
        for each in range(PEOPLE)
    ]

    def fill() -> Government:
        town = build(Office(Actor.operator("uji", TODAY), MORNING), who)
        town.compute(who)
        return town

    with override_settings(PAMONG_FILES_ROOT=files):
        town = in_database(url, django_db_blocker, fill)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_DEMO", "1")
        patch.setenv("PAMONG_FILES", str(files))
        patch.setenv("PAMONG_CLOCK_OFFSET", str(round((MORNING - datetime.now(UTC)).total_seconds())))
        with serve(url, tmp_path / "site.log") as address:
            yield MoneySite(address, url, django_db_blocker, files, town)
    postgres.drop(name)


def test_scene_5_money(money: MoneySite, tab: Tab, tmp_path: Path) -> None:
    watcher = Watcher(tab)
    findings = lists_are_made(money, tab)
    first_office_closes(money, tab)
    findings += second_office_is_signed_in_the_inbox(money, tab)
    money.do(lambda: [close(money.town, office) for office in OFFICES[1:-1]])
    findings += spm_off_by_one_rupiah_is_caught(money, tab, watcher)
    findings += twenty_six_files_go(money, tab)
    findings += slips_turn_with_the_sp2d(money, tab, tmp_path)
    findings += second_click_pays_nobody_twice(money, tab, tmp_path)
    employee_sees_it_paid(money, tab)
    assert findings + watcher.findings == []


def lists_are_made(money: MoneySite, tab: Tab) -> list[str]:
    """One button; the path then shows 27 lists in its first stage."""
    sign_in(tab, money.address, "checker")
    tab.goto(f"{money.address}/tpp/bulan/2026-10/")
    tab.get_by_role("button", name="Susun daftar dari hitungan").click()
    expect(tab.locator("main")).to_contain_text("27 daftar dibuat")
    expect(tab.locator(".ui-path li").first).to_contain_text("27 daftar, 54 orang")
    return look(tab, "scene-5-month")


def first_office_closes(money: MoneySite, tab: Tab) -> None:
    """Clerk, head and checker, each at his own desk; the button stands where the part is his."""
    code = code_of(FIRST)
    parts = (
        (f"clerk_{code}", "Nyatakan lengkap"),
        (f"head_{code}", "Tanda tangani rekapitulasi dan SPTJM"),
        ("checker", "Sudah diperiksa"),
    )
    for username, button in parts:
        become(tab, money, username)
        tab.get_by_role("link", name=FIRST).click()
        tab.get_by_role("button", name=button).click()
        expect(tab.locator(".ui-flash")).to_contain_text("Tercatat dan tersegel")
    expect(tab.locator("#next")).to_contain_text("perbendaharaan")


def second_office_is_signed_in_the_inbox(money: MoneySite, tab: Tab) -> list[str]:
    """The head finds it among his decisions, reads its gates, ticks it; the list tells by which decision."""
    money.do(lambda: money.town.step(WRONG, "enter"))
    become(tab, money, f"head_{code_of(WRONG)}", "/keputusan/")
    title = f"Daftar induk Oktober 2026, {WRONG}"
    tab.get_by_role("link", name=title).click()
    expect(tab.locator("main")).to_contain_text("Seperti yang dinyatakan lengkap: 2 orang")
    findings = look(tab, "scene-5-closing")
    wide(tab)
    tab.goto(f"{money.address}/keputusan/")
    tab.get_by_label(f"Pilih: {title}").check()
    tab.get_by_role("button", name="Tandatangani yang dipilih").click()
    expect(tab.locator("main")).to_contain_text("1 keputusan ditandatangani")
    tab.goto(f"{money.address}/tpp/bulan/2026-10/")
    tab.get_by_role("link", name=WRONG).click()
    expect(tab.locator(".page-head")).to_contain_text("Diverifikasi")
    tab.locator("#story").get_by_role("link", name="Keputusannya").click()
    expect(tab.locator(".page-head")).to_contain_text("Ditetapkan")
    return findings


def close(town: Government, office: str) -> None:
    """The others do the same."""
    town.step(office, "enter", "sign", "check")
    if office != FIRST:
        town.step(office, "submit")


def spm_off_by_one_rupiah_is_caught(money: MoneySite, tab: Tab, watcher: Watcher) -> list[str]:
    """The sentence tells by how much; what was typed stays; nothing is stored."""
    gross = money.do(lambda: money.town.row(FIRST).gross)
    become(tab, money, "treasurer")
    tab.get_by_role("link", name=FIRST).click()
    tab.get_by_label("Nomor SPP").fill("900/101/SPP-LS/2026")
    tab.get_by_label("Nomor SPM").fill("900/101/SPM-LS/2026")
    tab.get_by_label("Tanggal SPM").fill("03-11-2026")
    tab.get_by_label("Nilai SPM").fill(str(gross + 1))
    watcher.expect(tab.url + "langkah/")
    tab.get_by_role("button", name="Ajukan SPM").click()
    expect(tab.locator(".ui-problems").first).to_contain_text("berbeda Rp1 dari jumlah daftar ini")
    expect(tab.get_by_label("Nomor SPM")).to_have_value("900/101/SPM-LS/2026")
    findings = look(tab, "scene-5-spm")
    wide(tab)
    tab.get_by_label("Nilai SPM").fill(str(gross))
    tab.get_by_role("button", name="Ajukan SPM").click()
    expect(tab.locator(".page-head")).to_contain_text("Diajukan")
    return findings


def twenty_six_files_go(money: MoneySite, tab: Tab) -> list[str]:
    """Each list has its bank file with its control total; the late office holds none of them."""
    tab.get_by_role("button", name="Buat berkas untuk Bank").click()
    expect(tab.locator("#documents")).to_contain_text("bank-TPP-202610-I1-DINAS_URUSAN_01.csv")
    findings = look(tab, "scene-5-list")
    wide(tab)
    with tab.expect_download() as download:
        tab.get_by_role("link", name=re.compile("^bank-TPP")).click()
    assert Path(download.value.path()).read_text().count("TPP Oktober 2026") == PEOPLE

    def make() -> int:
        who = {"actor": money.town.as_("treasurer"), "at": MORNING, "kind": OutFile.BANK}
        made = {pay_lists.make_file(**who, uid=money.town.row(office).uid) for office in OFFICES[:-1]}
        return len(made)

    assert money.do(make) == len(OFFICES) - 1
    assert money.do(lambda: money.town.row(LATE).state) is PathState.COMPUTED
    return findings


def sp2d_list(money: MoneySite, folder: Path, off: int) -> Path:
    """What the treasury sends back; one amount may be off."""
    lines = ["NO;NOMOR SPM;NOMOR SP2D;TANGGAL SP2D;NILAI SP2D"]
    for number, office in enumerate(OFFICES[:-1], start=1):
        row = money.do(lambda office=office: money.town.row(office))
        amount = row.gross + (off if office == WRONG else 0)
        lines.append(f"{number};{row.spm_number};{number:05d}/SP2D/2026;05-11-2026;{amount}")
    path = folder / f"sp2d-{off}.csv"
    path.write_text("\n".join(lines))
    return path


def slips_turn_with_the_sp2d(money: MoneySite, tab: Tab, folder: Path) -> list[str]:
    """25 of 26 rows fit; the one that is off by a rupiah is shown and pays nobody."""
    become(tab, money, EMPLOYEE, "/tpp/saya/")
    expect(tab.locator("main")).to_contain_text("menunggu SP2D dari kas daerah")
    become(tab, money, "treasurer")
    hand_in(tab, money, sp2d_list(money, folder, off=1))
    main = tab.locator("main")
    expect(main).to_contain_text("25 daftar cair. 1 baris tidak cocok")
    expect(main).to_contain_text("berbeda Rp1 dari jumlah daftar ini")
    expect(tab.locator("#waiting tbody tr")).to_have_count(1)
    return look(tab, "scene-5-treasury")


def second_click_pays_nobody_twice(money: MoneySite, tab: Tab, folder: Path) -> list[str]:
    """The same file changes nothing; the corrected one pays the one that is left."""
    wide(tab)
    hand_in(tab, money, sp2d_list(money, folder, off=1))
    expect(tab.locator("main")).to_contain_text("sudah pernah dibaca; tidak ada yang berubah")
    hand_in(tab, money, sp2d_list(money, folder, off=0))
    expect(tab.locator("main")).to_contain_text("1 daftar cair. 0 baris tidak cocok")
    expect(tab.locator("main")).to_contain_text("Tidak ada yang menunggu SP2D")
    become(tab, money, "checker")
    expect(tab.locator("main")).to_contain_text("26 dari 27 daftar sudah cair")
    findings = look(tab, "scene-5-paid")
    wide(tab)
    return findings


def employee_sees_it_paid(money: MoneySite, tab: Tab) -> None:
    """His own slip says when, and by which SP2D."""
    become(tab, money, EMPLOYEE, "/tpp/saya/")
    tab.get_by_role("link", name="Oktober 2026").click()
    expect(tab.locator("main")).to_contain_text("Cair 5 November 2026, SP2D nomor 00001/SP2D/2026.")


def hand_in(tab: Tab, money: MoneySite, file: Path) -> None:
    """Take a list of SP2D to the treasury's page."""
    tab.goto(f"{money.address}/tpp/bulan/perbendaharaan/")
    tab.locator("#id_file").set_input_files(file)
    tab.get_by_role("button", name="Baca dan cocokkan").click()


def become(tab: Tab, money: MoneySite, username: str, page: str = "/tpp/bulan/2026-10/") -> None:
    """Somebody else sits down at the desk, and opens a page."""
    wide(tab)
    sign_out(tab)
    sign_in(tab, money.address, username)
    expect(tab.locator("details[data-menu] > summary")).to_be_visible()
    tab.goto(f"{money.address}{page}")


def wide(tab: Tab) -> None:
    """As before the pictures."""
    tab.set_viewport_size({"width": 1280, "height": 800})
