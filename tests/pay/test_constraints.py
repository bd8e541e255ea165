"""What the database itself refuses, whoever asks: the application, the owner, a superuser in replica mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from pamong.pay import services, staging
from tests.pay.support import Done, Office, Someone, files_of
from tests.support.databases import Cluster

PEOPLE = [Someone(1), Someone(2), Someone(3, fixed_income=None)]
TABLES = ("pay_slip", "pay_slipline", "pay_slipinput", "pay_runchunk", "pay_runproblem", "pay_runfile")
COLUMNS = {
    "pay_slip": "net = net + 1",
    "pay_slipline": "amount = amount + 1",
    "pay_slipinput": "facts = '{}'",
    "pay_runchunk": "slips = 0",
    "pay_runproblem": "message = ''",
    "pay_runfile": "name = ''",
}
IS_OVER = "Hitungan yang sudah berakhir tidak dapat diubah"
ONLY_OPEN = "Rincian hanya dapat ditambahkan selama hitungan berjalan"


def execute(sql: str, values: dict[str, Any] | None = None) -> int:
    """Run one statement as the application; gives the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or {})
        return int(cursor.rowcount)


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The block ends with an error of the database that says this; the transaction goes on."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


@pytest.fixture
def published(office: Office, db: None) -> Done:
    """A published run of three people, one held, with a problem."""
    people = [*PEOPLE, Someone(9, in_monthly=False)]
    return office.run(files_of(people))


@pytest.fixture
def half_done(office: Office, db: None, monkeypatch: pytest.MonkeyPatch) -> int:
    """The id of a run with one of three slips written."""
    monkeypatch.setattr(staging, "CHUNK", 1)
    uid = office.start(files_of(PEOPLE)).uid

    def stop(what: str, done: int, total: int) -> None:
        if what == "Menulis rincian":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        office.compute(uid, stop)
    return run_id(uid)


def run_id(uid: Any) -> int:
    """The database's own number of a run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM pay_run WHERE uid = %s", [uid])
        return int(cursor.fetchone()[0])


SLIP = """
INSERT INTO pay_slip (id, uid, run_id, number, nip, name, kind, golongan, post_name, unit_name, opd_name,
                      pay_group, state, reason, ceiling, earned, gross, tax, health, net)
VALUES (nextval(pg_get_serial_sequence('pay_slip', 'id')), %(uid)s, %(run)s, %(number)s, %(nip)s, 'NAMA',
        'PNS', 'III/a', '', '', '', 'tpp', %(state)s, %(reason)s, %(ceiling)s, %(earned)s, %(gross)s, %(tax)s,
        %(health)s, %(net)s)
"""


def slip(run: int, **other: Any) -> dict[str, Any]:
    """A slip that fits, but for what is told otherwise."""
    amounts = {"ceiling": 100, "earned": 100, "gross": 90, "tax": 5, "health": 1, "net": 84}
    row = {
        "uid": uuid4(),
        "run": run,
        "number": 77,
        "nip": "199001012020011001",
        "state": "computed",
        "reason": "",
    }
    return {**row, **amounts, **other}


@pytest.mark.parametrize("table", TABLES)
def test_the_application_changes_and_removes_nothing(published: Done, table: str) -> None:
    assert execute(f"SELECT 1 FROM {table}") > 0  # noqa: S608 (our names)
    with refused("permission denied"):
        execute(f"UPDATE {table} SET {COLUMNS[table]}")  # noqa: S608
    with refused("permission denied"):
        execute(f"DELETE FROM {table}")  # noqa: S608
    with refused("permission denied|must be owner"):
        execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "change",
    ["net = net + 1, gross = gross + 1", "state = 'staging', published_at = NULL", "slips_hash = ''"],
)
def test_a_published_run_is_over(published: Done, change: str) -> None:
    with refused(IS_OVER):
        execute(f"UPDATE pay_run SET {change}")  # noqa: S608
    with refused("permission denied"):
        execute("DELETE FROM pay_run")


def test_a_failed_and_a_cancelled_run_are_over(office: Office, db: None) -> None:
    first, second = office.start(files_of(PEOPLE[:1])), office.start(files_of(PEOPLE[:2]))
    services.fail_run(actor=office.actor, uid=first.uid, sentence="Rusak.")
    services.cancel_run(actor=office.actor, at=office.at, uid=second.uid)
    for uid in (first.uid, second.uid):
        with refused(IS_OVER):
            execute("UPDATE pay_run SET state = 'waiting' WHERE uid = %(uid)s", {"uid": uid})


def test_nothing_is_added_to_a_published_run(published: Done) -> None:
    run = run_id(published.uid)
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM pay_slip")
        (of,) = cursor.fetchone()
    for statement in (
        "INSERT INTO pay_slipline (slip_id, number, kind, code, method, amount)"
        " VALUES (%(of)s, 99, 'cut', '', '', 1)",
        "INSERT INTO pay_runchunk (run_id, number, slips) VALUES (%(run)s, 99, 0)",
        'INSERT INTO pay_runproblem (run_id, number, severity, code, file, "column", value, message, subject)'
        " VALUES (%(run)s, 99, 'info', '', '', '', '', '', '')",
        "INSERT INTO pay_runfile (run_id, number, kind, name, sha256, size)"
        " VALUES (%(run)s, 99, 'people', '', '', 0)",
    ):
        with refused(ONLY_OPEN):
            execute(statement, {"run": run, "of": of})
    with refused(ONLY_OPEN):
        execute(SLIP, slip(run))


def test_a_slip_comes_only_while_the_run_is_computed(office: Office, db: None) -> None:
    waiting = office.start(files_of(PEOPLE))
    with refused(ONLY_OPEN):
        execute(SLIP, slip(run_id(waiting.uid)))


def test_a_slip_that_fits_goes_in(half_done: int) -> None:
    """So that the refusals below are for the one thing that is wrong."""
    assert execute(SLIP, slip(half_done)) == 1
    held = dict.fromkeys(("ceiling", "earned", "gross", "tax", "health", "net"))
    assert execute(SLIP, slip(half_done, number=78, nip="1", state="held", reason="Belum ada.", **held)) == 1


NOTHING = dict.fromkeys(("ceiling", "earned", "gross", "tax", "health", "net"))


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"nip": PEOPLE[0].nip}, "slip_once_a_person"),
        ({"number": 1}, "slip_number"),
        ({"net": 85}, "slip_has_amount_or_reason"),
        ({"net": None}, "slip_has_amount_or_reason"),
        ({"gross": None}, "slip_has_amount_or_reason"),
        ({"ceiling": None}, "slip_has_amount_or_reason"),
        ({"tax": None, "health": None}, "slip_has_amount_or_reason"),
        ({"state": "held"}, "slip_has_amount_or_reason"),
        ({"state": "held", "reason": "Belum ada."}, "slip_has_amount_or_reason"),
        ({"state": "held", "reason": "", **NOTHING}, "slip_has_amount_or_reason"),
        ({"state": "none", "reason": "Tidak.", **NOTHING, "gross": 5}, "slip_has_amount_or_reason"),
        ({"state": "computed", **NOTHING}, "slip_has_amount_or_reason"),
        ({"state": "lain"}, "slip_has_amount_or_reason"),
    ],
)
def test_a_slip_has_amounts_that_add_up_or_a_reason(
    half_done: int, wrong: dict[str, Any], constraint: str
) -> None:
    with refused(constraint):
        execute(SLIP, slip(half_done, **wrong))


def test_a_run_is_published_only_with_the_totals_of_its_slips(half_done: int) -> None:
    amounts = ("ceiling", "earned", "gross", "tax", "health", "net")
    names, sums = ", ".join(amounts), ", ".join(f"coalesce(sum({name}), 0)" for name in amounts)
    publish = (
        "UPDATE pay_run SET state = 'published', published_at = now(), people = %(people)s, "  # noqa: S608
        f"({names}) = (SELECT {sums} FROM pay_slip)"
    )
    with refused("Jumlah hitungan berbeda dari jumlah rinciannya"):
        execute(publish, {"people": 2})
    with refused("Jumlah hitungan berbeda dari jumlah rinciannya"):
        execute("UPDATE pay_run SET state = 'published', published_at = now(), people = 1")
    with refused("run_totals_add_up"):
        execute("UPDATE pay_run SET net = 1")
    with refused("run_published_has_instant"):
        execute("UPDATE pay_run SET published_at = now()")
    assert execute(publish, {"people": 1}) == 1


@pytest.mark.parametrize("mode", ["origin", "replica"])
def test_not_even_a_superuser_changes_what_is_published(
    office: Office, committed_db: str, postgres: Cluster, mode: str
) -> None:
    office.run(files_of([*PEOPLE, Someone(9, in_monthly=False)]))
    attempts = [f"UPDATE {table} SET {COLUMNS[table]}" for table in TABLES]  # noqa: S608
    attempts += [f"DELETE FROM {table}" for table in (*TABLES, "pay_run")]  # noqa: S608
    attempts += ["UPDATE pay_run SET stage = 'x'", "TRUNCATE pay_run CASCADE"]
    url = postgres.server.url("superuser", committed_db)
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(f"SET session_replication_role = {mode}")
        for attempt in attempts:
            with pytest.raises(psycopg.errors.RestrictViolation):
                session.execute(attempt)
