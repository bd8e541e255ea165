"""Protected rows as they stand against what the log says of them last, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Place, Report
from pamong.ledger.audit.looking import Progress, Told, newest
from pamong.ledger.audit.records import by_column, differences, moves_a_date
from pamong.ledger.audit.sessions import stream
from pamong.ledger.binding import Shape, quoted, shape_of

# OFFSET 0: a row is put into words once, not wherever the words are asked for.
_WRONG = """
    WITH newest AS (
        SELECT row_id, max(id) AS id FROM ledger_row WHERE relation = %s AND shape = %s GROUP BY row_id
    ), told AS (
        SELECT r.row_id, r.id, r.act, r.content, r.xid FROM newest JOIN ledger_row r USING (id)
    ), stands AS (
        SELECT {row_id} AS row_id, {content} AS content FROM public.{table} t{where} OFFSET 0
    ), wrong AS MATERIALIZED (
        SELECT COALESCE(told.row_id, stands.row_id) AS row_id, told.id, told.act, told.content AS before,
               stands.content AS now, told.xid
        FROM told FULL JOIN stands ON told.row_id = stands.row_id
        WHERE told.id IS NULL
           OR (told.act = 'delete') <> (stands.content IS NULL)
              AND NOT (told.content IS NULL AND stands.content IS NULL)
           OR told.act <> 'delete' AND told.content <> stands.content
    )
    SELECT w.row_id, w.act, w.before, w.now, l.log_id, l.seq, l.placed_at FROM wrong w
    LEFT JOIN ledger_rowgroup g ON g.xid = w.xid LEFT JOIN ledger_leaf l ON l.intake_id = g.intake_id"""
_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum"""
_SHAPES = "SELECT relation, shape, columns, key, which FROM ledger_shape"
_BETWEEN = """
    WITH old AS (
        SELECT DISTINCT ON (row_id) row_id, act, content FROM ledger_row
        WHERE relation = %s AND shape = %s ORDER BY row_id, id DESC
    ), new AS (
        SELECT DISTINCT ON (row_id) row_id, id, content, xid FROM ledger_row
        WHERE relation = %s AND shape = %s ORDER BY row_id, id
    )
    SELECT COALESCE(old.row_id, new.row_id),
           CASE WHEN new.id IS NULL THEN 'gone' WHEN old.act IS NULL OR old.act = 'delete' THEN 'come'
                ELSE 'kept' END,
           old.content, new.content, l.log_id, l.seq, l.placed_at
    FROM old FULL JOIN new ON new.row_id = old.row_id
    LEFT JOIN ledger_rowgroup g ON g.xid = new.xid LEFT JOIN ledger_leaf l ON l.intake_id = g.intake_id
    WHERE CASE WHEN old.act IS NULL OR old.act = 'delete' THEN new.xid = %s
               ELSE old.content IS NOT NULL AND (new.id IS NULL OR new.content IS NOT NULL) END"""


class Wrong(NamedTuple):
    """A row that is told otherwise than it stands, or than it was told before."""

    row_id: str
    act: str | None
    before: str | None
    now: str | None
    log: str | None
    seq: int | None
    at: Any

    @property
    def place(self) -> Place | None:
        """The leaf that says what the row was."""
        return None if self.log is None or self.seq is None else Place(self.log, self.seq, self.at)


def stored_shapes(session: Connection[Any]) -> dict[tuple[str, int], Shape]:
    """The shapes as the database keeps them."""
    found = (shape_of(*row) for row in session.execute(_SHAPES))
    return {(shape.relation, shape.number): shape for shape in found}


def look_at_rows(
    session: Connection[Any], shapes: Mapping[str, Shape], report: Report, progress: Progress
) -> None:
    """Every bound table, in the shape in which it was bound last."""
    for place, shape in enumerate(shapes.values()):
        progress("Mencocokkan tabel terkunci", place, len(shapes))
        report.counts["tables"] += 1
        if _stands_as(session, shape, report):
            for wrong in _wrong(session, shape):
                report.add(_finding(shape, wrong))


def look_at_shapes(
    session: Connection[Any], told: Told, stored: Mapping[tuple[str, int], Shape], report: Report
) -> list[str]:
    """The shapes as stored against those that the log tells, and rows over each change of shape.

    Returns the tables whose newest shapes differ, to be looked at in that of the log.
    """
    differ = [
        at for at in sorted(stored.keys() | told.shapes.keys()) if stored.get(at) != told.shapes.get(at)
    ]
    for relation, number in differ:
        sentence = (
            f"Susunan kolom ke-{number} tabel {relation} tidak sama dengan yang tercatat di buku segel."
        )
        report.add(Finding(FindingKind.SHAPE, relation, str(number), sentence))
    for shape in newest(told.shapes).values():
        _between(session, told, shape, report)
    return sorted({relation for relation, _ in differ if relation in newest(told.shapes)})


def _stands_as(session: Connection[Any], shape: Shape, report: Report) -> bool:
    """Whether the table has all columns of the shape; tells where it has others."""
    columns = [tuple(row) for row in session.execute(_COLUMNS, [shape.relation])]
    if columns == list(shape.columns):
        return True
    sentence = f"Kolom tabel {shape.relation} diubah tanpa diikat ulang ke buku segel."
    if not columns:
        sentence = (
            f"Tabel {shape.relation} tidak ada lagi, diganti dengan yang bukan tabel, atau menyembunyikan "
            "baris dari pemeriksa."
        )
    before, now = dict(shape.columns), dict(columns)
    report.add(
        Finding(
            FindingKind.SHAPE, shape.relation, "",
            sentence,
            {name: kind for name, kind in before.items() if now.get(name) != kind},
            {name: kind for name, kind in now.items() if before.get(name) != kind},
        )
    )  # fmt: skip
    return set(shape.names) <= set(now)


def _wrong(session: Connection[Any], shape: Shape) -> Iterator[Wrong]:
    query = _WRONG.format(
        row_id=shape.row_id("t"), content=shape.content("t"), table=quoted(shape.relation), where=shape.where
    )
    return (Wrong(*row) for row in stream(session, query, [shape.relation, shape.number]))


def _finding(shape: Shape, wrong: Wrong) -> Finding:
    before, now = by_column(shape.columns, wrong.before), by_column(shape.columns, wrong.now)
    where = f"Baris {wrong.row_id} di tabel {shape.relation}"
    if wrong.now is None:
        kind, sentence = FindingKind.ROW_REMOVED, f"{where} dihapus di belakang aplikasi."
    elif wrong.act in (None, "delete"):
        before, kind = {}, FindingKind.ROW_ADDED
        sentence = f"{where} disisipkan di belakang aplikasi."
    else:
        before, now = differences(before, now)
        return changed(shape, wrong, before, now, "di belakang aplikasi")
    return Finding(kind, shape.relation, wrong.row_id, sentence, before, now, wrong.place)


def changed(
    shape: Shape, wrong: Wrong, before: dict[str, str | None], now: dict[str, str | None], how: str
) -> Finding:
    """That columns of a row were changed, ``how`` in words; both sides by column."""
    names = ", ".join(f"{name} dari {_shown(before[name])} menjadi {_shown(now[name])}" for name in before)
    redated = moves_a_date(shape.columns, list(before))
    return Finding(
        FindingKind.ROW_REDATED if redated else FindingKind.ROW_CHANGED,
        shape.relation,
        wrong.row_id,
        f"Baris {wrong.row_id} di tabel {shape.relation} diubah {how}: {names}.",
        before,
        now,
        wrong.place,
    )


def _shown(value: str | None) -> str:
    return "kosong" if value is None else f"'{value[:60]}'"


def _between(session: Connection[Any], told: Told, shape: Shape, report: Report) -> None:
    """Where a table was bound anew: what was told last in the old shape against what was taken in then."""
    for number in range(2, shape.number + 1):
        old, new = told.shapes.get((shape.relation, number - 1)), told.shapes.get((shape.relation, number))
        if old is None or new is None:
            continue
        taken = told.bound_in[shape.relation, number]
        params = [shape.relation, number - 1, shape.relation, number, taken]
        for row in stream(session, _BETWEEN, params):
            _rebound(old, new, Wrong(*row), report)


def _rebound(old: Shape, new: Shape, row: Wrong, report: Report) -> None:
    before, now = by_column(old.columns, row.before), by_column(new.columns, row.now)
    where = f"Baris {row.row_id} di tabel {new.relation}"
    if row.act == "gone":
        sentence = f"{where} dihapus sebelum tabelnya diikat ulang."
        report.add(Finding(FindingKind.ROW_REMOVED, new.relation, row.row_id, sentence, before))
        return
    if row.act == "come":
        sentence = f"{where} disisipkan sebelum tabelnya diikat ulang."
        report.add(Finding(FindingKind.ROW_ADDED, new.relation, row.row_id, sentence, {}, now, row.place))
        return
    alike = [name for name, kind in old.columns if (name, kind) in new.columns]
    before, now = differences(
        {name: before.get(name) for name in alike}, {name: now.get(name) for name in alike}
    )
    if before:
        report.add(changed(new, row, before, now, "sebelum tabelnya diikat ulang"))
