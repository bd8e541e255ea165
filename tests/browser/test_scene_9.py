"""Scene 9: raises by themselves. On 2 November the letters for 1 January lie ready; the head signs the plain
ones at once and opens the odd; who is raised hears of it unasked, and the treasury before its cut-off."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import services as accounts
from pamong.jobs import tasks
from pamong.kernel.actor import Actor
from tests.browser.look import Watcher, look
from tests.browser.scene import Stage, code_on, hour, names_shown, phone, stage, wide
from tests.support.databases import Cluster
from tests.support.deciding import desk_of
from tests.support.people import AT, TODAY, small_people
from tests.support.raising import BEFORE, RaiseDesk

pytestmark = pytest.mark.browser
MONDAY = date(2026, 11, 2)
NIGHT, MORNING = hour(MONDAY, "02.00"), hour(MONDAY, "08.00")
PLAIN = (
    "Agustina Lende", "Baharuddin Latif", "Cornelia Mamesah", "Dedi Kurniawan", "Elisabet Wanggai",
    "Fransiskus Beo", "Gustina Manurung", "Hasanuddin Rahim", "I Wayan Sudarma", "Juliana Rumbino",
    "Kristianus Bria",
)  # fmt: skip
ODD = ("Lukas Hurek", "Mariam Tuasikal")
OWN = "Suparman"
ALL = (*PLAIN, *ODD, OWN)
WHY = "Predikatnya membaik pada triwulan ini dan ia sedang dibina"
RAISED, MORE = "Rp3.057.300", "Rp93.300"


@dataclass(frozen=True)
class Raises:
    """An office whose people are due on 1 January."""

    stage: Stage


@pytest.fixture
def raises(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[Raises]:
    """Fourteen of one office; the worker has gone over them at two in the night."""

    def build() -> None:
        made = RaiseDesk(names_shown(desk_of(small_people())))
        made.step("own", BEFORE)
        made.rate("baik", "own")
        persons = made.employ([*PLAIN, *ODD])
        made.rate_all("baik", persons[: len(PLAIN)])
        made.rate_all("butuh perbaikan", persons[len(PLAIN) :])
        told = {"actor": Actor.operator("uji", TODAY), "at": AT, "username": "lidwina"}
        accounts.create_user(**told, display_name="Lidwina Mandagi, S.E.", password=None)
        accounts.grant_role(**told, role="treasury", start_on=date(2020, 1, 1), reason="uji")
        with override_settings(PAMONG_CLOCK_OFFSET=NIGHT - datetime.now(UTC)):
            tasks.kgb_dues.func(0)

    name = f"pamong_raises_{worker_id}"
    with stage(postgres, django_db_blocker, tmp_path, name, build) as (made, _):
        yield Raises(made)


def test_scene_9_raises_by_themselves(raises: Raises, tab: Tab) -> None:
    watcher = Watcher(tab)
    with raises.stage.at(MORNING) as site:
        findings = letters_lie_ready(site, tab)
        findings += plain_ones_are_signed_at_once(site, tab)
        findings += odd_ones_are_opened(site, tab)
        raises.stage.settle()
        findings += employee_hears_of_it(raises, site, tab)
        codes_verify(raises, site, tab)
        findings += one_could_be_annulled(raises, site, tab)
        findings += treasury_has_them_all(site, tab)
    assert findings + watcher.findings == []


def letters_lie_ready(site: Stage, tab: Tab) -> list[str]:
    """08.00: the officer finds the month worked out, checks what is plain at once, and opens what is odd."""
    site.sign_in(tab, "nurul")
    tab.goto(f"{site.address}/kgb/?bulan=2027-01")
    rows = tab.get_by_role("table", name="Kenaikan gaji berkala").locator("tbody tr")
    expect(rows).to_have_count(len(ALL))
    for name in ODD:
        expect(rows.filter(has_text=name)).to_contain_text("Perlu alasan")
    expect(rows.filter(has_text=PLAIN[0])).to_contain_text("Siap")
    expect(rows.filter(has_text="Menunggu")).to_have_count(len(ALL))
    findings = look(tab, "scene-9-due")
    all_that_is_plain(site, tab, "Nyatakan sudah diperiksa")
    expect(tab.locator("main")).to_contain_text(f"{len(PLAIN) + 1} usulan diperiksa.")
    for name in ODD:
        odd_one(site, tab, name)
        tab.get_by_label("Setujui", exact=True).check()
        tab.get_by_role("button", name="Simpan jawaban").click()
        expect(tab.locator("main")).to_contain_text("diteruskan ke langkah berikutnya")
    return findings


def all_that_is_plain(site: Stage, tab: Tab, button: str) -> None:
    """One tick for all that is plain, one press."""
    wide(tab)
    tab.goto(f"{site.address}/keputusan/")
    tab.get_by_role("link", name="Pilih semua yang wajar").click()
    expect(tab.get_by_role("checkbox", checked=True)).to_have_count(len(PLAIN) + 1)
    tab.get_by_role("button", name=button).click()


def odd_one(site: Stage, tab: Tab, name: str) -> None:
    """Open one that wants a look, from the inbox."""
    wide(tab)
    tab.goto(f"{site.address}/keputusan/")
    row = tab.get_by_role("table", name="Keputusan yang menunggu Anda").locator("tr", has_text=name)
    expect(row).to_contain_text("Perlu dilihat")
    row.get_by_role("link").first.click()


def plain_ones_are_signed_at_once(site: Stage, tab: Tab) -> list[str]:
    """The head of the office, who sees which two are not like the others."""
    site.sign_in(tab, "superior")
    tab.goto(f"{site.address}/keputusan/")
    expect(tab.locator("main")).to_contain_text(f"{len(ALL)} keputusan menunggu Anda.")
    expect(tab.locator("main")).to_contain_text("2 di antaranya perlu dilihat lebih dulu.")
    findings = look(tab, "scene-9-inbox")
    all_that_is_plain(site, tab, "Tandatangani yang dipilih")
    expect(tab.locator("main")).to_contain_text(f"{len(PLAIN) + 1} keputusan ditandatangani.")
    return findings + look(tab, "scene-9-signed")


def odd_ones_are_opened(site: Stage, tab: Tab) -> list[str]:
    """Each by itself, with its gate and a reason."""
    findings = []
    for name in ODD:
        odd_one(site, tab, name)
        expect(tab.locator(".gate-list")).to_contain_text("butuh perbaikan")
        findings += look(tab, "scene-9-odd") if name == ODD[0] else []
        wide(tab)
        tab.get_by_label("Setujui", exact=True).check()
        tab.get_by_label("Alasan untuk syarat Predikat kinerja").fill(WHY)
        tab.get_by_role("button", name="Tandatangani jawaban").click()
        expect(tab.locator("main")).to_contain_text("Keputusan ditetapkan.")
    tab.goto(f"{site.address}/keputusan/")
    expect(tab.locator("main")).to_contain_text("Tidak ada keputusan yang menunggu Anda.")
    return findings


def employee_hears_of_it(raises: Raises, site: Stage, tab: Tab) -> list[str]:
    """On a phone, at home, without asking; the letter bears a code that verifies, here and without a net."""
    phone(tab)
    site.sign_in(tab, "employee")
    home = tab.locator("main")
    expect(home).to_contain_text("Kenaikan gaji berkala Anda mulai 1 Januari 2027")
    expect(home).to_contain_text(RAISED)
    findings = look(tab, "scene-9-home")
    phone(tab)
    tab.get_by_role("link", name="Buka suratnya").click()
    expect(tab.locator("main")).to_contain_text("/KGB/2026")
    letter = tab.get_by_role("link", name="Unduh suratnya").get_attribute("href")
    code = code_on(tab.request.get(f"{site.address}{letter}").body())
    status, said = raises.stage.verify("qr", code)
    assert status == 0 and f"nama = {OWN}" in said, said
    assert "3.057.300" not in said and "3057300" not in said
    tab.goto(f"{site.address}/cek/#{code.rpartition('#')[2]}")
    expect(tab.locator("[data-result]")).to_contain_text("Asli saat terbit")
    expect(tab.locator("[data-result]")).to_contain_text(OWN)
    tab.get_by_role("button", name="Masih berlaku?").click()
    expect(tab.locator("[data-told]")).to_contain_text("Berlaku")
    return findings + look(tab, "scene-9-checked")


def codes_verify(raises: Raises, site: Stage, tab: Tab) -> None:
    """The officer prints the first letter, one in the middle and the last; numbers have no gap."""
    orders = raises.stage.sql("SELECT uid, number FROM decisions_order ORDER BY place")
    assert [number for _, number in orders] == [f"{place}/KGB/2026" for place in range(1, len(ALL) + 1)]
    site.sign_in(tab, "nurul")
    for uid, number in (orders[0], orders[6], orders[-1]):
        pdf = tab.request.get(f"{site.address}/keputusan/{uid}/surat.pdf").body()
        status, said = raises.stage.verify("qr", code_on(pdf))
        assert status == 0 and f"nomor = {number}" in said, said


def one_could_be_annulled(raises: Raises, site: Stage, tab: Tab) -> list[str]:
    """The officer looks at what an annulment would do, and leaves it."""
    uid, number = raises.stage.sql("SELECT uid, number FROM decisions_order ORDER BY place LIMIT 1")[0]
    wide(tab)
    tab.goto(f"{site.address}{reverse('orders:annul', args=[uid])}")
    expect(tab.locator("main")).to_contain_text(number)
    return look(tab, "scene-9-annul")


def treasury_has_them_all(site: Stage, tab: Tab) -> list[str]:
    """The same day, and before the list is closed: on the page and as a file."""
    wide(tab)
    site.sign_in(tab, "lidwina")
    tab.goto(f"{site.address}/kgb/perubahan/?bulan=2027-01")
    main = tab.locator("main")
    expect(main).to_contain_text(f"{len(ALL)} perubahan gaji untuk Januari 2027.")
    expect(main).to_contain_text("Surat yang ditandatangani sampai 10 Desember 2026 masuk daftar ini.")
    rows = tab.get_by_role("table", name="Perubahan gaji").locator("tbody tr")
    expect(rows).to_have_count(len(ALL))
    for name in ALL:
        expect(rows.filter(has_text=name)).to_contain_text(MORE)
    findings = look(tab, "scene-9-changes")
    wide(tab)
    with tab.expect_download() as download:
        tab.get_by_role("link", name="CSV").click()
    lines = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    told = "\n".join(",".join(line) for line in lines)
    assert all(told.count(name) == 1 for name in ALL), told
    assert told.count("3057300") == len(ALL), told
    return findings
