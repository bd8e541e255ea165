"""Pages, a late punch and a day over a year of punches, in a process of its own: prints figures as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import django

from benchmarks.lists_process import ANCHOR, ROUNDS, Page, asked, client_of, count_queries, figures
from benchmarks.presence_process import ZONE, timed

TODAY, MORNING = date(2026, 11, 10), datetime(2026, 11, 10, 1, tzinfo=UTC)
FIRST, PUNCHED = date(2025, 11, 1), date(2026, 10, 1)  # October comes with the town
LATE = date(2026, 11, 5)
# Two punches on each working day of everybody, day by day as machines bring them; today he has only come.
_DAYS = """
INSERT INTO attendance_punch (at, zone, local_at, local_on, source, device_id, group_id, pin, file_id, line)
SELECT timezone('Asia/Jakarta', t.local), 'Asia/Jakarta', t.local, t.local::date, 'file', v.id, v.group_id,
  p.id::text, f.id, row_number() OVER ()
FROM generate_series(%(first)s::date, %(last)s::date, '1 day') d (day)
CROSS JOIN (VALUES (interval '6 hours 35 minutes'), (interval '16 hours 35 minutes')) h (hour)
CROSS JOIN people_person p
CROSS JOIN LATERAL (
  SELECT d.day::timestamp + h.hour + (p.id * 37 %% 1800) * interval '1 second' AS local
) t
CROSS JOIN attendance_device v CROSS JOIN attendance_punchfile f
WHERE extract(isodow FROM d.day) < 6 AND timezone('Asia/Jakarta', t.local) < %(now)s
"""
# Heads of units, by how many people they lead: the most, and those of about so many.
_HEADS = """
WITH held AS MATERIALIZED (
  SELECT a.person_id, s.is_head, p.path FROM people_appointment a
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL
    AND s.period @> %(on)s::date
  JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period @> %(on)s::date
  WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
), counted AS (SELECT path, count(*) AS people FROM held GROUP BY path),
led AS (
  SELECT h.person_id, sum(c.people) AS people FROM held h JOIN counted c ON c.path <@ h.path
  WHERE h.is_head GROUP BY 1
)
(SELECT 'all' AS who, person_id, people FROM led ORDER BY people DESC LIMIT 1)
UNION ALL (SELECT 'an office', person_id, people FROM led WHERE people <= 600 ORDER BY people DESC LIMIT 1)
UNION ALL (SELECT 'a team', person_id, people FROM led WHERE people <= 20 ORDER BY people DESC LIMIT 1)
"""
_LATE = (
    "INSERT INTO attendance_staleday (person_id, local_on) "
    "SELECT person_id, local_on FROM attendance_dayresult WHERE local_on = %(on)s AND superseded_at IS NULL "
    "ORDER BY md5(person_id::text || %(round)s::text) LIMIT 1"
)


def main(step: str) -> None:
    """``fill`` puts the year beside the town's month; ``measure`` opens pages and derives days."""
    django.setup()
    print(json.dumps({"punches": fill()} if step == "fill" else measured()))


def fill() -> int:
    """The punches of the year before October, a month at a time, and of November; how many there are."""
    from django.db import connection, transaction  # noqa: PLC0415 - after django.setup

    starts = [date(FIRST.year + n // 12, n % 12 + 1, 1) for n in range(FIRST.month - 1, FIRST.month + 12)]
    spans = [(one, two - timedelta(days=1)) for one, two in pairwise(starts) if one != PUNCHED]
    with connection.cursor() as cursor:
        for first, last in [*spans, (starts[-1], TODAY)]:
            with transaction.atomic():
                cursor.execute(_DAYS, {"first": first, "last": last, "now": MORNING})
        cursor.execute("UPDATE attendance_watermark SET at = %s", [MORNING])
        cursor.execute("SELECT count(*) FROM attendance_punch")
        return int(cursor.fetchone()[0])


def measured() -> dict[str, Any]:
    """Figures over the year that is there."""
    with at_this_morning():
        told = {"pages": pages_of(accounts())}
    return told | derived() | {"load": os.getloadavg()[0]}


@contextmanager
def at_this_morning() -> Iterator[None]:
    """The edge's clock shows the morning after which nothing was punched."""
    from django.test.utils import override_settings  # noqa: PLC0415 - after django.setup

    offset = MORNING - datetime.now(UTC)
    with override_settings(
        PAMONG_CLOCK_OFFSET=offset, PAMONG_PROFILE="contoh", ROOT_URLCONF="benchmarks.anchor_urls"
    ):
        yield


def accounts() -> dict[str, int]:
    """Accounts of heads of units, by name, with how many people each leads; they have their role by seat."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    from pamong.access import services as access  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.people import services as people  # noqa: PLC0415
    from pamong.people.models import Person  # noqa: PLC0415

    actor = Actor.operator("ukur", TODAY)
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, {"on": TODAY})
        found = cursor.fetchall()
    for who, person, _ in found:
        name = who.replace(" ", "_")
        access.create_user(actor=actor, at=MORNING, username=name, display_name=who, password=None)
        uid = Person.objects.get(pk=person).uid
        people.link_user(actor=actor, at=MORNING, person=uid, username=name)
    return {who.replace(" ", "_"): int(led) for who, _, led in found}


def pages_of(heads: dict[str, int]) -> dict[str, dict[str, float]]:
    """The pages of presence, of each head."""
    from django.urls import reverse  # noqa: PLC0415 - after django.setup

    from pamong.people.models import Person  # noqa: PLC0415

    first = next(iter(heads))
    anchor = (ANCHOR, first, [f"/ukur/{Person.objects.get(user__username=first).uid}/"])
    pages = [
        page
        for name, led in heads.items()
        for page in (
            (f"board of {led:,}", name, [reverse("presence:today")]),
            (f"my days, head of {led:,}", name, [reverse("presence:mine")]),
            (f"turns, head of {led:,}", name, [reverse("presence:desk")]),
        )
    ]
    return every_page([anchor, *pages])


def every_page(told: Sequence[tuple[str, str, list[str]]]) -> dict[str, dict[str, float]]:
    """Figures of pages, each by its name, who asks for it, and its addresses: all in turn, over and over."""
    pages = [Page(*each) for each in told]
    clients = {page.username: client_of(page.username) for page in pages}
    for page in pages:
        page.queries = max(count_queries(clients[page.username], page, each) for each in page.addresses[:4])
    for _ in range(ROUNDS):
        for page in pages:
            page.taken.append(list(asked(clients[page.username], page)))
    return {page.name: figures(page) for page in pages}


def derived() -> dict[str, Any]:
    """Seconds of a day of everybody, and the median of one day of one person after a late punch."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    from pamong.attendance import services  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.kernel.period import Period  # noqa: PLC0415
    from pamong.law.engine.law import load_law  # noqa: PLC0415

    told: dict[str, Any] = {
        "actor": Actor.operator("ukur", TODAY), "at": MORNING, "law": load_law("contoh"), "zone": ZONE,
    }  # fmt: skip
    late = []
    day, _ = timed(services.derive_month, **told, month=Period(LATE, LATE + timedelta(days=1)))
    for number in range(9):
        with connection.cursor() as cursor:
            cursor.execute(_LATE, {"on": LATE, "round": number})
        since = time.perf_counter()
        services.derive_stale(**told)
        late.append(time.perf_counter() - since)
    return {"day": day, "late_ms": round(median(late) * 1000, 1)}


if __name__ == "__main__":
    main(sys.argv[1])
