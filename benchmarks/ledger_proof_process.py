"""Proofs of random entries of a sealed log: ``python -m benchmarks.ledger_proof_process COUNT``.

Figures as JSON: the median milliseconds of ``proof_of``, and of what it can't do without: one row by its
index and a tile of its path.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import django


def main(count: int) -> None:
    """Build them, and the anchor."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after django.setup
    from django.db import connection  # noqa: PLC0415

    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.ledger.proofs import proof_of  # noqa: PLC0415
    from pamong.ledger.tree.tiles import tile_path  # noqa: PLC0415

    actor = Actor.operator("ukur", date(2026, 11, 10))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT intake_id, seq FROM ledger_leaf WHERE log_id = 'decisions' AND intake_id IS NOT NULL "
            "ORDER BY seq"
        )
        entries = random.Random(2026).sample(cursor.fetchall(), count)  # noqa: S311 - the same on each run
        folder = Path(settings.PAMONG_LEDGER) / "decisions"

        def bare(entry: tuple[int, int]) -> None:
            cursor.execute("SELECT body FROM ledger_intake WHERE id = %s", [entry[0]])
            cursor.fetchone()
            path = folder / tile_path(0, entry[1] // 256)
            if path.is_file():
                path.read_bytes()

        def proof(entry: tuple[int, int]) -> None:
            assert proof_of(actor=actor, entry=entry[0])

        proof(entries[0])  # the policy is read once
        print(json.dumps({"median_ms": _median(proof, entries), "anchor_ms": _median(bare, entries)}))


def _median(work: Callable[[Any], None], given: list[Any]) -> float:
    taken = []
    for each in given:
        start = time.perf_counter()
        work(each)
        taken.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(taken), 3)


if __name__ == "__main__":
    main(int(sys.argv[1]))
