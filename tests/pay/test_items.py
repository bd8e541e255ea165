"""A slip as an item of its month's leaf: its bytes, its proof, and what the audit says of changed rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json
from pamong.ledger import queries as ledger
from pamong.ledger import services as sealing
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import ContentChanged, OpeningsErased
from pamong.ledger.openings import commitments_of, fits, value_of
from pamong.ledger.tree.merkle import leaf_hash, verify_inclusion
from pamong.pay import queries, slip_columns
from pamong.pay.audit import Fault, SlipCheck, changed_slips
from pamong.pay.choices import Mode
from pamong.pay.items import FIELDS, OfRun, item_of, lines_json
from pamong.pay.models import Run, Slip, SlipLine, SlipTree
from pamong.pay.slip_rows import read_slip
from tests.pay.support import Done, Office, Someone, files_of
from tests.support.databases import Cluster

GROUND = sealing.Ground(ErasureGround.RETENTION, "JRA 900.1")
PEOPLE = [Someone(number) for number in range(1, 6)] + [
    Someone(6, name='SITI "IIN" d\'ARC, Ś.H.\\', fixed_income=None),
    Someone(7, name="WAHYU CAFE\u0301", group="BLUD"),
]


@dataclass(frozen=True)
class Published:
    """A published month that is committed, and how to get at it otherwise than by the application."""

    office: Office
    done: Done
    name: str
    postgres: Cluster

    def uid(self, number: int) -> UUID:
        """The slip of this number."""
        return Slip.objects.get(run__uid=self.done.uid, number=number).uid

    def proof(self, number: int) -> queries.Proved:
        """What proves it."""
        return queries.slip_item(actor=self.office.actor, at=self.office.at, uid=self.uid(number))

    @contextmanager
    def behind(self) -> Iterator[Any]:
        """A superuser's session in which no trigger is awake."""
        with psycopg.connect(self.postgres.server.url("superuser", self.name)) as session:
            for table in ("pay_run", "pay_slip", "pay_slipline", "pay_slipinput", "pay_sliptree"):
                session.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            yield session

    def audit(self) -> SlipCheck:
        """What the auditor's program finds."""
        with psycopg.connect(self.postgres.server.url("auditor", self.name)) as session:
            return changed_slips(session, ["hanya-untuk-uji"])


@pytest.fixture
def published(
    committed_db: str, postgres: Cluster, operator: Actor, at: datetime, tmp_path: Path, settings: Settings
) -> Published:
    """A month of seven, committed."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    office = Office(operator, at)
    return Published(office, office.run(files_of(PEOPLE)), committed_db, postgres)


def root_of(done: Done) -> bytes:
    tree = SlipTree.objects.get(run__uid=done.uid)
    body = json.loads(ledger.get_entry(actor=done.office.actor, entry_id=tree.entry_id).body)
    assert body["public"]["people"] == tree.size
    return bytes.fromhex(body["public"]["slips"])


def test_every_slip_has_its_proof_up_to_the_root_that_the_entry_holds(published: Published) -> None:
    root = root_of(published.done)
    for number in range(1, 8):
        proof = published.proof(number)
        assert proof.body is not None and proof.root == "slips"
        assert (proof.index, proof.size) == (number - 1, 7)
        assert verify_inclusion(leaf_hash(proof.body), proof.index, proof.size, proof.path, root)
        assert all(fits(one, commitments_of(proof.body)) for one in proof.openings)


def test_a_proof_says_what_the_paper_says(published: Published) -> None:
    proof = published.proof(1)
    told = {one.field: value_of(one) for one in proof.openings}
    row = published.done.by_nip()[PEOPLE[0].nip]
    assert told["slip"] == {
        "name": row["name"], "nip": row["nip"], "unit": row["unit_name"], "opd": row["opd_name"],
        "month": "2026-10-01", "state": "computed", "gross": row["gross"], "tax": row["tax"],
        "health": row["health"], "net": row["net"],
    }  # fmt: skip
    assert told["document"] == {"content_sha256": hashlib.sha256(proof.content).hexdigest()}
    content = json.loads(proof.content)
    assert {line[2]: line[4] for line in content["lines"]} == row["lines"]
    held = json.loads(published.proof(6).content)["slip"]
    assert held["reason"] and held["net"] is None
    body = (proof.body or b"").decode()
    assert row["nip"] not in body and row["name"] not in body and str(row["net"]) not in body


def test_the_bytes_are_canonical_json_whatever_somebody_is_called(published: Published) -> None:
    """What is put together by hand, one by one and as columns, is what the general way gives."""
    run = Run.objects.get(uid=published.done.uid)
    common = OfRun(run.uid, "2026-10-01", run.tree.template)
    keys = {}
    with connection.cursor() as cursor:
        for slip in Slip.objects.filter(run=run):
            rows = read_slip(cursor, slip.pk)
            keys[rows.subject] = slip.uid.bytes * 2
            item = item_of(common, rows.values, lines_json(rows.lines), rows.facts, keys[rows.subject])
            for text in (item.body, item.content, *(one.value for one in item.openings)):
                assert text == canonical_json(json.loads(text))
            stored = {name: getattr(slip, name) for name in FIELDS}
            assert json.loads(item.content)["slip"] == json.loads(canonical_json(stored))
            lines = SlipLine.objects.filter(slip=slip).order_by("number")
            told = list(lines.values_list("number", "kind", "code", "method", "amount"))
            assert json.loads(item.content)["lines"] == [list(line) for line in told]
            assert hashlib.sha256(slip.input.facts.encode()).hexdigest() == json.loads(item.content)["facts"]
    month = slip_columns.read_month(connection, run.pk)
    as_columns = list(slip_columns.hashes(common, month, keys))
    with connection.cursor() as cursor:
        rows_of = [read_slip(cursor, slip.pk) for slip in Slip.objects.filter(run=run).order_by("number")]
    assert as_columns == [
        leaf_hash(item_of(common, rows.values, lines_json(rows.lines), rows.facts, keys[rows.subject]).body)
        for rows in rows_of
    ]


def test_nothing_changed_nothing_found(published: Published) -> None:
    check = published.audit()
    assert (check.findings, check.runs, check.slips, check.erased) == ([], 1, 7, 0)


def test_one_rupiah_in_one_line_and_the_slip_is_proved_no_more(published: Published) -> None:
    published.proof(2)
    with published.behind() as session:
        session.execute(
            "UPDATE pay_slipline SET amount = amount + 1 WHERE kind = 'tax' AND slip_id = "
            "(SELECT id FROM pay_slip WHERE number = 2)"
        )
    with pytest.raises(ContentChanged, match="inspektorat"):
        published.proof(2)
    published.proof(1)
    (found,) = published.audit().findings
    assert (found.fault, found.row) == (Fault.CHANGED, str(published.uid(2)))
    assert "Pajak tertulis Rp" in found.sentence and PEOPLE[1].nip in found.sentence


TWO = "(SELECT id FROM pay_slip WHERE number = 2)"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pay_slip SET gross = gross + 1, net = net + 1 WHERE number = 2",
        "UPDATE pay_slip SET name = name || '.' WHERE number = 2",
        "UPDATE pay_slip SET golongan = 'IV/e' WHERE number = 2",
        "UPDATE pay_slip SET reason = 'lain' WHERE number = 2",
        "UPDATE pay_slip SET uid = gen_random_uuid() WHERE number = 2",
        f"UPDATE pay_slipinput SET facts = facts || ' ' WHERE slip_id = {TWO}",  # noqa: S608
        f"DELETE FROM pay_slipinput WHERE slip_id = {TWO}",  # noqa: S608
        f"UPDATE pay_slipline SET method = 'lain' WHERE slip_id = {TWO}",  # noqa: S608
        f"DELETE FROM pay_slipline WHERE kind = 'tax' AND slip_id = {TWO}",  # noqa: S608
    ],
)
def test_whatever_of_a_slip_is_changed_it_is_named(published: Published, change: str) -> None:
    with published.behind() as session:
        assert session.execute(change).rowcount >= 1
    (found,) = published.audit().findings
    assert found.fault in (Fault.CHANGED, Fault.KEY)
    assert found.row == str(published.uid(2))


def test_slips_taken_away_and_put_in_are_named(published: Published) -> None:
    gone = published.uid(7)
    with published.behind() as session:
        for table in ("pay_slipline", "pay_slipinput"):
            session.execute(
                f"DELETE FROM {table} WHERE slip_id = (SELECT id FROM pay_slip WHERE uid = %s)",  # noqa: S608
                [gone],
            )
        session.execute("DELETE FROM pay_slip WHERE uid = %s", [gone])
        session.execute(
            "INSERT INTO pay_slip SELECT (jsonb_populate_record(s, jsonb_build_object('id', 999999, "
            "'number', 8, 'uid', gen_random_uuid(), 'nip', '199901012020011001'))).* FROM pay_slip s "
            "WHERE number = 1"
        )
    found = {each.fault: each for each in published.audit().findings}
    assert set(found) == {Fault.REMOVED, Fault.ADDED}
    assert found[Fault.REMOVED].row == "7"
    assert found[Fault.ADDED].row == str(published.uid(8))


def test_hashes_changed_to_fit_a_changed_slip_do_not_fit_the_log(published: Published) -> None:
    """Who changes both the slip and what is kept beside it still can't change the root in the log."""
    with published.behind() as session:
        session.execute("UPDATE pay_slip SET golongan = 'IV/e' WHERE number = 2")
        session.execute("UPDATE pay_sliptree SET tiles = overlay(tiles PLACING '\\xff'::bytea FROM 40 FOR 1)")
    faults = [each.fault for each in published.audit().findings]
    assert faults == [Fault.TREE, Fault.CHANGED]
    with published.behind() as session:
        session.execute("DELETE FROM pay_sliptree")
    (found,) = published.audit().findings
    assert (found.fault, found.relation) == (Fault.TREE, "pay_sliptree")


def test_erased_a_slip_opens_no_more_and_all_others_are_proved(published: Published) -> None:
    root = root_of(published.done)
    subject = published.uid(3)  # nobody whom the register knows: the key is the slip's own
    sealing.erase_person(actor=published.office.actor, subject=subject, ground=GROUND)
    with pytest.raises(OpeningsErased, match="menurut jadwal retensi"):
        published.proof(3)
    for number in (1, 2, 4, 5, 6, 7):
        proof = published.proof(number)
        assert proof.body is not None
        assert verify_inclusion(leaf_hash(proof.body), proof.index, proof.size, proof.path, root)
    check = published.audit()
    assert (check.findings, check.erased) == ([], 1)


def test_a_key_destroyed_by_hand_is_found(published: Published) -> None:
    with psycopg.connect(published.postgres.server.url("superuser", published.name)) as session:
        session.execute("ALTER TABLE ledger_personkey DISABLE TRIGGER ALL")
        session.execute("DELETE FROM ledger_personkey WHERE subject = %s", [published.uid(3)])
    (found,) = published.audit().findings
    assert (found.fault, found.row) == (Fault.KEY, str(published.uid(3)))


def test_two_runs_of_the_same_inputs_say_the_same_under_different_roots(office: Office, db: None) -> None:
    first, second = office.run(files_of(PEOPLE)), office.run(files_of(PEOPLE, shuffle=3), mode=Mode.SHADOW)
    assert first.row.slips_hash == second.row.slips_hash
    assert root_of(first) != root_of(second)
    entries = [SlipTree.objects.get(run__uid=done.uid).entry_id for done in (first, second)]
    told = [json.loads(ledger.get_entry(actor=office.actor, entry_id=entry).body) for entry in entries]
    assert told[0]["public"]["content"] == told[1]["public"]["content"] == first.row.slips_hash


def test_a_proof_takes_as_many_statements_for_one_as_for_many(office: Office, db: None) -> None:
    """And reads two tiles at most: 600 people fill two, and a level above them."""
    small, large = office.run(files_of(PEOPLE)), office.run(files_of([Someone(n) for n in range(1, 601)]))
    counts = []
    for done in (small, large):
        uid = Slip.objects.filter(run__uid=done.uid).order_by("-number").first()
        assert uid is not None
        with CaptureQueriesContext(connection) as asked:
            proof = queries.slip_item(actor=office.actor, at=office.at, uid=uid.uid)
        counts.append(len(asked))
        assert proof.body is not None
        assert verify_inclusion(leaf_hash(proof.body), proof.index, proof.size, proof.path, root_of(done))
    assert counts[1] <= counts[0] + 3


def test_nobody_proves_a_slip_that_he_may_not_read(published: Published) -> None:
    nobody = Actor(None, None, "Tamu", (), published.office.actor.on)
    with pytest.raises(NotAllowed):
        queries.slip_item(actor=nobody, at=published.office.at, uid=published.uid(1))
