"""What rests on a unit or a seat: while nothing ever did, its making can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pamong.kernel.clock import format_date
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Row
from pamong.organisation import models
from pamong.organisation.errors import problem
from pamong.organisation.holders import held


def on_unit(unit: models.Unit) -> list[Problem]:
    """Why the making of a unit can't be taken back: units below it, seats, a reorganisation; of any day."""
    found = []
    if models.UnitRow.objects.known().filter(parent=unit).exists():
        found.append("Unit lain tercatat di bawah unit ini.")
    if models.SeatRow.objects.known().filter(unit=unit).exists():
        found.append("Posisi tercatat di unit ini. Batalkan posisinya dulu.")
    if models.Lineage.objects.filter(new=unit).exists() or models.Lineage.objects.filter(old=unit).exists():
        found.append("Unit ini bagian dari penataan organisasi.")
    tail = " Pembentukannya tidak dapat dibatalkan; tutup unitnya mulai suatu tanggal."
    return [problem("unit_rests", sentence + tail, unit.code) for sentence in found]


def on_seat(seat: models.Seat, rows: Sequence[Row]) -> list[Problem]:
    """Why the making of a seat can't be taken back: who holds or held it since its first day, who reports to
    it. ``rows`` are those of the seat that stand."""
    found = []
    if rows and held([seat.pk], rows[0].period.start):
        found.append("Seseorang tercatat memangku posisi ini.")
    if models.Line.objects.known().filter(superior=seat).exists():
        found.append("Posisi lain tercatat melapor kepada posisi ini.")
    tail = " Pembuatannya tidak dapat dibatalkan; hapus posisinya mulai suatu tanggal."
    return [problem("seat_rests", sentence + tail) for sentence in found]


def young(code: str, what: str, rows: Sequence[Row], on: date) -> list[Problem]:
    """A problem where something ends on its first day or before: it has not been there on any day."""
    if not rows or on > rows[0].period.start:
        return []
    begun = format_date(rows[0].period.start)
    return [problem(code, f"{what} {begun}. Pilih tanggal sesudahnya.")]
