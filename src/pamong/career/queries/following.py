"""What comes next in somebody's career: his next raise, worked out now, and why it may have to wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import services as access_services
from pamong.access.errors import NotAllowed
from pamong.career import policies
from pamong.career.queries.one import worked_out
from pamong.career.queries.raises import Given, given_to
from pamong.kernel.actor import Actor
from pamong.law import kgb
from pamong.law.engine.plan import Law
from pamong.ledger.sql import fetch
from pamong.people.errors import PersonNotFound
from pamong.people.queries import require_person

_LAST_STEP = """
SELECT max(lower(period)) FROM people_salarystep WHERE person_id = %(person)s AND superseded_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class NextRaise:
    """Somebody's next raise. ``due`` None: none is due, or it is not known, and ``sentence`` says why.

    ``conditions`` are judged for the day on which it takes effect, as of today. ``given`` are those before.
    """

    due: kgb.Due | None
    step: kgb.NewStep | None
    sentence: str
    conditions: Sequence[kgb.Condition]
    given: Sequence[Given]

    @property
    def open(self) -> Sequence[kgb.Condition]:
        """What keeps it back, or needs a reason, by now."""
        return [each for each in self.conditions if each.effect is not kgb.Effect.ALLOW]


def find_own_next(*, actor: Actor, law: Law) -> NextRaise | None:
    """One's own; None for an account without a person, and for who is not in service."""
    return None if actor.person_id is None else _next_of(actor.person_id, actor.on, law)


def find_next(*, actor: Actor, at: datetime, person: UUID, law: Law) -> NextRaise | None:
    """The same of somebody within reach, for his file; the look is logged. None where the actor may not see
    it, or there is none."""
    try:
        person_id = require_person(actor, policies.READ, person)
    except (NotAllowed, PersonNotFound):
        return None
    subjects = [] if person_id == actor.person_id else [person]
    access_services.log_read(actor=actor, at=at, path="career.kgb", subjects=subjects)
    return _next_of(person_id, actor.on, law)


def _next_of(person_id: int, today: date, law: Law) -> NextRaise | None:
    """Counted from the last step on record, also where that begins only later."""
    last = fetch(_LAST_STEP, {"person": person_id})[0][0]
    now = worked_out(person_id, max(today, last or today), today, law)
    if now is None:
        return None
    given = given_to(person_id)
    if not isinstance(now.due, kgb.Due):
        return NextRaise(None, None, now.due.sentence, (), given)
    then = worked_out(person_id, max(now.due.effective_on, last or today), today, law)
    if then is None:
        text = "Masa tugasnya berakhir sebelum kenaikan berikutnya jatuh tempo."
        return NextRaise(None, None, text, (), given)
    return NextRaise(now.due, now.step, "", then.conditions, given)
