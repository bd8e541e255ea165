"""Scene 4: a clerk disagrees with a day, shows a photo, and the superior agrees within the clock."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.support.corrections import PHOTO

pytestmark = pytest.mark.browser


def agree(boss: Tab, address: str) -> None:
    """From what waits on the home page to the signature, in the one inbox."""
    expect(boss.locator("main")).to_contain_text("dijawab paling lambat 13 November 2026")
    boss.get_by_role("link", name=re.compile("Buka ?: Keputusan")).click()
    asked = boss.get_by_role("link", name="Koreksi 20 Oktober 2026: pulang pukul 16.40")
    asked.click()
    expect(boss.locator("main")).to_contain_text("Pulang pukul 16.40")
    expect(boss.locator("main")).to_contain_text("Mesin mati saat saya pulang, foto terlampir")
    expect(boss.get_by_role("link", name="mesin.jpg")).to_be_visible()
    assert look(boss, "journey-correction-decision") == []
    boss.get_by_label("Setujui", exact=True).check()
    boss.get_by_role("button", name="Tandatangani jawaban").click()
    expect(boss.locator("main")).to_contain_text("Keputusan ditetapkan.")
    boss.goto(f"{address}/keputusan/")
    expect(asked).to_have_count(0)


def test_scene_4_a_clerk_disagrees_and_the_superior_agrees(site: Site, tab: Tab, browser: Browser) -> None:
    watcher = Watcher(tab)
    tab.set_viewport_size({"width": 360, "height": 740})
    sign_in(tab, site.address, "employee")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Beranda")
    tab.goto(f"{site.address}/presensi/hari-saya/?bulan=2026-10")
    tab.locator("#hari-20").get_by_role("link", name="Minta koreksi").click()
    expect(tab.locator("main")).to_contain_text("Pulang tidak tercatat")
    tab.get_by_label("Pulang pukul").fill("16.40")
    tab.get_by_label("Alasan").fill("Mesin mati saat saya pulang, foto terlampir")
    tab.get_by_label("Bukti").set_input_files(
        {"name": "mesin.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    )
    assert look(tab, "journey-correct") == []
    tab.get_by_role("button", name="Kirim permintaan").click()
    expect(tab.locator("main")).to_contain_text("Menunggu Bernadeta Mariana Hurek")
    story = tab.url
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", reduced_motion="reduce")
    boss = context.new_page()
    sign_in(boss, site.address, "superior")
    agree(boss, site.address)
    context.close()
    tab.goto(story)
    expect(tab.locator(".story")).to_contain_text("menyetujui")
    assert look(tab, "journey-correction") == []
    tab.goto(f"{site.address}/presensi/hari-saya/?bulan=2026-10#hari-20")
    expect(tab.locator("#hari-20")).to_contain_text("16.40")
    expect(tab.locator("#hari-20")).not_to_contain_text("Pulang tidak tercatat")
    assert watcher.findings == []
