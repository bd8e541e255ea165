"""The triggers that guard the database, and what they call, compared with what the audit knows of them."""

from __future__ import annotations

import os

import psycopg
import pytest
from django.db import connection

from pamong.ledger.audit.guards import KNOWN, standing
from pamong.ledger.binding import pin_sql
from tests.support.databases import Cluster


@pytest.mark.django_db
def test_the_audit_knows_what_migrations_make(postgres: Cluster) -> None:
    database = str(connection.settings_dict["NAME"])
    with psycopg.connect(postgres.server.url("auditor", database)) as session:
        for statement in pin_sql():
            session.execute(statement)  # type: ignore[call-overload]
        bound = [name for (name,) in session.execute("SELECT DISTINCT relation FROM ledger_shape")]
        found = standing(session, bound)
    now = "".join(f"{relation},{name},{digest}\n" for (relation, name), digest in sorted(found.items()))
    if os.environ.get("PAMONG_WRITE_SNAPSHOTS"):
        KNOWN.write_text(now)
    assert KNOWN.read_text() == now, "PAMONG_WRITE_SNAPSHOTS=1 writes it anew"
