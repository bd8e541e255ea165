"""What a file says beside what stands: only what differs is woven in, and nothing that it leaves empty.

A file knows a value with its first day (a rank since), or a value as of the file's date (an address). What
people have entered since, and what is newer here, is not overwritten: the difference is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pamong.interop.imports.plans import RowPlan, Thread
from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue
from pamong.kernel.timeline import Row
from pamong.people.bulk import title_of


def folded(value: Any) -> Any:
    """A value as it is compared: texts without case and double spaces."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def same(values: Mapping[str, Any], told: Mapping[str, Any], *exact: str) -> bool:
    """Whether all that is told stands already; texts without regard to case but for those ``exact``."""
    return not differing(values, told, *exact)


def differing(values: Mapping[str, Any], told: Mapping[str, Any], *exact: str) -> dict[str, Any]:
    """What is told otherwise. None and '' tell nothing."""
    return {
        name: value
        for name, value in told.items()
        if value not in (None, "")
        and (value != values.get(name) if name in exact else folded(value) != folded(values.get(name)))
    }


def weave_as_of(
    plan: RowPlan, thread: Thread, on: date, told: Mapping[str, Any], blanks: Mapping[str, Any], *exact: str
) -> None:
    """Values that hold on the file's date; from when is not known, so a difference begins on that date."""
    weave = thread.weave
    base = weave.at(on)
    if base is None:
        if any(value not in (None, "") for value in told.values()):
            weave.change(on, {**blanks, **{name: told[name] for name in told if told[name] is not None}})
        return
    news = differing(base.values, told, *exact)
    if not news:
        return
    if _entered_since(thread, base, on):
        _tell_kept(plan, thread, news, base)
    elif base.period.start == on:
        weave.correct(base, news)
    else:
        weave.change(on, news)


def weave_since(
    plan: RowPlan,
    thread: Thread,
    since: date,
    on: date,
    told: Mapping[str, Any],
    blanks: Mapping[str, Any],
    column: str,
) -> None:
    """Values that hold from a day on, up to the file's date. ``column`` names the day in the file; without
    one the day is only taken from something else, and another that stands here is as good."""
    weave = thread.weave
    day = max(on, since)
    base = weave.at(day)
    if base is not None and same(base.values, told):
        if column:
            _compare_start(plan, thread, base, since, told, column)
        return
    if base is not None and base.period.start > since:
        _tell_kept(plan, thread, differing(base.values, told), base)
        return
    found = weave.at(since)
    if found is not None and found.period.start == since:
        if _entered_since(thread, found, on):
            _tell_kept(plan, thread, differing(found.values, told), found)
        else:
            weave.correct(found, told)
        return
    weave.change(since, {**(blanks if found is None else {}), **told})


def _compare_start(
    plan: RowPlan, thread: Thread, base: Row, since: date, told: Mapping[str, Any], column: str
) -> None:
    """The value is the same; whether its first day is."""
    first = base
    for row in sorted(thread.weave.rows, key=lambda row: row.period.start, reverse=True):
        if row.period.end == first.period.start and same(row.values, told):
            first = row
    if first.period.start == since:
        return
    mark = thread.marks.get(first.id or 0)
    if mark is None or mark.by_hand:
        text = (
            f"{since:%d-%m-%Y}, sedangkan di sini sejak {first.period.start:%d-%m-%Y}; data di sini dipakai"
        )
        plan.tell("start_differs", column, text)
        return
    try:
        thread.weave.correct(first, {}, start=since)
    except InvalidValue as error:
        plan.tell("start_differs", column, f"{since:%d-%m-%Y} tidak dapat dicatat. {error}")


def _entered_since(thread: Thread, row: Row, on: date) -> bool:
    """Whether people entered a row on the file's date or later."""
    mark = thread.marks.get(row.id or 0)
    return mark is not None and mark.by_hand and mark.recorded_on >= on


def _tell_kept(plan: RowPlan, thread: Thread, news: Mapping[str, Any], row: Row) -> None:
    for name, value in news.items():
        text = (
            f"berkas: {_shown(value)}; di sini: {_shown(row.values.get(name))} "
            f"(sejak {format_date(row.period.start)}), lebih baru, jadi tidak diubah"
        )
        plan.tell("newer_here", title_of(thread.subject, name), text)


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return format_date(value)
    return "kosong" if value in (None, "") else str(value)
