"""Resets of accounts: two people, never one's own, and the old way in ends at once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, transaction
from django.test import Client

from pamong.access import models, resets, services
from pamong.access import queries as access
from pamong.access.choices import ResetKind, ResetState
from pamong.access.errors import NotAllowed, ResetNotFound, ResetWaits, SecondPersonNeeded
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


@pytest.fixture
def people(operator: Actor, at: datetime) -> dict[str, Actor]:
    """Two operators and a clerk with a password and a second factor."""
    for name in ("hendra", "lestari", "klerk"):
        services.create_user(
            actor=operator, at=at, username=name, display_name=name.title(), password="rahasia-lama-9"
        )
        role = "unit_clerk" if name == "klerk" else "system_operator"
        services.grant_role(actor=operator, at=at, username=name, role=role, start_on=TODAY)
    return {name: access.named_actor(name, TODAY) for name in ("hendra", "lestari", "klerk")}


def ask(people: dict[str, Actor], at: datetime, kind: ResetKind = ResetKind.PASSWORD) -> object:
    return resets.ask_reset(
        actor=people["hendra"], at=at, username="klerk", kind=kind, reason="Ponsel hilang di pasar"
    )


def test_a_password_is_reset_by_two_people_and_the_old_session_ends(
    people: dict[str, Actor], at: datetime
) -> None:
    user = models.User.objects.get(username="klerk")
    browser = Client()
    browser.force_login(user)
    uid = ask(people, at)
    assert browser.get("/profil/").status_code == 200
    link = resets.confirm_reset(actor=people["lestari"], at=at, reset=uid)  # type: ignore[arg-type]
    assert browser.get("/profil/").status_code == 302, "the session ended with the password"
    user.refresh_from_db()
    assert not user.has_usable_password()
    token = link.split("/")[1]
    assert resets.find_by_link(user.uid, token) == user
    assert resets.set_password_by_link(uid=user.uid, token=token, password="rahasia-baru-9") == user
    assert resets.set_password_by_link(uid=user.uid, token=token, password="lagi-lagi-9") is None
    user.refresh_from_db()
    assert user.check_password("rahasia-baru-9")


def test_a_second_factor_is_removed(people: dict[str, Actor], at: datetime) -> None:
    user = models.User.objects.get(username="klerk")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    uid = ask(people, at, ResetKind.SECOND_FACTOR)
    assert resets.confirm_reset(actor=people["lestari"], at=at, reset=uid) == ""  # type: ignore[arg-type]
    assert not Authenticator.objects.filter(user=user).exists()


def test_one_person_is_not_enough(people: dict[str, Actor], at: datetime) -> None:
    uid = ask(people, at)
    for alone in ("hendra",):
        with pytest.raises(SecondPersonNeeded):
            resets.confirm_reset(actor=people[alone], at=at, reset=uid)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        resets.confirm_reset(actor=people["klerk"], at=at, reset=uid)  # type: ignore[arg-type]
    (row,) = resets.list_resets(actor=people["lestari"])
    assert (row.state, row.may_decide, row.asked_by) == (ResetState.WAITING, True, "Hendra")
    assert not resets.list_resets(actor=people["hendra"])[0].may_decide


def test_nobody_resets_himself_without_a_reason_or_twice(people: dict[str, Actor], at: datetime) -> None:
    with pytest.raises(NotAllowed, match="dua operator lain"):
        resets.ask_reset(
            actor=people["hendra"], at=at, username="hendra", kind=ResetKind.PASSWORD, reason="Lupa"
        )
    with pytest.raises(InvalidValue, match="mengapa"):
        resets.ask_reset(actor=people["hendra"], at=at, username="klerk", kind=ResetKind.PASSWORD, reason=" ")
    uid = ask(people, at)
    with pytest.raises(ResetWaits):
        ask(people, at)
    resets.refuse_reset(actor=people["lestari"], at=at, reset=uid)  # type: ignore[arg-type]
    with pytest.raises(ResetNotFound):
        resets.confirm_reset(actor=people["lestari"], at=at, reset=uid)  # type: ignore[arg-type]
    assert models.User.objects.get(username="klerk").check_password("rahasia-lama-9")


def test_the_operator_of_the_command_line_is_nobody_to_ask(operator: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        resets.list_resets(actor=operator)


def test_the_database_wants_two_people_too(people: dict[str, Actor], at: datetime) -> None:
    uid = ask(people, at)
    for name, who in (("reset_two_people", "hendra"), ("reset_not_oneself", "klerk")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            models.Reset.objects.filter(uid=uid).update(state="done", decided_by_id=people[who].user_id)  # type: ignore[misc]
