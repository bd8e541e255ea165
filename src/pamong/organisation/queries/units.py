"""Units as of a date, as known now or at an instant: one, all, the tree, a picker, what became of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.ledger.choices import Act
from pamong.ledger.dated import Known
from pamong.organisation import models, policies
from pamong.organisation.choices import Step, UnitKind, containing, subtree
from pamong.organisation.errors import UnitNotFound
from pamong.organisation.sql import fetch, units_source

_FEW = 20
_COLUMNS = """
u.unit_id, u.uid, u.code, u.name, u.short_name, u.kind, u.unit_class, u.is_opd, u.parent_id, y.code,
u.site_id, z.name, z.zone, u.external_code, u.path::text, u.depth, u.opd_id, u.opd_code, u.opd_name
"""
_TEXTS = (9, 11, 12, 14, 17, 18)  # places of columns that read '' where nothing is known


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit on a date. ``path`` holds the codes from the root down; empty where no place is known."""

    id: int
    uid: UUID
    code: str
    name: str
    short_name: str
    kind: UnitKind
    unit_class: str
    is_opd: bool
    parent_id: int | None
    parent_code: str
    site_id: int | None
    site: str
    zone: str
    external_code: str
    path: str
    depth: int
    opd_id: int | None
    opd_code: str
    opd: str


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit with those below it."""

    unit: UnitView
    children: tuple[UnitNode, ...]


@dataclass(frozen=True, slots=True)
class UnitHistoryRow:
    """A row of a unit's history. ``superseded_at`` is None for what stands. ``parent`` is the code of the
    unit above, ``parent_name`` its name when the row began; both '' at the top, ``parent_uid`` None.
    ``basis_kind`` is the kind of its seal; ``order_no``, ``order_on`` the order that its proposal names."""

    uid: UUID
    period: Period
    name: str
    kind: UnitKind
    parent: str
    act: Act
    recorded_at: datetime
    superseded_at: datetime | None
    parent_name: str = ""
    parent_uid: UUID | None = None
    short_name: str = ""
    unit_class: str = ""
    is_opd: bool = False
    basis_kind: str = ""
    order_no: str = ""
    order_on: date | None = None


@dataclass(frozen=True, slots=True)
class LineageRow:
    """What became of a unit in a reorganisation; codes and names are empty where nothing was or is."""

    on: date
    step: Step
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    reorganisation: UUID
    title: str


def get_unit(*, actor: Actor, unit: UUID | str, on: date, known_at: datetime | None = None) -> UnitView:
    """A unit by its id or code. ``NotAllowed``, ``UnitNotFound`` where it does not stand on the date."""
    column = "u.uid" if isinstance(unit, UUID) else "u.code"
    found = _select(actor, Known(on, known_at), f"{column} = %(unit)s", {"unit": unit})
    if not found:
        raise UnitNotFound(unit)
    return found[0]


def get_unit_ahead(*, actor: Actor, unit: UUID, on: date) -> tuple[UnitView, date]:
    """A unit as of a day or, where it begins only later, as of its first day; with that day: for who changes
    it. ``NotAllowed``, ``UnitNotFound``."""
    rows = models.UnitRow.objects.known().filter(unit__uid=unit).order_by("period")
    ahead = rows.filter(period__overlap=DateRange(on, None))
    later = ahead.values_list("period__startswith", flat=True).first()
    day = max(on, later or on)
    return get_unit(actor=actor, unit=unit, on=day), day


def list_units(
    *, actor: Actor, on: date, known_at: datetime | None = None, below: str = ""
) -> list[UnitView]:
    """All units of a date, or those at and below a code, each after its parent, siblings by code."""
    where = "u.path ~ %(below)s::lquery" if below else "TRUE"
    return _select(actor, Known(on, known_at), where, {"below": subtree(below)})


def unit_tree(
    *,
    actor: Actor,
    on: date,
    root: str | None = None,
    depth: int | None = None,
    known_at: datetime | None = None,
) -> tuple[UnitNode, ...]:
    """Units as a tree, from the roots or from a code down, at most ``depth`` levels below them."""
    units = list_units(actor=actor, on=on, known_at=known_at, below=root or "")
    children: dict[int | None, list[UnitView]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    tops = [unit for unit in units if (unit.code == root if root else unit.parent_id is None)]
    return tuple(_node(unit, children, depth) for unit in tops)


def find_units(*, actor: Actor, words: str, on: date, below: str = "", limit: int = _FEW) -> list[UnitView]:
    """Units whose name, short name or code holds all of the words, best first: for pickers."""
    parts = words.split()
    if not parts:
        return []
    where = [
        f"(u.name ILIKE %(w{n})s OR u.short_name ILIKE %(w{n})s OR u.code ILIKE %(w{n})s)"
        for n in range(len(parts))
    ]
    params: dict[str, Any] = {f"w{n}": containing(part) for n, part in enumerate(parts)}
    if below:
        where.append("u.path ~ %(below)s::lquery")
    params |= {"below": subtree(below), "whole": words.strip(), "limit": limit}
    order = "similarity(u.name, %(whole)s) DESC, u.path LIMIT %(limit)s"
    return _select(actor, Known(on), " AND ".join(where), params, order)


def list_unit_history(*, actor: Actor, unit: UUID, all_rows: bool = False) -> Sequence[UnitHistoryRow]:
    """The rows of a unit that stand, oldest first; with ``all_rows`` those that were replaced too."""
    policies.require_read(actor)
    above = models.UnitRow.objects.known().filter(
        unit=OuterRef("parent"), period__contains=OuterRef("period__startswith")
    )
    rows = (
        models.UnitRow.objects.filter(unit__uid=unit)
        .select_related("parent", "basis")
        .annotate(
            parent_name=Subquery(above.values("name")[:1]),
            order_no=_of_basis("order_no"),
            order_on=_of_basis("order_on"),
        )
        .order_by("period", "id")
    )
    if not all_rows:
        rows = rows.filter(superseded_at__isnull=True)
    return [
        UnitHistoryRow(
            row.uid, row.span, row.name, UnitKind(row.kind), row.parent.code if row.parent else "",
            Act(row.act), row.recorded_at, row.superseded_at, row.parent_name or "",
            row.parent.uid if row.parent else None, row.short_name, row.unit_class, row.is_opd,
            row.basis.kind, row.order_no or "", row.order_on,
        )
        for row in rows
    ]  # fmt: skip


def _of_basis(field: str) -> Coalesce:
    """What the proposal or the reorganisation says on which a row rests."""
    found = (
        Subquery(model.objects.filter(uid=OuterRef("basis__ref")).values(field)[:1])
        for model in (models.Proposal, models.Reorganisation)
    )
    return Coalesce(*found)


def lineage(*, actor: Actor, unit: UUID) -> Sequence[LineageRow]:
    """All that led to a unit and all that became of it, through every reorganisation in force or to come."""
    policies.require_read(actor)
    rows = fetch(
        f"""
        WITH RECURSIVE valid AS (
          SELECT l.*, r.uid, r.title FROM organisation_lineage l
          JOIN organisation_reorganisation r ON r.id = l.reorganisation_id AND r.state = 'scheduled'
        ), later AS (
          SELECT u.id AS unit_id FROM organisation_unit u WHERE u.uid = %(unit)s
          UNION
          SELECT v.new_id FROM later JOIN valid v ON v.old_id = later.unit_id AND v.new_id IS NOT NULL
        ), earlier AS (
          SELECT u.id AS unit_id FROM organisation_unit u WHERE u.uid = %(unit)s
          UNION
          SELECT v.old_id FROM earlier JOIN valid v ON v.new_id = earlier.unit_id AND v.old_id IS NOT NULL
        )
        SELECT v."on", v.step, COALESCE(o.code, ''), {_name("v.old_id", "upper")}, COALESCE(n.code, ''),
          {_name("v.new_id", "lower")}, v.uid, v.title
        FROM valid v LEFT JOIN organisation_unit o ON o.id = v.old_id
        LEFT JOIN organisation_unit n ON n.id = v.new_id
        WHERE v.old_id IN (SELECT unit_id FROM later) OR v.new_id IN (SELECT unit_id FROM earlier)
        ORDER BY v."on", v.id
        """,
        {"unit": unit},
    )
    return [LineageRow(row[0], Step(row[1]), *row[2:]) for row in rows]


def _name(unit: str, edge: str) -> str:
    """The name before the day (``upper``) or from it on (``lower``)."""
    day = 'v."on" - 1' if edge == "upper" else 'v."on"'
    return (
        "COALESCE((SELECT x.name FROM organisation_unitrow x WHERE x.superseded_at IS NULL "
        f"AND x.unit_id = {unit} AND x.period @> ({day})), '')"
    )


def _select(
    actor: Actor, known: Known, where: str, params: dict[str, Any], order: str = "u.path, u.code"
) -> list[UnitView]:
    policies.require_read(actor)
    rows = fetch(
        f"""
        SELECT {_COLUMNS} FROM {units_source(known)}
        LEFT JOIN organisation_unit y ON y.id = u.parent_id
        LEFT JOIN organisation_siterow z ON z.site_id = u.site_id AND {known.sql("z")}
        WHERE {where} ORDER BY {order}
        """,
        params | known.params,
    )
    return [_view(row) for row in rows]


def _view(row: tuple[Any, ...]) -> UnitView:
    values: list[Any] = list(row)
    for place in _TEXTS:
        if values[place] is None:
            values[place] = ""
    values[5], values[15] = UnitKind(values[5]), values[15] or 0
    return UnitView(*values)


def _node(unit: UnitView, children: dict[int | None, list[UnitView]], depth: int | None) -> UnitNode:
    if depth == 0:
        return UnitNode(unit, ())
    further = None if depth is None else depth - 1
    return UnitNode(unit, tuple(_node(child, children, further) for child in children.get(unit.id, ())))
