"""An invented selection, step by step: rows as the services will write them."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction

from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.merit import models as merit
from pamong.organisation.models import Seat
from pamong.people.models import Person

NUMBERS = count(1)
DAY = date(2026, 11, 10)
ELEMENTS = (("paper", 20), ("assessment", 25), ("interview", 35), ("track_record", 20))
STEPS = ("announced", "closed", "scored", "locked")
TENTHS = 10  # hundredths


def seal() -> int:
    """What a row rests on."""
    with transaction.atomic():
        return ledger.seal(actor=Actor.operator("uji", DAY), kind=SealKind.OFFICE_ENTRY, ref=uuid4())


def based(**values: Any) -> dict[str, Any]:
    """A row's values with a seal."""
    return {"basis_id": seal()} | values


def new_vacancy(seat: Seat | None = None) -> merit.Vacancy:
    """A vacancy that nobody knows of yet, of a new seat unless it says which."""
    seat = seat or Seat.objects.create()
    values = based(seat=seat, title="Kepala Dinas", kind="jpt_pratama", decision=uuid4())
    return merit.Vacancy.objects.create(**values)


def criteria(vacancy: merit.Vacancy, **values: Any) -> merit.Criteria:
    """What the announcement freezes."""
    return merit.Criteria.objects.create(
        **based(vacancy=vacancy, names=3, ties=[], closes_on=date(2026, 11, 26)) | values
    )


def element(vacancy: merit.Vacancy, code: str, weight: int, place: int) -> merit.CriteriaElement:
    """A part of the selection."""
    return merit.CriteriaElement.objects.create(
        vacancy=vacancy, code=code, title=code, weight=weight, place=place
    )


def member_values(vacancy: merit.Vacancy) -> dict[str, Any]:
    """Somebody new for the panel."""
    user = User.objects.create(username=f"penilai{next(NUMBERS)}", display_name="Penilai Karangan")
    return based(vacancy=vacancy, user=user, name="Penilai Karangan", source="expert", decision=uuid4())


def member(vacancy: merit.Vacancy) -> merit.PanelMember:
    """A member of the panel."""
    return merit.PanelMember.objects.create(**member_values(vacancy))


def step(vacancy: merit.Vacancy, which: str, **values: Any) -> merit.VacancyStep:
    """The vacancy goes on."""
    return merit.VacancyStep.objects.create(**based(vacancy=vacancy, step=which, on=DAY) | values)


def apply(vacancy: merit.Vacancy) -> merit.Application:
    """Somebody applies."""
    return merit.Application.objects.create(**based(vacancy=vacancy, person=Person.objects.create()))


def condition(application: merit.Application, **values: Any) -> merit.EligibilityRow:
    """A condition of an applicant, met unless it says otherwise."""
    usual = {
        "moment": "application",
        "code": "age",
        "answer": "met",
        "text": "Umurnya 50 tahun.",
        "is_firm": True,
    }
    return merit.EligibilityRow.objects.create(application=application, **usual | values)


def score_values(
    by: merit.PanelMember, application: merit.Application, of: merit.CriteriaElement, value: int
) -> dict[str, Any]:
    """A score."""
    return based(member=by, application=application, element=of, value=value)


def announced(members: int = 5, seat: Seat | None = None) -> merit.Vacancy:
    """A vacancy that is announced, with its panel."""
    vacancy = new_vacancy(seat)
    criteria(vacancy)
    for place, (code, weight) in enumerate(ELEMENTS):
        element(vacancy, code, weight, place)
    for _ in range(members):
        member(vacancy)
    step(vacancy, "announced")
    return vacancy


def closed(applicants: int = 4, members: int = 5, seat: Seat | None = None) -> merit.Vacancy:
    """One whose applicants are known and meet their conditions."""
    vacancy = announced(members, seat)
    for _ in range(applicants):
        condition(apply(vacancy))
    step(vacancy, "closed")
    return vacancy


def score_all(vacancy: merit.Vacancy) -> None:
    """Everybody gives each applicant ten points fewer than the one before, from 90 points on."""
    for place, application in enumerate(vacancy.applications.order_by("id")):
        for by in vacancy.members.order_by("id"):
            for of in vacancy.elements.order_by("place"):
                value = 9000 - 100 * TENTHS * place
                merit.Score.objects.create(**score_values(by, application, of, value))


def scored(seat: Seat | None = None) -> merit.Vacancy:
    """One that is scored, with no ranks yet."""
    vacancy = closed(seat=seat)
    score_all(vacancy)
    step(vacancy, "scored")
    return vacancy


def result_values(vacancy: merit.Vacancy, place: int) -> dict[str, Any]:
    """The result of the applicant at a place, counted from 0."""
    application = vacancy.applications.order_by("id")[place]
    return based(
        application=application, rank=place + 1, total_num=9000 - 100 * TENTHS * place, total_den=1,
        is_locked=place < 3,
    )  # fmt: skip


def locked(seat: Seat | None = None) -> merit.Vacancy:
    """One whose best names are locked."""
    vacancy = scored(seat)
    for place in range(4):
        merit.Result.objects.create(**result_values(vacancy, place))
    step(vacancy, "locked")
    return vacancy


def choice_values(vacancy: merit.Vacancy, rank: int, reason: str = "") -> dict[str, Any]:
    """The choice of the applicant of a rank."""
    result = merit.Result.objects.get(application__vacancy=vacancy, rank=rank)
    return based(vacancy=vacancy, result=result, rank=rank, reason=reason, decision=uuid4())
