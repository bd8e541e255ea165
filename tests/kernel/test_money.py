"""Rupiah, rates and ratios never touch a float."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.kernel import InvalidValue, Rate, Ratio, Rupiah, parse_rupiah


def test_rupiah_prints_as_indonesians_write_it():
    assert str(Rupiah(5_532_975)) == "Rp5.532.975"
    assert f"{Rupiah(-500)} {Rupiah(0)}" == "-Rp500 Rp0"
    assert repr(Rupiah(7)) == "Rupiah(7)"


@pytest.mark.parametrize("bad", [1.0, True, "1", None])
def test_rupiah_refuses_all_but_whole_numbers(bad):
    with pytest.raises(TypeError):
        Rupiah(bad)


def test_rupiah_arithmetic_stays_rupiah():
    a, b = Rupiah(1000), Rupiah(300)
    for result, value in [
        (a + b, 1300),
        (a - b, 700),
        (1 + a, 1001),
        (1 - a, -999),
        (-a, -1000),
        (a * 3, 3000),
    ]:
        assert type(result) is Rupiah
        assert result == value
    assert type(sum([a, b])) is Rupiah
    assert type(3 * a) is Rupiah
    assert abs(Rupiah(-5)) == 5


@pytest.mark.parametrize(
    "act",
    [
        lambda a: a / 2,
        lambda a: 2 / a,
        lambda a: a // 2,
        lambda a: 7 // a,
        lambda a: a * 0.5,
        lambda a: a + 0.5,
        lambda a: a - 0.5,
        lambda a: a * a,
    ],
)
def test_rupiah_refuses_floats_and_division(act):
    with pytest.raises(TypeError):
        act(Rupiah(10))


def test_rupiah_is_an_int_outside():
    assert json.dumps(Rupiah(5)) == "5"
    assert type(int(Rupiah(5))) is int
    assert type(pickle.loads(pickle.dumps(Rupiah(5)))) is Rupiah  # noqa: S301 - our own bytes
    assert {Rupiah(5): 1}[5] == 1


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp1.234.567", 1_234_567),
        ("1234567", 1_234_567),
        ("1.234.567", 1_234_567),
        (" Rp 1.234.567,00 ", 1_234_567),
        ("Rp. 500,-", 500),
        ("-Rp500", -500),
        ("Rp-500", -500),
        ("0", 0),
    ],
)
def test_parse_rupiah(text, amount):
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    ["", "Rp", "1,5", "1234,50", "1,234,567", "12.34", "1.234.56", "--5", "-Rp-5", "1e6", "1" * 19, "\u0661"],
)
def test_parse_rupiah_refuses_decimals_and_other_notations(text):
    with pytest.raises(InvalidValue):
        parse_rupiah(text)


@given(st.integers(-(10**17), 10**17))
def test_rupiah_round_trip(amount):
    assert parse_rupiah(str(Rupiah(amount))) == amount


@pytest.mark.parametrize(
    ("text", "ppm", "prints"),
    [
        ("2,5 %", 25_000, "2,5 %"),
        ("100%", 1_000_000, "100 %"),
        ("-3 %", -30_000, "-3 %"),
        ("0,0001 %", 1, "0,0001 %"),
        ("2.5 %", 25_000, "2,5 %"),
        ("5,00 %", 50_000, "5 %"),
    ],
)
def test_rate(text, ppm, prints):
    assert Rate.parse(text) == Rate(ppm)
    assert str(Rate(ppm)) == prints


@pytest.mark.parametrize("text", ["", "2,5", "%", "2,00001 %", "1.000 %", "dua %", ",5 %"])
def test_rate_refused(text):
    with pytest.raises(InvalidValue):
        Rate.parse(text)


@given(st.integers(-(10**9), 10**9))
def test_rate_round_trip(ppm):
    assert Rate.parse(str(Rate(ppm))) == Rate(ppm)


def test_rate_and_ratio_hold_integers_only():
    for act in (lambda: Rate(0.5), lambda: Rate(True), lambda: Ratio(1.0, 2), lambda: Ratio(1, 2.0)):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(InvalidValue):
        Ratio(1, 0)


def test_ratio_keeps_its_terms():
    share = Ratio(21, 30)
    assert (str(share), share.equals(Ratio(7, 10)), share == Ratio(7, 10)) == ("21/30", True, False)
    assert Rate(25_000).as_ratio() == Ratio(25_000, 1_000_000)
