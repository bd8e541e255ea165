"""Accounts on their pages: roles are given, and a password is made anew by two operators and its owner."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock, queries, services
from pamong.access.models import Grant, User
from pamong.kernel.actor import Actor
from tests.support.organisation import officer, small_city

pytestmark = pytest.mark.django_db
NEW = "sebelas-gajah-menari"


@pytest.fixture
def operators(operator: Actor, at: datetime, settings: object) -> dict[str, Client]:
    """Two operators and a clerk, signed in."""
    settings.PAMONG_SECOND_FACTOR = False  # type: ignore[attr-defined]
    clients = {}
    for name in ("hendra", "lestari", "klerk"):
        services.create_user(
            actor=operator, at=at, username=name, display_name=name.title(), password="rahasia-lama-9"
        )
        role = "unit_clerk" if name == "klerk" else "system_operator"
        services.grant_role(
            actor=operator, at=at, username=name, role=role, start_on=date(2020, 1, 1), reason="uji"
        )
        clients[name] = Client()
        clients[name].force_login(User.objects.get(username=name))
    return clients


def ask(client: Client) -> HttpResponse:
    data = {"langkah": "atur-ulang", "kind": "password", "why": "Lupa"}
    answer: HttpResponse = client.post(reverse("accounts:account", args=["klerk"]), data)
    return answer


def carry_out(client: Client) -> str:
    page = client.get(reverse("accounts:resets")).content.decode()
    found = re.search(r'name="permintaan" value="([^"]+)"', page)
    if found is None:
        return ""
    data = {"permintaan": found[1], "putusan": "laksanakan"}
    shown = client.post(reverse("accounts:resets"), data).content.decode()
    link = re.search(r"http://[^<\s]+/sandi-baru/[^<\s]+", shown)
    return link[0] if link else ""


def test_two_operators_and_the_owner_make_a_new_password(operators: dict[str, Client]) -> None:
    assert ask(operators["hendra"]).status_code == 302
    assert carry_out(operators["hendra"]) == "", "who asked does not carry it out"
    link = carry_out(operators["lestari"])
    path = link.partition("testserver")[2]
    assert operators["klerk"].get(reverse("profile")).status_code == 302, "the old session has ended"
    owner = Client()
    assert owner.post(path, {"password1": "12345678", "password2": "12345678"}).status_code == 422
    assert owner.post(path, {"password1": NEW, "password2": "lain"}).status_code == 422
    assert owner.post(path, {"password1": NEW, "password2": NEW}).status_code == 302
    assert User.objects.get(username="klerk").check_password(NEW)
    assert owner.get(path).status_code == 404, "the link ends with its use"


def test_nobody_resets_or_promotes_himself(operators: dict[str, Client]) -> None:
    own = reverse("accounts:account", args=["hendra"])
    page = operators["hendra"].get(own).content.decode()
    assert "Minta atur ulang" not in page and "Beri peran" not in page
    data = {"langkah": "peran", "role": "inspector", "unit": "", "reason": "x"}
    assert operators["hendra"].post(own, data).status_code == 403
    assert (
        operators["hendra"].post(own, {"langkah": "atur-ulang", "kind": "password", "why": "x"}).status_code
        == 403
    )


def test_a_role_is_given_and_ended(operators: dict[str, Client]) -> None:
    path = reverse("accounts:account", args=["klerk"])
    data = {"langkah": "peran", "role": "inspector", "unit": "", "reason": "Tugas baru"}
    assert operators["hendra"].post(path, data).status_code == 302
    again = operators["hendra"].post(path, data)
    assert again.status_code == 422 and "sudah dipegang" in again.content.decode()
    grant = Grant.objects.get(user__username="klerk", role="unit_clerk")
    told = operators["hendra"].post(reverse("accounts:end", args=["klerk", grant.uid]), follow=True)
    assert "Mulai hari ini peran itu tidak berlaku lagi" in told.content.decode()
    held = queries.named_actor("klerk", clock.today())
    assert not held.has_role("unit_clerk")


def test_an_account_is_made_without_a_password(operators: dict[str, Client]) -> None:
    path = reverse("accounts:index")
    made = operators["hendra"].post(path, {"username": "Baru", "display_name": "Orang Baru"})
    assert made.headers["Location"].endswith("/akun/baru/")
    assert not User.objects.get(username="baru").has_usable_password()
    told = operators["hendra"].post(path, {"username": "baru", "display_name": "Lagi"})
    assert told.status_code == 422 and "sudah dipakai" in told.content.decode()
    assert operators["klerk"].get(path).status_code == 403


@pytest.mark.parametrize("name", ["a/b", "a b", "..", "atur-ulang"])
def test_a_name_that_no_address_holds_is_refused_and_the_list_goes_on(
    operators: dict[str, Client], name: str
) -> None:
    path = reverse("accounts:index")
    told = operators["hendra"].post(path, {"username": name, "display_name": "Orang Baru"})
    assert told.status_code == 422 and "Nama pengguna" in told.content.decode()
    assert not User.objects.filter(display_name="Orang Baru").exists()
    assert operators["lestari"].get(path).status_code == 200


def test_a_role_given_today_by_mistake_is_taken_back_today(operators: dict[str, Client]) -> None:
    path = reverse("accounts:account", args=["klerk"])
    data = {"langkah": "peran", "role": "inspector", "unit": "", "reason": "Keliru"}
    assert operators["hendra"].post(path, data).status_code == 302
    grant = Grant.objects.get(user__username="klerk", role="inspector")
    assert "Batalkan" in operators["hendra"].get(path).content.decode()
    end = operators["hendra"].post(reverse("accounts:end", args=["klerk", grant.uid]), follow=True)
    assert "tidak berlaku pada hari mana pun" in end.content.decode()
    assert not queries.named_actor("klerk", clock.today()).has_role("inspector")


def test_a_role_over_a_unit_that_is_not_there_is_refused(operators: dict[str, Client], at: datetime) -> None:
    small_city(officer(date(2026, 11, 10)), at)
    path = reverse("accounts:account", args=["klerk"])
    data = {"langkah": "peran", "role": "inspector", "unit": "typo_unit", "reason": "Tugas baru"}
    told = operators["hendra"].post(path, data)
    assert told.status_code == 422 and "typo_unit" in told.content.decode()
    assert not Grant.objects.filter(role="inspector").exists()


def test_an_account_that_is_not_there(operators: dict[str, Client]) -> None:
    assert operators["hendra"].get(reverse("accounts:account", args=["tiada"])).status_code == 404


def test_after_a_change_of_password_the_profile_says_so(operators: dict[str, Client]) -> None:
    data = {"oldpassword": "rahasia-lama-9", "password1": NEW, "password2": NEW}
    answer = operators["klerk"].post(reverse("account_change_password"), data)
    assert answer.headers["Location"] == reverse("profile")
    assert User.objects.get(username="klerk").check_password(NEW)
    page = operators["klerk"].get(reverse("profile")).content.decode()
    assert re.search("Kata sandi Anda sudah diganti.", page)
