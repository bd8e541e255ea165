"""An officer brings what machines say: a file, whose a number is, a sheet whose columns she chooses; the day
of the one it is about changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in, sign_out
from tests.browser.look import Watcher, look

pytestmark = pytest.mark.browser

LOG = (
    b"7\t2026-11-02 07:29:31\t1\t0\t1\t0\n"
    b"7\t2026-11-02 16:03:10\t1\t1\t1\t0\n"
    b"7\t2000-01-01 00:03:11\t1\t0\t1\t0\n"
    b"7\t2026-02-30 07:00:00\t1\t0\t1\t0\n"
)
SHEET = b"Nomor;Nama;Tgl;Datang;Pulang\n7;Ketut;03/11/2026;07.31;16.05\n"


def file_of(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_an_officer_brings_a_file_an_owner_and_a_sheet_and_a_day_changes(site: Site, tab: Tab) -> None:
    watcher, findings = Watcher(tab), list[str]()
    sign_in(tab, site.address, "personnel_officer")
    tab.goto(f"{site.address}/presensi/mesin/")
    tab.get_by_role("link", name="Masukkan berkas").click()
    tab.get_by_label("Mesin", exact=True).select_option(label="GUDANG-1 · Gudang")
    tab.get_by_label("Berkas dari mesin").set_input_files(file_of("1_attlog.dat", LOG))  # type: ignore[arg-type]
    tab.get_by_label("Data lengkap sampai tanggal").fill("02-11-2026")
    tab.get_by_label("Pukul").fill("18.00")
    tab.get_by_role("button", name="Periksa berkas ini").click()
    main = tab.locator("main")
    expect(main).to_contain_text("Tampaknya attlog.dat dari mesin.")
    expect(main).to_contain_text("dianggap lengkap sampai 2 November 2026, 18.00")
    findings += look(tab, "journey-machine-file")
    tab.get_by_role("button", name="Simpan presensi").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Mesin GUDANG-1")
    expect(main).to_contain_text("Berkas disimpan: 2 presensi baru, 0 sudah ada, 2 disisihkan.")
    expect(main).to_contain_text("Data lengkap sampai 2 November 2026, 18.00")
    findings += look(tab, "journey-machine")
    tab.get_by_role("link", name="2 baris disisihkan").click()
    expect(main).to_contain_text("Setel jam mesin.")
    findings += look(tab, "journey-machine-aside")
    findings += _own(tab)
    findings += _choose_columns(tab)
    sign_out(tab)
    sign_in(tab, site.address, "superior")
    mate = site.world.city.persons["mate"]
    tab.goto(f"{site.address}/presensi/pegawai/{mate}/?bulan=2026-11")
    expect(tab.locator("#hari-2")).to_contain_text("07.29")
    expect(tab.locator("#hari-3")).to_contain_text("16.05")
    assert findings + watcher.findings == []


def _own(tab: Tab) -> list[str]:
    """Say whose the number of the file is."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.get_by_role("link", name="GUDANG-1").click()
    tab.get_by_role("link", name="Lihat PIN dan pemiliknya").click()
    found = look(tab, "journey-machine-unknown")
    tab.get_by_role("link", name="Catat pemilik PIN 7").click()
    tab.get_by_label("Nama atau awal NIP pegawai").fill("ketut")
    tab.keyboard.press("Enter")
    tab.get_by_label("Ketut Sariasih").check()
    found += look(tab, "journey-machine-owner")
    tab.get_by_role("button", name="Catat pemilik").click()
    expect(tab.locator("main")).to_contain_text("Pemilik PIN 7 dicatat.")
    expect(tab.get_by_role("link", name="Ketut Sariasih")).to_be_visible()
    return found + look(tab, "journey-machine-numbers")


def _choose_columns(tab: Tab) -> list[str]:
    """Bring a sheet that nothing but its columns explains."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.get_by_role("link", name="GUDANG-1").first.click()
    tab.get_by_role("link", name="Masukkan berkas").click()
    tab.get_by_label("Berkas dari mesin").set_input_files(file_of("hadir.csv", SHEET))  # type: ignore[arg-type]
    tab.get_by_label("Data lengkap sampai tanggal").fill("03-11-2026")
    tab.get_by_label("Pukul").fill("18.00")
    tab.get_by_role("button", name="Periksa berkas ini").click()
    expect(tab.locator("main")).to_contain_text("Bentuk lembar ini belum dikenal")
    found = look(tab, "journey-machine-columns")
    for heading, held in {"NOMOR": "PIN", "TGL": "Tanggal", "DATANG": "Jam", "PULANG": "Jam"}.items():
        tab.get_by_label(heading, exact=True).select_option(label=held)
    tab.get_by_role("button", name="Lihat hasil baca").click()
    expect(tab.locator("main")).to_contain_text("Tampaknya lembar, kolomnya dipilih petugas.")
    found += look(tab, "journey-machine-sheet")
    tab.get_by_role("button", name="Simpan presensi").click()
    expect(tab.locator("main")).to_contain_text("Berkas disimpan: 2 presensi baru")
    expect(tab.locator("main")).to_contain_text("Data lengkap sampai 3 November 2026, 18.00")
    return found


def test_every_page_of_machines_at_two_widths(site: Site, tab: Tab) -> None:
    watcher, findings = Watcher(tab), list[str]()
    sign_in(tab, site.address, "personnel_officer")
    device, group = (site.world.city.desk[key] for key in ("device", "machine_group"))
    paths = [
        "berkas/", "baru/", "lokasi-baru/", f"{device}/berkas/", f"{device}/disisihkan/", f"{device}/pindah/",
        f"{device}/akhiri/", f"kelompok/{group}/", f"kelompok/{group}/pemilik/", f"kelompok/{group}/daftar/",
    ]  # fmt: skip
    for number, path in enumerate(paths):
        answer = tab.goto(f"{site.address}/presensi/mesin/{path}")
        assert answer is not None and answer.status == 200
        findings += look(tab, f"machines-{number}")
    assert findings + watcher.findings == []
