"""The real ``pamong audit``, in a process of its own, with what a real one knows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from pamong.ledger.sequencer.places import Places

_KEPT = ("PATH", "HOME", "LANG", "PYTHONPATH")


@dataclass(frozen=True)
class Audited:
    """What the audit answered: its exit status, what it said, and its findings."""

    status: int
    said: str
    findings: Sequence[Mapping[str, Any]]

    @property
    def is_clean(self) -> bool:
        """All could be looked at, and nothing was found."""
        return self.status == 0 and not self.findings

    def names(self, *things: str) -> bool:
        """Whether one finding names all of these: a table, a row, a number, a file."""
        told = [json.dumps(finding, ensure_ascii=False) for finding in self.findings]
        return self.status == 1 and any(all(thing in one for thing in things) for one in told)

    def row(self, relation: str, row: object) -> bool:
        """Whether a finding names this row of this table."""
        return self.status == 1 and any(
            (one.get("relation"), one.get("row")) == (relation, str(row)) for one in self.findings
        )

    def entry(self, seq: int, log: str = "decisions") -> bool:
        """Whether a finding names this number of this log."""
        places = [one.get("since") or {} for one in self.findings]
        return self.row(log, seq) or (
            self.status == 1 and any((place.get("log"), place.get("seq")) == (log, seq) for place in places)
        )


def run_audit(url: str, places: Places, folder: Path, *words: object, **environ: str) -> Audited:
    """Audit a database as its auditor (``url``); the file of findings goes into ``folder``."""
    out = folder / f"audit-{uuid4().hex[:8]}.json"
    done = subprocess.run(
        [sys.executable, "-m", "pamong.cli.main", "audit", *map(str, words), "--json", str(out)],
        env={
            **{key: os.environ[key] for key in _KEPT if key in os.environ},
            "PAMONG_AUDITOR_DATABASE_URL": url,
            "PAMONG_LEDGER_SECRETS": settings.PAMONG_LEDGER_SECRETS[0],
            "PAMONG_LEDGER": str(places.public),
            "PAMONG_LEDGER_KEYS": str(places.keys),
            "PAMONG_SITE": places.site,
            **environ,
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert out.exists(), done.stdout + done.stderr
    return Audited(done.returncode, done.stdout + done.stderr, json.loads(out.read_text())["findings"])
