"""What the witness saw last of each log: one SQLite file, on the disk before anything is signed."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pamong_verify.merkle import EMPTY
from pamong_witness.errors import Misconfigured

MOST_EVIDENCE = 100
PATIENCE = 10.0
_TABLES = """
CREATE TABLE latest (
  origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, time INTEGER NOT NULL
) STRICT;
CREATE TABLE evidence (
  origin TEXT, size INTEGER, root BLOB, request BLOB NOT NULL, time INTEGER NOT NULL,
  PRIMARY KEY (origin, size, root)
) STRICT;
"""


@dataclass(frozen=True)
class Latest:
    """The last tree of a log that was cosigned, and when (POSIX seconds)."""

    size: int = 0
    root: bytes = EMPTY
    time: int = 0


class State:
    """The state file. Each use opens it anew; its lock holds between processes, ``_turn`` queues threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()

    def create(self) -> None:
        """Make a new, empty state; FileExistsError if there is one."""
        with self.path.open("xb"):
            pass
        with closing(self._open()) as connection:
            connection.executescript(f"BEGIN; {_TABLES} COMMIT;")

    def check(self) -> None:
        """Refuse to go on without the memory of what was signed."""
        try:
            with closing(self._open()) as connection:
                (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
                connection.execute("SELECT size, root, time FROM latest").fetchone()
        except sqlite3.Error as error:
            found = str(error)
        if found != "ok":
            raise Misconfigured(
                f"Berkas ingatan {self.path} tidak ada atau rusak. Tanpa ingatan yang terakhir, saksi dapat"
                " menandatangani dua log yang berbeda. Mulailah sebagai saksi baru dengan kunci baru (init)."
            )

    def advance(self, origin: str, step: Callable[[Latest], Latest]) -> Latest:
        """Replace the latest tree of a log by what ``step`` makes of it, alone and for good.

        ``step`` raises if the tree must not be signed; then nothing changes.
        """
        with self._alone() as connection:
            latest = step(_latest(connection, origin))
            connection.execute(
                "INSERT INTO latest VALUES (?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE"
                " SET size = excluded.size, root = excluded.root, time = excluded.time",
                (origin, latest.size, latest.root, latest.time),
            )
        return latest

    def keep_evidence(self, origin: str, fork: Latest, request: bytes) -> None:
        """Keep the proof that a log signed two trees of one size, each once, at most a hundred a log."""
        with self._alone() as connection:
            if _count_evidence(connection, origin) < MOST_EVIDENCE:
                connection.execute(
                    "INSERT OR IGNORE INTO evidence VALUES (?, ?, ?, ?, ?)",
                    (origin, fork.size, fork.root, request, fork.time),
                )

    def overview(self, origin: str) -> tuple[Latest, int]:
        """The latest tree of a log, and how many forks of it are kept."""
        with closing(self._open()) as connection:
            return _latest(connection, origin), _count_evidence(connection, origin)

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        with self._turn, closing(self._open()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _open(self) -> sqlite3.Connection:
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
        # EXTRA also writes the folder through, so that a journal removed by a commit can't come back.
        connection.execute("PRAGMA synchronous = EXTRA")
        return connection


def _latest(connection: sqlite3.Connection, origin: str) -> Latest:
    row = connection.execute("SELECT size, root, time FROM latest WHERE origin = ?", (origin,)).fetchone()
    return Latest(*row) if row else Latest()


def _count_evidence(connection: sqlite3.Connection, origin: str) -> int:
    (count,) = connection.execute("SELECT count(*) FROM evidence WHERE origin = ?", (origin,)).fetchone()
    assert isinstance(count, int)  # noqa: S101  SQLite counts
    return count
