"""The procedure of a selection: panel, announcement, weights, applicants, election window, choice. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue
from pamong.law.career import Cited
from pamong.law.conditions import Condition, condition
from pamong.law.engine.plan import Law
from pamong.law.merit.lookups import day_before, find, later

PANEL, TPK = "panel", "tpk"
_WHOLE = 100  # percent
_PPM_OF_PERCENT = 10_000
_MILLION = 1_000_000
_ELEMENTS = {
    "paper": "makalah",
    "assessment": "assessment center",
    "interview": "wawancara",
    "track_record": "rekam jejak",
}


def panel_body(law: Law, on: date, kind: str) -> str:
    """Which body compares the candidates for a kind of post; '' for a kind that no text read names."""
    found = find(law, "panel_body", on, kind)
    return str(found.value) if found else ""


def quorum(law: Law, on: date, *, present: int, size: int) -> Condition:
    """Whether enough members are there: more than a share of those who have not stood aside."""
    rule = find(law, "panel_quorum", on)
    text = f"Hadir {present} dari {size} anggota yang menilai."
    if rule is None:
        return condition("quorum", None, f"{text} Kuorumnya belum ditetapkan.", None, value=str(present))
    enough = present * _MILLION > size * rule.value
    if not enough:
        text += " Sidang belum kuorum. Tunggu anggota lain menyatakan hadir."
    least = size * rule.value // _MILLION + 1
    return condition("quorum", enough, text, rule, value=str(present), threshold=f"paling sedikit {least}")


def results_published(law: Law, on: date, kind: str) -> Cited[Any] | None:
    """Whether the public reads the results for a kind of post; None where nothing says so."""
    return find(law, "results_published", on, kind) or find(law, "results_published_internal", on)


def panel_problems(law: Law, on: date, *, size: int, body: str = PANEL) -> tuple[Condition, ...]:
    """What is wrong with the number of members of a selection panel or a TPK; () for nothing.

    For a body that no text read gives a size, one unknown condition.
    """
    low = find(law, "panel_size_lowest", on, body)
    high, odd = find(law, "panel_size_highest", on, body), find(law, "panel_odd", on, body)
    if low is None:
        return (condition("panel_size", None, "Jumlah anggota yang disyaratkan belum diketahui.", None),)
    asked = f"paling sedikit {low.value}" + (f" dan paling banyak {high.value}" if high else "")
    text = f"Jumlah anggota {size}; harus gasal, {asked} orang."
    wrong = []
    if size < low.value:
        wrong.append(condition("panel_few", False, text, low, value=str(size), threshold=asked))
    if high is not None and size > high.value:
        wrong.append(condition("panel_many", False, text, high, value=str(size), threshold=asked))
    if odd is not None and odd.value and size % 2 == 0:
        wrong.append(condition("panel_even", False, text, odd, value=str(size), threshold="gasal"))
    return tuple(wrong)


def member_problems(
    law: Law, on: date, *, party: bool | None, kin: Collection[str] | None
) -> tuple[Condition, ...]:
    """Whether somebody may sit on a panel: no member of a party, no kinship with an applicant."""
    rule = find(law, "panel_no_party", on)
    said = {None: "Belum diketahui apakah ia", True: "Ia"}.get(party, "Ia bukan")
    text = f"{said} anggota atau pengurus partai politik."
    first = condition("panel_party", None if party is None else not party, text, rule)
    rule = find(law, "panel_no_conflict", on)
    if kin is None:
        text = "Hubungan keluarganya dengan pelamar belum diperiksa."
    elif kin:
        text = " ".join((*kin, "Ia tidak dapat menjadi anggota panitia untuk jabatan ini."))
    else:
        text = "Tidak ada hubungan keluarga yang tercatat dengan pelamar."
    return first, condition("panel_conflict", None if kin is None else not kin, text, rule)


class WindowState(StrEnum):
    """How the time between an announcement and the closing of applications stands."""

    OK = "ok"
    WARN = "warn"
    NEEDS_BASIS = "needs_basis"


@dataclass(frozen=True, slots=True)
class Window:
    """The state, its sentence, and the earliest closing by the text and by counting the first day too."""

    state: WindowState
    text: str
    literal: date
    inclusive: date
    rule: Cited[Any]


def window(law: Law, *, announced: date, closing: date, basis: str = "") -> Window | None:
    """Whether applications stay open long enough; None where no rule holds.

    By the text they close at the earliest so many days after the announcement. Practice counts the first day
    too, so that one day less only warns. Less than that needs a legal basis, which is then named.
    InvalidValue for a closing before the announcement.
    """
    if closing < announced:
        raise InvalidValue("Batas akhir pelamaran tidak boleh sebelum pengumuman. Periksa kedua tanggalnya.")
    rule = find(law, "announcement_days", announced)
    if rule is None:
        return None
    literal = announced + timedelta(days=rule.value)
    inclusive = day_before(literal)
    days = (closing - announced).days
    text = f"Pelamaran ditutup {format_date(closing)}, {days} hari sesudah pengumuman."
    if closing >= literal:
        return Window(WindowState.OK, text, literal, inclusive, rule)
    if closing == inclusive:
        text += f" Jumlahnya {rule.value} hari hanya bila hari pengumuman ikut dihitung."
        return Window(WindowState.WARN, text, literal, inclusive, rule)
    if basis.strip():
        return Window(WindowState.WARN, f"{text} Dasarnya: {basis.strip()}.", literal, inclusive, rule)
    text += f" Paling singkat {rule.value} hari. Pilih {format_date(literal)} atau sesudahnya, "
    text += "atau sebutkan dasar hukumnya."
    return Window(WindowState.NEEDS_BASIS, text, literal, inclusive, rule)


def weights_problems(law: Law, on: date, *, weights: Mapping[str, int]) -> tuple[Condition, ...]:
    """What is wrong with the weights of elements in whole percent: the sum bars, a range only warns.

    That weights sum to 100 is arithmetic and needs no article. An element outside the law's list is unknown.
    """
    wrong: list[Condition] = []
    total = sum(weights.values())
    if total != _WHOLE or any(weight <= 0 for weight in weights.values()):
        text = f"Jumlah bobot {total} %, harus {_WHOLE} %, dan setiap bobot lebih dari nol."
        wrong.append(_arithmetic("weights_sum", text, f"{total} %", f"{_WHOLE} %"))
    for element, weight in weights.items():
        wrong += _range(law, on, element, weight)
    return tuple(wrong)


def _arithmetic(code: str, text: str, value: str, threshold: str) -> Condition:
    found = condition(code, False, text, None, value=value, threshold=threshold)
    return Condition(found.code, found.answer, found.text, found.value, found.threshold, firm=True)


def _range(law: Law, on: date, element: str, weight: int) -> list[Condition]:
    low = find(law, "selection_weight_lowest", on, element)
    high = find(law, "selection_weight_highest", on, element)
    name = _ELEMENTS.get(element, element)
    if low is None or high is None:
        text = f"Rentang bobot {name} belum diketahui."
        return [condition("weight_range", None, text, low or high, value=f"{weight} %")]
    least, most = (each.value // _PPM_OF_PERCENT for each in (low, high))
    if least <= weight <= most:
        return []
    asked = f"{least} sampai {most} %"
    text = f"Bobot {name} {weight} %, di luar {asked}."
    return [condition("weight_range", False, text, low, value=f"{weight} %", threshold=asked)]


@dataclass(frozen=True, slots=True)
class ElectionDates:
    """Of a regional election: determination of candidates, end of the term, last inauguration; None: unknown.

    ``none_planned``: somebody confirmed that no further determination is near.
    """

    determination_on: date | None = None
    term_ends_on: date | None = None
    inaugurated_on: date | None = None
    none_planned: bool = False


def election_dates(law: Law, on: date) -> ElectionDates:
    """The days of the region's election as they were entered (``election_dates``)."""

    def day(event: str) -> date | None:
        found = find(law, "election_dates", on, event)
        return date.fromisoformat(found.value) if found else None

    planned = day("none_planned")
    return ElectionDates(
        day("determined"), day("term_ends"), day("inaugurated"), planned is not None and on <= planned
    )


def election_window(law: Law, dates: ElectionDates, on: date, *, consent: str = "") -> Condition:
    """Whether officials may be replaced on a day; ``consent``: the Minister's letter for this very post."""
    before, after = find(law, "election_months_before", on), find(law, "election_months_after", on)
    if before is None or after is None:
        return condition("election", None, "Aturan tentang masa pemilihan belum diketahui.", before or after)
    closed, rule = _closed(dates, on, before, after)
    if closed and consent.strip():
        text = f"{closed} Disetujui Menteri dengan surat {consent.strip()}."
        return condition("election", True, text, rule, value=consent.strip())
    if closed:
        text = (
            f"{closed} Penggantian pejabat memerlukan persetujuan tertulis Menteri. Masukkan nomor suratnya."
        )
        return condition("election", False, text, rule, value=format_date(on))
    if not _known(dates, on):
        text = "Tanggal penetapan pasangan calon atau pelantikan kepala daerah belum dimasukkan."
        return condition("election", None, text, before)
    return condition("election", True, "Hari itu di luar masa larangan penggantian pejabat.", before)


def _closed(dates: ElectionDates, on: date, before: Cited[Any], after: Cited[Any]) -> tuple[str, Cited[Any]]:
    """Why a day is closed, or ''. A term ends with the next inauguration at the latest, else not at all."""
    if dates.determination_on is not None:
        since = later(dates.determination_on, -before.value)
        ends_on = _term_end(dates)
        if since <= on and (ends_on is None or on <= ends_on):
            until = format_date(ends_on) if ends_on else "akhir masa jabatan"
            return f"Mulai {format_date(since)} sampai {until} pejabat tidak boleh diganti.", before
    if dates.inaugurated_on is not None:
        end = later(dates.inaugurated_on, after.value)
        if dates.inaugurated_on <= on < end:
            text = f"Kepala daerah dilantik {format_date(dates.inaugurated_on)}, belum {after.value} bulan."
            return text, after
    return "", before


def _term_end(dates: ElectionDates) -> date | None:
    """The last day of the term in which candidates were determined, as far as it is known."""
    inaugurated, determined = dates.inaugurated_on, dates.determination_on
    if dates.term_ends_on is None and inaugurated and determined and inaugurated > determined:
        return day_before(inaugurated)
    return dates.term_ends_on


def _known(dates: ElectionDates, on: date) -> bool:
    """Whether both the last inauguration and the next determination (or that none is near) are known."""
    ahead = dates.determination_on is not None and on < dates.determination_on
    next_known = dates.none_planned or ahead
    return next_known and dates.inaugurated_on is not None and dates.inaugurated_on <= on


def choice_problems(
    law: Law, on: date, *, chosen: str, locked: Collection[str], elsewhere: Collection[str] = ()
) -> tuple[Condition, ...]:
    """What is wrong with a choice: it must be one of the names locked for this very post; () for nothing.

    ``elsewhere``: the names locked for other posts, none of whom may be taken for this one.
    """
    if chosen in locked:
        return ()
    if chosen in elsewhere:
        text = "Orang ini lulus seleksi untuk jabatan lain, sehingga tidak dapat mengisi jabatan ini."
        return (condition("other_selection", False, text, find(law, "one_selection", on)),)
    text = "Orang ini tidak termasuk calon yang dikunci untuk jabatan ini. Pilih salah satu dari daftar itu."
    return (condition("not_locked", False, text, find(law, "best_names", on)),)


@dataclass(frozen=True, slots=True)
class Applicants:
    """How many applied, out of how many who could have (None: not counted), with what is to be said of it."""

    applied: int
    pool: int | None
    problems: tuple[Condition, ...]


def applicants(
    law: Law, on: date, *, applied: int, pool: int | None = None, extensions: int = 0
) -> Applicants:
    """Whether enough applied, and whether the time was extended too often: practice, which only warns."""
    least, most = find(law, "applicants_least", on), find(law, "extensions_most", on)
    wrong = []
    if least is not None and applied < least.value:
        text = f"Baru {applied} pelamar; lazimnya paling sedikit {least.value}. "
        text += "Perpanjang pendaftaran atau catat alasannya."
        wrong.append(
            condition("applicants", False, text, least, value=str(applied), threshold=str(least.value))
        )
    if most is not None and extensions > most.value:
        text = f"Pendaftaran diperpanjang {extensions} kali; lazimnya paling banyak {most.value} kali."
        wrong.append(
            condition("extensions", False, text, most, value=str(extensions), threshold=str(most.value))
        )
    return Applicants(applied, pool, tuple(wrong))
