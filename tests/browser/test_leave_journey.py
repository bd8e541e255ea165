"""Leave on a phone: asked for in three taps, decided by the office, its balance as a picture, ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab
from pytest_django.plugin import DjangoDbBlocker

from pamong.access.models import User
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.browser.world import PASSWORD
from tests.support.databases import Cluster, in_database
from tests.support.deciding import desk_of
from tests.support.leaving import leave_desk
from tests.support.people import AT, small_people
from tests.support.printed import text_of
from tests.support.site import serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[str]:
    """Serve the small city under the law of the example region; yields its address."""
    name = f"pamong_leave_{worker_id}"
    postgres.clone(name)
    with override_settings(PAMONG_PROFILE="contoh"):
        in_database(postgres.server.url("app", name), django_db_blocker, build)
    offset = round((AT - datetime.now(UTC)).total_seconds())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_CLOCK_OFFSET", str(offset))
        patch.setenv("PAMONG_PROFILE", "contoh")
        log = tmp_path_factory.mktemp("site") / "site.log"
        with serve(postgres.server.url("app", name), log, "tests.deciding_settings") as address:
            yield address
    postgres.drop(name)


def build() -> None:
    """Somebody who had four days left of last year; everybody has a password."""
    made = leave_desk(desk_of(small_people(PASSWORD)))
    made.open("own", 2025, "4", used=True)
    made.grant(first="2026-11-23", last="2026-11-24")
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()


def as_(tab: Tab, served: str, who: str) -> None:
    """Sign in as one of the accounts."""
    tab.context.clear_cookies()
    sign_in(tab, served, who)


def test_leave_is_asked_for_decided_and_ended(served: str, tab: Tab, tmp_path: Path) -> None:
    watcher = Watcher(tab)
    as_(tab, served, "employee")
    tab.goto(f"{served}/cuti/")
    tab.set_viewport_size({"width": 360, "height": 800})
    expect(tab.locator("main")).to_contain_text("14 hari")
    findings = look(tab, "leave-balance")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.get_by_role("link", name="Ajukan cuti").click()
    findings += look(tab, "leave-form")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.get_by_label("Hari pertama").fill("16-11-2026")
    tab.get_by_label("Hari terakhir").fill("18-11-2026")
    tab.get_by_label("Keperluan").fill("Pernikahan adik")
    tab.get_by_role("button", name="Ajukan cuti").click()
    expect(tab.locator("main")).to_contain_text("Cuti diajukan.")
    address = tab.url
    as_(tab, served, "nurul")
    _agree(tab, address, "Simpan jawaban")
    as_(tab, served, "superior")
    tab.goto(f"{served}/keputusan/")
    expect(tab.locator("main")).to_contain_text("Cuti tahunan")
    _agree(tab, address, "Tandatangani jawaban")
    expect(tab.locator("main")).to_contain_text("Keputusan ditetapkan.")
    findings += look(tab, "leave-decided")
    as_(tab, served, "employee")
    tab.goto(f"{served}/cuti/")
    expect(tab.locator("main")).to_contain_text("11 hari")
    row = tab.locator("tr", has_text="16 November")
    expect(row).to_contain_text("Nomor 2/CUTI/2026")
    findings += look(tab, "leave-granted")
    printed = text_of(_downloaded(tab, row, tmp_path / "cuti.pdf"))
    assert "2/CUTI/2026" in printed and "Pernikahan adik" in printed
    row.get_by_role("link", name="Akhiri atau batalkan").click()
    findings += look(tab, "leave-end")
    tab.get_by_label("Hari terakhir yang baru").fill("16-11-2026")
    tab.get_by_label("Alasan").fill("Acaranya dipersingkat keluarga")
    tab.get_by_role("button", name="Ajukan perubahan").click()
    expect(tab.locator("main")).to_contain_text("Perubahan cuti diajukan.")
    assert findings + watcher.findings == []


def _downloaded(tab: Tab, row: Locator, to: Path) -> bytes:
    """The letter of a leave, as a phone loads it down."""
    tab.set_viewport_size({"width": 360, "height": 800})
    with tab.expect_download() as download:
        row.get_by_role("link", name="Unduh suratnya (PDF)").click()
    download.value.save_as(to)
    return to.read_bytes()


def _agree(tab: Tab, address: str, button: str) -> None:
    tab.goto(address)
    tab.get_by_label("Setujui", exact=True).check()
    tab.get_by_role("button", name=button).click()
    expect(tab.locator("main")).not_to_contain_text("Giliran Anda")
