"""A month's work from the employee's phone to his superior's one button."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in, sign_out
from tests.browser.look import Watcher, look

pytestmark = pytest.mark.browser
WHY = "Dua kegiatan bukan tugas jabatannya"


def test_a_month_is_sent_in_ten_seconds_and_verified_by_exception(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "employee")
    tab.get_by_role("link", name="Kinerja saya").click()
    expect(tab.get_by_role("heading", level=2).first).to_have_text("Oktober 2026")
    expect(tab.get_by_label("Menit kerja bulan ini")).to_have_value("6.600")
    found = look(tab, "journey-month-own")
    tab.get_by_label("Catatan untuk atasan").fill("Tiga hari pelatihan di luar kota")
    tab.get_by_role("button", name="Kirim").click()
    expect(tab.locator("main")).to_contain_text("Menunggu verifikasi")
    sign_out(tab)
    sign_in(tab, site.address, "superior")
    tab.get_by_role("link", name="Kinerja tim").click()
    row = tab.get_by_role("row", name="Suparman")
    expect(row).to_contain_text("Tiga hari pelatihan di luar kota")
    row.get_by_text("Ubah", exact=False).first.click()
    row.get_by_label("Menit kerja").fill("6.000")
    found += look(tab, "journey-month-team")
    tab.get_by_role("button", name="Verifikasi yang dicentang").click()
    expect(tab.get_by_role("alert")).to_contain_text("Suparman: Tulis alasannya")
    watcher.expect(tab.url)
    found += look(tab, "journey-month-refused")
    tab.get_by_role("row", name="Suparman").get_by_label("Alasan bila Anda mengubah").fill(WHY)
    tab.get_by_role("button", name="Verifikasi yang dicentang").click()
    expect(tab.locator("main")).to_contain_text("1 terverifikasi")
    sign_out(tab)
    sign_in(tab, site.address, "employee")
    tab.goto(f"{site.address}/kinerja/bulan-saya/?bulan=2026-10")
    expect(tab.locator("main")).to_contain_text(f"Anda mengisi 6.600 menit. Alasan perubahan: {WHY}")
    found += look(tab, "journey-month-verified")
    assert found + [each for each in watcher.findings if "422" not in each] == []
