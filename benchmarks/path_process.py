"""The path of a month that is computed: its lists opened, its pages measured; prints figures as JSON."""

from __future__ import annotations

import json
import os

import django

from benchmarks.lists_process import ANCHOR
from benchmarks.presence_process import FIRST, timed
from benchmarks.year_process import MORNING, TODAY, at_this_morning, every_page

WITH_ROLE = {"officer": "personnel_officer", "payer": "treasury"}


def main() -> None:
    """Open the lists of the newest run, then the pages of who prepares and who pays."""
    django.setup()
    opened = _opened()
    _accounts()
    with at_this_morning():
        pages = every_page([_anchor(), *_pages()])
    print(json.dumps({"opened": opened, "pages": pages, "load": os.getloadavg()[0]}))


def _opened() -> dict[str, float]:
    from pamong.kernel.actor import Actor  # noqa: PLC0415 - after django.setup
    from pamong.pay import path, queries  # noqa: PLC0415

    actor = Actor.operator("ukur", TODAY)
    run = next(run for run in queries.list_runs(actor=actor) if run.published_at and run.month == FIRST)
    took, _ = timed(path.open_lists, actor=actor, at=MORNING, run=run.uid, demo=True)
    return took


def _accounts() -> None:
    from pamong.access import services as access  # noqa: PLC0415 - after django.setup
    from pamong.kernel.actor import Actor  # noqa: PLC0415

    actor = Actor.operator("ukur", TODAY)
    for name, role in WITH_ROLE.items():
        access.create_user(actor=actor, at=MORNING, username=name, display_name=name, password=None)
        access.grant_role(actor=actor, at=MORNING, username=name, role=role, start_on=FIRST)


def _anchor() -> tuple[str, str, list[str]]:
    from pamong.people.models import Person  # noqa: PLC0415 - after django.setup

    return ANCHOR, "officer", [f"/ukur/{Person.objects.order_by('id')[0].uid}/"]


def _pages() -> list[tuple[str, str, list[str]]]:
    """Name, who asks, and the addresses: lists of the most people and of the middle."""
    from django.db import connection  # noqa: PLC0415 - after django.setup
    from django.urls import reverse  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT uid, people FROM pay_paylist WHERE month = %s ORDER BY people", [FIRST])
        lists = cursor.fetchall()
        cursor.execute("SELECT s.uid FROM pay_slip s WHERE s.state = 'computed' ORDER BY md5(s.nip) LIMIT 12")
        slips = [row[0] for row in cursor.fetchall()]
    found: list[tuple[str, str, list[str]]] = [
        ("path of a month", "officer", [reverse("pay:month", args=[FIRST.year, f"{FIRST.month:02}"])]),
        ("a slip", "officer", [reverse("pay:slip", args=[uid]) for uid in slips]),
        ("treasury", "payer", [reverse("pay:treasury")]),
        ("budgets", "payer", [reverse("pay:budgets")]),
    ]
    for uid, people in (lists[-1], lists[len(lists) // 2]):
        found.append((f"a list of {people:,}", "officer", [reverse("pay:list", args=[uid])]))
    return found


if __name__ == "__main__":
    main()
