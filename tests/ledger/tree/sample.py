"""Keys, entries and a sealed slip with fixed bytes, so that every format can be held against a file."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from pamong.kernel.canonical import canonical_json
from pamong.ledger.events import commitment, field_bytes
from pamong.ledger.tree.checkpoints import Checkpoint, sign_checkpoint
from pamong.ledger.tree.merkle import Subtree, leaf_hash
from pamong.ledger.tree.notes import COSIGNATURE, NOTE, SigningKey, VerifierKey, add_signatures
from pamong.ledger.tree.policy import Policy
from pamong.ledger.tree.proof_file import Content, Item, Opening, ProofFile
from pamong.ledger.tree.receipts import Receipt

SITE = "kepegawaian.contoh.go.id"
ORIGIN = f"{SITE}/log/decisions"
PEOPLE, PERSON = 50, 7
LEAVES, INDEX = 1000, 777
SEEN_AT = 1_794_268_812  # 2026-11-10T00:00:12Z


def key(name: str, kind: int = NOTE, number: int = 1) -> SigningKey:
    """A key whose secret is a number: for tests alone."""
    return SigningKey(name, bytes([number]) * 32, kind)


LOG_KEY = key(ORIGIN)
NEW_LOG_KEY = key(ORIGIN, number=2)
RECEIPT_KEY = key(f"{SITE}/receipt", number=3)
WITNESS_KEYS = tuple(
    key(f"saksi.{who}.example", COSIGNATURE, number)
    for number, who in enumerate(("inspektorat", "kampus", "pers"), 4)
)


def policy_text() -> str:
    """The inspectorate and one of two outsiders."""
    inspectorate, campus, press = (each.vkey for each in WITNESS_KEYS)
    return (
        "# Kebijakan saksi Kabupaten Contoh\n"
        f"log {LOG_KEY.vkey} https://{ORIGIN}\n"
        f"log {NEW_LOG_KEY.vkey} https://{ORIGIN}\n\n"
        f"witness inspektorat {inspectorate} https://saksi.inspektorat.example/\n"
        f"witness kampus {campus} https://saksi.kampus.example/\n"
        f"witness pers {press}\n"
        "group luar any kampus pers\n"
        "group cukup all inspektorat luar\n"
        "quorum cukup\n"
    )


def policy() -> Policy:
    return Policy.parse(policy_text())


def entry(kind: str, public: dict[str, object], personal: dict[str, str] | None = None) -> str:
    """The text of an entry or item."""
    whole = {"actor": "user:7", "format": 1, "kind": kind, "personal": personal or {}, "public": public}
    return canonical_json(whole).decode()


def salt(number: int) -> bytes:
    return bytes([number]) * 32


def slip_value(person: int) -> dict[str, object]:
    return {"name": f"Pegawai {person}", "net": 4_000_000 + person}


def slip(person: int) -> str:
    """One item of the month: its value is committed to, not told."""
    sealed = commitment(salt(person), field_bytes("slip", slip_value(person)))
    return entry("pay.slip", {"month": "2026-10"}, {"slip": sealed})


@cache
def slips() -> Subtree:
    return Subtree([leaf_hash(slip(person).encode()) for person in range(PEOPLE)])


def run_entry() -> str:
    """The entry of the month, with the root over its slips."""
    return entry("pay.run_published", {"month": "2026-10", "people": PEOPLE, "slips": slips().root.hex()})


@cache
def log() -> Subtree:
    """The log in which the month is number 777."""
    texts = [run_entry() if number == INDEX else f"catatan {number}" for number in range(LEAVES)]
    return Subtree([leaf_hash(text.encode()) for text in texts])


def checkpoint() -> Checkpoint:
    return Checkpoint(ORIGIN, LEAVES, log().root)


def signed_checkpoint(*log_keys: SigningKey) -> str:
    """Signed by the log, by default with one key, and seen by three witnesses a second apart."""
    head = checkpoint()
    seen = [each.sign(head.text(), SEEN_AT + number) for number, each in enumerate(WITNESS_KEYS)]
    return add_signatures(sign_checkpoint(head, log_keys or (LOG_KEY,)), seen)


def content() -> Content:
    item = Item(slip(PERSON), PERSON, PEOPLE, tuple(slips().path(PERSON)), "slips")
    return Content(run_entry(), item, (Opening("slip", salt(PERSON), slip_value(PERSON)),))


def proof() -> ProofFile:
    return ProofFile(INDEX, tuple(log().path(INDEX)), signed_checkpoint(), content().to_bytes())


def receipt() -> Receipt:
    at = datetime.fromtimestamp(SEEN_AT, UTC)
    return Receipt(ORIGIN, "pay.run_published", leaf_hash(run_entry().encode()), at)


def all_keys() -> tuple[VerifierKey, ...]:
    """The keys of the policy for this log."""
    return (*policy().log_keys(ORIGIN), *policy().witness_keys())
