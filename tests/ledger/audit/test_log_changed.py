"""The log itself: entries changed, removed, added, swapped; a log made anew; an older one restored."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.audit.findings import FindingKind
from pamong.ledger.tree.merkle import leaf_hash, root_of
from tests.ledger.audit.conftest import Site, kinds, only
from tests.support.sealing import Noted

NOTED = "SELECT id FROM ledger_intake WHERE kind = 'example.noted' ORDER BY id LIMIT 1"


def test_bytes_of_an_entry_that_were_changed(site: Site) -> None:
    site.attack(
        f"UPDATE ledger_intake SET body = replace(body, '\"number\":0', '\"number\":9') WHERE id = ({NOTED})"
    )
    report = site.look()
    assert kinds(report) == {FindingKind.ENTRY_CHANGED}
    (found,) = report.findings
    assert '"number":0' in (found.before["isi"] or "")
    assert '"number":9' in (found.now["isi"] or "")


def test_an_entry_changed_with_its_hash(site: Site) -> None:
    body = site.one(f"SELECT body FROM ledger_intake WHERE id = ({NOTED})").replace(
        '"number":0', '"number":9'
    )
    hashed = leaf_hash(body.encode()).hex()
    site.attack(
        f"UPDATE ledger_leaf SET hash = '\\x{hashed}' WHERE intake_id = ({NOTED})",
        f"UPDATE ledger_intake SET body = '{body}' WHERE id = ({NOTED})",
    )
    report = site.look()
    assert kinds(report) == {
        FindingKind.ENTRY_CHANGED,
        FindingKind.UNMARKED,
        FindingKind.TREE,
        FindingKind.CHECKPOINT,
    }
    assert '"number":0' in (only(report, FindingKind.ENTRY_CHANGED)[0].before["isi"] or "")


def test_an_entry_that_was_removed(site: Site) -> None:
    site.attack(
        f"DELETE FROM ledger_personal WHERE intake_id = ({NOTED})",
        f"DELETE FROM ledger_leaf WHERE intake_id = ({NOTED})",
        "DELETE FROM ledger_intake WHERE kind = 'example.noted' AND NOT EXISTS "
        "(SELECT 1 FROM ledger_leaf l WHERE l.intake_id = ledger_intake.id)",
    )
    report = site.look()
    assert kinds(report) == {FindingKind.ENTRY_REMOVED}
    assert '"number":0' in (report.findings[0].before["isi"] or "")


def test_an_entry_that_somebody_added(site: Site) -> None:
    body = '{"actor":"user:1","format":1,"kind":"example.noted","personal":{},"public":{"number":77}}'
    add = f"INSERT INTO ledger_intake (log, kind, body) VALUES ('decisions', 'example.noted', '{body}')"
    site.attack(add, asleep=False)
    assert kinds(site.look()) == {FindingKind.UNMARKED}
    site.seal()
    report = site.look()
    assert kinds(report) == {FindingKind.UNMARKED}
    assert report.findings[0].relation == "decisions"


def test_a_copied_entry(site: Site) -> None:
    site.attack(
        "INSERT INTO ledger_intake (log, kind, body, mark) "
        f"SELECT log, kind, body, mark FROM ledger_intake WHERE id = ({NOTED})",
        asleep=False,
    )
    site.seal()
    assert FindingKind.COPIED in kinds(site.look())


def test_a_kind_that_was_changed(site: Site) -> None:
    site.attack(f"UPDATE ledger_intake SET kind = 'example.other' WHERE id = ({NOTED})")
    assert kinds(site.look()) == {FindingKind.ENTRY_CHANGED}


def test_two_entries_that_changed_places(site: Site) -> None:
    first, second = _two(site)
    site.attack(
        f"UPDATE ledger_leaf SET intake_id = -1 WHERE intake_id = {first}",
        f"UPDATE ledger_leaf SET intake_id = {first} WHERE intake_id = {second}",
        f"UPDATE ledger_leaf SET intake_id = {second} WHERE intake_id = -1",
    )
    report = site.look()
    assert kinds(report) == {FindingKind.ENTRY_CHANGED}
    assert any("ditukar" in found.sentence for found in report.findings)


def test_an_entry_with_a_transaction_that_can_not_be(site: Site, operator: Actor) -> None:
    with transaction.atomic():
        entry = services.record(actor=operator, event=Noted(8))
    site.attack(f"UPDATE ledger_intake SET xid = 3 WHERE id = {entry}")
    assert kinds(site.look()) == {FindingKind.ENTRY_ADDED}


def test_a_log_made_anew_disagrees_with_what_was_published(site: Site) -> None:
    _make_anew(site)
    report = site.look()
    assert FindingKind.CHECKPOINT in kinds(report)
    told = " ".join(found.sentence for found in only(report, FindingKind.CHECKPOINT))
    assert "yang terbit" in told
    assert "ngatan penanda tangan" in told
    assert "tersimpan" in told


def test_an_older_backup_that_was_gone_on_from(site: Site, operator: Actor) -> None:
    """The files and the signer are ahead of the database."""
    with psycopg.connect(site.url("superuser")) as session:
        row = session.execute("SELECT size, root FROM ledger_log WHERE name = 'decisions'").fetchone()
    assert row
    with transaction.atomic():
        services.record(actor=operator, event=Noted(99))
    site.seal()
    held = site.places.checkpoint("decisions").read_text()
    site.attack(
        f"DELETE FROM ledger_checkpoint WHERE size > {row[0]}",
        f"DELETE FROM ledger_leaf WHERE log_id = 'decisions' AND seq >= {row[0]}",
        "DELETE FROM ledger_intake WHERE body LIKE '%\"number\":99%'",
        f"UPDATE ledger_log SET size = {row[0]}, root = '\\x{bytes(row[1]).hex()}' WHERE name = 'decisions'",
    )
    report = site.look()
    assert kinds(report) == {FindingKind.ROLLED_BACK}
    assert len(report.findings) == 2, "the published checkpoint, and what the signer remembers"
    # Even with these taken back, an outsider who kept a checkpoint can show it.
    alone = site.look(public=site.places.public, memory=None, held=[("inspektorat", held)])
    assert len(only(alone, FindingKind.ROLLED_BACK)) == 2


def test_a_checkpoint_of_an_outsider_that_agrees(site: Site, operator: Actor) -> None:
    held = site.places.checkpoint("decisions").read_text()
    with transaction.atomic():
        services.record(actor=operator, event=Noted(99))
    site.seal()
    report = site.look(held=[("inspektorat", held)])
    assert report.ok


def test_a_checkpoint_that_nobody_known_signed_counts_for_nothing(site: Site) -> None:
    forged = site.places.checkpoint("decisions").read_text().replace("\n— ", "\n— lain.")
    report = site.look(held=[("siapa saja", forged)])
    assert not report.findings
    assert "siapa saja" in report.unseen[0]


def test_a_log_that_the_database_forgot(site: Site) -> None:
    site.attack(
        "DELETE FROM ledger_checkpoint", "DELETE FROM ledger_rowgroup", "DELETE FROM ledger_leaf",
        "DELETE FROM ledger_log",
    )  # fmt: skip
    assert FindingKind.ROLLED_BACK in kinds(site.look())


@pytest.mark.parametrize("name", ["tile/0/000.p/{}", "checkpoint"])
def test_published_files_that_were_changed(site: Site, name: str) -> None:
    size = site.one("SELECT size FROM ledger_log WHERE name = 'decisions'")
    path = site.places.folder("decisions") / name.format(size)
    data = bytearray(path.read_bytes())
    data[5] ^= 1
    path.write_bytes(bytes(data))
    found = kinds(site.look())
    assert found <= {FindingKind.ENTRY_CHANGED, FindingKind.PUBLISHED, FindingKind.SIGNATURE}
    assert found


def test_a_stored_checkpoint_with_a_false_signature(site: Site) -> None:
    site.attack(
        "UPDATE ledger_checkpoint SET note = regexp_replace(note, '(.)(..)(=*)\\n$', '\\1AA\\3' || E'\\n') "
        "WHERE log_id = 'decisions'"
    )
    assert kinds(site.look()) == {FindingKind.SIGNATURE}


def _two(site: Site) -> list[int]:
    with psycopg.connect(site.url("superuser")) as session:
        rows = session.execute(
            "SELECT id FROM ledger_intake WHERE kind = 'example.noted' ORDER BY id LIMIT 2"
        )
        return [row[0] for row in rows.fetchall()]


def _make_anew(site: Site) -> None:
    """One entry rewritten, and every hash and root behind it made anew, as who holds the key could sign."""
    with psycopg.connect(site.url("superuser")) as session:
        rows = session.execute(
            "SELECT l.seq, i.id, i.body FROM ledger_leaf l JOIN ledger_intake i ON i.id = l.intake_id "
            "WHERE l.log_id = 'decisions' ORDER BY l.seq"
        ).fetchall()
    bodies = [body.replace('"number":0', '"number":9') for _, _, body in rows]
    hashes = [leaf_hash(body.encode()) for body in bodies]
    statements = []
    for (_, id_, before), body, hashed in zip(rows, bodies, hashes, strict=True):
        if body != before:
            assert "'" not in body
            statements += [
                f"UPDATE ledger_intake SET body = '{body}' WHERE id = {id_}",
                f"UPDATE ledger_leaf SET hash = '\\x{hashed.hex()}' WHERE intake_id = {id_}",
            ]
    root = root_of(hashes).hex()
    site.attack(*statements, f"UPDATE ledger_log SET root = '\\x{root}' WHERE name = 'decisions'")
    assert json.loads(bodies[-1])
    assert Path(site.places.public).is_dir()
