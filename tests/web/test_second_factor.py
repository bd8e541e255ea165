"""Roles that compute, sign or audit are not used with a password alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.test import Client
from django.urls import reverse

from pamong.access import queries, requests, services
from pamong.access.choices import RequestKind
from pamong.access.models import User
from pamong.access.roles import GRANTABLE
from pamong.kernel.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    """As on a real site."""
    settings.PAMONG_SECOND_FACTOR = True


def _client(operator: Actor, at: datetime, role: str, name: str = "") -> tuple[Client, User]:
    name = name or role
    services.create_user(
        actor=operator, at=at, username=name, display_name="Orang Uji", password="kata-sandi-uji-9"
    )
    if role in GRANTABLE:
        services.grant_role(
            actor=operator, at=at, username=name, role=role, start_on=date(2026, 1, 1), reason="uji"
        )
    client, user = Client(), User.objects.get(username=name)
    client.force_login(user)
    return client, user


def test_an_officer_without_it_is_sent_to_set_it_up(operator: Actor, at: datetime) -> None:
    client, _ = _client(operator, at, "personnel_officer")
    answer = client.get(reverse("pay:runs"), follow=True)
    # allauth first asks for the password again, then shows the page where it is set up.
    assert answer.redirect_chain[0][0] == reverse("mfa_activate_totp")
    assert client.get("/api/v1/runs").status_code == 403


def test_the_head_of_its_page_is_told_no_number(operator: Actor, at: datetime) -> None:
    client, _ = _client(operator, at, "personnel_officer")
    answer = client.get(reverse("count"))
    assert (answer.status_code, answer.content) == (204, b"")


def test_with_it_the_work_begins(operator: Actor, at: datetime) -> None:
    client, user = _client(operator, at, "personnel_officer")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert client.get(reverse("pay:runs")).status_code == 200


def test_an_employee_needs_none(operator: Actor, at: datetime) -> None:
    client, _ = _client(operator, at, "employee")
    assert client.get(reverse("home")).status_code == 200


def test_after_its_reset_a_session_that_had_it_waits_for_a_new_one(operator: Actor, at: datetime) -> None:
    client, user = _client(operator, at, "personnel_officer")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert client.get(reverse("pay:runs")).status_code == 200
    for name in ("hendra", "lestari"):
        _client(operator, at, "system_operator", name)
    asking, deciding = (queries.named_actor(name, date(2026, 11, 10)) for name in ("hendra", "lestari"))
    kind, reason = RequestKind.SECOND_FACTOR, "Ponsel hilang"
    reset = requests.ask_reset(actor=asking, at=at, username=user.username, kind=kind, reason=reason)
    requests.confirm(actor=deciding, at=at, request=reset)
    assert client.get(reverse("pay:runs"))["Location"] == reverse("mfa_activate_totp")


def test_a_reset_of_the_password_leaves_the_second_factor(operator: Actor, at: datetime) -> None:
    _, user = _client(operator, at, "personnel_officer")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    for name in ("hendra", "lestari"):
        _client(operator, at, "system_operator", name)
    asking, deciding = (queries.named_actor(name, date(2026, 11, 10)) for name in ("hendra", "lestari"))
    kind = RequestKind.PASSWORD
    reset = requests.ask_reset(
        actor=asking, at=at, username=user.username, kind=kind, reason="Lupa kata sandi"
    )
    assert requests.confirm(actor=deciding, at=at, request=reset)
    assert is_mfa_enabled(user)
