"""No page is left out of the walk, and nothing of allauth is reachable without a page of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.elsewhere import IN_JOURNEYS, NO_PAGES
from tests.browser.pages import PAGES

BROWSER = Path(__file__).parents[1] / "browser"


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield space + (entry.name or str(entry.pattern))
        else:
            yield from names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def page_names() -> set[str]:
    return set(names(get_resolver("pamong.web.urls")))


def test_every_route_is_visited_or_says_why_not() -> None:
    known = {page.name for page in PAGES} | set(IN_JOURNEYS) | set(NO_PAGES)
    assert page_names() - known == set(), "a page never visited: add it to tests/browser/pages.py"
    assert known - page_names() == set(), "tests/browser/pages.py names a page that is gone"


def test_journeys_named_in_the_registry_exist() -> None:
    text = "".join(path.read_text() for path in BROWSER.glob("test_*.py"))
    assert {name for name in IN_JOURNEYS.values() if f"def {name}(" not in text} == set()


def test_what_has_no_page_of_ours_is_not_routed() -> None:
    assert page_names() & {"account_signup", "account_email", "account_reset_password", "mfa_trust"} == set()
