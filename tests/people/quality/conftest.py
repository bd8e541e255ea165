"""The register of the small city, and one more person that a test breaks as it likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from pamong.ledger.dated import DatedRow
from pamong.organisation import models as org
from pamong.people import models, quality
from pamong.people.models import Person
from pamong.people.quality import Finding, rule_of
from pamong.web.people.law import national
from tests.support.city import since
from tests.support.people import AT, TODAY, People, opening_basis, small_people
from tests.support.worlds import stage

STARTED = date(2020, 1, 1)
BORN = date(1995, 2, 14)
# A person without fault: what stands in each table, and the seat that he holds.
FACTS: dict[str, dict[str, Any]] = {
    "identity": {"name": "Dewi", "birth_date": BORN, "sex": "P", "nik": "9901015402950001"},
    "employment": {"kind": "PNS", "nip": "199502142020012001", "standing": "Aktif"},
    "rank": {"golongan": "III/a"},
    "contact": {"phone": "0812 3456 7890", "email": "dewi@contoh.go.id"},
    "bankaccount": {"bank": "Bank Uji", "number": "55667788", "holder": "Dewi"},
    "education": {"level": "S-1/Sarjana", "school": "Universitas Uji"},
}
SEAT: dict[str, Any] = {"name": "Penelaah Teknis Kebijakan", "kind": "pelaksana"}


@dataclass
class Register:
    """The city and what is put into it, all on one basis."""

    people: People
    basis: int

    def person(self, **changed: dict[str, Any] | None) -> Person:
        """A person whose tables say what ``FACTS`` say, with changes; None leaves a table empty.

        ``period`` may stand among the facts; ``seat`` changes the seat, its post and the appointment.
        """
        who = Person.objects.create()
        for subject, facts in FACTS.items():
            told = changed.get(subject, {})
            if told is not None:
                self.add(subject, who, **{**facts, **told})
        seat = changed.get("seat", {})
        if seat is not None:
            served = (changed.get("employment") or {}).get("period", since(STARTED))
            self.seat(who, **{"period": served, **seat})
        return who

    def add(self, subject: str, who: Person, **facts: Any) -> DatedRow:
        """A row about somebody."""
        begins = BORN if subject == "identity" else STARTED
        facts.setdefault("period", since(begins))
        row: DatedRow = models.VALUES_OF[subject].objects.create(person=who, basis_id=self.basis, **facts)
        return row

    def seat(self, who: Person, **changed: Any) -> org.Seat:
        """A new seat in the health office, and the person in it."""
        told = {"unit": "dinkes", "job_class": 7, "is_head": False, "held_as": "regular", **SEAT, **changed}
        post, _ = org.Post.objects.get_or_create(
            name=told["name"], kind=told["kind"], jenjang=told.get("jenjang", ""),
            eselon=told.get("eselon", ""), family=told.get("family", ""),
        )  # fmt: skip
        seat = org.Seat.objects.create()
        org.SeatRow.objects.create(
            seat=seat, unit=org.Unit.objects.get(code=told["unit"]), post=post, job_class=told["job_class"],
            is_head=told["is_head"], period=told.get("exists", since(date(2017, 1, 1))), basis_id=self.basis,
        )  # fmt: skip
        kind, stint = told["held_as"], 0 if told["held_as"] == "regular" else 1
        self.add(
            "appointment", who, kind=kind, stint=stint, seat=seat, period=told.get("period", since(STARTED))
        )
        return seat

    def findings(self, slug: str, username: str = "nurul", **asked: Any) -> list[Finding]:
        """What a rule finds within an account's reach."""
        found = quality.list_findings(
            actor=self.people.actor(username), at=AT, on=TODAY, law=national(), rules=[rule_of(slug)], **asked
        )
        return list(found.rows)

    def about(self, slug: str, who: Person) -> list[str]:
        """The sentences of a rule about one person."""
        return [found.sentence for found in self.findings(slug) if found.subject == who.uid]


def make_register() -> Register:
    """The small city and a basis for what is put into it."""
    return Register(small_people(), opening_basis())


stage_register = stage(make_register)


@pytest.fixture
def register(stage_register: Register, db: None) -> Register:
    """The small city, in a transaction that is rolled back."""
    return stage_register


Break = Callable[[Register], Person]
