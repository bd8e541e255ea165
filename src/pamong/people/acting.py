"""Who stands in for somebody: what is wrong with it, or doubtful. Pure.

Nobody acts in his own seat. All else that the circular SE BKN 1/SE/I/2021 says is a doubt with its words, as
its text is known from quotes only: an officer with the order in his hand knows better.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from pamong.kernel.clock import format_date
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Row
from pamong.law import career
from pamong.law.career import Cited
from pamong.law.national import national
from pamong.organisation.choices import PostKind
from pamong.people.choices import AppointmentKind
from pamong.people.situation import Seated, SeatFacts, SeatPost, Situation, block, uncovered_from, warn

_REGULAR = AppointmentKind.REGULAR
_IN = (AppointmentKind.PLT, AppointmentKind.PLH, AppointmentKind.HANDOVER)
_SHORT = {AppointmentKind.PLT: "Plt.", AppointmentKind.PLH: "Plh.", AppointmentKind.HANDOVER: "Serah terima"}
# No law is known that limits a handover: whatever lasts longer is looked at once more.
_LONG_HANDOVER = 3  # months
LADDER = (
    PostKind.PELAKSANA,
    PostKind.PENGAWAS,
    PostKind.ADMINISTRATOR,
    PostKind.JPT_PRATAMA,
    PostKind.JPT_MADYA,
    PostKind.JPT_UTAMA,
)


def find_acting(now: Situation, row: Row, kind: AppointmentKind, seat: SeatFacts) -> Iterator[Problem]:
    """What is wrong with somebody standing in, for an appointment of any kind."""
    yield from _own_seat(now, row, kind, seat)
    holders = [
        each for each in seat.seated if each.kind == _REGULAR.value and each.person_id != now.person_id
    ]
    if kind is AppointmentKind.PLT:
        yield from _beside(row, seat, holders)
        yield from _plt_length(now, row)
    elif kind is AppointmentKind.PLH:
        yield from _nobody_away(row, seat, holders)
        yield from _plh_length(row)
    elif kind is AppointmentKind.HANDOVER:
        yield from _handover(row, seat, holders)
    if kind.acting:
        yield from _level(now, row, kind, seat)


def _own_seat(now: Situation, row: Row, kind: AppointmentKind, seat: SeatFacts) -> Iterator[Problem]:
    others = (_REGULAR,) if kind in _IN else _IN if kind is _REGULAR else ()
    for other in now.after.get("appointment", ()):
        same = other.values.get("seat_id") == row.values.get("seat_id") and other.period.overlaps(row.period)
        if not same or other.values.get("kind") not in others:
            continue
        if kind is _REGULAR:
            acts = _SHORT[AppointmentKind(other.values["kind"])]
            text = f"{seat.label} dijabatnya sebagai {acts} {other.period}. Akhiri dulu tugas itu."
        else:
            text = f"{seat.label} jabatannya sendiri {other.period}. Pilih posisi lain."
        yield block("acting_own_seat", text, "Posisi")


def _beside(row: Row, seat: SeatFacts, holders: Sequence[Seated]) -> Iterator[Problem]:
    for holder in holders:
        if holder.period.overlaps(row.period):
            text = (
                f"{seat.label} dipegang {holder.name} {holder.period}. Plt. untuk jabatan yang pejabatnya "
                "berhalangan tetap. Kalau ia berhalangan sementara, pilih Plh.; kalau sudah tidak menjabat, "
                "catat dulu akhir jabatannya."
            )
            yield warn("plt_beside_holder", text, "Posisi")


def _nobody_away(row: Row, seat: SeatFacts, holders: Sequence[Seated]) -> Iterator[Problem]:
    day = uncovered_from(row.period, holders)
    if day is not None:
        text = (
            f"{seat.label} tidak dipegang pejabat definitif pada {format_date(day)}. Plh. menggantikan "
            "pejabat yang berhalangan sementara. Untuk jabatan yang kosong, pilih Plt."
        )
        yield warn("plh_vacant", text, "Posisi")


def _handover(row: Row, seat: SeatFacts, holders: Sequence[Seated]) -> Iterator[Problem]:
    if not any(holder.period.overlaps(row.period) for holder in holders):
        text = (
            f"{seat.label} tidak dipegang orang lain pada masa ini. Serah terima hanya untuk masa dua orang "
            "bergantian pada satu posisi. Untuk mengisinya, pilih definitif atau Plt."
        )
        yield warn("handover_alone", text, "Posisi")
    if row.period.end is not None and row.period.end > _later(row.period.start, _LONG_HANDOVER):
        text = f"Serah terima {row.period} lama sekali. Periksa tanggal akhirnya."
        yield warn("handover_long", text, "Tanggal akhir")


def _plt_length(now: Situation, row: Row) -> Iterator[Problem]:
    limits = career.acting(national(), row.period.start)
    end = row.period.end
    if limits.months is None or end is None:
        return
    more = limits.extension_months.value if limits.extension_months else 0
    whole = limits.months.value + more
    since = _acting_since(now, row)
    if end > _later(row.period.start, max(limits.months.value, more)):
        text = (
            f"Masa ini melebihi {limits.months.value} bulan. {_says(limits.months)} Periksa tanggal akhirnya."
        )
        yield warn("acting_long", text, "Tanggal akhir")
    elif end > _later(since, whole):
        text = (
            f"Plt. sejak {format_date(since)} melebihi {whole} bulan termasuk perpanjangannya. "
            f"{_says(limits.months)} Periksa tanggal akhirnya, atau tunjuk orang lain."
        )
        yield warn("acting_over", text, "Tanggal akhir")


def _acting_since(now: Situation, row: Row) -> date:
    """When he began to act there without a break: orders that follow each other are one time."""
    seat, kind, since = row.values.get("seat_id"), row.values.get("kind"), row.period.start
    ends = {
        other.period.end: other.period.start
        for other in now.after.get("appointment", ())
        if other.values.get("seat_id") == seat and other.values.get("kind") == kind
    }
    while since in ends:
        since = ends[since]
    return since


def _plh_length(row: Row) -> Iterator[Problem]:
    """The circular limits a Plt; a Plh, who is for a shorter absence, is measured by the same months."""
    months = career.acting(national(), row.period.start).months
    if months is None or row.period.end is None or row.period.end <= _later(row.period.start, months.value):
        return
    text = (
        f"Plh. menggantikan pejabat yang berhalangan sementara, sedangkan masa ini melebihi {months.value} "
        f"bulan, batas untuk Plt. ({months.citation.text}). Periksa tanggal akhirnya."
    )
    yield warn("plh_long", text, "Tanggal akhir")


def _level(now: Situation, row: Row, kind: AppointmentKind, seat: SeatFacts) -> Iterator[Problem]:
    limit = career.acting(national(), row.period.start).levels_up
    there = seat.post(row.period.start)
    if limit is None or there is None or not PostKind(there.kind).managerial:
        return
    own = _own_post(now, row.period.start)
    if own is None:
        text = (
            f"Pegawai ini belum mempunyai jabatan sendiri pada tanggal itu. {_says(limit)} Periksa datanya."
        )
        yield warn("acting_no_post", text)
        return
    yield from _rungs(own, there, kind, limit)
    if own.opd and there.opd and own.opd != there.opd:
        text = f"Jabatannya sendiri di {own.opd}, sedangkan posisi ini di {there.opd}. {_says(limit)}"
        yield warn("acting_elsewhere", text, "Posisi")


def _rungs(own: SeatPost, there: SeatPost, kind: AppointmentKind, limit: Cited[int]) -> Iterator[Problem]:
    mine, theirs = PostKind(own.kind), PostKind(there.kind)
    if mine not in LADDER:
        text = (
            f"Pejabat {mine.label.lower()} {own.jenjang}".rstrip()
            + f" menjadi {_SHORT[kind]} {theirs.label}: "
            f"kesetaraannya belum ada dalam data peraturan, jadi periksa sendiri. {_says(limit)}"
        )
        yield warn("acting_level_unknown", text, "Posisi")
    elif not 0 <= LADDER.index(theirs) - LADDER.index(mine) <= limit.value:
        text = f"Jabatannya sendiri {mine.label}, sedangkan posisi ini {theirs.label}. {_says(limit)}"
        yield warn("acting_level", text, "Posisi")


def _own_post(now: Situation, on: date) -> SeatPost | None:
    """What he is for good on a date."""
    for row in now.after.get("appointment", ()):
        if row.values.get("kind") == _REGULAR.value and row.period.contains(on):
            seat = now.seats.get(row.values.get("seat_id") or 0)
            return seat.post(on) if seat else None
    return None


def _says(limit: Cited[int]) -> str:
    """The source with its own words, where they are known."""
    citation = limit.citation
    return f"{citation.text}: “{citation.quote}”." if citation.quote else f"Batasnya menurut {citation.text}."


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
