"""What of presence waits for whom, for everybody at once: what reminders tell, and nothing by name.

The same as ``desk`` says to each, in a few questions for a whole government. ``actor`` is the
machine, or who operates it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from pamong.access import policies as access_policies
from pamong.access.mailing import OPERATE
from pamong.access.queries import scoped
from pamong.attendance import policies
from pamong.attendance.choices import CorrectionState
from pamong.attendance.correcting.reading import Told, refused_turn, told_of
from pamong.attendance.deriving.facts import DARK
from pamong.attendance.models import Correction
from pamong.attendance.queries.corrections import Waiting
from pamong.attendance.queries.outages import count_outages_by_reader
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.people.queries import Whereabouts, whereabouts_of

NEWS = timedelta(days=7)
# Days without a mark that nobody has said anything of, of this month and the last, known for no longer than a
# week; what an outage may still excuse is not told.
_MISSING = f"""
SELECT d.person_id, array_agg(DISTINCT d.local_on ORDER BY d.local_on) FROM attendance_dayresult d
WHERE d.person_id = ANY(%(persons)s) AND d.superseded_at IS NULL AND d.recorded_at > %(since)s
  AND d.local_on >= %(first)s AND d.local_on < %(today)s
  AND d.state IN ('absent', 'missing_in', 'missing_out') AND d.excuse = ''
  AND NOT {DARK.format(site="d.site_id", day="d.local_on")}
  AND NOT EXISTS (SELECT 1 FROM attendance_correction c WHERE c.person_id = d.person_id
    AND c."on" = d.local_on AND c.state <> 'withdrawn')
GROUP BY d.person_id
"""  # noqa: S608 - our own statements


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for one account: requests to answer, outages to confirm, days of his own without a mark."""

    corrections: Waiting = field(default_factory=Waiting)
    outages: int = 0
    missing: Sequence[date] = ()


def list_waits(
    *, actor: Actor, readers: Collection[Actor], law: Law, known_since: datetime
) -> Mapping[int, Waits]:
    """What waits for these accounts, by their ids. ``known_since``: an instant of the database's clock; of
    days without a mark, those are told that became known after it. ``NotAllowed``."""
    access_policies.require_whole(actor, OPERATE)
    corrections = _corrections(actor, readers, law)
    outages = count_outages_by_reader(actor=actor, readers=readers)
    missing = _missing(actor, readers, known_since)
    return {
        each.user_id: Waits(
            corrections.get(each.user_id, Waiting()),
            outages.get(each.user_id, 0),
            missing.get(each.person_id, ()) if each.person_id is not None else (),
        )
        for each in readers
        if each.user_id is not None
    }


def _corrections(actor: Actor, readers: Collection[Actor], law: Law) -> Mapping[int, Waiting]:
    rows = list(Correction.objects.filter(state=CorrectionState.OPEN.value))
    if not rows:
        return {}
    found = told_of(actor, rows, law)
    office = _office(actor, readers, found)
    people = {each.person_id: each for each in readers if each.person_id is not None}
    due: dict[int, list[date]] = {}
    for told in found:
        for user in _answering(told, people, office):
            due.setdefault(user, []).append(told.turn.due_on if told.turn else actor.on)
    return {user: Waiting(len(days), min(days)) for user, days in due.items()}


def _answering(
    told: Told, people: Mapping[int, Actor], office: Collection[tuple[Actor, Collection[int]]]
) -> Sequence[int]:
    """The accounts whose turn it is to answer a request."""
    if told.turn is None:
        return ()
    asked: Collection[tuple[Actor, Collection[int]]] = office
    if told.turn.holder is not None:
        holder = people.get(told.turn.holder.person_id)
        asked = [] if holder is None else [(holder, ())]
    return [
        reader.user_id
        for reader, owners in asked
        if reader.user_id is not None
        and refused_turn(reader, replace(told, settles=told.row.person_id in owners), told.turn) is None
    ]


def _office(
    actor: Actor, readers: Collection[Actor], found: Sequence[Told]
) -> list[tuple[Actor, frozenset[int]]]:
    """Officers of the personnel office, each with those of the owners whom he has within reach."""
    owners = {told.row.person_id for told in found if told.turn is not None and told.turn.holder is None}
    if not owners:
        return []
    places: Mapping[int, Whereabouts] = whereabouts_of(actor=actor, persons=owners)
    officers = [each for each in readers if access_policies.may(each, policies.SETTLE)]
    scopes = [(each, scoped(each, policies.SETTLE)) for each in officers]
    return [
        (each, frozenset(owner for owner, where in places.items() if where.lies_within(scope)))
        for each, scope in scopes
    ]


def _missing(actor: Actor, readers: Collection[Actor], since: datetime) -> Mapping[int, Sequence[date]]:
    persons = [each.person_id for each in readers if each.person_id is not None]
    before = (actor.on.replace(day=1) - timedelta(days=1)).replace(day=1)
    return dict(
        fetch(_MISSING, {"persons": persons, "today": actor.on, "first": before, "since": since})
        if persons
        else []
    )
