"""What a person does with the frame: sign-in, second factor, look, language, keys, filter, explanations."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in, sign_out
from tests.browser.look import Watcher, look
from tests.browser.world import CAREFUL, PASSWORD

pytestmark = pytest.mark.browser


def code_now(secret: str) -> str:
    """The six digits that an authenticator app shows (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_wrong_password_tells_what_to_do_and_keeps_the_name(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "employee", "bukan-kata-sandinya")
    expect(tab.get_by_role("alert")).to_contain_text("Nama pengguna atau kata sandi tidak cocok")
    expect(tab.get_by_role("alert")).to_be_focused()
    expect(tab.get_by_label("Nama pengguna")).to_have_value("employee")
    assert look(tab, "journey-wrong-password") + watcher.findings == []


def test_second_factor(site: Site, tab: Tab) -> None:
    findings = []
    watcher = Watcher(tab)
    sign_in(tab, site.address, CAREFUL)
    tab.goto(f"{site.address}/profil/")
    tab.get_by_role("link", name="Pasang faktor kedua").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Pastikan ini Anda")
    tab.get_by_label("Kata sandi").fill(PASSWORD)
    tab.get_by_role("button", name="Lanjutkan").click()
    findings += look(tab, "journey-activate")
    secret = tab.locator("form code").inner_text()
    tab.get_by_label("Kode dari aplikasi").fill(code_now(secret))
    tab.get_by_role("button", name="Pasang").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Kode cadangan")
    findings += look(tab, "journey-recovery-codes")
    codes = tab.locator(".ui-codes code").all_inner_texts()
    tab.get_by_role("link", name="Buat kode baru").click()
    findings += look(tab, "journey-new-recovery-codes")
    tab.goto(f"{site.address}/profil/")
    expect(tab.get_by_text("Faktor kedua aktif")).to_be_visible()
    tab.get_by_role("link", name="Lepas faktor kedua").click()
    findings += look(tab, "journey-deactivate")
    tab.goto(f"{site.address}/profil/pastikan/kode/")
    findings += look(tab, "journey-reauthenticate")

    tab.set_viewport_size({"width": 1280, "height": 800})
    sign_out(tab)
    sign_in(tab, site.address, CAREFUL)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Masukkan kode")
    findings += look(tab, "journey-code")
    tab.get_by_label("Kode").fill("000000")
    tab.get_by_role("button", name="Masuk").click()
    expect(tab.get_by_role("alert")).to_contain_text("Kode tidak cocok")
    tab.get_by_label("Kode").fill(codes[0])
    tab.get_by_role("button", name="Masuk").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Beranda")
    assert findings + watcher.findings == []


def test_look_is_kept_and_changes_at_once(site: Site, tab: Tab) -> None:
    tab.emulate_media(color_scheme="light")
    sign_in(tab, site.address, "employee")
    ground = tab.locator("body")
    expect(ground).to_have_css("background-color", "rgb(250, 248, 245)")
    tab.locator("details[data-menu] > summary").click()
    tab.get_by_role("button", name="Gelap").click()
    expect(ground).to_have_css("background-color", "rgb(22, 24, 29)")
    tab.reload()
    expect(ground).to_have_css("background-color", "rgb(22, 24, 29)")


def test_english_is_a_choice(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "employee")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Beranda")
    tab.locator("details[data-menu] > summary").click()
    tab.get_by_role("button", name="English").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Home")
    assert tab.locator("html").get_attribute("lang") == "en"


def test_slash_goes_to_the_search_and_escape_closes_a_menu(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "system_operator")
    tab.goto(f"{site.address}/galeri/")
    tab.keyboard.press("/")
    expect(tab.get_by_label("Cari pegawai atau aturan")).to_be_focused()
    menu = tab.locator("details[data-menu]")
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    tab.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")


def test_table_filters_by_typing(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "system_operator")
    tab.goto(f"{site.address}/galeri/")
    tab.get_by_label("Saring dengan mengetik").fill("dinas SOSIAL")
    rows = tab.locator("#sample tbody tr:visible")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Bernadeta Mariana Hurek")
    expect(tab.locator("[data-filter-status]")).to_have_text("1 baris cocok")


def test_number_loads_where_it_comes_from_when_opened(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "system_operator")
    tab.goto(f"{site.address}/galeri/")
    number = tab.locator("details[data-lazy]")
    number.locator("summary").click()
    expect(number.locator(".origin-body")).to_contain_text("Peraturan Wali Kota Contoh, Pasal 13")
    assert look(tab, "journey-origin") + watcher.findings == []


def test_origin_page_works_without_scripts(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "system_operator")
    browser = tab.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=tab.context.storage_state())
    page = plain.new_page()
    page.goto(f"{site.address}/galeri/")
    page.locator("details[data-lazy] summary").click()
    page.get_by_role("link", name="Buka penjelasan angka ini").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dari mana angka ini?")
    page.locator("details[data-menu] > summary").click()
    page.get_by_role("button", name="Gelap").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    plain.close()


def test_no_request_leaves_the_site(site: Site, tab: Tab) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    sign_in(tab, site.address, "system_operator")
    tab.goto(f"{site.address}/galeri/")
    strangers = [url for url in asked if not re.match(rf"({re.escape(site.address)}/|data:)", url)]
    assert asked and strangers == []
