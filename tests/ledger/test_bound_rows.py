"""Rows of protected tables told to the log: by every way of writing, and erased by one way only."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import NotSupportedError, ProgrammingError, connection, transaction
from django.db.migrations.state import ProjectState

from pamong.config.binding import bound
from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.bulk import copy_rows
from pamong.ledger.errors import RowsNotSealed
from pamong.ledger.models import Row
from pamong.organisation import models as org
from pamong.organisation.services import create_site
from tests.support.databases import Cluster, django_at
from tests.support.sealing import places_in, sealing

TABLE = "organisation_site"


def told() -> list[tuple[str, str]]:
    return list(Row.objects.filter(relation=TABLE).order_by("id").values_list("act", "content"))


@pytest.mark.django_db
def test_one_row_many_rows_and_a_copy_are_told_in_the_same_words() -> None:
    one = org.Site.objects.create(code="satu")
    many = org.Site.objects.bulk_create([org.Site(code="dua"), org.Site(code="tiga")])
    copy_rows(org.Site, ("uid", "code"), [("00000000-0000-7000-8000-000000000001", "em,pat")])
    copied = org.Site.objects.get(code="em,pat")
    assert told() == [
        ("insert", f"({one.pk},{one.uid},satu)"),
        *(("insert", f"({each.pk},{each.uid},{each.code})") for each in many),
        ("insert", f'({copied.pk},{copied.uid},"em,pat")'),
    ]
    rows = Row.objects.filter(relation=TABLE)
    assert {row.by_role for row in rows} == {"pamong_app"}
    assert len({bytes(row.salt) for row in rows}) == 4
    assert len({row.xid for row in rows}) == 1


@pytest.mark.django_db
def test_words_do_not_depend_on_the_session(operator: Actor, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone TO 'Asia/Jayapura'; SET LOCAL IntervalStyle TO 'sql_standard'")
    create_site(actor=operator, at=at, code="satu", name="X", zone="Asia/Jayapura", on=date(2026, 1, 31))
    content = Row.objects.get(relation="organisation_siterow").content
    assert '"[2026-01-31,)"' in content
    assert "+00" in content, "instants are told in UTC"


def test_changes_removals_and_emptying_are_told_to_owners_and_replicas_too(
    committed_db: str, postgres: Cluster, operator: Actor, at: datetime
) -> None:
    create_site(actor=operator, at=at, code="satu", name="X", zone="Asia/Jakarta", on=date(2026, 1, 31))
    before = len(told())
    with psycopg.connect(postgres.server.url("superuser", committed_db)) as session:
        session.execute("SET session_replication_role = replica")
        session.execute(
            f"INSERT INTO {TABLE} (uid, code) SELECT gen_random_uuid(), 'k' || n FROM generate_series(1, 3) n"
        )
        session.execute(f"UPDATE {TABLE} SET code = 'lain' WHERE code = 'k1'")
        session.execute(f"DELETE FROM {TABLE} WHERE code = 'k2'")
        session.execute("DROP TRIGGER organisation_siterow_whole ON organisation_siterow")
        session.execute("TRUNCATE organisation_siterow")
    assert [act for act, _ in told()[before:]] == ["insert"] * 3 + ["update", "delete"]
    history = Row.objects.filter(relation="organisation_siterow").order_by("id")
    assert [(row.act, row.by_role) for row in history] == [("insert", "pamong_app"), ("delete", "postgres")]
    assert history[0].content == history[1].content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger_row (relation, row_id, act, shape, content) VALUES ('x', '1', 'insert', 1, '()')",
        "UPDATE ledger_row SET content = NULL, salt = NULL",
        "DELETE FROM ledger_row",
        "TRUNCATE ledger_row",
        "UPDATE ledger_shape SET shape = 7",
        "SELECT pamong_bind_organisation_site()",
    ],
)
def test_the_application_adds_changes_and_removes_nothing_by_itself(statement: str) -> None:
    org.Site.objects.create(code="satu")
    with (
        pytest.raises((ProgrammingError, NotSupportedError), match=r"permission denied|trigger functions"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_row SET content = '(2)'",
        "UPDATE ledger_row SET content = NULL, salt = NULL, digest = '\\x00', "
        "erased = pg_current_xact_id()::text::bigint",
        "DELETE FROM ledger_row",
        "TRUNCATE ledger_row",
    ],
)
@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_not_even_the_owner_changes_what_was_told(
    committed_db: str, postgres: Cluster, role: str, statement: str
) -> None:
    org.Site.objects.create(code="satu")
    with (
        psycopg.connect(postgres.server.url(role, committed_db)) as session,
        pytest.raises(psycopg.errors.RestrictViolation, match="tidak dapat diubah"),
    ):
        session.execute(statement)  # type: ignore[call-overload]


def test_rows_are_erased_with_an_entry_once_they_are_sealed(
    committed_db: str, postgres: Cluster, operator: Actor, at: datetime, tmp_path: Path
) -> None:
    create_site(actor=operator, at=at, code="balai", name="Balai", zone="Asia/Jakarta", on=date(2026, 1, 1))
    row_id = org.Site.objects.get(code="balai").pk

    def erase(ground: str = "JRA 800.1, habis 2036") -> int:
        return services.erase_rows(actor=operator, relation=TABLE, row_ids=[row_id], ground=ground)

    with pytest.raises(RowsNotSealed, match="belum bersegel"):
        erase()
    with sealing(postgres, committed_db, places_in(tmp_path / "ledger")) as it:
        it.beat()
    with pytest.raises(ValueError, match="ground"):
        erase(" ")
    assert erase() == 1
    row = Row.objects.get(relation=TABLE, row_id=str(row_id))
    assert (row.content, row.salt) == (None, None)
    assert len(bytes(row.digest)) == 32
    assert erase() == 0, "what is gone is not erased again"


def test_a_migration_takes_in_the_rows_that_stand_and_tells_the_new_shape(
    committed_db: str, postgres: Cluster
) -> None:
    org.Site.objects.create(code="satu")
    before, number = len(told()), _shape(postgres, committed_db)["shape"]
    owner: dict[str, Any] = _as_owner(postgres, committed_db)
    assert owner["shape"] == number + 1
    assert owner["columns"][-1] == ["note", "text"]
    assert [content for _, content in told()[before:]] == [told()[before - 1][1][:-1] + ",x)"]


def _as_owner(postgres: Cluster, database: str) -> dict[str, Any]:
    with django_at(postgres.server.url("owner", database)), connection.schema_editor() as editor:
        editor.execute(f"ALTER TABLE {TABLE} ADD COLUMN note text DEFAULT 'x'")
        bound(TABLE).database_forwards("organisation", editor, ProjectState(), ProjectState())
    return _shape(postgres, database)


def _shape(postgres: Cluster, database: str) -> dict[str, Any]:
    with psycopg.connect(postgres.server.url("superuser", database)) as session:
        row = session.execute(
            "SELECT shape, columns FROM ledger_shape WHERE relation = %s ORDER BY shape DESC", [TABLE]
        ).fetchone()
    return {"shape": 0} if row is None else {"shape": row[0], "columns": row[1]}
