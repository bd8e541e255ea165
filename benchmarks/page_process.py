"""The page that explains a figure, in a process of its own: prints the median milliseconds and its memory."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import django

RUNS = 60


def main() -> None:
    """Fill the database that the environment names with the example month, and open one explanation."""
    django.setup()
    from django.test import Client  # noqa: PLC0415 - after django.setup
    from django.urls import reverse  # noqa: PLC0415

    from pamong.access import services as access  # noqa: PLC0415
    from pamong.access.models import User  # noqa: PLC0415
    from pamong.demo.files import write_example  # noqa: PLC0415
    from pamong.interop.month import keep_file, run_month  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.pay import queries  # noqa: PLC0415
    from pamong.pay.choices import FileKind  # noqa: PLC0415
    from pamong.pay.services import start_run  # noqa: PLC0415

    actor, at = Actor.operator("bench", date(2026, 11, 10)), datetime(2026, 11, 10, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        example = write_example(Path(folder))
        kinds = [(FileKind.PEOPLE, example.people), (FileKind.MONTHLY, example.monthly)]
        kinds += [(FileKind.PUNCHES, path) for path in example.punches]
        files = [keep_file(kind, path.name, path.read_bytes()) for kind, path in kinds]
    uid = start_run(actor=actor, at=at, month=date(2026, 10, 1), profile="contoh", files=files).uid
    run_month(actor=actor, at=at, uid=uid)
    slip = queries.list_slips(actor=actor, at=at, uid=uid, state="computed").rows[0].uid
    access.create_user(actor=actor, at=at, username="bench", display_name="Pengukur", password=None)
    access.grant_role(actor=actor, at=at, username="bench", role="pay_auditor", start_on=date(2026, 1, 1))
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    pages = {code: reverse("pay:reason", args=[slip, code]) for code in ("tpp_net", "discipline_earned")}
    print(json.dumps({code: _milliseconds(client, page) for code, page in pages.items()}))


def _milliseconds(client: object, page: str) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = client.get(page)  # type: ignore[attr-defined]
        taken.append(time.perf_counter() - start)
        if answer.status_code != 200:
            sys.exit(f"{page}: {answer.status_code}")
    return round(statistics.median(taken) * 1000, 1)


if __name__ == "__main__":
    main()
