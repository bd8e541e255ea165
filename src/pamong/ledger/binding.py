"""Protected rows bound to the log: the triggers that tell each row as text, and the shape of that text.

Pure: what the database is asked to do, as SQL. ``config.binding`` runs it in migrations, ``ledger.audit``
reads rows in the same words. A shape is the list of a table's columns with their types at one time; a row is
told as ``ROW(columns)::text`` under settings that stand here, so that it reads the same in every session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pamong.ledger.events import Event

# What decides how a value reads as text. Functions of the database and the audit's sessions pin all of it.
SETTINGS: Mapping[str, str] = {
    "search_path": "pg_catalog, public, pg_temp",
    "TimeZone": "UTC",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "iso_8601",
    "bytea_output": "hex",
    "extra_float_digits": "1",
}


def _set(name: str, value: str) -> str:
    return f"SET {name} TO {value}" if name == "search_path" else f"SET {name} TO '{value}'"


PINNED = "\n".join(f"  {_set(name, value)}" for name, value in SETTINGS.items())
WHEN = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh",
    "update": "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS fresh",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone",
    "truncate": "BEFORE TRUNCATE ON {table}",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a table read from some time on: ``columns`` are names with types as SQL writes them.

    ``which``: an SQL condition on the columns; other rows are work under way, and are not told. '' for all.
    Without columns it says that the table is no more (``TableUnbound``).
    """

    relation: str
    number: int
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...] = ("id",)
    which: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(name for name, _ in self.columns)

    @property
    def where(self) -> str:
        """SQL that leaves the rows that are told, behind a single table; '' for all."""
        return f" WHERE {self.which}" if self.which else ""

    def content(self, alias: str) -> str:
        """SQL for a row as text."""
        return f"ROW({', '.join(f'{alias}.{quoted(name)}' for name in self.names)})::text"

    def row_id(self, alias: str) -> str:
        """SQL for what tells one row from others: its key as text."""
        parts = [f"{alias}.{quoted(name)}" for name in self.key]
        return f"{parts[0]}::text" if len(parts) == 1 else f"ROW({', '.join(parts)})::text"


@dataclass(frozen=True, slots=True)
class TableBound(Event):
    """A migration bound a table to the log, in this shape, with the rows that stood in it."""

    kind: ClassVar[str] = "ledger.bound"
    shape: Shape
    rows: int

    def public(self) -> dict[str, Any]:
        return {
            "relation": self.shape.relation,
            "shape": self.shape.number,
            "columns": [list(column) for column in self.shape.columns],
            "key": list(self.shape.key),
            "which": self.shape.which,
            "rows": self.rows,
        }

    def sentence(self) -> str:
        return f"Tabel {self.shape.relation} diikat ke buku segel dengan {self.rows} baris."


@dataclass(frozen=True, slots=True)
class TableUnbound(Event):
    """A migration lets go of a table that is no longer used: what was told of its rows stays told."""

    kind: ClassVar[str] = "ledger.unbound"
    shape: Shape

    def public(self) -> dict[str, Any]:
        return TableBound(self.shape, 0).public()

    def sentence(self) -> str:
        return f"Tabel {self.shape.relation} tidak dipakai lagi dan dilepas dari buku segel."


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def function_name(relation: str) -> str:
    """The function that the triggers of a table call."""
    return f"pamong_bind_{relation}"


def trigger_names(relation: str) -> dict[str, str]:
    """The triggers of a bound table, by act."""
    return {act: f"{relation}_bound_{act}" for act in WHEN}


def body_sql(shape: Shape) -> str:
    """The body of the function that tells the rows of a statement."""
    return f"""
BEGIN
  IF TG_OP = 'INSERT' THEN
    {_telling(shape, "insert", "fresh")}
  ELSIF TG_OP = 'UPDATE' THEN
    {_telling(shape, "update", "fresh")}
  ELSIF TG_OP = 'DELETE' THEN
    {_telling(shape, "delete", "gone")}
  ELSE
    {_telling(shape, "delete", f"public.{quoted(shape.relation)}")}
  END IF;
  RETURN NULL;
END """


def function_sql(shape: Shape) -> str:
    """The function, with its owner's rights: nobody else adds to ``ledger_row``."""
    name = quoted(function_name(shape.relation))
    return (
        f"CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER\n"
        f"{PINNED}\nAS $bound${body_sql(shape)}$bound$;\n"
        f"REVOKE ALL ON FUNCTION public.{name}() FROM PUBLIC"
    )


def trigger_sql(relation: str) -> list[str]:
    """The triggers, for whoever writes and however: also in replica mode."""
    found = []
    for act, name in trigger_names(relation).items():
        when = WHEN[act].format(table=f"public.{quoted(relation)}")
        found += [
            f"CREATE OR REPLACE TRIGGER {quoted(name)} {when} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION public.{quoted(function_name(relation))}()",
            f"ALTER TABLE public.{quoted(relation)} ENABLE ALWAYS TRIGGER {quoted(name)}",
        ]
    return found


def undo_sql(relation: str) -> list[str]:
    """Takes the triggers and the function away; what was told stays told."""
    drops = [
        f"DROP TRIGGER {quoted(name)} ON public.{quoted(relation)}"
        for name in trigger_names(relation).values()
    ]
    return [*drops, f"DROP FUNCTION public.{quoted(function_name(relation))}()"]


def taking_in_sql(shape: Shape) -> list[str]:
    """Tells all rows that stand in the table: run in order, in one transaction."""
    table = f"public.{quoted(shape.relation)}"
    return [
        "CREATE FUNCTION pg_temp.pamong_take_in() RETURNS void LANGUAGE plpgsql\n"
        f"{PINNED}\nAS $taken$ BEGIN {_telling(shape, 'insert', table)} END $taken$",
        "SELECT pg_temp.pamong_take_in()",
        "DROP FUNCTION pg_temp.pamong_take_in()",
    ]


def pin_sql() -> list[str]:
    """Sets a session to what rows are told under."""
    return [_set(name, value) for name, value in SETTINGS.items()]


def shape_of(
    relation: str, number: int, columns: Sequence[Sequence[str]], key: Sequence[str], which: str = ""
) -> Shape:
    """A shape from what is stored of it."""
    return Shape(relation, number, tuple((str(name), str(kind)) for name, kind in columns), tuple(key), which)


def _telling(shape: Shape, act: str, source: str) -> str:
    return (  # names of tables and columns of our own
        "INSERT INTO public.ledger_row (relation, row_id, act, shape, content) "
        f"SELECT '{shape.relation}', {shape.row_id('r')}, '{act}', {shape.number}, {shape.content('r')} "
        f"FROM {source} r{shape.where};"
    )
