"""Opens the pages of decisions of a filled database, in a process of its own: milliseconds and questions."""

from __future__ import annotations

import django

from benchmarks.inbox_town import HEAD, MAYOR
from benchmarks.lists_process import ANCHOR, OFFICER, Page, measure, rows

PLAIN, LEADER = "ratna", "suryo"  # for whom nothing waits; who leads a few


def main() -> None:
    """Measure all pages; one JSON line."""
    django.setup()
    from benchmarks.inbox_kind import known  # noqa: PLC0415 - after django.setup

    known()
    measure(every_page)


def every_page() -> list[Page]:
    """The anchor, then what waits for each, one of them as a story, and the home page."""
    from django.urls import reverse  # noqa: PLC0415 - after django.setup

    inbox, home = reverse("decisions:inbox"), reverse("home")
    persons = rows("SELECT uid FROM people_person ORDER BY id LIMIT %(most)s")
    mine = rows(
        "SELECT uid FROM decisions_decision WHERE state = 'waiting' AND waits_permission <> '' "
        "ORDER BY id LIMIT %(most)s"
    )
    return [
        Page(ANCHOR, OFFICER, [f"/ukur/{uid}/" for uid in persons]),
        Page("inbox, appointing official", MAYOR, [inbox]),
        Page("inbox, appointing official, page 9", MAYOR, [f"{inbox}?hal=9"]),
        Page("inbox, head of an office", HEAD, [inbox]),
        Page("inbox, head of an office, a kind", HEAD, [f"{inbox}?jenis=bench.matter"]),
        Page("inbox, leader of a few", LEADER, [inbox]),
        Page("inbox, nothing waits", PLAIN, [inbox]),
        Page("story with one's turn", MAYOR, [reverse("decisions:decision", args=[uid]) for uid in mine]),
        Page("count in every head", HEAD, [reverse("count")]),
        Page("home, appointing official", MAYOR, [home]),
    ]


if __name__ == "__main__":
    main()
