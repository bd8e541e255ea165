"""What of selections departs from the plain path, for the inspector's register: each with who and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.decisions.departures import Asked, Departure, Source
from pamong.kernel.clock import format_date
from pamong.ledger.sql import fetch
from pamong.organisation.choices import PostKind

_SELECTION = "Seleksi"
# Posts that the law lets be filled by comparing people.
SELECTED = [kind.value for kind in PostKind if kind.managerial]
_SIGNED = """(SELECT a.name || ', ' || a.office FROM decisions_stepact a
  WHERE a.decision_id = d.id AND a.part = 'sign')"""
_NOT_FIRST = f"""
SELECT v.title, r.person_id, c.recorded_at, d.uid, c.rank, {_SIGNED}, c.reason
FROM merit_choice c JOIN merit_vacancy v ON v.id = c.vacancy_id JOIN merit_result t ON t.id = c.result_id
JOIN merit_application r ON r.id = t.application_id JOIN decisions_decision d ON d.uid = c.decision
WHERE c.rank > 1 AND c.recorded_at >= %(since)s ORDER BY c.recorded_at DESC LIMIT %(most)s
"""  # noqa: S608 - our own text
_OVERRULED = f"""
SELECT v.title, r.person_id, o.recorded_at, d.uid, e.text, {_SIGNED}, o.reason
FROM merit_overruling o JOIN merit_eligibilityrow e ON e.id = o.condition_id AND e.moment = 'application'
JOIN merit_application r ON r.id = e.application_id JOIN merit_vacancy v ON v.id = r.vacancy_id
JOIN decisions_decision d ON d.uid = o.decision
WHERE o.recorded_at >= %(since)s ORDER BY o.recorded_at DESC LIMIT %(most)s
"""  # noqa: S608 - our own text
# A reason may tell the value: it is sealed as long as scores are.
_CORRECTED = """
SELECT v.title, r.person_id, s.recorded_at, v.uid, e.title, m.name, CASE WHEN EXISTS (
  SELECT FROM merit_vacancystep t WHERE t.vacancy_id = v.id AND t.step = 'scored') THEN s.reason ELSE '' END
FROM merit_score s JOIN merit_panelmember m ON m.id = s.member_id
JOIN merit_criteriaelement e ON e.id = s.element_id JOIN merit_application r ON r.id = s.application_id
JOIN merit_vacancy v ON v.id = r.vacancy_id
WHERE s.supersedes_id IS NOT NULL AND s.recorded_at >= %(since)s ORDER BY s.recorded_at DESC LIMIT %(most)s
"""
_RECUSED = """
SELECT v.title, NULL::bigint, c.recorded_at, v.uid, c.is_own, m.name, c.reason
FROM merit_recusal c JOIN merit_panelmember m ON m.id = c.member_id
JOIN merit_vacancy v ON v.id = m.vacancy_id
WHERE c.recorded_at >= %(since)s ORDER BY c.recorded_at DESC LIMIT %(most)s
"""
_NAMED = """
SELECT v.title, n.person_id, n.recorded_at, v.uid, n.said, n.by_name, ''
FROM merit_refusedname n JOIN merit_vacancy v ON v.id = n.vacancy_id
WHERE n.recorded_at >= %(since)s ORDER BY n.recorded_at DESC LIMIT %(most)s
"""
# Since the first day of the site; not what only keeps a part of the days that somebody had in the seat.
_UNSELECTED = """
SELECT s.post_name || COALESCE(', ' || u.name, ''), a.person_id, a.recorded_at, p.uid,
  ARRAY[a.order_no, a.order_on::text, lower(a.period)::text, cardinality(n.evidence)::text],
  n.entered_name || ' memasukkan, ' || n.decided_name || ' menyetujui', n.reason
FROM people_appointment a JOIN people_entry n ON n.basis_id = a.basis_id AND n.subject = 'appointment'
JOIN people_person p ON p.id = a.person_id JOIN ledger_firstday f ON f."on" <= a.recorded_at::date
JOIN LATERAL organisation_seats(lower(a.period)) s ON s.seat_id = a.seat_id
LEFT JOIN LATERAL organisation_units(lower(a.period)) u ON u.unit_id = s.unit_id
WHERE a.kind = 'regular' AND s.post_kind = ANY(%(kinds)s) AND a.recorded_at >= %(since)s
  AND NOT EXISTS (SELECT FROM people_appointment o WHERE o.person_id = a.person_id AND o.seat_id = a.seat_id
    AND o.kind = 'regular' AND o.superseded_basis_id = a.basis_id AND a.period <@ o.period)
ORDER BY a.recorded_at DESC LIMIT %(most)s
"""


def _not_first(rank: Any, by: str, reason: str) -> str:
    return f"{by}: peringkat {rank}. Alasan: {reason}"


def _overruled(condition: Any, by: str, reason: str) -> str:
    return f"{by}: {condition} Dasar dan alasan: {reason}"


def _corrected(element: Any, by: str, reason: str) -> str:
    why = f"Alasan: {reason}" if reason else "Alasannya terbuka sesudah nilai dibuka."
    return f"{by}: unsur {element}. {why}"


def _recused(own: Any, by: str, reason: str) -> str:
    how = "mengundurkan diri" if own else "tidak ikut menilai karena hubungan yang tercatat"
    return f"{by} {how}. Alasan: {reason}"


def _named(said: Any, by: str, _reason: str) -> str:
    return f"{by} menyebut nama di luar daftar yang dikunci; ditolak.{f' Disebut: {said}.' if said else ''}"


def _unselected(document: Any, by: str, reason: str) -> str:
    number, dated, since, files = document
    order = f"SK {number or 'tanpa nomor'}"
    if dated:
        order += f" tanggal {format_date(date.fromisoformat(dated))}"
    begins = format_date(date.fromisoformat(since))
    return f"{by}: mulai {begins}, {order}, {files} berkas bukti. Alasan: {reason}"


@dataclass(frozen=True, slots=True)
class _Sort:
    """One sort of departure: its label, its rows, the page behind them, and its words."""

    label: str
    rows: str
    link: str
    say: Callable[[Any, str, str], str]
    about: str = _SELECTION


_SORTS: Mapping[str, _Sort] = {
    "unselected": _Sort(
        "Pengangkatan tanpa keputusan seleksi", _UNSELECTED, "/pegawai/{}/", _unselected, "Kepegawaian"
    ),
    "named": _Sort("Nama di luar daftar dicoba", _NAMED, "/lowongan/{}/", _named),
    "not_first": _Sort("Peringkat 2 atau lebih dipilih", _NOT_FIRST, "/keputusan/{}", _not_first),
    "overruled": _Sort("Syarat dikesampingkan", _OVERRULED, "/keputusan/{}", _overruled),
    "corrected": _Sort("Nilai dibetulkan", _CORRECTED, "/lowongan/{}/", _corrected),
    "recused": _Sort("Anggota panitia tidak ikut menilai", _RECUSED, "/lowongan/{}/", _recused),
}  # fmt: skip


def _find(asked: Asked) -> Iterator[Departure]:
    for what, sort in _SORTS.items():
        if asked.what not in ("", what):
            continue
        rows = fetch(sort.rows, {**asked.parameters, "kinds": SELECTED})
        for title, person, at, uid, fact, by, reason in rows:
            text = sort.say(fact, by or "", reason)
            yield Departure(what, sort.about, title, text, at, sort.link.format(uid), person)


SELECTIONS = Source({what: sort.label for what, sort in _SORTS.items()}, _find)
