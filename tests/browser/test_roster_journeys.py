"""A clerk names a shift, fills in a month by name, and finds people for a letter, without any NIP."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look

pytestmark = pytest.mark.browser
UNIT = "?unit=dinkes&bulan=2026-11"


def test_a_clerk_names_a_shift_and_fills_in_a_month_by_name(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "unit_clerk")
    tab.goto(f"{site.address}/presensi/jadwal/{UNIT}")
    tab.get_by_role("link", name="Jam dinas").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Jam dinas")
    expect(tab.locator("main")).to_contain_text("Hari kerja tanpa jadwal")
    findings = look(tab, "journey-shifts")
    tab.get_by_role("link", name="Kode baru").first.click()
    for label, value in (
        ("Kode", "M"), ("Nama dinas", "Malam"), ("Jam masuk", "21.00"), ("Jam pulang", "07.00"),
        ("Berlaku mulai", "1 November 2026"),
    ):  # fmt: skip
        tab.get_by_label(label, exact=True).fill(value)
    tab.get_by_role("button", name="Lihat akibatnya").click()
    expect(tab.locator("main")).to_contain_text("dapat dipakai di jadwal Dinas Kesehatan")
    findings += look(tab, "journey-shift-new")
    tab.get_by_role("button", name="Simpan", exact=True).click()
    expect(tab.locator("main")).to_contain_text("21.00–07.00")
    tab.get_by_role("link", name="Riwayat dan ubah jam").first.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Dinas")
    findings += look(tab, "journey-shift")
    tab.goto(f"{site.address}/presensi/jadwal/{UNIT}")
    tab.get_by_label("Cari nama pegawai").fill("supar")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("cari=supar"))
    expect(tab.get_by_role("link", name="Suparman")).to_be_visible()
    findings += look(tab, "journey-roster-found")
    tab.get_by_role("link", name="Suparman").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Jadwal Suparman")
    tab.locator("#h24").select_option("M")
    tab.locator("#h25").select_option("L")
    findings += look(tab, "journey-roster-person")
    tab.get_by_role("button", name="Simpan jadwal").click()
    expect(tab.locator("main")).to_contain_text("Jadwal Suparman disimpan: 2 hari berubah.")
    findings += look(tab, "journey-roster")
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Unduh lembar jadwal").click()
    assert download.value.suggested_filename == "jadwal-dinkes-2026-11.xlsx"
    assert findings + watcher.findings == []


_PLACES = """() => {
  const box = document.querySelector('.roster-scroll');
  const place = cell => cell.getBoundingClientRect();
  box.scrollTo(1000, 0);
  const names = [...box.querySelectorAll('tr > th:first-child')].map(place);
  return {
    more: box.scrollWidth - box.clientWidth, edge: place(box).left, days: box.clientWidth - names[0].width,
    widest: Math.max(...names.map(each => each.width)), tallest: Math.max(...names.map(each => each.height)),
    lefts: names.map(each => each.left),
  };
}"""


def test_a_month_fits_a_wide_screen_and_on_a_phone_names_leave_room_for_days(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "unit_clerk")
    tab.goto(f"{site.address}/presensi/jadwal/?unit=dinkes&bulan=2026-12")
    heads = tab.locator(".roster thead th")
    expect(heads).to_have_count(32)
    expect(heads.nth(1)).to_contain_text("1S")  # the first of December 2026 is a Tuesday
    expect(heads.nth(6)).to_contain_text("6M")
    hint = tab.get_by_text("Geser tabel ke samping untuk hari lainnya.")
    tab.set_viewport_size({"width": 1280, "height": 800})
    assert tab.evaluate(_PLACES)["more"] == 0
    tab.evaluate(
        """() => document.querySelectorAll('.roster td').forEach(cell => { cell.textContent = 'P+S'; })"""
    )
    assert tab.evaluate(_PLACES)["more"] == 0, "two letters on every day fit too"
    expect(hint).to_be_hidden()
    tab.set_viewport_size({"width": 360, "height": 800})
    expect(hint).to_be_visible()
    places = tab.evaluate(_PLACES)
    assert places["more"] > 0 and places["widest"] <= 110 and places["days"] > 200
    assert {round(left - places["edge"]) for left in places["lefts"]} == {0}, "names and their head stay"
    findings = look(tab, "journey-roster-grid")
    assert findings + watcher.findings == []


def test_people_of_a_letter_are_found_by_name_one_after_another(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "unit_clerk")
    tab.goto(f"{site.address}/presensi/surat-tugas/baru/")
    search = tab.get_by_label("Cari Pegawai yang ditugaskan")
    search.press_sequentially("sari")
    tab.get_by_label("Ketut Sariasih").check()
    search.fill("")
    search.press_sequentially("supar")
    tab.get_by_label("Suparman").check()
    expect(tab.get_by_label("Ketut Sariasih")).to_be_checked()
    tab.evaluate("() => scrollTo(0, 0)")  # or the head of the page covers a field
    findings = look(tab, "journey-letter-people")
    assert findings + watcher.findings == []


def test_the_board_of_a_superior_is_seen_at_every_width(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "superior")
    tab.goto(f"{site.address}/presensi/hari-ini/?keadaan=semua")
    expect(tab.locator("main")).to_contain_text("Keadaan pukul")
    findings = look(tab, "journey-board")
    tab.goto(f"{site.address}/kinerja/bulan-tim/?bulan=2026-11")
    findings += look(tab, "journey-team-month")
    assert findings + watcher.findings == []
