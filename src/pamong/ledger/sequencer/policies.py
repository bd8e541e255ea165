"""The site's policy file: written when there is none, read again whenever it changes."""

from __future__ import annotations

from collections.abc import Sequence

from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.witnesses import Witness
from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.policy import Policy

HEAD = """# Kebijakan buku segel: buku segel yang dikenal, saksi luarnya, dan berapa yang harus ikut.
# Bentuknya C2SP tlog-policy. Tetapkan yang baru dengan 'pamong ledger policy'; lihat docs/ledger.md.
"""


def policy_text(vkeys: Sequence[str], rest: str) -> str:
    """A policy that knows logs by these keys; ``rest`` are its lines of witnesses, groups and quorum."""
    logs = "".join(f"log {vkey}\n" for vkey in vkeys)
    return f"{HEAD}\n{logs}\n{rest}"


class PolicyFile:
    """Reads the policy; one that is damaged or gone leaves the last good one in force, and says so."""

    def __init__(self, places: Places) -> None:
        """Nothing is read yet."""
        self._path = places.policy
        self._seen: tuple[int, int] | None = None
        self._witnesses: Sequence[Witness] = ()
        self.fault = ""

    def ensure(self, vkeys: Sequence[str]) -> None:
        """Write a first policy, without witnesses, where there is none."""
        if not self._path.exists():
            write_atomically(self._path, policy_text(vkeys, "quorum none\n").encode())

    def witnesses(self) -> Sequence[Witness]:
        """Whom to ask."""
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
            if stamp != self._seen:
                self._read()
                self._seen = stamp
        except (OSError, TreeError) as error:
            self._seen = None
            self.fault = f"Kebijakan di '{self._path}' tidak dapat dibaca; yang lama masih dipakai. {error}"
        return self._witnesses

    def _read(self) -> None:
        policy = Policy.parse(self._path.read_bytes())
        self.fault = ""
        self._witnesses = [
            Witness(name, one.key, one.url) for name, one in policy.witnesses.items() if one.url
        ]
