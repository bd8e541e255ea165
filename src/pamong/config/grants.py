"""Helpers for migrations: who may do what with a table, and tables whose rows never change.

The roles exist before the first migration (the launcher or a DBA's script makes them). A migration that adds
a table states its grants with ``grant``; what nobody states, nobody but the owner may do. The test
``tests/architecture/test_grants.py`` compares the database with the table in ``docs/grants.md``.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunSQL

ROLES = {"app": "pamong_app", "sequencer": "pamong_sequencer", "auditor": "pamong_auditor"}


def grant(table: str, *, app: str = "", sequencer: str = "", auditor: str = "") -> RunSQL:
    """State the privileges on a table or view: ``grant("pay_slip", app="SELECT, INSERT (id, body)")``.

    Each value is a list of privileges as SQL writes it; empty means none.
    """
    given = {ROLES["app"]: app, ROLES["sequencer"]: sequencer, ROLES["auditor"]: auditor}
    forward: list[Any] = [f'GRANT {what} ON "{table}" TO {role}' for role, what in given.items() if what]
    backward: list[Any] = [f'REVOKE ALL ON "{table}" FROM {role}' for role in given]
    return RunSQL(forward, backward)


def grant_sequence(table: str, column: str = "id") -> RunSQL:
    """Let the application draw ids ahead of a COPY, from the sequence behind an identity or serial column."""
    return RunSQL(_on_sequence("GRANT", "TO", table, column), _on_sequence("REVOKE", "FROM", table, column))


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE, to the owner too, in replica mode too. Needs ``ledger.0001``."""
    return _guards(
        table,
        ("unchanging", "UPDATE OR DELETE", "ROW", "pamong_refuse_change"),
        ("whole", "TRUNCATE", "STATEMENT", "pamong_refuse_change"),
    )


def dated(table: str) -> RunSQL:
    """Guard a table of dated rows (design, section 12, Time). Needs ``ledger.0001``.

    ``recorded_at`` is stamped by the database; the only change allowed is ``superseded_at`` from NULL, which
    becomes the present instant whatever was sent; no row is deleted.
    """
    return _guards(
        table,
        ("dated", "INSERT OR UPDATE OR DELETE", "ROW", "pamong_dated_row"),
        ("whole", "TRUNCATE", "STATEMENT", "pamong_refuse_change"),
    )


def paper(table: str) -> RunSQL:
    """Guard a table of documents that two people make (``ledger.papers``): only how an act was decided is
    written later, once; what was decided is at most replaced by another. Needs ``ledger.0003``."""
    return _guards(
        table,
        ("paper", "INSERT OR UPDATE OR DELETE", "ROW", "pamong_paper_row"),
        ("whole", "TRUNCATE", "STATEMENT", "pamong_refuse_change"),
    )


def decided_once(table: str, may: str) -> RunSQL:
    """Let a row change only while ``may``, a condition over OLD and NEW, holds: what was decided is written
    once. Needs ``ledger.0001``."""
    return RunSQL(
        [
            f'CREATE TRIGGER "{table}_decided" BEFORE UPDATE ON "{table}" FOR EACH ROW '
            f"WHEN (({may}) IS NOT TRUE) EXECUTE FUNCTION pamong_refuse_change()",
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{table}_decided"',
        ],
        [f'DROP TRIGGER "{table}_decided" ON "{table}"'],
    )


def first_day(table: str) -> RunSQL:
    """From the first day of the site on, let rows of a table rest on two people or a decision, no longer on
    opening data or a file. Needs ``ledger.0008``."""
    name = f"{table}_ground"
    return RunSQL(
        [
            f'CREATE TRIGGER "{name}" AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS fresh '
            "FOR EACH STATEMENT EXECUTE FUNCTION pamong_ground_accepted()",
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"',
        ],
        [f'DROP TRIGGER "{name}" ON "{table}"'],
    )


def _guards(table: str, *triggers: tuple[str, str, str, str]) -> RunSQL:
    forward: list[Any] = []
    backward: list[Any] = []
    for suffix, when, each, function in triggers:
        name = f"{table}_{suffix}"
        forward += [
            f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}" FOR EACH {each} '
            f"EXECUTE FUNCTION {function}()",
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"',
        ]
        backward.append(f'DROP TRIGGER "{name}" ON "{table}"')
    return RunSQL(forward, backward)


def _on_sequence(verb: str, preposition: str, table: str, column: str) -> str:
    return (
        f"DO $$ BEGIN EXECUTE '{verb} USAGE ON SEQUENCE ' || "
        f"pg_get_serial_sequence('{table}', '{column}') || ' {preposition} {ROLES['app']}'; END $$"
    )
