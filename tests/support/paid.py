"""Fixtures over one database that holds the small month and an account for each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import clock
from pamong.access.models import User
from pamong.kernel.actor import Actor
from tests.browser.world import build_accounts
from tests.support.city import City
from tests.support.databases import Cluster, django_at
from tests.support.month import LATE, MORNING, TODAY, Month, make_month
from tests.support.owed import build_owed
from tests.support.paylists import build_pay_lists

SignIn = Callable[[str], Client]


@dataclass(frozen=True)
class Paid:
    """The database's name, the kept files' folder, and the month that stands in it."""

    database: str
    files: Path
    month: Month
    city: City


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
        owed = build_owed({"own": month.slips[LATE]})
        city.desk.update((sort, made["own"]) for sort, made in owed.items())
    yield Paid(name, folder, month, city)
    postgres.drop(name)


@pytest.fixture
def paid(
    paid_once: Paid, postgres: Cluster, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Paid]:
    """Lead this test to that database, on the morning of the demo's day. What it writes stays there."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    with (
        django_at(postgres.server.url("app", paid_once.database)),
        django_db_blocker.unblock(),
        override_settings(PAMONG_FILES_ROOT=paid_once.files),
    ):
        yield paid_once


@pytest.fixture
def sign_in(paid: Paid) -> SignIn:
    """A browser of somebody with a role; '' is a stranger."""

    def make(role: str) -> Client:
        client = Client()
        if role:
            client.force_login(User.objects.get(username=role))
        return client

    return make


__all__ = ["Paid", "SignIn", "paid", "paid_once", "sign_in"]
