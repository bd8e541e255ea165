"""The ledger's tree at ten million entries: leaves in, tiles out, proofs from the files, proofs verified.

The anchor is the SHA-256 alone that a tree of as many leaves can't do without (one a leaf, one a node), of as
many bytes; both are counted in seconds of a core, so that other work on the machine changes little. Files are
written without flushing: what a disk takes for that is not the tree's.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.__main__ import say
from pamong.ledger.tree.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from pamong.ledger.tree.merkle import leaf_hash, verify_consistency, verify_inclusion
from pamong.ledger.tree.notes import COSIGNATURE, SigningKey, VerifierKey, add_signatures
from pamong.ledger.tree.tiles import (
    FileTiles,
    Frontier,
    consistency_proof,
    inclusion_proof,
    tile_path,
    tree_root,
)

ENTRIES = 10_000_000
PART = 1 << 18
ENTRY_BYTES = 292  # a salted entry with three personal fields
PROOFS = 300
MOST_HASHES, GOAL_BUILD_MS, GOAL_VERIFY_MS = 24, 5, 1
ORIGIN = "pamong.invalid/log/decisions"


def measure(entries: int = ENTRIES) -> dict[str, Any]:
    """Leaves a second, milliseconds a proof built and verified, and the longest proof."""
    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as folder:
        frontier, seconds, written = grow(Path(folder), entries)
        bare = bare_seconds(PART) * entries / PART
        rate = entries / seconds
        say(f"tree, {entries:,} leaves", f"{rate:,.0f} leaves/s ({seconds:.1f} s of a core); goal 150,000")
        say("  to SHA-256 alone", f"{bare / seconds:.0%} ({bare:.1f} s)")
        say("  tiles written", f"{written:.1f} s more")
        figures = prove(Path(folder), frontier)
    figures |= {"leaves_per_second": round(rate), "ratio_to_sha256": round(bare / seconds, 3)}
    return {"entries": entries} | figures


def grow(folder: Path, entries: int) -> tuple[Frontier, float, float]:
    """The tree in its files, a core's seconds of hashing and growing, and the seconds of writing."""
    frontier, growing, writing = Frontier(), 0.0, 0.0
    for part in parts(entries):
        start = time.process_time()
        frontier, tiles = frontier.extend([leaf_hash(entry) for entry in part])
        growing += time.process_time() - start
        start = time.perf_counter()
        for tile in tiles:
            path = folder / tile.path
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True)
            path.write_bytes(tile.data)
        writing += time.perf_counter() - start
    return frontier, growing, writing


def parts(entries: int) -> Iterator[list[bytes]]:
    """Entries of the usual length, no two alike."""
    for first in range(0, entries, PART):
        yield [entry(number) for number in range(first, min(first + PART, entries))]


def entry(number: int) -> bytes:
    """An entry with its number at the end."""
    return b"%0*d" % (ENTRY_BYTES, number)


def bare_seconds(leaves: int) -> float:
    """A core's seconds of the hashing alone: each leaf, and a node of 65 bytes for each."""
    entries, node = [entry(number) for number in range(leaves)], bytes(65)
    start = time.process_time()
    for each in entries:
        hashlib.sha256(each).digest()
        hashlib.sha256(node).digest()
    return time.process_time() - start


def prove(folder: Path, frontier: Frontier) -> dict[str, Any]:
    """Build proofs of random entries and older trees from the files, and verify them."""
    choose = random.Random(2026)  # noqa: S311 - the same entries on each run
    tiles, size, root = FileTiles(folder), frontier.size, frontier.root
    assert tree_root(tiles, size) == root
    indexes = [choose.randrange(size) for _ in range(PROOFS)]
    proofs, build = timed(lambda index: inclusion_proof(tiles, index, size), indexes)
    longest = max(map(len, proofs))
    assert longest <= MOST_HASHES
    verify = verifying(size, root, indexes, proofs)
    olds = [choose.randrange(1, size) for _ in range(PROOFS)]
    old_roots = [tree_root(tiles, old) for old in olds]
    steps, consistent = timed(lambda old: consistency_proof(tiles, old, size), olds)
    for old, old_root, proof in zip(olds, old_roots, steps, strict=True):
        assert verify_consistency(old, old_root, size, root, proof)
    reads = reading(folder, indexes, size)
    say(
        "  inclusion proof built",
        f"{build:.2f} ms, {build / GOAL_BUILD_MS:.3f} of the goal of {GOAL_BUILD_MS} ms, "
        f"{build / reads:.1f} anchors (its tiles read: {reads:.3f} ms)",
    )
    say("  its hashes", f"at most {longest} ({longest * 32} B); goal {MOST_HASHES}")
    say("  consistency proof built", f"{consistent:.2f} ms, at most {max(map(len, steps))} hashes")
    bare = signatures_alone()
    say(
        "  verified, three signatures",
        f"{verify:.2f} ms, {verify / GOAL_VERIFY_MS:.2f} of the goal of {GOAL_VERIFY_MS} ms, "
        f"{verify / bare:.1f} anchors (three signatures alone: {bare:.3f} ms)",
    )
    return {
        "inclusion_ms": round(build, 3), "consistency_ms": round(consistent, 3),
        "verify_ms": round(verify, 3), "longest_proof": longest,
        "tiles_ms": round(reads, 4), "signatures_ms": round(bare, 4),
    }  # fmt: skip


def verifying(size: int, root: bytes, indexes: list[int], proofs: list[list[bytes]]) -> float:
    """Milliseconds of one proof with its checkpoint: the log's signature and those of two witnesses."""
    log = SigningKey.generate(ORIGIN)
    witnesses = [SigningKey.generate(f"saksi.{number}.invalid", COSIGNATURE) for number in range(2)]
    head = Checkpoint(ORIGIN, size, root)
    note = sign_checkpoint(head, [log])
    note = add_signatures(note, [witness.sign(head.text(), 1_794_268_812) for witness in witnesses])
    keys: list[VerifierKey] = [witness.verifier for witness in witnesses]

    def check(place: int) -> None:
        opened = open_checkpoint(note, [log.verifier], keys)
        index, head = indexes[place], opened.checkpoint
        assert len(opened.note.verified) == 3
        assert verify_inclusion(leaf_hash(entry(index)), index, head.size, proofs[place], head.root)

    return timed(check, list(range(len(proofs))))[1]


def reading(folder: Path, indexes: list[int], size: int) -> float:
    """Milliseconds to read the files of one proof and nothing more: a tile of each level over the leaf."""

    def read(index: int) -> int:
        levels = range((size.bit_length() + 7) // 8)
        paths = [folder / tile_path(level, index >> 8 * (level + 1)) for level in levels]
        return sum(len(path.read_bytes()) for path in paths if path.is_file())

    return timed(read, indexes)[1]


def signatures_alone() -> float:
    """Milliseconds of three Ed25519 verifications."""
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key(), key.sign(b"s" * 120)

    def check(_number: int) -> None:
        for _ in range(3):
            public.verify(signature, b"s" * 120)

    return timed(check, list(range(PROOFS)))[1]


def timed(work: Callable[[Any], Any], all_given: list[Any]) -> tuple[list[Any], float]:
    """What each gives, and the median milliseconds."""
    made, taken = [], []
    for given in all_given:
        start = time.perf_counter()
        made.append(work(given))
        taken.append(1000 * (time.perf_counter() - start))
    return made, statistics.median(taken)
