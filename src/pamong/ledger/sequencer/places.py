"""Where a log's published files, keys and the signer's memory stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOGS = ("decisions", "rules")
POLICY = "policy"
NAMED = ("PAMONG_SITE", "PAMONG_LEDGER", "PAMONG_LEDGER_KEYS")
HEARTBEAT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Places:
    """``public`` may be served by any web server; ``keys`` is readable by the sequencer's user alone.

    ``heartbeat``: the seconds after which witnesses countersign a quiet log's checkpoint again; 0 for never.
    """

    site: str
    public: Path
    keys: Path
    logs: Sequence[str] = LOGS
    heartbeat: int = HEARTBEAT_SECONDS

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Places:
        """As the environment of an installation has them: the variables in ``NAMED``, and the heartbeat.
        ValueError for one that is no number of seconds."""
        site, public, keys = (environ[name] for name in NAMED)
        return cls(site, Path(public), Path(keys), heartbeat=heartbeat_of(environ))

    def origin(self, log: str) -> str:
        """The name of a log for everybody: the address below which it is published, without a scheme."""
        return f"{self.site}/log/{log}"

    def folder(self, log: str) -> Path:
        """The folder of a log's checkpoint and tiles."""
        return self.public / log

    def checkpoint(self, log: str) -> Path:
        """The published checkpoint."""
        return self.folder(log) / "checkpoint"

    def key_files(self, log: str) -> list[Path]:
        """The keys that sign a log at present, the oldest first; two for a while when keys change."""
        return sorted(self.keys.glob(f"{log}-*.key"))

    def new_key_file(self, log: str) -> Path:
        """Where the next key of a log goes: behind all that are there, also those put away."""
        names = (path.name.removeprefix(f"{log}-") for path in self.keys.glob(f"{log}-*.key*"))
        numbers = [int(name[:4]) for name in names if name[:4].isdigit()]
        return self.keys / f"{log}-{max(numbers, default=0) + 1:04}.key"

    def memory(self, log: str) -> Path:
        """What the signer remembers of a log."""
        return self.keys / f"{log}.signed"

    @property
    def policy(self) -> Path:
        """Logs, witnesses and quorum (C2SP tlog-policy), published beside the logs."""
        return self.public / POLICY


def heartbeat_of(environ: Mapping[str, str]) -> int:
    """``PAMONG_LEDGER_HEARTBEAT`` in seconds, 0 for none. ValueError for anything else."""
    text = environ.get("PAMONG_LEDGER_HEARTBEAT", "").strip() or str(HEARTBEAT_SECONDS)
    if not (text.isascii() and text.isdigit()) or len(text) > 7:
        raise ValueError(f"PAMONG_LEDGER_HEARTBEAT harus jumlah detik, 0 untuk tidak, bukan '{text}'.")
    return int(text)
