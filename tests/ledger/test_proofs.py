"""Proofs as files and as QR codes: from the published tiles, by the checkpoint that tells most."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from pamong.kernel.actor import Actor
from pamong.ledger import proofs, services
from pamong.ledger.sequencer import storing
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.witnesses import Answer
from pamong.ledger.tree import compact
from pamong.ledger.tree.checkpoints import open_checkpoint
from pamong.ledger.tree.errors import TileError
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.merkle import leaf_hash
from pamong.ledger.tree.notes import read_note
from pamong.ledger.tree.policy import Policy
from pamong.ledger.tree.proof_file import ProofFile
from tests.support.databases import Cluster
from tests.support.sealed import INSIDE, OUTSIDE, SEEN, policy_of, slip_content
from tests.support.sealing import SITE, Noted, Sealing, places_in, sealing

Note = Callable[..., list[int]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return places_in(tmp_path / "ledger")


@pytest.fixture
def note(operator: Actor) -> Note:
    def noted(*numbers: int) -> list[int]:
        with transaction.atomic():
            return services.record_many(actor=operator, events=[Noted(number) for number in numbers])

    return noted


def seal(it: Sealing, places: Places, *names: str, seen: int = SEEN, quorum: str = "semua") -> None:
    """Publish what is pending, countersigned by these witnesses."""
    write_atomically(places.policy, policy_of(it.logs["decisions"].vkeys, quorum).encode())
    it.beat()
    published = read_note(places.checkpoint("decisions").read_text())
    size = int(published.text.split("\n")[1])
    keys = {"inspektorat": INSIDE, "universitas": OUTSIDE}
    for name in names:
        with it.connection.transaction():
            line = keys[name].cosign(published.text, seen)
            storing.keep_answer(it.connection, "decisions", Answer(name, size, "", line, seen))


def verified(places: Places, proof: str | None) -> tuple[ProofFile, Any]:
    """The proof file and its checkpoint, once all holds."""
    assert proof is not None
    read = ProofFile.parse(proof)
    policy = Policy.parse(places.policy.read_bytes())
    origin = places.origin("decisions")
    opened = open_checkpoint(read.checkpoint, policy.log_keys(origin), policy.witness_keys())
    content = read.content()
    content.check()
    assert read.includes(content.leaf_hash)
    return read, opened


@pytest.fixture
def site(places: Places) -> Any:
    with override_settings(PAMONG_LEDGER=places.public, PAMONG_SITE=SITE):
        yield


@pytest.mark.usefixtures("site")
def test_an_entry_is_proved_once_it_is_published(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, note: Note
) -> None:
    entries = note(*range(300))
    assert proofs.proof_of(actor=operator, entry=entries[7]) is None
    with sealing(postgres, committed_db, places) as it:
        seal(it, places, "inspektorat", "universitas")
        by_id = proofs.proof_of(actor=operator, entry=entries[7])
        read, opened = verified(places, by_id)
        assert (read.index, opened.checkpoint.size, opened.latest_time) == (7, 300, SEEN)
        leaf = leaf_hash(read.content().entry.encode())
        assert proofs.proof_of(actor=operator, entry=leaf) == by_id
        later = note(300)
        assert proofs.proof_of(actor=operator, entry=later[0]) is None
    assert proofs.proof_of(actor=operator, entry=b"\0" * 32) is None


@pytest.mark.usefixtures("site")
def test_the_first_checkpoint_with_enough_witnesses_is_taken(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, note: Note
) -> None:
    [entry] = note(1)
    with sealing(postgres, committed_db, places) as it:
        sizes = []
        for number, names in enumerate(
            [(), ("inspektorat",), ("inspektorat", "universitas"), ("universitas",)]
        ):
            seal(it, places, *names, seen=SEEN + number)
            proof = proofs.proof_of(actor=operator, entry=entry)
            _, opened = verified(places, proof)
            sizes.append((opened.checkpoint.size, len(opened.cosigned), proofs.is_witnessed(str(proof))))
            note(number + 2)
    assert sizes == [(1, 0, False), (2, 1, False), (3, 2, True), (3, 2, True)]


@pytest.mark.usefixtures("site")
def test_a_code_carries_no_more_signatures_than_it_takes(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, note: Note
) -> None:
    [entry] = note(1)
    with sealing(postgres, committed_db, places) as it:
        seal(it, places, "inspektorat", "universitas", quorum="luar")
        proof = proofs.proof_of(actor=operator, entry=entry)
        code = proofs.qr_text(str(proof))
        assert code is not None
        address, _, digits = code.partition("#")
        assert address == f"https://{SITE}/cek/"
        told = compact.decode(compact.from_digits(digits))
        policy = Policy.parse(places.policy.read_bytes())
        keys = [*policy.log_keys(told.origin), *policy.witness_keys()]
        _, opened = verified(places, told.to_proof(keys).text())
        assert [each.key for each in opened.cosigned] == [OUTSIDE.verifier]
        assert len(told.signatures) == 2


@pytest.mark.usefixtures("site")
def test_an_item_of_a_subtree_is_proved_with_what_opens_it(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, note: Note
) -> None:
    content = slip_content()
    [entry] = note(1)
    with sealing(postgres, committed_db, places) as it:
        seal(it, places, "inspektorat", "universitas")
        proof = proofs.proof_of(actor=operator, entry=entry, item=content.item, openings=content.openings)
        found = ProofFile.parse(str(proof)).content()
        assert (found.item, found.openings) == (content.item, content.openings)


@pytest.mark.usefixtures("site")
def test_damaged_files_are_told(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, note: Note
) -> None:
    [entry, *_] = note(*range(300))
    with sealing(postgres, committed_db, places) as it:
        seal(it, places)
        tile = places.folder("decisions") / "tile/0/000"
        tile.write_bytes(tile.read_bytes()[:-1])
        with pytest.raises(TileError, match="tile/0/000"):
            proofs.proof_of(actor=operator, entry=entry)


def test_a_site_without_a_name_has_no_address(tmp_path: Path) -> None:
    with override_settings(PAMONG_SITE="pamong.invalid/0011aabb", PAMONG_LEDGER=tmp_path):
        assert proofs.check_address() == ""
        assert proofs.policy_text() == ""
    with override_settings(PAMONG_SITE=SITE):
        assert proofs.check_address() == f"https://{SITE}/cek/"
