"""Requests for leave on the small city, whose offices work five days: its accounts ask and decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.attendance import services as attendance
from pamong.attendance.models import DayExcuse
from pamong.decisions.choices import Answer
from pamong.leave import services
from pamong.leave.models import LeaveEntry, LeaveOpening
from pamong.people import models as people
from tests.support.deciding import Desk
from tests.support.people import AT, TODAY, opening_basis

FIRST_WEEK = date(2020, 1, 1)


@dataclass
class LeaveDesk:
    """What tests of requests ask of the small city."""

    desk: Desk

    def ask(
        self, who: str = "own", first: str = "2026-11-16", last: str = "", at: datetime = AT, **more: Any
    ) -> UUID:
        """Ask for annual leave, or for what ``more`` says."""
        key = more.pop("key", None) or uuid4()
        file = more.pop("file", None)
        asked = form(first, last or first, **more)
        actor = self.desk.actor(who, more.pop("on", TODAY))
        return services.request_leave(actor=actor, at=at, key=key, asked=asked, file=file).uid

    def shorten(self, who: str, leave: UUID, last: date | None = None, on: date = TODAY) -> UUID:
        """Ask that it ends earlier, or holds not at all."""
        done = services.shorten_leave(
            actor=self.desk.actor(who, on), at=AT, key=uuid4(), leave=leave, last=last,
            why="diperlukan di kantor",
        )  # fmt: skip
        return done.uid

    def grant(self, who: str = "own", **more: Any) -> UUID:
        """Leave of somebody of the health office, weighed by the desk and decided by the chief."""
        uid = self.ask(who, **more)
        self.decide(uid)
        return uid

    def decide(self, uid: UUID, answer: Answer = Answer.AGREE, **more: Any) -> None:
        """Through both steps: the desk checks the record, the chief decides."""
        self.desk.answer("nurul", uid)
        self.desk.answer("chief", uid, answer, **more)

    def open(self, who: str, year: int, left: str, *, used: bool | None = True) -> None:
        """What was left of a year when the register began."""
        LeaveOpening.objects.create(
            person_id=self.desk.people.city.ids[who], left=Decimal(left), used=used,
            period=DateRange(date(year, 1, 1), date(year + 1, 1, 1)), basis_id=opening_basis(),
        )  # fmt: skip

    def serve_since(self, who: str, on: date, kind: str = "", until: date | None = None) -> None:
        """Somebody began to serve, and to sit where he sits, only then; ``until`` a PPPK's contract ends."""
        basis, person = opening_basis(), self.desk.people.city.ids[who]
        sits = people.Appointment.objects.get(person_id=person)
        serves = people.Employment.objects.get(person_id=person)
        for row in (sits, serves):
            type(row).objects.filter(pk=row.pk).update(superseded_at=AT, superseded_basis=basis)
        common = {"person_id": person, "basis_id": basis, "act": "correct", "period": DateRange(on, until)}
        people.Employment.objects.create(
            kind=kind or serves.kind, nip=serves.nip, standing=serves.standing, supersedes=serves, **common
        )
        people.Appointment.objects.create(kind="regular", seat=sits.seat, supersedes=sits, **common)

    def state(self, uid: UUID) -> str:
        """How the entry of a request stands."""
        return str(LeaveEntry.objects.filter(decision=uid).latest("pk").state)


def form(first: str, last: str, **more: Any) -> dict[str, Any]:
    """What the form of a request sends."""
    given = {
        "leave": "CT", "part": "whole", "first": first, "last": last, "text": "Keperluan keluarga",
        "address": "Jl. Melati No. 2", "phone": "0812000111", "reason": "", "abroad": False, "child": None,
    }  # fmt: skip
    return given | {name: value for name, value in more.items() if name in given}


def excused() -> list[tuple[str, date, date]]:
    """Kinds, first and last days of all that excuses anybody now."""
    rows = DayExcuse.objects.known().order_by("period")
    return [(row.kind, row.period.lower, date.fromordinal(row.period.upper.toordinal() - 1)) for row in rows]


def leave_desk(desk: Desk) -> LeaveDesk:
    """Let all offices work five days a week."""
    attendance.set_week(actor=desk.actor("nurul"), at=AT, unit="kota", week="5", on=FIRST_WEEK)
    return LeaveDesk(desk)
