"""Random moves, renames and closings against a plain model: one list of facts a unit and day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pamong.kernel.actor import Actor
from pamong.organisation import queries, services
from pamong.organisation.errors import Refused
from pamong.organisation.services import NewUnit
from tests.support.organisation import officer

START = date(2026, 1, 1)
DAYS = 12
CODES = ("a", "b", "c", "d", "e")
AT = datetime(2026, 11, 10, tzinfo=UTC)
ACTOR = officer(date(2026, 11, 10))

acts = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(("akar", *CODES)), st.integers(0, DAYS - 1)),
    min_size=1,
    max_size=7,
)  # fmt: skip


class Model:
    """The parent of each unit on each day. A move holds until the next day on which the parent was set."""

    def __init__(self) -> None:
        self.parents = {code: ["akar"] * DAYS for code in CODES}
        self.starts = {code: {0} for code in CODES}

    def move(self, code: str, parent: str, day: int) -> bool:
        """Whether the move fits; it is made only then."""
        tried = {key: list(values) for key, values in self.parents.items()}
        old, stops = tried[code][day], False
        for later in range(day, DAYS):
            stops = stops or (later > day and later in self.starts[code] and tried[code][later] != old)
            if not stops:
                tried[code][later] = parent
        if any(self._circular(tried, each) for each in range(DAYS)):
            return False
        self.parents = tried
        self.starts[code].add(day)
        return True

    def path(self, code: str, day: int) -> str:
        """As the application writes it."""
        labels = [code]
        while labels[-1] != "akar":
            labels.append(self.parents[labels[-1]][day])
        return ".".join(reversed(labels))

    @staticmethod
    def _circular(parents: dict[str, list[str]], day: int) -> bool:
        for code in CODES:
            seen, here = {code}, parents[code][day]
            while here != "akar":
                if here in seen:
                    return True
                seen.add(here)
                here = parents[here][day]
        return False


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
        return found


def shown(actor: Actor, day: int, known_at: datetime | None = None) -> dict[str, str]:
    units = queries.list_units(actor=actor, on=START + timedelta(days=day), known_at=known_at)
    return {unit.code: unit.path for unit in units if unit.code != "akar"}


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_places_follow_the_rows_and_every_date_answers_as_the_plain_model(
    moves: list[tuple[str, str, int]],
) -> None:
    with transaction.atomic():
        units = _found()
        model = Model()
        snapshots = []
        for code, parent, day in moves:
            fits = model.move(code, parent, day) if code != parent else False
            assert _move(units[code], parent, day) == fits
            assert queries.check_places(actor=ACTOR) == []
            snapshots.append((now(), [shown(ACTOR, each) for each in range(DAYS)]))
        expected = [{code: model.path(code, day) for code in CODES} for day in range(DAYS)]
        assert snapshots[-1][1] == expected
        for at, then in snapshots:
            assert [shown(ACTOR, day, at) for day in range(DAYS)] == then
        transaction.set_rollback(True)


def _found() -> dict[str, UUID]:
    new = [NewUnit("akar", {"name": "Akar", "kind": "government"})]
    new += [NewUnit(code, {"name": code, "kind": "section", "parent": "akar"}) for code in CODES]
    made = services.create_units(actor=ACTOR, at=AT, on=START, units=new)
    return dict(zip(CODES, made[1:], strict=True))


def _move(unit: UUID, parent: str, day: int) -> bool:
    try:
        services.change_unit(
            actor=ACTOR, at=AT, unit=unit, on=START + timedelta(days=day), values={"parent": parent}
        )
    except Refused as error:
        assert {problem.code for problem in error.problems} <= {"unit_circle", "unit_own_parent"}
        return False
    return True
