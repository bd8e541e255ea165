"""The months of the town: whoever served in one is in its files, also who has left since."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from pamong.demo.month import DAY, make_month
from pamong.demo.people import SEED
from pamong.demo.town.months import Months
from pamong.demo.town.shapes import Town


def sheet(town: Town, month: tuple[int, int]) -> dict[str, dict[str, str]]:
    """The month's sheet by NIP."""
    name, data = list(Months(town).files(month, detailed=False))[-1]
    assert name.startswith("isian-bulanan")
    return {row["NIP"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")}


def left(town: Town, first: date, reasons: tuple[str, ...]) -> list[Any]:
    return [job for job in town.records.employments if job.end_reason in reasons and job.end == first]


@pytest.mark.parametrize("month", [(2025, 11), (2026, 6)])
def test_who_retired_is_in_every_month_that_he_served(whole: Town, month: tuple[int, int]) -> None:
    told = sheet(whole, month)
    retired = left(whole, date(2026, 7, 1), ("retired",))
    assert len(retired) > 10
    assert [job.nip for job in retired if job.nip not in told] == []


def test_who_retired_is_in_no_month_after(whole: Town) -> None:
    gone = {job.nip for job in left(whole, date(2026, 7, 1), ("retired",))}
    assert gone.isdisjoint(sheet(whole, (2026, 7)))


def test_numbers_at_the_machines_stay_apart(whole: Town) -> None:
    pins = [row["PIN"] for row in sheet(whole, (2026, 6)).values()]
    assert len(set(pins)) == len(pins) and all(pins)


def test_who_left_in_the_midst_of_a_month_came_until_then(whole: Town) -> None:
    months = [(2026, number) for number in range(1, 11)]
    midst = [(month, clerk) for month in months for clerk in Months(whole)._clerks(month) if clerk.until < 28]
    assert midst
    for month, clerk in midst:
        made = make_month(clerk, *month, SEED, until=clerk.until)  # type: ignore[arg-type]
        assert all(second < clerk.until * DAY for second in made.punches)


def test_each_hard_month_happens_in_the_last_two(whole: Town) -> None:
    """A death, a dismissal and a suspension within a month, a retirement, candidates, posts stood in for."""
    months = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
    records = whole.records
    ends = [job for job in records.employments if job.end and months[0] < job.end <= months[-1]]
    midst = {job.end_reason for job in ends if job.end.day > 1}
    assert {"died", "dismissed"} <= midst and "retired" in {job.end_reason for job in ends}
    suspended = [
        job
        for job in records.employments
        if job.standing == "Pemberhentian Sementara" and job.start == date(2026, 10, 12)
    ]
    told = sheet(whole, (2026, 10))
    assert any(told[job.nip]["MENIT KERJA"] for job in suspended if job.nip in told)
    assert "plt" in {
        row.kind
        for row in records.appointments
        if row.start < months[2] and (row.end or months[2]) > months[1]
    }
