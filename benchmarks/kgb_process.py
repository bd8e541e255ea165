"""One step of measuring raises, in a process of its own: prints its figures as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, date, datetime
from typing import Any

import django

TODAY, MONTH = date(2026, 11, 10), date(2027, 1, 1)
AT = datetime(2026, 11, 10, tzinfo=UTC)


def main(step: str, people: int) -> None:
    """The town with its predicates, then the raises of January."""
    django.setup()
    found = {"town": lambda: town(people), "due": due}[step]()
    sys.stdout.write(json.dumps(found | {"load": os.getloadavg()[0]}) + "\n")


def town(people: int) -> dict[str, Any]:
    """Put in the town, and the predicates of its people."""
    from django.db import transaction  # noqa: PLC0415 - after django.setup

    from pamong.access.services import create_user  # noqa: PLC0415
    from pamong.demo.town.build import make  # noqa: PLC0415
    from pamong.demo.town.excuses import HANDS  # noqa: PLC0415
    from pamong.demo.town.load import load  # noqa: PLC0415
    from pamong.demo.town.predicates import load_predicates  # noqa: PLC0415

    actor = _actor()
    for username in HANDS:
        create_user(actor=actor, at=AT, username=username, display_name=username.title(), password=None)
    making, pieces = make(people), list[Any]()
    load(making, actor=actor, at=AT, progress=lambda line: None, keep=pieces.append, apart=True)
    with transaction.atomic():
        return {"predicates": load_predicates(actor, AT, making.structure, pieces)}


def due() -> dict[str, Any]:
    """A month's list, the same again, what of it is reading and working out, one person."""
    from pamong.career import columns, facts, queries, services  # noqa: PLC0415 - after django.setup
    from pamong.law.engine.law import load_law  # noqa: PLC0415
    from pamong.law.kgb import rules_of  # noqa: PLC0415
    from pamong.performance.columns import read_predicates  # noqa: PLC0415

    actor, law = _actor(), load_law("contoh")
    took: dict[str, Any] = {}
    for name in ("first", "again"):
        began = time.perf_counter()
        done = services.prepare_due(actor=actor, at=AT, month=MONTH, law=law)
        took[name] = time.perf_counter() - began
    began = time.perf_counter()
    rules = rules_of(law, MONTH)
    years = facts.years_before(TODAY, facts.most_years(rules))
    frames = columns.read_facts(actor=actor, on=MONTH), read_predicates(actor=actor, years=years)
    delays, away = columns.read_delays(actor=actor), columns.read_away(actor=actor, rules=rules)
    columns.work_out(*frames, delays, away, rules, on=MONTH, today=TODAY)
    took["worked_out"] = time.perf_counter() - began
    row = queries.list_due(actor=actor, at=AT, on=MONTH).rows[0]
    began = time.perf_counter()
    queries.work_out_one(actor=actor, at=AT, person=row.person.uid, on=MONTH, law=law)
    return took | {"one_ms": (time.perf_counter() - began) * 1000, "due": done.due}


def _actor() -> Any:
    from pamong.kernel.actor import Actor  # noqa: PLC0415 - after django.setup

    return Actor.operator("bench", TODAY)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
