"""One log at work: a beat places, writes tiles, signs, publishes, and asks witnesses, in this order.

Nothing is signed before it is committed, and everything after the commit can be made again: a process that
dies anywhere goes on at its next start as if it had only been slow.

A quiet log makes no new checkpoint, and a checkpoint bears no time (C2SP): so witnesses are asked about the
same one again from time to time. Their newest times say that it is still all of the log.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from psycopg import Connection

from pamong.ledger.sequencer import storing
from pamong.ledger.sequencer.checking import checked
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.placing import place
from pamong.ledger.sequencer.publishing import drop_partial, write_bundles, write_tiles
from pamong.ledger.sequencer.signer import Signer
from pamong.ledger.sequencer.witnesses import Answer, Witness, ask
from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.notes import add_signatures, read_note, read_signatures, renew_signatures
from pamong.ledger.tree.tiles import FileTiles, Frontier, consistency_proof

AGAIN_SECONDS = 60  # after which a witness that did not countersign is asked once more


@dataclass(slots=True)
class _Published:
    """The newest checkpoint: its note with what witnesses added, the questions that are open, and when each
    witness is to be asked (again), by ``monotonic``; one that is not there, at once."""

    size: int
    note: str
    asked: dict[Future[Answer], Witness] = field(default_factory=dict)
    due: dict[Witness, float] = field(default_factory=dict)


class LogAtWork:
    """A log whose tree was checked and whose lock this process holds."""

    def __init__(self, connection: Connection[Any], places: Places, name: str, pool: ThreadPoolExecutor):
        """Take the lock and check the tree; waits for nobody. LogBusy, TreeDisagrees, KeyMissing."""
        self._connection = connection
        self._places = places
        self._pool = pool
        self.name = name
        storing.lock(connection, name)
        self._signer = Signer(places, name)
        with connection.transaction():
            self._frontier: Frontier = checked(connection, places, name, self._signer)
        self._published: _Published | None = None

    @property
    def vkeys(self) -> Sequence[str]:
        """The log's public keys."""
        return self._signer.vkeys

    def beat(self, witnesses: Sequence[Witness]) -> bool:
        """Do what is due. True where more is pending than fitted in."""
        more = self._place()
        self._take_answers()
        if self._published is None or (self._is_behind(self._published) and not self._open()):
            self._published = self._publish()
        self._ask(witnesses, self._published)
        return more

    def _place(self) -> bool:
        with self._connection.transaction():
            placed = place(self._connection, self.name, self._frontier)
        if placed.entries:
            before, self._frontier = self._frontier, placed.frontier
            folder = self._places.folder(self.name)
            write_bundles(folder, before.size, placed.entries)
            write_tiles(folder, placed.tiles)
            drop_partial(folder, before, self._frontier)
        return placed.more

    def _publish(self) -> _Published:
        origin = self._places.origin(self.name)
        checkpoint = Checkpoint(origin, self._frontier.size, self._frontier.root)
        note = self._signer.sign(checkpoint, FileTiles(self._places.folder(self.name)))
        path = self._places.checkpoint(self.name)
        note = _with_earlier(note, path.read_bytes() if path.exists() else b"")
        write_atomically(path, note.encode())
        if checkpoint.size:
            with self._connection.transaction():
                storing.keep_checkpoint(self._connection, self.name, checkpoint.size, note)
        return _Published(checkpoint.size, note)

    def _is_behind(self, published: _Published) -> bool:
        """Whether there are more entries than it covers, or other keys than signed it."""
        return published.size < self._frontier.size or self._signer.has_other_keys

    def _open(self) -> bool:
        return self._published is not None and any(not future.done() for future in self._published.asked)

    def _ask(self, witnesses: Sequence[Witness], published: _Published) -> None:
        """Ask those whose time has come."""
        now, size = monotonic(), published.size
        due = [witness for witness in witnesses if published.due.get(witness, now) <= now] if size else []
        if not due:
            return
        prove = _Prover(FileTiles(self._places.folder(self.name)), size)
        for witness in due:
            published.due[witness] = now + AGAIN_SECONDS
            old = storing.last_size(self._connection, self.name, witness.name)
            future = self._pool.submit(ask, witness, published.note, size, min(old, size), prove)
            published.asked[future] = witness

    def _take_answers(self) -> None:
        published = self._published
        if published is None or not published.asked:
            return
        good = False
        for future in [future for future in published.asked if future.done()]:
            witness, answer = published.asked.pop(future), future.result()
            with self._connection.transaction():
                storing.keep_answer(self._connection, self.name, answer)
            if answer.line:
                good = True
                published.note = renew_signatures(published.note, read_signatures(answer.line))
                published.due[witness] = monotonic() + (self._places.heartbeat or math.inf)
        if good:
            write_atomically(self._places.checkpoint(self.name), published.note.encode())


def _with_earlier(note: str, published: bytes) -> str:
    """The note with what witnesses added to the same checkpoint before a restart."""
    if not published:
        return note
    earlier = read_note(published)
    return add_signatures(note, earlier.signatures) if earlier.text == read_note(note).text else note


@dataclass(frozen=True, slots=True)
class _Prover:
    """Consistency proofs to one size."""

    reader: FileTiles
    size: int

    def __call__(self, old: int) -> list[bytes]:
        return consistency_proof(self.reader, old, self.size)
