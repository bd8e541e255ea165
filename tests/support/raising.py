"""Raises on the small city under the law of the example region: due, proposed, checked and signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.attendance.services.papers import Hands
from pamong.career import services
from pamong.career.models import KgbCase, KgbDue, KgbRaise
from pamong.career.services import Proposed
from pamong.decisions.choices import Answer, State
from pamong.decisions.site import site_law
from pamong.kernel.actor import Actor
from pamong.organisation import models as org
from pamong.people import models as rows
from pamong.performance.choices import PredicateKind
from pamong.performance.services import Rated, take_over_predicates
from tests.support.city import add_person, since
from tests.support.deciding import Desk
from tests.support.people import AT, TODAY, opening_basis

JANUARY, BEFORE = date(2027, 1, 1), date(2025, 1, 1)
SYSTEM = Actor.operator("pekerja-latar", TODAY)


_STEP = {"years": 4, "months": 0, "golongan": "III/a"}


@dataclass
class RaiseDesk:
    """What tests of raises ask of the small city."""

    desk: Desk

    def step(self, key: str, start: date, **more: Any) -> None:
        """Give somebody a salary step and a golongan by order; ``order_no`` '' for a chain that is broken."""
        given = {**_STEP, "order_no": "822/7/2024", **more}
        self.give(self.desk.people.city.ids[key], start, **given)

    def give(self, person: int, start: date, **given: Any) -> None:
        """The same by the id of a person."""
        basis = opening_basis()
        for model in (rows.SalaryStep, rows.Rank):
            standing = model.objects.filter(person_id=person, superseded_at=None)
            standing.update(superseded_at=AT, superseded_basis_id=basis)
        order = {"order_no": given["order_no"], "order_on": date(2024, 12, 2) if given["order_no"] else None}
        common: dict[str, Any] = {"person_id": person, "basis_id": basis, **order}
        rows.SalaryStep.objects.create(
            mkg_years=given["years"], mkg_months=given["months"], period=since(start), **common
        )
        rows.Rank.objects.create(
            golongan=given["golongan"], period=since(min(start, date(2020, 4, 1))), **common
        )

    def employ(self, names: Sequence[str]) -> list[int]:
        """So many more of the health office, each with a seat, a step and a rank by order; their ids."""
        basis = opening_basis()
        model = org.SeatRow.objects.get(seat__uid=self.desk.people.city.seats["own"])
        line = org.Line.objects.get(seat=model.seat)
        made = []
        for number, name in enumerate(names):
            seat = org.Seat.objects.create()
            org.SeatRow.objects.create(
                seat=seat, unit=model.unit, post=model.post, job_class=5, is_head=False, period=model.period,
                basis_id=basis,
            )  # fmt: skip
            org.Line.objects.create(seat=seat, superior=line.superior, period=line.period, basis_id=basis)
            born = date(1980 + number % 20, 1 + number % 12, 1 + number // 12)
            person = add_person((name, "L", born, date(2012, 3, 1), "III/a", ""), basis, seat=seat)
            self.give(person.pk, BEFORE, order_no=f"822/{number}/2024", **_STEP)
            made.append(person.pk)
        return made

    def rate(self, predicate: str, *keys: str, year: int = 2025) -> None:
        """Predicates of a year, as they are taken over from a list."""
        self.rate_all(predicate, [self.desk.people.city.ids[key] for key in keys], year)

    def rate_all(self, predicate: str, persons: list[int], year: int = 2025) -> None:
        """The same by ids."""
        hands = Hands.of([self.desk.actor(name) for name in ("nurul", "wahyu", "ratih")])
        rated = Rated(year, PredicateKind(predicate), "800/1/PK", date(year + 1, 1, 20))
        take_over_predicates(actor=SYSTEM, at=AT, hands=hands, rows=[(each, rated) for each in persons])

    def agency(self) -> None:
        """A personnel agency under the city, whose head is vacant: then the secretary above him answers."""
        basis, city = opening_basis(), self.desk.people.city
        unit = org.Unit.objects.create(code="bkpsdm")
        top = org.Unit.objects.get(code="kota")
        org.UnitRow.objects.create(
            unit=unit, name="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", kind="opd", parent=top,
            is_opd=True, period=since(date(2017, 1, 1)), basis_id=basis,
        )  # fmt: skip
        org.UnitPlace.objects.create(
            unit=unit, period=since(date(2017, 1, 1)), path="kota.bkpsdm", opd=unit, depth=2
        )
        post = org.Post.objects.create(name="Kepala Badan", kind="jpt_pratama", jenjang="", eselon="")
        seat = org.Seat.objects.create()
        org.SeatRow.objects.create(
            seat=seat, unit=unit, post=post, job_class=14, is_head=True, period=since(date(2017, 1, 1)),
            basis_id=basis,
        )  # fmt: skip
        above = org.Seat.objects.get(uid=city.seats["above"])
        org.Line.objects.create(seat=seat, superior=above, period=since(date(2017, 1, 1)), basis_id=basis)

    def contract(self, key: str) -> None:
        """Let somebody be a PPPK with five years of contract, on golongan IX."""
        basis, person = opening_basis(), self.desk.people.city.ids[key]
        old = rows.Employment.objects.get(person_id=person, superseded_at=None)
        sits = rows.Appointment.objects.get(person_id=person, superseded_at=None)
        for row in (old, sits):
            type(row).objects.filter(pk=row.pk).update(superseded_at=AT, superseded_basis_id=basis)
        common: dict[str, Any] = {"person_id": person, "basis_id": basis}
        span = since(date(2023, 3, 1), date(2028, 3, 1))
        rows.Employment.objects.create(kind="PPPK", nip=old.nip, standing="PPPK Aktif", period=span, **common)
        rows.Appointment.objects.create(kind="regular", seat=sits.seat, period=span, **common)
        self.step(key, BEFORE, golongan="IX", years=2)

    def prepare(self, month: date = JANUARY, on: date = TODAY) -> None:
        """Work the list of a month out, as the worker does each night."""
        actor = Actor.operator("pekerja-latar", on)
        services.prepare_due(actor=actor, at=AT, month=month, law=site_law())

    def propose(self, month: date = JANUARY, on: date = TODAY) -> Proposed:
        """Work it out and propose what passes."""
        self.prepare(month, on)
        actor = Actor.operator("pekerja-latar", on)
        return services.propose_due(actor=actor, at=AT, month=month)

    def waiting(self, key: str) -> UUID:
        """What is being decided about somebody."""
        person = self.desk.people.city.ids[key]
        return KgbCase.objects.get(person_id=person, closed_at=None).decision

    def due(self, key: str) -> UUID:
        """Somebody's row on the list."""
        person = self.desk.people.city.ids[key]
        return KgbDue.objects.get(person_id=person, superseded_at=None).uid

    def sign(self, key: str, by: str, at: datetime = AT, on: date = TODAY, **more: Any) -> State:
        """Through both steps: nurul checks, an office signs."""
        uid = self.waiting(key)
        self.desk.answer("nurul", uid, at=at, on=on)
        return self.desk.answer(by, uid, Answer.AGREE, at=at, on=on, **more)

    def steps(self, key: str) -> list[tuple[date, int, int, str]]:
        """Somebody's standing salary steps: from when, years, months, order."""
        person = self.desk.people.city.ids[key]
        found = rows.SalaryStep.objects.filter(person_id=person, superseded_at=None).order_by("period")
        return [(row.period.lower, row.mkg_years, row.mkg_months, row.order_no) for row in found]

    def given(self, key: str) -> KgbRaise:
        """Somebody's raise that stands."""
        return KgbRaise.objects.get(person_id=self.desk.people.city.ids[key], superseded_at=None)
