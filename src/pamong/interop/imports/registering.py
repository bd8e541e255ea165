"""All rows of a kind of file planned: whose they are, what they change, where people sit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pamong.interop.imports import items, register
from pamong.interop.imports.missing import make_missing
from pamong.interop.imports.plans import RowPlan
from pamong.interop.imports.seating import Seating
from pamong.interop.imports.sheets import Sheet
from pamong.interop.imports.storing import Progress
from pamong.interop.imports.structure import Structure
from pamong.interop.imports.whose import Decided, match_by_nip, match_register
from pamong.kernel.actor import Actor
from pamong.people import bulk
from pamong.people.bulk import Strand
from pamong.people.choices import BatchKind
from pamong.people.queries.batches import BatchOptions

_STEP = 500  # rows between two words about how far the work is


@dataclass(frozen=True, slots=True)
class Work:
    """Who stores a file's rows when, on which basis, and how far he tells that he is."""

    actor: Actor
    at: datetime
    today: date
    options: BatchOptions
    basis: int
    progress: Progress


@dataclass(slots=True)
class Planned:
    """The rows of a file as they are to be stored; ``links``: rows to be stored together."""

    plans: list[RowPlan]
    links: list[tuple[int, int]] = field(default_factory=list)
    labels: Mapping[int, str] = field(default_factory=dict)
    made: Mapping[str, int] = field(default_factory=dict)


def plan_rows(
    kind: BatchKind,
    sheet: Sheet,
    work: Work,
    decided: Mapping[str, Decided],
    *,
    lock: bool,
    lines: Collection[int] | None = None,
) -> Planned:
    """Plan a file of people. With ``lock`` the persons are held, so that what is planned is what is stored.

    With ``lines`` only these rows are planned; whose they are is told beside all others of the file.

    Units and seats that are lacking are made on the way, where the options say so.
    """
    plans = [_plan(sheet, said) for said in sheet.rows]
    if kind is BatchKind.REGISTER:
        niks = match_register(plans, decided)
        ours = [plan for plan in plans if lines is None or plan.line in lines]
        return _plan_register(ours, niks, work, lock=lock)
    return _plan_items(kind, plans, work, lock=lock)


def _plan_items(kind: BatchKind, plans: list[RowPlan], work: Work, *, lock: bool) -> Planned:
    """Relatives or diplomas: rows of one person see each other, in the order of the file."""
    family = kind is BatchKind.FAMILY
    subject = "relative" if family else "education"
    match_by_nip(plans, "NIP PEGAWAI" if family else "NIP")
    niks = (
        bulk.find_matches((), [plan.said["nik"] for plan in plans if plan.said["nik"]]).by_nik
        if family
        else {}
    )
    records = _read(plans, ("identity", subject), lock=lock)
    for number, plan in enumerate(plans):
        if number % _STEP == 0:
            work.progress("Mencocokkan", number, len(plans))
        if plan.blocked:
            continue
        plan.record, plan.of_items = records[plan.person or 0], True
        if family:
            items.weave_relative(plan, work.options.on, plan.said, niks)
        else:
            items.weave_diploma(plan, work.options.on, plan.said)
        plan.judge(work.today)
        if not plan.blocked:
            records[plan.person or 0][subject] += [
                Strand(thread.key, thread.weave.rows) for thread in plan.threads if thread.fresh
            ]
    return Planned(plans)


def _plan_register(plans: list[RowPlan], niks: Mapping[str, int], work: Work, *, lock: bool) -> Planned:
    records = _read(plans, register.SUBJECTS, lock=lock)
    for number, plan in enumerate(plans):
        if number % _STEP == 0:
            work.progress("Mencocokkan", number, len(plans))
        if plan.blocked or plan.waiting:
            continue
        plan.record = records.get(plan.person or 0, {})
        nik = plan.said["nik"]
        others = nik and (plan.nik_shared or niks.get(nik, plan.person) != plan.person)
        taken = {nik} if others else set()
        register.weave_row(plan, work.options.on, taken)
    made: Mapping[str, int] = {}
    if work.options.create_missing:
        work.progress("Menyiapkan unit dan posisi", 0, 0)
        made = make_missing(plans, actor=work.actor, at=work.at, on=work.options.on, basis=work.basis)
    seating = Seating(Structure.load(work.options.on), work.options.on)
    seating.seat(plans)
    _judge(plans, work)
    return Planned(plans, seating.links, seating.structure.labels, made)


def _plan(sheet: Sheet, said: Mapping[str, Any]) -> RowPlan:
    name = said.get("name") or ""
    label = f"{name} ({said['nip']})" if name else str(said["nip"])
    unit = sheet.said_units.get(said["line"], said.get("unit_name") or "")
    return RowPlan(said["line"], said, sheet.name, label, unit)


def _read(plans: Sequence[RowPlan], subjects: Sequence[str], *, lock: bool) -> bulk.Records:
    ids = {plan.person for plan in plans if plan.person is not None}
    if lock:
        bulk.lock_persons(ids)
    return bulk.read_records(ids, subjects)


def _judge(plans: Sequence[RowPlan], work: Work) -> None:
    for number, plan in enumerate(plans):
        if number % _STEP == 0:
            work.progress("Memeriksa", number, len(plans))
        if not plan.blocked and not plan.waiting:
            plan.judge(work.today)
