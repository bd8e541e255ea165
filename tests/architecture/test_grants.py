"""Who may do what in the database: the catalog, compared with the table in ``docs/grants.md``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import connection

PAGE = Path(__file__).resolve().parents[2] / "docs" / "grants.md"
HEAD = "| table | app | sequencer | auditor |\n|---|---|---|---|\n"
ROLES = ("pamong_app", "pamong_sequencer", "pamong_auditor")

WHOLE_TABLE = """
SELECT c.relname, r.rolname, a.privilege_type, '' AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
LEFT JOIN LATERAL aclexplode(c.relacl) a ON a.grantee <> c.relowner
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
SOME_COLUMNS = """
SELECT c.relname, r.rolname, a.privilege_type, string_agg(t.attname, ', ' ORDER BY t.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
JOIN pg_attribute t ON t.attrelid = c.oid AND t.attnum > 0
JOIN LATERAL aclexplode(t.attacl) a ON true JOIN pg_roles r ON r.oid = a.grantee
WHERE NOT c.relispartition
GROUP BY 1, 2, 3
"""
ORDER = ("SELECT", "INSERT", "UPDATE", "DELETE")


def table_from_catalog() -> str:
    """The page's table, one row a table of the database, by name."""
    found: dict[str, dict[str, list[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{WHOLE_TABLE} UNION ALL {SOME_COLUMNS}")
        for table, role, privilege, columns in cursor.fetchall():
            cells = found.setdefault(table, {role: [] for role in ROLES})
            if privilege:
                assert role in ROLES, f"{table}: {privilege} to {role or 'PUBLIC'}"
                cells[role].append(f"{privilege} ({columns})" if columns else privilege)
    rows = []
    for table in sorted(found):
        cells = [
            ", ".join(sorted(found[table][role], key=lambda text: ORDER.index(text.split()[0])))
            for role in ROLES
        ]
        rows.append(f"| {table} | {' | '.join(cell or '-' for cell in cells)} |\n")
    return HEAD + "".join(rows)


@pytest.mark.django_db
def test_the_page_tells_what_the_database_holds() -> None:
    page = PAGE.read_text()
    before, _, _ = page.partition(HEAD)
    now = before + table_from_catalog()
    if os.environ.get("PAMONG_WRITE_SNAPSHOTS"):
        PAGE.write_text(now)
        page = now
    assert page == now, "grants changed; if that is meant: make snapshots, and read the difference"


@pytest.mark.django_db
def test_nothing_is_granted_to_everybody() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "JOIN LATERAL aclexplode(c.relacl) a ON a.grantee = 0 WHERE n.nspname = 'public'"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_application_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'pamong_app'::regrole")
        assert cursor.fetchone() == (0,)
