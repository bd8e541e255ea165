"""The status, who may see it, and how a refusal looks."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from pamong import __version__
from pamong.access import models, services
from pamong.kernel.actor import Actor
from pamong.ledger import queries as ledger

pytestmark = pytest.mark.django_db


def test_without_a_session_a_problem_is_told(client: Client) -> None:
    answer = client.get("/api/v1/status")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Belum masuk",
        "status": 401,
        "detail": "Masuk dahulu untuk memakai alamat ini.",
    }


def test_the_status_tells_version_and_size_of_the_log(client: Client, operator: Actor, at: datetime) -> None:
    services.create_user(actor=operator, at=at, username="sri", display_name="Sri", password=None)
    client.force_login(models.User.objects.get(username="sri"))
    answer = client.get("/api/v1/status")
    size = ledger.count_entries(actor=operator)
    assert size > 0
    assert (answer.status_code, answer.json()) == (200, {"version": __version__, "log_size": size})
