"""Several punch files together: each punch once, in whatever order the files come."""

from datetime import datetime
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pamong.interop.punch_rows import PUNCH_SCHEMA
from pamong.interop.punches import merge_punches, read_punches
from pamong.interop.write import (
    write_attlog,
    write_fingerspot_csv,
    write_glg,
)

SAMPLES = Path(__file__).parent / "samples"
NIP = "198504172010011999"


def at(day, hour, minute, second=0, month=11):
    """A wall time of a machine in 2026."""
    return datetime(2026, month, day, hour, minute, second)  # noqa: DTZ001 - machines know no zone


def test_case_I_07_reading_a_file_again_adds_nothing():
    data = write_attlog([(str(pin), at(day, 7, pin)) for day in range(1, 21) for pin in range(50)])
    frame, _ = read_punches(data, "a.dat")
    half, _ = read_punches(data[: len(data) // 2], "a.dat")
    again = merge_punches([half, frame, frame])
    assert (frame.height, again.height) == (1000, 1000)
    assert again.select("pin", "at").sort("pin", "at").equals(frame.select("pin", "at").sort("pin", "at"))


def test_merge_keeps_the_first_file_and_line():
    a, _ = read_punches(write_attlog([("1", at(2, 7, 0)), ("2", at(2, 7, 0))]), "a.dat")
    b, _ = read_punches(write_attlog([("9", at(2, 7, 0)), ("1", at(2, 7, 0))]), "b.dat")
    assert merge_punches([a, b]).select("pin", "file", "line").rows() == [
        ("1", "a.dat", 1),
        ("2", "a.dat", 2),
        ("9", "b.dat", 1),
    ]


def test_merge_matches_minutes_with_seconds():
    scans = write_fingerspot_csv(
        [
            {
                "No. ID": "1",
                "NIP": NIP,
                "Tanggal": "02/11/2026",
                "Scan Masuk": "07:12",
                "Scan Pulang": "16:03",
            },
            {"NIP": NIP, "Tanggal": "02/11/2026", "Scan Masuk": "07:12", "Scan Pulang": "16:04"},
        ]
    )
    rough, _ = read_punches(scans, "scan.csv")
    exact, _ = read_punches(write_attlog([("1", at(2, 7, 12, 9)), ("2", at(2, 16, 3, 5))]), "a.dat")
    for frames in ([rough, exact], [exact, rough]):
        merged = merge_punches(frames).sort("at", "pin")
        assert merged.select("pin", "at", "precision").rows() == [
            ("1", at(2, 7, 12, 9), "second"),
            ("1", at(2, 16, 3), "minute"),
            ("2", at(2, 16, 3, 5), "second"),
            (None, at(2, 16, 4), "minute"),
        ]


def test_merge_of_one_file_and_of_none():
    rough, _ = read_punches((SAMPLES / "fingerspot_scanlog_export.csv").read_bytes(), "s.csv")
    assert merge_punches([rough]).equals(rough)
    assert merge_punches([]).schema == PUNCH_SCHEMA


_punches = st.lists(
    st.tuples(
        st.integers(0, 10**9 - 1).map(str),
        st.datetimes(datetime(2015, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    ),
    min_size=1,
    max_size=30,
)


@given(_punches)
def test_what_is_written_is_read_back(punches):
    rows = [(pin, instant.replace(microsecond=0)) for pin, instant in punches]
    expected = list(dict.fromkeys(rows))
    for data in (write_attlog(rows), write_glg([(pin, "X", instant) for pin, instant in rows])):
        frame, problems = read_punches(data, "x.dat")
        assert frame.select("pin", "at").rows() == expected
        assert {problem.code for problem in problems} <= {"repeated"}


@given(st.permutations(range(6)), st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_merge_gives_the_same_punches_in_any_order_of_files(order, picks):
    files = []
    for n in range(6):
        rows = [("1", at(1 + pick % 3, 7, pick, n)) for pick in picks]
        files.append(read_punches(write_attlog(rows), f"{n}.dat")[0])
    files[0] = files[0].with_columns(pl.col("at").dt.truncate("1m"), precision=pl.lit("minute"))
    merged = merge_punches([files[n] for n in order])
    one = merge_punches(files)
    columns = ["pin", "at", "precision"]
    assert merged.select(columns).sort(columns).equals(one.select(columns).sort(columns))
