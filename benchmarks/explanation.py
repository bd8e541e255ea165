"""One explanation: a slip with 22 days, with its reasons; the goals are 1 ms and, as a page, 50 ms."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of
from pamong.attendance.calendars import month_calendar
from pamong.kernel.period import month_period
from pamong.law.engine.explain import explain
from pamong.pay.calculation import month_law

RUNS = 300


def measure() -> dict[str, Any]:
    """Milliseconds of one line's reasons, and of the whole slip's."""
    month = month_law("contoh", "", month_period(2026, 10))
    person, segment, days = _facts(month)

    def reasons(code: str) -> Callable[[], Any]:
        return lambda: explain(month.plan.trace(person, segment=segment, day=days).value(code))

    def figure(code: str) -> Callable[[], Any]:
        return lambda: month.plan.trace(person, segment=segment, day=days).value(code)

    found = {
        "productivity_trace_ms": _milliseconds(figure("productivity_earned")),
        "discipline_trace_ms": _milliseconds(figure("discipline_earned")),
        "net_trace_ms": _milliseconds(figure("tpp_net")),
        "net_with_words_ms": _milliseconds(reasons("tpp_net")),
    }
    say("explanation, productivity", f"{found['productivity_trace_ms']:.2f} ms; goal 1 ms")
    say("explanation, discipline", f"{found['discipline_trace_ms']:.2f} ms (22 days, each with its punches)")
    say(
        "explanation, the net",
        f"{found['net_trace_ms']:.2f} ms; with every word {found['net_with_words_ms']:.2f} ms",
    )
    found |= _pages()
    say(
        "explanation as a page",
        f"{found['page_tpp_net_ms']:.0f} ms for the net; goal 50 ms",
    )
    return found


def _pages() -> dict[str, float]:
    """Milliseconds of the page of two figures, from a database of ours."""
    with tempfile.TemporaryDirectory() as files, Databases() as databases, databases.fresh() as environ:
        extra = {"PAMONG_FILES": files, "PAMONG_DEMO": "1", "PAMONG_HOSTS": "testserver"}
        found = figures_of("benchmarks.page_process", environ | extra)
    return {f"page_{code}_ms": took for code, took in found.items()}


def _facts(month: Any) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    person = {
        "pay_group": "tpp",
        "standing": "Aktif",
        "is_cpns": False,
        "golongan": "III/d",
        "tax_status": "K/1",
        "minutes": 5_400,
        "behaviour": 95,
        "productivity_score": None,
        "fixed_income": 5_500_000,
        "lhkpn_late": False,
        "negative_activity": False,
        "musters_missed": 0,
        "hours_left": 0,
        "days_in_month": 31,
        "first_work_day": 1,
    }
    segment = [
        {
            "on": date(2026, 10, 1),
            "segment_class": 9,
            "segment_first": 1,
            "segment_last": 31,
            "label": "Oktober",
        }
    ]
    days = [
        {
            "on": day.on,
            "label": day.on.isoformat(),
            "shift_start": day.start,
            "shift_end": day.end,
            "first_in": day.start - 600 + place % 5 * 300,
            "last_out": day.end + 120,
            "is_excused": False,
        }
        for place, day in enumerate(month_calendar(month.law, month.month, "5"))
    ]
    return person, segment, days


def _milliseconds(work: Callable[[], Any]) -> float:
    work()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return round(statistics.median(taken) * 1000, 3)
