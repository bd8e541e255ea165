"""Every route × method × role: let in or refused as the table says, and never data with a refusal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.month import LATE, NO_INCOME, PUNCTUAL
from tests.support.paid import Paid, SignIn
from tests.web.matrix.routes import Route
from tests.web.matrix.table import API, ROLES, ROUTES, STRANGER

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SIGN_IN = "/masuk/"
# allauth's own views take PUT for POST and answer the others by themselves.
MANY_METHODS = {name for name in ROUTES if name.startswith(("account_", "mfa_"))}
# The owner of a reset is not signed in; who has another link learns that there is none.
OPEN = {"new_password"}
SECRETS = (LATE, NO_INCOME, "Pegawai Karangan", "1985", "Rp")


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield space + (entry.name or str(entry.pattern))
        else:
            yield from names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def test_every_route_has_an_entry() -> None:
    found = set(names(get_resolver("pamong.config.urls")))
    assert found - set(ROUTES) == set(), "a route without an entry: add it to tests/web/matrix/table.py"
    assert set(ROUTES) - found == set(), "the table names a route that is gone"


@pytest.mark.parametrize("name", ROUTES)
def test_who_may(name: str, paid: Paid, sign_in: SignIn) -> None:
    route = ROUTES[name]
    for role in ROLES:
        for method, roles in route.may.items():
            answer = ask(sign_in(role), name, route, method, paid)
            case = f"{method} as {role or 'a stranger'}: {told(answer)}"
            assert is_refusal(name, role, answer) == (role not in roles), case
            assert answer.status_code < 500, case
            if role not in roles:
                assert [secret for secret in SECRETS if secret in answer.content.decode()] == [], case


@pytest.mark.parametrize("name", sorted(set(ROUTES) - MANY_METHODS))
def test_other_methods_are_not_taken(name: str, paid: Paid, sign_in: SignIn) -> None:
    route = ROUTES[name]
    for method in set(METHODS) - set(route.may):
        answer = ask(sign_in("personnel_officer"), name, route, method, paid)
        assert answer.status_code == 405, f"{method}: {told(answer)}"


def test_each_role_is_refused_somewhere() -> None:
    for role in ROLES:
        refused = [name for name, route in ROUTES.items() if role not in route.may.get("GET", {role})]
        assert refused, role


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "stranger")
def test_objects_that_are_not_there_are_not_found(role: str, paid: Paid, sign_in: SignIn) -> None:
    """A run's id where a slip's belongs: nobody learns more than that there is none."""
    client = sign_in(role)
    for name, args in {
        "pay:run": (paid.month.slips[LATE],),
        "pay:slip": (paid.month.run,),
        "pay:reason": (paid.month.run, "tpp_net"),
        "api-v1:get_run": (paid.month.slips[LATE],),
        "api-v1:get_slip": (paid.month.run,),
    }.items():
        answer = client.get(reverse(name, args=args))
        assert is_refusal(name, role, answer), told(answer)


def test_the_month_is_what_the_readers_see(paid: Paid, sign_in: SignIn) -> None:
    """The refusals above mean something: who may look does see these names."""
    text = sign_in("inspector").get(reverse("pay:people", args=[paid.month.run])).content.decode()
    assert LATE in text or f"{PUNCTUAL + 4} orang" in text


def ask(client: Client, name: str, route: Route, method: str, paid: Paid) -> HttpResponse:
    """One request; strangers' cookies are empty, so that each starts anew."""
    path = reverse(name, args=route.args(paid)) + route.query
    answer: HttpResponse = client.generic(method, path, route.body, "application/json")
    return answer


def is_refusal(name: str, role: str, answer: HttpResponse) -> bool:
    """Strangers are sent to sign in, or told so by the interface; others get a page that says why."""
    if role == STRANGER and name not in {*API, *OPEN}:
        return answer.status_code in (301, 302) and answer.headers["Location"].startswith(SIGN_IN)
    return answer.status_code in (401, 403, 404)


def told(answer: HttpResponse) -> str:
    """What an answer was, for a failure's sentence."""
    return f"{answer.status_code} {answer.headers.get('Location', '')} {answer.content[:300]!r}"
