"""Zones, midnight, nights and clocks that go wrong."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from pamong.attendance.resolving import (
    Punch,
    ShiftInstance,
    Span,
    day_fault,
    drift,
    drift_fault,
    instance_of,
    instant_of,
    is_sane,
    last_finished_day,
    night_seconds,
    punch_fault,
    seconds_between,
    stamp,
)
from pamong.kernel.errors import InvalidValue
from tests.attendance.resolving_samples import (
    HOUR,
    JAKARTA,
    JAYAPURA,
    MAKASSAR,
    at,
    in_each_zone,
    one,
    shift,
    solved,
    taps,
)

NIGHT = (time(22), time(6))


@in_each_zone
@pytest.mark.parametrize(
    ("window", "start", "end", "night", "day"),
    [
        ((time(0), time(6)), "2026-05-04 01:00", "2026-05-04 09:00", 5, 3),
        (NIGHT, "2026-05-04 22:00", "2026-05-05 06:00", 8, 0),
        (NIGHT, "2026-05-04 20:00", "2026-05-06 08:00", 16, 20),
        (NIGHT, "2026-05-04 06:00", "2026-05-04 22:00", 0, 16),
        (NIGHT, "2026-05-04 05:00", "2026-05-04 23:00", 2, 16),
        ((time(0), time(0)), "2026-05-04 05:00", "2026-05-05 05:00", 24, 0),
        (NIGHT, "2026-05-04 23:00", "2026-05-04 23:00", 0, 0),
    ],
)
def test_case_A_12_night_is_each_repetition_of_the_window(
    zone: str, window: tuple[time, time], start: str, end: str, night: int, day: int
) -> None:
    since, until = at(start, zone), at(end, zone)
    found = night_seconds(since, until, *window, zone)
    assert found == night * HOUR
    assert seconds_between(since, until) - found == day * HOUR


def test_case_A_12_nights_with_summer_time() -> None:
    """The night to 29 March 2026 is an hour shorter in Berlin, the one to 25 October an hour longer."""
    berlin = "Europe/Berlin"
    for day, hours in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9)):
        since = instant_of(datetime.combine(day, time(12)), berlin)
        until = instant_of(datetime.combine(day + timedelta(days=1), time(12)), berlin)
        assert night_seconds(since, until, *NIGHT, berlin) == hours * HOUR


def test_case_A_15_the_zone_is_that_of_the_place_of_work() -> None:
    tapped = at("2026-05-04 07:25", JAYAPURA)
    kept = stamp(tapped, JAYAPURA)
    assert kept.at.isoformat() == "2026-05-03T22:25:00+00:00"
    assert (kept.text, kept.on, kept.local) == ("07.25 WIT", date(2026, 5, 4), datetime(2026, 5, 4, 7, 25))  # noqa: DTZ001
    day = one(shift("2026-05-04", "07:30", "16:00", JAYAPURA), [Punch(tapped, "a")])
    assert day.late == 0
    assert stamp(at("2026-05-04 09:30", "Asia/Dubai"), "Asia/Dubai").local.hour == 9
    assert [stamp(tapped, zone).text for zone in (JAKARTA, MAKASSAR)] == ["05.25 WIB", "06.25 WITA"]


def test_case_A_16_a_phone_with_another_clock_is_flagged() -> None:
    phone, server = at("2026-05-04 07:20", JAKARTA), at("2026-05-04 07:52", JAKARTA)
    assert drift_fault(phone, server) == "Jam berbeda 32 menit."
    assert (drift(phone, server), drift(server, phone)) == (-1920, 1920)


def test_case_A_17_the_last_finished_day_of_each_zone() -> None:
    half_past_two = datetime.fromisoformat("2026-05-05T14:30:00Z")
    half_past_three = datetime.fromisoformat("2026-05-05T15:30:00Z")
    assert [last_finished_day(half_past_two, zone).day for zone in (JAKARTA, JAYAPURA)] == [4, 4]
    assert [last_finished_day(half_past_three, zone).day for zone in (JAKARTA, JAYAPURA)] == [4, 5]
    assert last_finished_day(datetime.fromisoformat("2026-05-05T16:00:00Z"), MAKASSAR).day == 5


def test_case_A_18_a_shift_near_midnight_has_one_date() -> None:
    instance = shift("2026-03-10", "00:30", "08:30", JAYAPURA)
    assert (instance.starts.isoformat(), instance.ends.isoformat()) == (
        "2026-03-09T15:30:00+00:00",
        "2026-03-09T23:30:00+00:00",
    )
    (day,) = solved([instance], taps(JAYAPURA, "2026-03-10 00:30", "2026-03-10 08:30")).days
    assert (day.on, day.worked) == (date(2026, 3, 10), 8 * HOUR)
    assert {stamp(mark, JAYAPURA).on for mark in (instance.starts, instance.ends)} == {date(2026, 3, 10)}


def test_case_A_19_a_device_keeps_its_wall_clock_and_drift_is_flagged() -> None:
    shown = instant_of(datetime(2026, 5, 4, 7, 30), JAKARTA)  # noqa: DTZ001 - devices know no zone
    assert stamp(shown, JAKARTA).text == "07.30 WIB"
    assert drift_fault(shown, shown + timedelta(minutes=2)) == ""
    assert drift_fault(shown, shown + timedelta(seconds=121)) == "Jam berbeda 2 menit."
    assert drift_fault(shown + timedelta(hours=7), shown) == "Jam berbeda 7 jam."
    assert drift_fault(shown, shown + timedelta(minutes=65)) == "Jam berbeda 1 jam 5 menit."
    assert drift_fault(shown, shown + timedelta(seconds=45), limit=timedelta(0)) == "Jam berbeda 45 detik."


def test_case_A_20_events_out_of_reason_wait_in_quarantine() -> None:
    upload = at("2026-05-05 12:00", JAKARTA)
    for yesterday in ("2026-05-04 07:29", "2026-05-04 16:02"):
        assert is_sane(at(yesterday, JAKARTA), upload)
        assert punch_fault(at(yesterday, JAKARTA), upload, JAKARTA) == ""
    lost_power, ahead = at("2000-01-01 00:00", JAKARTA), at("2026-05-08 12:00", JAKARTA)
    assert not is_sane(lost_power, upload)
    assert punch_fault(lost_power, upload, JAKARTA) == (
        "Jam perangkat menunjukkan 1 Januari 2000, terlalu lama berlalu. Periksa jam perangkatnya."
    )
    assert punch_fault(ahead, upload, JAKARTA) == (
        "Jam perangkat menunjukkan 8 Mei 2026, lebih dari sehari di depan. Betulkan jam perangkatnya."
    )
    assert is_sane(at("2026-05-06 12:00", JAKARTA), upload)
    assert not is_sane(at("2026-05-06 12:00:01", JAKARTA), upload)
    assert is_sane(at("2020-05-06 12:00", JAKARTA), upload, oldest=timedelta(days=3000))


def test_case_A_14_presence_of_a_day_to_come_is_refused() -> None:
    now = at("2026-09-10 23:30", JAYAPURA)
    assert day_fault(date(2026, 9, 10), now, JAYAPURA) == ""
    assert day_fault(date(2026, 9, 11), now, JAYAPURA) == (
        "Presensi 11 September 2026 belum dapat dicatat, karena hari itu belum tiba."
    )
    assert day_fault(date(2026, 9, 11), now + timedelta(minutes=30), JAYAPURA) == ""


def test_clock_times_make_instants_also_where_summer_time_begins() -> None:
    night = shift("2026-03-28", "22:00", "06:00", "Europe/Berlin")
    assert night.expected_seconds == 7 * HOUR
    day = shift("2026-05-04", "08:00", "08:00", JAKARTA)
    assert day.expected_seconds == 24 * HOUR


def test_breaks_stand_after_the_start() -> None:
    night = shift("2026-05-04", "20:00", "04:00", JAKARTA, breaks=[("23:30", "00:30"), ("02:00", "02:15")])
    assert [stamp(pause.starts, JAKARTA).text for pause in night.breaks] == ["23.30 WIB", "02.00 WIB"]
    assert {stamp(pause.ends, JAKARTA).on.day for pause in night.breaks} == {5}
    assert night.expected_seconds == 6 * HOUR + 45 * 60


def test_what_is_no_instant_no_zone_or_no_order_is_refused() -> None:
    naive = datetime(2026, 5, 4)  # noqa: DTZ001 - on purpose
    aware = at("2026-05-04 07:00", JAKARTA)
    with pytest.raises(TypeError):
        Punch(naive, "a")
    with pytest.raises(TypeError):
        instant_of(aware, JAKARTA)
    with pytest.raises(InvalidValue, match="tidak dikenal"):
        instance_of(date(2026, 5, 4), time(7), time(9), "Asia/Solo", timedelta(), timedelta())
    with pytest.raises(ValueError, match="before it starts"):
        Span(aware, aware - timedelta(seconds=1))
    with pytest.raises(ValueError, match="out of order"):
        ShiftInstance(date(2026, 5, 4), aware, aware, aware, aware, JAKARTA)
    with pytest.raises(ValueError, match="whole second"):
        shift("2026-05-04", "07:30:00.5", "16:00", JAKARTA)
    with pytest.raises(ValueError, match="whole second"):
        shift("2026-05-04", "07:30", "16:00", JAKARTA, breaks=[("12:00:00.5", "13:00")])
    with pytest.raises(ValueError, match="without work"):
        shift("2026-05-04", "12:00", "13:00", JAKARTA, breaks=[("12:00", "13:00")])
