"""An employee looks at his days: a strip, a day's reason, the month before, by keyboard too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look

pytestmark = pytest.mark.browser


def test_an_employee_follows_a_late_day_to_its_reason(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "employee")
    tab.get_by_role("link", name="Presensi", exact=True).first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Presensi saya")
    expect(tab.get_by_role("heading", level=2).first).to_have_text("November 2026")
    expect(tab.locator("#hari-6")).to_contain_text("Pulang tidak tercatat")
    tab.get_by_role("link", name="Bulan sebelumnya").click()
    expect(tab.get_by_role("heading", level=2).first).to_have_text("Oktober 2026")
    day = tab.locator(".day-strip a[href='#hari-13']")
    day.focus()
    tab.keyboard.press("Enter")
    row = tab.locator("#hari-13")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Masuk 08.04, 34 menit sesudah jam masuk.")
    expect(tab.locator("#hari-22")).to_contain_text("Tidak ada presensi")
    assert look(tab, "journey-days") + watcher.findings == []


def test_a_superior_opens_the_days_of_one_he_leads(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "superior")
    tab.goto(f"{site.address}/pegawai/{site.world.city.persons['own']}/")
    tab.locator("main").get_by_role("link", name="Presensi", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Presensi Suparman")
    expect(tab.locator("main")).to_contain_text("Data mesin lengkap sampai 10 November 2026, 07.30.")
