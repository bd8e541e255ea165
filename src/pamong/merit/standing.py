"""How a vacancy stands: its step, its panel, who runs, and the ranks that its scores give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from pamong.decisions.choices import State
from pamong.law.conditions import Answer, Condition
from pamong.ledger.sql import fetch
from pamong.merit import models, policies
from pamong.merit.choices import Moment, Step
from pamong.merit.errors import NotNow, NotOnPanel, VacancyNotFound
from pamong.merit.ranking import Candidate, Criteria, Element, Ranking, Scores, Tie, TieKind, rank

_WAITING = """
SELECT uid, key FROM decisions_decision
WHERE kind = %(kind)s AND state = %(state)s AND content ->> 'vacancy' = %(vacancy)s ORDER BY id LIMIT 1
"""
_ORDER = (Step.ANNOUNCED, Step.CLOSED, Step.SCORED, Step.LOCKED)


def vacancy_of(uid: UUID) -> models.Vacancy:
    """A vacancy. ``VacancyNotFound``."""
    found = models.Vacancy.objects.select_related("criteria").filter(uid=uid).first()
    if found is None:
        raise VacancyNotFound
    return found


def steps_of(vacancy: models.Vacancy) -> dict[Step, models.VacancyStep]:
    """The steps that were taken."""
    return {Step(each.step): each for each in vacancy.steps.order_by("id")}


def step_of(vacancy: models.Vacancy) -> str:
    """The last step that was taken; '' for one that is not announced yet."""
    taken = steps_of(vacancy)
    if Step.CANCELLED in taken:
        return Step.CANCELLED.value
    return next((each.value for each in reversed(_ORDER) if each in taken), "")


def require_step(vacancy: models.Vacancy, *allowed: str) -> None:
    """``NotNow`` unless the vacancy is at one of these steps ('' before the announcement)."""
    now = step_of(vacancy)
    if now in allowed:
        return
    if now == Step.CANCELLED.value:
        raise NotNow("Lowongan ini sudah dibatalkan.")
    needed = Step(allowed[0]).label.lower() if allowed[0] else "belum diumumkan"
    told = Step(now).label.lower() if now else "belum diumumkan"
    raise NotNow(f"Langkah ini hanya pada lowongan yang {needed}; sekarang {told}. Muat ulang halamannya.")


def waiting_choice(vacancy: models.Vacancy) -> tuple[UUID, UUID] | None:
    """The choice that is being decided for a vacancy, with the key under which it was proposed."""
    asked = {"kind": policies.APPOINTMENT, "state": State.WAITING.value, "vacancy": str(vacancy.uid)}
    found = fetch(_WAITING, asked)
    return (UUID(str(found[0][0])), UUID(str(found[0][1]))) if found else None


def panel_of(vacancy: models.Vacancy) -> list[models.PanelMember]:
    """Everybody on the panel, also who has stood aside, the chair first."""
    return list(vacancy.members.select_related("recusal", "user").order_by("-is_chair", "id"))


def is_recused(member: models.PanelMember) -> bool:
    """Whether a member has stood aside."""
    return hasattr(member, "recusal")


def scorers(vacancy: models.Vacancy) -> list[models.PanelMember]:
    """The members who score: all who have not stood aside."""
    return [member for member in panel_of(vacancy) if not is_recused(member)]


def member_of(vacancy: models.Vacancy, user: int | None) -> models.PanelMember | None:
    """The place on the panel of an account, also of one who has stood aside."""
    return next((each for each in panel_of(vacancy) if user is not None and each.user_id == user), None)


def require_member(vacancy: models.Vacancy, user: int | None) -> models.PanelMember:
    """The member behind an account who may score. ``NotOnPanel``."""
    found = member_of(vacancy, user)
    if found is None:
        raise NotOnPanel("Hanya anggota panitia lowongan ini, dengan akunnya sendiri.")
    if is_recused(found):
        raise NotOnPanel("Anda tidak ikut menilai lowongan ini karena mengundurkan diri dari panitia.")
    return found


def barred(
    answers: Iterable[models.EligibilityRow], overruled: Collection[int]
) -> Sequence[models.EligibilityRow]:
    """The rows that keep somebody out: not met by a firm rule, at any moment, and not overruled."""
    return [
        row for row in answers
        if row.is_firm and row.answer == Answer.NOT_MET.value and row.pk not in overruled
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Running:
    """An applicant with his stored conditions; ``out``: what keeps him out."""

    row: models.Application
    conditions: Sequence[models.EligibilityRow]
    out: Sequence[models.EligibilityRow]

    @property
    def runs(self) -> bool:
        """Whether he is scored and ranked."""
        return bool(self.conditions) and not self.out


def applicants_of(vacancy: models.Vacancy) -> list[Running]:
    """All who applied, in the order in which they did."""
    rows = vacancy.applications.select_related("person").prefetch_related("conditions__overruling")
    found = []
    for row in rows.order_by("id"):
        conditions = sorted(row.conditions.all(), key=lambda each: each.pk)
        overruled = {each.pk for each in conditions if hasattr(each, "overruling")}
        found.append(Running(row, conditions, barred(conditions, overruled)))
    return found


def is_set_aside(running: Running, condition: Condition) -> bool:
    """Whether a condition that is not met now was set aside by a decision before: the same one, with the same
    finding."""
    return any(
        row.code == condition.code and hasattr(row, "overruling") and row.value == condition.value
        for row in running.conditions
    )


def standing_scores(vacancy: models.Vacancy) -> list[models.Score]:
    """The scores that stand: none that another has taken the place of."""
    rows = models.Score.objects.filter(application__vacancy=vacancy, superseded_by__isnull=True)
    return list(rows.select_related("member", "application", "element").order_by("id"))


def scores_of(rows: Iterable[models.Score]) -> Scores:
    """Scores by the uids of member and applicant and the code of the element."""
    return {
        (str(row.member.uid), str(row.application.uid), row.element.code): row.value for row in rows
    }  # fmt: skip


def criteria_of(vacancy: models.Vacancy) -> Criteria:
    """What was frozen, as ranks are worked out from it: every member who is left scores every element."""
    names = tuple(str(member.uid) for member in scorers(vacancy))
    elements = tuple(Element(each.code, each.weight, names) for each in vacancy.elements.order_by("place"))
    ties = tuple(Tie(TieKind(each["kind"]), each.get("element", "")) for each in vacancy.criteria.ties)
    return Criteria(elements, ties)


def ranking_of(
    vacancy: models.Vacancy, running: Iterable[models.Application], since: Mapping[int, date | None]
) -> Ranking:
    """The ranks of those who run, from the scores that stand. ``since``: in service, by person."""
    who = [Candidate(str(row.uid), since.get(row.person_id)) for row in running]
    keys = {each.key for each in who}
    rows = [row for row in standing_scores(vacancy) if not is_gone(row, keys)]
    left = {str(member.uid) for member in scorers(vacancy)}
    scores = {key: value for key, value in scores_of(rows).items() if key[0] in left}
    return rank(criteria_of(vacancy), who, scores)


def is_gone(score: models.Score, keys: Collection[str]) -> bool:
    """Whether a score is of somebody who does not run."""
    return str(score.application.uid) not in keys


def locked_results(vacancy: models.Vacancy) -> list[models.Result]:
    """The locked names by rank."""
    rows = models.Result.objects.filter(application__vacancy=vacancy, is_locked=True)
    return list(rows.select_related("application__person").order_by("rank", "id"))


def fraction(result: models.Result) -> Fraction:
    """The exact total of a result, in hundredths of a point."""
    return Fraction(result.total_num, result.total_den)


def of_moment(running: Running, moment: Moment) -> Sequence[models.EligibilityRow]:
    """The conditions as they were answered at a moment."""
    return [row for row in running.conditions if row.moment == moment.value]
