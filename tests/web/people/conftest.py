"""The small city with its careers, on the morning of the tests, and browsers of its accounts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from pamong.access.models import User
from tests.support.people import People

SignIn = Callable[[str], Client]
Read = Callable[..., str]


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
