"""Who has which shift on which day: a unit's sheet of a month, stored whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from pamong.access.services import log_read
from pamong.attendance import events, policies
from pamong.attendance.errors import RosterUnfit, UnitUnknown
from pamong.attendance.models import RosterSheet
from pamong.attendance.services.rosterfaults import Faults, days_of, named
from pamong.attendance.services.rostering import (
    Choice,
    Standing,
    clash_of,
    fault_of_codes,
    hold_persons,
    standing_days,
    write_days,
)
from pamong.attendance.shifts import Letters, ShiftBook, letters_of, read_book
from pamong.attendance.sql import fetch
from pamong.attendance.staff import Member, staff_of
from pamong.attendance.values import Rostered, RosterFile, RosterLine, RosterSeen
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.queries import outside_scope
from pamong.people.services.reading import names_of, near, person_ids

_NAMING = {"other_name", "other_unit"}  # problems whose sentence says the name itself
_NAME = 60  # letters of a name that a sentence repeats
_UNIT = """
SELECT u.id, u.uid, p.path::text, GREATEST(lower(p.period), %(first)s::date),
  (SELECT z.zone FROM organisation_unitplace up
    JOIN organisation_unitrow r ON r.unit_id = up.unit_id AND r.superseded_at IS NULL AND r.period @> x.day
    JOIN organisation_siterow z ON z.site_id = r.site_id AND z.superseded_at IS NULL AND z.period @> x.day
    WHERE up.path @> p.path AND up.period @> x.day ORDER BY up.depth DESC LIMIT 1)
FROM organisation_unit u
JOIN organisation_unitplace p ON p.unit_id = u.id AND p.period && daterange(%(first)s::date, %(end)s::date)
CROSS JOIN LATERAL (SELECT GREATEST(lower(p.period), %(first)s::date) AS day) x
WHERE u.code = %(unit)s ORDER BY lower(p.period) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class _Unit:
    id: int
    uid: UUID
    path: str
    on: date
    zone: str


@dataclass
class _Plan:
    """What a sheet would change: person by person, and what is wrong with it."""

    unit: _Unit
    month: Period
    book: ShiftBook
    staff: Mapping[UUID, Member]
    choices: dict[tuple[int, date], Choice] = field(default_factory=dict)
    stands: dict[tuple[int, date], Standing] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    names: dict[int, str] = field(default_factory=dict)  # of people by the lines of the sheet, to be told

    def in_order(self) -> list[Problem]:
        """The problems in the order of the lines, each with whom it is about where that may be told."""
        found = [
            problem
            if problem.code in _NAMING
            else replace(problem, column=named(self.names.get(problem.row or 0, ""), problem.column))
            for problem in [*self.problems, *self.faults.problems(self.names)]
        ]
        return sorted(found, key=lambda problem: problem.row or 0)


def check_roster(
    *, actor: Actor, at: datetime, unit: str, month: Period, rows: Sequence[RosterLine]
) -> RosterSeen:
    """What stands in the way of a roster, in the order of its lines; nothing where it can be stored.

    People are named where the actor may write their rosters, also elsewhere, and that look is logged.
    ``NotAllowed``, ``UnitUnknown``.
    """
    ids = person_ids({row.person for row in rows})
    plan = _plan(actor, unit, month, rows, ids)
    called = _names(actor, at, plan, ids)
    plan.names = {row.line: called[row.person] for row in rows if row.person in called}
    _tell_others(plan, rows)
    fresh = _fresh(plan)
    return RosterSeen(plan.in_order(), plan.names, len(fresh), sum(on < actor.on for _, on in fresh))


@transaction.atomic
def enter_roster(
    *, actor: Actor, at: datetime, unit: str, month: Period, file: RosterFile, rows: Sequence[RosterLine]
) -> Rostered:
    """Store the roster of a unit for a month; its bytes are kept as they came.

    What a sheet doesn't say, and what stands as it says, is left as it is. Days that had begun are marked as
    told late, and are never those of the actor or of a declared relative. ``NotAllowed``, ``UnitUnknown``;
    ``RosterUnfit`` with every problem, and nothing is stored.
    """
    ids = person_ids({row.person for row in rows})
    hold_persons(ids.values())
    plan = _plan(actor, unit, month, rows, ids)
    _tell_others(plan, rows)
    if problems := plan.in_order():
        raise RosterUnfit(problems)
    fresh = _fresh(plan)
    kept = store.keep(file.data)
    sheet = RosterSheet.objects.create(
        uid=uuid7(at), unit_id=plan.unit.id, month=month.start, name=file.name, sha256=kept.sha256,
        size=kept.size, days=len(fresh), by_name=actor.name,
    )  # fmt: skip
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=sheet.uid)
    late = write_days(
        fresh, plan.stands, basis=basis, today=actor.on, unit_id=plan.unit.id, sheet_id=sheet.pk, swap_id=None
    )
    event = events.RosterEntered(
        sheet.uid, plan.unit.uid, month.start, kept.sha256, days=len(fresh), late=late
    )
    ledger.record(actor=actor, event=event)
    return Rostered(sheet.uid, len(fresh), late)


def _fresh(plan: _Plan) -> dict[tuple[int, date], Choice]:
    """The days that a sheet changes."""
    stands = plan.stands
    return {
        key: choice
        for key, choice in plan.choices.items()
        if key not in stands or stands[key].choice != choice
    }


def _plan(
    actor: Actor, unit: str, month: Period, rows: Sequence[RosterLine], ids: Mapping[UUID, int]
) -> _Plan:
    its = _unit(actor, unit, month)
    plan = _Plan(its, month, read_book(), staff_of(its.path, month, ids))
    letters = letters_of(its.id, month)
    seen: dict[int, int] = {}
    for row in rows:
        person = ids.get(row.person)
        if person is None:
            continue
        if person in seen:
            told = f"pegawai ini sudah ada di baris {seen[person]}, sisakan satu baris"
            plan.problems.append(Problem("twice", told, "block", row=row.line))
        seen.setdefault(person, row.line)
        _read_line(plan, row, person, letters)
    # Also the days beside the month: a night reaches into the next one.
    plan.stands = standing_days(seen, month.start, month.end or month.start, beside=1)
    _tell_own_past(actor, plan, seen)
    if not (plan.problems or plan.faults.found) and plan.staff.keys() >= ids.keys():
        _tell_clashes(plan, seen)
    return plan


def _unit(actor: Actor, code: str, month: Period) -> _Unit:
    found = fetch(_UNIT, {"unit": code, "first": month.start, "end": month.end})
    if not found:
        policies.require_roster(actor, "")
        raise UnitUnknown(code)
    id_, uid, path, on, zone = found[0]
    policies.require_roster(actor, path)
    return _Unit(id_, uid, path, on, zone or settings.PAMONG_ZONE)


def _names(actor: Actor, at: datetime, plan: _Plan, ids: Mapping[UUID, int]) -> dict[UUID, str]:
    """What the people of a sheet are called: those of the unit, and those whose roster the actor may write
    elsewhere."""
    lost = {id_: uid for uid, id_ in ids.items() if uid not in plan.staff}
    reached = lost.keys() - outside_scope(actor, policies.ROSTER, lost.keys())
    called = {uid: member.name for uid, member in plan.staff.items()}
    called |= {lost[id_]: name for id_, name in names_of(reached).items()}
    log_read(actor=actor, at=at, path="attendance.roster", subjects=sorted(called))
    return called


def _tell_others(plan: _Plan, rows: Sequence[RosterLine]) -> None:
    """Lines of people who have no post in the unit, and lines that call somebody by another's name."""
    when = format_month(plan.month.start.year, plan.month.start.month)
    for row in rows:
        member = plan.staff.get(row.person)
        if member is not None and row.name and not member.is_called(row.name):
            owner = f" ({plan.names[row.line]})" if row.line in plan.names else ""
            told = (
                f"nama '{row.name[:_NAME]}' bukan nama pemilik kunci atau NIP baris ini{owner}; unduh "
                "lembarnya lagi, atau perbaiki barisnya"
            )
            plan.problems.append(Problem("other_name", told, "block", row=row.line))
        if member is None:
            who = plan.names.get(row.line, "pegawai ini")
            told = f"{who} tidak bertugas di unit ini pada {when}; hapus barisnya atau pilih unit di atasnya"
            plan.problems.append(Problem("other_unit", told, "block", row=row.line))


def _read_line(plan: _Plan, row: RosterLine, person: int, letters: Letters) -> None:
    for on, codes in sorted(row.days.items()):
        if not plan.month.contains(on):
            told = "bukan hari dari bulan jadwal ini"
        else:
            told = fault_of_codes(letters, on, codes)
        if told:
            plan.faults.add(told, row.line, on.day, " ".join(codes))
        else:
            plan.choices[person, on] = Choice.of(letters.get(on, {}), codes)


def _tell_own_past(actor: Actor, plan: _Plan, lines: Mapping[int, int]) -> None:
    """What a past day counts as is said by others than whom it concerns."""
    past: dict[int, list[int]] = {}
    for person, on in _fresh(plan):
        if on < actor.on:
            past.setdefault(person, []).append(on.day)
    for person in near(actor.person_id).intersection(past) if past else ():
        told = "hari yang sudah lewat milik Anda sendiri atau keluarga Anda diubah petugas lain"
        plan.problems.append(
            Problem("own_past", told, "block", row=lines[person], column=days_of(past[person]))
        )


def _tell_clashes(plan: _Plan, lines: Mapping[int, int]) -> None:
    """Two shifts of one person that share time, also with what stands just before and after the month."""
    merged = {key: each.choice for key, each in plan.stands.items()} | plan.choices
    for person, line in lines.items():
        mine = {on: choice for (who, on), choice in merged.items() if who == person}
        clash = clash_of(plan.book, mine, plan.unit.zone)
        if clash is not None:
            told = clash.sentence[0].lower() + clash.sentence[1:].removesuffix(".")
            plan.problems.append(
                Problem("clash", told, "block", row=line, column=f"hari {clash.second.on.day}")
            )
