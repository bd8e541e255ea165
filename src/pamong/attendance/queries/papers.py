"""Documents of the registers as pages show them: lists, one of them as a story, its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.access.mailing import OPERATE
from pamong.access.queries import Scope, scoped
from pamong.attendance.choices import Register
from pamong.attendance.errors import PaperNotFound
from pamong.attendance.services.papers import Desk, refused, values_of
from pamong.attendance.sql import fetch
from pamong.documents import store
from pamong.documents.media import media_type
from pamong.kernel.actor import Actor, Grant
from pamong.kernel.period import Period
from pamong.ledger.choices import PaperAct, PaperState
from pamong.organisation.choices import subtree
from pamong.people.queries import Whereabouts, full_name, whereabouts_of
from pamong.people.queries.scope import condition

PAGE = 50
_IN_UNITS = """EXISTS (SELECT 1 FROM organisation_unitplace sp WHERE sp.unit_id = x.unit_id
  AND sp.period @> %(day)s::date AND sp.path ? %(units)s::lquery[])"""
_UNIT_PATH = """COALESCE((SELECT sp.path::text FROM organisation_unitplace sp WHERE sp.unit_id = x.unit_id
  AND sp.period @> %(day)s::date LIMIT 1), '')"""
_WAITING = """
SELECT x.entered_by_id, ARRAY(SELECT m.person_id FROM ({persons}) m
  WHERE m.paper_id = x.id AND m.person_id IS NOT NULL), {unit}
FROM {table} x WHERE x.state = 'waiting'{ours}
"""
# The unit of a document as it is called on its first day.
_OF_UNIT = """(SELECT r.name FROM organisation_unitrow r WHERE r.unit_id = x.unit_id
  AND r.superseded_at IS NULL AND r.period @> {day})"""
_KIN = """EXISTS (SELECT 1 FROM people_relative k WHERE k.superseded_at IS NULL
  AND ((k.person_id = %(me)s AND k.relative_id = m.id) OR (k.person_id = m.id AND k.relative_id = %(me)s)))"""
_NAMES = """
SELECT m.paper_id, p.id, p.uid, i.name, i.front_title, i.back_title, {within}, {away} FROM ({persons}) m
JOIN people_person p ON p.id = m.person_id
LEFT JOIN LATERAL (SELECT * FROM people_identity j WHERE j.person_id = p.id AND j.superseded_at IS NULL
                   ORDER BY j.period DESC LIMIT 1) i ON TRUE
WHERE m.paper_id = ANY(%(papers)s) ORDER BY lower(i.name), p.id
"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a register is read: ``persons`` gives ``paper_id, person_id``; ``of_units``: by the unit too.

    ``whole``: whoever sees a document sees everybody in it, as they stand on one letter; ``day`` is the first
    day of a document with a unit; ``away`` tells of ``m.person_id`` in ``m.paper_id`` whether he is on leave.
    """

    desk: Desk
    reads: str
    persons: str
    of_units: bool = False
    whole: bool = True
    day: str = ""
    away: str = "FALSE"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a document."""

    id: int
    uid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """An act on a document. ``values`` are what its register tells, ``unit`` the name of its unit;
    ``others``: people not shown here, ``away`` who is on leave then, ``about`` the ids of everybody."""

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
    unit: str
    about: frozenset[int]
    away: tuple[str, ...]

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
class Rights:
    """What the actor may do with a document that he reads. ``refusal``: why he can't decide it, '' if he can,
    None where he is not among those who decide it, or nothing waits."""

    refusal: str | None
    changes: bool
    opens: bool


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
    params |= {"size": PAGE, "skip": (max(page, 1) - 1) * PAGE}
    ending = f"WHERE {where} ORDER BY {order} LIMIT %(size)s OFFSET %(skip)s"
    rows, total = _views(shelf, actor, ending, params)
    _log(shelf, actor, at, rows)
    return PaperPage(rows, total, page if rows else 1, max(1, -(-total // PAGE)))


def count_to_decide(shelves: Sequence[Shelf], *, actor: Actor) -> list[int]:
    """How many documents wait in each of these registers that the actor may decide; one statement for all.
    Nothing waits where he lacks the permission."""
    parts, params = [], {"user": actor.user_id or 0}
    for place, shelf in enumerate(shelves):
        if not access.may(actor, shelf.desk.verifies):
            parts.append("0")
            continue
        where, given = _visible(shelf, actor, shelf.desk.verifies)
        parts.append(
            f"(SELECT count(*) FROM {_table(shelf)} x WHERE x.state = 'waiting'{_ours(shelf)} "
            f"AND x.entered_by_id <> %(user)s AND {where.replace('%(', f'%(s{place}_')})"
        )
        params |= {f"s{place}_{name}": value for name, value in given.items()}
    if all(part == "0" for part in parts):
        return [0] * len(parts)
    return [int(count) for count in fetch(f"SELECT {', '.join(parts)}", params)[0]]


def count_by_reader(
    shelves: Sequence[Shelf], *, actor: Actor, readers: Collection[Actor]
) -> Mapping[int, int]:
    """The same for many accounts at once, all registers together: by account, those with nothing left out.
    As many questions however many they are; ``NotAllowed`` but for the machine and who
    operates it."""
    access.require_whole(actor, OPERATE)
    found: Counter[int] = Counter()
    for shelf in shelves:
        rows = fetch(_WAITING.format(persons=shelf.persons, unit=_path_of(shelf), table=_table(shelf),
                                     ours=_ours(shelf)),
                     {"day": actor.on})  # fmt: skip
        people = {person for _, persons, _ in rows for person in persons}
        places = whereabouts_of(actor=actor, persons=people) if people else {}
        for reader, scope in _verifiers(shelf, readers) if rows else ():
            found[reader] += sum(
                entered_by != reader
                and _reaches(shelf, scope, path, {each: places[each] for each in persons})
                for entered_by, persons, path in rows
            )
    return {reader: count for reader, count in found.items() if count}


def _verifiers(shelf: Shelf, readers: Collection[Actor]) -> list[tuple[int, Scope]]:
    """Those who decide documents of a register, each with over whom."""
    verifies = shelf.desk.verifies
    return [
        (each.user_id, scoped(each, verifies))
        for each in readers
        if each.user_id is not None and access.may(each, verifies)
    ]


def _reaches(shelf: Shelf, scope: Scope, path: str, places: Mapping[int, Whereabouts]) -> bool:
    """What ``_visible`` says of a document to be decided."""
    if scope.whole:
        return True
    if shelf.of_units:
        return any(Grant("", code).covers(path) for code in scope.units if path)
    return any(person == scope.own_person_id or where.lies_within(scope) for person, where in places.items())


def _ours(shelf: Shelf) -> str:
    """Only what this desk decides: officials decide the rest."""
    column = shelf.desk.elsewhere
    return f" AND x.{column} IS NULL" if column else ""


def _path_of(shelf: Shelf) -> str:
    return _UNIT_PATH if shelf.of_units else "''"


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


def rights_over(shelf: Shelf, *, actor: Actor, view: PaperView) -> Rights:
    """What the actor may do with a document that was read."""
    desk = shelf.desk
    verifies, enters, related = _reach(shelf, actor, view)
    own = actor.person_id is not None and actor.person_id in view.about
    refusal, here = None, desk.decides(SimpleNamespace(**view.values))
    if view.state is PaperState.WAITING and verifies and here:
        refusal = refused(actor, view.entered_by, view.about, related=related)
    if desk.register is Register.PERMIT:
        enters = own
    if desk.register is Register.LEAVE and own:
        enters = False
    return Rights(refusal, enters and view.holds, bool(view.file) and (own or (verifies and here)))


def _reach(shelf: Shelf, actor: Actor, view: PaperView) -> tuple[bool, bool, bool]:
    """Whether the actor decides and enters such documents about all these people, and whether a declared
    relative of his is among them."""
    desk, permissions = shelf.desk, (shelf.desk.verifies, shelf.desk.enters)
    scopes = [scoped(actor, each) if access.may(actor, each) else None for each in permissions]
    tells, params = [], {"ids": sorted(view.about), "me": actor.person_id or 0}
    for place, scope in enumerate(scopes):
        where, given = ("FALSE", {}) if scope is None else condition(actor, scope, "m.id")
        tells.append(where.replace("%(", f"%(s{place}_"))
        params |= {f"s{place}_{name}": value for name, value in given.items()}
    sql = ", ".join(f"COALESCE(bool_and({each}), TRUE)" for each in tells)
    verifies, enters, related = fetch(
        f"SELECT {sql}, COALESCE(bool_or({_KIN}), FALSE) FROM unnest(%(ids)s::bigint[]) m (id)", params
    )[0]
    if desk.area is not None:
        area = desk.area(SimpleNamespace(**view.values))
        verifies, enters = (bool(access.may_over(actor, each, area)) for each in permissions)
    may = [scope is not None for scope in scopes]
    return bool(verifies and may[0]), bool(enters and may[1]), bool(related)


def read_file(shelf: Shelf, *, actor: Actor, at: datetime, uid: UUID) -> tuple[str, str, bytes]:
    """The file of a document: its name, its kind, its bytes; logged as a look at everybody in it.

    For whom it is about and for who decides such documents alone: a doctor's note tells of health. Of what
    officials decide it opens to them, on the page of their decision.
    ``PaperNotFound``.
    """
    view = _found(shelf, actor, uid)
    if not rights_over(shelf, actor=actor, view=view).opens:
        raise PaperNotFound
    paper = shelf.desk.model.objects.get(uid=uid)  # type: ignore[attr-defined]
    _log(shelf, actor, at, [view], ".file")
    data = store.read(paper.file_sha256)
    return paper.file_name, paper.file_type or media_type(data), data


def _found(shelf: Shelf, actor: Actor, uid: UUID) -> PaperView:
    where, params = _visible(shelf, actor)
    rows, _total = _views(shelf, actor, f"WHERE x.uid = %(uid)s AND {where}", params | {"uid": uid})
    if not rows:
        raise PaperNotFound
    return rows[0]


def _table(shelf: Shelf) -> str:
    return str(shelf.desk.model._meta.db_table)


def _visible(shelf: Shelf, actor: Actor, permission: str = "") -> tuple[str, dict[str, Any]]:
    scope = scoped(actor, permission or shelf.reads)
    within, params = condition(actor, scope, "m.person_id")
    params |= {"user": actor.user_id or 0}
    if scope.whole:
        return "TRUE", params
    parts = [f"EXISTS (SELECT 1 FROM ({shelf.persons}) m WHERE m.paper_id = x.id AND {within})"]
    if permission and shelf.of_units:
        parts = []  # a muster of a unit is decided by who leads the unit, whoever was missing
    if not permission:
        parts.append("x.entered_by_id = %(user)s")
    if shelf.of_units and scope.units:
        parts.append(_IN_UNITS)
        params |= {"day": actor.on, "units": [subtree(code) for code in scope.units]}
    return f"({' OR '.join(parts) or 'FALSE'})", params


def _views(shelf: Shelf, actor: Actor, ending: str, params: Mapping[str, Any]) -> tuple[list[PaperView], int]:
    """The documents that an ending of the statement asks for, and how many there are in all."""
    unit = _OF_UNIT.format(day=shelf.day) if shelf.day else "''"
    sql = f"SELECT x.*, count(*) OVER () AS total, {unit} AS unit_name FROM {_table(shelf)} x {ending}"
    rows = list(shelf.desk.model.objects.raw(sql, params))  # type: ignore[attr-defined]
    named = _names(shelf, actor, [row.pk for row in rows])
    return [_view(shelf, row, named.get(row.pk, [])) for row in rows], rows[0].total if rows else 0


def _names(shelf: Shelf, actor: Actor, ids: Sequence[int]) -> dict[int, list[tuple[Named, bool, bool]]]:
    """Who is in each document, whether the actor is shown him, and whether he is on leave then."""
    within, params = "TRUE", dict[str, Any]()
    if not shelf.whole:
        within, params = condition(actor, scoped(actor, shelf.reads))
    sql = _NAMES.format(within=within, away=shelf.away, persons=shelf.persons)
    found: dict[int, list[tuple[Named, bool, bool]]] = {}
    for paper, id_, uid, name, front, back, shown, away in fetch(sql, params | {"papers": list(ids)}):
        who = Named(id_, uid, full_name(name or "", front or "", back or ""))
        found.setdefault(paper, []).append((who, shown, away))
    return found


def _view(shelf: Shelf, row: Any, named: Sequence[tuple[Named, bool, bool]]) -> PaperView:
    shown = tuple(who for who, seen, _away in named if seen)
    return PaperView(
        shelf.desk.register, row.uid, row.document, PaperAct(row.act), PaperState(row.state), values_of(row),
        shown, len(named) - len(shown), row.reason, row.file_name, row.entered_by_id, row.entered_name,
        row.entered_at, row.decided_name, row.decided_at, row.answer, row.unit_name or "",
        frozenset(who.id for who, _seen, _away in named),
        tuple(who.name for who, seen, away in named if seen and away),
    )  # fmt: skip


def _log(shelf: Shelf, actor: Actor, at: datetime, rows: Sequence[PaperView], what: str = "") -> None:
    others = {who.uid for row in rows for who in row.persons if who.id != actor.person_id}
    path = f"{shelf.desk.register.value}.papers{what}"
    access_services.log_read(actor=actor, at=at, path=path, subjects=sorted(others, key=str))
