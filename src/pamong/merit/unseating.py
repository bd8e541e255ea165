"""An appointment whose order is annulled: who has the post leaves it and goes back to where he came from.

It ends on the day of the annulment: what was done in the post until then stands, and so does the pay of those
days. One that has not begun by then is taken back whole, and who acted there goes on. After it has begun
nobody is put back into acting: that takes an instruction of its own. The vacancy stays filled in its path;
the post is opened anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.decisions.types import Issued, Signed
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.ledger import services as ledger
from pamong.ledger.sql import fetch
from pamong.merit import events, models
from pamong.merit.seats import seat_open, seat_uid
from pamong.people.services import appoint_decided, is_built_upon, reading, undo_decided, unseat_decided

_SITS = """
SELECT lower(a.period), upper(a.period), b.seat_id FROM people_appointment a
LEFT JOIN people_appointment b ON b.person_id = a.person_id AND b.kind = 'regular'
  AND b.superseded_at IS NULL AND upper(b.period) = lower(a.period)
WHERE a.person_id = %(person)s AND a.kind = 'regular' AND a.superseded_at IS NULL AND a.seat_id = %(seat)s
  AND (a.period @> %(on)s::date OR lower(a.period) > %(on)s::date)
"""


@dataclass(frozen=True, slots=True)
class _Sitting:
    """Since when he has the post, and the seat from which he came; None for none."""

    since: date
    before: UUID | None


def take_back(signed: Signed, issued: Issued) -> None:
    """Let the annulment of an appointment's order have its effect. ``stuck`` was asked just before."""
    choice = _choice(issued)
    person, on, at = choice.result.application.person.uid, issued.case.on, signed.case.at
    sitting = _sitting(choice, on)
    if sitting is not None and sitting.since >= on:
        undo_decided(actor=signed.actor, at=at, basis=issued.basis, by=signed.basis, person=person)
    elif sitting is not None:
        _leave(signed, sitting, person, on, at)
    event = events.AppointmentAnnulled(
        choice.vacancy.uid, choice.vacancy.title, application=choice.result.application.uid, person=person,
        decision=signed.case.uid, number=issued.number,
    )  # fmt: skip
    ledger.record(actor=signed.actor, event=event)


def _leave(signed: Signed, sitting: _Sitting, person: UUID, on: date, at: datetime) -> None:
    if sitting.before is None:
        unseat_decided(actor=signed.actor, at=at, basis=signed.basis, person=person, on=on)
        return
    appoint_decided(
        actor=signed.actor, at=at, basis=signed.basis, person=person, seat=sitting.before, on=on,
        order_no=signed.number, order_on=signed.dated_on,
    )  # fmt: skip


def stuck(issued: Issued) -> str:
    """What stands in the way of an annulment; '' for nothing."""
    choice, on = _choice(issued), issued.case.on
    person = choice.result.application.person_id
    name = reading.names_of([person])[person]
    sitting = _sitting(choice, on)
    if sitting is None:
        return (
            f"{name} tidak lagi menduduki {choice.vacancy.title}, jadi pengangkatannya tidak dapat ditarik. "
            "Yang dicabut ialah keputusan yang berlaku sesudahnya."
        )
    machine = Actor(None, None, "", (), on)
    if sitting.since >= on and is_built_upon(actor=machine, basis=issued.basis):
        return f"Data jabatan {name} sudah berubah sesudah SK ini. Cabut dulu perubahan yang terakhir."
    return _no_way_back(name, sitting, max(on, sitting.since))


def _no_way_back(name: str, sitting: _Sitting, on: date) -> str:
    """Why he can't go back to his seat, with what to do first; '' where he can, or came from none."""
    if sitting.before is None:
        return ""
    seat = seat_open(sitting.before, on)
    if seat is None or seat.frozen:
        return (
            f"Posisi lama {name} tidak ada lagi atau dibekukan pada {format_date(on)}. Angkat dulu ke posisi "
            "lain, baru cabut SK ini."
        )
    if seat.holder:
        return (
            f"{seat.label}, posisi lama {name}, sudah dipegang {seat.holder}. Pindahkan dulu salah satunya, "
            "baru cabut SK ini."
        )
    return ""


def _choice(issued: Issued) -> models.Choice:
    rows = models.Choice.objects.select_related("vacancy", "result__application__person")
    return rows.get(decision=issued.case.uid)


def _sitting(choice: models.Choice, on: date) -> _Sitting | None:
    """How he has the post on a day or will have it, with nothing after it; None where he has left it."""
    asked = {
        "person": choice.result.application.person_id, "seat": choice.vacancy.seat_id, "on": on,
    }  # fmt: skip
    found = fetch(_SITS, asked)
    if not found or found[0][1] is not None:
        return None
    since, _until, before = found[0]
    return _Sitting(since, seat_uid(before) if before else None)
