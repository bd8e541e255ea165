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

    ``keys``: the application's keys of marks, the present one first; ``secrets``: what they are made of;
    ``public``: the folder of the published logs; ``memory``: that of the signer's memory; ``overlay``: that
    of the site's own law, '' for none; ``held``: checkpoints of outsiders, each as who brings it and a note.
    """

    keys: Sequence[bytes] = ()
    secrets: Sequence[str] = ()
    public: Path | None = None
    memory: Path | None = None
    overlay: str = ""
    held: Sequence[tuple[str, str]] = ()
    ask_witnesses: bool = True


def means_of(
    secrets: Sequence[str],
    public: Path | None,
    memory: Path | None = None,
    overlay: str = "",
    held: Sequence[tuple[str, str]] = (),
    ask_witnesses: bool = True,
) -> Means:
    """The means, with the keys that an application with these secrets has. See ``Means``."""
    keys = [marks.derive(secret, "mark") for secret in secrets]
    return Means(keys, secrets, public, memory, overlay, held, ask_witnesses)


@dataclass
class Told:
    """What marked entries say. ``bound_in``: the transactions that bound tables in these shapes; ``altered``:
    the ids of entries whose bytes were."""

    shapes: dict[tuple[str, int], Shape] = field(default_factory=dict)
    bound_in: dict[tuple[str, int], int] = field(default_factory=dict)
    erased_rows: dict[tuple[int, str], Mapping[str, Any]] = field(default_factory=dict)
    erased_keys: set[int] = field(default_factory=set)
    law: Mapping[str, Any] | None = None
    policy: str | None = None  # the text that the file has by what two people decided last
    altered: set[int] = field(default_factory=set)


def newest(shapes: Mapping[tuple[str, int], Shape]) -> dict[str, Shape]:
    """The last shape of each table that is still bound."""
    last = {shape.relation: shape for _, shape in sorted(shapes.items())}
    return {relation: shape for relation, shape in last.items() if shape.columns}


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of ``ledger_log``."""

    name: str
    origin: str
    size: int
    root: bytes
    watermark: int
