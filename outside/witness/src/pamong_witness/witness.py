"""The decision: cosign a checkpoint or not (C2SP tlog-witness, add-checkpoint)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pamong_verify.checkpoints import Checkpoint, number, read_checkpoint
from pamong_verify.faults import Fault, Refused
from pamong_verify.merkle import is_consistent
from pamong_verify.notes import Key, check, decode
from pamong_witness.config import Signer
from pamong_witness.errors import Rejected
from pamong_witness.state import Latest, State

MOST_HASHES = 63
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True)
class Request:
    """The three parts of an add-checkpoint request."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint


@dataclass(frozen=True)
class Witness:
    """Logs by origin, the key, the memory and the clock (POSIX seconds)."""

    logs: dict[str, tuple[Key, ...]]
    signer: Signer
    state: State
    now: Callable[[], int]

    def add_checkpoint(self, body: bytes) -> str:
        """The cosignature line; ``Rejected`` if the checkpoint must not be signed."""
        request = parse_request(body)
        checkpoint = request.checkpoint
        self._require_known_signature(checkpoint)
        if request.old > checkpoint.size:
            raise Rejected(400, "Ukuran lama melebihi ukuran titik segel.\n")
        try:
            latest = self.state.advance(checkpoint.origin, lambda seen: self._next(seen, request))
        except _Forked as fork:
            self.state.keep_evidence(checkpoint.origin, fork.tree, body)
            raise
        return self.signer.cosign(checkpoint.note.text, latest.time)

    def _require_known_signature(self, checkpoint: Checkpoint) -> None:
        keys = self.logs.get(checkpoint.origin)
        if keys is None:
            raise Rejected(404, "Log ini tidak dikenal saksi.\n")
        try:
            signed = check(checkpoint.note, keys, "titik segel")
        except Refused:
            signed = []
        if not signed:
            raise Rejected(403, "Tidak ada tanda tangan log yang sah.\n")

    def _next(self, seen: Latest, request: Request) -> Latest:
        """What is remembered after signing. The time never goes back, even if the clock does."""
        new = request.checkpoint
        if request.old != seen.size:
            raise Rejected(409, f"{seen.size}\n", SIZE_TYPE)
        if new.size == seen.size and new.root != seen.root:
            raise _Forked(Latest(new.size, new.root, self.now()))
        if not is_consistent(seen.size, new.size, seen.root, new.root, request.proof):
            raise Rejected(422, "Bukti kesinambungan tidak sah.\n")
        return Latest(new.size, new.root, max(self.now(), seen.time))


class _Forked(Rejected):
    """A tree of the size that was seen, signed by its log, with another root: proof against the log.

    A wrong consistency proof is none: anyone may send it with the log's true checkpoint.
    """

    def __init__(self, tree: Latest) -> None:
        self.tree = tree
        super().__init__(409, f"{tree.size}\n", SIZE_TYPE)


def parse_request(body: bytes) -> Request:
    """Read the request's body; ``Rejected`` with 400 if it is none."""
    head, separator, note = body.partition(b"\n\n")
    try:
        first, *lines = head.decode().split("\n")
        word, old = first.split(" ")
        if not separator or word != "old" or len(lines) > MOST_HASHES:
            raise ValueError("request")
        proof = tuple(decode(line, 32) for line in lines)
        return Request(number(old), proof, read_checkpoint(note, Fault.UNREADABLE.name))
    except (ValueError, Refused) as error:
        raise Rejected(400, "Permintaan bukan add-checkpoint yang utuh.\n") from error
