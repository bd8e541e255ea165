"""Journeys among people: the search by keyboard, a file through time, a number in full with its reason."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look

pytestmark = pytest.mark.browser


def test_somebody_is_found_by_the_keyboard_alone(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    tab.goto(f"{site.address}/aturan/peraturan/")
    tab.keyboard.press("/")
    expect(tab.get_by_label("Cari pegawai")).to_be_focused()
    tab.keyboard.type("ma")
    found = tab.locator(".site-search .found a")
    expect(found.first).to_contain_text("Bernadeta Mariana Hurek")
    findings = look(tab, "journey-search")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.get_by_label("Cari pegawai").focus()  # on a phone there is no box, so it lost the focus
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_label("Cari pegawai")).to_be_focused()
    expect(found).to_have_count(0)
    tab.keyboard.type("ketut")
    expect(found.first).to_contain_text("Ketut Sariasih")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ketut Sariasih")
    assert findings + watcher.findings == []


def test_enter_in_the_search_leads_to_its_page(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "superior")
    tab.get_by_label("Cari pegawai").fill("melati")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(f"{site.address}/cari/?q=melati")
    expect(tab.locator("main .found")).to_contain_text("Puskesmas Melati")


def test_a_date_changes_the_whole_file_in_place(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "inspector")
    tab.goto(f"{site.address}/pegawai/{site.world.city.persons['chief']}/")
    expect(tab.locator(".person-head")).not_to_contain_text("Merangkap")
    tab.get_by_label("Keadaan per").fill("2023-08-17")
    expect(tab.locator(".as-of-note")).to_contain_text("Ini keadaan pada 17 Agustus 2023")
    expect(tab.locator(".person-head")).to_contain_text("Plt. Sekretaris Daerah")
    expect(tab).to_have_url(
        f"{site.address}/pegawai/{site.world.city.persons['chief']}/?per=2023-08-17&diketahui="
    )
    tab.get_by_role("link", name="Jabatan & golongan").click()
    expect(tab.locator(".as-of-note")).to_contain_text("17 Agustus 2023")
    tab.get_by_role("link", name="Kembali ke hari ini").click()
    expect(tab.locator(".as-of-note")).to_have_count(0)
    assert watcher.findings == []


def test_a_number_is_opened_in_place_and_its_owner_reads_why(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "inspector")
    tab.goto(f"{site.address}/pegawai/{site.world.city.persons['own']}/data-pribadi/")
    tab.get_by_role("link", name="Tampilkan NIK").click()
    findings = look(tab, "journey-reveal")
    tab.get_by_label("Mengapa Anda perlu NIK lengkap?").fill("Mencocokkan dengan KTP")
    tab.locator(".reveal-form").get_by_role("button", name="Tampilkan").click()
    expect(tab.locator(".masked strong")).to_have_text("9901010202850001")
    tab.context.clear_cookies()
    sign_in(tab, site.address, "employee")
    tab.goto(f"{site.address}/data-saya/dilihat/")
    expect(tab.locator("main")).to_contain_text("Membuka NIK lengkap")
    expect(tab.locator("main")).to_contain_text("Mencocokkan dengan KTP")
    assert findings + watcher.findings == []


def test_the_directory_answers_while_typing(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    tab.goto(f"{site.address}/pegawai/")
    tab.keyboard.press("/")
    tab.keyboard.type("tigor")
    expect(tab.locator("#people tbody tr")).to_have_count(1)
    tab.get_by_label("Keadaan", exact=True).select_option("sudah berakhir")
    expect(tab.locator("#people")).to_contain_text("Tidak ada yang cocok")
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(f"{site.address}/pegawai/")
    expect(tab.get_by_label("Golongan")).to_be_hidden()
    tab.get_by_label("Saringan lain").check()
    expect(tab.get_by_label("Golongan")).to_be_visible()
    assert watcher.findings == []
