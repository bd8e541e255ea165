"""Every constraint, from accounts to what is owed to the treasury: two sessions try to break it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from pytest_django.plugin import DjangoDbBlocker

from pamong.pay import models as pay
from tests.architecture.breaking import CHECKS, EVERYWHERE, GOOD, SHARED, Values, store
from tests.support.databases import Cluster, fresh_database

APPS = (
    "access", "ledger", "organisation", "people", "attendance", "performance", "leave", "career", "merit",
    "decisions",
)  # fmt: skip
# Of pay the path and the differences; what holds a run and its slips has a test of its own
# (tests/pay/test_constraints.py).
PATH = (pay.PayList, pay.PayItem, pay.ListStep, pay.PayFile, pay.TreasuryFile, pay.Budget)
DIFFERENCES = (
    pay.Difference, pay.DifferenceLine, pay.DifferencePart, pay.Overpayment, pay.InstalmentPlan,
    pay.Instalment, pay.PlanDecision, pay.Deposit,
)  # fmt: skip
PATIENCE_SECONDS = 20
# An order and its number stand together or not at all, and its file with it: tests/decisions/test_orders.py.
TOGETHER = {"decisions_order", "decisions_orderend", "decisions_orderfile"}
MODELS: list[Any] = [
    model
    for name in APPS
    for model in apps.get_app_config(name).get_models()
    if model._meta.db_table not in TOGETHER
]
ALL = [
    (model, constraint) for model in (*MODELS, *PATH, *DIFFERENCES) for constraint in model._meta.constraints
]
# A trigger refuses such an amount before: tests/pay/test_overpayments.py.
SOONER = {"overpayment_is_owed"}
SINGLE = [
    (model, each.name)
    for model, each in ALL
    if isinstance(each, models.CheckConstraint) and each.name not in SOONER
]
# No list begins as submitted or paid: tests/pay/test_path_parallel.py has two sessions submit at once.
LATER = {"pay_list_spm_once", "pay_list_sp2d_once"}
PAIRS = [
    (model, each.name)
    for model, each in ALL
    if not isinstance(each, models.CheckConstraint) and each.name not in LATER
]


@pytest.fixture(scope="module")
def emptied(postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of its own, to which the tests of this file commit.

    As its owner: the application may not even try some of it.
    """
    with fresh_database(postgres, "owner"), django_db_blocker.unblock():
        yield


def refusal(model: Any, values: Values) -> str:
    """Store a row and commit; the name of the constraint that refused, '' if none did."""
    try:
        store(model, values)
    except IntegrityError as error:
        return str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
    return ""


def elsewhere(model: Any, values: Values) -> str:
    """The same over a connection of its own."""
    try:
        return refusal(model, values)
    finally:
        connection.close()


def waits(done: Future[str]) -> bool:
    """Whether the other session waits for this one; False once it is done without."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done.done() and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
    return False


def test_each_table_has_a_row_that_may_stand(emptied: None) -> None:
    for model, make in GOOD.items():
        assert refusal(model, make()) == "", model
    assert {model for model, _ in ALL} == set(GOOD)


@pytest.mark.parametrize(("model", "name"), SINGLE, ids=[name for _, name in SINGLE])
def test_a_row_that_can_not_be(model: Any, name: str, emptied: None) -> None:
    good = GOOD[model]()
    found = CHECKS.get(name) or next(EVERYWHERE[end] for end in EVERYWHERE if name.endswith(end))
    bad = good | (found(good) if callable(found) else found)
    with ThreadPoolExecutor(2) as pool:
        assert {*pool.map(elsewhere, [model, model], [bad, bad])} == {name}


@pytest.mark.parametrize(("model", "name"), PAIRS, ids=[name for _, name in PAIRS])
def test_two_sessions_never_both_store_what_only_one_may(model: Any, name: str, emptied: None) -> None:
    first = GOOD[model]()
    second = dict(first)
    if name in SHARED:
        both, second = SHARED[name](first)
        first, second = first | both, second | both
    started = threading.Event()

    def other() -> str:
        started.wait(PATIENCE_SECONDS)
        return elsewhere(model, second)

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(other)
        with transaction.atomic():
            store(model, first)
            started.set()
            assert waits(answer), "the second session has to wait for what the first one does"
        assert answer.result(PATIENCE_SECONDS) in {name, *_alike(model, name)}


def _alike(model: Any, name: str) -> set[str]:
    """Constraints that two such rows break as well, whichever the database looks at first."""
    return {
        "appointment_one_seat": {"appointment_no_overlap"},
        "stepact_once": {"stepact_one_part_each"},
        "stepact_one_part_each": {"stepact_once"},
        "shape_once": {"ledger_shape_intake_id_key"},
    }.get(name, set())
