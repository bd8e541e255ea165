"""The locks themselves: triggers that are off, gone, strange, or that do something else than they should.

Which there are is kept in ``guards.csv``, made from what migrations make (``tests/architecture``). A strange
one can make the application itself write what it never meant to, in a transaction of its own.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import Told, newest
from pamong.ledger.binding import SETTINGS, Shape, body_sql, function_name, trigger_names

KNOWN = Path(__file__).with_name("guards.csv")
FILLED = "nilai bawaan"
_BARE = dict.fromkeys(map(ord, " \n\t()"))

_OFF = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled IN ('D', 'R') ORDER BY 1, 2"""
_NO_TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname LIKE 'ledger\\_%'
      AND relkind NOT IN ('r', 'i', 'S') ORDER BY 1"""
# A schema named like a role, or a search path of its own, gives that role other tables under the same names.
_STRANGE = """
    SELECT relname, 'menyembunyikan baris', relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
    UNION ALL SELECT tablename, 'menulis ulang perintah', rulename FROM pg_rules WHERE schemaname = 'public'
    UNION ALL SELECT '', 'mendahului tabel Pamong', nspname FROM pg_namespace WHERE nspname LIKE 'pamong\\_%'
    UNION ALL SELECT '', 'mengubah cara tabel dicari atau kunci bekerja', concat_ws(' ', r.rolname, s.setting)
    FROM (SELECT setdatabase, setrole, unnest(setconfig) AS setting FROM pg_db_role_setting) s
    LEFT JOIN pg_roles r ON r.oid = s.setrole
    LEFT JOIN pg_database b ON b.oid = s.setdatabase
    WHERE (s.setdatabase = 0 OR b.datname = current_database())
      AND (s.setrole = 0 OR r.rolname LIKE 'pamong\\_%')
      AND s.setting ~ '^(search_path|session_replication_role|(local|session|shared)_preload_libraries)='
    UNION ALL SELECT '', 'menunggu perintah', evtname FROM pg_event_trigger ORDER BY 1, 3"""
# Those of partitions come from their table; those that tell rows are looked at by what they were bound with.
_TELLS = """
    (c.relname = ANY(%(bound)s) AND c.relnamespace = p.pronamespace
     AND p.proname = 'pamong_bind_' || c.relname
     AND t.tgname ~ '_bound_(insert|update|delete|truncate)$'
     AND t.tgname = c.relname || substring(t.tgname FROM '_bound_[a-z]+$'))"""
# What a column is filled with where nobody names it: that is how rows get their dates.
_TRIGGERS = f"""
    SELECT c.relname, t.tgname, t.tgenabled::text || pg_get_triggerdef(t.oid) FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgparentid = 0
      AND NOT {_TELLS}
    UNION ALL SELECT DISTINCT '', p.proname, concat_ws(' ', p.prosrc, p.prosecdef, p.proconfig) FROM pg_proc p
    JOIN pg_trigger t ON t.tgfoid = p.oid JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND NOT {_TELLS}
    UNION ALL SELECT c.relname, '{FILLED}', string_agg(
        concat_ws(' ', a.attname, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), '; ' ORDER BY a.attnum)
    FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
    JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition GROUP BY c.relname
    ORDER BY 1, 2"""  # noqa: S608 - the parts above
# After or before a statement, never a row; without a condition, and whatever columns an update names.
_BINDING = """
    SELECT t.tgname, p.proname, t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr::text = ''
           AND p.pronamespace = 'public'::regnamespace AND t.tgtype = CASE substring(t.tgname FROM '[a-z]+$')
               WHEN 'insert' THEN 4 WHEN 'delete' THEN 8 WHEN 'update' THEN 16 WHEN 'truncate' THEN 34 END
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = %s AND NOT t.tgisinternal"""
_FUNCTION = """
    SELECT prosrc, prosecdef, COALESCE(array_length(proconfig, 1), 0) FROM pg_proc
    WHERE proname = %s AND pronamespace = 'public'::regnamespace"""


def look_at_guards(session: Connection[Any], told: Told, report: Report) -> None:
    """No trigger is off, gone or strange, and every bound table tells its rows by the function that it was
    bound with."""
    off = {(str(relation), str(name)) for relation, name in session.execute(_OFF)}
    bound = newest(told.shapes)
    for relation, name in sorted(off):
        _add(report, relation, name, f"Kunci '{name}' di tabel {relation} dimatikan.")
    _compare({at: told for at, told in standing(session, bound).items() if at not in off}, off, report)
    for relation, what, name in session.execute(_STRANGE):
        _add(
            report,
            relation,
            name,
            f"Yang {what}, '{name}', dipasang{_at(relation)}. Pamong tidak memakainya.",
        )
    for (relation,) in session.execute(_NO_TABLES):
        _add(report, relation, "", f"Tabel {relation} diganti dengan yang bukan tabel.")
    for shape in bound.values():
        if not _is_bound(session, shape):
            _add(report, shape.relation, "", f"Tabel {shape.relation} tidak lagi terikat ke buku segel.")


def standing(session: Connection[Any], bound: Collection[str]) -> Mapping[tuple[str, str], str]:
    """The triggers by table and name, the functions that they call by '' and name, and what fills the columns
    of a table by ``FILLED``, each with its hash. ``bound``: the tables whose telling triggers are left out.

    White space and brackets are left out, which versions of PostgreSQL write in different ways.
    """
    found = {}
    for relation, name, text in session.execute(_TRIGGERS, {"bound": list(bound)}):
        bare = text.translate(_BARE)
        found[str(relation), str(name)] = hashlib.sha256(bare.encode()).hexdigest()[:16]
    return found


def _compare(now: Mapping[tuple[str, str], str], off: Collection[tuple[str, str]], report: Report) -> None:
    lines = csv.reader(KNOWN.read_text("utf-8").splitlines())
    known = {(relation, name): digest for relation, name, digest in lines}
    for relation, name in sorted((known.keys() | now.keys()) - set(off)):
        before, found = known.get((relation, name)), now.get((relation, name))
        if before != found:
            how = "tidak ada lagi" if found is None else "diganti" if before else "bukan buatan Pamong"
            what = "Nilai bawaan kolom" if name == FILLED else f"Kunci '{name}'"
            _add(report, relation, name, f"{what}{_at(relation)} {how}.")


def _at(relation: str) -> str:
    return f" di tabel {relation}" if relation else ""


def _is_bound(session: Connection[Any], shape: Shape) -> bool:
    function = function_name(shape.relation)
    found = {name: (called, always) for name, called, always in session.execute(_BINDING, [shape.relation])}
    if any(found.get(name) != (function, True) for name in trigger_names(shape.relation).values()):
        return False
    row = session.execute(_FUNCTION, [function]).fetchone()
    return row is not None and tuple(row) == (body_sql(shape), True, len(SETTINGS))


def _add(report: Report, relation: str, name: str, sentence: str) -> None:
    report.add(Finding(FindingKind.GUARD, relation, name, sentence))
