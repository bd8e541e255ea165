"""A career as a quiet line of events, newest first, by year: what each was, by which order, on which seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from pamong.kernel.clock import MONTHS, format_date
from pamong.people.choices import EndReason
from pamong.people.queries import Fact, PersonFile
from pamong.web.people import law, words


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``day`` is empty where only the year is known; ``when`` is 'now', 'past' or 'future' against
    the date of the file; ``fact`` is the row that it tells, ``order`` its order in words, ``step`` marks a
    salary step."""

    on: date
    day: str
    label: str
    title: str
    detail: str
    note: str
    when: str
    fact: Fact
    order: str = ""
    step: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """The events of one year, newest first; salary steps apart, because pages fold them."""

    year: int
    events: tuple[Event, ...]
    steps: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Years, newest first, and how many events lie after a date in the past and are not shown."""

    years: tuple[Year, ...]
    later: int


def timeline(file: PersonFile, today: date) -> Timeline:
    """The career of a file as of its date. Seen from today on, what is to come is shown; from a day in the
    past, what came after it is only counted."""
    events = sorted(_events(file), key=lambda event: (event.on, event.title), reverse=True)
    shown = [event for event in events if event.on <= file.on or file.on >= today]
    years = [
        Year(
            year,
            tuple(event for event in group if not event.step),
            tuple(event for event in group if event.step),
        )
        for year, group in ((year, list(each)) for year, each in groupby(shown, lambda event: event.on.year))
    ]
    return Timeline(tuple(years), len(events) - len(shown))


def _events(file: PersonFile) -> Iterator[Event]:
    for fact in file.of("appointment"):
        place = fact.place
        where = ", ".join(dict.fromkeys(filter(None, (place.get("unit"), place.get("opd")))))
        yield _event(file, fact, _("Jabatan"), words.title(fact), where)
    for fact in file.of("rank"):
        name = law.rank_name(fact.facts["golongan"], fact.period.start)
        yield _event(file, fact, _("Pangkat"), name, str(fact.facts.get("ground") or ""))
    for fact in file.of("salarystep"):
        yield _event(file, fact, _("Gaji berkala"), words.title(fact), "", step=True)
    for fact in file.of("employment"):
        yield _event(file, fact, _("Kepegawaian"), words.title(fact), "")
        yield from _end(file, fact)
    for fact in file.of("education"):
        yield from _study(file, fact)


def _event(file: PersonFile, fact: Fact, label: str, title: str, detail: str, *, step: bool = False) -> Event:
    day, when = _beginning(fact), _when(file, fact)
    if when == "now" and fact.period.end is None:
        day = _("sejak %(date)s") % {"date": day}
    return Event(
        fact.period.start,
        day,
        label,
        title,
        detail,
        ended(fact),
        when,
        fact,
        "" if _orders_end(fact) else words.order(fact.facts),
        step,
    )


def _beginning(fact: Fact) -> str:
    """The first day beside its year, with the year where it ends in another one: ``4 Oktober 2017``."""
    start, end = fact.period.start, fact.period.end
    return day_and_month(start) if end is None or _last_day(end).year == start.year else format_date(start)


def _orders_end(fact: Fact) -> bool:
    """Whether the order of a row is that of its end: of a service that ended, and dated nearer to its end."""
    start, end, on = fact.period.start, fact.period.end, fact.facts.get("order_on")
    if end is None or on is None or not fact.facts.get("end_reason"):
        return False
    return bool(abs(on - end) < abs(on - start))


def _when(file: PersonFile, fact: Fact) -> str:
    if fact.period.start > file.on:
        return "future"
    return "now" if fact.holds(file.on) else "past"


def _end(file: PersonFile, fact: Fact) -> Iterator[Event]:
    """The end of a service stands on its first day after: the day from which the pension counts."""
    reason, end = fact.facts.get("end_reason"), fact.period.end
    if reason and end:
        when = "future" if end > file.on else "past"
        name = EndReason(reason).label
        order = words.order(fact.facts) if _orders_end(fact) else ""
        yield Event(end, day_and_month(end), _("Kepegawaian"), name, "", "", when, fact, order)


def _study(file: PersonFile, fact: Fact) -> Iterator[Event]:
    """A diploma stands where it was given; without day and year it has no place on the line."""
    given, year = fact.facts.get("graduated_on"), fact.facts.get("graduated_year")
    on = given or (date(year, 1, 1) if year else None)
    if on:
        when = "future" if on > file.on else "past"
        day = day_and_month(on) if given else ""
        school = str(fact.facts.get("school") or "")
        yield Event(on, day, _("Pendidikan"), words.title(fact), school, "", when, fact)


def ended(fact: Fact) -> str:
    """``sampai 28 Februari 2026``; '' for what has no end."""
    if fact.period.end is None:
        return ""
    return _("sampai %(date)s") % {"date": format_date(_last_day(fact.period.end))}


def _last_day(end: date) -> date:
    return end - timedelta(days=1)


def day_and_month(on: date) -> str:
    """``5 Oktober``, beside its year."""
    return f"{on.day} {MONTHS[on.month - 1]}"
