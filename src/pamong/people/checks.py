"""What can be wrong with an act on somebody's data. Pure: all problems are found, nothing is stored.

``find_problems`` looks at the rows that an act brings, against the whole record as it would stand then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue
from pamong.kernel.nik import Nik
from pamong.kernel.nip import Nip
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Row
from pamong.people.acting import find_acting
from pamong.people.choices import AppointmentKind, EmploymentKind, Relation
from pamong.people.situation import Seated, SeatFacts, Situation, block, uncovered_from, warn

# Younger than that is a slip of the pen, whatever the law says of the age at entry.
_YOUNGEST = 15
_WITH_ROOM = (EmploymentKind.PNS.value, EmploymentKind.CPNS.value)
_ENDING = (AppointmentKind.PLT.value, AppointmentKind.PLH.value, AppointmentKind.HANDOVER.value)
_ACTING = (AppointmentKind.PLT.value, AppointmentKind.PLH.value)
# An old number may hold a birth date or month that was put right later: a file may bring it in with a doubt.
DOUBTS = frozenset({"nip_birth", "nip_sex", "nip_start"})


def find_problems(subject: str, situation: Situation) -> list[Problem]:
    """Everything that is wrong with the act, in the order of its rows; warnings let it pass."""
    return list(_RULES.get(subject, _nothing)(situation))


def _nothing(_situation: Situation) -> Iterator[Problem]:
    return iter(())


def _identity(now: Situation) -> Iterator[Problem]:
    if not now.after.get("identity"):
        yield block("identity_empty", "Identitas tidak dapat dikosongkan. Betulkan isinya.")
    seen = set()
    for row in now.added:
        born = row.values.get("birth_date")
        if born is None or born in seen:
            continue
        seen.add(born)
        yield from _birth(born, now)
        yield from _nik(row.values, "NIK")
        yield from _numbers(now, row.values)


def _birth(born: date, now: Situation) -> Iterator[Problem]:
    if born > now.today:
        text = f"{format_date(born)} belum terjadi. Periksa tahunnya."
        yield block("birth_future", text, "Tanggal lahir")
    for row in now.after.get("employment", ())[:1]:
        if row.period.start <= born:
            since = format_date(row.period.start)
            text = f"{format_date(born)} sesudah TMT kepegawaian {since}. Periksa keduanya."
            yield block("birth_after_service", text, "Tanggal lahir")


def _nik(values: Mapping[str, Any], column: str) -> Iterator[Problem]:
    try:
        nik = Nik.parse(values.get("nik") or "")
    except InvalidValue:
        return  # its form is the field's matter
    born = values.get("birth_date")
    if born and not nik.matches_birth(born):
        yield warn("nik_birth", "digit 7-12 tidak sesuai dengan tanggal lahir. Cocokkan dengan KTP.", column)
    if values.get("sex") and nik.sex != values["sex"]:
        yield warn("nik_sex", "tidak sesuai dengan jenis kelamin. Cocokkan dengan KTP.", column)


def _numbers(now: Situation, identity: Mapping[str, Any]) -> Iterator[Problem]:
    """Every NIP of the record against birth and sex."""
    for nip in dict.fromkeys(row.values.get("nip") for row in now.after.get("employment", ())):
        yield from _nip_of(str(nip or ""), identity)


def _nip_of(text: str, identity: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        nip = Nip.parse(text)
    except InvalidValue:
        return  # its form is the field's matter
    born = identity.get("birth_date")
    if born and nip.birth_date != born:
        theirs, ours = format_date(nip.birth_date), format_date(born)
        text = f"memuat tanggal lahir {theirs}, sedangkan data mencatat {ours}. Betulkan salah satunya."
        yield block("nip_birth", text, "NIP")
    if identity.get("sex") and nip.sex != identity["sex"]:
        yield block("nip_sex", "memuat jenis kelamin lain daripada data. Betulkan salah satunya.", "NIP")


def _employment(now: Situation) -> Iterator[Problem]:
    identity = now.last("identity")
    for row in now.added:
        values = row.values
        if values["kind"] != EmploymentKind.TKPK.value and not values.get("nip"):
            yield block("nip_missing", "belum diisi. Hanya TKPK yang tidak mempunyai NIP.", "NIP")
        if values.get("end_reason") and row.period.end is None:
            yield block("end_missing", "Alasan berhenti memerlukan tanggal akhir. Isi tanggalnya.")
        yield from _age(identity.get("birth_date"), row.period.start)
    for nip in dict.fromkeys(row.values.get("nip") for row in now.added):
        yield from _nip_of(str(nip or ""), identity)
        yield from _nip_start(str(nip or ""), now)
    yield from _seats_within_service(now)


def _age(born: date | None, on: date) -> Iterator[Problem]:
    if born is None:
        return
    if on <= born:
        text = f"{format_date(on)} tidak sesudah tanggal lahir {format_date(born)}. Periksa keduanya."
        yield block("tmt_before_birth", text, "TMT")
    elif on.year - born.year < _YOUNGEST:
        text = f"{format_date(on)}: pegawai ini baru berumur {on.year - born.year} tahun. Periksa keduanya."
        yield warn("tmt_too_young", text, "TMT")


def _nip_start(text: str, now: Situation) -> Iterator[Problem]:
    """The month in the number against the first day under it. A PPPK number tells the year only."""
    try:
        nip = Nip.parse(text)
    except InvalidValue:
        return
    rows = [row for row in now.after.get("employment", ()) if row.values.get("nip") == text]
    first = min(rows, key=lambda row: row.period.start)
    start, kind = first.period.start, first.values["kind"]
    if kind not in _WITH_ROOM:
        if start.year < nip.start_year:
            doubt = f"memuat tahun {nip.start_year}, sedangkan TMT {format_date(start)}. Periksa keduanya."
            yield warn("nip_start", doubt, "NIP")
        return
    if nip.kind_hint != "PNS":
        yield block("nip_start", "digit 13-14 bukan bulan pengangkatan CPNS. Periksa nomornya.", "NIP")
        return
    told, ours = (nip.start_year, int(text[12:14])), (start.year, start.month)
    if told == ours:
        return
    month = f"{told[1]:02d}-{told[0]}"
    text = f"memuat pengangkatan CPNS {month}, sedangkan TMT {format_date(start)}. Betulkan salah satunya."
    # Who came from another government may have begun here later.
    later = ours > told and kind != EmploymentKind.CPNS.value
    yield warn("nip_start", text, "NIP") if later else block("nip_start", text, "NIP")


def _seats_within_service(now: Situation) -> Iterator[Problem]:
    for row in now.after.get("appointment", ()):
        since, end = format_date(row.period.start), _outlasts(now, row)
        if _outside(now, row.period.start):
            text = f"Jabatan sejak {since} menjadi di luar masa kerja. Akhiri atau batalkan jabatan itu dulu."
            yield block("seat_outside_service", text)
        elif end is not None:
            last = format_date(end - timedelta(days=1))
            text = (
                f"Jabatan sejak {since} melewati masa kerja, yang berakhir {last}. Akhiri jabatan itu dulu."
            )
            yield block("seat_outside_service", text)


def _outlasts(now: Situation, row: Row) -> date | None:
    """The first day that a row which begins in service spends outside of it; None where there is none."""
    return uncovered_from(row.period, now.after.get("employment", ()))


def _outside(now: Situation, on: date) -> str:
    """Why a date lies outside of service; '' for one within."""
    rows = now.after.get("employment", ())
    if any(row.period.contains(on) for row in rows):
        return ""
    if not rows:
        return "belum ada data kepegawaian. Masukkan kepegawaiannya dulu."
    first = min(row.period.start for row in rows)
    if on < first:
        return f"{format_date(on)} sebelum masa kerja dimulai ({format_date(first)}). Periksa tanggalnya."
    return f"{format_date(on)} di luar masa kerja. Periksa tanggalnya."


def _tmt_within(now: Situation, row: Row) -> Iterator[Problem]:
    reason = _outside(now, row.period.start)
    if reason:
        yield block("tmt_outside_service", reason, "TMT")


def _rank(now: Situation) -> Iterator[Problem]:
    for row in now.added:
        yield from _tmt_within(now, row)
        service = now.at("employment", row.period.start)
        golongan = str(row.values.get("golongan") or "")
        if service is None or not golongan:
            continue
        if (service["kind"] in _WITH_ROOM) != ("/" in golongan):
            kind = EmploymentKind(service["kind"]).label
            example = "III/a" if service["kind"] in _WITH_ROOM else "IX"
            text = f"{golongan} bukan golongan {kind}. Pilih golongan seperti {example}."
            yield block("golongan_kind", text, "Golongan")


def _salarystep(now: Situation) -> Iterator[Problem]:
    for row in now.added:
        yield from _tmt_within(now, row)


def _appointment(now: Situation) -> Iterator[Problem]:
    for row in now.added:
        kind = AppointmentKind(row.values["kind"])
        if kind.value in _ENDING and row.period.end is None:
            yield block("end_missing", f"{kind.label} harus mempunyai tanggal akhir.", "Tanggal akhir")
        yield from _within(now, row)
        seat = now.seats.get(row.values.get("seat_id") or 0)
        if seat is not None:
            yield from _seat(now, row, kind, seat)


def _within(now: Situation, row: Row) -> Iterator[Problem]:
    """An appointment lies in service from its first day to its last."""
    reason, end = _outside(now, row.period.start), _outlasts(now, row)
    if reason:
        yield block("tmt_outside_service", reason, "TMT")
    elif end is not None:
        last = format_date(end - timedelta(days=1))
        text = f"Masa kerja berakhir {last}. Akhiri jabatan ini paling lambat pada hari itu."
        yield block("end_outside_service", text)


def _seat(now: Situation, row: Row, kind: AppointmentKind, seat: SeatFacts) -> Iterator[Problem]:
    start = row.period.start
    frozen = next((frozen for period, frozen in seat.rows if period.contains(start)), None)
    if frozen is None:
        text = f"{seat.label} belum atau tidak ada lagi pada {format_date(start)}. Pilih posisi lain."
        yield block("seat_absent", text, "Posisi")
    elif frozen and kind is AppointmentKind.REGULAR:
        text = f"{seat.label} dibekukan pada {format_date(start)}. Cairkan dulu, atau pilih posisi lain."
        yield block("seat_frozen", text, "Posisi")
    yield from find_acting(now, row, kind, seat)
    for other in seat.seated:
        if other.person_id != now.person_id and other.period.overlaps(row.period):
            yield from _meets(now, row, kind, seat, other)


def _meets(
    now: Situation, row: Row, kind: AppointmentKind, seat: SeatFacts, other: Seated
) -> Iterator[Problem]:
    if kind is AppointmentKind.REGULAR and other.kind == AppointmentKind.REGULAR.value:
        free = now.offer(seat, row.period.start)
        offer = f" Posisi sejenis yang kosong: {'; '.join(free)}." if free else ""
        text = (
            f"{seat.label} dipegang {other.name} {other.period}.{offer} Akhiri dulu pengangkatannya, "
            "pilih posisi lain, atau pilih serah terima dengan tanggal akhir."
        )
        yield block("seat_occupied", text, "Posisi")
    if kind.value in _ACTING and other.kind in _ACTING:
        title = AppointmentKind(other.kind).label
        text = f"{seat.label} dijabat {other.name} sebagai {title} {other.period}. Akhiri dulu yang itu."
        yield block("acting_occupied", text, "Posisi")


def _bankaccount(now: Situation) -> Iterator[Problem]:
    name = str(now.last("identity").get("name") or "")
    for row in now.added:
        if name and _words(row.values.get("holder")) != _words(name):
            text = f"berbeda dari nama pegawai ({name}). Cocokkan dengan buku tabungan."
            yield warn("holder_differs", text, "Atas nama")


def _words(name: Any) -> str:
    return " ".join(str(name or "").replace(".", " ").lower().split())


def _education(now: Situation) -> Iterator[Problem]:
    born = now.last("identity").get("birth_date")
    for row in now.added:
        on, year = row.values.get("graduated_on"), row.values.get("graduated_year")
        if on and on > now.today:
            yield block("graduated_future", f"{format_date(on)} belum terjadi.", "Tanggal lulus")
        if on and born and on <= born:
            yield block("graduated_before_birth", "tidak sesudah tanggal lahir.", "Tanggal lulus")
        if on and year and on.year != year:
            yield block(
                "graduated_year", f"{year}, sedangkan tanggal lulus {format_date(on)}.", "Tahun lulus"
            )
        if year and year > now.today.year:
            yield block("graduated_year_future", f"{year} belum terjadi.", "Tahun lulus")


def _relative(now: Situation) -> Iterator[Problem]:
    own_birth = now.last("identity").get("birth_date")
    for row in now.added:
        born = row.values.get("birth_date")
        if born and born > now.today:
            yield block("relative_future", f"{format_date(born)} belum terjadi.", "Tanggal lahir")
        if row.values.get("relative_id") == now.person_id:
            yield block("relative_self", "Pegawai tidak dapat menjadi keluarganya sendiri. Pilih orang lain.")
        yield from _nik(row.values, "NIK")
        if row.values.get("relation") == Relation.CHILD.value and born and own_birth and born <= own_birth:
            text = f"anak lahir {format_date(born)}, tidak sesudah orang tuanya. Periksa tanggalnya."
            yield block("child_older", text, "Tanggal lahir")
        if row.values.get("relation") == Relation.SPOUSE.value:
            yield from _spouse(now, row)


def _spouse(now: Situation, row: Row) -> Iterator[Problem]:
    for other in now.after.get("relative", ()):
        same = other.values.get("item") == row.values.get("item")
        if same or other.values.get("relation") != Relation.SPOUSE.value:
            continue
        if not other.period.overlaps(row.period):
            continue
        name = other.values.get("name")
        if other.values.get("entitled") and row.values.get("entitled"):
            text = f"Tunjangan hanya untuk satu suami atau istri, dan {name} sudah masuk daftar. Akhiri dulu."
            yield block("two_spouses", text)
        else:
            text = f"{name} tercatat sebagai suami atau istri pada masa yang sama. Periksa masanya."
            yield warn("second_spouse", text)


_RULES: dict[str, Callable[[Situation], Iterator[Problem]]] = {
    "identity": _identity,
    "employment": _employment,
    "rank": _rank,
    "salarystep": _salarystep,
    "appointment": _appointment,
    "bankaccount": _bankaccount,
    "education": _education,
    "relative": _relative,
}
