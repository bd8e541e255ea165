"""A request as the pages see it, without a database; the small city, with one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from pamong.access import clock
from pamong.kernel.actor import Actor, Grant
from tests.support.careers import build_careers
from tests.support.people import AT, TODAY, People, small_people

MakeRequest = Callable[..., HttpRequest]


@pytest.fixture
def people(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> People:
    """The city with its careers, on the morning of the tests; what a test changes is taken back."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    made = small_people()
    build_careers(made.city, TODAY, "nurul")
    return made


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
