"""Journeys of two people: one proposes or asks, another decides, and the first one learns of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.browser.world import FORGETFUL, NAMES, SECOND_OPERATOR

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ADDRESS = "Jl. Enggang No. 7, Kota Uji"
NEW = "tujuh-perahu-pinisi"


def test_an_employee_proposes_and_another_decides(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    findings = _propose(tab, site, ADDRESS, "Pindah rumah dinas")
    _propose(tab, site, "Jl. Salah Ketik", "Keliru menulis nomor")
    _become(tab, site, "personnel_officer")
    _open_entry(tab, site, "Pindah rumah dinas")
    expect(tab.locator("main")).to_contain_text(ADDRESS)
    findings += look(tab, "journey-entry-decided")
    evidence = tab.get_by_role("link", name="ktp.pdf")
    answer = tab.request.get(f"{site.address}{evidence.get_attribute('href')}")
    assert (answer.status, answer.headers["content-type"], answer.body()) == (200, "application/pdf", PDF)
    tab.get_by_role("button", name="Setujui").click()
    expect(tab.locator("main")).to_contain_text("Usulan disetujui dan sudah berlaku")
    _open_entry(tab, site, "Keliru menulis nomor")
    watcher.expect(tab.url)
    tab.get_by_role("button", name="Tolak").click()
    expect(tab.get_by_role("alert")).to_contain_text("Tulis alasan")
    tab.get_by_label("Jawaban").fill("Nomor rumahnya belum ada di KTP")
    tab.get_by_role("button", name="Tolak").click()
    expect(tab.locator("main")).to_contain_text("Usulan ditolak")
    _become(tab, site, "employee")
    tab.goto(f"{site.address}/data-saya/")
    findings += look(tab, "journey-own-entries")
    mine = tab.locator("table", has_text="Usulan Anda")
    approved = mine.locator("tr", has_text="Pindah rumah dinas")
    expect(approved).to_contain_text("Disetujui")
    expect(approved).to_contain_text(NAMES["personnel_officer"])
    refused = mine.locator("tr", has_text="Keliru menulis nomor")
    expect(refused).to_contain_text("Ditolak")
    expect(refused).to_contain_text("Nomor rumahnya belum ada di KTP")
    expect(tab.locator("section", has_text="Kontak")).to_contain_text(ADDRESS)
    refused.get_by_role("link").click()
    expect(tab.locator("main")).to_contain_text("Nomor rumahnya belum ada di KTP")
    assert findings + watcher.findings == []


def test_a_reset_takes_two_operators_and_the_owner(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    _become(tab, site, "system_operator")
    tab.goto(f"{site.address}/akun/{FORGETFUL}/")
    tab.get_by_label("Yang diatur ulang").select_option("password")
    tab.locator("form", has_text="Yang diatur ulang").get_by_label("Alasan").fill("Lupa kata sandi")
    tab.get_by_role("button", name="Minta atur ulang").click()
    expect(tab.locator("main")).to_contain_text("Operator lain memutuskannya")
    asked = tab.locator("tr", has_text=FORGETFUL)
    expect(asked).to_contain_text("Menunggu")
    expect(asked.get_by_role("button", name="Laksanakan")).to_have_count(0)
    _become(tab, site, SECOND_OPERATOR)
    tab.get_by_role("link", name="Akun").first.click()
    tab.get_by_role("link", name="Buka permintaannya").click()
    findings = look(tab, "journey-account-requests")
    asked.get_by_role("button", name="Laksanakan").click()
    shown = tab.locator("section", has_text="Tautan sekali pakai")
    link = shown.locator("code").inner_text()
    findings += look(tab, "journey-reset-link")
    tab.goto(f"{site.address}/akun/permintaan/")
    expect(shown).to_have_count(0)
    watcher.expect(link)
    findings += _owner_makes_a_password(tab, link)
    sign_in(tab, site.address, FORGETFUL, NEW)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Beranda")
    tab.context.clear_cookies()
    answer = tab.goto(link)
    assert answer is not None and answer.status == 404
    expect(tab.locator("body")).to_contain_text("Tautan ini sudah dipakai atau lewat waktunya")
    findings += look(tab, "journey-reset-link-dead")
    assert findings + watcher.findings == []


def _owner_makes_a_password(tab: Tab, link: str) -> list[str]:
    """Signed out, by the link alone; two that differ are told before anything is kept."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.context.clear_cookies()
    tab.goto(link)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Kata sandi baru")
    findings = look(tab, "new_password")
    first, second = tab.locator("#id_password1"), tab.locator("#id_password2")
    first.fill(NEW)
    second.fill("lain-lagi-ini")
    tab.get_by_role("button", name="Simpan kata sandi").click()
    expect(tab.get_by_role("alert")).to_contain_text("Kata sandi yang kedua berbeda")
    first.fill(NEW)
    second.fill(NEW)
    tab.get_by_role("button", name="Simpan kata sandi").click()
    expect(tab.locator("body")).to_contain_text("Kata sandi baru tersimpan")
    return findings


def _propose(tab: Tab, site: Site, address: str, reason: str) -> list[str]:
    """Fill in a new address with its evidence, see what would follow, send."""
    _become(tab, site, "employee")
    tab.goto(f"{site.address}/data-saya/")
    contact = tab.locator("section", has=tab.get_by_role("heading", name="Kontak"))
    contact.get_by_role("link", name="Usulkan perubahan").click()
    tab.get_by_label("Alamat").fill(address)
    tab.get_by_label("Alasan").fill(reason)
    file: FilePayload = {"name": "ktp.pdf", "mimeType": "application/pdf", "buffer": PDF}
    tab.get_by_label("Bukti").set_input_files(file)
    tab.get_by_role("button", name="Lihat akibatnya").click()
    follows = tab.get_by_role("heading", name="Yang akan terjadi")
    expect(follows).to_be_in_viewport()
    expect(follows).to_be_focused()
    expect(tab.locator("main")).to_contain_text("1 berkas bukti sudah tersimpan")
    findings = look(tab, "journey-propose-preview")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.get_by_role("button", name="Kirim usulan").click()
    expect(tab.locator("main")).to_contain_text("Usulan terkirim")
    return findings


def _open_entry(tab: Tab, site: Site, reason: str) -> None:
    """From the list of what waits."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{site.address}/usulan/")
    tab.locator("tr", has_text=reason).get_by_role("link").click()


def _become(tab: Tab, site: Site, username: str, password: str = "") -> None:
    """Sign in as somebody else in a browser that knows nobody."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.context.clear_cookies()
    sign_in(tab, site.address, username, *([password] if password else []))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Beranda")
