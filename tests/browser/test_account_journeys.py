"""The journey of an account: one operator makes it and asks, another decides, one alone takes a role back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.browser.world import SECOND_OPERATOR

pytestmark = pytest.mark.browser


def test_two_operators_link_an_account_and_one_ends_its_role(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "system_operator")
    tab.goto(f"{site.address}/akun/")
    tab.get_by_label("Nama pengguna").fill("ketut")
    tab.get_by_label("Nama lengkap").fill("Ketut")
    tab.get_by_role("button", name="Buat akun").click()
    findings = _ask_for_both(tab, watcher)
    tab.context.clear_cookies()
    sign_in(tab, site.address, SECOND_OPERATOR)
    tab.goto(f"{site.address}/akun/permintaan/")
    asked = tab.locator("tr", has_text="ketut").filter(has=tab.get_by_role("button", name="Laksanakan"))
    expect(asked).to_have_count(2)
    expect(asked.filter(has_text="Dihubungkan")).to_contain_text("nama akun berbeda dari nama pegawainya")
    findings += look(tab, "journey-account-asked")
    for what, told in (("Peran", "Peran diberikan mulai hari ini"), ("Dihubungkan", "Akun terhubung")):
        asked.filter(has_text=what).get_by_role("button", name="Laksanakan").click()
        expect(tab.locator("main")).to_contain_text(told)
    tab.goto(f"{site.address}/akun/ketut/")
    tab.get_by_text("Bukan orang ini?").click()
    findings += look(tab, "journey-account-linked")
    tab.get_by_role("link", name="Akhiri").click()
    tab.get_by_label("Alasan").fill("Salah pilih orang")
    tab.get_by_role("button", name="Akhiri peran").click()
    expect(tab.locator("main")).to_contain_text("berlaku beberapa saat pada hari ini")
    assert findings + watcher.findings == []


def _ask_for_both(tab: Tab, watcher: Watcher) -> list[str]:
    """Whose the account is and a role, on its page; a reason that says nothing is told."""
    address = tab.url
    tab.goto(f"{address}?pegawai=ketut")
    tab.get_by_label("Ketut Sariasih").check()
    asking = tab.locator("form", has_text="Pegawai yang cocok")
    asking.get_by_label("Alasan").fill("tes")
    watcher.expect(tab.url)
    asking.get_by_role("button", name="Minta dihubungkan").click()
    expect(tab.get_by_role("alert")).to_contain_text("Tulis alasannya dengan kata-kata")
    expect(tab.get_by_label("Ketut Sariasih")).to_be_checked()
    findings = look(tab, "journey-account-told")
    asking.get_by_label("Alasan").fill("Dicocokkan dengan KTP")
    asking.get_by_role("button", name="Minta dihubungkan").click()
    expect(tab.locator("tr", has_text="Dihubungkan dengan Ketut Sariasih")).to_contain_text("Menunggu")
    tab.goto(address)
    role = tab.locator("form", has_text="Kosongkan bila")
    role.get_by_label("Peran").select_option("unit_clerk")
    role.get_by_label("Alasan").fill("Tugas baru menurut SK")
    role.get_by_role("button", name="Minta peran").click()
    expect(tab.locator("main")).to_contain_text("Operator lain memutuskannya")
    return findings


def test_the_head_tells_how_much_waits_and_the_profile_takes_an_address(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    tab.goto(f"{site.address}/profil/")
    expect(tab.locator(".bell .number")).to_have_text(re.compile(r"\d"))
    tab.get_by_label("Alamat surel").fill("petugas@uji.example")
    tab.get_by_role("button", name="Simpan").click()
    expect(tab.locator("main")).to_contain_text("Tersimpan.")
    expect(tab.locator(".bell .number")).to_be_visible()
    findings = look(tab, "journey-profile-mail")
    tab.get_by_role("link", name=re.compile(r"Menunggu Anda\s*: \d+")).click()
    expect(tab.get_by_role("heading", name="Menunggu Anda")).to_be_visible()
    assert tab.url.endswith("/#waiting")
    assert findings + watcher.findings == []
