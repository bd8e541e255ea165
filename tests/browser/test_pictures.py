"""The pictures in the documents: each shows a page as it is today.

``PAMONG_WRITE_PICTURES=1`` writes them anew into `docs/pictures`; without it each page is only opened as far
as its picture shows it, and its picture has to be there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import TOP, picture
from tests.browser.world import World
from tests.support.month import LATE

pytestmark = pytest.mark.browser
FOLDER = TOP / "docs" / "pictures"
WRITE = os.environ.get("PAMONG_WRITE_PICTURES") == "1"


@dataclass(frozen=True)
class Shot:
    """A picture: whose view of which address, at which size, and what to open before."""

    role: str
    path: Callable[[World], str]
    says: str
    width: int = 1280
    height: int = 800
    dark: bool = False
    prepare: Callable[[Tab], None] = lambda tab: None


def _run(world: World) -> str:
    return f"/tpp/hitungan/{world.month.run}/"


def _slip(world: World) -> str:
    return f"/tpp/rincian/{world.month.slips[LATE]}/"


def _open_why(tab: Tab) -> None:
    """Open the discipline part down to the punch, and bring it to the top."""
    row = tab.locator(".slip-table tr", has_text="Bagian disiplin kerja")
    row.locator("summary").first.click()
    body = row.locator(".origin-body")
    expect(body).to_contain_text("Dari mana angka ini?")
    punch = body.get_by_text("1_attlog.dat baris").locator("visible=true")
    for _ in range(40):
        if punch.count():
            break
        body.locator("details.branch:not([open]) > summary:visible").last.click()
    expect(punch.first).to_be_visible()
    punch.first.evaluate("line => line.scrollIntoView({block: 'end'})")


def _person(key: str, query: str = "") -> Callable[[World], str]:
    return lambda world: f"/pegawai/{world.city.persons[key]}/{query}"


def _at(path: str) -> Callable[[World], str]:
    return lambda world: path


SHOTS = {
    "person.png": Shot("personnel_officer", _person("chief"), "Bernadeta", height=1000),
    "person-2012.png": Shot("personnel_officer", _person("chief", "?per=2012-06-01"), "Bernadeta"),
    "tree.png": Shot("personnel_officer", _at("/organisasi/"), "Organisasi"),
    "vacancies.png": Shot("personnel_officer", _at("/organisasi/jabatan-kosong/"), "kosong"),
    "import.png": Shot(
        "personnel_officer", lambda world: f"/impor/{world.city.desk['batch']}/", "data-asn.csv"
    ),
    "entry.png": Shot(
        "personnel_officer", lambda world: f"/usulan/{world.city.desk['entry']}/", "Kontak", height=900
    ),
    "quality.png": Shot("personnel_officer", _at("/mutu-data/"), "Mutu data"),
    "mine-360.png": Shot("employee", _at("/data-saya/"), "Data saya", width=360, height=760),
    "days.png": Shot("employee", _at("/presensi/hari-saya/?bulan=2026-10"), "Presensi saya", height=1000),
    "reads.png": Shot("employee", _at("/data-saya/dilihat/"), "melihat"),
    "reorganisation.png": Shot(
        "personnel_officer",
        lambda world: f"/organisasi/penataan/{world.city.desk['draft']}/",
        "Penyederhanaan",
        height=900,
    ),
    "month.png": Shot("personnel_officer", _at("/tpp/bulan/2026-08/"), "Agustus 2026", height=900),
    "shifts.png": Shot("unit_clerk", _at("/presensi/dinas/?unit=dinkes"), "Jam dinas", height=1000),
    "machine-file.png": Shot("personnel_officer", _at("/presensi/mesin/berkas/"), "berkas mesin", height=900),
    "run.png": Shot("personnel_officer", _run, "Kota Contoh"),
    "slip-1280.png": Shot("inspector", _slip, LATE),
    "slip-360.png": Shot("inspector", _slip, LATE, width=360, height=760),
    "why.png": Shot("inspector", _slip, LATE, height=900, prepare=_open_why),
    "ledger.png": Shot("inspector", _at("/segel/"), "Buku segel", height=1050),
    "law.png": Shot(
        "inspector", lambda world: "/aturan/parameter/pay/spouse_allowance_rate/", "Tunjangan suami"
    ),
    "profiles-dark.png": Shot(
        "inspector", lambda world: "/aturan/profil/contoh/?dengan=manado", "Kota Contoh", dark=True
    ),
}


@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_shows_its_page(name: str, site: Site, tab: Tab) -> None:
    shot = SHOTS[name]
    tab.set_viewport_size({"width": shot.width, "height": shot.height})
    sign_in(tab, site.address, shot.role)
    tab.goto(f"{site.address}{shot.path(site.world)}")
    expect(tab.get_by_role("heading", level=1)).to_contain_text(shot.says)
    shot.prepare(tab)
    if WRITE:
        picture(tab, FOLDER / name, width=shot.width, height=shot.height, dark=shot.dark)
    assert (FOLDER / name).is_file()


def test_no_picture_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(SHOTS)
