"""Opens pages of a filled database, in a process of its own: prints milliseconds and questions as JSON.

Every page is asked for in turn, over and over, each time about somebody or something else, so that a few
seconds in which the machine was busy with something else fall on all of them alike.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

import django

ROUNDS, REQUESTS = 5, 12
PERSONS = 24  # so many files are opened in turn
THEN = date(2015, 6, 1)
ANCHOR = "anchor"
OFFICER, CLERK, SUPERIOR = "nurul", "anton", "suryo"


@dataclass
class Page:
    """A page: who asks for it, by which addresses in turn; what is done before each, outside of the time."""

    name: str
    username: str
    addresses: Sequence[str]
    before: Callable[[], None] = lambda: None
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None  # what is sent, where the page is a form that looks something up
    taken: list[list[float]] = field(default_factory=list)
    queries: int = 0


def main() -> None:
    """Measure all pages; one JSON line."""
    django.setup()
    measure(every_page)


def measure(pages_of: Callable[[], Sequence[Page]]) -> None:
    """Open pages in turn, with the anchor's address among those of the product; print one JSON line."""
    from django.test.utils import override_settings  # noqa: PLC0415 - after django.setup

    with override_settings(ROOT_URLCONF="benchmarks.anchor_urls"):
        pages = pages_of()
        clients = {name: client_of(name) for name in {page.username for page in pages}}
        for page in pages:
            page.queries = max(
                count_queries(clients[page.username], page, each) for each in page.addresses[:4]
            )
        for _ in range(ROUNDS):
            for page in pages:
                page.taken.append(list(asked(clients[page.username], page)))
    print(json.dumps({"load": os.getloadavg()[0], "pages": {page.name: figures(page) for page in pages}}))


def figures(page: Page) -> dict[str, float]:
    """The best of the rounds' medians, the worst of all requests, and the most questions asked."""
    medians = [statistics.median(round_) for round_ in page.taken]
    return {
        "median_ms": round(min(medians) * 1000, 1),
        "middle_median_ms": round(statistics.median(medians) * 1000, 1),
        "worst_ms": round(max(map(max, page.taken)) * 1000, 1),
        "queries": page.queries,
    }


def asked(client: Any, page: Page) -> Any:
    """Seconds of each request of a round."""
    addresses = cycle(page.addresses)
    for _ in range(REQUESTS):
        page.before()
        address = next(addresses)
        start = time.perf_counter()
        status = opened(client, page, address)
        yield time.perf_counter() - start
        if status != 200:
            sys.exit(f"{page.name}: {address}: {status}")


def opened(client: Any, page: Page, address: str) -> int:
    """Ask for a page; its status."""
    if page.form is None:
        return int(client.get(address, headers=page.headers).status_code)
    return int(client.post(address, page.form, headers=page.headers).status_code)


def count_queries(client: Any, page: Page, address: str) -> int:
    """How many questions a page asks the database; asking once warms it up as well."""
    from django.db import connection  # noqa: PLC0415 - after django.setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    page.before()
    with CaptureQueriesContext(connection) as found:
        opened(client, page, address)
    return len(found)


def client_of(username: str) -> Any:
    """Somebody signed in."""
    from django.test import Client  # noqa: PLC0415 - after django.setup

    from pamong.access.models import User  # noqa: PLC0415

    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def every_page() -> list[Page]:
    """The anchor, then every list, picker, file and tree, as the roles that have them."""
    persons = rows(
        "SELECT p.uid FROM people_person p JOIN people_employment e ON e.person_id = p.id "
        "AND e.superseded_at IS NULL AND e.period @> %(then)s "
        "WHERE EXISTS (SELECT 1 FROM people_employment f WHERE f.person_id = p.id "
        "AND f.superseded_at IS NULL AND f.period @> DATE '2026-11-10') "
        "ORDER BY md5(p.id::text) LIMIT %(most)s",
    )
    anchor = Page(ANCHOR, OFFICER, [f"/ukur/{uid}/" for uid in persons])
    return [anchor, *directory(), *files(persons), *tree(), *work()]


def directory() -> list[Page]:
    """Lists and pickers."""
    from django.urls import reverse  # noqa: PLC0415 - after django.setup

    index, search = reverse("people:index"), reverse("search")
    words = ("siti", "dwi prasetya", "wahyu", "19850", "nur hidayat", "endang")
    typed = [f"{search}?q={each.replace(' ', '+')}" for each in words]
    part = {"HX-Request": "true"}
    return [
        Page("directory", OFFICER, [index]),
        Page("directory, superior", SUPERIOR, [index]),
        Page("directory, unit clerk", CLERK, [index]),
        Page("directory, by words", OFFICER, [f"{index}?q={each.replace(' ', '+')}" for each in words]),
        Page("directory, golongan and post", OFFICER, [f"{index}?gol=III/c&jabatan=jf"]),
        Page("directory, of an office", OFFICER, [f"{index}?unit={code}" for code, _ in largest(3)]),
        Page("directory, in the middle", OFFICER, [f"{index}?hal={n}" for n in (300, 420, 500, 640)]),
        Page("directory, last page", OFFICER, [f"{index}?hal=999999"]),
        Page("directory, as of 2015", OFFICER, [f"{index}?per={THEN}"]),
        Page("directory, service ended", OFFICER, [f"{index}?keadaan=berakhir"]),
        Page("search", OFFICER, typed),
        Page("search, unit clerk", CLERK, typed),
        Page("picker while typing", OFFICER, typed, headers=part),
        Page("retirements by month", OFFICER, [reverse("people:retirements")]),
        Page("retirements, unit clerk", CLERK, [reverse("people:retirements")]),
    ]


def files(persons: Sequence[Any]) -> list[Page]:
    """The file of a person in all its parts, as of today, as of a day long gone, as known some time ago."""
    from django.urls import reverse  # noqa: PLC0415 - after django.setup

    known = rows("SELECT max(recorded_at)::date FROM people_identity")[0] + timedelta(days=1)
    summary = [reverse("people:person", args=[uid]) for uid in persons]
    parts = ("jabatan", "pendidikan", "keluarga", "data-pribadi", "riwayat")
    seats = [reverse("entries:propose", args=[uid, "appointment"]) for uid in persons]
    team = rows(
        "SELECT p.uid FROM people_person p JOIN people_appointment a ON a.person_id = p.id "
        "AND a.superseded_at IS NULL AND a.period @> DATE '2026-11-10' AND a.kind = 'regular' "
        "JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL "
        "AND s.period @> DATE '2026-11-10' JOIN organisation_unitplace u ON u.unit_id = s.unit_id "
        "AND u.period @> DATE '2026-11-10' WHERE u.path ~ '*.dinkes.*' "
        "ORDER BY md5(p.id::text) LIMIT %(most)s",
    )
    return [
        Page("file", OFFICER, summary),
        *(Page(f"file, {part}", OFFICER, [f"{each}{part}/" for each in summary]) for part in parts),
        Page("picker of seats", OFFICER, seats, form={"langkah": "cari", "seat_words": "perawat puskesmas"}),
        Page("file, unit clerk", CLERK, [reverse("people:person", args=[uid]) for uid in team]),
        Page("file, as of 2015", OFFICER, [f"{each}?per={THEN}" for each in summary]),
        Page(
            "file, as of 2015, as known",
            OFFICER,
            [f"{each}?per={THEN}&diketahui={known}" for each in summary],
        ),
    ]


def tree() -> list[Page]:
    """Units, charts and vacancies; after a change as well, when nothing that was counted counts any more."""
    from django.urls import reverse  # noqa: PLC0415 - after django.setup

    trees, vacancies = reverse("organisation:tree"), reverse("organisation:vacancies")
    offices, top = largest(4), rows("SELECT unit_id FROM organisation_unitplace WHERE depth = 0")[0]
    city = rows("SELECT uid FROM organisation_unit WHERE id = %(top)s", top=top)[0]
    units = [reverse("organisation:unit", args=[uid]) for _, uid in offices]
    whole = reverse("organisation:unit", args=[city])
    posts = reverse("organisation:pick", args=["jabatan"])
    return [
        Page("tree", OFFICER, [trees]),
        Page("tree, after a change", OFFICER, [trees], before=change),
        Page("tree, as of 2015, after a change", OFFICER, [f"{trees}?per={THEN}"], before=change),
        Page("tree, by words", OFFICER, [f"{trees}?q=puskesmas", f"{trees}?q=kelurahan"]),
        Page("unit, an office", OFFICER, units),
        Page("unit, an office, as of 2015", OFFICER, [f"{each}?per={THEN}" for each in units]),
        Page("unit, the city, after a change", OFFICER, [whole], before=change),
        Page("chart of an office", OFFICER, [f"{each}bagan/?tingkat=3" for each in units]),
        Page("chart of the city", OFFICER, [f"{whole}bagan/?tingkat=3"]),
        Page("chart of the city, after a change", OFFICER, [f"{whole}bagan/?tingkat=3"], before=change),
        Page("chart, as of 2015, after a change", OFFICER, [f"{whole}bagan/?per={THEN}"], before=change),
        Page("vacancies of an office", OFFICER, [f"{vacancies}?unit={code}" for code, _ in offices]),
        Page("vacancies", OFFICER, [vacancies]),
        Page("vacancies, third page", OFFICER, [f"{vacancies}?hal=3"]),
        Page("vacancies, June 2015", OFFICER, [f"{vacancies}?bulan=2015-06"]),
        Page("vacancies, frozen", OFFICER, [f"{vacancies}?keadaan=beku"]),
        Page("picker of posts", OFFICER, [f"{posts}?isian=post&cari_post=perawat"]),
    ]


def work() -> list[Page]:
    """The home page, the data-quality list, a month's slips."""
    from django.urls import reverse  # noqa: PLC0415 - after django.setup

    from pamong.people.quality.rules import RULES  # noqa: PLC0415

    run = rows("SELECT uid FROM pay_run WHERE published_at IS NOT NULL ORDER BY id DESC")[0]
    quality = reverse("quality:index")
    return [
        Page("home", OFFICER, [reverse("home")]),
        Page("slips of a month", OFFICER, [reverse("pay:people", args=[run])]),
        Page("data quality", OFFICER, [quality]),
        Page("data quality, unit clerk", CLERK, [quality]),
        Page("data quality, a rule", OFFICER, [f"{quality}{rule.slug}/" for rule in RULES]),
    ]


def largest(count: int) -> list[tuple[str, Any]]:
    """Code and id of the offices with the most units below them."""
    return rows(
        "SELECT u.code, u.uid FROM organisation_unitplace m JOIN organisation_unit u ON u.id = m.opd_id "
        "WHERE m.period @> DATE '2026-11-10' GROUP BY u.code, u.uid ORDER BY count(*) DESC LIMIT %(count)s",
        count=count,
    )


def change() -> None:
    """Somebody sets a seal, as whatever changes anything does."""
    from django.db import transaction  # noqa: PLC0415 - after django.setup

    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.kernel.ids import uuid7  # noqa: PLC0415
    from pamong.ledger import services as ledger  # noqa: PLC0415
    from pamong.ledger.choices import SealKind  # noqa: PLC0415

    actor = Actor.operator("bench", date(2026, 11, 10))
    with transaction.atomic():
        ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid7(datetime.now(UTC)))


def rows(sql: str, **more: object) -> list[Any]:
    """Rows of a statement; of one column, its values."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    with connection.cursor() as cursor:
        cursor.execute(sql, {"then": THEN, "most": PERSONS} | more)
        found = cursor.fetchall()
    return [row[0] if len(row) == 1 else row for row in found]


if __name__ == "__main__":
    main()
