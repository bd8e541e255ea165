"""One measured run of a month, in a process of its own: prints seconds, parts and memory as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import django


def main(note: Path) -> None:
    """Compute the month of the files that the note names."""
    django.setup()
    from pamong.interop.month import keep_file, run_month  # noqa: PLC0415 - after django.setup
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.pay.choices import FileKind  # noqa: PLC0415
    from pamong.pay.services import start_run  # noqa: PLC0415

    told = json.loads(note.read_text())
    paths = [
        (FileKind.PEOPLE, told["people"]),
        (FileKind.MONTHLY, told["monthly"]),
        *((FileKind.PUNCHES, path) for path in told["punches"]),
    ]
    actor, at = Actor.operator("bench", date(2026, 11, 10)), datetime(2026, 11, 10, tzinfo=UTC)
    watch = Watch()
    files = [keep_file(kind, Path(path).name, Path(path).read_bytes()) for kind, path in paths]
    started = start_run(actor=actor, at=at, month=date(2026, 10, 1), profile="contoh", files=files)
    run_month(actor=actor, at=at, uid=started.uid, progress=watch)
    seconds = time.perf_counter() - watch.began
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "rss_kib": rss, "parts": watch.parts()}))


class Watch:
    """A progress that notes how long each part took."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self._told = [("keeping the files", self.began)]

    def __call__(self, what: str, done: int, total: int) -> None:
        """Note that a part begins (or goes on)."""
        if what != self._told[-1][0]:
            self._told.append((what, time.perf_counter()))

    def parts(self) -> dict[str, float]:
        """Seconds by part, in order."""
        ends = [*(at for _, at in self._told[1:]), time.perf_counter()]
        return {name: round(end - at, 3) for (name, at), end in zip(self._told, ends, strict=True)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
