"""The file of one person: everything dated about him, as of any date, as known at any instant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import services as access_services
from pamong.access.policies import may, require
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.people.models import DATED
from pamong.people.policies import require_reason
from pamong.people.queries import rows
from pamong.people.queries.directory import get_row
from pamong.people.queries.rows import PersonRow, fetch
from pamong.people.queries.scope import require_person, within

# What only the person himself and those who look after his data see.
PRIVATE = frozenset({"contact", "bankaccount", "relative"})
# Numbers that pages mask: of which table and which of its facts each is.
REVEALED = {
    "nip": ("employment", "nip"),
    "nik": ("identity", "nik"),
    "bankaccount": ("bankaccount", "number"),
}
_PRIVATE_FACTS = {"identity": ("birth_place", "religion", "marital", "nik")}


def is_private(subject: str, fact: str) -> bool:
    """Whether only the person himself and those who look after his data see a fact of a table."""
    return subject in PRIVATE or fact in _PRIVATE_FACTS.get(subject, ())


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated row: which table, over which period, with what facts, resting on what, recorded when.

    ``basis`` is the kind of its seal, ``seal`` the seal's number; ``superseded_at`` is None while it stands.
    ``place`` are words that the facts point to: post and unit of a seat. ``check`` is the last word on its
    evidence: '', 'verified' or 'refused'.
    """

    subject: str
    uid: UUID
    item: UUID | None
    period: Period
    facts: dict[str, Any]
    kind: str
    act: str
    basis: str
    recorded_at: datetime
    place: dict[str, Any]
    check: str
    check_by: str
    check_how: str
    seal: int = 0
    superseded_at: datetime | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a date."""
        return self.period.contains(on)

    def stood(self, known_at: datetime | None) -> bool:
        """Whether it stood at an instant (stands now, without one)."""
        if known_at is None:
            return self.superseded_at is None
        gone = self.superseded_at is not None and self.superseded_at <= known_at
        return self.recorded_at <= known_at and not gone


@dataclass(frozen=True, slots=True)
class PersonFile:
    """``row`` is the person as of ``on``; ``facts`` are all rows that stand (as known then), oldest first.

    ``own`` for one's own file; ``private`` where the actor sees what is private; ``may_unmask`` where he may
    see numbers in full, with a reason unless they are his own. ``records`` are all rows that were ever
    recorded, newest first, where they were asked for.
    """

    uid: UUID
    person_id: int
    on: date
    known_at: datetime | None
    row: PersonRow
    facts: Sequence[Fact]
    own: bool
    private: bool
    may_unmask: bool
    may_propose: bool
    records: Sequence[Fact] = ()

    def of(self, subject: str) -> list[Fact]:
        """All rows of one table, oldest first."""
        return [fact for fact in self.facts if fact.subject == subject]

    def now(self, subject: str) -> list[Fact]:
        """The rows of one table that hold on the date of the file."""
        return [fact for fact in self.of(subject) if fact.holds(self.on)]

    def one(self, subject: str) -> Fact | None:
        """The row of a table with one timeline that holds on the date, if any."""
        found = [fact for fact in self.now(subject) if fact.kind in ("", "regular")]
        return found[0] if found else None

    def hides(self, subject: str, fact: str) -> bool:
        """Whether a fact of one table is left out, so that nobody knows from here whether there is one."""
        return not self.private and is_private(subject, fact)


def get_file(
    *,
    actor: Actor,
    at: datetime,
    uid: UUID,
    on: date,
    known_at: datetime | None = None,
    records: bool = False,
) -> PersonFile:
    """Everything about one person within the scope, and a row in the read log. ``PersonNotFound``.

    Private facts are left out, not masked, where the actor may not see them. ``records`` brings every
    row that was ever recorded as well, for those who see what is private.
    """
    person_id = require_person(actor, "people:read", uid)
    own = person_id == actor.person_id
    private = own or within(actor, "people:read_private", person_id)
    records = records and private
    row = get_row(actor=actor, on=on, uid=uid, known_at=known_at) or _unborn(person_id, uid, on)
    found = _facts(person_id, None if records else known_at, every=records)
    if not own:
        path = "people.records" if records else "people.file"
        access_services.log_read(actor=actor, at=at, path=path, subjects=[uid])
    return PersonFile(
        uid,
        person_id,
        on,
        known_at,
        row,
        _shown([fact for fact in found if fact.stood(known_at)], private),
        own,
        private,
        own or (private and bool(may(actor, "people:unmask"))),
        within(actor, "people:propose", person_id),
        sorted(found, key=lambda fact: fact.recorded_at, reverse=True) if records else (),
    )


def _shown(facts: list[Fact], private: bool) -> list[Fact]:
    if private:
        return facts
    return [_without_private(fact) for fact in facts if fact.subject not in PRIVATE]


def reveal_needs_reason(*, actor: Actor, uid: UUID) -> bool:
    """Whether this actor must say why he wants to see this person's numbers in full: not for his own.

    ``PersonNotFound``, ``NotAllowed`` for those who may not see them at all.
    """
    person_id = require_person(actor, "people:read_private", uid)
    if person_id == actor.person_id:
        return False
    require(actor, "people:unmask")
    require_person(actor, "people:unmask", uid)
    return True


def reveal(*, actor: Actor, at: datetime, uid: UUID, what: str, reason: str = "") -> str:
    """A number in full: one of ``REVEALED`` as it stands on the actor's day; logged with its reason.

    ``PersonNotFound``, ``NotAllowed``; ``ReasonMissing`` without a reason in words, unless it is one's own.
    """
    if reveal_needs_reason(actor=actor, uid=uid):
        why = require_reason(reason)
        access_services.log_read(actor=actor, at=at, path=f"people.reveal.{what}", subjects=[uid], reason=why)
    person_id = require_person(actor, "people:read_private", uid)
    subject, name = REVEALED[what]
    current = [fact for fact in _facts(person_id, None) if fact.subject == subject and fact.holds(actor.on)]
    return str(current[0].facts[name] or "") if current else ""


def _without_private(fact: Fact) -> Fact:
    hidden = _PRIVATE_FACTS.get(fact.subject)
    if not hidden:
        return fact
    return replace(fact, facts={name: value for name, value in fact.facts.items() if name not in hidden})


def _unborn(person_id: int, uid: UUID, on: date) -> PersonRow:
    """Nothing was known of him on that date: his name as it is known now, without anything else."""
    found = fetch(
        "SELECT name, front_title, back_title, sex, birth_date FROM people_identity "
        "WHERE person_id = %(id)s AND superseded_at IS NULL ORDER BY period DESC LIMIT 1",
        {"id": person_id},
    )
    name, front, back, sex, born = found[0] if found else ("", "", "", "", on)
    return PersonRow(
        person_id, uid, name, front, back, sex, born, "", "", "", "", "", "", "", None, False, None, "", "",
        "", "", None,
    )  # fmt: skip


_PLACE = """
LEFT JOIN LATERAL (
  SELECT jsonb_build_object('post', t.name, 'post_kind', t.kind, 'jenjang', t.jenjang, 'class', sr.job_class,
    'unit', un.name, 'unit_uid', un.uid, 'opd', un.opd_name, 'head', sr.is_head) AS place
  FROM organisation_seatrow sr
  JOIN organisation_post t ON t.id = sr.post_id
  LEFT JOIN organisation_units(GREATEST(lower(x.period), lower(sr.period))) un ON un.unit_id = sr.unit_id
  WHERE sr.seat_id = x.seat_id AND sr.superseded_at IS NULL AND sr.period && x.period
  ORDER BY sr.period LIMIT 1
) sp ON TRUE
"""


def _union() -> str:
    """All dated tables of a person in one statement, each row's facts as JSON."""
    parts = []
    for model in DATED:
        name = model.__name__.lower()
        pairs = ", ".join(f"'{fact}', x.{fact}" for fact in model.facts)
        item = "x.item" if "item" in model.key else "NULL::uuid"
        kind = "x.kind" if "kind" in model.key else "''"
        place, join = ("sp.place", _PLACE) if name == "appointment" else ("NULL::jsonb", "")
        if name == "relative":
            place = (
                "(SELECT jsonb_build_object('uid', rp.uid) FROM people_person rp WHERE rp.id = x.relative_id)"
            )
        parts.append(
            f"SELECT '{name}' AS subject, x.uid, {item} AS item, x.period, "
            f"jsonb_build_object({pairs}) AS facts, {kind} AS kind, x.act, x.basis_id, x.recorded_at, "
            f"{place} AS place, x.superseded_at FROM people_{name} x {join} "
            "WHERE x.person_id = %(id)s AND (%(every)s OR "
            "CASE WHEN %(known)s::timestamptz IS NULL THEN x.superseded_at IS NULL ELSE "
            "x.recorded_at <= %(known)s AND (x.superseded_at IS NULL OR x.superseded_at > %(known)s) END)"
        )
    return " UNION ALL ".join(parts)


_FACTS = f"""
SELECT f.subject, f.uid, f.item, f.period, f.facts, f.kind, f.act, b.kind, f.recorded_at, f.place,
       c.outcome, c.by_name, c.how, f.basis_id, f.superseded_at
FROM ({_union()}) f
JOIN ledger_seal b ON b.id = f.basis_id
LEFT JOIN LATERAL (
  SELECT outcome, by_name, how FROM people_check
  WHERE subject IN (f.uid, f.item) ORDER BY id DESC LIMIT 1
) c ON TRUE
ORDER BY lower(f.period), f.subject, f.recorded_at
"""


def _facts(person_id: int, known_at: datetime | None, *, every: bool = False) -> list[Fact]:
    known = rows.params(rows.as_known(date.min, known_at))
    found = fetch(_FACTS, known | {"id": person_id, "every": every})
    return [
        Fact(
            subject,
            uid,
            item,
            Period(period.lower, period.upper),
            loaded(facts),
            kind,
            act,
            basis,
            recorded_at,
            loaded(place) if place else {},
            outcome or "",
            by or "",
            how or "",
            seal,
            superseded_at,
        )
        for (
            subject, uid, item, period, facts, kind, act, basis, recorded_at, place, outcome, by, how,
            seal, superseded_at,
        ) in found
    ]  # fmt: skip


def loaded(value: Any) -> dict[str, Any]:
    """JSON columns come as text from a plain cursor."""
    found = json.loads(value) if isinstance(value, str) else value
    return {
        name: date.fromisoformat(each) if name.endswith(("_on", "_date")) and each else each
        for name, each in found.items()
    }
