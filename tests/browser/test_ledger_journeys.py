"""What an inspector and who has a receipt do: how the log stands, an entry, an audit, a promise kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.support.ledger import FINDING, add_audit, seal_all

pytestmark = pytest.mark.browser
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_an_inspector_follows_a_seal_to_its_entry_and_keeps_the_proof(
    size: dict[str, int], site: Site, tab: Tab, tmp_path: Path
) -> None:
    watcher = Watcher(tab)
    tab.set_viewport_size(size)  # type: ignore[arg-type]
    sign_in(tab, site.address, "inspector")
    tab.goto(f"{site.address}/tpp/hitungan/{site.world.month.run}/")
    seal = tab.locator("details.ui-seal")
    seal.locator("summary").click()
    expect(seal).to_contain_text(re.compile(r"Bersegel nomor [\d.]+, titik segel"))
    findings = look(tab, f"journey-seal-{size['width']}")
    seal.get_by_role("link", name="Buka catatannya").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Catatan nomor")
    expect(tab.locator("main")).to_contain_text("Hitungan TPP terbit")
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Unduh bukti").click()
    download.value.save_as(tmp_path / "bukti")
    assert (tmp_path / "bukti").read_text().startswith("c2sp.org/tlog-proof@v1\n")
    tab.get_by_text("Isi persis yang disegel").click()
    expect(tab.locator("pre.exact")).to_contain_text('"kind":"pay.run_published"')
    findings += look(tab, f"journey-entry-{size['width']}")
    assert findings + watcher.findings == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_an_inspector_reads_how_the_log_stands_and_what_an_audit_found(
    size: dict[str, int], site: Site, tab: Tab
) -> None:
    add_audit(site.postgres, site.database, FINDING)
    watcher = Watcher(tab)
    tab.set_viewport_size(size)  # type: ignore[arg-type]
    sign_in(tab, site.address, "inspector")
    tab.goto(f"{site.address}/segel/")
    expect(tab.locator("main")).to_contain_text("menemukan 1 hal")
    findings = look(tab, f"journey-standing-{size['width']}")
    tab.get_by_role("link", name="Buka hasil audit").click()
    expect(tab.locator("main")).to_contain_text("1 hal berbeda dari yang disegel")
    expect(tab.locator("main")).to_contain_text("[2025-10-01,)")
    findings += look(tab, f"journey-audit-{size['width']}")
    tab.get_by_role("link", name="menurut catatan nomor 0").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Catatan nomor 0")
    assert findings + watcher.findings == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_a_receipt_is_kept_and_checked(size: dict[str, int], site: Site, tab: Tab, tmp_path: Path) -> None:
    watcher = Watcher(tab)
    tab.set_viewport_size(size)  # type: ignore[arg-type]
    sign_in(tab, site.address, "system_operator")
    tab.goto(f"{site.address}/akun/")
    name = f"tanda_{size['width']}"
    tab.get_by_label("Nama pengguna").last.fill(name)
    tab.get_by_label("Nama lengkap").fill("Ruth Sinaga")
    tab.get_by_role("button", name="Buat akun").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Simpan tanda terima").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert re.fullmatch(r"tanda-terima-\d{8}-\d{4}\.txt", file.name)
    tab.goto(f"{site.address}/segel/tanda-terima/")
    tab.get_by_label("Berkas tanda terima").set_input_files(file)
    tab.get_by_role("button", name="Periksa tanda terima").click()
    expect(tab.locator("main")).to_contain_text("Belum ada di buku segel")
    seal_all(site.postgres, site.database, site.places.public)
    tab.goto(f"{site.address}/segel/tanda-terima/")
    tab.get_by_label("Teks tanda terima").fill(file.read_text())
    tab.get_by_role("button", name="Periksa tanda terima").click()
    expect(tab.locator("main")).to_contain_text("Janji ditepati")
    findings = look(tab, f"journey-receipt-{size['width']}")
    assert findings + watcher.findings == []
