"""Scene 10: a citizen's phone. At a quarter past ten, without internet, somebody scans the order by which a
lurah was appointed: genuine when issued. With internet the page adds since when it holds no more,
and by which number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pamong.decisions import models, services
from pamong.decisions.choices import State
from pamong.organisation import models as org
from tests.browser.look import Watcher, look
from tests.browser.scene import Stage, code_on, hour, names_shown, phone, stage
from tests.support.city import since
from tests.support.databases import Cluster
from tests.support.deciding import WHY, desk_of
from tests.support.filling import Filling, filling_of
from tests.support.people import opening_basis, small_people

pytestmark = pytest.mark.browser
ENDED = date(2027, 11, 6)
SCANNED = hour(date(2027, 11, 9), "10.15")
LURAH, NUMBER = "Anggreni Saraswati", "821.2/1/2026"
SAID = (
    "DokumenSurat keputusan", f"Nomor{NUMBER}", "Tanggal27 November 2026", "JudulKeputusan pengangkatan",
    "TentangPengangkatan dalam jabatan Lurah, Kelurahan Karang Asam", f"Nama{LURAH}",
)  # fmt: skip


@dataclass(frozen=True)
class Lurah:
    """An order of appointment that holds no more, and what the page must say of its end."""

    stage: Stage
    order: UUID
    ended: tuple[str, str]


@pytest.fixture
def lurah(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[Lurah]:
    """The mayor appointed a lurah from the locked names, and the next November took that back."""

    def build() -> tuple[UUID, tuple[str, str]]:
        desk = names_shown(desk_of(small_people()))
        filling = filling_of(desk, "Lurah", kelurahan())
        order = appointed(filling, "c1")
        return order.uid, ended(filling, order)

    name = f"pamong_lurah_{worker_id}"
    with stage(postgres, django_db_blocker, tmp_path, name, build) as (made, found):
        yield Lurah(made, *found)


@transaction.atomic
def kelurahan() -> str:
    """A kelurahan of the city, by its code."""
    basis, top = opening_basis(), org.Unit.objects.get(code="kota")
    unit = org.Unit.objects.create(code="kel_karang_asam")
    org.UnitRow.objects.create(
        unit=unit, name="Kelurahan Karang Asam", kind="ward", parent=top, is_opd=False,
        period=since(date(2017, 1, 1)), basis_id=basis,
    )  # fmt: skip
    org.UnitPlace.objects.create(
        unit=unit, period=since(date(2017, 1, 1)), path="kota.kel_karang_asam", opd=None, depth=2
    )
    return unit.code


def appointed(filling: Filling, who: str) -> models.Order:
    """The order of an appointment from a selection."""
    decision = filling.put(filling.locked())
    filling.choose(decision, who)
    return models.Order.objects.get(decision__uid=decision)


def ended(filling: Filling, order: models.Order) -> tuple[str, str]:
    """The personnel office asks for its annulment, and the mayor signs; what the page must say of that."""
    done = services.propose_annulment(**filling.who("nurul", ENDED), key=uuid4(), order=order.uid, reason=WHY)
    assert filling.sign("mayor", done.uid, ENDED) is State.SEALED
    other = models.Order.objects.get(decision__uid=done.uid)
    return "Dicabut 6 November 2027", f"Dicabut dengan keputusan nomor {other.number}."


def test_scene_10_a_citizens_phone(lurah: Lurah, tab: Tab) -> None:
    lurah.stage.settle()
    with lurah.stage.at(SCANNED) as site:
        code = code_on(printed(lurah, site, tab))
        tab.context.clear_cookies()
        watcher = Watcher(tab)
        findings = genuine_without_a_network(site, tab, watcher, code)
        findings += ended_says_the_site(lurah, tab)
    status, said = lurah.stage.verify("qr", code)
    assert status == 0 and f"nama = {LURAH}" in said, said
    assert findings + watcher.findings == []


def printed(lurah: Lurah, site: Stage, tab: Tab) -> bytes:
    """The paper that hangs in the kelurahan."""
    site.sign_in(tab, "mayor")
    return tab.request.get(f"{site.address}/keputusan/{lurah.order}/surat.pdf").body()


def genuine_without_a_network(site: Stage, tab: Tab, watcher: Watcher, code: str) -> list[str]:
    """The phone has opened the page some day before; now its camera opens what the code says."""
    phone(tab)
    tab.goto(f"{site.address}/cek/")
    tab.wait_for_function("async () => (await (await caches.open('cek')).keys()).length > 5")
    tab.goto("about:blank")
    tab.context.set_offline(True)
    tab.goto(f"{site.address}/cek/#{code.rpartition('#')[2]}")
    result = tab.locator("[data-result]")
    expect(result).to_contain_text("Asli saat terbit")
    expect(result.locator("tbody tr")).to_have_text(list(SAID))
    assert_nothing_private(tab)
    assert watcher.findings == []  # all that the page needs is on the phone
    tab.get_by_role("button", name="Masih berlaku?").click()
    expect(tab.locator("[data-told]")).to_contain_text("Situs tidak menjawab.")
    assert "/cek/status/" in watcher.findings[0] and "ERR_INTERNET_DISCONNECTED" in watcher.findings[1]
    watcher.findings.clear()
    return look(tab, "scene-10-offline")


def ended_says_the_site(lurah: Lurah, tab: Tab) -> list[str]:
    """The line is back, and the same button is pressed again."""
    phone(tab)
    tab.context.set_offline(False)
    tab.get_by_role("button", name="Masih berlaku?").click()
    told = tab.locator("[data-told]")
    for said in lurah.ended:
        expect(told).to_contain_text(said)
    assert_nothing_private(tab)
    assert not re.search("Bonifasius|alasan", told.inner_text(), re.IGNORECASE)
    return look(tab, "scene-10-online")


def assert_nothing_private(tab: Tab) -> None:
    """No NIK or NIP, no pay, no reason, no case."""
    shown = tab.locator("main").inner_text()
    assert not re.search(r"\d{10}|Rp ?\d|NIP|NIK|golongan|kasus|hukuman", shown), shown
    assert WHY not in shown
