"""Scene 1: a city copies itself in an afternoon, from an empty site to a month that is compared with what was
paid. A real server, a real worker, and the files as offices have them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pamong.kernel.actor import Actor
from pamong.pay import columns
from pamong.pay.choices import Cause
from pamong.web.formats import rupiah
from tests.browser.journey import sign_in, sign_out
from tests.browser.look import Watcher, look
from tests.browser.world import NAMES, make_account
from tests.support.copying import LACKING, CityFiles, PaidFile, write_city, write_paid
from tests.support.databases import Cluster, in_database
from tests.support.site import TOP, serve

pytestmark = pytest.mark.browser
FRIDAY = datetime(2026, 11, 13, 6, 30, tzinfo=UTC)  # 13:30 in the city
OFFICER, SECOND = "personnel_officer", "petugas_kedua"
PATIENCE = 30_000  # milliseconds that a step of the worker may take on a busy machine
WORKER = """
import django; django.setup()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()):
    app.run_worker()
"""


@dataclass(frozen=True)
class EmptySite:
    """A served site with accounts and nothing else, whose worker runs."""

    address: str
    url: str
    blocker: DjangoDbBlocker
    folder: Path

    def slips(self, run: UUID) -> list[dict[str, Any]]:
        """What a run computed for those whom it could compute."""
        actor = Actor.operator("uji", FRIDAY.date())
        frame = self.read(lambda: columns.read_slips(None, run, actor=actor, at=FRIDAY))
        rows = frame.drop_nulls("net").iter_rows(named=True)
        return [row | {"opd": row["opd_name"]} for row in rows]

    def read(self, work: Callable[[], Any]) -> Any:
        """Do something in the site's database."""
        return in_database(self.url, self.blocker, work)


@pytest.fixture
def empty(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[EmptySite]:
    """The site of a city that has installed Pamong and made its accounts."""
    name = f"pamong_empty_{worker_id}"
    postgres.clone(name)
    url = postgres.server.url("app", name)
    operator = Actor.operator("uji", FRIDAY.date())
    site = EmptySite("", url, django_db_blocker, tmp_path)
    site.read(lambda: make_account(operator, OFFICER, OFFICER, NAMES[OFFICER]))
    site.read(lambda: make_account(operator, SECOND, OFFICER, "Endah Lestari, S.E."))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_DEMO", "0")
        patch.setenv("PAMONG_FILES", str(tmp_path / "store"))
        patch.setenv("PAMONG_CLOCK_OFFSET", str(round((FRIDAY - datetime.now(UTC)).total_seconds())))
        with serve(url, tmp_path / "site.log") as address, _Working(url, tmp_path / "worker.log"):
            yield replace(site, address=address)
    postgres.drop(name)


class _Working:
    """A worker of its own process until the block ends."""

    def __init__(self, url: str, log: Path) -> None:
        environ = os.environ | {
            "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(TOP),
            "PAMONG_SECRET_KEY": "hanya-untuk-uji",
        }  # fmt: skip
        self.log = log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER], cwd=TOP, env=environ, stdout=self.log, stderr=self.log
        )

    def __enter__(self) -> None:
        """It has started already."""

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()


def test_scene_1_copying_a_city(empty: EmptySite, tab: Tab) -> None:
    watcher = Watcher(tab)
    files = write_city(empty.folder / "berkas")
    sign_in(tab, empty.address, OFFICER)
    tab.get_by_role("link", name="Impor data").click()
    findings = look(tab, "scene-1-begin")
    chart = chart_is_stored(tab, files)
    contracts_are_stored(tab, files)
    findings += register_is_tried(tab, files)
    findings += twin_is_decided(tab, files)
    findings += second_officer_is_asked(tab)
    register, found = register_is_stored(tab, empty.address)
    findings += found + look(tab, "scene-1-stored")
    run = month_is_computed(tab, files)
    paid = write_paid(empty.folder / "dibayar-oktober.csv", empty.slips(run), files)
    differences_have_causes(tab, paid)
    findings += look(tab, "scene-1-compared")
    chart_can_not_be_taken_back(tab, chart)
    findings += register_can_be_taken_back(tab, empty.address, register)
    assert findings + watcher.findings == []


def chart_is_stored(tab: Tab, files: CityFiles) -> str:
    """On an empty site the chart comes first; its page leads on to the people."""
    expect(tab.get_by_role("radio", name="Peta jabatan")).to_be_checked()
    tab.get_by_label("Tanggal berkas").fill("2022-01-03")
    bring(tab, files.peta)
    expect(tab.locator("main")).to_contain_text("Tidak ada masalah")
    store(tab)
    chart = tab.url
    tab.get_by_role("link", name="Impor data ASN").click()
    return chart


def contracts_are_stored(tab: Tab, files: CityFiles) -> None:
    """SIASN hands out PPPK and PNS apart."""
    expect(tab.get_by_role("radio", name="Data ASN (ekspor SIASN)")).to_be_checked()
    bring(tab, files.contract)
    store(tab)
    expect(tab.locator(".ui-number", has_text="Baru").locator(".value")).to_have_text("54")
    tab.get_by_label("Bagian impor").get_by_role("link", name="Baris").click()
    expect(tab.locator("main tbody tr")).to_have_count(50)
    tab.get_by_role("link", name="Impor data").click()


def register_is_tried(tab: Tab, files: CityFiles) -> list[str]:
    """Problems stand by unit and by row, in words; nothing is stored yet."""
    bring(tab, files.civil)
    main, units = tab.locator("main"), tab.locator("#units")
    expect(main).to_contain_text("1 baris mungkin tentang orang yang sudah ada")
    expect(units.locator("tr", has_text=LACKING).locator("td")).to_have_text(
        ["0", str(files.lacking), str(files.lacking)]
    )
    findings = look(tab, "scene-1-tried")
    wide(tab)
    units.get_by_role("link", name=LACKING).click()
    expect(main.locator("tbody tr")).to_have_count(files.lacking)
    expect(main.locator("tbody")).to_contain_text("belum ada di data unit; jabatan tidak dicatat")
    tab.get_by_role("link", name="Tidak ikut disimpan").click()
    expect(main).to_contain_text("Tidak ada masalah di sini")
    tab.get_by_role("link", name="Tampilkan semua unit").click()
    refused = main.locator("tbody tr")
    expect(refused).to_have_count(3)
    expect(refused.filter(has_text="TMT GOLONGAN")).to_contain_text("31-02-2022 tidak ada di kalender")
    expect(refused.filter(has_text="mungkin satu orang")).to_have_count(2)
    tab.get_by_role("link", name="Perlu diperiksa").click()
    doubt = main.locator("tbody tr", has_text="berbeda dari tanggal lahir dalam NIP")
    expect(doubt).to_contain_text("01-01-1970")
    return findings + look(tab, "scene-1-problems")


def twin_is_decided(tab: Tab, files: CityFiles) -> list[str]:
    """A former PPPK is now CPNS under another NIP: one person, says the officer."""
    wide(tab)
    tab.get_by_role("link", name="Mungkin orang yang sama").click()
    expect(tab.get_by_role("heading", level=2)).to_contain_text(files.twin.name)
    expect(tab.locator("main")).to_contain_text("NIK sama")
    findings = look(tab, "scene-1-twins")
    wide(tab)
    tab.get_by_role("button", name="Orang ini").click()
    expect(tab.locator("main")).to_contain_text("Semua sudah diputuskan")
    tab.get_by_role("link", name="Kembali ke ringkasan").click()
    return findings


def second_officer_is_asked(tab: Tab) -> list[str]:
    """The one that was decided changes somebody known: who tried the file does not store that alone."""
    wide(tab)
    tab.get_by_role("button", name="Ajukan 245 baris").click()
    expect(tab.locator("main")).to_contain_text("Menunggu petugas kedua. 1 baris mengubah data pegawai")
    return look(tab, "scene-1-waiting")


def register_is_stored(tab: Tab, site: str) -> tuple[str, list[str]]:
    """The one that was decided goes in with the others; the first officer goes on."""
    wide(tab)
    register = tab.url
    become(tab, site, SECOND, register)
    expect(tab.get_by_role("button", name="Simpan 245 baris")).to_be_visible()
    tab.get_by_text("Tidak menyetujui impor ini").click()
    findings = look(tab, "scene-1-second")
    wide(tab)
    store(tab)
    numbers = tab.locator(".ui-number .value")
    expect(numbers).to_have_text(["244", "1", "0", "3"])
    become(tab, site, OFFICER, register)
    return register, findings


def become(tab: Tab, site: str, username: str, address: str) -> None:
    """Somebody else sits down at the desk, and opens the same page."""
    sign_out(tab)
    sign_in(tab, site, username)
    expect(tab.locator("details[data-menu] > summary")).to_be_visible()
    tab.goto(address)


def month_is_computed(tab: Tab, files: CityFiles) -> UUID:
    """The register is read, so no file of people is asked for; the month is for comparing."""
    wide(tab)
    tab.get_by_role("link", name="Hitung bulan sebagai pembanding").click()
    expect(tab.get_by_role("radio", name=re.compile("^Pembanding"))).to_be_checked()
    tab.get_by_label("Aturan daerah").select_option("Kota Contoh")
    tab.locator("#id_punches").set_input_files(files.month.punches)
    tab.locator("#id_monthly").set_input_files(files.month.monthly)
    tab.get_by_role("button", name="Hitung").click()
    expect(tab.locator("main")).to_contain_text("Dari 298 orang", timeout=PATIENCE)
    expect(tab.locator("main")).to_contain_text("Orang tidak ada di data pegawai: 2")
    return UUID(tab.url.rstrip("/").rsplit("/", 1)[1])


def differences_have_causes(tab: Tab, paid: PaidFile) -> None:
    """Every slip that differs stands under a cause or is said to be unexplained, and the totals agree."""
    tab.get_by_role("link", name="Cocokkan dengan yang dibayar").click()
    tab.get_by_label("Daftar yang sudah dibayar").set_input_files(paid.path)
    tab.get_by_role("button", name="Bandingkan").click()
    main = tab.locator("main")
    expect(main).to_contain_text("Selisih menurut sebabnya", timeout=PATIENCE)
    causes = tab.locator("table", has_text="Selisih menurut sebabnya")
    for cause in Cause:
        people, amount = paid.expected.get(cause.value, (0, 0))
        cells = causes.locator("tr", has_text=cause.label).locator("td")
        expect(cells.nth(0)).to_have_text(str(people))
        expect(cells.nth(1)).to_have_text(rupiah(amount))
    total = sum(amount for _, amount in paid.expected.values())
    expect(main).to_contain_text(f"selisih {rupiah(total)}")
    expect(main).to_contain_text("Selisih yang belum diketahui Rp275.000")
    for cause, name in paid.people.items():
        tab.get_by_label("Sebab", exact=True).select_option(cause)
        rows = tab.locator("#differences tbody")
        expect(rows).to_contain_text(name)
        expect(rows).to_contain_text(Cause(cause).label)
    tab.get_by_label("Sebab", exact=True).select_option("")
    expect(tab.locator("#differences tbody tr").nth(4)).to_be_visible()


def chart_can_not_be_taken_back(tab: Tab, chart: str) -> None:
    """People sit in its seats: the refusal says so, and the chart stays."""
    take_back(tab, chart)
    expect(tab.locator("main")).to_contain_text("Impor ini tidak dapat dibatalkan", timeout=PATIENCE)
    expect(tab.locator("main")).to_contain_text("jabatan")
    expect(tab.locator(".page-head")).to_contain_text("Tersimpan")


def register_can_be_taken_back(tab: Tab, site: str, register: str) -> list[str]:
    """Nothing was built upon it: what two stored goes once the second agrees, and what was computed stays."""
    take_back(tab, register, "Ajukan pembatalan")
    expect(tab.locator("main")).to_contain_text("Menunggu petugas kedua. Sampai ia setuju")
    become(tab, site, SECOND, site)
    tab.get_by_role("link", name=re.compile("Pembatalan impor|Periksa")).first.click()
    tab.locator("main tbody tr").first.get_by_role("link").click()
    findings = look(tab, "scene-1-recalling")
    wide(tab)
    tab.get_by_role("button", name="Setuju, batalkan impor").click()
    expect(tab.locator(".page-head")).to_contain_text("Dibatalkan", timeout=PATIENCE)
    expect(tab.locator("main")).to_contain_text("Dibatalkan oleh Endah Lestari, S.E.: Salah berkas")
    become(tab, site, OFFICER, register)
    tab.get_by_role("link", name="Pegawai", exact=True).click()
    expect(tab.locator("#people")).to_contain_text("54 orang")
    tab.get_by_role("link", name="Tunjangan", exact=True).click()
    expect(tab.locator("main tbody tr")).to_have_count(1)
    expect(tab.locator("main tbody tr")).to_contain_text("dari 298")
    return findings


def bring(tab: Tab, file: Path) -> None:
    """Choose a file and wait until it has been tried."""
    wide(tab)
    tab.get_by_label("Berkas", exact=True).set_input_files(file)
    tab.get_by_role("button", name="Coba berkas ini").click()
    expect(tab.locator(".page-head")).to_contain_text("Sudah dicoba", timeout=PATIENCE)


def store(tab: Tab) -> None:
    """Store what was tried and wait for it."""
    tab.get_by_role("button", name=re.compile(r"Simpan \d+ baris")).click()
    expect(tab.locator(".page-head")).to_contain_text("Tersimpan", timeout=PATIENCE)


def take_back(tab: Tab, address: str, button: str = "Batalkan impor") -> None:
    """Ask for an import to be undone; ``button`` says what pressing it does."""
    wide(tab)
    tab.goto(address)
    tab.get_by_text("Batalkan impor ini").click()
    tab.get_by_label("Alasan").fill("Salah berkas")
    tab.get_by_role("button", name=button, exact=True).click()


def wide(tab: Tab) -> None:
    """As before the pictures."""
    tab.set_viewport_size({"width": 1280, "height": 800})
