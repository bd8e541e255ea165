"""The example of a kind of decision on its page: it is as short as it says, and does what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from pamong.decisions import services, types
from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import ContentUnfit, GatesBlock, ReasonsMissing
from pamong.decisions.services.answering import Given
from tests.docs.conftest import TOP
from tests.support.deciding import WHY, Desk, desk_of
from tests.support.people import AT, People

PAGE = (TOP / "docs" / "decisions.md").read_text(encoding="utf-8")
LINES = 60


def code() -> str:
    (found,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    return str(found)


@pytest.fixture
def car(small: People) -> Iterator[Desk]:
    """The small city, to which the page's kind is known."""
    desk = desk_of(small)
    names: dict[str, Any] = {}
    exec(compile(code(), "docs/decisions.md", "exec"), names)  # noqa: S102 - our own page
    services.register(names["CAR"])
    yield desk
    types._KINDS.pop("example.car")


def propose(desk: Desk, who: str, **content: str) -> Any:
    actor = desk.actor(who)
    return services.propose(
        actor=actor, at=AT, kind="example.car", key=uuid4(), content=content, person=actor.person_id
    ).uid


def test_a_kind_takes_sixty_lines() -> None:
    assert len([line for line in code().splitlines() if line.strip()]) <= LINES


def test_it_goes_from_a_proposal_to_the_seal(car: Desk) -> None:
    uid = propose(car, "own", on="2026-11-12", purpose="Survei lapangan")
    assert car.inbox("chief") == [uid]
    assert car.answer("chief", uid) is State.SEALED
    second = propose(car, "mate", on="2026-11-12", purpose="Posyandu")
    with pytest.raises(ReasonsMissing, match="Kendaraan"):
        car.answer("chief", second)
    assert car.answer("chief", second, reasons={"car": WHY}) is State.SEALED
    with pytest.raises(GatesBlock):
        propose(car, "own", on="2026-11-01", purpose="Survei")
    with pytest.raises(ContentUnfit, match="keperluannya"):
        propose(car, "own", on="2026-11-12", purpose=" ")


def test_many_are_signed_at_once(car: Desk) -> None:
    uids = [propose(car, who, on="2026-11-13", purpose="Survei") for who in ("own", "mate")]
    done = services.sign_many(actor=car.actor("chief"), at=AT, decisions=uids)
    assert (len(done.signed), len(done.opened)) == (1, 1)  # the second car is not there any more
    given = Given(Answer.REFUSE, reason=WHY)
    assert services.answer(actor=car.actor("chief"), at=AT, decision=done.opened[0].uid, given=given)
