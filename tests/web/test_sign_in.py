"""Signing in: a whole office behind one address gets in, a guesser does not."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from pamong.access import services
from pamong.kernel.actor import Actor

pytestmark = pytest.mark.django_db
OFFICE = 45  # people who come to work at once
PASSWORD = "payung-kuning-delapan"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


def _try(username: str, password: str = PASSWORD) -> tuple[int, bool]:
    """The answer's status, and whether he is in."""
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": username, "password": password})
    return answer.status_code, "_auth_user_id" in browser.session


def test_an_office_signs_in_within_a_minute_from_one_address(operator: Actor, at: datetime) -> None:
    services.create_user(
        actor=operator, at=at, username="bersama", display_name="Pegawai Karangan", password=PASSWORD
    )
    assert {_try("bersama") for _ in range(OFFICE)} == {(302, True)}


def test_a_guesser_is_stopped_even_when_he_guesses_right(operator: Actor, at: datetime) -> None:
    services.create_user(
        actor=operator, at=at, username="tertebak", display_name="Pegawai Karangan", password=PASSWORD
    )
    assert {_try("tertebak", f"salah-{number}") for number in range(5)} == {(200, False)}
    assert not _try("tertebak")[1]
