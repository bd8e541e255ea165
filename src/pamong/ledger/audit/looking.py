"""What every check of an audit is given, and what marked entries told that other checks need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pamong.ledger import marks
from pamong.ledger.binding import Shape
from pamong.ledger.tree.checkpoints import Checkpoint

ROWS_LOG = "decisions"  # where the entries for protected rows stand
ROWS_KIND = "ledger.rows"
APPLICATION, OWNER = "pamong_app", "pamong_owner"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Held:
    """A checkpoint that somebody holds: the published file, the signer's memory, a witness, an outsider."""

    who: str
    checkpoint: Checkpoint
    note: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """What an audit works with beside the database. What is None or empty can't be looked at.

    ``keys``: the application's keys of marks, the present one first; ``public``: the folder of the published
    logs; ``memory``: the folder of the signer's memory; ``law``: the files of the law in force as they are
    now, by path, with their SHA-256 in hex; ``held``: notes of checkpoints that outsiders hold.
    """

    keys: Sequence[bytes] = ()
    secrets: Sequence[str] = ()
    public: Path | None = None
    memory: Path | None = None
    law: Mapping[str, str] | None = None
    held: Sequence[tuple[str, str]] = ()
    ask_witnesses: bool = True


def means_of(
    secrets: Sequence[str],
    public: Path | None,
    memory: Path | None = None,
    law: Mapping[str, str] | None = None,
    held: Sequence[tuple[str, str]] = (),
    ask_witnesses: bool = True,
) -> Means:
    """The means, with the keys that an application with these secrets has. See ``Means``."""
    keys = [marks.derive(secret, "mark") for secret in secrets]
    return Means(keys, secrets, public, memory, law, held, ask_witnesses)


@dataclass
class Told:
    """What marked entries say. ``bound_in``: the transactions that bound tables in these shapes; ``vouched``:
    those with a marked entry outside the log of rows."""

    shapes: dict[tuple[str, int], Shape] = field(default_factory=dict)
    bound_in: dict[tuple[str, int], int] = field(default_factory=dict)
    erased_rows: dict[tuple[int, str], Mapping[str, Any]] = field(default_factory=dict)
    erased_keys: set[int] = field(default_factory=set)
    law: Mapping[str, Any] | None = None
    vouched: set[int] = field(default_factory=set)


def newest(shapes: Mapping[tuple[str, int], Shape]) -> dict[str, Shape]:
    """The last shape of each table."""
    return {shape.relation: shape for _, shape in sorted(shapes.items())}


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of ``ledger_log``."""

    name: str
    origin: str
    size: int
    root: bytes
    watermark: int
