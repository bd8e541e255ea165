"""The law of leave: what somebody has, what a request must fulfil, who decides; each with its article."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from pamong.law import leave
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.law.leave import Applicant, Asked, Condition

NOW = date(2026, 11, 10)
PNS = Applicant("pns", date(2015, 3, 1), never_long_leave=True)
PPPK = Applicant(
    "pppk", date(2024, 3, 1), contract_ends=date(2029, 3, 1), teaches_with_holidays=False,
    sick_days_in_contract_year=Fraction(0),
)  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Law:
    """The law of the invented city."""
    return load_law("contoh")


def asked(kind: str, first: date, last: date, **more: object) -> Asked:
    """A request whose working days are its calendar days."""
    return replace(Asked(kind, first, last, Fraction((last - first).days + 1)), **more)  # type: ignore[arg-type]


def one(found: tuple[Condition, ...], name: str) -> Condition:
    """The condition of a name."""
    return next(each for each in found if each.name == name)


def test_what_each_status_has(law: Law) -> None:
    has = {status: leave.kinds(law, status, NOW) for status in ("pns", "cpns", "pppk")}
    assert {status: found.value for status, found in has.items() if found} == {
        "pns": ("CT", "CB", "S", "CM", "CAP", "CLTN"),
        "cpns": ("CT", "S", "CM", "CAP"),
        "pppk": ("CT", "S", "CM"),
    }
    assert has["pppk"] is not None and has["pppk"].citation.text == "PP 49/2018, Pasal 77"
    assert leave.kinds(law, "pns", date(2017, 4, 6)) is None
    assert leave.kinds(law, "honorer", NOW) is None


def test_oracle_leave_L_5_a_cpns_of_eleven_months_asks_for_annual_leave(law: Law) -> None:
    who = Applicant("cpns", date(2025, 12, 10))
    found = leave.conditions(law, who, asked("CT", NOW, NOW, free_days=Fraction(0)))
    service = one(found, "service")
    assert service.met is False and service.article == "PP 11/2017, Pasal 311 ayat (1)"
    assert service.sentence == ("Masa kerja belum 12 bulan terus-menerus; baru cukup pada 10 Desember 2026.")
    assert service in leave.unmet(found)
    first = date(2026, 12, 10)
    assert one(leave.conditions(law, who, asked("CT", first, first)), "service").met is True


@pytest.mark.parametrize("kind", ["CB", "CLTN", "CAP"])
def test_oracle_leave_L_6_a_pppk_has_no_long_and_no_unpaid_leave(law: Law, kind: str) -> None:
    found = leave.conditions(law, PPPK, asked(kind, NOW, NOW))
    assert [(each.name, each.met, each.article) for each in found] == [
        ("kind", False, "PP 49/2018, Pasal 77")
    ]
    assert leave.entitlement(law, "pppk", kind, NOW) is None


def test_unknown_service_is_unknown_and_not_no(law: Law) -> None:
    found = leave.conditions(law, Applicant("pns"), asked("CB", NOW, NOW))
    assert one(found, "service").met is None and one(found, "between").met is None
    assert one(leave.conditions(law, PNS, asked("CT", NOW, NOW)), "balance").met is None


@pytest.mark.parametrize(
    ("status", "on", "days", "document"),
    [
        ("pns", date(2019, 5, 6), 1, None),
        ("pns", date(2019, 5, 6), 14, "surat keterangan dokter"),
        ("pns", date(2019, 5, 6), 15, "surat keterangan dokter pemerintah"),
        ("pns", NOW, 1, "surat keterangan dokter yang memiliki izin praktik"),
        ("pns", NOW, 15, "surat keterangan dokter yang memiliki izin praktik"),
        ("cpns", NOW, 3, "surat keterangan dokter yang memiliki izin praktik"),
        ("pppk", date(2020, 5, 6), 1, None),
        ("pppk", NOW, 1, "surat keterangan dokter"),
        ("pppk", NOW, 14, "surat keterangan dokter"),
        ("pppk", NOW, 15, "surat keterangan dokter pemerintah"),
    ],
)
def test_documents_of_sick_leave(law: Law, status: str, on: date, days: int, document: str | None) -> None:
    found = leave.needs_document(law, status, "S", on, days=days)
    assert (found.value if found else None) == document


@pytest.mark.parametrize(
    ("status", "kind", "reason", "document"),
    [
        ("pns", "CAP", "sakit_keras", "surat keterangan rawat inap dari unit pelayanan kesehatan"),
        ("pns", "CAP", "musibah", "surat keterangan paling rendah dari ketua rukun tetangga"),
        ("pns", "CAP", "perkawinan", None),
        ("pns", "S", "gugur_kandungan", "surat keterangan dokter atau bidan"),
        ("pppk", "CT", "sakit_keras", "surat keterangan rawat inap dari unit pelayanan kesehatan"),
        ("pns", "CLTN", "keturunan", "surat keterangan dokter spesialis"),
        ("pns", "CT", "sakit_keras", None),
        ("pns", "CM", "", None),
    ],
)
def test_documents_by_reason(law: Law, status: str, kind: str, reason: str, document: str | None) -> None:
    found = leave.needs_document(law, status, kind, NOW, days=3, reason=reason)
    assert (found.value if found else None) == document


@pytest.mark.parametrize(
    ("has", "met", "word"), [(True, True, "sudah"), (False, False, "belum"), (None, None, "")]
)
def test_a_document_is_there_or_missing_or_unknown(
    law: Law, has: bool | None, met: bool | None, word: str
) -> None:
    found = one(leave.conditions(law, PNS, asked("S", NOW, NOW, has_document=has)), "document")
    assert found.met is met and word in found.sentence
    assert found.threshold == "surat keterangan dokter yang memiliki izin praktik"


@pytest.mark.parametrize(
    ("kind", "reason", "last", "met"),
    [
        ("CB", "agama", date(2027, 2, 9), True),
        ("CB", "agama", date(2027, 2, 10), False),
        ("CM", "", date(2027, 2, 9), True),
        ("CAP", "meninggal", date(2026, 12, 9), True),
        ("CAP", "meninggal", date(2026, 12, 10), False),
        ("S", "", date(2027, 11, 9), True),
        ("S", "", date(2027, 11, 10), False),
        ("S", "gugur_kandungan", date(2026, 12, 24), True),
        ("S", "gugur_kandungan", date(2026, 12, 25), False),
        ("CLTN", "", date(2029, 11, 9), True),
        ("CLTN", "", date(2029, 11, 10), False),
    ],
)
def test_lengths_by_months_of_the_calendar(law: Law, kind: str, reason: str, last: date, met: bool) -> None:
    request = asked(kind, NOW, last, reason=reason, child=1)
    assert one(leave.conditions(law, PNS, request), "length").met is met


def test_an_extension_goes_on_from_the_first_day(law: Law) -> None:
    began, first = date(2025, 6, 1), date(2026, 6, 1)
    ill = asked("S", first, date(2026, 11, 30), began=began, extends=True)
    assert one(leave.conditions(law, PNS, ill), "length").met is True
    longer = replace(ill, last=date(2026, 12, 1))
    found = one(leave.conditions(law, PNS, longer), "length")
    assert (
        found.met is False
        and found.sentence
        == "Lamanya melebihi 18 bulan: paling lama sampai 30 November 2026. "
        "Cuti yang bersambung dihitung bersama: 1 Juni 2025 sampai 1 Desember 2026."
    )
    assert not [each for each in leave.conditions(law, PNS, longer) if each.name == "extension"]
    more = one(leave.conditions(law, PNS, ill), "extension")
    assert more.met is None and "tim penguji kesehatan" in more.sentence
    assert more.article == "PP 17/2020, Pasal 320 ayat (4)"
    # Maternity leave has no extension.
    birth = asked("CM", NOW, date(2027, 2, 10), child=1, extends=True)
    assert one(leave.conditions(law, PNS, birth), "length").met is False


def test_an_accident_at_work_has_no_limit(law: Law) -> None:
    found = leave.conditions(law, PNS, asked("S", NOW, date(2029, 1, 1), reason="kecelakaan_kerja"))
    assert "length" not in {each.name for each in found}


@pytest.mark.parametrize(("child", "met"), [(1, True), (3, True), (4, False), (None, None)])
def test_the_fourth_child_brings_long_leave(law: Law, child: int | None, met: bool | None) -> None:
    found = one(leave.conditions(law, PNS, asked("CM", NOW, NOW, child=child)), "child")
    assert found.met is met and found.article == "PP 11/2017, Pasal 325 ayat (1)"
    if child == 4:
        assert "cuti besar" in found.sentence
        young = Applicant("pns", date(2025, 1, 1))
        long = leave.conditions(law, young, asked("CB", NOW, NOW, reason="kelahiran", child=4))
        assert leave.unmet(long) == () and one(long, "service").article.startswith("PerBKN 24/2017")


def test_the_fourth_child_of_a_pppk_brings_no_other_leave(law: Law) -> None:
    found = one(leave.conditions(law, PPPK, asked("CM", NOW, NOW, child=4)), "child")
    assert found.met is False and "cuti besar" not in found.sentence


def test_long_leave_comes_again_after_five_years(law: Law) -> None:
    who = replace(PNS, never_long_leave=False, long_leave_ended=date(2019, 5, 31))
    early, due = (asked("CB", on, on) for on in (date(2024, 5, 31), date(2024, 6, 1)))
    assert one(leave.conditions(law, who, early), "between").met is False
    assert one(leave.conditions(law, who, due), "between").met is True


def test_religion_needs_no_five_years(law: Law) -> None:
    young = Applicant("pns", date(2025, 1, 1), never_long_leave=True)
    assert one(leave.conditions(law, young, asked("CB", NOW, NOW)), "service").met is False
    assert one(leave.conditions(law, young, asked("CB", NOW, NOW, reason="agama")), "service").met is True


def test_an_important_reason_stands_in_the_list(law: Law) -> None:
    for reason, met in (("meninggal", True), ("liburan", False), ("", None)):
        assert one(leave.conditions(law, PNS, asked("CAP", NOW, NOW, reason=reason)), "reason").met is met
    before = date(2017, 12, 1)
    found = leave.conditions(law, PNS, asked("CAP", before, before, reason="musibah"))
    assert one(found, "reason").met is False


def test_annual_leave_within_what_is_free(law: Law) -> None:
    request = asked("CT", NOW, date(2026, 11, 12), free_days=Fraction(5, 2))
    found = one(leave.conditions(law, PNS, request), "balance")
    assert found.met is False and found.sentence == "Sisa cuti tahunan tidak cukup: 2,5 hari kerja."
    half = replace(request, last=NOW, work_days=Fraction(1, 2))
    assert {each.name for each in leave.unmet(leave.conditions(law, PNS, half))} == {"least"}


def test_an_advance_of_a_pppk_before_a_year_of_service(law: Law) -> None:
    young = replace(PPPK, service_from=date(2026, 6, 1))
    request = asked("CT", NOW, date(2026, 11, 15), reason="perkawinan_pertama", free_days=Fraction(0))
    found = leave.conditions(law, young, request)
    assert one(found, "advance").met is True and leave.unmet(found) == ()
    week = replace(request, last=date(2026, 11, 16), work_days=Fraction(7))
    assert [each.name for each in leave.unmet(leave.conditions(law, young, week))] == ["advance"]
    other = replace(request, reason="liburan")
    assert "service" in {each.name for each in leave.unmet(leave.conditions(law, young, other))}


def test_teachers_with_holidays(law: Law) -> None:
    teacher = replace(PPPK, teaches_with_holidays=True)
    found = one(leave.conditions(law, teacher, asked("CT", NOW, NOW, free_days=Fraction(1))), "teacher")
    assert found.met is False and found.article == "PP 49/2018, Pasal 81"
    unknown = replace(PPPK, teaches_with_holidays=None)
    assert one(leave.conditions(law, unknown, asked("CT", NOW, NOW)), "teacher").met is None
    for on, asks in ((date(2019, 7, 1), True), (NOW, False)):
        pns = replace(PNS, teaches_with_holidays=True)
        names = {each.name for each in leave.conditions(law, pns, asked("CT", on, on))}
        assert ("teacher" in names) is asks


def test_sick_leave_of_a_pppk_within_a_year_of_contract(law: Law) -> None:
    ill = replace(PPPK, sick_days_in_contract_year=Fraction(28))
    found = leave.conditions(law, ill, asked("S", NOW, date(2026, 11, 12), has_document=True))
    assert one(found, "sick_year").met is False and one(found, "length").met is True
    unknown = replace(PPPK, sick_days_in_contract_year=None)
    assert one(leave.conditions(law, unknown, asked("S", NOW, NOW)), "sick_year").met is None
    after = asked("S", date(2029, 2, 27), date(2029, 3, 1))
    assert one(leave.conditions(law, PPPK, after), "contract").met is False


def test_what_an_entitlement_says(law: Law) -> None:
    annual = leave.entitlement(law, "pns", "CT", NOW)
    assert annual is not None and annual.days is not None and annual.remote_days is not None
    assert (annual.days.value, annual.remote_days.value) == (12, 12)
    assert annual.counted is not None and annual.counted.value == "kerja" and annual.paid is None
    pppk = leave.entitlement(law, "pppk", "CT", NOW)
    assert pppk is not None and pppk.remote_days is not None and pppk.remote_days.value == 6
    unpaid = leave.entitlement(law, "pns", "CLTN", NOW)
    assert unpaid is not None and unpaid.paid is not None and unpaid.paid.value is False
    assert unpaid.length is not None and unpaid.extension is not None
    assert (unpaid.length.text, unpaid.extension.text) == ("36 bulan", "12 bulan")
    ill = leave.longest(law, "pppk", "S", NOW)
    assert ill is not None and ill.months == 1
    lost = leave.longest(law, "pns", "S", NOW, "gugur_kandungan")
    assert lost is not None and lost.text == "1 bulan 15 hari"


def test_who_can_be_called_back(law: Law) -> None:
    assert [kind for kind in ("CT", "CB", "S", "CM", "CAP") if leave.recallable(law, "pns", kind, NOW)] == [
        "CT", "CB", "CAP",
    ]  # fmt: skip
    assert leave.recallable(law, "pppk", "S", NOW) is None


@pytest.mark.parametrize(
    ("post", "unit", "office"),
    [
        ("sekda", "sekretariat", "wali_kota"),
        ("kepala_opd", "opd", "sekda"),
        ("asisten", "sekretariat", "sekda"),
        ("staf_ahli", "sekretariat", "sekda"),
        ("camat", "kecamatan", "sekda"),
        ("administrator", "opd", "kepala_opd"),
        ("pelaksana", "opd", "kepala_opd"),
        ("lurah", "kelurahan", "camat"),
        ("jf", "kecamatan", "camat"),
        ("pelaksana", "kelurahan", "camat"),
    ],
)
def test_who_decides_in_the_invented_city(law: Law, post: str, unit: str, office: str) -> None:
    found = leave.decides(law, "pns", "CT", NOW, post=post, unit=unit)
    assert found is not None and (found.office, found.delegable) == (office, True)
    assert found.cited.evidence is Evidence.EXAMPLE


def test_what_the_law_keeps_with_the_appointing_official(law: Law) -> None:
    unpaid = leave.decides(law, "pns", "CLTN", NOW, post="pelaksana", unit="opd")
    assert unpaid is not None and (unpaid.office, unpaid.delegable) == ("wali_kota", False)
    assert unpaid.cited.citation.text == "PP 11/2017, Pasal 336 ayat (3)"
    consent = leave.needs_consent(law, "pns", "CLTN", NOW)
    assert consent is not None and consent.value == "Kepala BKN"
    assert leave.needs_consent(law, "pns", "CT", NOW) is None
    # Since 2021 the appointing official may empower another for leave abroad.
    for on, delegable in ((date(2024, 1, 1), True), (NOW, True)):
        abroad = leave.decides(law, "pns", "CT", on, post="pelaksana", unit="opd", abroad=True)
        assert abroad is not None and (abroad.office, abroad.delegable) == ("wali_kota", delegable)


def test_case_L_24_the_office_above_decides_for_whoever_decides(law: Law) -> None:
    steps = [leave.decider_above(law, office, NOW) for office in ("camat", "kepala_opd", "sekda")]
    assert [step.office for step in steps if step] == ["sekda", "sekda", "wali_kota"]
    assert leave.decider_above(law, "wali_kota", NOW) is None


def test_no_delegation_is_unknown() -> None:
    samarinda = load_law("samarinda")
    assert leave.decides(samarinda, "pns", "CT", NOW, post="pelaksana", unit="opd") is None
    assert leave.decides(samarinda, "pns", "CLTN", NOW, post="pelaksana", unit="opd") is None
    assert leave.decides(samarinda, "pppk", "CT", NOW, post="jf", unit="opd", abroad=True) is None


def test_leave_and_its_lots_load_no_columns_and_no_framework() -> None:
    code = (
        "import sys, pamong.law.leave, pamong.leave.lots, pamong.leave.days\n"
        "print(sorted({'polars', 'django', 'psycopg'} & set(sys.modules)))"
    )
    source = Path(__file__).resolve().parents[2] / "src"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(source), "PATH": ""},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
