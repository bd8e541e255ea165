"""Vacancies in a list, and one as a path with what was frozen and who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.ledger.sql import fetch
from pamong.merit import models, policies, standing
from pamong.merit.choices import Source, Step
from pamong.merit.queries.orders import AppointmentOrder, order_of_vacancy
from pamong.merit.queries.own import ConditionView, conditions_of
from pamong.merit.queries.sight import Sight, log, sight_of
from pamong.people.services import reading

_ACCOUNTS = """
SELECT u.username, u.uid FROM access_user u WHERE u.is_active AND u.username = ANY(%(names)s)
"""
MOST = 100  # of a list, the newest
_PATH = (Step.ANNOUNCED, Step.CLOSED, Step.SCORED, Step.LOCKED)


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """A vacancy in a list. ``step`` '' before it is announced; ``filled``: somebody was chosen,
    ``annulled``: and the order of that does not hold any more."""

    uid: UUID
    title: str
    step: str
    closes_on: date
    applicants: int
    filled: bool
    annulled: bool
    mine: bool
    on_panel: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the path; ``on`` None while it is to come. ``key``: what an entry of the log tells of."""

    step: Step
    on: date | None
    at: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody on the panel; ``recused``: why he stands aside, '' where he does not."""

    name: str
    source: Source
    chair: bool
    recused: str
    recused_own: bool
    present: bool


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """Somebody who applied, with his conditions as they were answered last."""

    application: UUID
    name: str
    runs: bool
    conditions: Sequence[ConditionView]


@dataclass(frozen=True, slots=True)
class VacancyView:
    """A vacancy with all that the actor may see of it. ``members`` and ``applicants`` are () for who does not
    take part; ``may`` are the acts that are his now; ``waits``: the choice that is being decided."""

    uid: UUID
    title: str
    step: str
    decision: UUID
    path: Sequence[StepRow]
    cancelled: StepRow | None
    closes_on: date
    names: int
    requirements: str
    elements: Sequence[tuple[str, int]]
    ties: Sequence[str]
    members: Sequence[MemberRow]
    applicants: Sequence[ApplicantRow]
    count: int
    applied: bool
    filled: bool
    order: AppointmentOrder | None
    may: frozenset[str]
    waits: UUID | None

    @property
    def annulled(self) -> bool:
        """Whether somebody was chosen whose order does not hold any more."""
        return self.order is not None and self.order.ended_on is not None


def list_vacancies(*, actor: Actor) -> Sequence[VacancyRow]:
    """Vacancies that the actor may see, those that run first, the newest first. ``NotAllowed``."""
    access.require(actor, policies.READ if policies.reads_all(actor) else policies.APPLY)
    rows = models.Vacancy.objects.select_related("criteria").order_by("-id")
    if not policies.reads_all(actor):
        on_panel = models.PanelMember.objects.filter(user_id=actor.user_id or 0).values("vacancy_id")
        announced = models.VacancyStep.objects.filter(step=Step.ANNOUNCED.value).values("vacancy_id")
        rows = rows.filter(pk__in=on_panel) | rows.filter(pk__in=announced)
    found = [_listed(actor, row) for row in rows[:MOST]]
    return sorted(found, key=lambda row: row.filled or row.step == Step.CANCELLED.value)


def _listed(actor: Actor, row: models.Vacancy) -> VacancyRow:
    mine = actor.person_id is not None and row.applications.filter(person_id=actor.person_id).exists()
    order = order_of_vacancy(row)
    return VacancyRow(
        row.uid, row.title, standing.step_of(row), row.criteria.closes_on, row.applications.count(),
        order is not None, order is not None and order.ended_on is not None, mine,
        standing.member_of(row, actor.user_id) is not None,
    )  # fmt: skip


def get_vacancy(*, actor: Actor, at: datetime, vacancy: UUID) -> VacancyView:
    """A vacancy as the actor may see it; a look at who applied is logged. ``VacancyNotFound``."""
    sight = sight_of(actor, vacancy)
    row, taken = sight.row, standing.steps_of(sight.row)
    applicants = _applicants(actor, at, sight) if sight.whole else ()
    count = row.applications.count()
    applied = actor.person_id is not None and row.applications.filter(person_id=actor.person_id).exists()
    cancelled = taken.get(Step.CANCELLED)
    waiting = standing.waiting_choice(row) if sight.step == Step.LOCKED.value else None
    titles = {each.code: each.title for each in row.elements.all()}
    order = order_of_vacancy(row)
    return VacancyView(
        row.uid, row.title, sight.step, row.decision, [_step(each, taken.get(each)) for each in _PATH],
        _step(Step.CANCELLED, cancelled) if cancelled else None, row.criteria.closes_on, row.criteria.names,
        row.criteria.requirements, [(each.title, each.weight) for each in row.elements.order_by("place")],
        [titles.get(tie.get("element", ""), "") for tie in row.criteria.ties], _members(actor, sight),
        applicants, count, applied, order is not None, order,
        _may(actor, sight, applied=applied, waits=waiting is not None), waiting[0] if waiting else None,
    )  # fmt: skip


def title_of(*, actor: Actor, vacancy: UUID) -> str:
    """What a vacancy is called. ``VacancyNotFound`` where the actor may not see it."""
    return sight_of(actor, vacancy).row.title


def require_visible(*, actor: Actor, vacancy: UUID) -> None:
    """``VacancyNotFound`` where the actor may not see it."""
    sight_of(actor, vacancy)


def _step(step: Step, row: models.VacancyStep | None) -> StepRow:
    return StepRow(step, row.on, row.recorded_at, row.reason) if row else StepRow(step, None, None)


def _members(actor: Actor, sight: Sight) -> Sequence[MemberRow]:
    """Who judges is known to who takes part, and to all once it is announced."""
    there = set(
        models.Presence.objects.filter(member__vacancy=sight.row, on=actor.on).values_list(
            "member_id", flat=True
        )
    )
    return [
        MemberRow(
            each.name, Source(each.source), each.is_chair,
            each.recusal.reason if standing.is_recused(each) and sight.whole else "",
            standing.is_recused(each) and each.recusal.is_own, each.pk in there,
        )
        for each in standing.panel_of(sight.row)
    ]  # fmt: skip


def _applicants(actor: Actor, at: datetime, sight: Sight) -> Sequence[ApplicantRow]:
    rows = standing.applicants_of(sight.row)
    names = reading.names_of([each.row.person_id for each in rows])
    log(actor, at, "merit.vacancy", [each.row.person_id for each in rows])
    return [
        ApplicantRow(each.row.uid, names.get(each.row.person_id, ""), each.runs, conditions_of(each))
        for each in rows
    ]


def _may(actor: Actor, sight: Sight, *, applied: bool, waits: bool) -> frozenset[str]:
    """The acts that are the actor's at this step; a service asks again."""
    row, step = sight.row, sight.step
    officer = bool(access.may_over(actor, policies.OPEN, "")) and actor.user_id is not None
    member = sight.member if sight.member is not None and not standing.is_recused(sight.member) else None
    open_yet = step == "announced" and actor.on <= row.criteria.closes_on
    chosen = models.Choice.objects.filter(vacancy=row).exists()
    acts = {
        "apply": open_yet and not applied and sight.member is None and bool(access.may(actor, policies.APPLY))
        and actor.person_id is not None,
        "panel": officer and step in ("", "announced", "closed"),
        "announce": officer and step == "",
        "close": officer and step == "announced" and actor.on > row.criteria.closes_on,
        "cancel": officer and not chosen and step != Step.CANCELLED.value,
        "score": member is not None and step == "closed",
        "recuse": member is not None and step in ("", "announced", "closed"),
        "open_scores": member is not None and member.is_chair and step == "closed",
        "lock": step == "scored" and (officer or (member is not None and not member.is_chair)),
        "put": officer and step == "locked" and not chosen and not waits,
        "follow": officer and waits,
        "pool": sight.reads,
        "talents": sight.whole,
        "result": step == "locked" and (sight.whole or applied),
    }  # fmt: skip
    return frozenset(name for name, allowed in acts.items() if allowed)


def find_accounts(*, actor: Actor, usernames: Sequence[str]) -> Mapping[str, UUID]:
    """The accounts behind names to sign in, for whoever names a panel; unknown ones are left out.
    ``NotAllowed``."""
    access.require_whole(actor, policies.PANEL)
    found = fetch(_ACCOUNTS, {"names": [each.strip().lower() for each in usernames]})
    return {name: UUID(str(uid)) for name, uid in found}
