"""The organisation chart: no box lies on another, few branches stand abreast, many hang in columns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.web.charts import Node, org_chart
from pamong.web.charts.orgchart import ABREAST, POST, WIDTH

BOX = re.compile(r'<rect class="([^"]+)" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"')
NODES = st.recursive(
    st.builds(Node, st.text("abc ", min_size=1, max_size=60), st.just(("Kepala",))),
    lambda below: st.builds(
        Node, st.just("Unit"), st.just(()), st.just("unit"), st.booleans(),
        st.lists(below, max_size=9).map(tuple),
    ),
    max_leaves=40,
)  # fmt: skip


def boxes(svg: str) -> list[tuple[int, int, int, int]]:
    return [(int(x), int(y), int(w), int(h)) for _look, x, y, w, h in BOX.findall(svg)]


def count(node: Node) -> int:
    return 1 + sum(count(child) for child in node.children)


@given(NODES)
def test_no_box_lies_on_another_and_all_lie_inside(root: Node) -> None:
    svg = str(org_chart(root, title="Bagan"))
    found = boxes(svg)
    width, height = (int(text) for text in re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())  # type: ignore[union-attr]
    assert len(found) == count(root)
    for number, (x, y, w, h) in enumerate(found):
        assert x > 0 and y > 0 and x + w < width and y + h < height
        for x2, y2, w2, h2 in found[number + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_few_branches_stand_abreast_many_hang_in_columns() -> None:
    few = Node("Kota", children=tuple(Node(f"Dinas {n}") for n in range(ABREAST)))
    assert len({y for _x, y, _w, _h in boxes(str(org_chart(few, title="x")))[1:]}) == 1
    many = Node("Kota", children=tuple(Node(f"Dinas {n}") for n in range(30)))
    found = boxes(str(org_chart(many, title="x")))[1:]
    assert len({x for x, *_ in found}) == ABREAST and len({y for _x, y, *_ in found}) == 5


def test_words_are_escaped_and_wrapped() -> None:
    svg = str(
        org_chart(Node("<b>Dinas</b> Pekerjaan Umum dan Penataan Ruang Kota", ("Kosong",)), title="<i>")
    )
    assert "<b>" not in svg and "<i>" not in svg and "&lt;b&gt;" in svg
    assert svg.count('class="name"') == 3


def test_looks_tell_posts_and_empty_leads() -> None:
    svg = str(org_chart(Node("Kota", empty=True, children=(Node("Perawat", kind=POST),)), title="x"))
    assert [look for look, *_ in BOX.findall(svg)] == ["box unit top empty", "box post"]
    assert f'width="{WIDTH}"' in svg


def test_an_unknown_kind_of_box_is_refused() -> None:
    with pytest.raises(ValueError, match="a box is one of"):
        org_chart(Node("Kota", kind="orang"), title="x")
