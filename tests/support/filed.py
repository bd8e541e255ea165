"""Documents of the registers about everybody of a city, for the tables of rights."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from pamong.access import queries as access
from pamong.access.models import User
from pamong.attendance import models as attendance
from pamong.attendance import services as duty
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.queries import LETTERS
from pamong.attendance.queries.papers import Shelf
from pamong.attendance.services import Letter, Told, Upload
from pamong.leave import services as leaves
from pamong.leave.queries import LEAVES
from pamong.leave.services import Leave, ListedLeave
from pamong.people.models import Employment
from tests.support.city import City
from tests.support.month import MORNING, TODAY

NOTE = Upload("surat.pdf", b"%PDF-1.4\n%uji\n")
DATED = date(2026, 1, 30)
_HELD, _WAITING = date(2026, 2, 2), date(2026, 2, 9)


def papers_on_desk(city: City, first: str, second: str) -> dict[str, UUID]:
    """A leave of the employee that waits, one that holds, and a list, entered by the first of two."""
    waiting, held = leaves_of(city, "own", first, second, month=1)
    return {"leave": waiting, "leave_held": held, "leave_list": list_of(city, "own", first)}


def leaves_of(city: City, key: str, first: str, second: str, month: int = 2) -> tuple[UUID, UUID]:
    """Somebody's leave that waits, and one that holds."""
    made = [
        leaves.enter_leave(
            actor=access.named_actor(first, TODAY), at=MORNING, person=city.persons[key],
            leave=Leave(ExcuseKind.LEAVE_SICK, on, on, "800/1", DATED), told=Told(file=NOTE),
        )
        for on in (_WAITING.replace(month=month), _HELD.replace(month=month))
    ]  # fmt: skip
    _agree(LEAVES, made[1], second)
    return made[0], made[1]


def letters_of(city: City, key: str, first: str, second: str) -> tuple[UUID, UUID]:
    """A letter about somebody that waits, and one that holds."""
    made = [
        duty.enter_letter(
            actor=access.named_actor(first, TODAY), at=MORNING, persons=[city.persons[key]],
            letter=Letter(
                ExcuseKind.DUTY, city.units["dinkes"], f"094/{key}/{on.day}", DATED, "Rapat kerja", on, on
            ),
            told=Told(file=NOTE),
        )
        for on in (_WAITING, _HELD)
    ]  # fmt: skip
    _agree(LETTERS, made[1], second)
    return made[0], made[1]


def permit_of(city: City, key: str) -> UUID:
    """A permit of somebody that waits: also of who is gone, as it stood then."""
    return _stored(
        attendance.Permit, person_id=city.ids[key], kind="out", on=_WAITING, zone="Asia/Makassar",
        starts=datetime(2026, 2, 9, 1, tzinfo=UTC), ends=datetime(2026, 2, 9, 2, tzinfo=UTC),
    )  # fmt: skip


def muster_of(unit: Any) -> UUID:
    """A muster of a unit at which everybody was."""
    return _stored(attendance.Muster, unit=unit, on=_WAITING, name="Apel Senin")


def list_of(city: City, key: str, first: str) -> UUID:
    """A list of one leave, brought by an officer."""
    nip = Employment.objects.known().get(person_id=city.ids[key]).nip
    leave = Leave(ExcuseKind.LEAVE_ANNUAL, date(2026, 2, 16), date(2026, 2, 17), "800/2", DATED)
    return leaves.bring_list(
        actor=access.named_actor(first, TODAY), at=MORNING, file=Upload("cuti.csv", b"NIP"),
        rows=[ListedLeave(2, str(nip), leave)], problems=[],
    )  # fmt: skip


def _stored(model: Any, **values: Any) -> UUID:
    uid, third = uuid4(), User.objects.get(username="third")
    model.objects.create(uid=uid, document=uid, entered_by=third, entered_name="Petugas ketiga", **values)
    return uid


def _agree(shelf: Shelf, paper: UUID, second: str) -> None:
    duty.decide_paper(
        shelf.desk, actor=access.named_actor(second, TODAY), at=MORNING, paper=paper, accept=True
    )
