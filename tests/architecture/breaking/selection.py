"""Rows of a selection that may stand, what breaks their checks, and pairs of which one may stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from pamong.merit import models as merit
from pamong.people.models import Person
from tests.architecture.breaking.making import new_user
from tests.support import selections as s

Values = dict[str, Any]


def _applied() -> merit.Application:
    return s.apply(s.announced())


def _bar() -> merit.EligibilityRow:
    return s.condition(_applied(), answer="not_met")


def _score() -> Values:
    vacancy = s.closed(applicants=1, members=1)
    return s.score_values(
        vacancy.members.get(), vacancy.applications.get(), vacancy.elements.order_by("place")[0], 8000
    )


def _correction(row: Values) -> Values:
    return {"supersedes": merit.Score.objects.create(**row)}


SELECTION: dict[type, Callable[[], Values]] = {
    merit.Vacancy: lambda: s.based(
        seat_id=s.new_vacancy().seat_id, title="Kepala Dinas", kind="jpt_pratama", decision=uuid4()
    ),
    merit.VacancyStep: lambda: s.based(vacancy=s.announced(), step="closed", on=s.DAY),
    merit.Criteria: lambda: s.based(vacancy=s.new_vacancy(), names=3, closes_on=s.DAY),
    merit.CriteriaElement: lambda: {
        "vacancy": s.new_vacancy(), "code": "paper", "title": "Makalah", "weight": 20, "place": 1
    },
    merit.PanelMember: lambda: s.member_values(s.new_vacancy()),
    merit.Recusal: lambda: s.based(member=s.member(s.new_vacancy()), reason="Pelamar adalah adik saya."),
    merit.Presence: lambda: s.based(member=s.closed(applicants=1, members=1).members.get(), on=s.DAY),
    merit.Application: lambda: s.based(vacancy=s.announced(), person=Person.objects.create()),
    merit.EligibilityRow: lambda: {
        "application": _applied(), "moment": "application", "code": "age", "answer": "met",
        "text": "Umurnya 50 tahun.", "is_firm": True,
    },
    merit.Overruling: lambda: s.based(condition=_bar(), reason="Pasal 54 ayat (5)", decision=uuid4()),
    merit.Score: _score,
    merit.Result: lambda: s.result_values(s.scored(), 0),
    merit.RefusedName: lambda: s.based(
        vacancy=s.new_vacancy(), person=Person.objects.create(), by=new_user(), by_name="Pejabat Karangan"
    ),
    merit.Choice: lambda: s.choice_values(s.locked(), 1),
}  # fmt: skip
SELECTION_CHECKS: dict[str, Values | Callable[[Values], Values]] = {
    "vacancy_titled": {"title": ""},
    "vacancystep_step": {"step": "melayang"},
    "vacancystep_cancelled": {"step": "cancelled"},
    "criteria_names": {"names": 0},
    "criteria_draw": {"draw": "undian"},
    "element_code": {"code": "Makalah!"},
    "element_weight": {"weight": 0},
    "panelmember_source": {"source": "titipan"},
    "recusal_reason": {"reason": ""},
    "eligibility_moment": {"moment": "kapan_saja"},
    "eligibility_answer": {"answer": "mungkin"},
    "eligibility_evidence": {"evidence": "kabar"},
    "overruling_reason": {"reason": ""},
    "score_value": {"value": 10_001},
    "score_corrected": _correction,
    "result_rank": {"rank": 0},
    "result_total": {"total_num": 0, "total_den": 0},
    "refusedname_says": {"person": None, "said": ""},
    "choice_reason": lambda row: s.choice_values(row["vacancy"], 2),
}
SELECTION_PAIRS: dict[str, Callable[[Values], tuple[Values, Values]]] = {
    "element_once": lambda row: ({}, row | {"place": 2}),
    "element_place": lambda row: ({}, row | {"code": "interview"}),
    "panelmember_one_chair": lambda row: (
        {"is_chair": True}, s.member_values(row["vacancy"]) | {"is_chair": True}
    ),
}  # fmt: skip
