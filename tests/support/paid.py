"""Fixtures over one database that holds the small month and an account for each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.utils.crypto import get_random_string
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import clock
from pamong.access.models import User
from pamong.kernel.actor import Actor
from tests.browser.world import build_accounts
from tests.support.city import City
from tests.support.databases import Cluster, django_at
from tests.support.ledger import add_audit, seal_all, write_policy
from tests.support.month import LATE, MORNING, TODAY, Month, make_month
from tests.support.ordered import order_about
from tests.support.owed import build_owed
from tests.support.paylists import build_pay_lists
from tests.support.sealing import SITE

SignIn = Callable[[str], Client]


@dataclass(frozen=True)
class Paid:
    """The database's name, the folders of kept files and of published logs, and the month that stands in it.
    All its entries are sealed, and an audit has looked at them."""

    database: str
    files: Path
    ledger: Path
    month: Month
    city: City
    sessions: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)  # of who has signed in


@pytest.fixture(scope="session")
def paid_once(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Paid]:
    """Compute the month once a session."""
    name = f"pamong_paid_{uuid4().hex[:8]}"
    folder = tmp_path_factory.mktemp("files")
    postgres.clone(name)
    with (
        django_at(postgres.server.url("app", name)),
        django_db_blocker.unblock(),
        override_settings(PAMONG_FILES_ROOT=folder),
    ):
        city = build_accounts()
        month = make_month(Actor.operator("uji", TODAY))
        city.desk.update((sort, made["dinkes"]) for sort, made in build_pay_lists(city.ids["mate"]).items())
        city.desk["order"] = order_about(city.ids["own"], "officer2")
        owed = build_owed({"own": month.slips[LATE]})
        city.desk.update((sort, made["own"]) for sort, made in owed.items())
    ledger = tmp_path_factory.mktemp("ledger") / "public"
    write_policy(ledger, {}, "quorum none")
    seal_all(postgres, name, ledger)
    add_audit(postgres, name)
    yield Paid(name, folder, ledger, month, city)
    postgres.drop(name)


@pytest.fixture
def paid(
    paid_once: Paid, postgres: Cluster, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Paid]:
    """Lead this test to that database, on the morning of the demo's day. What it writes stays there."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    # Documents are made in processes of their own.
    monkeypatch.setenv("PAMONG_LEDGER", str(paid_once.ledger))
    monkeypatch.setenv("PAMONG_SITE", SITE)
    with (
        django_at(postgres.server.url("app", paid_once.database)),
        django_db_blocker.unblock(),
        override_settings(
            PAMONG_FILES_ROOT=paid_once.files, PAMONG_LEDGER=paid_once.ledger, PAMONG_SITE=SITE
        ),
    ):
        yield paid_once


@pytest.fixture
def sign_in(paid: Paid) -> SignIn:
    """A browser of somebody with a role; '' is a stranger. Each begins as one that has just signed in."""

    def make(role: str) -> Client:
        client = Client()
        if role:
            user = User.objects.get(username=role)
            known = (user.pk, user.get_session_auth_hash())
            if known not in paid.sessions:
                client.force_login(user)
                paid.sessions[known] = dict(client.session.items())
            else:
                _go_on(client, paid.sessions[known])
        return client

    return make


def _go_on(client: Client, told: Mapping[str, Any]) -> None:
    """Give a browser a session of its own that says what an earlier one said after signing in."""
    session = SessionStore()
    key = get_random_string(32, VALID_KEY_CHARS)
    Session.objects.create(
        session_key=key, session_data=session.encode(dict(told)), expire_date=session.get_expiry_date()
    )
    client.cookies[settings.SESSION_COOKIE_NAME] = key


__all__ = ["Paid", "SignIn", "paid", "paid_once", "sign_in"]
