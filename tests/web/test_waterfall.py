"""The picture of a slip tells the table's story, or refuses."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.web.charts import Bar, waterfall

SVG = "{http://www.w3.org/2000/svg}"
SLIP = [
    Bar("Beban kerja", 3_000_000, "earned"),
    Bar("PPh 21", 600_000, "taken"),
    Bar("Diterima", 2_400_000, "net"),
]


def rectangles(svg: str) -> list[dict[str, str]]:
    return [element.attrib for element in ElementTree.fromstring(svg).iter(f"{SVG}rect")]  # noqa: S314 - ours


def percent(text: str) -> float:
    return float(text.rstrip("%"))


def test_bars_build_up_and_take_off() -> None:
    earned, taken, net = rectangles(waterfall(SLIP, title="Rp2.400.000 diterima"))
    assert (earned["x"], earned["width"]) == ("0.00%", "100.00%")
    assert (taken["x"], taken["width"]) == ("80.00%", "20.00%")
    assert (net["x"], net["width"]) == ("0.00%", "80.00%")
    assert [bar["class"] for bar in (earned, taken, net)] == ["earned", "taken", "net"]


def test_words_stand_beside_the_bars_and_the_picture_has_a_name() -> None:
    svg = waterfall(SLIP, title="Rp2.400.000 diterima", name="a")
    assert ">-Rp600.000<" in svg and ">Rp2.400.000<" in svg
    assert 'role="img" aria-labelledby="chart-a"' in svg
    assert '<title id="chart-a">Rp2.400.000 diterima</title>' in svg


def test_long_labels_break_into_lines_that_fit_a_phone() -> None:
    svg = waterfall([Bar("Pertimbangan objektif lainnya, tugas tambahan", 5, "earned")], title="x")
    lines = re.findall(r'class="label">([^<]*)<', svg)
    assert " ".join(lines) == "Pertimbangan objektif lainnya, tugas tambahan"
    assert max(map(len, lines)) <= 24


def test_text_is_escaped() -> None:
    assert "<b>" not in waterfall([Bar("<b>", 1, "earned")], title="<b>")


def test_a_small_amount_stays_visible_within_the_picture() -> None:
    bars = [Bar("a", 1_000_000_000, "earned"), Bar("b", 1, "earned"), Bar("c", 0, "earned")]
    _, small, nothing = rectangles(waterfall(bars, title="x"))
    assert percent(small["width"]) == 0.5
    assert percent(small["x"]) + percent(small["width"]) == 100
    assert percent(nothing["width"]) == 0


@pytest.mark.parametrize(
    "bars",
    [
        [Bar("a", -1, "earned")],
        [Bar("a", 1, "denda")],
        [Bar("a", 10, "earned"), Bar("Diterima", 9, "net")],
    ],
)
def test_another_story_than_the_table_is_refused(bars: list[Bar]) -> None:
    with pytest.raises(ValueError):
        waterfall(bars, title="x")


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), max_size=8))
def test_no_bar_leaves_the_picture(steps: list[tuple[int, int]]) -> None:
    bars = []
    for earned, taken in steps:
        bars += [Bar("a", earned, "earned"), Bar("b", min(earned, taken), "taken")]
    for bar in rectangles(waterfall(bars, title="x")):
        assert percent(bar["x"]) >= 0
        assert percent(bar["x"]) + percent(bar["width"]) <= 100.01
