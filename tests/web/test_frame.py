"""Menu, look and language of each request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.utils import translation

from pamong.access.errors import NotAllowed
from pamong.access.roles import HELD
from pamong.web import nav
from pamong.web.auth.adapter import MfaAdapter
from pamong.web.frame import frame_of
from pamong.web.middleware import language, refusals
from pamong.web.shapes import Pages
from tests.web.conftest import MakeRequest


@pytest.mark.parametrize("role", list(HELD))
def test_menu_has_at_most_seven_and_the_phone_four(role: str, make_request: MakeRequest) -> None:
    entries = nav.entries_for(make_request(role=role).actor)
    assert 1 <= len(entries) <= 7
    assert entries[0].url_name == "home"
    assert len(nav.bottom_for(entries)) <= 4


def test_an_officer_decides_what_waits_on_his_phone(make_request: MakeRequest) -> None:
    entries = nav.entries_for(make_request(role="personnel_officer").actor)
    bar = [entry.url_name for entry in nav.bottom_for(entries)]
    assert bar == ["home", "people:index", "organisation:tree", "entries:index"]


def test_no_role_has_more_entries_than_the_rail_shows(make_request: MakeRequest) -> None:
    for role in HELD:
        actor = make_request(role=role).actor
        rail = [entry for entry in nav.cards_for(actor) if not entry.card_only]
        assert len(rail) <= nav.RAIL_MOST, role


def test_strangers_have_no_menu(make_request: MakeRequest) -> None:
    assert nav.entries_for(make_request(role="").actor) == ()


def test_gallery_is_for_the_operator_of_a_demo_only(make_request: MakeRequest) -> None:
    def sees(role: str) -> bool:
        return "gallery" in {entry.url_name for entry in nav.entries_for(make_request(role=role).actor)}

    with override_settings(PAMONG_DEMO=True):
        assert sees("system_operator") and not sees("employee")
    with override_settings(PAMONG_DEMO=False, DEBUG=False):
        assert not sees("system_operator")


def test_current_entry_is_the_longest_that_fits(make_request: MakeRequest) -> None:
    assert frame_of(make_request("/")).current == "home"
    assert frame_of(make_request("/aturan/peraturan/")).current == "law:index"
    assert frame_of(make_request("/aturanku/")).current == ""


@pytest.mark.parametrize(("cookie", "theme"), [("gelap", "dark"), ("terang", "light"), ("", ""), ("<x>", "")])
def test_look_comes_from_the_cookie(cookie: str, theme: str, make_request: MakeRequest) -> None:
    request = make_request()
    request.COOKIES["tampilan"] = cookie
    assert frame_of(request).theme == theme


def test_banner_stands_on_a_demo_only(make_request: MakeRequest) -> None:
    with override_settings(PAMONG_DEMO=True):
        assert frame_of(make_request()).demo_on == "10 November 2026"
    with override_settings(PAMONG_DEMO=False):
        assert frame_of(make_request()).demo_on == ""


@pytest.mark.parametrize(("cookie", "spoken"), [("", "id"), ("en", "en"), ("xx", "id")])
def test_language_is_chosen_and_not_guessed(cookie: str, spoken: str, make_request: MakeRequest) -> None:
    request = make_request(accept_language="en-US,en")
    request.COOKIES["django_language"] = cookie
    answer = language(lambda _request: HttpResponse(translation.get_language()))(request)
    assert answer.content.decode() == spoken == answer.headers["Content-Language"]


def test_refusal_becomes_a_page_and_a_bug_does_not(make_request: MakeRequest) -> None:
    middleware: Any = refusals(lambda _request: HttpResponse())
    process: Callable[[HttpRequest, Exception], HttpResponse | None] = middleware.process_exception
    answer = process(make_request(), NotAllowed("Hanya untuk Inspektorat."))
    assert answer is not None and answer.status_code == 403
    assert "Hanya untuk Inspektorat." in answer.content.decode()
    assert process(make_request(), KeyError("x")) is None


def test_pages_of_a_long_list() -> None:
    def items(current: int, last: int) -> list[int | None]:
        return Pages(current, last, str).items

    assert items(1, 1) == [1]
    assert items(5, 12) == [1, None, 4, 5, 6, None, 12]
    assert items(2, 3) == [1, 2, 3]
    assert (Pages(1, 3, str).previous, Pages(1, 3, str).next) == (None, 2)
    assert (Pages(3, 3, str).previous, Pages(3, 3, str).next) == (2, None)


def test_qr_code_is_an_image_without_styles() -> None:
    svg = MfaAdapter().build_totp_svg("otpauth://totp/Suparman?secret=ABCDEFGH&issuer=Pamong")
    assert svg.startswith("<svg") and "style=" not in svg and 'stroke="#000"' in svg
