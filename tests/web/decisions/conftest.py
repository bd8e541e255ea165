"""The small city with accounts of all who decide, on the morning of the tests, and its browsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.web.decisions import forms as change_forms
from pamong.web.decisions.forms import register_change
from tests.support.deciding import TASK, Desk, desk_of
from tests.support.deciding_form import TaskChange
from tests.support.people import AT, People

Browser = Callable[[str], Client]
Send = Callable[..., HttpResponse]


@pytest.fixture
def desk(small: People, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Desk]:
    """The city with its desk; a change of its kind can be filled in."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    monkeypatch.setattr(change_forms, "_CHANGES", {})
    register_change(TASK.code, TaskChange)
    yield desk_of(small)


@pytest.fixture
def client_of(desk: Desk) -> Browser:
    """A browser of somebody of the desk, by his key."""

    def make(who: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=desk.accounts.get(who, who)))
        return client

    return make


@pytest.fixture
def read(client_of: Browser) -> Callable[..., str]:
    """The text of a page as somebody sees it, with single spaces."""

    def get(who: str, name: str, *args: object, query: str = "", status: int = 200) -> str:
        answer = client_of(who).get(reverse(f"decisions:{name}", args=args) + query)
        assert answer.status_code == status, answer.content[:500]
        return plain(answer)

    return get


@pytest.fixture
def answer(client_of: Browser) -> Send:
    """The form of a turn as somebody sends it, with what its page handed on unless a test says otherwise."""

    def post(who: str, uid: UUID, jawaban: str, /, **values: Any) -> HttpResponse:
        client, path = client_of(who), reverse("decisions:decision", args=[uid])
        sent = {**hidden(client.get(path)), "jawaban": jawaban, **values}
        found: HttpResponse = client.post(path, sent)
        return found

    return post


def hidden(page: HttpResponse) -> dict[str, str]:
    """What a page's forms hand on without being seen."""
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def plain(answer: HttpResponse) -> str:
    """The text of an answer with single spaces."""
    return re.sub(r"\s+", " ", answer.content.decode())
