"""The cases of presence that other systems got wrong: shifts, midnight, pairing, excuses."""

from __future__ import annotations

import itertools

import pytest

from pamong.attendance.resolving import (
    DayResult,
    Direction,
    Fate,
    Part,
    Punch,
    ReasonCode,
    Span,
    overlap_of,
    resolve,
    seconds_between,
)
from tests.attendance.resolving_samples import (
    HOUR,
    JAKARTA,
    MINUTE,
    PAIRS,
    at,
    fates,
    in_each_zone,
    leave,
    one,
    shift,
    shown,
    solved,
    tap,
    taps,
)

WEEK = ["2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08"]


@in_each_zone
def test_case_A_01_the_out_of_a_night_belongs_to_the_date_of_its_shift(zone: str) -> None:
    night = shift("2026-05-24", "20:00", "02:00", zone)
    found = solved([night], taps(zone, "2026-05-24 20:01 in", "2026-05-25 02:03 out"))
    (day,) = found.days
    assert (day.on.isoformat(), *shown(day)) == ("2026-05-24", "present", "24 20:01", "25 02:03")
    assert (day.late, day.early, day.worked) == (MINUTE, 0, 6 * HOUR + 2 * MINUTE)
    assert found.outside == ()


@in_each_zone
def test_case_A_02_the_open_night_keeps_its_claim(zone: str) -> None:
    night = shift("2026-06-03", "19:00", "07:00", zone, after=HOUR)
    daily = shift("2026-06-04", "08:00", "19:00", zone)
    punches = taps(zone, "2026-06-03 18:58", "2026-06-04 07:20")
    first, second = solved([night, daily], punches).days
    assert shown(first) == ("present", "03 18:58", "04 07:20")
    assert shown(second) == ("absent", None, None)
    first, second = solved([night, daily], taps(zone, "2026-06-03 18:58", "2026-06-04 07:55")).days
    assert (shown(first)[2], shown(second)[0]) == ("04 07:55", "absent")


@in_each_zone
@pytest.mark.parametrize("came", ["07:55", "08:05"])
def test_case_A_02_without_an_open_night_it_is_the_day(zone: str, came: str) -> None:
    night = shift("2026-06-03", "19:00", "07:00", zone, after=HOUR)
    daily = shift("2026-06-04", "08:00", "19:00", zone)
    first, second = solved([night, daily], taps(zone, f"2026-06-04 {came}")).days
    assert shown(first) == ("absent", None, None)
    assert shown(second) == ("missing_out", f"04 {came}", None)


@in_each_zone
def test_case_A_03_nothing_is_decided_before_the_data_are_here(zone: str) -> None:
    late = shift("2026-06-10", "15:00", "23:30", zone)  # its window closes at 01:30
    came = taps(zone, "2026-06-10 14:55 in")
    for punches in ([], came):
        for seen in ("2026-06-11 00:45", "2026-06-11 01:29:59"):
            day = one(late, punches, seen=seen, zone=zone)
            assert (day.state, day.early, day.under) == ("open", None, None)
            assert day.value_of(ReasonCode.WAITING) == late.closes
    assert one(late, came, seen="2026-06-11 02:00", zone=zone).state == "missing_out"
    assert one(late, came, seen="2026-06-11 01:30", zone=zone).state == "missing_out"
    assert one(late, [], seen="2026-06-11 01:30", zone=zone).state == "absent"


@in_each_zone
def test_case_A_04_overlaps_are_of_instants(zone: str) -> None:
    night = shift("2026-06-10", "22:00", "04:00", zone)
    assert overlap_of([night, shift("2026-06-10", "02:00", "08:00", zone)]) is None
    next_day = shift("2026-06-11", "02:00", "08:00", zone)
    clash = overlap_of([next_day, night])
    assert clash is not None
    assert (clash.first, clash.second) == (night, next_day)
    day = [shift("2026-06-10", "08:00", "12:00", zone), shift("2026-06-10", "14:00", "18:00", zone)]
    assert overlap_of(day) is None
    assert overlap_of([*day, shift("2026-06-10", "16:00", "20:00", zone)]) is not None
    assert overlap_of([*day, shift("2026-06-10", "12:00", "14:00", zone)]) is None


@in_each_zone
def test_case_A_05_in_and_out_meet_in_the_assigned_shift(zone: str) -> None:
    assigned = shift("2026-06-10", "10:00", "18:00", zone)
    day = one(assigned, taps(zone, "2026-06-10 09:55 in", "2026-06-10 18:05 out"))
    assert shown(day) == ("present", "10 09:55", "10 18:05")
    assert (day.worked, day.over, day.under) == (8 * HOUR + 10 * MINUTE, 10 * MINUTE, 0)


@in_each_zone
def test_case_A_06_days_without_a_punch_are_found_each_time(zone: str) -> None:
    week = [shift(on, "07:30", "16:00", zone) for on in WEEK]
    punches = [
        punch for on in (WEEK[0], WEEK[1], WEEK[4]) for punch in taps(zone, f"{on} 07:20", f"{on} 16:10")
    ]
    first, second = solved(week, punches), solved(reversed(week), reversed(punches))
    assert [day.state.value for day in first.days] == ["present", "present", "absent", "absent", "present"]
    assert [day.worked for day in first.days][2:4] == [0, 0]
    assert first == second


@in_each_zone
def test_case_A_07_a_forgotten_out_swallows_nothing(zone: str) -> None:
    week = [shift(on, "07:30", "16:00", zone) for on in WEEK[:2]]
    punches = taps(zone, "2026-05-04 07:30", "2026-05-05 07:28", "2026-05-05 16:01")
    monday, tuesday = solved(week, punches).days
    assert shown(monday) == ("missing_out", "04 07:30", None)
    assert (monday.worked, monday.over, monday.under, monday.early) == (None, None, None, None)
    assert monday.value_of(ReasonCode.MISSING_OUT) == at("2026-05-04 07:30", zone)
    assert shown(tuesday) == ("present", "05 07:28", "05 16:01")
    assert tuesday.worked == 8 * HOUR + 33 * MINUTE


@in_each_zone
def test_case_A_08_keys_of_devices_are_hints(zone: str) -> None:
    night = shift("2026-05-04", "21:00", "05:00", zone)
    day = one(night, taps(zone, "2026-05-04 20:58 in", "2026-05-05 05:04 in"))
    assert shown(day) == ("present", "04 20:58", "05 05:04")


@in_each_zone
def test_case_A_09_hours_are_differences_of_instants(zone: str) -> None:
    instance = shift("2026-05-04", "10:00", "18:00", zone)
    day = one(instance, taps(zone, "2026-05-04 10:12", "2026-05-04 18:19"))
    assert day.worked == 8 * HOUR + 7 * MINUTE
    unfinished = one(instance, taps(zone, "2026-05-04 10:12"), seen="2026-05-11 10:12", zone=zone)
    assert (unfinished.state, unfinished.worked) == ("missing_out", None)


@in_each_zone
def test_case_A_10_an_end_at_midnight_belongs_to_the_day_before(zone: str) -> None:
    eight_point_four = 8 * HOUR + 24 * MINUTE
    days = [
        shift(on, "09:30", "00:00", zone, after=HOUR, pairing=PAIRS, expected=eight_point_four)
        for on in WEEK[:2]
    ]
    times = ("04 09:30", "04 11:30", "04 14:30", "04 18:19", "04 21:00", "05 00:00")
    first_day = taps(zone, *(f"2026-05-{time}" for time in times))
    second_day = taps(zone, "2026-05-05 09:30", "2026-05-05 11:30")
    alone, together = solved(days, first_day), solved(days, first_day + second_day)
    assert alone.days[0] == together.days[0]
    assert (alone.days[0].worked, alone.days[0].over) == (8 * HOUR + 49 * MINUTE, 25 * MINUTE)
    assert len(alone.days[0].pairs) == 3
    assert together.days[1].pairs == (Span(second_day[0].at, second_day[1].at),)


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_case_A_11_a_night_stored_as_two_halves_is_one(zone: str) -> None:
    halves = [
        shift("2026-05-07", "20:00", "00:00", zone, duty="night", key="a"),
        shift("2026-05-08", "00:00", "04:00", zone, duty="night", key="b"),
    ]
    punches = taps(zone, "2026-05-07 20:00", "2026-05-08 04:00")
    (day,) = solved(halves, punches).days
    assert (day.on.isoformat(), day.state.value, day.instance.keys) == ("2026-05-07", "present", ("a", "b"))
    assert (day.worked, day.over, day.under) == (8 * HOUR, 0, 0)


def test_case_A_11_only_halves_of_one_duty_that_touch_at_midnight_are_one() -> None:
    evening = shift("2026-05-07", "20:00", "00:00", JAKARTA, duty="night")
    for morning in (
        shift("2026-05-08", "00:00", "04:00", JAKARTA, duty="other"),
        shift("2026-05-08", "00:01", "04:00", JAKARTA, duty="night"),
        shift("2026-05-08", "00:00", "04:00", JAKARTA, duty="night", pairing=PAIRS),
    ):
        assert len(solved([evening, morning], []).days) == 2
    noon = [
        shift("2026-05-07", since, until, JAKARTA, duty="day")
        for since, until in (("08:00", "12:00"), ("12:00", "16:00"))
    ]
    assert len(solved(noon, []).days) == 2
    bare = [
        shift("2026-05-07", "20:00", "00:00", JAKARTA),
        shift("2026-05-08", "00:00", "04:00", JAKARTA),
    ]
    assert len(solved(bare, []).days) == 2


@in_each_zone
def test_case_A_13_whole_leave_stays_and_punches_wait_for_a_person(zone: str) -> None:
    instance = shift("2026-08-04", "07:30", "16:00", zone)
    day = one(instance, taps(zone, "2026-08-04 07:30", "2026-08-04 16:00"), [leave("2026-08-04")])
    assert shown(day) == ("excused", None, None)
    assert fates(day) == [Fate.CONFLICT, Fate.CONFLICT]
    assert (day.value_of(ReasonCode.CONFLICT), day.value_of(ReasonCode.EXCUSED)) == (2, "leave")


@in_each_zone
def test_case_A_13_half_leave_and_half_work_add_to_one_day(zone: str) -> None:
    instance = shift("2026-08-04", "07:30", "16:30", zone, breaks=[("11:30", "12:30")])
    afternoon = [leave("2026-08-04", Part.SECOND_HALF)]
    day = one(instance, taps(zone, "2026-08-04 07:30", "2026-08-04 11:30"), afternoon)
    assert shown(day) == ("present", "04 07:30", "04 11:30")
    assert (day.worked, day.over, day.under, day.late, day.early) == (4 * HOUR, 0, 0, 0, 0)
    assert day.value_of(ReasonCode.PART_EXCUSED) == "leave"
    morning = [leave("2026-08-04", Part.FIRST_HALF)]
    day = one(instance, taps(zone, "2026-08-04 12:40", "2026-08-04 16:30"), morning)
    assert (day.state, day.late, day.under) == ("present", 10 * MINUTE, 10 * MINUTE)


@in_each_zone
def test_case_A_14_a_day_to_come_is_planned(zone: str) -> None:
    tomorrow = shift("2026-09-11", "07:30", "16:00", zone)
    day = one(tomorrow, [], seen="2026-09-10 12:00", zone=zone)
    assert (day.state, day.reasons[0].code) == ("planned", ReasonCode.WAITING)
    trip = one(tomorrow, [], [leave("2026-09-11", kind="duty")], seen="2026-09-10 12:00", zone=zone)
    assert (trip.state, trip.value_of(ReasonCode.EXCUSED)) == ("planned", "duty")
    trip = one(tomorrow, [], [leave("2026-09-11", kind="duty")], seen="2026-09-11 06:00", zone=zone)
    assert trip.state == "excused"


@in_each_zone
def test_case_A_22_the_same_key_within_a_second_counts_once(zone: str) -> None:
    instance = shift("2026-05-04", "07:30", "16:00", zone)
    punches = taps(zone, "2026-05-04 07:30:00.120 in", "2026-05-04 07:30:00.480 in", "2026-05-04 16:00 out")
    day = one(instance, punches)
    assert fates(day) == [Fate.IN, Fate.DEBOUNCED, Fate.OUT]
    assert (day.late, day.worked) == (0, 8 * HOUR + 30 * MINUTE)
    assert day.value_of(ReasonCode.DEBOUNCED) == 1


@in_each_zone
@pytest.mark.parametrize("keys", [("1", "2"), ("2", "1")])
def test_case_A_22_out_of_one_shift_and_in_of_the_next_at_one_instant(
    zone: str, keys: tuple[str, str]
) -> None:
    shifts = [shift("2026-05-04", "08:00", "12:00", zone), shift("2026-05-04", "12:00", "16:00", zone)]
    at_noon = [
        tap("2026-05-04 12:00", zone, direction, key)
        for direction, key in zip(("out", "in"), keys, strict=True)
    ]
    punches = taps(zone, "2026-05-04 08:00 in", "2026-05-04 16:00 out")
    first, second = solved(shifts, punches + at_noon).days
    assert shown(first) == ("present", "04 08:00", "04 12:00")
    assert shown(second) == ("present", "04 12:00", "04 16:00")


@in_each_zone
def test_case_A_23_a_double_tap_is_one_in(zone: str) -> None:
    instance = shift("2026-05-04", "07:30", "16:00", zone)
    punches = taps(zone, "2026-05-04 07:25:00", "2026-05-04 07:25:01", "2026-05-04 16:00")
    assert fates(one(instance, punches)) == [Fate.IN, Fate.DEBOUNCED, Fate.OUT]
    in_pairs = shift("2026-05-04", "07:30", "16:00", zone, pairing=PAIRS)
    assert fates(one(in_pairs, punches)) == [Fate.IN, Fate.DEBOUNCED, Fate.OUT]


@in_each_zone
def test_case_A_24_an_unknown_key_is_resolved_by_the_instance(zone: str) -> None:
    instance = shift("2026-05-04", "07:30", "16:00", zone)
    day = one(instance, taps(zone, "2026-05-04 07:28", "2026-05-04 16:05"))
    assert shown(day) == ("present", "04 07:28", "04 16:05")


MIDDLE_PUNCHES = ("07:30", "12:01", "12:58", "16:02")


@in_each_zone
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_case_A_25_both_policies_in_any_order(zone: str, order: tuple[int, ...]) -> None:
    punches = taps(zone, *(f"2026-05-04 {MIDDLE_PUNCHES[place]}" for place in order))
    first_last = one(shift("2026-05-04", "07:30", "16:00", zone), punches)
    assert first_last.worked == 8 * HOUR + 32 * MINUTE
    assert fates(first_last) == [Fate.IN, Fate.BETWEEN, Fate.BETWEEN, Fate.OUT]
    paired = one(shift("2026-05-04", "07:30", "16:00", zone, pairing=PAIRS), punches)
    morning, afternoon = 4 * HOUR + 31 * MINUTE, 3 * HOUR + 4 * MINUTE
    assert [pair.seconds for pair in paired.pairs] == [morning, afternoon]
    assert paired.worked == 7 * HOUR + 35 * MINUTE


def test_case_A_26_a_clash_is_named_in_a_sentence() -> None:
    held = shift("2026-06-10", "08:00", "12:00", JAKARTA)
    clash = overlap_of([held, shift("2026-06-10", "11:00", "13:00", JAKARTA)])
    assert clash is not None
    assert clash.sentence == (
        "Jam kerja 10 Juni 2026 pukul 11.00 sampai 13.00 WIB bertabrakan dengan "
        "10 Juni 2026 pukul 08.00 sampai 12.00 WIB. Ubah atau hapus salah satunya."
    )
    assert overlap_of([held, shift("2026-06-10", "12:00", "13:00", JAKARTA)]) is None
    assert overlap_of([held, held]) is not None


def test_case_A_26_a_clash_over_midnight_names_both_dates() -> None:
    long = shift("2026-06-10", "20:00", "12:00", "Asia/Makassar")
    late = shift("2026-06-11", "11:00", "13:00", "Asia/Makassar")
    clash = overlap_of([late, long])
    assert clash is not None
    assert "10 Juni 2026 pukul 20.00 sampai 11 Juni 2026 pukul 12.00 WITA" in clash.sentence


@in_each_zone
def test_case_A_28_every_channel_shows_the_same(zone: str) -> None:
    instance = shift("2026-05-04", "07:30", "16:00", zone)
    by_pc = Punch(at("2026-05-04 07:45", zone), "pc-1", Direction.IN)
    by_phone = Punch(at("2026-05-04 16:00", zone), "phone-1", Direction.OUT)
    asked_by_pc, asked_by_phone = one(instance, [by_pc, by_phone]), one(instance, [by_phone, by_pc])
    assert asked_by_pc == asked_by_phone
    assert (asked_by_pc.state, asked_by_pc.late) == ("present", 15 * MINUTE)


@in_each_zone
def test_case_A_29_the_length_is_the_one_of_that_day(zone: str) -> None:
    april = shift("2026-04-28", "08:00", "16:00", zone)
    may = shift("2026-05-05", "08:00", "15:00", zone)
    punches = taps(zone, "2026-04-28 08:00", "2026-04-28 16:00", "2026-05-05 08:00", "2026-05-05 16:00")
    for seen in ("2026-05-06 00:00", "2026-07-15 12:00"):
        days = solved([april, may], punches, seen=seen, zone=zone).days
        assert [(day.worked, day.over) for day in days] == [(8 * HOUR, 0), (8 * HOUR, HOUR)]


def test_complaint_14_the_wrong_key_again_is_no_leaving() -> None:
    instance = shift("2026-05-04", "07:30", "16:00", JAKARTA)
    retried = taps(JAKARTA, "2026-05-04 07:00 in", "2026-05-04 07:01:30 out")
    assert shown(one(instance, retried)) == ("missing_out", "04 07:00", None)
    whole = [*retried, *taps(JAKARTA, "2026-05-04 16:01 out")]
    assert shown(one(instance, whole)) == ("present", "04 07:00", "04 16:01")
    paired = shift("2026-05-04", "07:30", "16:00", JAKARTA, pairing=PAIRS)
    assert shown(one(paired, retried)) == ("missing_out", "04 07:00", None)
    assert one(paired, whole).pairs == one(instance, whole).pairs


def test_complaint_22_a_minute_late_is_a_minute() -> None:
    instance = shift("2026-05-04", "07:30", "16:00", JAKARTA)
    day: DayResult = one(instance, taps(JAKARTA, "2026-05-04 07:31:07", "2026-05-04 15:59:58"))
    assert (day.late, day.early) == (67, 2)
    assert day.worked == seconds_between(
        at("2026-05-04 07:31:07", JAKARTA), at("2026-05-04 15:59:58", JAKARTA)
    )


def test_nobody_and_nothing() -> None:
    found = resolve([], taps(JAKARTA, "2026-05-04 07:31"), watermark=at("2026-05-05 00:00", JAKARTA))
    assert (found.days, fates(found)) == ((), [Fate.OUTSIDE])
