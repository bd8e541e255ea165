"""Names of accounts: each can stand in an address, whoever made the account and when."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

from pamong.access import models, policies, services
from pamong.access.choices import RESERVED, USERNAME
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.web.accounts.urls import urlpatterns

NAMES = [
    "a/b",
    "",
    ".",
    "..",
    "-a",
    "a b",
    "a?b",
    "a#b",
    "a%b",
    "a@b",
    "é",
    "a\n",
    "permintaan",
    "Permintaan",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_account_fits_into_an_address(
    db: None, operator: Actor, at: datetime, name: str
) -> None:
    if name != "a\n":  # which is stripped
        with pytest.raises(InvalidValue, match="Nama pengguna"):
            services.create_user(actor=operator, at=at, username=name, display_name="X", password=None)
    if "minta" not in name:
        with pytest.raises(IntegrityError, match="user_username_signs"), transaction.atomic():
            models.User.objects.create(username=name.lower(), display_name="X")


@given(st.from_regex(USERNAME, fullmatch=True).filter(lambda name: name not in RESERVED))
def test_a_name_that_is_taken_is_a_part_of_an_address(name: str) -> None:
    assert policies.username_fault(name) == ""
    assert resolve(reverse("accounts:account", args=[name])).kwargs == {"username": name}


def test_every_word_beside_accounts_in_addresses_is_reserved() -> None:
    words = {str(each.pattern).partition("/")[0] for each in urlpatterns}
    assert {word for word in words if word and not word.startswith("<")} == RESERVED


def test_names_from_before_the_rule_are_replaced_by_near_ones(
    committed_db: str, postgres: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    migration = import_module("pamong.access.migrations.0004_usernames")
    with psycopg.connect(postgres.server.url("owner", committed_db)) as session:
        session.execute("ALTER TABLE access_user DROP CONSTRAINT user_username_signs")
    for name in ("a/b", "a-b", "siti aminah", "..", "atur-ulang", "baik"):
        models.User.objects.create(username=name, display_name=name)
    migration.rename(apps, None)
    found = dict(models.User.objects.values_list("display_name", "username"))
    assert found == {
        "a/b": "a-b-2", "a-b": "a-b", "siti aminah": "siti-aminah", "..": "akun",
        "atur-ulang": "atur-ulang-2", "baik": "baik",
    }  # fmt: skip
    assert "akun 'siti aminah' sekarang bernama 'siti-aminah'" in capsys.readouterr().out
    assert migration.USERNAME == USERNAME


def test_an_account_gives_its_address_to_the_list_of_requests(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    migration = import_module("pamong.access.migrations.0005_requests")
    for name in ("permintaan", "permintaan-2", "lain"):
        models.User.objects.create(username=name, display_name=name)
    migration.rename(apps, None)
    found = dict(models.User.objects.values_list("display_name", "username"))
    assert found == {"permintaan": "permintaan-3", "permintaan-2": "permintaan-2", "lain": "lain"}
    assert "akun 'permintaan' sekarang bernama 'permintaan-3'" in capsys.readouterr().out
    assert {migration.TAKEN} == RESERVED
