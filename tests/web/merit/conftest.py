"""The small city with a post to be filled, in the browser of each who takes part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from tests.decisions.conftest import desk
from tests.support.deciding import Desk
from tests.support.filling import Filling, filling_of, instant
from tests.support.people import TODAY
from tests.web.decisions.conftest import hidden, plain

__all__ = ["desk", "filling", "hidden", "on_day", "page", "plain", "send"]

Page = Callable[..., str]
Send = Callable[..., HttpResponse]


@pytest.fixture
def filling(desk: Desk, settings: Any, on_day: Callable[[date], None]) -> Filling:
    """The city under the law of the example region, on the morning of the tests."""
    settings.PAMONG_PROFILE, settings.PAMONG_SECOND_FACTOR = "contoh", False
    on_day(TODAY)
    return filling_of(desk)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Let the site's clock show the morning of a day."""

    def to(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant(day))

    return to


def browser(filling: Filling, who: str) -> Client:
    """Somebody's browser; '' for a stranger's."""
    client = Client()
    if who:
        name = filling.desk.accounts.get(who, who)
        client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture
def page(filling: Filling) -> Page:
    """The text of a page as somebody sees it."""

    def get(who: str, name: str, *args: object, status: int = 200, query: str = "") -> str:
        answer = browser(filling, who).get(reverse(name, args=args) + query)
        assert answer.status_code == status, answer.content[:400]
        return plain(answer)

    return get


@pytest.fixture
def send(filling: Filling) -> Send:
    """A form as somebody sends it, with what its page handed on."""

    def post(who: str, name: str, *args: object, see: str = "", **values: Any) -> HttpResponse:
        client = browser(filling, who)
        before = hidden(client.get(reverse(see or name, args=args)))
        found: HttpResponse = client.post(reverse(name, args=args), {**before, **values})
        return found

    return post
