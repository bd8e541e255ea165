"""What the form of a leave says once it is decided (PerBKN 24/2017, Anak Lampiran 1.b; PerBKN 7/2022, II).

Its sections I to VI are made here, from what is on record when it is signed; the answers of both officials
and who signed are added by the machine of decisions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.attendance.choices import ExcuseKind, ExcusePart
from pamong.decisions.queries import rank_words, seat_label_of
from pamong.decisions.site import site_law
from pamong.decisions.types import Case, Paper
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError
from pamong.law import leave as law
from pamong.leave.applicants import Facts, read_facts
from pamong.leave.choices import KINDS
from pamong.leave.deciding import deciding
from pamong.leave.histories import read_history, shares_of
from pamong.leave.lots import Lot, balance, indonesian, told_days
from pamong.leave.models import LeaveEntry
from pamong.ledger.choices import PaperAct, PaperState
from pamong.people.choices import EmploymentKind
from pamong.people.queries.rows import PersonRow, find_row

_PLACE, _YEAR = "{nomor}", "{tahun}"
_YEARS_TOLD = 3  # N, N-1 and N-2
_UNKNOWN = "belum diketahui"


class NumberUnfit(DomainError):
    """A region's format of numbers that would give the same number twice."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"Bentuk nomor surat cuti '{said}' harus memuat {_PLACE} dan {_YEAR}. "
            "Betulkan parameter leave_order_number daerah ini."
        )


def number(place: int, on: date) -> str:
    """The number of a leave as the region writes it. ``NumberUnfit``."""
    said = law.number_format(site_law(), on)
    if _PLACE not in said or _YEAR not in said:
        raise NumberUnfit(said)
    return said.replace(_PLACE, str(place)).replace(_YEAR, str(on.year))


def is_late(case: Case) -> bool:
    """Whether its first day is past when it is signed."""
    return date.fromisoformat(case.content["first"]) < case.on


def sections(case: Case) -> Mapping[str, Any]:
    """Sections I to VI of the form."""
    content, facts = case.content, read_facts(case.person_id or 0, case.on)
    subject = find_row(case.person_id or 0, case.on)
    if subject is None:  # who asks is on record
        raise LookupError(f"no person {case.person_id}")
    name = [["Nama", subject.full_name], *([["NIP", subject.nip]] if subject.nip else [])]
    phone = [["Telepon", content["phone"]]] if content["phone"] else []
    return {
        "name": subject.full_name, "to": _to(case, facts), "person": _person(case, facts, subject, name),
        "kinds": _kinds(facts, content), "reason": content["text"],
        "lasting": list(_lasting(facts, content)), "record": _record(case, facts),
        "away": [["Alamat", content["address"]], *phone], "applicant": name,
    }  # fmt: skip


def _to(case: Case, facts: Facts) -> list[str]:
    """Who decides: the seat, or the office of the table where it is none."""
    who = deciding(site_law(), facts, case)
    seat = seat_label_of(who.address.seat, case.on) if who.address.seat is not None else ""
    named = who.named.office.replace("_", " ").title() if who.named else ""
    return [f"Yth. {seat or named or 'Pejabat yang berwenang memberikan cuti'}"]


def _person(case: Case, facts: Facts, subject: PersonRow, name: list[list[str]]) -> list[list[str]]:
    served = _served(facts.service.start, case.on) if facts.service else ""
    rows = [
        ["Status", EmploymentKind(subject.kind).label], ["Golongan", rank_words(subject.golongan, case.on)],
        ["Jabatan", subject.post], ["Masa kerja", served], ["Unit kerja", subject.unit],
    ]  # fmt: skip
    return [*name, *(row for row in rows if row[1])]


def _served(since: date, on: date) -> str:
    months = (on.year - since.year) * 12 + on.month - since.month - (1 if on.day < since.day else 0)
    return f"{months // 12} tahun {months % 12} bulan"


def _kinds(facts: Facts, content: Mapping[str, Any]) -> list[list[Any]]:
    """The boxes of the form: all six for PNS, those that a PPPK has for him."""
    found = law.kinds(site_law(), facts.status, date.fromisoformat(content["first"]))
    pppk = found is not None and facts.status == "pppk"
    shown = [kind for kind in KINDS if not pppk or (found is not None and kind.value in found.value)]
    return [[kind.label, kind.value == content["leave"]] for kind in shown]


def _lasting(facts: Facts, content: Mapping[str, Any]) -> Iterator[list[str]]:
    first, last = date.fromisoformat(content["first"]), date.fromisoformat(content["last"])
    counted = law.rule(site_law(), "leave_count", facts.status, first, content["leave"])
    days = told_days(sum(shares_of(content["days"]).values(), Fraction(0)))
    yield ["Selama", f"{days} {counted.value}" if counted else days]
    yield ["Mulai tanggal", format_date(first)]
    yield ["Sampai tanggal", format_date(last)]
    if content["part"] != ExcusePart.WHOLE.value:
        yield ["Bagian hari", ExcusePart(content["part"]).label.lower()]
    if content["child"]:
        yield ["Kelahiran", f"Anak ke-{content['child']}"]
    if content["abroad"]:
        yield ["Tempat", "Luar negeri"]


def _record(case: Case, facts: Facts) -> list[list[str]]:
    """The leave record, taken from the register and not from who asks."""
    return [*_annual(case, facts), *_others(case, facts)] or [["Catatan cuti", "tidak ada"]]


def _annual(case: Case, facts: Facts) -> list[list[str]]:
    """What is left of annual leave of this year and the two before it, as the register has it."""
    name = ExcuseKind.LEAVE_ANNUAL.label
    rules, actor = site_law(), Actor(case.entered_by, case.entered_person, "", (), case.on)
    policy = indonesian(rules, facts.status, case.on, teaches_with_holidays=facts.teacher)
    if policy is None:
        return []
    history = read_history(actor, rules, facts)
    if history is None:
        return [[name, _UNKNOWN]]
    lots = {lot.year.start.year: lot for lot in balance(policy, history, case.on).lots}
    years = range(case.on.year, case.on.year - _YEARS_TOLD, -1)
    return [[f"{name} {year}", _left(lots.get(year))] for year in years]


def _left(lot: Lot | None) -> str:
    if lot is None:
        return "tidak ada sisa"
    taken = lot.planned + lot.reserved
    beside = f", {told_days(taken)} di antaranya sudah disetujui atau diajukan" if taken else ""
    return f"sisa {told_days(lot.left)}{beside}"


def _others(case: Case, facts: Facts) -> Sequence[list[str]]:
    """How often he took each other kind this year; this one is not counted."""
    year = DateRange(date(case.on.year, 1, 1), date(case.on.year + 1, 1, 1))
    rows = LeaveEntry.objects.filter(
        person_id=facts.person_id, period__overlap=year, state=PaperState.VERIFIED.value
    ).exclude(act=PaperAct.CANCEL.value)
    counts = Counter(rows.exclude(document=case.uid).values_list("kind", flat=True))
    others = [kind for kind in KINDS if counts[kind.value] and kind is not ExcuseKind.LEAVE_ANNUAL]
    return [[kind.label, f"{counts[kind.value]} kali pada {case.on.year}"] for kind in others]


# Whoever scans the code reads whose leave was decided, and no word of what kind it is, when, or why.
FORM = Paper(
    "cuti", "leave_form", "Permintaan dan pemberian cuti", number, sections, late=is_late,
    opens=("title", "name"),
)  # fmt: skip
