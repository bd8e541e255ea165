"""The walk: every page as every role that sees it, at two widths, light and dark."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Tab

from pamong.access.roles import HELD
from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.browser.pages import PAGES
from tests.browser.paging import STRANGER, Page

pytestmark = pytest.mark.browser


def address(site: Site, page: Page) -> str:
    return site.address + reverse(page.name, args=page.args(site.world)) + page.query


@pytest.mark.parametrize("role", [STRANGER, *HELD], ids=lambda role: role or "stranger")
def test_walk(role: str, site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    if role:
        sign_in(tab, site.address, role)
    findings = []
    for page in PAGES:
        if role in page.visitors():
            answer = tab.goto(address(site, page))
            assert answer is not None and answer.status == 200, page.name
            assert tab.url == address(site, page), f"{page.name} as {role} leads to {tab.url}"
            findings += look(tab, f"{page.label}-{role or 'stranger'}")
    assert findings + watcher.findings == []


@pytest.mark.parametrize("role", list(HELD))
def test_pages_of_others_are_refused(role: str, site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, role)
    answers = {
        page.name: tab.request.get(address(site, page)).status
        for page in PAGES
        if role not in page.roles and STRANGER not in page.roles
    }
    assert len(answers) > 3
    assert {name: status for name, status in answers.items() if status not in (403, 404)} == {}


def test_strangers_are_asked_to_sign_in(site: Site, tab: Tab) -> None:
    for page in PAGES:
        if STRANGER not in page.roles:
            tab.goto(address(site, page))
            assert tab.url.startswith(f"{site.address}/masuk/"), page.name


def test_error_pages(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, site.address, "employee")
    findings = []
    for name, path, status in (("403", "/galeri/", 403), ("404", "/tidak-ada/", 404)):
        watcher.expect(site.address + path)
        answer = tab.goto(site.address + path)
        assert answer is not None and answer.status == status
        findings += look(tab, f"error-{name}")
    assert findings + watcher.findings == []
