"""The small city on the morning of the tests, browsers of its accounts, and the small month for files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from tests.support.paid import paid, paid_once, sign_in
from tests.support.people import AT, People

__all__ = ["paid", "paid_once", "sign_in"]
Browser = Callable[[str], Client]
Read = Callable[..., str]
Send = Callable[..., HttpResponse]


@pytest.fixture
def people(small: People, monkeypatch: pytest.MonkeyPatch, settings: Any) -> People:
    """The city; what a test changes is taken back."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    return small


@pytest.fixture
def read(browser: Browser) -> Read:
    """The text of a page as an account sees it, with single spaces."""

    def get(username: str, name: str, *args: object, query: str = "", **headers: str) -> str:
        answer = browser(username).get(reverse(f"organisation:{name}", args=args) + query, headers=headers)
        assert answer.status_code == 200, answer.content[:500]
        return plain(answer)

    return get


@pytest.fixture
def send(browser: Browser) -> Send:
    """A form as an account sends it; why it is asked for is said unless a test says otherwise."""

    def post(username: str, name: str, /, *args: object, **values: Any) -> HttpResponse:
        sent = {"reason": "Sesuai usulan unit"} | values
        answer: HttpResponse = browser(username).post(reverse(f"organisation:{name}", args=args), sent)
        return answer

    return post


@pytest.fixture
def propose(send: Send) -> Send:
    """A form as an account sends it, and sends on after a look at what will follow."""

    def post(username: str, name: str, /, *args: object, **values: Any) -> HttpResponse:
        shown = send(username, name, *args, **values)
        assert shown.status_code == 200, words_of(plain(shown))
        return send(username, name, *args, **values, **hidden(shown), yakin="1")

    return post


@pytest.fixture
def approve(browser: Browser) -> Callable[[str, str], HttpResponse]:
    """The proposal at an address as a second officer approves it, after a look at what will follow."""

    def post(username: str, address: str) -> HttpResponse:
        shown = browser(username).get(address)
        sent = {"putusan": "setuju", "dilihat": hidden(shown).get("dilihat", "")}
        answer: HttpResponse = browser(username).post(address, sent)
        return answer

    return post


@pytest.fixture
def do(propose: Send, approve: Callable[[str, str], HttpResponse]) -> Send:
    """An act that one officer proposes and wahyu approves."""

    def post(username: str, name: str, /, *args: object, **values: Any) -> HttpResponse:
        sent = propose(username, name, *args, **values)
        answer = approve("wahyu", sent["Location"])
        assert (answer.status_code, answer["Location"]) == (302, reverse("organisation:proposals"))
        return answer

    return post


def hidden(answer: HttpResponse) -> dict[str, str]:
    """The key of a form and the mark of what was looked at."""
    return dict(re.findall(r'name="(kunci|dilihat)" value="([^"]*)"', answer.content.decode()))


def plain(answer: HttpResponse) -> str:
    """The text of an answer with single spaces."""
    return re.sub(r"\s+", " ", answer.content.decode())


def words_of(text: str) -> str:
    """What a person reads: without tags, with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
