"""One real site and one Chromium for all browser tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import override_settings
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from pytest_django.plugin import DjangoDbBlocker

from pamong.ledger.sequencer.places import Places
from tests.browser.chromium import chromium
from tests.browser.world import MORNING, World, build_world
from tests.support.databases import Cluster, in_database
from tests.support.sealed import ledger_of, publish
from tests.support.sealing import places_in
from tests.support.site import TOP, serve


@dataclass(frozen=True)
class Site:
    """The served site: its address without a final slash, what it holds, its worker's environment, its
    database, and where its logs and their keys stand."""

    address: str
    world: World
    environ: dict[str, str]
    postgres: Cluster
    database: str
    places: Places


@pytest.fixture(scope="session")
def site(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Site]:
    """Serve a clone that holds the world, on the demo's day, with the demo's banner and gallery."""
    name = f"pamong_browser_{worker_id}"
    postgres.clone(name)
    files = tmp_path_factory.mktemp("files")
    ledger = tmp_path_factory.mktemp("ledger")
    with override_settings(PAMONG_FILES_ROOT=files):
        world = in_database(postgres.server.url("app", name), django_db_blocker, build_world)
    places = places_in(ledger)
    publish(postgres, name, places)
    offset = round((MORNING - datetime.now(UTC)).total_seconds())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_DEMO", "1")
        patch.setenv("PAMONG_PROFILE", "contoh")
        patch.setenv("PAMONG_FILES", str(files))
        patch.setenv("PAMONG_CLOCK_OFFSET", str(offset))
        for variable, value in ledger_of(ledger).items():
            patch.setenv(variable, value)
        log = tmp_path_factory.mktemp("site") / "site.log"
        with serve(postgres.server.url("app", name), log) as address:
            environ = {
                "DATABASE_URL": postgres.server.url("app", name),
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "PAMONG_FILES": str(files),
                "PYTHONPATH": str(TOP),
            }
            yield Site(address, world, environ, postgres, name, places)
    postgres.drop(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium with an empty profile."""
    with chromium() as started:
        yield started


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A tab of a visitor who was never here."""
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", reduced_motion="reduce")
    yield context.new_page()
    context.close()
