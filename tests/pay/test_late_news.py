"""What is known after a month was paid: differences with their causes, on the next list; nothing twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from pamong.law.engine.law import load_law
from pamong.pay import path
from pamong.pay.errors import MonthNotPaid
from pamong.pay.models import Difference, DifferenceLine, DifferencePart, PayItem, Slip, SlipInput, SlipLine
from tests.pay.support import Office, Someone
from tests.support.lists import build
from tests.support.month import MORNING
from tests.support.paid_months import Months, rate_of_class_9, regulation

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE, JULY = (date(2026, month, 1) for month in (4, 5, 6, 7))
REASON = "Menunggu surat keterangan"
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
    assert [(each.people, each.more, each.less, each.undecided) for each in posted] == [(2, 2, 0, [])] * 2
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
    assert row.changes == [["8 Juni 2026, presensi masuk", "08.04", "07.20 (44 menit lebih awal)"]]
    assert Difference.objects.get().person == months.town.persons[2]


def test_nothing_is_paid_so_nothing_differs(months: Months) -> None:
    months.open(JUNE, [ONE, TWO])
    with pytest.raises(MonthNotPaid, match="Juni 2026 belum ada yang cair"):
        months.post(JUNE)


def test_case_P_25_leave_cancelled_after_payment_leaves_the_slip_and_comes_back(months: Months) -> None:
    on_leave = TWO.with_(excused="22=CT,23=CT,24=CT,25=CT", days=dict.fromkeys((22, 23, 24, 25)))
    months.paid(JUNE, [ONE, on_leave])
    before = slips()
    months.compute(JUNE, [ONE, on_leave.with_(excused="")])  # the leave is cancelled; nobody saw him
    posted = months.post(JUNE)
    assert (posted.less, posted.more) == (1, 0)
    (row,) = DifferenceLine.objects.all()
    assert (row.cause, row.net < 0) == ("presence", True)
    assert [change[1:] for change in row.changes] == [["CT", "tidak ada"]] * 4
    assert all(new in slips()[place] for place, old in enumerate(before) for new in old)
    july = months.open(JULY, [ONE, TWO])["Dinas A"]
    assert months.items(JULY, TWO) == [(JUNE, 1, row.gross), (JULY, 0, 6_000_000)]
    assert july.gross == 12_000_000 + row.gross


def test_case_P_03_giving_back_never_gives_more_than_was_taken(months: Months) -> None:
    absent = TWO.with_(days=dict.fromkeys((8, 9)), excused="08=TK,09=TK")
    months.paid(JUNE, [ONE, absent])
    taken = 6_000_000 - Slip.objects.get(run__month=JUNE, nip=TWO.nip).gross  # type: ignore[operator]
    assert taken > 0
    months.compute(JUNE, [ONE, TWO.with_(excused="08=DL,09=DL,10=DL")])  # three days, of which two were cut
    months.post(JUNE)
    assert Difference.objects.aggregate(all=Sum("gross")) == {"all": taken}
    months.compute(JUNE, [ONE, TWO.with_(excused="08=DL,09=DL,10=DL,11=DL")])
    assert months.post(JUNE).people == 0
    assert Difference.objects.aggregate(all=Sum("gross")) == {"all": taken}


def test_case_P_25_a_list_never_pays_less_than_nothing_and_the_rest_goes_on(
    months: Months, tmp_path: Path
) -> None:
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 4_000_000))
    load_law.cache_clear()
    for month in (APRIL, MAY):
        months.post(month)
    june = months.open(JUNE, [ONE, TWO])["Dinas A"]
    assert months.items(JUNE, ONE) == [(APRIL, 1, -2_000_000), (MAY, 1, -2_000_000), (JUNE, 0, 4_000_000)]
    assert (june.gross, june.net) == (0, 0)
    uid = PayItem.objects.get(list__month=JUNE, sequence=0, person=months.town.persons[1]).uid
    path.hold(actor=months.town.as_("checker"), at=MORNING, uid=june.uid, item=uid, reason=REASON)
    assert months.items(JUNE, ONE) == [(JUNE, 0, 4_000_000)]  # who is held gives nothing back either
    path.release(actor=months.town.as_("checker"), at=MORNING, uid=june.uid, item=uid, reason=REASON)
    assert len(months.items(JUNE, ONE)) == 3
    months.compute(JUNE, [ONE.with_(minutes=3_000), TWO])  # there is less to take it from
    months.town.open()
    items = months.items(JUNE, ONE)
    assert sum(gross for *_, gross in items) == 0
    assert items[0] == (APRIL, 1, -2_000_000)
    left = 4_000_000 - items[-1][2]
    assert items[1] == (MAY, 1, -(2_000_000 - left))
    months.pay(JUNE)
    months.open(JULY, [ONE, TWO])
    assert months.items(JULY, ONE) == [(MAY, 2, -left), (JULY, 0, 4_000_000)]
    assert DifferencePart.objects.filter(difference__service_month=MAY, item__released_at=None).aggregate(
        all=Sum("net")
    ) == Difference.objects.filter(service_month=MAY).aggregate(all=Sum("net"))


def test_a_regulation_may_take_back_a_share_of_a_month_only(months: Months, tmp_path: Path) -> None:
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 4_000_000))
    regulation(tmp_path, "pay/difference_recovery_share", (LONG_AGO, "25 %"), unit="rate")
    load_law.cache_clear()
    months.post(APRIL)
    months.open(JUNE, [ONE, TWO])
    assert months.items(JUNE, ONE) == [(APRIL, 1, -1_000_000), (JUNE, 0, 4_000_000)]


def test_a_plus_and_a_minus_of_one_month_are_set_against_each_other(months: Months, tmp_path: Path) -> None:
    for amount in (4_000_000, 5_500_000, 6_000_000):
        rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, amount))
        load_law.cache_clear()
        months.post(APRIL)
    of_one = Difference.objects.filter(person=months.town.persons[1]).order_by("sequence")
    assert [row.net for row in of_one] == [-2_000_000, 1_500_000, 500_000]
    assert of_one.aggregate(all=Sum("parts__net")) == {"all": 0}
    months.open(JUNE, [ONE, TWO])
    assert months.items(JUNE, ONE) == [(JUNE, 0, 6_000_000)]
