"""Nothing that somebody uploads may crash a reader."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.interop import monthly, people, punches
from pamong.interop.punch_rows import PUNCH_SCHEMA
from pamong.interop.write import write_attlog, write_monthly_xlsx

SAMPLES = Path(__file__).parent / "samples"
READERS = [
    (people.read_people, people.SCHEMA),
    (monthly.read_monthly, monthly.SCHEMA),
    (punches.read_punches, PUNCH_SCHEMA),
]
WHOLE = [path.read_bytes() for path in sorted(SAMPLES.glob("[!.]*"))] + [
    write_monthly_xlsx([{"NIP": "198504172010011999", "MENIT KERJA": 6000}]),
    write_attlog([("1001", datetime(2026, 11, 2, 7, 12, 9))]),  # noqa: DTZ001
]
_MAGIC = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"{",
    b"NIP,NAMA\n",
    b"1\t2026-11-02 ",
]


def holds(data):
    """Every reader gives its columns and sentences, or refuses the file with one."""
    for reader, schema in READERS:
        frame, problems = reader(data, "apa.saja")
        assert frame.schema == schema
        assert all(str(problem).strip() for problem in problems)
        assert frame.height or problems


@given(st.sampled_from(_MAGIC), st.binary(max_size=400))
def test_random_bytes(magic, data):
    holds(magic + data)


@given(st.sampled_from(_MAGIC), st.text(max_size=200))
def test_random_text(magic, text):
    holds(magic + text.encode("utf-8", errors="surrogatepass"))


@given(st.sampled_from(WHOLE), st.data())
def test_damaged_files(whole, data):
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, min(len(whole), start + 40)))
    holds(whole[:start] + data.draw(st.binary(max_size=20)) + whole[stop:])


@pytest.mark.parametrize("choice", sorted(punches.FORMATS))
@given(data=st.binary(max_size=200))
def test_a_forced_format_on_random_bytes(choice, data):
    frame, problems = punches.read_punches(data, "apa.saja", choice)
    assert frame.schema == PUNCH_SCHEMA
    assert frame.height or problems
