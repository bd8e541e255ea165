"""Journeys of an officer through the organisation: to whom a seat reports, how many people a unit needs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.browser.world import SECOND_OFFICER

pytestmark = pytest.mark.browser
JANUARY = "2027-01-04"


def test_an_officer_lets_a_seat_report_to_another(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    tab.goto(f"{site.address}/organisasi/posisi/{site.world.city.seats['mate']}/")
    tab.get_by_role("link", name="Ubah atasan").click()
    tab.get_by_label("Berlaku mulai").fill(JANUARY)
    tab.get_by_role("searchbox", name="Cari Melapor kepada").press_sequentially("pengelola kepegawaian")
    tab.get_by_label("Pengelola Kepegawaian").check()
    tab.get_by_label("Alasan").fill("Pembagian tugas baru")
    tab.evaluate("() => scrollTo(0, 0)")  # or the head of the page covers a part of a field
    findings = look(tab, "journey-line-form")
    tab.get_by_role("button", name="Lihat yang akan terjadi").click()
    expect(tab.get_by_role("main")).to_contain_text("Sebelumnya kepada Kepala Dinas.")
    findings += look(tab, "journey-line-confirm")
    tab.get_by_role("button", name="Kirim usulan").click()
    expect(tab.get_by_role("main")).to_contain_text("Petugas lain yang memutuskannya")
    findings += look(tab, "journey-line-proposed")
    findings += approved(tab, site)
    tab.goto(f"{site.address}/organisasi/posisi/{site.world.city.seats['mate']}/")
    expect(tab.get_by_role("main")).to_contain_text("Melapor kepada")
    assert findings + watcher.findings == []


def test_an_officer_states_what_a_unit_needs(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    page = f"{site.address}/organisasi/unit/{site.world.city.units['pkm_melati']}/"
    tab.goto(page)
    findings = look(tab, "journey-needs-none")
    tab.get_by_role("link", name="Isi kebutuhan", exact=True).click()
    tab.get_by_label("Berlaku mulai").fill(JANUARY)
    tab.get_by_label("Perawat Ahli Pertama").fill("4")
    tab.get_by_role("searchbox", name="Cari Jabatan lain").press_sequentially("pengelola data")
    tab.get_by_label("Pengelola Data").check()
    tab.get_by_role("button", name="Lihat yang akan terjadi").click()
    expect(tab.get_by_role("main")).to_contain_text("Isi jumlah untuk jabatan lain itu.")
    watcher.findings.clear()  # the form answers 422 to a fault
    findings += look(tab, "journey-needs-form")
    tab.get_by_label("Kebutuhan jabatan lain itu").fill("1")
    tab.get_by_label("Alasan").fill("Analisis beban kerja 2026")
    tab.get_by_label("Nomor SK atau surat edaran").fill("SE 060/77/2026")
    tab.get_by_label("Tanggal SK atau surat edaran").fill("2026-11-02")
    tab.get_by_role("button", name="Lihat yang akan terjadi").click()
    expect(tab.get_by_role("main")).to_contain_text("Terisi 1, kurang 3.")
    findings += look(tab, "journey-needs-confirm")
    tab.get_by_role("button", name="Kirim usulan").click()
    findings += approved(tab, site)
    tab.goto(f"{page}?per={JANUARY}")
    expect(tab.get_by_role("main")).to_contain_text("kurang 3")
    findings += look(tab, "journey-needs-unit")
    assert findings + watcher.findings == []


def approved(tab: Tab, site: Site) -> list[str]:
    """The second officer is told of the proposal that is open, looks at what it will do, and approves it."""
    address = tab.url
    tab.context.clear_cookies()
    sign_in(tab, site.address, SECOND_OFFICER)
    expect(tab.get_by_role("main")).to_contain_text("Usulan organisasi")
    tab.goto(f"{site.address}/organisasi/usulan/")
    findings = look(tab, "journey-proposals")
    tab.goto(address)
    findings += look(tab, "journey-proposal-decide")
    tab.get_by_role("button", name="Setujui").click()
    expect(tab.get_by_role("main")).to_contain_text("Usulan disetujui dan tersimpan.")
    return findings


def test_an_officer_fills_a_vacant_seat(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    tab.goto(f"{site.address}/organisasi/posisi/{site.world.city.seats['free']}/")
    expect(tab.get_by_role("main")).to_contain_text("Pemangku sebelumnya")
    findings = look(tab, "journey-fill-seat")
    tab.get_by_role("link", name="Isi posisi ini").click()
    tab.get_by_label("Nama atau awal NIP pegawai").fill("tigor")
    tab.get_by_role("main").get_by_role("button", name="Cari").click()
    findings += look(tab, "journey-fill-choose")
    tab.get_by_role("link", name="Tigor Marpaung").click()
    expect(tab.get_by_label("Pengelola Data, Dinas Kesehatan")).to_be_checked()
    findings += look(tab, "journey-fill-form")
    assert findings + watcher.findings == []


def test_an_officer_settles_two_heads_of_a_merge(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    tab.goto(f"{site.address}/organisasi/penataan/baru/")
    tab.get_by_label("Judul").fill("Penggabungan dinas")
    tab.get_by_label("Berlaku mulai").fill(JANUARY)
    tab.get_by_role("button", name="Simpan").click()
    tab.get_by_role("link", name="Gabungkan beberapa unit").click()
    for words, name in (("sekretariat", "Sekretariat Daerah"), ("kesehatan", "Dinas Kesehatan")):
        typed = tab.get_by_role("searchbox", name="Cari Unit yang digabung")
        typed.fill("")
        typed.press_sequentially(words)
        tab.get_by_label(name).check()
    tab.get_by_label("Nama unit baru").fill("Sekretariat Gabungan")
    tab.get_by_role("button", name="Tambah ke rancangan").click()
    tab.get_by_role("link", name="Lihat yang akan terjadi").click()
    findings = look(tab, "journey-merge-preview")
    tab.get_by_role("link", name="dua pemimpin").click()
    findings += look(tab, "journey-merge-seats")
    tab.get_by_label("memimpin unitnya").first.uncheck()
    tab.get_by_role("button", name="Simpan tujuan").click()
    tab.get_by_role("link", name="Lihat yang akan terjadi").click()
    expect(tab.get_by_role("main")).not_to_contain_text("dua pemimpin")
    findings += look(tab, "journey-merge-settled")
    assert findings + watcher.findings == []


def test_an_operator_finds_the_owner_of_an_account_and_picks_a_unit(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "system_operator")
    tab.goto(f"{site.address}/akun/careful/")
    tab.get_by_label("Nama pegawai, atau NIP lengkap").fill("tigor")
    tab.get_by_role("main").get_by_role("button", name="Cari").first.click()
    expect(tab.get_by_label("Tigor Marpaung")).to_be_visible()
    expect(tab.locator("main")).to_contain_text("namanya berbeda dari nama akun")
    tab.get_by_role("searchbox", name="Cari Unit").press_sequentially("kesehatan")
    tab.get_by_label("Dinas Kesehatan", exact=False).check()
    findings = look(tab, "journey-account-owner")
    assert findings + watcher.findings == []
