"""The shared words: each holds its own rules, and says in Indonesian what is wrong."""

import json
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.kernel import (
    Actor,
    Grant,
    InvalidValue,
    Nik,
    Nip,
    Problem,
    canonical_json,
    format_date,
    format_month,
    local_date,
    sha256_hex,
    uuid7,
)
from pamong.kernel.ids import _Sequence
from pamong.kernel.nip import nip_fault
from pamong.kernel.problem import has_block

PNS = "198504172010011999"
PPPK = "199001012024212998"


def test_nip_of_a_pns():
    nip = Nip.parse(f"'{PNS}")
    assert (nip.digits, nip.birth_date, nip.kind_hint) == (PNS, date(1985, 4, 17), "PNS")
    assert (nip.sex, nip.start_year, nip.masked, str(nip)) == ("L", 2010, "19850417******1999", PNS)
    assert Nip.parse("19850417 201001 1 999") == nip


def test_nip_of_a_pppk():
    nip = Nip.parse(PPPK)
    assert (nip.kind_hint, nip.sex, nip.start_year) == ("PPPK", "P", 2024)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "kosong, harus 18 digit"),
        ("19850417201001199", "17 digit, harus 18"),
        (PNS + "0", "19 digit, harus 18"),
        ("1.98504172010012E+17", "berisi tanda selain angka, harus 18 digit"),
        ("\u0661" * 18, "berisi tanda selain angka, harus 18 digit"),
        ("198502302010011999", "digit 1-8 bukan tanggal lahir yang ada di kalender"),
        ("198504171900011999", "digit 9-12 bukan tahun pengangkatan"),
        ("198504172010013999", "digit 15 harus 1 (laki-laki) atau 2 (perempuan)"),
    ],
)
def test_nip_refused_with_one_sentence(text, says):
    assert nip_fault(text) == says
    with pytest.raises(InvalidValue) as refusal:
        Nip.parse(text)
    assert str(refusal.value) == f"NIP {says}."


def test_nip_that_a_spreadsheet_rounded():
    with pytest.raises(InvalidValue, match="berakhir 000, digit akhirnya hilang"):
        Nip.parse("198504172010012000")


def test_nip_is_frozen_and_cannot_be_made_invalid():
    with pytest.raises(InvalidValue):
        Nip("1")
    with pytest.raises(AttributeError):
        Nip.parse(PNS).digits = PPPK


def test_nik_man_and_woman():
    man, woman = Nik.parse("3372010508680001"), Nik.parse("'3372014508680002")
    assert (man.sex, woman.sex) == ("L", "P")
    assert man.matches_birth(date(1968, 8, 5))
    assert woman.matches_birth(date(1968, 8, 5))
    assert not woman.matches_birth(date(1968, 8, 6))
    assert woman.masked == "337201******0002"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "kosong"),
        ("337201050868000", "15 digit, harus 16"),
        ("33720105086800O1", "berisi tanda selain angka"),
        ("3372013208680001", "bukan tanggal lahir"),
        ("3372017208680001", "bukan tanggal lahir"),
        ("3372010513680001", "bukan tanggal lahir"),
        ("3372010508680000", "nomor urut mulai dari 0001"),
    ],
)
def test_nik_refused(text, says):
    with pytest.raises(InvalidValue) as refusal:
        Nik.parse(text)
    assert says in str(refusal.value)


def test_nik_leap_day_exists_in_one_century_only():
    # 1900 had no 29 February, 2000 had one.
    assert Nik.parse("3372012902000001").matches_birth(date(2000, 2, 29))
    with pytest.raises(InvalidValue):
        Nik.parse("3372012902010001")


def test_case_I_06_problem_names_row_column_value_and_rule():
    problem = Problem(
        "nip", "17 digit, harus 18", "block", row=12, column="NIP", value="19850417201001199", rule="18 digit"
    )
    assert str(problem) == "baris 12, NIP, 17 digit, harus 18"
    assert has_block([problem])


def test_problem_with_file_with_person_and_alone():
    assert str(Problem("x", "kosong", "warn", source="a.csv", row=2)) == "a.csv, baris 2, kosong"
    assert str(Problem("x", "gaji belum ada", "warn", subject="Budi")) == "Budi, gaji belum ada"
    assert str(Problem("x", "File kosong.", "info")) == "File kosong."
    assert not has_block([Problem("x", "kosong", "warn")])
    with pytest.raises(ValueError, match="severity"):
        Problem("x", "kosong", "error")


def test_actor_roles_and_scopes():
    actor = Actor(1, 2, "Siti", (Grant("officer", "kota.bkpsdm"), Grant("auditor")), date(2026, 10, 5))
    assert actor.has_role("officer")
    assert not actor.has_role("operator")
    assert actor.has_role_over("officer", "kota.bkpsdm.mutasi")
    assert actor.has_role_over("officer", "kota.bkpsdm")
    assert not actor.has_role_over("officer", "kota.bkpsdm2")
    assert not actor.has_role_over("officer", "kota")
    assert actor.has_role_over("auditor", "kota")


def test_operator_of_the_command_line():
    actor = Actor.operator("budi", date(2026, 10, 5))
    assert (actor.name, actor.user_id, actor.person_id) == ("operator:budi", None, None)
    assert actor.has_role("operator")


def test_uuid7_form_and_instant():
    at = datetime(2026, 11, 10, 7, 0, 0, 123000, tzinfo=timezone(timedelta(hours=7)))
    value = uuid7(at)
    assert (value.version, value.variant) == (7, UUID(int=0x8 << 60).variant)
    assert value.int >> 80 == int(at.timestamp() * 1000)
    with pytest.raises(TypeError):
        uuid7(datetime(2026, 1, 1))  # noqa: DTZ001 - a naive instant is what must be refused
    with pytest.raises(InvalidValue):
        uuid7(datetime(1969, 1, 1, tzinfo=UTC))


def test_uuid7_grows_strictly_within_a_process():
    made = [uuid7() for _ in range(20_000)]
    assert all(a < b for a, b in pairwise(made))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=200))
def test_uuid7_grows_with_instants_that_do_not_fall(steps):
    at, made = datetime(2026, 10, 1, tzinfo=UTC), []
    for step in steps:
        at += timedelta(milliseconds=step)
        made.append(uuid7(at))
    assert made == sorted(set(made))


def test_uuid7_clock_set_back_and_tail_full():
    sequence = _Sequence()
    first = sequence.next(1000, never_back=True)
    second = sequence.next(500, never_back=True)
    assert first < second
    sequence._tail = (1 << 74) - 1
    assert sequence.next(1000, never_back=True)[0] == 1001


def test_local_date_and_month_close_in_the_zone():
    at = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)
    assert local_date(at, "Asia/Jakarta") == date(2026, 10, 31)
    assert local_date(at, "Asia/Makassar") == date(2026, 11, 1)
    assert local_date(at, "Asia/Jayapura") == date(2026, 11, 1)
    with pytest.raises(TypeError):
        local_date(datetime(2026, 10, 31), "Asia/Jakarta")  # noqa: DTZ001
    with pytest.raises(InvalidValue, match="tidak dikenal"):
        local_date(at, "Asia/Samarinda")


def test_dates_as_people_read_them():
    assert format_date(date(2026, 10, 5)) == "5 Oktober 2026"
    assert format_month(2026, 10) == "Oktober 2026"
    with pytest.raises(InvalidValue):
        format_month(2026, 13)


class Kind(StrEnum):
    """A choice, as the domains have them."""

    TPP = "tpp"


def test_canonical_json_bytes():
    value = {
        "b": [1, True, None, Kind.TPP],
        "a": date(2026, 10, 5),
        "e\u0301": "e\u0301",
        "t": datetime(2026, 10, 5, 7, tzinfo=timezone(timedelta(hours=8))),
        "u": UUID(int=1),
    }
    expected = (
        '{"a":"2026-10-05","b":[1,true,null,"tpp"],"t":"2026-10-04T23:00:00.000000Z",'
        '"u":"00000000-0000-0000-0000-000000000001","\u00e9":"\u00e9"}'
    )
    assert canonical_json(value) == expected.encode()
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("bad", [1.0, {"a": 0.5}, [float("nan")], {1: 2}, b"x", {1}, datetime(2026, 1, 1)])  # noqa: DTZ001
def test_canonical_json_refuses_what_has_no_single_form(bad):
    with pytest.raises(TypeError):
        canonical_json(bad)


def test_canonical_json_refuses_broken_text_and_twin_keys():
    with pytest.raises(InvalidValue):
        canonical_json("\ud800")
    with pytest.raises(InvalidValue):
        canonical_json({"\u00e9": 1, "e\u0301": 2})


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner)
    ),
    max_leaves=12,
)


@given(_json)
def test_canonical_json_is_a_fixed_point(value):
    once = canonical_json(value)
    assert canonical_json(json.loads(once)) == once


def test_values_travel_between_processes():
    for value in (Nip.parse(PNS), Problem("x", "y", "info"), Grant("a")):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
