"""Each rule of presence at its edges: windows, claims, halves, keys, pairs, excuses, watermarks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pamong.attendance.resolving import (
    Direction,
    Excuse,
    Fate,
    Limits,
    Part,
    Punch,
    ReasonCode,
    Span,
    State,
    resolve,
)
from tests.attendance.resolving_samples import (
    HOUR,
    MAKASSAR,
    MINUTE,
    PAIRS,
    at,
    fates,
    leave,
    one,
    shift,
    shown,
    solved,
    tap,
    taps,
)

ZONE = MAKASSAR
DAY = shift("2026-05-04", "07:30", "16:00", ZONE)  # its middle is 11:45
PAIRED = shift("2026-05-04", "07:30", "16:00", ZONE, pairing=PAIRS)


def monday(*times: str) -> list[Punch]:
    """`07:30 in`: punches of the fourth of May."""
    return taps(ZONE, *(f"2026-05-04 {time}" for time in times))


def test_a_window_is_half_open() -> None:
    found = solved([DAY], monday("05:29:59.999999", "05:30", "17:59:59.999999", "18:00"))
    assert fates(found) == [Fate.OUTSIDE, Fate.IN, Fate.OUT, Fate.OUTSIDE]
    assert [each.instance for each in found.fates] == [None, DAY, DAY, None]


def test_the_middle_belongs_to_the_second_half() -> None:
    assert shown(one(DAY, monday("11:44:59.999999"))) == ("missing_out", "04 11:44", None)
    assert shown(one(DAY, monday("11:45"))) == ("missing_in", None, "04 11:45")


def test_what_is_missing_is_no_zero() -> None:
    gone = one(DAY, monday("15:00"))
    assert (gone.late, gone.early, gone.worked, gone.over, gone.under) == (None, HOUR, None, None, None)
    assert gone.value_of(ReasonCode.MISSING_IN) == at("2026-05-04 15:00", ZONE)
    absent = one(DAY, [])
    assert (absent.late, absent.early, absent.worked, absent.under) == (None, None, 0, None)


@pytest.mark.parametrize(
    ("times", "wanted"),
    [
        # An early leaving: the right key, last, half an hour after coming or more.
        (("07:30", "10:00 out"), ("present", "04 07:30", "04 10:00")),
        (("07:30", "08:00 out"), ("present", "04 07:30", "04 08:00")),
        (("07:30", "07:59:59 out"), ("missing_out", "04 07:30", None)),
        (("07:30", "10:00"), ("missing_out", "04 07:30", None)),
        (("07:30", "10:00 out", "10:30 in"), ("missing_out", "04 07:30", None)),
        (("07:30 out",), ("missing_out", "04 07:30", None)),
        # A late arrival: the right key, first, with a later one.
        (("13:00 in", "16:00"), ("present", "04 13:00", "04 16:00")),
        (("13:00", "16:00"), ("missing_in", None, "04 16:00")),
        (("13:00 in",), ("missing_in", None, "04 13:00")),
        (("15:55 in", "16:02 in"), ("missing_in", None, "04 16:02")),
        # With a punch in either half keys decide nothing.
        (("07:30 out", "12:00 out", "16:00 in"), ("present", "04 07:30", "04 16:00")),
    ],
)
def test_first_and_last(times: tuple[str, ...], wanted: tuple[str, str | None, str | None]) -> None:
    assert shown(one(DAY, monday(*times))) == wanted


@pytest.mark.parametrize(
    ("times", "state", "pairs"),
    [
        # Turns, whatever the keys say, as long as they come out.
        (("07:30 in", "12:01 in", "12:58 in", "16:02 in"), "present", "07:30-12:01 12:58-16:02"),
        (("07:30 in", "12:01 out", "12:58 out", "16:02 out"), "present", "07:30-12:01 12:58-16:02"),
        (("12:58", "16:02"), "present", "12:58-16:02"),
        # An odd one: keys tell which end is missing.
        (("07:30 in", "12:58 in", "16:02 out"), "missing_out", "12:58-16:02"),
        (("12:01 out", "12:58 in", "16:02 out"), "missing_in", "12:58-16:02"),
        (("07:30 in", "12:01 out", "16:02 out"), "missing_in", "07:30-12:01"),
        (("12:01 out", "12:58 in"), "missing_in", ""),
        (("12:01 out", "12:58 in", "15:00 in", "16:02 out"), "missing_in", "15:00-16:02"),
        (("07:30 in", "12:01 out", "12:58 out", "16:02 in"), "missing_in", "07:30-12:01"),
        (("12:01 out", "12:58", "16:02 out", "16:30 in"), "missing_in", "12:58-16:02"),
        # Keys that say nothing: the half of the first one tells.
        (("07:30", "12:01", "12:58"), "missing_out", "07:30-12:01"),
        (("12:01", "12:58", "16:02"), "missing_in", "12:58-16:02"),
        (("11:45", "12:58", "16:02"), "missing_in", "12:58-16:02"),
        (("16:02 in",), "missing_in", ""),
        (("07:30 out",), "missing_out", ""),
        # The wrong key again, and a short errand with the right keys.
        (
            ("07:30 in", "07:35 out", "12:01 out", "12:58 in", "16:02 out"),
            "present",
            "07:30-12:01 12:58-16:02",
        ),
        (("07:30 in", "07:50 out", "08:20 in", "16:02 out"), "present", "07:30-07:50 08:20-16:02"),
        (("07:30 in", "08:00 out"), "present", "07:30-08:00"),
        (("07:30 in", "07:59 out"), "missing_out", ""),
        (("07:30 in", "12:01 out", "15:40 in", "16:02 out"), "present", "07:30-12:01 15:40-16:02"),
        (("07:30", "09:00", "09:20", "09:30 out"), "present", "07:30-09:00 09:20-09:30"),
    ],
)
def test_pairs(times: tuple[str, ...], state: str, pairs: str) -> None:
    wanted = [Span(*(at(f"2026-05-04 {time}", ZONE) for time in pair.split("-"))) for pair in pairs.split()]
    day = one(PAIRED, monday(*times))
    assert (day.state.value, list(day.pairs)) == (state, wanted)
    assert day.worked == (sum(pair.seconds for pair in wanted) if wanted else None)


def test_each_gap_of_pairs_is_told_and_the_first_names_the_state() -> None:
    day = one(PAIRED, monday("07:30 in", "08:30 in", "10:00 out", "12:01 out", "12:58 in"))
    gaps = [(each.code.value, each.value) for each in day.reasons if "missing" in each.code.value]
    assert gaps == [
        ("missing_out", at("2026-05-04 07:30", ZONE)),
        ("missing_in", at("2026-05-04 12:01", ZONE)),
        ("missing_out", at("2026-05-04 12:58", ZONE)),
    ]
    assert (day.state, day.last_out) == (State.MISSING_OUT, None)


def test_breaks_are_not_counted() -> None:
    instance = shift("2026-05-04", "07:30", "16:00", ZONE, breaks=[("12:00", "13:00")])
    assert instance.expected_seconds == 7 * HOUR + 30 * MINUTE
    day = one(instance, monday("07:30", "16:00"))
    assert (day.worked, day.over, day.under) == (7 * HOUR + 30 * MINUTE, 0, 0)
    assert one(instance, monday("07:30", "12:30")).worked == 4 * HOUR + 30 * MINUTE


def test_debounce_is_an_argument_and_half_open() -> None:
    times = ("07:30:00 in", "07:31:00 in", "16:00")
    assert fates(one(DAY, monday(*times))) == [Fate.IN, Fate.BETWEEN, Fate.OUT]
    assert fates(one(DAY, monday("07:30:00 in", "07:30:59.999999 in"))) == [Fate.IN, Fate.DEBOUNCED]
    longer = Limits(debounce=timedelta(seconds=61))
    found = resolve([DAY], monday(*times), watermark=DAY.closes, limits=longer)
    assert fates(found) == [Fate.IN, Fate.DEBOUNCED, Fate.OUT]


def test_the_other_key_is_no_repeated_tap_but_an_unknown_one_is() -> None:
    assert fates(one(DAY, monday("07:30:00 in", "07:30:05 out", "16:00"))) == [
        Fate.IN,
        Fate.BETWEEN,
        Fate.OUT,
    ]
    assert fates(one(DAY, monday("07:30:00 in", "07:30:05", "16:00"))) == [Fate.IN, Fate.DEBOUNCED, Fate.OUT]


MORNING = shift("2026-05-04", "06:00", "14:00", ZONE)  # its middle is 10:00, its window closes at 16:00
EVENING = shift("2026-05-04", "15:00", "23:00", ZONE, before=4 * HOUR)  # opens at 11:00


def owners(*times: str) -> list[str]:
    """Which of the two shifts each punch went to."""
    found = solved([MORNING, EVENING], monday(*times))
    return ["morning" if each.instance == MORNING else "evening" for each in found.fates]


@pytest.mark.parametrize(
    ("times", "last"),
    [
        # Nobody came in the morning: the nearer edge decides, halfway the key, then the later shift.
        (("14:29",), "morning"),
        (("14:31",), "evening"),
        (("14:30",), "evening"),
        (("14:30 in",), "evening"),
        (("14:30 out",), "morning"),
        # The morning is open and keeps what comes until it is complete.
        (("06:00", "14:55"), "morning"),
        (("06:00", "13:59:59", "14:55"), "morning"),
        (("06:00", "14:00", "14:55"), "evening"),
        (("06:00", "14:00", "14:10"), "morning"),
        # It is complete by keys, too.
        (("06:00 in", "13:00 out", "14:55 in"), "evening"),
        (("06:00 in", "13:00 out", "14:55 out"), "morning"),
        (("06:00 in", "13:00 out", "14:55"), "morning"),
        # A second tap on out stays with the first.
        (("06:00 in", "14:45 out", "14:45:30 out"), "morning"),
        (("06:00 in", "14:45 out", "14:46 out"), "evening"),
        # Only the later window is still open.
        (("06:00", "16:00"), "evening"),
    ],
)
def test_where_windows_overlap(times: tuple[str, ...], last: str) -> None:
    assert owners(*times)[-1] == last


def test_before_its_middle_an_early_shift_without_a_punch_claims() -> None:
    near = shift("2026-05-04", "11:00", "15:00", ZONE, before=4 * HOUR)  # opens at 07:00
    first, second = solved([MORNING, near], monday("09:59")).days
    assert (first.state, second.state) == (State.MISSING_OUT, State.ABSENT)
    first, second = solved([MORNING, near], monday("10:00")).days
    assert (first.state, second.state) == (State.ABSENT, State.MISSING_OUT)


def test_three_windows_at_once() -> None:
    shifts = [shift("2026-05-04", f"{hour:02}:00", f"{hour + 2:02}:00", ZONE) for hour in (8, 10, 12)]
    punches = monday("08:00 in", "10:00 out", "10:00 in", "12:00 out", "12:00 in", "14:00 out")
    days = solved(shifts, punches).days
    assert [(day.state, day.worked) for day in days] == [(State.PRESENT, 2 * HOUR)] * 3


def test_what_is_excused_whole_takes_only_what_no_other_can() -> None:
    found = solved([MORNING, EVENING], monday("06:00", "13:00", "22:50"), [leave("2026-05-04")])
    assert fates(found) == [Fate.CONFLICT] * 3
    free_morning = Excuse("leave", MORNING.span)
    found = solved([MORNING, EVENING], monday("07:00", "13:30", "22:50"), [free_morning])
    assert fates(found) == [Fate.CONFLICT, Fate.IN, Fate.OUT]


def test_an_excuse_by_instants_shortens_from_either_end() -> None:
    outage = Excuse("outage", Span(at("2026-05-04 06:40:00.5", ZONE), at("2026-05-04 08:10:00.7", ZONE)))
    day = one(DAY, monday("08:05", "16:00"), [outage])
    assert (day.state, day.late, day.value_of(ReasonCode.PART_EXCUSED)) == (State.PRESENT, 0, "outage")
    assert day.instance.starts == at("2026-05-04 08:10", ZONE)
    assert (day.instance.opens, day.instance.closes) == (DAY.opens, DAY.closes)
    away = Excuse("duty", Span(at("2026-05-04 15:00", ZONE), at("2026-05-05 15:00", ZONE)))
    assert one(DAY, monday("07:30", "15:00"), [away]).early == 0


def test_an_excuse_in_the_midst_is_a_break() -> None:
    away = Excuse("duty", Span(at("2026-05-04 10:00", ZONE), at("2026-05-04 12:00", ZONE)))
    day = one(DAY, monday("07:30", "16:00"), [away])
    assert (day.worked, day.instance.expected_seconds, day.under) == (
        6 * HOUR + 30 * MINUTE,
        6 * HOUR + 30 * MINUTE,
        0,
    )


def test_an_excuse_outside_working_time_says_nothing() -> None:
    outage = Excuse("outage", Span(at("2026-05-04 16:00", ZONE), at("2026-05-04 20:00", ZONE)))
    assert one(DAY, monday("07:30", "16:00"), [outage]) == one(DAY, monday("07:30", "16:00"))
    assert one(DAY, [], [leave("2026-05-05")]) == one(DAY, [])


def test_two_halves_are_a_whole() -> None:
    halves = [leave("2026-05-04", Part.FIRST_HALF), leave("2026-05-04", Part.SECOND_HALF, "duty")]
    day = one(DAY, [], halves)
    assert day.state is State.EXCUSED
    assert [reason.value for reason in day.reasons] == ["duty", "leave"]


def test_half_of_a_length_of_its_own() -> None:
    flexible = shift("2026-05-04", "07:00", "17:00", ZONE, expected=7 * HOUR + 30 * MINUTE)
    day = one(flexible, monday("07:00", "12:00"), [leave("2026-05-04", Part.SECOND_HALF)])
    assert (day.instance.expected_seconds, day.over) == (3 * HOUR + 45 * MINUTE, HOUR + 15 * MINUTE)


def test_a_second_that_is_left_of_a_day_is_a_day() -> None:
    flexible = shift("2026-05-04", "07:00", "17:00", ZONE, expected=HOUR)
    almost = Excuse("duty", Span(flexible.starts, flexible.ends - timedelta(seconds=1)))
    day = one(flexible, [], [almost])
    assert (day.state, day.instance.expected_seconds) == (State.ABSENT, 0)


def test_half_an_excuse_is_no_absence_excused() -> None:
    day = one(DAY, [], [leave("2026-05-04", Part.SECOND_HALF)])
    assert (day.state, day.instance.ends) == (State.ABSENT, at("2026-05-04 11:45", ZONE))


def test_halves_of_a_night_keep_their_breaks_and_lengths() -> None:
    halves = [
        shift("2026-05-04", "20:00", "00:00", ZONE, duty="night", breaks=[("22:00", "22:30")]),
        shift(
            "2026-05-05", "00:00", "04:00", ZONE, duty="night", expected=3 * HOUR, breaks=[("02:00", "03:00")]
        ),
    ]
    (day,) = solved(halves, [], [leave("2026-05-05")]).days
    assert (day.state, day.instance.expected_seconds) == (State.ABSENT, 6 * HOUR + 30 * MINUTE)
    assert [pause.seconds for pause in day.instance.breaks] == [30 * MINUTE, HOUR]


def test_an_open_day_shows_what_is_known() -> None:
    day = one(DAY, monday("07:40"), seen="2026-05-04 09:00", zone=ZONE)
    assert (day.state, day.late, day.early, day.worked) == (State.OPEN, 10 * MINUTE, None, None)
    day = one(DAY, monday("07:40", "15:00"), seen="2026-05-04 15:05", zone=ZONE)
    assert (day.state, day.early) == (State.OPEN, None)
    day = one(DAY, monday("07:40", "16:00"), seen="2026-05-04 16:05", zone=ZONE)
    assert (day.state, day.worked, day.over) == (State.OPEN, 8 * HOUR + 20 * MINUTE, None)


def test_a_day_is_planned_until_its_window_opens() -> None:
    for excuses, opened in (([], State.OPEN), ([leave("2026-05-04")], State.EXCUSED)):
        assert one(DAY, [], excuses, seen="2026-05-04 05:29:59", zone=ZONE).state is State.PLANNED
        assert one(DAY, [], excuses, seen="2026-05-04 05:30", zone=ZONE).state is opened


def test_a_punch_opens_a_day_that_other_devices_have_not_reached() -> None:
    assert one(DAY, monday("07:40"), seen="2026-05-04 05:00", zone=ZONE).state is State.OPEN
    excused = one(DAY, monday("07:40"), [leave("2026-05-04")], seen="2026-05-04 05:00", zone=ZONE)
    assert excused.state is State.EXCUSED


def test_what_is_given_twice_counts_once() -> None:
    punches = monday("07:30", "16:00")
    assert solved([DAY, DAY], punches * 2) == solved([DAY], punches)


def test_one_key_for_two_punches_is_refused() -> None:
    punches = [tap("2026-05-04 07:30", ZONE, "in", "a"), tap("2026-05-04 16:00", ZONE, "out", "a")]
    with pytest.raises(ValueError, match="one key"):
        solved([DAY], punches)


def test_at_one_instant_the_key_decides() -> None:
    twins = [Punch(at("2026-05-04 07:30", ZONE), key, Direction.IN) for key in ("b", "a")]
    assert [(each.punch.key, each.fate) for each in one(DAY, twins).fates] == [
        ("a", Fate.IN),
        ("b", Fate.DEBOUNCED),
    ]
