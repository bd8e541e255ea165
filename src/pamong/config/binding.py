"""The operation of migrations that binds a protected table to the log.

A migration that makes a protected table calls ``bound`` for it; one that changes its columns calls it again:
the rows are then told anew, in the new shape. ``tests/architecture/test_bound.py`` compares both.
"""

from __future__ import annotations

import json
import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from pamong.kernel.actor import Actor
from pamong.ledger import binding, marks
from pamong.ledger.binding import Shape, TableBound, TableUnbound
from pamong.ledger.events import SALT_BYTES, Event, entry_of

_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""
_KEY = """
    SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
    JOIN pg_attribute a USING (attnum)
    WHERE i.indrelid = %s::regclass AND i.indisprimary AND a.attrelid = i.indrelid ORDER BY k.place"""
_NUMBER = "SELECT COALESCE(max(shape), 0) + 1 FROM ledger_shape WHERE relation = %s"
_INTAKE = "INSERT INTO ledger_intake (log, kind, body, mark) VALUES (%s, %s, %s, %s) RETURNING id"
_SHAPE = (
    "INSERT INTO ledger_shape (relation, shape, columns, key, which, intake_id) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)


def bound(table: str, which: str = "") -> Operation:
    """Bind a table to the log as it is at this point: its triggers, its shape, the rows that stand in it, and
    an entry that says so. Needs ``ledger.0006``. A migration that changes rows of a bound table calls it too:
    the entry vouches for all rows of its transaction, and the owner's others are findings of the audit.

    ``which``: a condition in SQL; rows for which it does not hold are work under way, and are not told.
    """
    return _Bound(table, which)


def unbound(table: str) -> Operation:
    """Let go of a bound table before it is dropped, with an entry that says so: the audit looks for it no
    more. What was told of its rows stays in the log."""
    return _Unbound(table)


class _Bound(Operation):
    """Needs no model, so none is made."""

    reduces_to_sql = False
    reversible = True
    atomic = True

    def __init__(self, table: str, which: str = "") -> None:
        self.table, self.which = table, which

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Bind it, or let go of it."""
        with schema_editor.connection.cursor() as cursor:
            self._forwards(cursor)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the triggers away."""
        with schema_editor.connection.cursor() as cursor:
            _take_away(cursor, self.table)

    def describe(self) -> str:
        """For ``migrate`` at a high verbosity."""
        return f"Bind {self.table} to the log"

    def _forwards(self, cursor: Any) -> None:
        _bind(cursor, self.table, self.which)


class _Unbound(_Bound):
    reversible = False

    def describe(self) -> str:
        """For ``migrate`` at a high verbosity."""
        return f"Let go of {self.table} in the log"

    def _forwards(self, cursor: Any) -> None:
        _take_away(cursor, self.table)
        cursor.execute(_NUMBER, [self.table])
        shape = Shape(self.table, cursor.fetchone()[0], (), ())
        _tell(cursor, shape, TableUnbound(shape))


def _take_away(cursor: Any, table: str) -> None:
    for statement in binding.undo_sql(table):
        cursor.execute(statement)


def _bind(cursor: Any, table: str, which: str) -> None:
    shape = _present(cursor, table, which)
    for statement in (binding.function_sql(shape), *binding.trigger_sql(table)):
        cursor.execute(statement)
    _tell(cursor, shape, TableBound(shape, _take_in(cursor, shape)))


def _present(cursor: Any, table: str, which: str) -> Shape:
    cursor.execute(_COLUMNS, [table])
    columns = cursor.fetchall()
    cursor.execute(_KEY, [table])
    key = [name for (name,) in cursor.fetchall()]
    cursor.execute(_NUMBER, [table])
    return binding.shape_of(table, cursor.fetchone()[0], columns, key, which)


def _take_in(cursor: Any, shape: Shape) -> int:
    """Tell the rows that stand; their number."""
    cursor.execute(f"SELECT count(*) FROM {binding.quoted(shape.relation)}{shape.where}")  # noqa: S608
    rows = int(cursor.fetchone()[0])
    for statement in binding.taking_in_sql(shape) if rows else ():
        cursor.execute(statement)
    return rows


def _tell(cursor: Any, shape: Shape, event: Event) -> None:
    """The entry stands in the migration's own transaction, and so vouches for the rows that it told."""
    actor = Actor.operator("migrate", date.min)
    entry = entry_of(event, actor, lambda: secrets.token_bytes(SALT_BYTES))
    key = marks.derive(settings.PAMONG_LEDGER_SECRETS[0], "mark")
    mark = marks.mark_of(key, entry.body)
    cursor.execute(_INTAKE, [entry.log, entry.kind, entry.body.decode(), mark])
    columns, names = json.dumps(shape.columns), json.dumps(shape.key)
    stored = [shape.relation, shape.number, columns, names, shape.which, cursor.fetchone()[0]]
    cursor.execute(_SHAPE, stored)
