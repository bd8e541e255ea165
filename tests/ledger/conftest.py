"""A ledger of its own for each test: one that begins with nothing, not with what migrations recorded."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from pamong.ledger.sequencer.places import Places
from tests.support.databases import Cluster
from tests.support.sealing import places_in

# Triggers refuse it to everybody, so they sleep for a moment.
EMPTY = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT unnest(ARRAY['ledger_shape', 'ledger_intake']) AS name LOOP
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', one.name);
  END LOOP;
  DELETE FROM ledger_shape;
  DELETE FROM ledger_intake;
  SET CONSTRAINTS ALL IMMEDIATE;
  FOR one IN SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
             WHERE c.relname IN ('ledger_shape', 'ledger_intake') AND NOT t.tgisinternal LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', one.relname, one.tgname);
  END LOOP;
END $$
"""


@pytest.fixture
def committed_db(committed_db: str, postgres: Cluster) -> str:
    """A fresh clone without any entry."""
    with psycopg.connect(postgres.server.url("superuser", committed_db), autocommit=True) as session:
        session.execute(EMPTY)
    return committed_db


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Where a test's logs, keys and policy stand."""
    return places_in(tmp_path / "ledger")
