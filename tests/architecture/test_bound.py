"""Which tables the log vouches for, row by row: all with a basis or a history, but for those named here."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from pamong.ledger.binding import WHEN, body_sql, function_name, shape_of, trigger_names

DOMAINS = (
    "access", "organisation", "people", "decisions", "attendance", "performance", "leave", "career",
    "merit", "pay",
)  # fmt: skip
# Why a table of these domains is not bound, row by row.
EXCEPTIONS = {
    "access_mail": "letters that were sent; they decide nothing",
    "access_read_log": "who looked at what has a log of its own kind, and is no decision",
    "access_user": "sign-ins change it all the time; what an account may do stands in its grants",
    "organisation_unitplace": "worked out from unit rows, and made anew from them",
    "people_batch": "how far an import is; what it stored stands in rows that are bound",
    "people_batchrow": "a file's rows on their way in; what was stored of them is bound",
    "people_batchproblem": "the same",
    "attendance_punch": "facts of machines, which get a log of their own",
    "attendance_punchfile": "the same",
    "attendance_punchkey": "the same",
    "attendance_quarantined": "the same",
    "attendance_watermark": "the same",
    "attendance_dayresult": "worked out from facts, and made anew from them",
    "attendance_staleday": "what is yet to be worked out",
    "career_kgbdue": "worked out from facts, and made anew from them",
    "pay_sliptree": "worked out from slips, and compared with the root in the log",
    "pay_slip": "a month's slips are one leaf with a tree of their own",
    "pay_slipline": "the same",
    "pay_slipinput": "the same",
    "pay_runchunk": "how far a run is",
    "pay_runproblem": "told beside a run; decides nothing",
    "pay_differencesearch": "how far a search is; what it found is bound",
    "pay_paidlist": "a list of elsewhere that is compared; nobody is paid by it",
    "pay_paiddifference": "the same",
}
_BOUND = """
    SELECT DISTINCT ON (relation) relation, shape, columns, key, which FROM ledger_shape
    ORDER BY relation, shape DESC"""
_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""
_TRIGGERS = """
    SELECT t.tgname, p.proname, p.prosrc, t.tgenabled FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid = %s::regclass AND t.tgname LIKE '%%\\_bound\\_%%'"""


def rows(query: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params or None)
        return list(cursor.fetchall())


def bound() -> dict[str, Any]:
    found = {}
    for relation, number, columns, key, which in rows(_BOUND):
        found[relation] = shape_of(relation, number, json.loads(columns), json.loads(key), which)
    return {relation: shape for relation, shape in found.items() if shape.columns}


@pytest.mark.django_db
def test_each_table_of_the_domains_is_bound_or_says_why_not() -> None:
    tables = {model._meta.db_table for name in DOMAINS for model in apps.get_app_config(name).get_models()}
    assert tables - set(bound()) == set(EXCEPTIONS)
    assert set(bound()) - tables == {"ledger_seal"}
    assert set(EXCEPTIONS) <= tables, "an exception for a table that is no more"


@pytest.mark.django_db
def test_the_newest_shape_of_each_table_is_that_of_its_columns() -> None:
    """A migration that changes a bound table calls ``bound`` again."""
    for relation, shape in bound().items():
        assert tuple(rows(_COLUMNS, relation)) == shape.columns, relation


@pytest.mark.django_db
def test_the_triggers_of_each_table_are_always_on() -> None:
    for relation, shape in bound().items():
        found = rows(_TRIGGERS, relation)
        assert {row[0] for row in found} == set(trigger_names(relation).values())
        assert {row[1:] for row in found} == {(function_name(relation), body_sql(shape), "A")}
    assert set(WHEN) == {"insert", "update", "delete", "truncate"}


@pytest.mark.django_db
def test_a_table_that_was_let_go_is_no_more() -> None:
    gone = {relation for relation, _, columns, *_ in rows(_BOUND) if json.loads(columns) == []}
    assert "attendance_correctionstep" in gone
    assert [name for name in gone if rows("SELECT to_regclass(%s)", name) != [(None,)]] == []


@pytest.mark.django_db
def test_each_shape_is_told_to_the_log() -> None:
    untold = rows(
        "SELECT s.relation FROM ledger_shape s JOIN ledger_intake i ON i.id = s.intake_id WHERE i.kind <> "
        "CASE WHEN s.columns = '[]' THEN 'ledger.unbound' ELSE 'ledger.bound' END "
        "OR i.body::json->'public'->>'relation' <> s.relation OR i.mark IS NULL "
        "OR (i.body::json->'public'->>'shape')::int <> s.shape"
    )
    assert untold == []
