"""What comes in is bounded before it is read, and holds no zero characters."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pamong.web.middleware import MOST_BYTES, MOST_BYTES_OF_STRANGERS
from tests.support.paid import Paid, SignIn


@pytest.mark.parametrize("name", ["pay:people", "people:index"])
@pytest.mark.parametrize("query", ["?q=%00", "?opd=a%00b"])
def test_zero_characters_in_an_address_are_refused(
    name: str, query: str, paid: Paid, sign_in: SignIn
) -> None:
    args = (paid.month.run,) if name == "pay:people" else ()
    answer = sign_in("personnel_officer").get(reverse(name, args=args) + query)
    assert answer.status_code == 400
    assert "tidak dapat disimpan" in answer.content.decode()


def test_the_api_refuses_them_as_a_problem(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("personnel_officer")
    for address in (f"/api/v1/runs/{paid.month.run}/slips?search=%00", "/api/v1/people?search=%00"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/problem+json"
    sent: dict[str, Any] = {"data": '{"a": "\\u0000"}', "content_type": "application/json"}
    assert client.post(f"/api/v1/people/{uuid4()}/entries", **sent).status_code == 400


def test_a_stranger_hands_in_little_and_an_officer_much(paid: Paid, sign_in: SignIn) -> None:
    """By the length that is told before the body: nothing of the body has been read by then."""
    officer, stranger, address = sign_in("personnel_officer"), Client(), reverse("account_login")
    assert stranger.post(address, {"login": "x" * MOST_BYTES_OF_STRANGERS}).status_code == 413
    assert stranger.post(address, {"login": "x" * 100}).status_code == 200
    page = reverse("pay:start")
    assert officer.post(page, {}, CONTENT_LENGTH=str(MOST_BYTES + 1)).status_code == 413
    assert "256 MB" in officer.post(page, {}, CONTENT_LENGTH=str(MOST_BYTES + 1)).content.decode()
