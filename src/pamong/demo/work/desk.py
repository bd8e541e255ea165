"""Leave at its different steps, a delegation, an oral instruction, and an objection."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from pamong.decisions.services import file_memo, object_to, propose_delegation
from pamong.demo.work.cast import CHECKER, CLERK, INSPECTOR, SECRETARY, Cast
from pamong.demo.work.filling import Plan, form
from pamong.leave import services as leave
from pamong.ledger.sql import fetch
from pamong.merit import services as merit

_VILLAGE, _OFFICE = "kel_wonosekar", "dinkes"
_WEEK = 7
# Whom the head of a unit leads, who has served for two years and has no account.
_STAFF = """
SELECT a.person_id FROM people_appointment a
JOIN organisation_seats(%(on)s::date) s ON s.seat_id = a.seat_id AND NOT s.is_head
JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id AND u.code = %(unit)s
JOIN people_person p ON p.id = a.person_id AND p.user_id IS NULL
JOIN people_employment e ON e.person_id = p.id AND e.superseded_at IS NULL AND e.period @> %(on)s::date
  AND e.kind = 'PNS' AND lower(e.period) < %(on)s::date - 800
WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date ORDER BY a.person_id
"""
_WAITS_FOR = """
SELECT a.person_id FROM decisions_decision d JOIN people_appointment a ON a.seat_id = d.waits_seat_id
WHERE d.uid = %(decision)s AND a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
"""
_SECOND = """
SELECT s.uid, h.uid FROM organisation_seats(%(on)s::date) h
JOIN organisation_units(%(on)s::date) o ON o.unit_id = h.unit_id AND o.code = %(unit)s
JOIN organisation_units(%(on)s::date) u ON u.code = %(unit)s || '_sekretariat'
JOIN organisation_seats(%(on)s::date) s ON s.unit_id = u.unit_id AND s.is_head
WHERE h.is_head
"""


def ask_for_leave(cast: Cast) -> None:
    """In one village office three ask, of whom one waits too long and two want the same days; a request of
    the health office waits for its head, and the secretary's own for the mayor."""
    colleagues = [person for (person,) in fetch(_STAFF, {"on": cast.today, "unit": _VILLAGE})]
    accounts = cast.accounts_of(colleagues[:2])
    late, same_days = (accounts[person] for person in colleagues[:2])
    _ask(cast, late, 6, _WEEK, 2, "Mengurus surat tanah keluarga di luar kota")
    _ask(cast, "ratna", 1, 2 * _WEEK - 1, 3, "Pernikahan adik di Kabupaten Contoh Utara")
    _ask(cast, same_days, 1, 2 * _WEEK, 2, "Mengantar anak ujian masuk sekolah")
    done = _ask(cast, "anton", 4, 2 * _WEEK, 4, "Menengok orang tua yang sakit")
    ((chief,),) = fetch(_WAITS_FOR, {"decision": done, "on": cast.today})
    cast.agree(cast.accounts_of([chief])[chief], done, 1)
    done = _ask(cast, SECRETARY, 4, 7 * _WEEK - 1, 2, "Keperluan keluarga pada akhir tahun")
    cast.agree(CHECKER, done, 1)


def _ask(cast: Cast, who: str, ago: int, ahead: int, days: int, text: str) -> UUID:
    """Ask so many days ago for annual leave that begins so many days ahead."""
    asked: dict[str, Any] = {
        "leave": "CT", "part": "whole", "first": cast.day(-ahead).isoformat(),
        "last": cast.day(1 - ahead - days).isoformat(), "text": text,
        "address": "Jl. Karangan No. 8, Kota Contoh", "phone": "", "reason": "", "abroad": False,
        "child": None,
    }  # fmt: skip
    return leave.request_leave(**cast.who(who, ago), key=uuid4(), asked=asked).uid


def delegate(cast: Cast) -> None:
    """The head of the health office lets his secretary decide leave for a week; the one above him signs."""
    ((to_seat, seat),) = fetch(_SECOND, {"on": cast.today, "unit": _OFFICE})
    done = propose_delegation(
        **cast.who("priyono", 4), key=uuid4(), seat=UUID(str(seat)), to_seat=UUID(str(to_seat)),
        what=["leave.request"], first=cast.day(1 - _WEEK), last=cast.day(3 - 2 * _WEEK),
        note="Rapat kerja kesehatan di ibu kota provinsi",
    )  # fmt: skip
    cast.agree(SECRETARY, done.uid, 1)


def instruct(cast: Cast, about: UUID) -> None:
    """The secretariat files what it was told by word of mouth about a choice that waits."""
    who = cast.who(CLERK, 3)
    file_memo(
        **who, source="Seseorang yang mengaku utusan keluarga calon, lewat telepon",
        text="Minta agar nama peringkat ketiga yang diangkat. Saya jawab bahwa nama yang dikunci sudah "
        "disampaikan dan pilihannya ada pada Pejabat Pembina Kepegawaian.",
        said_at=who["at"], decision=about,
    )  # fmt: skip


def object_to_opening(cast: Cast, seat: UUID) -> None:
    """An opening waits for the mayor with too short a time, and the inspectorate objects."""
    asked = form(cast, seat, Plan(opened=4, announced=4, closes=-8, needed=-14))
    done = merit.propose_vacancy(**cast.who(CHECKER, 4), key=uuid4(), asked=asked)
    cast.agree(SECRETARY, done.uid, 2)
    object_to(
        **cast.who(INSPECTOR, 1), decision=done.uid, by="Inspektorat",
        text="Masa pelamaran kurang dari 15 hari tanpa alasan tertulis. Mohon diperpanjang atau dijelaskan.",
    )  # fmt: skip
