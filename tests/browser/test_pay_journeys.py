"""What an officer and an inspector do: hand in a month, wait, search, and ask where a figure comes from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.support.month import LATE, NO_INCOME, files

pytestmark = pytest.mark.browser
WORKER = """
import django; django.setup()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()):
    app.run_worker(wait=False)
"""


def test_from_files_to_a_published_run(site: Site, tab: Tab, tmp_path: Path) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "personnel_officer")
    tab.get_by_role("link", name="Tunjangan").first.click()
    tab.get_by_role("link", name="Hitung bulan").click()
    tab.get_by_label("Aturan daerah").select_option("Kota Samarinda")
    for kind, name, data in files():
        (tmp_path / name).write_bytes(data)
        tab.locator(f"#id_{kind.value}").set_input_files(tmp_path / name)
    tab.get_by_role("button", name="Hitung").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Oktober 2026, Kota Samarinda")
    expect(tab.get_by_text("Yang sedang dikerjakan")).to_be_visible()
    findings = look(tab, "journey-waiting")
    environ = os.environ | site.environ
    subprocess.run([sys.executable, "-c", WORKER], env=environ, check=True, capture_output=True)
    expect(tab.locator("main")).to_contain_text("Dari 56 orang", timeout=10_000)
    assert findings + watcher.findings == []


def test_people_are_searched_while_typing(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "pay_auditor")
    tab.goto(f"{site.address}/tpp/hitungan/{site.world.month.run}/pegawai/")
    tab.keyboard.press("/")
    tab.keyboard.type("goreti")
    expect(tab.locator("#people tbody tr")).to_have_count(1)
    expect(tab.locator("#people")).to_contain_text(NO_INCOME)
    expect(tab).to_have_url(
        f"{site.address}/tpp/hitungan/{site.world.month.run}/pegawai/?q=goreti&keadaan=&opd="
    )
    tab.get_by_label("Keadaan").select_option("Dihitung")
    expect(tab.locator("#people")).to_contain_text("Tidak ada yang cocok")
    assert watcher.findings == []


def test_a_figure_of_the_slip_is_followed_down_to_the_punch(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "inspector")
    tab.goto(f"{site.address}/tpp/rincian/{site.world.month.slips[LATE]}/")
    row = tab.locator(".slip-table tr", has_text="Bagian disiplin kerja")
    row.locator("summary").first.click()
    body = row.locator(".origin-body")
    expect(body).to_contain_text("Dari mana angka ini?")
    punch = body.get_by_text("1_attlog.dat baris").locator("visible=true")
    for _ in range(40):  # each opened step shows the ones below it; the last one leads to the last day
        if punch.count():
            break
        body.locator("details.branch:not([open]) > summary:visible").last.click()
    expect(punch.first).to_be_visible()
    findings = look(tab, "journey-slip-opened")
    assert findings + watcher.findings == []


def test_the_slip_explains_itself_without_scripts(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "inspector")
    browser = tab.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=tab.context.storage_state())
    page = plain.new_page()
    page.goto(f"{site.address}/tpp/rincian/{site.world.month.slips[LATE]}/")
    total = page.locator(".slip-table tr.total")
    total.locator("summary").click()
    total.get_by_role("link", name="Buka penjelasan angka ini").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dari mana angka ini?")
    page.locator("details.branch > summary").first.click()
    expect(page.locator("details.branch[open]").first).to_be_visible()
    plain.close()


def test_a_stranger_reads_the_law(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    tab.goto(f"{site.address}/aturan/?profil=contoh")
    tab.get_by_label("Cari nilai, pasal, atau peraturan").fill("golongan final")
    rows = tab.locator("#parameters tbody tr:visible")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("PPh 21 final")
    tab.get_by_role("link", name="Aturan", exact=True).first.click()
    tab.get_by_role("link", name="Daerah", exact=True).click()
    tab.get_by_label("Bandingkan Kota Contoh dengan").select_option("Kota Manado")
    tab.get_by_role("button", name="Bandingkan").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Kota Contoh dan Kota Manado")
    assert watcher.findings == []
