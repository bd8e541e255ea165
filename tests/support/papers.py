"""Documents of the registers about people of the small city, entered and agreed by its accounts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from pamong.attendance import services as duty
from pamong.attendance.choices import ExcuseKind, PermitKind
from pamong.attendance.services import Letter, Told
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.leave import services as leaves
from pamong.leave.queries import LEAVES
from pamong.leave.services import Leave
from tests.support.people import AT, People

ZONE = "Asia/Makassar"
WHY = "Dipanggil kembali oleh kepala dinas"


@cache
def law(profile: str = "samarinda") -> Law:
    """The law of a region."""
    return load_law(profile)


def leave(first: int = 16, last: int = 18, *, month: int = 11, **more: Any) -> Leave:
    """Some days of leave in November 2026."""
    given = {
        "kind": ExcuseKind.LEAVE_ANNUAL, "number": "800/12/CT", "dated_on": date(2026, 11, 9), **more,
    }  # fmt: skip
    return Leave(first=date(2026, month, first), last=date(2026, month, last), **given)


def letter(people: People, first: int = 16, last: int = 18, **more: Any) -> Letter:
    """A letter of the health office that sends people out in November 2026."""
    given = {
        "kind": ExcuseKind.DUTY, "unit": people.city.units["dinkes"], "number": "094/11/ST",
        "dated_on": date(2026, 11, 9), "purpose": "Bimbingan teknis kader posyandu", "place": "Kota Lama",
        **more,
    }  # fmt: skip
    return Letter(first=date(2026, 11, first), last=date(2026, 11, last), **given)


def enter_leave(people: People, person: str = "own", username: str = "nurul", **said: Any) -> UUID:
    """Enter a leave of somebody."""
    told = said.pop("told", Told())
    return leaves.enter_leave(
        actor=people.actor(username),
        at=AT,
        person=people.city.persons[person],
        leave=leave(**said),
        told=told,
    )


def agree_leave(people: People, paper: UUID, username: str = "wahyu") -> None:
    """Let somebody agree to it."""
    duty.decide_paper(LEAVES.desk, actor=people.actor(username), at=AT, paper=paper, accept=True)


def enter_letter(
    people: People, *persons: str, username: str = "unit_clerk", file: Any = None, **said: Any
) -> UUID:
    """Enter a letter about some people."""
    return duty.enter_letter(
        actor=people.actor(username), at=AT, letter=letter(people, **said),
        persons=[people.city.persons[key] for key in persons], told=Told(file=file),
    )  # fmt: skip


def instant(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time in November 2026 (WITA) as an instant."""
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


def ask_permit(
    people: People, day: int, hours: tuple[int, int], kind: PermitKind = PermitKind.OUT, **more: Any
) -> UUID:
    """Let the employee ask for hours of a day."""
    given = {"law": law(), "reason": "Mengambil rapor anak di sekolah", **more}
    starts, ends = (instant(day, hour) for hour in hours)
    return duty.ask_permit(
        actor=people.actor("employee"), at=AT, kind=kind, starts=starts, ends=ends, zone=ZONE, **given
    )
