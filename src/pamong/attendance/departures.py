"""Rosters that were changed after their days, and shifts that got other times afterwards: who, and why.

A sheet asks for no reason, so its file is named; a swap has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pamong.attendance.sql import fetch
from pamong.decisions.departures import Asked, Departure, Source
from pamong.kernel.clock import format_date

_PRESENCE = "Presensi"
# One line a sheet, and one a swap: what was told late of it.
_ROSTERS = """
SELECT s.by_name, s.name, s.at, COALESCE(u.name, x.code), NULL, NULL::bigint, NULL::uuid, count(*),
  min(lower(r.period)), max(lower(r.period))
FROM attendance_rostersheet s JOIN attendance_rosterday r ON r.sheet_id = s.id AND r.late
JOIN organisation_unit x ON x.id = s.unit_id
LEFT JOIN organisation_units(s.month) u ON u.unit_id = s.unit_id
WHERE s.at >= %(since)s GROUP BY s.id, u.name, x.code
UNION ALL
SELECT s.by_name || COALESCE(', disetujui ' || string_agg(DISTINCT t.by_name, ', '), ''), '',
  max(r.recorded_at), '', s.reason, s.asker_id, p.uid, count(DISTINCT r.id), min(lower(r.period)),
  max(lower(r.period))
FROM attendance_swap s JOIN attendance_rosterday r ON r.swap_id = s.id AND r.late
JOIN people_person p ON p.id = s.asker_id LEFT JOIN attendance_swapstep t ON t.swap_id = s.id
WHERE r.recorded_at >= %(since)s GROUP BY s.id, p.uid
ORDER BY 3 DESC LIMIT %(most)s
"""
# Whether it was late, only its entry knows; the entry names the account, and an operator by what he is.
_SHIFTS = """
WITH told AS (
  SELECT i.at, i.body::jsonb ->> 'actor' AS actor, i.body::jsonb -> 'public' AS said FROM ledger_intake i
  WHERE i.kind = 'attendance.shift_defined' AND i.at >= %(since)s
)
SELECT t.at, COALESCE(a.display_name, t.actor), t.said ->> 'code', (t.said ->> 'on')::date,
  (t.said ->> 'late')::int, t.said ->> 'starts', t.said ->> 'ends', COALESCE(u.name, '')
FROM told t LEFT JOIN access_user a ON 'user:' || a.id = t.actor
LEFT JOIN organisation_unit x ON x.uid = (t.said ->> 'unit')::uuid
LEFT JOIN organisation_units((t.said ->> 'on')::date) u ON u.unit_id = x.id
WHERE (t.said ->> 'late')::int > 0 ORDER BY t.at DESC LIMIT %(most)s
"""


def _find(asked: Asked) -> Iterator[Departure]:
    if asked.what in ("", "roster"):
        yield from _rosters(asked)
    if asked.what in ("", "shift"):
        yield from _shifts(asked)


def _rosters(asked: Asked) -> Iterator[Departure]:
    rows = fetch(_ROSTERS, asked.parameters)
    for by, file, at, unit, reason, person, uid, count, first, last in rows:
        days = f"{count} hari yang sudah lewat ({_span(first, last)})"
        if person is None:
            text = f"{by}: {days}, dari lembar '{file}'. Lembar jadwal tidak meminta alasan."
            yield Departure("roster", _PRESENCE, f"Jadwal dinas {unit}", text, at, "")
        else:
            text = f"{by}: {days} ditukar. Alasan: {reason}"
            yield Departure("roster", _PRESENCE, "Tukar dinas", text, at, f"/presensi/pegawai/{uid}/", person)


def _shifts(asked: Asked) -> Iterator[Departure]:
    for at, by, code, on, late, starts, ends, unit in fetch(_SHIFTS, asked.parameters):
        text = f"{by}: {starts} sampai {ends} mulai {format_date(on)}, mengenai {late} hari yang sudah lewat."
        title = " ".join(part for part in (f"Dinas {code}", unit) if part)
        yield Departure("shift", _PRESENCE, title, text, at, "")


def _span(first: date, last: date) -> str:
    return format_date(first) if first == last else f"{format_date(first)} sampai {format_date(last)}"


ROSTERS = Source({"roster": "Jadwal diubah sesudah harinya", "shift": "Dinas diubah sesudah harinya"}, _find)
