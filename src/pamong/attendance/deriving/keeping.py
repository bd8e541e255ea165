"""Results are kept in versions: another one only where the facts of a day say something else than before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from pamong.attendance.deriving.facts import Key
from pamong.attendance.deriving.outcomes import COLUMNS

_TYPES = (
    "local_on date, person_id bigint, starts timestamptz, ends timestamptz, opens timestamptz, "
    "closes timestamptz, zone text, site_id bigint, source text, state text, expected int, "
    "first_in timestamptz, last_out timestamptz, in_punch bigint, out_punch bigint, worked int, over int, "
    "under int, late int, early int, excuse text, covered boolean, numbered boolean, reasons jsonb, "
    "inputs_hash bytea"
)
_NAMES = ", ".join(COLUMNS)
_MAKE = f"""
DROP TABLE IF EXISTS deriving, derived;
CREATE TEMPORARY TABLE deriving (person_id bigint, local_on date) ON COMMIT DROP;
CREATE TEMPORARY TABLE derived ({_TYPES}) ON COMMIT DROP
"""
_SUPERSEDE = """
UPDATE attendance_dayresult r SET superseded_at = now() FROM deriving a
WHERE r.superseded_at IS NULL AND r.local_on = a.local_on AND r.person_id = a.person_id
  AND r.local_on BETWEEN %(first)s AND %(last)s
  AND NOT EXISTS (SELECT 1 FROM derived d WHERE d.local_on = r.local_on AND d.person_id = r.person_id
    AND d.starts = r.starts AND d.inputs_hash = r.inputs_hash)
"""
_INSERT = f"""
INSERT INTO attendance_dayresult ({_NAMES}, version, derived_at)
SELECT {", ".join(f"d.{name}" for name in COLUMNS)}, COALESCE(v.version, 0) + 1, %(at)s FROM derived d
LEFT JOIN (
  SELECT r.local_on, r.person_id, r.starts, max(r.version) AS version,
    bool_or(r.superseded_at IS NULL) AS stands
  FROM attendance_dayresult r JOIN deriving a ON a.local_on = r.local_on AND a.person_id = r.person_id
  WHERE r.local_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
) v ON v.local_on = d.local_on AND v.person_id = d.person_id AND v.starts = d.starts
WHERE v.stands IS NOT TRUE
"""  # noqa: S608 - names of columns alone
_JSON = COLUMNS.index("reasons")


def keep(
    keys: Collection[Key], rows: Iterable[Sequence[Any]], at: datetime, plain: Iterable[bytes] = ()
) -> int:
    """Let these be the results of these days; how many are new. In the transaction that read the facts.

    ``rows`` as ``outcomes.row_of`` gives them, ``plain`` as CSV. What stands and rests on the same stays.
    """
    if not keys:
        return 0
    days = [on for _, on in keys]
    asked = {"first": min(days), "last": max(days), "at": at}
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute(_MAKE)
        with cursor.copy("COPY deriving (person_id, local_on) FROM STDIN") as copy:
            copy.write("".join(f"{person}\t{on}\n" for person, on in keys))
        with cursor.copy(f"COPY derived ({_NAMES}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row[:_JSON], Jsonb(row[_JSON]), *row[_JSON + 1 :]))
        for block in plain:
            with cursor.copy(f"COPY derived ({_NAMES}) FROM STDIN (FORMAT csv)") as copy:
                copy.write(block)
        cursor.execute("ANALYZE deriving; ANALYZE derived (local_on, person_id, starts)")
        cursor.execute(_SUPERSEDE, asked)
        cursor.execute(_INSERT, asked)
        return int(cursor.rowcount)
