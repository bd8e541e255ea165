"""A process of its own for tests: ``python -m tests.pay.worker compute|tell DATABASE-URL FILES ...``.

``compute`` imports everything, then computes each run that it is told in a child, which a test can kill: the
child begins to work at once. Nothing of Polars runs before the fork, so the child starts its own threads.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def setup(url: str, files: str) -> None:
    """Django on this database and file store."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url, "PAMONG_FILES": files}
    import django  # noqa: PLC0415 (it reads the environment)

    django.setup()


def compute(user_id: str, chunk: str) -> None:
    """For each run id on a line: say the child's process id, and when it has ended its exit code."""
    from uuid import UUID  # noqa: PLC0415

    from pamong.interop import month  # noqa: F401, PLC0415 (so that all is loaded before the work begins)
    from pamong.jobs import runs  # noqa: PLC0415
    from pamong.pay import frames, staging  # noqa: F401, PLC0415

    staging.CHUNK = int(chunk)
    say("siap")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            failed = True
            try:
                runs.compute(UUID(line.strip()), int(user_id))  # as the background worker does
                failed = False
            finally:
                sys.excepthook(*sys.exc_info()) if failed else None  # type: ignore[arg-type]
                os._exit(int(failed))
        say(str(child))
        say(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))


def tell(seed: str) -> None:
    """Compute a month of invented people with rows shuffled by a seed, and tell what came out as JSON."""
    from datetime import UTC, date, datetime  # noqa: PLC0415

    from django.db import connection  # noqa: PLC0415

    from pamong.interop.exports.flat import slips_parquet  # noqa: PLC0415
    from pamong.interop.exports.wide import Wide, widen  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.kernel.canonical import sha256_hex  # noqa: PLC0415
    from tests.pay.support import Office, files_of, mixed_people  # noqa: PLC0415

    office = Office(Actor.operator("uji", date(2026, 11, 10)), datetime(2026, 11, 10, tzinfo=UTC))
    done = office.run(files_of(mixed_people(300), shuffle=int(seed)))
    wide = widen(done.slips(), done.lines())
    without_ids = Wide(wide.frame.drop("uid"), wide.columns)
    told: dict[str, Any] = {
        "fingerprint": done.row.fingerprint,
        "slips_hash": done.row.slips_hash,
        "parquet": sha256_hex(slips_parquet(without_ids)),
        "net": done.row.net,
        "seed of hashes": os.environ.get("PYTHONHASHSEED"),
        "postgres": connection.cursor().connection.info.server_version // 10_000,
    }
    say(json.dumps(told))


def say(text: str) -> None:
    """A line to whoever started this process."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    what, address, store, *wishes = sys.argv[1:]
    setup(address, store)
    {"compute": compute, "tell": tell}[what](*wishes)
