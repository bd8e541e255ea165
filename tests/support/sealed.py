"""A log for tests, sealed as on a real site: numbered, signed, countersigned by witnesses of known keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pamong.kernel.canonical import canonical_json
from pamong.ledger.events import commitment, field_bytes
from pamong.ledger.sequencer import storing
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.witnesses import Answer
from pamong.ledger.tree.checkpoints import Checkpoint, sign_checkpoint
from pamong.ledger.tree.content import Content, Item, Opening
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.keys import COSIGNATURE
from pamong.ledger.tree.merkle import Subtree, leaf_hash
from pamong.ledger.tree.notes import SigningKey, add_signatures, read_note, read_signatures
from pamong.ledger.tree.proof_file import ProofFile
from tests.support.databases import Cluster
from tests.support.sealing import SITE, sealing

SEEN = 1_794_268_812  # when the witnesses saw it: 10 November 2026, 00.00.12 UTC
DECISIONS = f"{SITE}/log/decisions"


def key_of(name: str, kind: int = COSIGNATURE) -> SigningKey:
    """A key that is the same in every run."""
    return SigningKey(name, hashlib.sha256(name.encode()).digest(), kind)


INSIDE, OUTSIDE = key_of("inspektorat.contoh.go.id"), key_of("universitas.contoh.ac.id")
WITNESSES = {"inspektorat": INSIDE, "universitas": OUTSIDE}


def policy_of(logs: Sequence[str], quorum: str = "semua") -> str:
    """A policy that takes both witnesses, one of whom stands outside."""
    named = [f"witness {name} {key.vkey}" for name, key in WITNESSES.items()]
    lines = [*(f"log {vkey}" for vkey in logs), *named, "group luar any universitas"]
    return "\n".join([*lines, "group semua all inspektorat luar", f"quorum {quorum}", ""])


def publish(postgres: Cluster, database: str, places: Places) -> None:
    """Place what is pending, sign it, let both witnesses countersign, and publish the policy."""
    with sealing(postgres, database, places) as it:
        vkeys = [vkey for log in it.logs.values() for vkey in log.vkeys]
        write_atomically(places.policy, policy_of(vkeys).encode())
        it.beat()
        for name in it.logs:
            note = places.checkpoint(name).read_text()
            text = read_note(note).text
            size = Checkpoint.parse(text).size
            lines = {witness: key.cosign(text, SEEN) for witness, key in WITNESSES.items()}
            if not size:
                continue
            with it.connection.transaction():
                for witness, line in lines.items():
                    storing.keep_answer(it.connection, name, Answer(witness, size, "", line, SEEN))
            cosigned = add_signatures(note, read_signatures("".join(lines.values())))
            write_atomically(places.checkpoint(name), cosigned.encode())


@dataclass(frozen=True)
class ByHand:
    """A log in memory, to make proofs of anything, also of what no log would hold."""

    log: SigningKey
    witnesses: Mapping[str, SigningKey] = field(default_factory=lambda: WITNESSES)
    others: int = 5  # entries beside the one that is proved
    seen: int = SEEN

    def proof(self, content: Content, index: int = 2) -> ProofFile:
        """A proof file of an entry at this number."""
        hashes = [leaf_hash(f"lain {number}".encode()) for number in range(self.others)]
        hashes.insert(index, content.leaf_hash)
        tree = Subtree(hashes)
        checkpoint = Checkpoint(self.log.name, tree.size, tree.root)
        note = sign_checkpoint(checkpoint, [self.log])
        lines = "".join(key.cosign(checkpoint.text(), self.seen) for key in self.witnesses.values())
        whole = add_signatures(note, read_signatures(lines)) if lines else note
        return ProofFile(index, tuple(tree.path(index)), whole, content.to_bytes())


def log_key(places: Places, log: str = "decisions") -> SigningKey:
    """The key with which a test's sequencer signs."""
    return SigningKey.load(places.key_files(log)[0])


def ledger_of(folder: Path) -> dict[str, str]:
    """The environment of a site whose logs stand below a folder."""
    return {"PAMONG_LEDGER": str(folder / "public"), "PAMONG_SITE": SITE}


SLIP = {
    "gross": 4_100_000, "health": 0, "month": "2026-10-01", "name": "Suparman", "net": 3_895_000,
    "nip": "198502022010011001", "opd": "Dinas Kesehatan", "state": "computed", "tax": 205_000,
    "unit": "Puskesmas Melati",
}  # fmt: skip


def slip_content(content: bytes = b"{}", people: int = 3, **changed: object) -> Content:
    """What a proof opens of a slip among others, as a month's entry vouches for it."""
    fields = {"slip": SLIP | changed, "document": {"content_sha256": hashlib.sha256(content).hexdigest()}}
    openings = [
        Opening(name, hashlib.sha256(name.encode()).digest(), value) for name, value in fields.items()
    ]
    personal = {one.field: commitment(one.salt, field_bytes(one.field, one.value)) for one in openings}
    body = _entry("run", "pay.slip", {"month": "2026-10-01"}, personal)
    tree = Subtree(_slips(body, people))
    public = {"people": people, "month": "2026-10-01", "slips": tree.root.hex()}
    item = Item(body, 1, people, tuple(tree.path(1)), "slips")
    return Content(_entry("operator:uji", "pay.run_published", public, {}), item, tuple(openings))


def _slips(body: str, people: int) -> list[bytes]:
    hashes = [leaf_hash(f"rincian lain {number}".encode()) for number in range(people - 1)]
    return [*hashes[:1], leaf_hash(body.encode()), *hashes[1:]]


def _entry(actor: str, kind: str, public: Mapping[str, object], personal: Mapping[str, str]) -> str:
    told = {"actor": actor, "format": 1, "kind": kind, "personal": personal, "public": public}
    return canonical_json(told).decode()


def order_content(content: bytes = b"{}") -> Content:
    """What a proof opens of an order: its head and the hash of its content, never whom it is about."""
    head = {"title": "Keputusan Wali Kota", "about": "Pengangkatan dalam jabatan", "name": "Suparman"}
    fields = {"document": {"content_sha256": hashlib.sha256(content).hexdigest()}, "head": head}
    openings = [
        Opening(name, hashlib.sha256(name.encode()).digest(), value) for name, value in fields.items()
    ]
    personal = {one.field: commitment(one.salt, field_bytes(one.field, one.value)) for one in openings}
    public = {"number": "821/7/2026", "dated_on": "2026-11-09", "register": "jabatan", "place": 7}
    closed = {"person": hashlib.sha256(b"siapa").hexdigest()}
    return Content(_entry("user:7", "decisions.ordered", public, personal | closed), None, tuple(openings))
