"""The locks themselves: triggers that are off, gone, or that do something else than they should."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import Told, newest
from pamong.ledger.binding import SETTINGS, Shape, body_sql, function_name, trigger_names

_OFF = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled IN ('D', 'R') ORDER BY 1, 2"""
_NO_TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname LIKE 'ledger\\_%'
      AND relkind NOT IN ('r', 'i', 'S') ORDER BY 1"""
_BINDING = """
    SELECT t.tgname, p.proname, t.tgenabled = 'A' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = %s AND NOT t.tgisinternal"""
_FUNCTION = """
    SELECT prosrc, prosecdef, COALESCE(array_length(proconfig, 1), 0) FROM pg_proc
    WHERE proname = %s AND pronamespace = 'public'::regnamespace"""


def look_at_guards(session: Connection[Any], told: Told, report: Report) -> None:
    """No trigger is off, and every bound table tells its rows by the function that it was bound with."""
    for relation, name in session.execute(_OFF):
        _add(report, relation, name, f"Kunci '{name}' di tabel {relation} dimatikan.")
    for (relation,) in session.execute(_NO_TABLES):
        _add(report, relation, "", f"Tabel {relation} diganti dengan yang bukan tabel.")
    for shape in newest(told.shapes).values():
        if not _is_bound(session, shape):
            _add(report, shape.relation, "", f"Tabel {shape.relation} tidak lagi terikat ke buku segel.")


def _is_bound(session: Connection[Any], shape: Shape) -> bool:
    function = function_name(shape.relation)
    found = {name: (called, always) for name, called, always in session.execute(_BINDING, [shape.relation])}
    if any(found.get(name) != (function, True) for name in trigger_names(shape.relation).values()):
        return False
    row = session.execute(_FUNCTION, [function]).fetchone()
    return row is not None and tuple(row) == (body_sql(shape), True, len(SETTINGS))


def _add(report: Report, relation: str, name: str, sentence: str) -> None:
    report.add(Finding(FindingKind.GUARD, relation, name, sentence))
