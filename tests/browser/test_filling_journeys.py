"""A post is filled: its pages as officers, members, candidates, the mayor and strangers see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pamong.access.models import User
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.browser.world import PASSWORD
from tests.support.databases import Cluster, in_database
from tests.support.deciding import desk_of
from tests.support.filling import CLOSED, filling_of, instant
from tests.support.people import small_people
from tests.support.site import serve

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Served:
    """A site with two vacancies: one is scored, of the other the names are locked."""

    address: str
    scoring: UUID
    locked: UUID


@pytest.fixture(scope="module")
def served(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Served]:
    """Serve a clone on the morning after applications were closed."""
    name = f"pamong_filling_{worker_id}"
    postgres.clone(name)
    found = in_database(postgres.server.url("app", name), django_db_blocker, build)
    offset = round((instant(CLOSED) - datetime.now(UTC)).total_seconds())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_CLOCK_OFFSET", str(offset))
        patch.setenv("PAMONG_PROFILE", "contoh")
        log = tmp_path_factory.mktemp("site") / "site.log"
        with serve(postgres.server.url("app", name), log) as address:
            yield Served(address, *found)
    postgres.drop(name)


@override_settings(PAMONG_PROFILE="contoh")
def build() -> tuple[UUID, UUID]:
    """Both vacancies; everybody has a password."""
    filling = filling_of(desk_of(small_people(PASSWORD)))
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    scoring = filling.beside().closed()
    return scoring.uid, filling.locked().uid


def as_(tab: Tab, served: Served, who: str) -> None:
    """Sign in as somebody."""
    tab.context.clear_cookies()
    sign_in(tab, served.address, who)


def test_a_member_scores_with_the_keyboard(served: Served, tab: Tab) -> None:
    watcher = Watcher(tab)
    as_(tab, served, "p1")
    tab.goto(f"{served.address}/lowongan/{served.scoring}/nilai/")
    tab.get_by_role("button", name="Saya hadir").first.click()
    findings = look(tab, "merit-sheet")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.get_by_label("Makalah untuk Anggreni Saraswati").focus()
    for score in ("87,5", "90", "78", "66"):
        tab.keyboard.type(score)
        tab.keyboard.press("Tab")
    expect(tab.get_by_label("Makalah untuk Bonifasius Ledo")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_contain_text("4 nilai disegel.")
    findings += look(tab, "merit-sheet-sealed")
    assert findings + watcher.findings == []


def test_the_pages_of_the_secretariat_and_of_everybody(served: Served, tab: Tab) -> None:
    watcher = Watcher(tab)
    findings = []
    as_(tab, served, "nurul")
    for path, name in (
        ("", "merit-index"), ("buka/", "merit-open"), (f"{served.scoring}/", "merit-vacancy"),
        (f"{served.scoring}/panitia/", "merit-panel"), (f"{served.locked}/hasil/", "merit-result-whole"),
        (f"{served.scoring}/calon/?lihat=lain", "merit-pool"),
        (f"{served.scoring}/talenta/", "merit-talents"),
    ):  # fmt: skip
        tab.goto(f"{served.address}/lowongan/{path}")
        findings += look(tab, name)
    tab.context.clear_cookies()
    tab.goto(f"{served.address}/lowongan/terbuka/")
    findings += look(tab, "merit-public")
    tab.goto(f"{served.address}/lowongan/terbuka/{served.locked}/")
    expect(tab.locator("main")).to_contain_text("Anggreni Saraswati")
    findings += look(tab, "merit-public-result")
    assert findings + watcher.findings == []
