"""A request as the pages see it, without a database; the small city and its browsers, with one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.kernel.actor import Actor, Grant
from tests.support.careers import build_careers
from tests.support.people import AT, TODAY, People, small_people
from tests.support.worlds import stage

MakeRequest = Callable[..., HttpRequest]
SignIn = Callable[[str], Client]
Read = Callable[..., str]


def with_careers() -> People:
    """The city and its people's careers."""
    made = small_people()
    build_careers(made.city, TODAY, "nurul")
    return made


stage_careers = stage(with_careers)


@pytest.fixture
def people(stage_careers: People, db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> People:
    """The city with its careers, on the morning of the tests; what a test changes is taken back."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    return stage_careers


@pytest.fixture
def browser(people: People) -> SignIn:
    """A browser of an account."""

    def make(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return make


@pytest.fixture
def read(browser: SignIn) -> Read:
    """The text of a page as an account sees it, with single spaces."""

    def get(username: str, name: str, *args: object, query: str = "", **headers: str) -> str:
        answer = browser(username).get(reverse(name, args=args) + query, headers=headers)
        assert answer.status_code == 200, answer.content[:500]
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


@pytest.fixture
def make_request() -> MakeRequest:
    """Make a request of someone with the given role; '' is a stranger."""

    def make(path: str = "/", *, role: str = "employee", htmx: bool = False, **headers: str) -> HttpRequest:
        request = RequestFactory().get(path, headers=headers)
        signed_in = bool(role)
        grants = (Grant(role), Grant("public")) if signed_in else (Grant("public"),)
        request.actor = Actor(7 if signed_in else None, None, "Suparman", grants, date(2026, 11, 10))
        request.user = SimpleNamespace(is_authenticated=signed_in, pk=7, is_active=True)
        request._messages = CookieStorage(request)
        part = SimpleNamespace(boosted=False, history_restore_request=False)
        request.htmx = part if htmx else False
        return request

    return make
