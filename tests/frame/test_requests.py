"""Requests about accounts: two operators, never the owner, and what they decided is told of both."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, connection, transaction
from django.test import Client

from pamong.access import models, requests, services
from pamong.access import queries as access
from pamong.access.choices import RequestKind, RequestState
from pamong.access.errors import (
    AskerLeft,
    GrantOverlaps,
    NotAllowed,
    ReasonMissing,
    RequestNotFound,
    RequestWaits,
    SecondPersonNeeded,
    UserNotFound,
)
from pamong.access.roles import GRANTABLE
from pamong.kernel.actor import Actor, Grant
from pamong.kernel.errors import InvalidValue
from pamong.ledger.choices import SealKind
from pamong.ledger.models import Intake
from tests.support.organisation import officer, small_city

TODAY = date(2026, 11, 10)
WHY = "Ponsel hilang di pasar"
NO = "Pemiliknya tidak meminta"
NAMES = ("hendra", "lestari", "klerk")


def make_people(operator: Actor, at: datetime) -> dict[str, Actor]:
    for name in NAMES:
        services.create_user(
            actor=operator, at=at, username=name, display_name=name.title(), password="rahasia-lama-9"
        )
        role = "unit_clerk" if name == "klerk" else "system_operator"
        services.grant_role(actor=operator, at=at, username=name, role=role, start_on=TODAY)
    return {name: access.named_actor(name, TODAY) for name in NAMES}


@pytest.fixture
def people(db: None, operator: Actor, at: datetime) -> dict[str, Actor]:
    """Two operators and a clerk with a password and a second factor."""
    return make_people(operator, at)


def ask(people: dict[str, Actor], at: datetime, kind: RequestKind = RequestKind.PASSWORD) -> UUID:
    return requests.ask_reset(actor=people["hendra"], at=at, username="klerk", kind=kind, reason=WHY)


def ask_role(people: dict[str, Actor], at: datetime, **asked: Any) -> UUID:
    wanted = {"username": "klerk", "role": "inspector", "unit_path": "", "reason": "SK mutasi 800/12"}
    return requests.ask_role(actor=people["hendra"], at=at, **wanted | asked)


def told(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Intake.objects.filter(kind=kind).latest("id").body)
    return found


def uid_of(username: str) -> str:
    return str(models.User.objects.get(username=username).uid)


# --- resets ---


def test_a_password_is_reset_by_two_people_and_the_old_session_ends(
    people: dict[str, Actor], at: datetime
) -> None:
    user = models.User.objects.get(username="klerk")
    browser = Client()
    browser.force_login(user)
    uid = ask(people, at)
    assert browser.get("/profil/").status_code == 200
    done = requests.confirm(actor=people["lestari"], at=at, request=uid)
    assert browser.get("/profil/").status_code == 302, "the session ended with the password"
    user.refresh_from_db()
    assert not user.has_usable_password()
    token = done.secret.split("/")[1]
    assert requests.find_by_link(user.uid, token) == user
    assert requests.set_password_by_link(uid=user.uid, token=token, password="rahasia-baru-9") == user
    assert requests.set_password_by_link(uid=user.uid, token=token, password="lagi-lagi-9") is None
    user.refresh_from_db()
    assert user.check_password("rahasia-baru-9")


def test_a_second_factor_is_removed(people: dict[str, Actor], at: datetime) -> None:
    user = models.User.objects.get(username="klerk")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    uid = ask(people, at, RequestKind.SECOND_FACTOR)
    assert requests.confirm(actor=people["lestari"], at=at, request=uid).secret == ""
    assert not Authenticator.objects.filter(user=user).exists()


def test_what_is_no_reset_is_not_asked_as_one(people: dict[str, Actor], at: datetime) -> None:
    with pytest.raises(ValueError, match="no reset"):
        ask(people, at, RequestKind.ROLE)


# --- roles ---


@pytest.mark.parametrize("role", sorted(GRANTABLE))
def test_a_role_waits_for_the_second_operator_and_both_are_named(
    people: dict[str, Actor], at: datetime, role: str
) -> None:
    unit = "dinkes" if role == "unit_clerk" else ""
    uid = ask_role(people, at, role=role, unit_path=unit)
    user = models.User.objects.get(username="klerk")
    assert not models.Grant.objects.filter(user=user, role=role, unit_path=unit).exists()
    assert requests.confirm(actor=people["lestari"], at=at, request=uid).kind is RequestKind.ROLE
    grant = models.Grant.objects.select_related("basis").get(user=user, role=role, unit_path=unit)
    assert (grant.period.lower, grant.period.upper) == (TODAY, None)
    assert (grant.basis.kind, grant.basis.ref) == (SealKind.OFFICE_ENTRY, uid)
    entry = told("access.role_granted")
    assert entry["actor"] == f"user:{people['lestari'].user_id}"
    assert (entry["public"]["asked_by"], entry["public"]["request"]) == (uid_of("hendra"), str(uid))
    row = models.Request.objects.get(uid=uid)
    assert (row.asked_by.username, row.decided_by.username) == ("hendra", "lestari")  # type: ignore[union-attr]


def test_what_can_not_be_given_is_not_asked_for(
    people: dict[str, Actor], operator: Actor, at: datetime
) -> None:
    small_city(officer(TODAY), at)
    for asked, error, words in [
        ({"username": "hendra"}, NotAllowed, "diri sendiri"),
        ({"username": "tiada"}, UserNotFound, "tiada"),
        ({"role": "employee"}, NotAllowed, "mengikuti data pegawai"),
        ({"role": "unit_clerk"}, GrantOverlaps, "Petugas unit"),
        ({"unit_path": "tiada"}, InvalidValue, "'tiada' tidak ada"),
    ]:
        with pytest.raises(error, match=words):
            ask_role(people, at, **asked)
    with pytest.raises(NotAllowed, match="akun Anda sendiri"):
        ask_role({"hendra": operator}, at)
    assert not models.Request.objects.exists()


def test_an_odd_unit_is_told_in_a_sentence(people: dict[str, Actor], at: datetime) -> None:
    with pytest.raises(InvalidValue, match="Jalur unit"):
        ask_role(people, at, unit_path="dinas kesehatan")


def test_a_role_that_was_given_meanwhile_leaves_the_request_waiting(
    people: dict[str, Actor], operator: Actor, at: datetime
) -> None:
    uid = ask_role(people, at)
    services.grant_role(actor=operator, at=at, username="klerk", role="inspector", start_on=TODAY)
    with pytest.raises(GrantOverlaps):
        requests.confirm(actor=people["lestari"], at=at, request=uid)
    assert models.Request.objects.get(uid=uid).state == RequestState.WAITING


def test_an_operator_is_one_of_the_whole_government(
    people: dict[str, Actor], operator: Actor, at: datetime
) -> None:
    """Accounts belong to no unit: neither two operators nor the command line give the role over one."""
    over: dict[str, Any] = {"role": "system_operator", "unit_path": "dinkes"}
    with pytest.raises(InvalidValue, match="hanya mencakup seluruh pemerintah daerah"):
        ask_role(people, at, **over)
    with pytest.raises(InvalidValue, match="hanya mencakup seluruh pemerintah daerah"):
        services.grant_role(actor=operator, at=at, username="klerk", start_on=TODAY, **over)
    ask_role(people, at, role="personnel_officer", unit_path="dinkes")


def test_what_waited_over_a_unit_is_not_given_any_more(people: dict[str, Actor], at: datetime) -> None:
    who = {"user_id": people["klerk"].user_id, "asked_by_id": people["hendra"].user_id}
    row = models.Request.objects.create(
        kind="role", role="system_operator", unit_path="dinkes", reason=WHY, **who
    )
    with pytest.raises(InvalidValue, match="hanya mencakup seluruh pemerintah daerah"):
        requests.confirm(actor=people["lestari"], at=at, request=row.uid)


def test_an_operator_of_a_unit_as_it_was_once_given_does_nothing(
    people: dict[str, Actor], operator: Actor, at: datetime
) -> None:
    services.create_user(actor=operator, at=at, username="dina", display_name="Dina", password=None)
    user = models.User.objects.get(username="dina")
    part = Actor(user.pk, None, "Dina", (Grant("system_operator", "dinkes"),), TODAY)
    asked = [ask_role(people, at), ask(people, at)]
    acts: tuple[Callable[[], object], ...] = (
        lambda: ask({"hendra": part}, at),
        lambda: ask_role({"hendra": part}, at, role="unit_clerk", unit_path="dinkes"),
        *(lambda uid=uid: requests.confirm(actor=part, at=at, request=uid) for uid in asked),
        *(lambda uid=uid: requests.refuse(actor=part, at=at, request=uid, reason=NO) for uid in asked),
        lambda: requests.refuse(actor=part, at=at, request=uuid4(), reason=NO),
        lambda: services.create_user(actor=part, at=at, username="x", display_name="X", password=None),
        lambda: services.end_grant(
            actor=part, at=at, grant=models.Grant.objects.earliest("id").uid, end_on=TODAY, reason=NO
        ),
    )
    for act in acts:
        with pytest.raises(NotAllowed, match="di luar wewenang"):
            act()
    assert requests.count_to_decide(actor=part) == 0
    assert not any(row.may_decide for row in requests.list_requests(actor=part).rows)
    given = models.Grant.objects.latest("id")
    models.Grant.objects.create(
        user=user, role="system_operator", unit_path="dinkes", period=given.period, basis_id=given.basis_id
    )
    assert not access.named_actor("dina", TODAY).has_role("system_operator")


def test_who_asked_has_to_be_an_operator_still(
    people: dict[str, Actor], operator: Actor, at: datetime
) -> None:
    uid = ask_role(people, at)
    held = access.list_grants(actor=operator, username="hendra")[0].uid
    services.end_grant(actor=operator, at=at, grant=held, end_on=TODAY, reason="Pindah tugas")
    with pytest.raises(AskerLeft):
        requests.confirm(actor=people["lestari"], at=at, request=uid)
    requests.refuse(actor=people["lestari"], at=at, request=uid, reason=NO)
    assert told("access.request_refused")["public"]["asked_by"] == uid_of("hendra")


def test_a_refusal_says_why(people: dict[str, Actor], at: datetime) -> None:
    uid = ask(people, at)
    for reason in ("", "tes", "1234567890"):
        with pytest.raises(ReasonMissing):
            requests.refuse(actor=people["lestari"], at=at, request=uid, reason=reason)
    assert requests.count_waiting(actor=people["hendra"]) == 1
    requests.refuse(actor=people["lestari"], at=at, request=uid, reason=f" {NO} ")
    (row,) = requests.list_requests(actor=people["hendra"]).rows
    assert (row.state, row.answer, row.decided_by) == (RequestState.REFUSED, NO, "Lestari")


def test_who_asked_takes_it_back_while_it_waits(people: dict[str, Actor], at: datetime) -> None:
    uid = ask(people, at)
    assert requests.list_requests(actor=people["hendra"]).rows[0].may_withdraw
    assert not requests.list_requests(actor=people["lestari"]).rows[0].may_withdraw
    with pytest.raises(RequestNotFound):
        requests.withdraw(actor=people["lestari"], at=at, request=uid)
    requests.withdraw(actor=people["hendra"], at=at, request=uid)
    (row,) = requests.list_requests(actor=people["hendra"]).rows
    assert (row.state, row.decided_by, row.may_withdraw) == (RequestState.WITHDRAWN, "", False)
    assert row.decided_at is not None
    entry = told("access.request_withdrawn")
    assert entry["actor"] == f"user:{people['hendra'].user_id}"
    assert (entry["public"]["request"], entry["public"]["user"]) == (str(uid), uid_of("klerk"))
    with pytest.raises(RequestNotFound):
        requests.confirm(actor=people["lestari"], at=at, request=uid)
    with pytest.raises(RequestNotFound):
        requests.withdraw(actor=people["hendra"], at=at, request=uid)
    ask(people, at)  # and may be asked for again


# --- both of them ---


@pytest.mark.parametrize("asking", [ask, ask_role])
def test_one_person_is_not_enough(
    people: dict[str, Actor], at: datetime, asking: Callable[..., UUID]
) -> None:
    uid = asking(people, at)
    with pytest.raises(SecondPersonNeeded):
        requests.confirm(actor=people["hendra"], at=at, request=uid)
    with pytest.raises(NotAllowed):
        requests.confirm(actor=people["klerk"], at=at, request=uid)
    (row,) = requests.list_requests(actor=people["lestari"]).rows
    assert (row.state, row.may_decide, row.asked_by) == (RequestState.WAITING, True, "Hendra")
    assert not requests.list_requests(actor=people["hendra"]).rows[0].may_decide
    assert requests.count_to_decide(actor=people["lestari"]) == 1
    assert requests.count_to_decide(actor=people["hendra"]) == 0


def test_the_owner_decides_nothing_of_his_own_account(
    people: dict[str, Actor], operator: Actor, at: datetime
) -> None:
    uid = ask_role(people, at, username="lestari")
    assert requests.count_to_decide(actor=people["lestari"]) == 0
    with pytest.raises(SecondPersonNeeded):
        requests.confirm(actor=people["lestari"], at=at, request=uid)


def test_nobody_resets_himself_without_a_reason_or_twice(people: dict[str, Actor], at: datetime) -> None:
    who: dict[str, Any] = {"actor": people["hendra"], "at": at, "kind": RequestKind.PASSWORD}
    with pytest.raises(NotAllowed, match="dua operator lain"):
        requests.ask_reset(**who, username="hendra", reason=WHY)
    for reason in (" ", "tes", "lupa", "..........", "1234567890"):
        with pytest.raises(ReasonMissing, match="kata-kata"):
            requests.ask_reset(**who, username="klerk", reason=reason)
        with pytest.raises(ReasonMissing, match="kata-kata"):
            ask_role(people, at, reason=reason)
    uid = ask(people, at)
    with pytest.raises(RequestWaits):
        ask(people, at)
    requests.refuse(actor=people["lestari"], at=at, request=uid, reason=NO)
    with pytest.raises(RequestNotFound):
        requests.confirm(actor=people["lestari"], at=at, request=uid)
    assert models.User.objects.get(username="klerk").check_password("rahasia-lama-9")


def test_the_operator_of_the_command_line_is_nobody_to_ask_or_decide(
    people: dict[str, Actor], operator: Actor, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        ask({"hendra": operator}, at)
    with pytest.raises(SecondPersonNeeded):
        requests.confirm(actor=operator, at=at, request=ask_role(people, at))


def test_two_who_decide_at_once(committed_db: str, operator: Actor, at: datetime) -> None:
    people = make_people(operator, at)
    services.create_user(actor=operator, at=at, username="dina", display_name="Dina", password=None)
    services.grant_role(actor=operator, at=at, username="dina", role="system_operator", start_on=TODAY)
    uid = ask_role(people, at)

    def decide(name: str) -> str:
        try:
            requests.confirm(actor=access.named_actor(name, TODAY), at=at, request=uid)
        except RequestNotFound:
            return "sudah"
        finally:
            connection.close()
        return "diputuskan"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, ("lestari", "dina"))) == ["diputuskan", "sudah"]
    assert models.Grant.objects.filter(role="inspector").count() == 1


def test_the_database_wants_two_people_too(people: dict[str, Actor], at: datetime) -> None:
    uid = ask(people, at)
    for name, who in (("request_two_people", "hendra"), ("request_not_oneself", "klerk")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            models.Request.objects.filter(uid=uid).update(
                state="done", decided_by_id=people[who].user_id or 0
            )


def test_the_database_knows_the_person_of_a_request(people: dict[str, Actor], at: datetime) -> None:
    values = {"user_id": people["klerk"].user_id, "asked_by_id": people["hendra"].user_id}
    with pytest.raises(IntegrityError, match="request_person"), transaction.atomic():
        models.Request.objects.create(kind="link", person=uuid4(), reason=WHY, **values)


def test_requests_come_in_pages_those_that_wait_first(people: dict[str, Actor], at: datetime) -> None:
    for kind in (RequestKind.PASSWORD, RequestKind.SECOND_FACTOR):
        requests.refuse(actor=people["lestari"], at=at, request=ask(people, at, kind), reason=NO)
    uid = ask_role(people, at)
    first = requests.list_requests(actor=people["lestari"], page=1, size=2)
    assert (first.rows[0].uid, first.page, first.last) == (uid, 1, 2)
    second = requests.list_requests(actor=people["lestari"], page=9, size=2)
    assert ([row.kind for row in second.rows], second.page) == ([RequestKind.PASSWORD], 2)
    assert requests.count_waiting(actor=people["lestari"]) == 1
    (waiting,) = requests.list_waiting(actor=people["lestari"], username="klerk")
    assert waiting.title == "Inspektorat"
