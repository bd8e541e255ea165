"""Careers for plain Python: every answer carries its article, and what is not known is None."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.law import career
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law

NOW = date(2026, 11, 10)


@pytest.fixture(scope="module")
def law() -> Law:
    """The law of the invented city."""
    return load_law("contoh")


def said(found: career.Cited[int] | career.Cited[str] | None) -> tuple[object, str]:
    """A value and its article."""
    assert found is not None
    return found.value, found.citation.text


@pytest.mark.parametrize(
    ("key", "on", "age", "article"),
    [
        ("jpt_pratama", date(2014, 1, 15), 60, "UU 5/2014, Pasal 90"),
        ("administrator", date(2023, 10, 30), 58, "PP 11/2017, Pasal 239 ayat (2)"),
        ("administrator", date(2023, 10, 31), 58, "UU 20/2023, Pasal 55"),
        ("pelaksana", NOW, 58, "UU 20/2023, Pasal 55"),
        ("jf_ahli_madya", NOW, 60, "PP 11/2017, Pasal 239 ayat (2)"),
        ("guru", NOW, 60, "UU 14/2005, Pasal 30 ayat (4)"),
        ("peneliti_ahli_utama", NOW, 70, "UU 11/2019, Pasal 53 ayat (1)"),
    ],
)
def test_age_limits_with_their_article(law: Law, key: str, on: date, age: int, article: str) -> None:
    found = career.retirement_age(law, key, on)
    assert said(found) == (age, article)
    assert found is not None and found.evidence is Evidence.TEXT


def test_standings_that_rightly_have_no_post(law: Law) -> None:
    seatless = career.seatless_standings(law, NOW)
    assert {"cltn", "masa persiapan pensiun", "tugas belajar", "pemberhentian sementara"} <= seatless
    assert not {"aktif", "pppk aktif", "pns kena hukuman disiplin"} & seatless
    dated = law.by_name["standing_without_post"].on(NOW)
    assert dated.evidence is Evidence.TEXT and "Pasal 350 ayat (1)" in dated.citation.text
    assert career.seatless_standings(law, date(2017, 4, 6)) == frozenset()


@pytest.mark.parametrize(
    ("key", "on"), [("jf_ahli_muda", date(2017, 4, 6)), ("administrator", date(2014, 1, 14)), ("jaksa", NOW)]
)
def test_an_age_limit_that_was_not_read_is_none(law: Law, key: str, on: date) -> None:
    assert career.retirement_age(law, key, on) is None
    assert career.retirement(law, key, date(1970, 1, 1), on) is None


@pytest.mark.parametrize(
    ("kind", "jenjang", "family", "key"),
    [
        ("administrator", "", "", "administrator"),
        ("jf", "Ahli Muda", "", "jf_ahli_muda"),
        ("jf", "Ahli Muda", "Perencana", "jf_ahli_muda"),
        ("jf", "Penyelia", "Perawat", "jf_penyelia"),
        ("jf", "Ahli Pertama", "Guru", "guru"),
        ("jf", "Ahli Madya", "Peneliti", "peneliti_ahli_madya"),
        ("jf", "", "", None),
        ("jf", "Lektor", "", None),
    ],
)
def test_the_name_of_a_post_in_the_law(
    law: Law, kind: str, jenjang: str, family: str, key: str | None
) -> None:
    assert career.retirement_key(law, NOW, kind=kind, jenjang=jenjang, family=family) == key


@pytest.mark.parametrize(
    ("key", "born", "last_day", "starts_on"),
    [
        ("pelaksana", date(1968, 11, 10), date(2026, 11, 30), date(2026, 12, 1)),
        ("pelaksana", date(1968, 11, 1), date(2026, 11, 30), date(2026, 12, 1)),
        ("pelaksana", date(1968, 12, 31), date(2026, 12, 31), date(2027, 1, 1)),
        ("pelaksana", date(1968, 2, 29), date(2026, 2, 28), date(2026, 3, 1)),
        ("jpt_pratama", date(1968, 2, 29), date(2028, 2, 29), date(2028, 3, 1)),
        ("jf_ahli_utama", date(1962, 5, 31), date(2027, 5, 31), date(2027, 6, 1)),
    ],
)
def test_retirement_at_the_end_of_the_month(
    law: Law, key: str, born: date, last_day: date, starts_on: date
) -> None:
    found = career.retirement(law, key, born, NOW)
    assert found is not None
    assert (found.last_day, found.starts_on) == (last_day, starts_on)
    assert said(found.start) == (1, "UU 11/1969, Pasal 13 ayat (1)")


@given(born=st.dates(date(1950, 1, 1), date(2008, 12, 31)))
def test_a_pension_starts_on_the_first_within_31_days_of_the_birthday(born: date) -> None:
    found = career.retirement(load_law("contoh"), "guru", born, NOW)
    assert found is not None and found.starts_on.day == 1
    assert found.last_day == found.starts_on - timedelta(days=1)
    # 29 February is taken as the 28th where the year has none
    day = min(born.day, 28) if born.month == 2 else born.day
    reached = date(born.year + found.age.value, born.month, day)
    assert timedelta(0) < found.starts_on - reached <= timedelta(days=31)


def test_grades_have_an_order_within_their_scale(law: Law) -> None:
    assert said(career.grade_order(law, "III/d", NOW))[0] == 12
    assert said(career.grade_order(law, "IX", NOW))[0] == 9
    assert said(career.grade_code(law, "III/d", NOW))[0] == "34"
    assert said(career.pangkat_name(law, "III/d", NOW))[0] == "Penata Tingkat I"
    assert career.grade_order(law, "V/a", NOW) is None
    assert career.grade_code(law, "IX", NOW) is None and career.pangkat_name(law, "IX", NOW) is None


def test_echelons(law: Law) -> None:
    code = career.eselon_of_code(law, "31", NOW)
    assert code is not None and code.value == "III.a"
    assert said(career.kind_of_eselon(law, "III.a", date(2016, 1, 1))) == (
        "administrator",
        "UU 5/2014, Pasal 131",
    )
    limits = career.rank_limits(law, "III.a", NOW)
    assert (said(limits.lowest)[0], said(limits.highest)[0]) == ("IV/a", "IV/b")
    assert career.weakest(limits.lowest, limits.highest) is Evidence.SECONDARY
    assert career.weakest(*vars_of(career.rank_limits(law, "III.a", date(2010, 1, 1)))) is Evidence.TEXT
    assert career.kind_of_eselon(law, "I.a", NOW) is None
    assert career.weakest(None) is None


def vars_of(limits: career.Limits[str]) -> tuple[career.Cited[str] | None, career.Cited[str] | None]:
    """Both ends of limits."""
    return limits.lowest, limits.highest


@pytest.mark.parametrize(
    ("golongan", "eselon", "fits"),
    [
        ("IV/a", "III.a", True),
        ("IV/b", "III.a", True),
        ("III/d", "III.a", False),
        ("IV/c", "III.a", False),
        ("IV/e", "I.a", None),
        ("IX", "III.a", None),
        ("III/d", "VI.a", None),
    ],
)
def test_whether_a_grade_fits_an_echelon(law: Law, golongan: str, eselon: str, fits: bool | None) -> None:
    assert career.fits_rank(law, golongan, eselon, NOW) is fits


def test_schooling(law: Law) -> None:
    level = career.education_of_code(law, "40", NOW)
    assert level is not None and level.value == "s1"
    grades = career.education_grades(law, level.value, NOW)
    assert (said(grades.lowest)[0], said(grades.highest)[0]) == ("III/a", "III/d")
    assert said(career.education_grades(law, "dokter", date(2010, 1, 1)).lowest)[0] == "III/b"
    assert career.education_grades(law, "dokter", NOW) == career.Limits(None, None)
    assert said(career.education_grade_pppk(law, "s1", NOW))[0] == "IX"
    assert career.education_grade_pppk(law, "sma", NOW) is None


def test_ages_and_probation(law: Law) -> None:
    ages = career.cpns_ages(law, NOW)
    assert (said(ages.lowest)[0], said(ages.highest)[0]) == (18, 35)
    assert said(career.pppk_lowest_age(law, NOW)) == (20, "PP 49/2018, Pasal 16 huruf a")
    assert said(career.pppk_years_left(law, NOW))[0] == 1
    assert career.pppk_lowest_age(law, date(2018, 11, 27)) is None
    before, now = (career.probation_months(law, on) for on in (date(2017, 4, 6), NOW))
    assert (said(before.lowest)[0], said(before.highest)[0]) == (12, 24)
    assert said(now.highest) == (12, "PP 11/2017, Pasal 34 ayat (1)")


def test_acting_officials(law: Law) -> None:
    limits = career.acting(law, NOW)
    assert said(limits.months) == (3, "SE BKN 1/SE/I/2021, Angka 11")
    assert said(limits.extension_months)[0] == 3
    assert said(limits.levels_up) == (1, "SE BKN 1/SE/I/2021, Angka 12")
    assert limits.months is not None and limits.months.evidence is Evidence.OFFICIAL
    assert career.acting(law, date(2018, 1, 1)) == career.Acting(None, None, None)


def test_the_module_needs_no_columns() -> None:
    code = (
        "import sys\nfrom datetime import date\n"
        "from pamong.law import career\n"
        "from pamong.law.engine.law import load_law\n"
        "assert career.retirement(load_law('contoh'), 'guru', date(1970, 1, 1), date(2026, 1, 1))\n"
        "print('polars' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
