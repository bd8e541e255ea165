"""The conditions of one request for leave: met, not met or unknown, each with its article and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from pamong.kernel.clock import format_date
from pamong.law.engine.plan import Law
from pamong.law.leave.rules import (
    Length,
    base,
    kinds,
    longest,
    longest_extended,
    months_after,
    needs_document,
    rule,
    service_rule,
)
from pamong.law.leave.values import (
    ANNUAL,
    BIRTH,
    IMPORTANT,
    LONG,
    MATERNITY,
    NAMES,
    SICK,
    STATUSES,
    Applicant,
    Asked,
    Condition,
)


def conditions(law: Law, applicant: Applicant, asked: Asked) -> tuple[Condition, ...]:
    """Every condition of a request by the law of its first day; the first alone where the kind is not had.

    Whether the days overlap another leave, and who decides, are asked elsewhere.
    """
    has = _has_kind(law, applicant, asked)
    if has.met is not True:
        return (has,)
    return (has, *_others(law, applicant, asked))


def unmet(found: Iterable[Condition]) -> tuple[Condition, ...]:
    """The conditions that are not met, for a refusal that names them."""
    return tuple(one for one in found if one.met is False)


def _others(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    yield from _service(law, who, asked)
    if asked.kind == ANNUAL:
        yield from _annual(law, who, asked)
    if asked.kind == MATERNITY:
        yield from _child(law, who, asked)
    if asked.kind == LONG:
        yield from _long(law, who, asked)
    if asked.kind == IMPORTANT:
        yield from _reason(law, who, asked)
    if asked.kind == SICK and base(who.status) == "pppk":
        yield from _sick_year(law, who, asked)
    yield from _length(law, who, asked)
    yield from _document(law, who, asked)
    yield from _contract(who, asked)


def _has_kind(law: Law, who: Applicant, asked: Asked) -> Condition:
    found, name = kinds(law, who.status, asked.first), NAMES.get(asked.kind, asked.kind)
    status = STATUSES.get(who.status, who.status)
    if found is None:
        sentence = f"Hak cuti {status} pada {format_date(asked.first)} belum diketahui aturannya."
        return Condition("kind", None, name, "", sentence)
    met = asked.kind in found.value
    threshold = ", ".join(NAMES.get(kind, kind) for kind in found.value)
    sentence = f"{status} {'berhak atas' if met else 'tidak mempunyai'} {name}."
    return Condition("kind", met, name, threshold, sentence, found)


def _service(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    """Unbroken service up to the first day of the leave; some reasons need none, or allow an advance."""
    least = service_rule(law, who.status, asked.kind, asked.first)
    if least is None:
        return
    threshold = f"{least.value} bulan"
    waived = rule(law, "long_service_waivers", who.status, asked.first) if asked.kind == LONG else None
    if waived is not None and asked.reason in waived.value:
        sentence = "Masa kerja paling singkat tidak disyaratkan untuk alasan ini."
        yield Condition("service", True, asked.reason, threshold, sentence, waived)
        return
    if who.service_from is None:
        sentence = f"Masa kerja belum tercatat; syaratnya {threshold} terus-menerus."
        yield Condition("service", None, "", threshold, sentence, least)
        return
    due = months_after(who.service_from, least.value)
    value = f"sejak {format_date(who.service_from)}"
    if asked.first >= due:
        sentence = f"Masa kerja sudah {threshold} terus-menerus sejak {format_date(due)}."
        yield Condition("service", True, value, threshold, sentence, least)
    elif asked.kind == ANNUAL and (advance := _advance(law, who, asked)) is not None:
        yield advance
    else:
        sentence = f"Masa kerja belum {threshold} terus-menerus; baru cukup pada {format_date(due)}."
        yield Condition("service", False, value, threshold, sentence, least)


def _advance(law: Law, who: Applicant, asked: Asked) -> Condition | None:
    """A PPPK's annual leave before a year of service, for some reasons and few days."""
    reasons = rule(law, "annual_advance_reasons", who.status, asked.first)
    most = rule(law, "annual_advance_days", who.status, asked.first)
    if reasons is None or most is None or asked.reason not in reasons.value:
        return None
    met = asked.work_days <= most.value
    sentence = (
        f"Masa kerja belum cukup, tetapi alasan ini boleh memakai cuti tahunan "
        f"paling banyak {most.value} hari kerja. Kelak mengurangi cuti tahunan."
    )
    return Condition(
        "advance", met, f"{_days(asked.work_days)} hari kerja", f"{most.value} hari kerja", sentence, most
    )


def _annual(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    yield from _teacher(law, who, asked)
    least = rule(law, "annual_least_days", who.status, asked.first)
    if least is not None:
        sentence = f"Cuti tahunan diminta paling sedikit {least.value} hari kerja."
        value = f"{_days(asked.work_days)} hari kerja"
        yield Condition(
            "least", asked.work_days >= least.value, value, f"{least.value} hari kerja", sentence, least
        )
    if _early(law, who, asked) and _advance(law, who, asked) is not None:
        return
    if asked.free_days is None:
        sentence = "Sisa cuti tahunan belum diketahui."
        yield Condition("balance", None, f"{_days(asked.work_days)} hari kerja", "", sentence)
    else:
        met = asked.work_days <= asked.free_days
        sentence = (
            f"Sisa cuti tahunan {'cukup' if met else 'tidak cukup'}: {_days(asked.free_days)} hari kerja."
        )
        own = rule(law, "annual_days", who.status, asked.first)
        value = f"{_days(asked.work_days)} hari kerja"
        yield Condition("balance", met, value, f"{_days(asked.free_days)} hari kerja", sentence, own)


def _early(law: Law, who: Applicant, asked: Asked) -> bool:
    """Whether the service is known to be too short for annual leave."""
    least = service_rule(law, who.status, asked.kind, asked.first)
    if least is None or who.service_from is None:
        return False
    return asked.first < months_after(who.service_from, least.value)


def _teacher(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    """Asked only where holidays of a school stand for annual leave."""
    found = rule(law, "annual_teacher", who.status, asked.first)
    if found is None or found.value or who.teaches_with_holidays is False:
        return
    if who.teaches_with_holidays is None:
        sentence = "Belum tercatat apakah ia guru atau dosen yang mendapat liburan."
        yield Condition("teacher", None, "", "bukan guru atau dosen yang mendapat liburan", sentence, found)
        return
    sentence = "Guru atau dosen yang mendapat liburan disamakan dengan yang sudah memakai cuti tahunan."
    yield Condition(
        "teacher", False, "mendapat liburan", "bukan guru atau dosen yang mendapat liburan", sentence, found
    )


def _child(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    most = rule(law, "maternity_children", who.status, asked.first)
    if most is None:
        return
    threshold = f"anak pertama sampai anak ke-{most.value}"
    if asked.child is None:
        yield Condition("child", None, "", threshold, "Kelahiran anak ke berapa belum diisi.", most)
        return
    met = asked.child <= most.value
    if met:
        sentence = f"Kelahiran anak ke-{asked.child} mendapat cuti melahirkan."
    elif base(who.status) == "pns":
        sentence = f"Kelahiran anak ke-{asked.child} mendapat cuti besar, bukan cuti melahirkan."
    else:
        sentence = f"Cuti melahirkan diberikan sampai anak ke-{most.value}."
    yield Condition("child", met, f"anak ke-{asked.child}", threshold, sentence, most)


def _long(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    """Five years between two long leaves; a birth is asked for by its own rule, without them."""
    between = rule(law, "long_between_months", who.status, asked.first)
    if between is None or who.never_long_leave or asked.reason == BIRTH:
        return
    threshold = f"{between.value} bulan sesudah cuti besar sebelumnya"
    if who.long_leave_ended is None:
        sentence = "Cuti besar sebelumnya belum tercatat, juga bahwa belum pernah ada."
        yield Condition("between", None, "", threshold, sentence, between)
        return
    due = _first_after(who.long_leave_ended, between.value)
    met = asked.first >= due
    sentence = f"Cuti besar berikutnya paling cepat {format_date(due)}."
    yield Condition(
        "between", met, f"selesai {format_date(who.long_leave_ended)}", threshold, sentence, between
    )


def _reason(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    listed = rule(law, "important_reasons", who.status, asked.first)
    if listed is None:
        return
    threshold = ", ".join(reason.replace("_", " ") for reason in listed.value)
    if not asked.reason:
        yield Condition("reason", None, "", threshold, "Alasan cuti belum dipilih.", listed)
        return
    met = asked.reason in listed.value
    sentence = f"Alasan ini {'termasuk' if met else 'tidak termasuk'} alasan penting menurut peraturan."
    yield Condition("reason", met, asked.reason.replace("_", " "), threshold, sentence, listed)


def _sick_year(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    """A PPPK's sick leave within a year of contract; miscarriage and accidents have rules of their own."""
    most = rule(law, "sick_days_year", who.status, asked.first)
    if most is None or asked.reason:
        return
    threshold = f"{most.value} hari kerja setahun perjanjian"
    if who.sick_days_in_contract_year is None:
        sentence = "Jumlah cuti sakit pada tahun perjanjian ini belum diketahui."
        yield Condition("sick_year", None, "", threshold, sentence, most)
        return
    total = who.sick_days_in_contract_year + asked.work_days
    sentence = f"Bersama cuti ini, cuti sakit pada tahun perjanjian ini {_days(total)} hari kerja."
    yield Condition("sick_year", total <= most.value, f"{_days(total)} hari kerja", threshold, sentence, most)


def _length(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    """From the first day of the whole leave to its last, by months of the calendar."""
    limit = longest(law, who.status, asked.kind, asked.first, asked.reason)
    if limit is None:
        return
    more = longest_extended(law, who.status, asked.kind, asked.first, asked.reason) if asked.extends else None
    if more is not None and asked.to_day > limit.last_day(asked.from_day):
        if asked.to_day <= more.last_day(asked.from_day):
            yield _extension(asked, limit, more)
        limit = more
    last = limit.last_day(asked.from_day)
    met = asked.to_day <= last
    if met:
        sentence = f"Lamanya tidak melebihi {limit.text}."
    else:
        sentence = f"Lamanya melebihi {limit.text}: paling lama sampai {format_date(last)}."
    value = f"{format_date(asked.from_day)} sampai {format_date(asked.to_day)}"
    if asked.together:
        sentence += f" Cuti yang bersambung dihitung bersama: {value}."
    yield Condition("length", met, value, limit.text, sentence, limit.cited)


def _extension(asked: Asked, limit: Length, more: Length) -> Condition:
    """Beyond the first limit there is more only for a reason that who decides has to know."""
    if asked.kind == SICK:
        need = "surat keterangan tim penguji kesehatan. Tulis nomor dan tanggalnya."
    else:
        need = "alasan penting untuk memperpanjangnya. Tulis alasannya."
    sentence = f"Melewati {limit.text}: hanya dengan {need}"
    return Condition("extension", None, "", limit.text, sentence, more.cited)


def _document(law: Law, who: Applicant, asked: Asked) -> Iterator[Condition]:
    found = needs_document(
        law, who.status, asked.kind, asked.first, days=asked.calendar_days, reason=asked.reason
    )
    if found is None:
        return
    met = asked.has_document
    if met is None:
        sentence = f"Belum diketahui apakah {found.value} sudah dilampirkan."
    else:
        sentence = f"{found.value.capitalize()} {'sudah' if met else 'belum'} dilampirkan."
    yield Condition("document", met, "ada" if met else "tidak ada", found.value, sentence, found)


def _contract(who: Applicant, asked: Asked) -> Iterator[Condition]:
    """Nobody is on leave after his contract."""
    if base(who.status) != "pppk" or who.contract_ends is None:
        return
    met = asked.last < who.contract_ends
    sentence = f"Perjanjian kerja {'masih berlaku' if met else 'berakhir sebelum cuti selesai'}."
    yield Condition(
        "contract", met, format_date(asked.last), f"sebelum {format_date(who.contract_ends)}", sentence
    )


def _first_after(last: date, months: int) -> date:
    """The first day that is months after a leave that ended on a day: 31 May 2019 and 60 give 1 June 2024."""
    return months_after(date.fromordinal(last.toordinal() + 1), months)


def _days(days: Fraction) -> str:
    """Whole and half days as people write them; others with two decimals, rounded half up."""
    hundredths = (days * 200 + 1) // 2
    text = f"{hundredths // 100},{hundredths % 100:02d}".rstrip("0")
    return text.rstrip(",")
