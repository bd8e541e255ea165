"""What holds for any shifts, punches and excuses of one person."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from pamong.attendance.calendars import WorkDay
from pamong.attendance.resolving import (
    DayPart,
    DayResult,
    Direction,
    Excuse,
    Fate,
    Limits,
    Pairing,
    Part,
    Punch,
    Resolution,
    ShiftInstance,
    Span,
    State,
    instance_of,
    night_seconds,
    overlap_of,
    resolve,
    seconds_between,
)
from pamong.kernel.period import Period
from tests.attendance import reference
from tests.attendance.resolving_samples import JAKARTA, JAYAPURA, MAKASSAR, at

DAY = timedelta(days=1)
FIRST = date(2026, 5, 4)
MIDNIGHT = datetime(2026, 5, 3, 12, tzinfo=UTC)
LATER = MIDNIGHT + 8 * DAY
ZONES = st.sampled_from([JAKARTA, MAKASSAR, JAYAPURA])
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 30]))
MARGINS = st.builds(timedelta, hours=st.integers(0, 5))
INSTANCES = st.lists(
    st.builds(
        instance_of,
        st.builds(lambda number: FIRST + number * DAY, st.integers(0, 3)),
        CLOCKS,
        CLOCKS,
        st.just(MAKASSAR),
        MARGINS,
        MARGINS,
        pairing=st.sampled_from(Pairing),
        breaks=st.sampled_from([(), ((time(12), time(12, 20)),)]),
        expected=st.sampled_from([None, None, 4 * 3600 + 1]),
        duty=st.sampled_from(["", "night"]),
    ),
    max_size=6,
)
MOMENTS = st.integers(0, 5 * 24 * 2).map(lambda number: MIDNIGHT + number * timedelta(minutes=30))
NUDGES = st.sampled_from([0, 0, 1, -1, 400_000, 59_999_999, 60_000_000, 1_200_000_000]).map(
    lambda number: timedelta(microseconds=number)
)
INSTANTS = st.builds(lambda moment, nudge: moment + nudge, MOMENTS, NUDGES)
PUNCHES = st.lists(
    st.builds(Punch, INSTANTS, st.integers(0, 999).map(str), st.sampled_from(Direction)),
    max_size=14,
    unique_by=lambda punch: punch.key,
)
SPANS = st.tuples(INSTANTS, INSTANTS).map(lambda found: Span(min(found), max(found)))
DAYS = st.builds(
    lambda number, length: Period(FIRST + number * DAY, FIRST + (number + length) * DAY),
    st.integers(0, 3),
    st.integers(1, 2),
)
EXCUSES = st.lists(
    st.builds(
        Excuse,
        st.sampled_from(["leave", "duty", "outage"]),
        SPANS | st.builds(DayPart, DAYS, st.sampled_from(Part)),
    ),
    max_size=3,
)
ORDERS = st.randoms(use_true_random=False)


@given(INSTANCES, PUNCHES, EXCUSES, INSTANTS, ORDERS)
def test_the_order_of_what_is_given_says_nothing(
    instances: list[ShiftInstance],
    punches: list[Punch],
    excuses: list[Excuse],
    seen: datetime,
    order: random.Random,
) -> None:
    wanted = resolve(instances, punches, excuses, watermark=seen)
    for things in (instances, punches, excuses):
        order.shuffle(things)
    assert resolve(instances, punches, excuses, watermark=seen) == wanted


@given(INSTANCES, PUNCHES, st.lists(st.integers(0, 3), min_size=14, max_size=14))
def test_batches_say_nothing_also_when_sent_twice(
    instances: list[ShiftInstance], punches: list[Punch], batches: list[int]
) -> None:
    split = [
        [punch for punch, batch in zip(punches, batches, strict=False) if batch in (number, 3)]
        for number in range(3)
    ]
    joined = [punch for batch in reversed(split) for punch in batch]
    assert resolve(instances, joined, watermark=LATER) == resolve(instances, punches, watermark=LATER)


@given(INSTANCES, PUNCHES, EXCUSES, INSTANTS)
def test_every_punch_has_one_fate(
    instances: list[ShiftInstance], punches: list[Punch], excuses: list[Excuse], seen: datetime
) -> None:
    found = resolve(instances, punches, excuses, watermark=seen)
    assert sorted(each.punch.key for each in found.fates) == sorted(punch.key for punch in punches)
    for each in found.fates:
        windows = [day.instance for day in found.days if day.instance.admits(each.punch.at)]
        assert (each.fate is Fate.OUTSIDE) == (each.instance is None) == (not windows)
        assert each.instance is None or each.instance in windows


def reached(days: Sequence[DayResult], punch: Punch) -> list[bool]:
    """Which windows contain the punch, or overlap with such a one, or with one that overlaps with it ..."""
    windows = [Span(day.instance.opens, day.instance.closes) for day in days]
    near = [day.instance.admits(punch.at) for day in days]
    for _ in windows:
        near = [
            is_near
            or any(
                other_near and window.overlaps(other) for other, other_near in zip(windows, near, strict=True)
            )
            for window, is_near in zip(windows, near, strict=True)
        ]
    return near


@given(INSTANCES, PUNCHES.filter(bool), EXCUSES)
def test_a_punch_changes_only_what_its_window_reaches(
    instances: list[ShiftInstance], punches: list[Punch], excuses: list[Excuse]
) -> None:
    added, *rest = punches
    before = resolve(instances, rest, excuses, watermark=LATER)
    after = resolve(instances, punches, excuses, watermark=LATER)
    for old, new, near in zip(before.days, after.days, reached(after.days, added), strict=True):
        assert near or old == new
    assert {each.punch for each in after.outside} - {added} == {each.punch for each in before.outside}


@given(INSTANCES, PUNCHES, EXCUSES, INSTANTS)
def test_nothing_is_invented(
    instances: list[ShiftInstance], punches: list[Punch], excuses: list[Excuse], seen: datetime
) -> None:
    for day in resolve(instances, punches, excuses, watermark=seen).days:
        marks = {(each.fate, each.punch.at) for each in day.fates}
        for pair in day.pairs:
            assert {(Fate.IN, pair.starts), (Fate.OUT, pair.ends)} <= marks
        for one, two in pairwise(day.pairs):
            assert one.ends <= two.starts
        whole = sum(pair.seconds for pair in day.pairs)
        assert day.worked is None or 0 <= day.worked <= whole
        assert (day.worked is None) == (not day.pairs and day.state is not State.ABSENT)
        for number in (day.late, day.early, day.over, day.under):
            assert number is None or number >= 0
        if day.over is not None and day.under is not None and day.worked is not None:
            assert day.worked - day.instance.expected_seconds == day.over - day.under


@given(INSTANCES, PUNCHES, EXCUSES, INSTANTS)
def test_states_say_what_is_there(
    instances: list[ShiftInstance], punches: list[Punch], excuses: list[Excuse], seen: datetime
) -> None:
    for day in resolve(instances, punches, excuses, watermark=seen).days:
        assert (day.state is State.OPEN) <= (seen < day.instance.closes)
        assert (day.state is State.PLANNED) <= (seen < day.instance.opens and not day.fates)
        if day.state is State.PRESENT:
            assert None not in (day.first_in, day.last_out, day.worked, day.late, day.early, day.over)
        if day.state is State.ABSENT:
            assert not day.fates


@given(INSTANCES, PUNCHES, EXCUSES, INSTANTS, INSTANTS)
def test_what_is_decided_stays_as_the_data_go_on(
    instances: list[ShiftInstance], punches: list[Punch], excuses: list[Excuse], one: datetime, two: datetime
) -> None:
    early = resolve(instances, punches, excuses, watermark=min(one, two))
    late = resolve(instances, punches, excuses, watermark=max(one, two))
    for before, after in zip(early.days, late.days, strict=True):
        assert before.state in (State.PLANNED, State.OPEN) or before == after


@given(INSTANCES, PUNCHES, EXCUSES)
def test_a_whole_excuse_leaves_nothing_to_decide(
    instances: list[ShiftInstance], punches: list[Punch], excuses: list[Excuse]
) -> None:
    always = Excuse("leave", Span(MIDNIGHT - DAY, LATER + DAY))
    found = resolve(instances, punches, [*excuses, always], watermark=LATER)
    assert {day.state for day in found.days} <= {State.EXCUSED}
    assert {each.fate for each in found.fates} <= {Fate.CONFLICT, Fate.OUTSIDE}


@given(INSTANCES)
def test_a_clash_is_found_where_two_share_time(instances: list[ShiftInstance]) -> None:
    pairs = [(one, two) for place, one in enumerate(instances) for two in instances[:place]]
    clash = overlap_of(instances)
    assert (clash is not None) == any(one.span.overlaps(two.span) for one, two in pairs)
    assert clash is None or clash.first.span.overlaps(clash.second.span)


TIMES = st.times().map(lambda found: found.replace(microsecond=0))
ANY_ZONE = ZONES | st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"])
SUMMER = datetime(2026, 3, 28, tzinfo=UTC)
AROUND = st.integers(0, 4 * 86_400).map(lambda seconds: SUMMER + timedelta(seconds=seconds)) | INSTANTS


@given(st.lists(AROUND, min_size=3, max_size=3), TIMES, TIMES, ANY_ZONE)
@example([SUMMER, SUMMER + DAY, SUMMER + 3 * DAY], time(3), time(2, 30), "Europe/Berlin")
@example([SUMMER, SUMMER + DAY, SUMMER + 3 * DAY], time(2, 30), time(3), "Europe/Berlin")
def test_day_and_night_are_the_whole(instants: list[datetime], since: time, until: time, zone: str) -> None:
    start, between, end = sorted(instants)
    whole = seconds_between(start, end)
    night = night_seconds(start, end, since, until, zone)
    assert 0 <= night <= whole
    parts = [night_seconds(*part, since, until, zone) for part in ((start, between), (between, end))]
    assert sum(parts) == night
    if since != until and not zone.startswith(("Europe", "America", "Australia")):
        assert whole - night == night_seconds(start, end, until, since, zone)


@given(st.lists(st.tuples(st.integers(0, 86_399), st.integers(0, 99)), max_size=8, unique_by=lambda p: p[1]))
def test_unknown_keys_read_as_in_the_month_of_files(marks: list[tuple[int, int]]) -> None:
    """One shift a day, no keys: the first of the first half and the last of the second, as the months of
    machine files have it; but a window is open at its end."""
    hour = 3600
    expected = WorkDay(FIRST, "5", 7 * hour + 1800, 16 * hour, 6 * hour, 20 * hour, False)
    instance = instance_of(FIRST, time(7, 30), time(16), MAKASSAR, timedelta(hours=1.5), timedelta(hours=4))
    punches = [
        reference.Punch(0, datetime.combine(FIRST, time()) + timedelta(seconds=second), 0, line)
        for second, line in marks
        if second != expected.closes
    ]
    (row,) = reference.expected([reference.Person()], punches, {}, [expected])
    taps = [Punch(at(str(punch.at), MAKASSAR), str(punch.line)) for punch in punches]
    found: Resolution = resolve([instance], taps, watermark=LATER, limits=Limits(debounce=timedelta()))
    midnight = at(str(FIRST), MAKASSAR)
    (day,) = found.days
    seen = [edge and seconds_between(midnight, edge) for edge in (day.first_in, day.last_out)]
    assert seen == [row["first_in"], row["last_out"]]
