"""One person's next raise, worked out now by the pure functions: what a page explains and a gate asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import services as access_services
from pamong.career import facts, policies
from pamong.kernel.actor import Actor
from pamong.law import kgb
from pamong.law.engine.plan import Law
from pamong.people.errors import PersonNotFound
from pamong.people.queries import require_person


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Somebody's raise for a day of effect; ``step`` is None where nothing is due."""

    person: UUID
    facts: kgb.Facts
    due: kgb.Due | kgb.NotDue
    step: kgb.NewStep | None
    conditions: tuple[kgb.Condition, ...]

    @property
    def effect(self) -> kgb.Effect:
        """What all conditions together do."""
        return kgb.worst(self.conditions)


def work_out_one(*, actor: Actor, at: datetime, person: UUID, on: date, law: Law) -> WorkedOut:
    """The raise of somebody within reach that would take effect ``on`` a day, judged as of the actor's day.

    The look is logged unless it is his own. ``NotAllowed``; ``PersonNotFound``, also where he is not in
    service on that day.
    """
    person_id = require_person(actor, policies.READ, person)
    found = worked_out(person_id, on, actor.on, law)
    if found is None:
        raise PersonNotFound
    subjects = [] if person_id == actor.person_id else [person]
    access_services.log_read(actor=actor, at=at, path="career.kgb", subjects=subjects)
    return found


def worked_out(person_id: int, on: date, today: date, law: Law) -> WorkedOut | None:
    """The same for whoever has seen to the right."""
    rules = kgb.rules_of(law, on)
    known = facts.person_on(person_id, on, facts.years_before(today, facts.most_years(rules)), rules)
    return None if known is None else judged(known, rules, on, today)


def judged(known: facts.Person, rules: kgb.Rules, on: date, today: date) -> WorkedOut:
    """What the rules say of somebody's facts."""
    due = kgb.due(rules, known.facts)
    step = kgb.new_step(rules, known.facts, due) if isinstance(due, kgb.Due) else None
    told = kgb.conditions(rules, known.facts, on=on, today=today)
    return WorkedOut(known.uid, known.facts, due, step, told)
