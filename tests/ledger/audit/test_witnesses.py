"""What witnesses remember is asked for, whatever the database, the files and the signer say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.audit.findings import FindingKind
from pamong.ledger.sequencer.witnesses import Witness
from pamong.ledger.tree.notes import COSIGNATURE, SigningKey
from tests.ledger.audit.conftest import Site, kinds, only
from tests.ledger.audit.witness import NAME, Memory, witness
from tests.support.sealing import Noted


@pytest.fixture
def seen(site: Site, operator: Actor) -> Iterator[Memory]:
    """A witness in the policy that has countersigned what is there."""
    with witness() as (memory, address):
        policy = site.places.policy.read_text().replace(
            "quorum none", f"witness {NAME} {memory.key.vkey} {address}\nquorum {NAME}"
        )
        site.places.policy.write_text(policy)
        site.witnesses = [Witness(NAME, memory.key.verifier, address)]
        with transaction.atomic():
            services.record(actor=operator, event=Noted(50))
        site.seal()
        yield memory


def test_a_witness_that_agrees(site: Site, seen: Memory) -> None:
    report = site.look(ask_witnesses=True)
    assert report.ok, report.findings
    assert report.counts["witnesses_agree"] >= 1


def test_a_witness_that_has_seen_another_history(site: Site, seen: Memory) -> None:
    origin = f"{site.places.site}/log/decisions"
    size, root = seen.seen[origin]
    seen.seen[origin] = (size, bytes(reversed(root)))
    report = site.look(ask_witnesses=True)
    assert kinds(report) == {FindingKind.CHECKPOINT}
    assert NAME in report.findings[0].sentence


def test_a_witness_that_has_seen_more(site: Site, seen: Memory) -> None:
    origin = f"{site.places.site}/log/decisions"
    size, root = seen.seen[origin]
    seen.seen[origin] = (size + 5, root)
    report = site.look(ask_witnesses=True)
    assert kinds(report) == {FindingKind.CHECKPOINT}
    assert "lebih besar" in report.findings[0].sentence


def test_a_witness_that_does_not_answer_is_no_finding_nor_all_is_well(site: Site, seen: Memory) -> None:
    site.places.policy.write_text(site.places.policy.read_text().replace("http://127", "http://127.0.0.1:1/"))
    report = site.look(ask_witnesses=True)
    assert (report.total, report.ok) == (0, False)
    assert NAME in report.unseen[0]


@pytest.mark.parametrize("body", ["", "selamat siang", "\x00\xff", "— saksi.contoh.go.id AAAA\n"])
def test_a_witness_that_answers_garbage(site: Site, seen: Memory, body: str) -> None:
    seen.answer = lambda _request: (200, body)  # type: ignore[method-assign]
    report = site.look(ask_witnesses=True)
    assert (report.total, report.ok) == (0, False)
    assert "Jawaban saksi bukan tanda tangan yang sah dari kuncinya." in report.unseen[0]


def test_one_witness_that_does_not_answer_where_another_is_enough(site: Site, seen: Memory) -> None:
    silent = SigningKey.generate("diam.contoh.go.id", COSIGNATURE)
    text = site.places.policy.read_text().replace(
        f"quorum {NAME}",
        f"witness diam.contoh.go.id {silent.vkey} http://127.0.0.1:1/\n"
        f"group luar any {NAME} diam.contoh.go.id\nquorum luar",
    )
    site.places.policy.write_text(text)
    report = site.look(ask_witnesses=True)
    assert report.ok, report.unseen
    assert "diam.contoh.go.id" in report.notes[0]
    site.places.policy.write_text(text.replace("luar any", "luar all"))
    report = site.look(ask_witnesses=True)
    assert not report.ok
    assert "diam.contoh.go.id" in report.unseen[0]


def test_a_countersignature_that_was_changed(site: Site, seen: Memory) -> None:
    site.attack("UPDATE ledger_cosignature SET line = overlay(line placing 'AAAA' from length(line) - 20)")
    report = site.look()
    assert only(report, FindingKind.SIGNATURE)
    assert kinds(report) == {FindingKind.SIGNATURE}
