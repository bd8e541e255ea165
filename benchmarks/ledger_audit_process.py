"""Protected rows by the application: ``python -m benchmarks.ledger_audit_process ROWS GROUPS EVENTS``.

Figures as JSON: microseconds a row, without the events.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import django

COLUMNS = "rule, subject, mark, accepted, reason, until, by_id, by_name"
FROM = (
    "SELECT 'aturan_' || n %% 50, gen_random_uuid(), md5(n::text), n %% 2 = 0, 'Sudah diperiksa', "
    "date '2027-01-01' + n %% 300, (SELECT min(id) FROM access_user), 'Sri Wahyuni, S.E.' "
    "FROM generate_series(%s, %s) n"
)


def main(rows: int, groups: int, events: int) -> None:
    """Write groups of rows, each in a transaction with its events."""
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - after django.setup

    from pamong.access.models import User  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.ledger import services  # noqa: PLC0415
    from pamong.ledger.events import Event  # noqa: PLC0415

    @dataclass(frozen=True, slots=True)
    class Noted(Event):
        kind: ClassVar[str] = "example.noted"
        number: int

        def public(self) -> dict[str, Any]:
            return {"number": self.number}

        def personal(self) -> dict[str, Any]:
            return {"name": "Sri Wahyuni, S.E."}

        def sentence(self) -> str:
            return "Dicatat."

    actor = Actor.operator("ukur", date(2026, 11, 10))
    User.objects.create(username="ukur", display_name="Ukur")
    told = 0.0
    with connection.cursor() as cursor:
        for group in range(groups):
            with transaction.atomic():
                since = time.perf_counter()
                span = [group * rows, (group + 1) * rows - 1]
                cursor.execute(f"INSERT INTO people_qualityaccept ({COLUMNS}) {FROM}", span)
                told += time.perf_counter() - since
                services.record_many(actor=actor, events=[Noted(group * events + n) for n in range(events)])
    sys.stdout.write(json.dumps({"told_us": told / (rows * groups) * 1e6}) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
