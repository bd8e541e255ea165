"""One import in a process of its own: ``python -m benchmarks.import_process FILE``; figures as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any


def main(path: str) -> None:
    """Try the export, store it, try it again."""
    import django  # noqa: PLC0415 - settings are read only when it runs

    django.setup()
    from pamong.interop.imports import services  # noqa: PLC0415 - models need Django set up
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.people.choices import BatchKind  # noqa: PLC0415
    from pamong.people.queries.batches import BatchOptions, BatchView  # noqa: PLC0415

    today, at = date(2026, 11, 10), datetime(2026, 11, 10, tzinfo=UTC)
    actor, data = Actor.operator("ukur", today), Path(path).read_bytes()
    figures: dict[str, Any] = {"counts": {}}

    def check() -> BatchView:
        return services.check_file(
            actor=actor,
            at=at,
            kind=BatchKind.REGISTER,
            name="asn.csv",
            data=data,
            options=BatchOptions(today, create_missing=True),
        )

    def timed(name: str, batch: BatchView, since: float) -> None:
        figures[name] = round(time.monotonic() - since, 2)
        figures["counts"][name] = {outcome.value: count for outcome, count in batch.counts.items() if count}

    since = time.monotonic()
    batch = check()
    timed("check", batch, since)
    since = time.monotonic()
    timed("apply", services.apply_batch(actor=actor, at=at, uid=batch.uid), since)
    since = time.monotonic()
    timed("again", check(), since)
    figures["rss_kib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
