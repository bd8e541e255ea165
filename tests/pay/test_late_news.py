"""What is known after a month was paid: differences with their causes, on the next list; nothing twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pamong.law.engine.law import load_law
from pamong.pay.errors import MonthNotPaid
from pamong.pay.models import Difference, DifferenceLine, Slip, SlipInput, SlipLine
from tests.pay.support import Office, Someone
from tests.support.lists import build
from tests.support.paid import Months, rate_of_class_9

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE, JULY = (date(2026, month, 1) for month in (4, 5, 6, 7))
LONG_AGO = date(2022, 1, 1)
ONE = Someone(1, golongan="II/a", fixed_income=12_000_000)  # nothing is taken off his allowance
TWO = Someone(2, golongan="III/a")


def slips() -> list[Any]:
    """Every slip that was ever written, with lines and facts, to the byte."""
    return [list(model.objects.order_by("pk").values()) for model in (Slip, SlipLine, SlipInput)]


def lines(**wishes: Any) -> list[tuple[str, int, int]]:
    rows = DifferenceLine.objects.filter(**wishes).order_by("difference_id", "number")
    return [(row.cause, row.gross, row.net) for row in rows]


def raised(months: Months, folder: Path) -> None:
    """The regulation of June raises class 9 from April."""
    rate_of_class_9(folder, (LONG_AGO, 6_000_000), (APRIL, 6_500_000))
    load_law.cache_clear()


@pytest.fixture
def months(office: Office, tmp_path: Path) -> Months:
    """April and May are paid: Rp6.000.000 each to who has no tax on it."""
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000))
    load_law.cache_clear()
    made = Months(build(office, [ONE, TWO]), str(tmp_path))
    for month in (APRIL, MAY):
        made.paid(month, [ONE, TWO])
    return made


def test_case_P_01_a_raise_in_arrears_comes_as_labelled_lines_once(months: Months, tmp_path: Path) -> None:
    before = slips()
    raised(months, tmp_path)
    posted = [months.post(month) for month in (APRIL, MAY)]
    assert [(each.people, each.more, each.less, dict(each.undecided)) for each in posted] == [
        (2, 2, 0, {})
    ] * 2
    assert lines(difference__person=months.town.persons[1]) == [("law", 500_000, 500_000)] * 2
    assert DifferenceLine.objects.filter(cause="law").first().changes == [  # type: ignore[union-attr]
        ["TPP beban kerja", "Rp6.000.000", "Rp6.500.000"],
        ["Bagian produktivitas kerja", "Rp3.600.000", "Rp3.900.000"],
        ["Bagian disiplin kerja", "Rp2.400.000", "Rp2.600.000"],
    ]
    months.open(JUNE, [ONE, TWO])
    assert months.items(JUNE, ONE) == [(APRIL, 1, 500_000), (MAY, 1, 500_000), (JUNE, 0, 6_500_000)]
    assert sum(gross for *_, gross in months.items(JUNE, ONE)) == 7_500_000
    months.pay(JUNE)
    assert [months.post(month).people for month in (APRIL, MAY, JUNE)] == [0, 0, 0]
    months.open(JULY, [ONE, TWO])
    assert months.items(JULY, ONE) == [(JULY, 0, 6_500_000)]
    assert slips()[0][:4] == before[0]
    for old, new in zip(before, slips(), strict=True):
        assert all(row in new for row in old)


def test_case_P_23_late_presence_proposes_a_difference_for_whom_it_changes(months: Months) -> None:
    late = TWO.with_(days={8: ("08:04", "16:40")})
    months.paid(JUNE, [ONE, late])
    months.compute(JUNE, [ONE, TWO.with_(days={})])
    posted = months.post(JUNE)
    assert (posted.people, posted.more) == (1, 1)
    (row,) = DifferenceLine.objects.all()
    assert row.cause == "presence"
    assert row.changes == [["8 Juni 2026, presensi masuk", "08.04", "07.20"]]
    assert Difference.objects.get().person == months.town.persons[2]


def test_nothing_is_paid_so_nothing_differs(months: Months) -> None:
    months.open(JUNE, [ONE, TWO])
    with pytest.raises(MonthNotPaid, match="Juni 2026 belum ada yang cair"):
        months.post(JUNE)
