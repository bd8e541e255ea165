"""Cases from public threads of other systems, under their ids: the wrong figures that ours must not give."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from pamong.law.engine.formulas import fact, formula
from pamong.law.engine.ops import (
    greatest,
    ratio,
    round_half_up,
    weigh_segments,
)
from pamong.law.engine.plan import Law
from tests.law.world import (
    both,
    in_columns,
    law_of,
    month,
    one,
    parameter,
    part,
    person,
    trace_of,
    whole_month,
    workday,
)

pytestmark = pytest.mark.usefixtures("own_formulas")
COMPONENTS = ("load", "performance", "conditions", "location", "scarcity", "other")
SEPTEMBER = date(2026, 9, 1)


def by_day_law(**amounts: int) -> Law:
    """Samarinda's law (by calendar day) with own class amounts, all of them prestasi kerja."""
    classes = {int(name.removeprefix("class_")): amount for name, amount in amounts.items()}
    kind: dict[str, Any] = {"kind": "table", "by": ["job_class"]}
    rates = {name: "100 %" if name == "performance" else "0 %" for name in COMPONENTS}
    return law_of(
        "samarinda",
        parameter("pay/tpp_class_amount", classes, "rupiah", **kind),
        *(
            parameter(f"pay/component_{name}", dict.fromkeys(classes, rate), "rate", **kind)
            for name, rate in rates.items()
        ),
    )


def ceiling(law: Law, days: int, *parts: dict[str, int]) -> Any:
    """The allowance of a month of so many days in these parts."""
    return one(month(law, "tpp_ceiling"), person(days_in_month=days), segment=parts)


def test_case_P_02_a_change_in_mid_month_pays_each_part_at_its_rate() -> None:
    law = by_day_law(class_1=3_000_000, class_2=4_500_000)
    assert ceiling(law, 30, part(1, 21, 1), part(22, 30, 2)) == 3_450_000
    thread = by_day_law(class_1=100, class_2=200)
    assert ceiling(thread, 30, part(1, 15, 1), part(16, 30, 2)) == 150


def test_case_P_02_without_a_change_the_month_is_whole() -> None:
    law = by_day_law(class_1=3_000_001, class_2=4_500_000)
    assert ceiling(law, 30, part(1, 30, 1)) == 3_000_001
    assert ceiling(law, 30, part(1, 21, 1), part(22, 30, 1)) == 3_000_001


@pytest.fixture
def payable(own_formulas: None) -> Callable[..., tuple[int, int]]:
    """Days of employment within the month, and those less absent days, never below nothing."""
    fact("days_absent", "person_month", "days", "Hari tidak hadir")
    formula(name="once", title="Satu", unit="count", level="segment")(lambda: 1)
    formula(name="employed_days", title="Hari dalam masa kerja", unit="days")(
        lambda once, segment_weight, days_in_month: round_half_up(
            weigh_segments(once, segment_weight, days_in_month) * days_in_month
        )
    )
    formula(name="payable_days", title="Hari yang dibayar", unit="days")(
        lambda employed_days, days_absent: greatest(0, employed_days - days_absent)
    )

    def days(in_month: int, absent: int, *parts: dict[str, int]) -> tuple[int, int]:
        plan = month(law_of("samarinda"), "employed_days", "payable_days")
        facts = {"days_absent": absent, "days_in_month": in_month}
        [found] = both(plan, [facts], {"segment": [(0, row) for row in parts]})
        return found["employed_days"], found["payable_days"]

    return days


def test_case_P_04_who_joins_or_leaves_has_no_negative_days(payable: Callable[..., tuple[int, int]]) -> None:
    assert payable(30, 2, part(20, 30)) == (11, 9)
    assert payable(31, 15, part(1, 15)) == (15, 0)
    assert payable(31, 31, part(1, 15)) == (15, 0)
    assert payable(31, 5) == (0, 0)


def test_case_P_05_leaving_on_the_first_day_is_one_day(payable: Callable[..., tuple[int, int]]) -> None:
    assert payable(31, 0, part(1, 1)) == (1, 1)
    assert ceiling(by_day_law(class_1=3_100_000), 31, part(1, 1, 1)) == 100_000


SATURDAY_HALF = parameter(
    "attendance/work_day_share", {"6": {6: "50 %", 7: "0 %"}}, "rate", kind="table", by=["week", "weekday"]
)


def days_of(first: date, **more: Any) -> list[dict[str, Any]]:
    """All days of the month that begins so, with their weekdays."""
    last = calendar.monthrange(first.year, first.month)[1]
    dates = [first.replace(day=day) for day in range(1, last + 1)]
    return [{"on": on, "weekday": on.isoweekday(), **more} for on in dates]


@pytest.mark.parametrize(
    ("first", "units"),
    [(date(2026, 8, 1), Fraction(47, 2)), (date(2026, 4, 1), Fraction(24))],
    ids=["Aug", "Apr"],
)
def test_case_P_06_half_saturdays_count_half(first: date, units: Fraction) -> None:
    fact("pay", "person_month", "rupiah", "Upah")
    formula(name="shared_pay", title="Upah menurut hari kerja", unit="rupiah")(
        lambda pay, work_day_units, days_in_month: round_half_up(pay * ratio(work_day_units, days_in_month))
    )
    plan, days = month(law_of("contoh", SATURDAY_HALF), "shared_pay"), days_of(first)
    facts = {"week": "6", "days_in_month": len(days), "pay": 10_000_000}
    rows = {"day": [(0, day) for day in days]}
    [found] = both(plan, [facts], rows)
    assert found["shared_pay"] == round(10_000_000 * units / len(days))
    counted = trace_of(plan, 0, [facts], rows).value("work_day_units")
    assert Fraction(counted.num, counted.den) == units


def test_case_P_06_a_pattern_without_shares_counts_whole_days() -> None:
    plan = month(law_of("contoh", SATURDAY_HALF), "work_day_units")
    assert one(plan, {"week": "5"}, day=days_of(date(2026, 8, 1))) == 31


def hundredths() -> None:
    """Money and hours as whole hundredths, so that the threads' figures are integers."""
    fact("price", "person_month", "rupiah", "Harga (perseratus)")
    fact("hours", "person_month", "count", "Jam (perseratus)")
    fact("other_hours", "person_month", "count", "Jam lain (perseratus)")


HUNDRED, TWO = parameter("uji/hundred", 100, "count"), parameter("uji/two", 2, "count")


def test_case_P_10_printed_lines_add_up() -> None:
    hundredths()
    formula(name="first_line", title="a", unit="rupiah", line="earned")(
        lambda price, hours, hundred: round_half_up(price * ratio(hours, hundred))
    )
    formula(name="second_line", title="b", unit="rupiah", line="earned")(
        lambda price, other_hours, hundred, two: round_half_up(price * two * ratio(other_hours, hundred))
    )
    formula(name="total", title="c", unit="rupiah")(lambda first_line, second_line: first_line + second_line)
    plan = month(law_of("contoh", HUNDRED, TWO), "first_line", "second_line", "total")
    facts = {"price": 1751, "hours": 3825, "other_hours": 1075}
    assert both(plan, [facts]) == [{"first_line": 66_976, "second_line": 37_647, "total": 104_623}]


def test_case_P_10_the_components_of_the_allowance_add_up_to_the_ceiling() -> None:
    law = law_of("samarinda", *(
        parameter(f"pay/component_{name}", {8: "33,3333 %"}, "rate", kind="table", by=["job_class"])
        for name in ("load", "performance", "conditions")
    ))  # fmt: skip
    lines = [f"tpp_{name}" for name in COMPONENTS]
    plan = month(law, *lines, "tpp_ceiling")
    [found] = both(plan, [person()], {"segment": [(0, part(1, 17)), (0, part(18, 31))]})
    assert found.pop("tpp_ceiling") == sum(found.values()) > 0


def test_case_P_11_rounding_happens_only_at_the_line() -> None:
    fact("salary", "person_month", "rupiah", "Gaji (perseratus)")
    fact("overtime", "person_month", "minutes", "Lembur")
    law = law_of(
        "contoh",
        parameter("uji/overtime_rate", "125 %", "rate"),
        parameter("uji/minutes_of_month", 30 * 8 * 60, "minutes"),
    )
    formula(name="overtime_pay", title="Lembur", unit="rupiah", line="earned")(
        lambda salary, overtime, minutes_of_month, overtime_rate: round_half_up(
            salary * ratio(overtime, minutes_of_month) * overtime_rate
        )
    )
    assert one(month(law, "overtime_pay"), {"salary": 500_000, "overtime": 3453}) == 149_870


def test_case_P_12_no_gap_of_a_hundredth() -> None:
    fact("due", "person_month", "rupiah", "Tagihan (perseratus)")
    fact("paid", "person_month", "rupiah", "Dibayar (perseratus)")
    formula(name="open", title="Sisa", unit="rupiah")(lambda due, paid: due - paid)
    assert one(month(law_of("contoh"), "open"), {"due": 190_668, "paid": 114_000}) == 76_668


AMOUNTS = (20_000_001, 24_500_333, 16_777_217, 61_234_567)


def test_case_P_13_every_rupiah_survives(tmp_path: Path) -> None:
    """Beyond 2^24 a 32-bit float loses the last rupiah; columns, traces, Parquet and XLSX must not."""
    law = by_day_law(**{f"class_{n}": amount for n, amount in enumerate(AMOUNTS, start=1)})
    plan = month(law, "tpp_ceiling")
    people = [person() for _ in AMOUNTS]
    rows = {"segment": [(n, part(1, 31, n + 1)) for n in range(len(AMOUNTS))]}
    found = [row["tpp_ceiling"] for row in both(plan, people, rows)]
    assert tuple(found) == AMOUNTS
    frame = pl.DataFrame({"tpp": found})
    assert frame.schema == {"tpp": pl.Int64}
    frame.write_parquet(tmp_path / "slip.parquet")
    assert pl.read_parquet(tmp_path / "slip.parquet")["tpp"].to_list() == list(AMOUNTS)
    frame.write_excel(tmp_path / "slip.xlsx")
    sheet = CalamineWorkbook.from_path(tmp_path / "slip.xlsx").get_sheet_by_index(0)
    heading, *cells = sheet.to_python()
    assert (heading, cells) == (["tpp"], [[amount] for amount in AMOUNTS])


def test_case_P_14_two_contracts_in_a_month_and_five_computations() -> None:
    law = by_day_law(class_1=3_000_000, class_2=6_000_000)
    parts = [(0, part(1, 10, 1)), (0, part(11, 30, 2))]
    plan = month(law, "tpp_ceiling", on=SEPTEMBER, until=date(2026, 10, 1))
    results = [both(plan, [person(days_in_month=30)], {"segment": parts}) for _ in range(5)]
    assert results == [[{"tpp_ceiling": 5_000_000}]] * 5
    assert ceiling(law, 30, part(1, 10, 1)) + ceiling(law, 30, part(11, 30, 2)) == 5_000_000


def test_case_P_21_control_total_and_rounding_differences() -> None:
    fact("due", "person_month", "rupiah", "Jumlah (perseratus)")
    formula(name="net", title="Diterima", unit="rupiah")(
        lambda due, hundred: round_half_up(ratio(due, hundred))
    )
    formula(name="difference", title="Selisih pembulatan (perseratus)", unit="rupiah")(
        lambda due, net, hundred: due - net * hundred
    )
    plan = month(law_of("contoh", HUNDRED), "net", "difference")
    slips = both(plan, [{"due": 100_000_040}] * 3)
    assert [slip["net"] for slip in slips] == [1_000_000] * 3
    control = in_columns(plan, [{"due": 100_000_040}] * 3)
    assert sum(slip["net"] for slip in control) == 3_000_000
    assert sum(slip["difference"] for slip in control) == 120


def test_case_P_21_halves_go_up_also_for_what_is_taken_back() -> None:
    fact("due", "person_month", "rupiah", "Jumlah (perseratus)")
    formula(name="net", title="Diterima", unit="rupiah")(
        lambda due, hundred: round_half_up(ratio(due, hundred))
    )
    plan = month(law_of("contoh", HUNDRED), "net")
    dues = [49, 50, 149, 150, -49, -50, -51, -150, -151]
    assert [slip["net"] for slip in both(plan, [{"due": due} for due in dues])] == [
        0,
        1,
        1,
        2,
        0,
        0,
        -1,
        -1,
        -2,
    ]


def test_a_month_without_rows_below_pays_nothing() -> None:
    law = by_day_law(class_1=3_000_000)
    assert ceiling(law, 30) == 0
    plan = month(law_of("contoh"), "expected_days")
    assert one(plan, {}, day=[]) == 0
    assert one(plan, {}, day=[workday(), workday()]) == 2


def test_the_first_working_day_decides_where_the_method_says_so() -> None:
    plan = month(law_of("contoh"), "tpp_ceiling")
    rows = [part(1, 1, 5), part(2, 31, 9)]
    assert one(plan, person(first_work_day=1), segment=rows) == 2_697_688
    assert one(plan, person(first_work_day=2), segment=rows) == 5_252_832
    assert one(plan, person(first_work_day=1), segment=[whole_month(5)]) == 2_697_688
