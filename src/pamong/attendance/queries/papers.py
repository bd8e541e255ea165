"""Documents of the registers as pages show them: lists, one of them as a story, its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.access.queries import scoped
from pamong.attendance.choices import Register
from pamong.attendance.errors import PaperNotFound
from pamong.attendance.services.papers import Desk, reaches, refusal, values_of
from pamong.attendance.sql import fetch
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.ledger.choices import PaperAct, PaperState
from pamong.organisation.choices import subtree
from pamong.people.queries import full_name
from pamong.people.queries.scope import condition

PAGE = 50
_IN_UNITS = """EXISTS (SELECT 1 FROM organisation_unitplace sp WHERE sp.unit_id = x.unit_id
  AND sp.period @> %(day)s::date AND sp.path ? %(units)s::lquery[])"""
_NAMES = """
SELECT m.paper_id, p.id, p.uid, i.name, i.front_title, i.back_title, {within} FROM ({persons}) m
JOIN people_person p ON p.id = m.person_id
LEFT JOIN LATERAL (SELECT * FROM people_identity j WHERE j.person_id = p.id AND j.superseded_at IS NULL
                   ORDER BY j.period DESC LIMIT 1) i ON TRUE
WHERE m.paper_id = ANY(%(papers)s) ORDER BY lower(i.name), p.id
"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a register is read: ``persons`` gives ``paper_id, person_id``; ``of_units``: by the unit too.

    ``whole``: whoever sees a document sees everybody in it, as they stand on one letter.
    """

    desk: Desk
    reads: str
    persons: str
    of_units: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a document."""

    id: int
    uid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """An act on a document. ``values`` are what its register tells; ``others``: people not shown here."""

    register: Register
    uid: UUID
    document: UUID
    act: PaperAct
    state: PaperState
    values: Mapping[str, Any]
    persons: tuple[Named, ...]
    others: int
    reason: str
    file: str
    entered_by: int
    entered_name: str
    entered_at: datetime
    decided_name: str
    decided_at: datetime | None
    answer: str

    @property
    def cancelled(self) -> bool:
        """Whether it was agreed that the document holds no more."""
        return self.act is PaperAct.CANCEL and self.state is PaperState.VERIFIED

    @property
    def holds(self) -> bool:
        """Whether what it says is so."""
        return self.state is PaperState.VERIFIED and self.act is not PaperAct.CANCEL

    @property
    def days(self) -> Period | None:
        """The days that it is about; None for a list of several."""
        period, on = self.values.get("period"), self.values.get("on")
        if period is not None:
            return Period(period.lower, period.upper)
        return None if on is None else Period(on, on + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Documents of one page, and how many there are in all."""

    rows: Sequence[PaperView]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class Step:
    """One act in the story of a document."""

    uid: UUID
    act: PaperAct
    state: PaperState
    reason: str
    entered_name: str
    entered_at: datetime
    decided_name: str
    decided_at: datetime | None
    answer: str


def list_papers(
    shelf: Shelf, *, actor: Actor, at: datetime, state: PaperState | None, page: int = 1
) -> PaperPage:
    """Documents within reach or entered by oneself: those that wait by age, the others newest first.

    ``NotAllowed``.
    """
    where, params = _visible(shelf, actor)
    if state is not None:
        where += " AND x.state = %(state)s"
        params["state"] = state.value
    order = "x.id" if state is PaperState.WAITING else "x.id DESC"
    found = fetch(
        f"SELECT x.id, count(*) OVER () FROM {_table(shelf)} x WHERE {where} ORDER BY {order} "
        "LIMIT %(size)s OFFSET %(skip)s",
        params | {"size": PAGE, "skip": (max(page, 1) - 1) * PAGE},
    )
    rows = _views(shelf, actor, [row[0] for row in found])
    _log(shelf, actor, at, rows)
    total = int(found[0][1]) if found else 0
    return PaperPage(rows, total, page if found else 1, max(1, -(-total // PAGE)))


def count_to_decide(shelf: Shelf, *, actor: Actor) -> int:
    """How many documents wait that the actor may decide; 0 without the permission."""
    if not access.may(actor, shelf.desk.verifies):
        return 0
    where, params = _visible(shelf, actor, shelf.desk.verifies)
    found = fetch(
        f"SELECT count(*) FROM {_table(shelf)} x WHERE x.state = 'waiting' AND {where} "
        "AND x.entered_by_id <> %(user)s",
        params,
    )
    return int(found[0][0])


def get_paper(shelf: Shelf, *, actor: Actor, at: datetime, uid: UUID) -> PaperView:
    """One act on a document, for whom it is about, who entered it, and who has them within reach; logged.

    ``PaperNotFound``, ``NotAllowed``.
    """
    view = _found(shelf, actor, uid)
    _log(shelf, actor, at, [view])
    return view


def list_steps(shelf: Shelf, *, actor: Actor, view: PaperView) -> Sequence[Step]:
    """All acts on the document of one that was read, oldest first."""
    rows = shelf.desk.model.objects.filter(document=view.document).order_by("id")  # type: ignore[attr-defined]
    return [
        Step(
            row.uid, PaperAct(row.act), PaperState(row.state), row.reason, row.entered_name, row.entered_at,
            row.decided_name, row.decided_at, row.answer,
        )
        for row in rows
    ]  # fmt: skip


def why_not(shelf: Shelf, *, actor: Actor, view: PaperView) -> str | None:
    """Why the actor can't decide a document that waits, as a sentence; '' if he can; None where he is not
    among those who decide it at all."""
    if view.state is not PaperState.WAITING or not access.may(actor, shelf.desk.verifies):
        return None
    paper, persons = _paper(shelf, view)
    if not reaches(shelf.desk, actor, shelf.desk.verifies, paper, persons):
        return None
    return refusal(shelf.desk, actor, paper, persons)


def may_change(shelf: Shelf, *, actor: Actor, view: PaperView) -> bool:
    """Whether the actor may ask for a change of a document: who enters such ones about these people, never
    his own leave, and of a permit its owner alone."""
    paper, persons = _paper(shelf, view)
    if view.register is Register.PERMIT:
        return actor.person_id in persons
    if view.register is Register.LEAVE and actor.person_id in persons:
        return False
    return reaches(shelf.desk, actor, shelf.desk.enters, paper, persons)


def may_open(shelf: Shelf, *, actor: Actor, view: PaperView) -> bool:
    """Whether the actor may open the file of a document: whom it is about, and who decides such ones."""
    paper, persons = _paper(shelf, view)
    own = actor.person_id is not None and actor.person_id in persons
    return own or reaches(shelf.desk, actor, shelf.desk.verifies, paper, persons)


def read_file(shelf: Shelf, *, actor: Actor, at: datetime, uid: UUID) -> tuple[str, str, bytes]:
    """The file of a document: its name, its kind, its bytes; logged as a look at everybody in it.

    For whom it is about and for who decides such documents alone: a doctor's note tells of health.
    ``PaperNotFound``.
    """
    view = _found(shelf, actor, uid)
    if not view.file or not may_open(shelf, actor=actor, view=view):
        raise PaperNotFound
    paper = shelf.desk.model.objects.get(uid=uid)  # type: ignore[attr-defined]
    _log(shelf, actor, at, [view], ".file")
    return paper.file_name, paper.file_type, store.read(paper.file_sha256)


def _paper(shelf: Shelf, view: PaperView) -> tuple[Any, list[int]]:
    paper = shelf.desk.model.objects.get(uid=view.uid)  # type: ignore[attr-defined]
    return paper, shelf.desk.people(paper)


def _found(shelf: Shelf, actor: Actor, uid: UUID) -> PaperView:
    where, params = _visible(shelf, actor)
    found = fetch(
        f"SELECT x.id FROM {_table(shelf)} x WHERE x.uid = %(uid)s AND {where}",
        params | {"uid": uid},
    )
    if not found:
        raise PaperNotFound
    return _views(shelf, actor, [found[0][0]])[0]


def _table(shelf: Shelf) -> str:
    return str(shelf.desk.model._meta.db_table)


def _visible(shelf: Shelf, actor: Actor, permission: str = "") -> tuple[str, dict[str, Any]]:
    scope = scoped(actor, permission or shelf.reads)
    within, params = condition(actor, scope, "m.person_id")
    params |= {"user": actor.user_id or 0}
    if scope.whole:
        return "TRUE", params
    parts = [f"EXISTS (SELECT 1 FROM ({shelf.persons}) m WHERE m.paper_id = x.id AND {within})"]
    if not permission:
        parts.append("x.entered_by_id = %(user)s")
    if shelf.of_units and scope.units:
        parts.append(_IN_UNITS)
        params |= {"day": actor.on, "units": [subtree(code) for code in scope.units]}
    return f"({' OR '.join(parts)})", params


def _views(shelf: Shelf, actor: Actor, ids: Sequence[int]) -> list[PaperView]:
    rows = {row.pk: row for row in shelf.desk.model.objects.filter(pk__in=ids)}  # type: ignore[attr-defined]
    named, hidden = _names(shelf, actor, ids)
    return [_view(shelf, rows[each], named.get(each, ()), hidden.get(each, 0)) for each in ids]


def _names(
    shelf: Shelf, actor: Actor, ids: Sequence[int]
) -> tuple[dict[int, tuple[Named, ...]], dict[int, int]]:
    """Who is in each document as far as the actor is shown it, and how many are not shown."""
    within, params = "TRUE", dict[str, Any]()
    if not shelf.whole:
        within, params = condition(actor, scoped(actor, shelf.reads))
    sql = _NAMES.format(within=within, persons=shelf.persons)
    named: dict[int, tuple[Named, ...]] = {}
    hidden: dict[int, int] = {}
    for paper, id_, uid, name, front, back, shown in fetch(sql, params | {"papers": list(ids)}):
        if shown:
            who = Named(id_, uid, full_name(name or "", front or "", back or ""))
            named[paper] = (*named.get(paper, ()), who)
        else:
            hidden[paper] = hidden.get(paper, 0) + 1
    return named, hidden


def _view(shelf: Shelf, row: Any, persons: tuple[Named, ...], others: int) -> PaperView:
    return PaperView(
        shelf.desk.register, row.uid, row.document, PaperAct(row.act), PaperState(row.state), values_of(row),
        persons, others, row.reason, row.file_name, row.entered_by_id, row.entered_name, row.entered_at,
        row.decided_name, row.decided_at, row.answer,
    )  # fmt: skip


def _log(shelf: Shelf, actor: Actor, at: datetime, rows: Sequence[PaperView], what: str = "") -> None:
    others = {who.uid for row in rows for who in row.persons if who.id != actor.person_id}
    path = f"{shelf.desk.register.value}.papers{what}"
    access_services.log_read(actor=actor, at=at, path=path, subjects=sorted(others, key=str))
