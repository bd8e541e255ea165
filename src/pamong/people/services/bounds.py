"""Where the hands of who enters and who decides end: oneself, relatives, other offices, what one made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Plan
from pamong.ledger.choices import Act
from pamong.people import policies
from pamong.people.models import VALUES_OF, Entry
from pamong.people.queries import seats_outside
from pamong.people.services import reading
from pamong.people.services.planning import Asked, Prepared, subject_of


def own_only(actor: Actor, person_id: int, asked: Asked) -> list[Problem]:
    """For himself anybody, an officer too, proposes only what an employee may."""
    if not policies.is_own(actor, person_id):
        return []
    subject = subject_of(asked.subject)
    own = {field.name for field in subject.own_fields}
    if not own:
        text = f"{subject.title} Anda sendiri dimasukkan petugas kepegawaian lain, bukan oleh Anda."
        return [Problem("not_own", text, "block")]
    text = "untuk diri sendiri dimasukkan petugas kepegawaian"
    labels = [subject.field(name) for name in asked.values if name not in own]
    return [Problem("not_own", text, "block", column=field.label) for field in labels if field is not None]


def outside(actor: Actor, permission: str, prepared: Prepared) -> list[str]:
    """The seats of the act that lie in other offices, in words: whoever sits there has power there.

    What only follows (who leaves service leaves all his seats) needs no right of its own.
    """
    if prepared.subject.code != "appointment" or not prepared.changes:
        return []
    touched = list(_touched(prepared.changes[0].plan))
    found = seats_outside(actor, permission, touched)
    return [prepared.seats[seat].label for seat in sorted(found) if seat in prepared.seats]


def outside_problems(actor: Actor, prepared: Prepared) -> list[Problem]:
    """The same as what keeps an act out."""
    text = "{} di luar wewenang Anda. Usulan ini dimasukkan petugas kepegawaian yang membawahi unitnya."
    return [
        Problem("seat_outside", text.format(label), "block", column="Posisi")
        for label in outside(actor, policies.PROPOSE, prepared)
    ]


def same_hands(entered_by: int | None, person_id: int, prepared: Prepared) -> list[Problem]:
    """What keeps an act out whose enterer stands behind the rows that it replaces: enter, verify and correct
    are three people."""
    if entered_by not in _built_by(person_id, prepared):
        return []
    text = policies.same_hands(change=prepared.asked.act is Act.CHANGE)
    return [Problem("same_hands", text, "block")]


def _built_by(person_id: int, prepared: Prepared) -> set[int]:
    """Who entered and decided the rows that are corrected, rescinded, or replaced by a change: from their
    first day on or before it, a change says that they were wrong."""
    found: set[int] = set()
    asked, model = prepared.asked, VALUES_OF[prepared.subject.code]
    plan = prepared.changes[0].plan if prepared.changes else Plan()
    rows = model.objects.filter(pk__in=_replaced(asked, plan))
    if asked.target is not None and asked.act is not Act.CHANGE:
        rows |= model.objects.filter(uid=asked.target, person_id=person_id)
    for row in rows:
        found |= reading.hands_behind(row)
    return found


def refusal(actor: Actor, entry: Entry, prepared: Prepared) -> str:
    """Why the actor can't decide an entry about somebody within his scope; '' if he can."""
    try:
        policies.require_account(actor)
    except NotAllowed as error:
        return str(error)
    may = policies.may_decide(
        actor,
        entered_by=entry.entered_by_id,
        person_id=entry.person_id,
        relatives=_relatives(entry),
    )
    if not may:
        return may.reason
    labels = outside(actor, policies.VERIFY, prepared)
    text = "di luar wewenang Anda. Petugas kepegawaian yang membawahi unitnya yang memutuskan."
    return f"{', '.join(labels)} {text}" if labels else ""


def _replaced(asked: Asked, plan: Plan) -> list[int]:
    """Rows that a change rewrites from their first day, and those whose first day another act moves."""
    if asked.act is Act.CHANGE:
        day = asked.on or asked.until or date.max
        return [row.id for row in plan.removed if row.id is not None and row.period.start >= day]
    begins = {piece.replaces: piece.period.start for piece in plan.added}
    return [
        row.id
        for row in plan.removed
        if row.id is not None and begins.get(row.id, row.period.start) != row.period.start
    ]


def _touched(plan: Plan) -> Iterator[tuple[int, Period]]:
    """Each seat with the days on which the plan lets somebody sit there, or no longer.

    Whoever sits there before and after it all the same is not touched.
    """
    rows = [(row.values["seat_id"], row.period) for row in plan.removed]
    pieces = [(piece.values["seat_id"], piece.period) for piece in plan.added]
    for here, there in ((rows, pieces), (pieces, rows)):
        for seat, period in here:
            same = [other for which, other in there if which == seat]
            yield from ((seat, rest) for rest in _without(period, same))


def _without(period: Period, others: list[Period]) -> list[Period]:
    """The stretches of a period that none of the others covers."""
    left = [period]
    for other in others:
        left = [rest for each in left for rest in each.minus(other)]
    return left


def _relatives(entry: Entry) -> set[int]:
    """Declared relatives of the person, and whom the entry itself declares."""
    found = reading.relatives_of(entry.person_id)
    named = entry.values.get("relative") if entry.subject == "relative" else None
    return found | set(reading.person_ids([UUID(str(named))] if named else []).values())
