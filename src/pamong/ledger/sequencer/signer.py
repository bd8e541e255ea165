"""What signs: it remembers the last size and root that it signed, and refuses what does not continue them.

So the log's own key vouches for one history only, even where the database says another. Its memory is a file
beside the keys, written before a signature leaves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pamong.ledger.sequencer.errors import KeyMissing, SignerRefuses
from pamong.ledger.sequencer.places import Places
from pamong.ledger.tree.checkpoints import Checkpoint, sign_checkpoint
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.merkle import EMPTY_ROOT, verify_consistency
from pamong.ledger.tree.notes import SigningKey, VerifierKey
from pamong.ledger.tree.tiles import TileReader, consistency_proof

PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Signed:
    """The last size and root that were signed; of a new log 0 and the empty root."""

    size: int = 0
    root: bytes = EMPTY_ROOT


class Signer:
    """The keys of one log. Two for a while when keys change: then both sign."""

    def __init__(self, places: Places, log: str) -> None:
        """Load the keys; make the first one of a log that was never signed. KeyMissing if one was."""
        self.log = log
        self._places = places
        self._memory = places.memory(log)
        if not places.key_files(log):
            if self._memory.exists() or places.checkpoint(log).exists():
                raise KeyMissing(places.keys)
            places.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            SigningKey.generate(places.origin(log)).save(places.new_key_file(log))
        self._load()

    def _load(self) -> None:
        """Take the keys as they stand now: one may have come or gone since."""
        self._files = self._places.key_files(self.log)
        if not self._files:
            raise KeyMissing(self._places.keys)
        self._keys = [SigningKey.load(path) for path in self._files]

    @property
    def has_other_keys(self) -> bool:
        """Whether a key has come or gone since it signed last."""
        return self._places.key_files(self.log) != self._files

    @property
    def vkeys(self) -> list[str]:
        """The public keys, as a policy names them."""
        return [key.vkey for key in self._keys]

    @property
    def verifiers(self) -> list[VerifierKey]:
        """The public keys, to verify with."""
        return [key.verifier for key in self._keys]

    def signed(self) -> Signed:
        """What was signed last."""
        return read_memory(self._memory)

    def sign(self, checkpoint: Checkpoint, tiles: TileReader) -> str:
        """The signed note. SignerRefuses what is smaller, another root, or does not continue the last."""
        if self.has_other_keys:
            self._load()
        last = self.signed()
        if checkpoint.size < last.size:
            raise SignerRefuses(self.log, checkpoint.size, last.size, "buku segel tidak boleh mengecil")
        if last.size and checkpoint.size > last.size:
            proof = consistency_proof(tiles, last.size, checkpoint.size)
            continues = verify_consistency(last.size, last.root, checkpoint.size, checkpoint.root, proof)
        else:
            continues = last.size == 0 or checkpoint.root == last.root
        if not continues:
            raise SignerRefuses(self.log, checkpoint.size, last.size, "isinya tidak menyambung yang itu")
        self._remember(checkpoint)
        return sign_checkpoint(checkpoint, self._keys)

    def _remember(self, checkpoint: Checkpoint) -> None:
        kept = {"size": checkpoint.size, "root": checkpoint.root.hex()}
        write_atomically(self._memory, json.dumps(kept).encode() + b"\n", PRIVATE)


def read_memory(path: Path) -> Signed:
    """What a signer's file says was signed last. ValueError for a file that is damaged."""
    if not path.exists():
        return Signed()
    try:
        kept = json.loads(path.read_text())
        return Signed(int(kept["size"]), bytes.fromhex(kept["root"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"Ingatan penanda tangan di '{path}' rusak. Jangan dihapus: kembalikan dari simpanan."
        ) from error
