"""Enter, verify and sign are three people, in every kind of decision but those that say why two suffice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from pamong.decisions import models, services
from pamong.decisions.choices import Part
from pamong.decisions.errors import NobodyDecides
from pamong.decisions.types import Address, Case, Kind, Step, kinds
from tests.decisions.conftest import desk
from tests.support.deciding import TASK, Desk
from tests.support.people import AT

__all__ = ["desk"]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "decisions.md"
TWO = {
    "leave.shorten", "decisions.delegation", "decisions.annulment", "merit.lock", "presence.correction",
    "law.in_force", "pay.close",
}  # fmt: skip
SIGN = Step("sign", Part.SIGN, "Keputusan", Address(permission="decisions:appoint"))


def ours() -> list[Kind]:
    """The kinds of the application; tests register some of their own."""
    return [kind for kind in kinds() if kind.code.split(".")[0] not in ("tests", "example")]


def test_two_suffice_only_where_it_is_said_why() -> None:
    assert {kind.code for kind in ours() if kind.two} == TWO
    assert len(ours()) > len(TWO)


def test_the_page_gives_each_reason() -> None:
    (part,) = re.findall(r"## Where two suffice\n(.*?)\n## ", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    told = dict(re.findall(r"^\| `([a-z._]+)` \| (.+) \|$", part, re.MULTILINE))
    assert told == {kind.code: kind.two for kind in ours() if kind.two}


def _alone(*steps: Step) -> Kind:
    def found(_case: Case) -> Sequence[Step]:
        return steps

    return replace(TASK, code="tests.alone", steps=found)


def propose(desk: Desk, kind: Kind) -> None:
    """Somebody proposes a task of this kind."""
    services.register(kind)
    services.propose(
        actor=desk.actor("own"), at=AT, kind=kind.code, key=uuid4(), content={"task": "survei"},
        person=desk.people.city.ids["own"],
    )  # fmt: skip


def test_no_kind_is_proposed_in_which_nobody_stands_between(desk: Desk) -> None:
    """Whatever its steps are on that day: what is stored has a check or an opinion before the signature."""
    with pytest.raises(NobodyDecides, match="pemeriksaan"):
        propose(desk, _alone(SIGN))
    assert not models.Decision.objects.exists()
    for part in (Part.VERIFY, Part.OPINE):
        propose(desk, _alone(replace(SIGN, code="first", part=part), SIGN))
    propose(desk, replace(_alone(SIGN), two="a reason"))
    assert models.Decision.objects.count() == 3
