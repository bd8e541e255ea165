"""The tree: counts with all that stands below, other days, the slider, the filter, branches on opening."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.organisation import models
from pamong.organisation.choices import Step
from pamong.organisation.queries import Origin, Place
from pamong.people.queries import UnitCount
from pamong.web.organisation import tree, words
from pamong.web.organisation.bars import bar
from pamong.web.organisation.forest import Forest, summed
from pamong.web.organisation.slider import Slider, slider
from pamong.web.organisation.tree import Growing
from pamong.web.people.asof import AsOf
from tests.support.people import TODAY, People
from tests.web.organisation.conftest import Browser, Read, words_of

MOST_QUERIES = 10


def place(number: int, name: str, parent: int | None, depth: int) -> Place:
    uid = models.Unit().uid
    return Place(number, uid, f"u{number}", name, "", "section", parent, depth, f"u{number}")


PLACES = [
    place(1, "Kota", None, 0),
    place(2, "Dinas Kesehatan", 1, 1),
    place(3, "Puskesmas Melati", 2, 2),
    place(4, "Puskesmas Mawar", 2, 2),
]
COUNTS = {
    2: UnitCount(2, 4, 3, 0, 1, 0, None),
    3: UnitCount(3, 10, 7, 1, 1, 1, 12),
    4: UnitCount(4, 5, 5, 0, 0, 0, 4),
}
FOREST = Forest(PLACES, COUNTS, summed(PLACES, COUNTS))


def test_a_unit_counts_what_stands_below_it() -> None:
    found = summed(PLACES, COUNTS)
    assert found[1] == UnitCount(1, 19, 15, 1, 2, 1, 16)
    assert found[2].seats == 19 and found[3] == COUNTS[3]


def test_a_need_that_nobody_stated_is_not_zero() -> None:
    assert summed(PLACES[:2], {2: COUNTS[2]})[1].needed is None


def test_a_big_tree_sends_its_upper_levels_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_ROWS", 3)
    (top,) = Growing(FOREST, {}, {}).whole()
    (office,) = top.children
    assert top.opened and office.lazy and office.below == 2 and office.children == ()
    monkeypatch.setattr(tree, "MOST_ROWS", 4)
    (top,) = Growing(FOREST, {}, {}).whole()
    assert not top.children[0].lazy and len(top.children[0].children) == 2


def test_what_is_found_stands_below_what_is_above_it() -> None:
    growing = Growing(FOREST, {}, {})
    (top,) = growing.found(growing.matching("MAWAR pusk"))
    assert top.opened and [child.name for child in top.children] == ["Dinas Kesehatan"]
    assert [unit.name for unit in top.children[0].children] == ["Puskesmas Mawar"]
    assert growing.found(growing.matching("apotek")) == ()


def test_many_matches_are_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_FOUND", 1)
    growing = Growing(FOREST, {}, {})
    (top,) = growing.found(growing.matching("puskesmas"))
    assert len(top.children[0].children) == 1
    assert "Yang tampil 1 yang pertama" in tree._sentence(4, {3, 4})


def test_the_bar_is_as_long_as_seats_or_need() -> None:
    whole = bar(COUNTS[3])
    assert [(part.kind, part.left, part.width) for part in whole.parts] == [
        ("filled", "0.00", "58.33"),
        ("acting", "58.33", "8.33"),
        ("vacant", "66.66", "8.33"),
        ("frozen", "75.00", "8.33"),
    ]
    assert whole.need == "100.00"
    assert bar(COUNTS[4]).need == "80.00" and bar(UnitCount(0, 0, 0, 0, 0, 0, None)).parts == ()


def scale(on: date, *marks: date) -> Slider:
    return slider(AsOf(on, TODAY), [(day, "Penataan") for day in marks])


def test_the_slider_marks_reorganisations() -> None:
    found = scale(date(2023, 5, 1), date(2017, 1, 1), date(2022, 1, 3), date(2027, 1, 4))
    assert (found.first, found.last, found.year) == (2016, 2027, 2023)
    assert [mark.here for mark in found.marks] == [False, True, False]
    assert found.marks[0].x == "0.00" and found.marks[1].x == "45.50"
    assert [year.label for year in found.years if year.label] == ["2020", "2025"]
    assert scale(date(1999, 1, 1)).year == 2016


def test_an_origin_is_told_in_a_few_words() -> None:
    merged = Origin(date(2022, 1, 3), Step.MERGE, ("Seksi A", "Seksi B", "Seksi C"))
    assert words.origin(merged) == "digabung 3 Januari 2022 dari Seksi A, Seksi B, dan Seksi C"
    assert words.origin(Origin(date(2022, 1, 3), Step.CREATE, ())) == "dibentuk 3 Januari 2022"


def test_the_tree_shows_every_unit_with_its_seats(read: Read) -> None:
    text = read("nurul", "tree")
    told = words_of(text)
    assert "Kota Uji" in told and "Puskesmas Melati" in told and "5 unit." in told
    assert "Dinas Kesehatan 4 terisi 0 Plt/Plh 1 kosong" in told
    assert '<input type="hidden" form="tree-form" name="dari" value="2026-11-10">' in text
    assert 'href="/organisasi/penataan/"' in text


def test_only_officers_are_led_to_reorganisations(read: Read) -> None:
    assert 'href="/organisasi/penataan/"' not in read("employee", "tree")


def test_another_day_shows_another_state(read: Read) -> None:
    assert "Dinas Kesehatan 5 terisi" in words_of(read("employee", "tree", query="?per=2026-02-28"))
    assert "Belum ada unit" in read("employee", "tree", query="?per=2016-12-31")
    wrong = read("employee", "tree", query="?per=31-02-2020")
    assert "Yang tampil keadaan hari ini" in wrong and "10 November 2026" in wrong


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("tahun=2020&per=2026-11-10&dari=2026-11-10", "31 Desember 2020"),
        ("tahun=2026&per=2019-04-01&dari=2026-11-10", "1 April 2019"),
        ("tahun=2026&per=2019-04-01&dari=2019-04-01", "10 November 2026"),
        ("tahun=2019&per=2019-04-01&dari=2019-04-01", "1 April 2019"),
        ("tahun=zzzz&per=2026-11-10&dari=2026-11-10", "10 November 2026"),
    ],
)
def test_the_slider_and_the_date_work_without_scripts(read: Read, query: str, shown: str) -> None:
    assert f"data-year-told>{shown}</strong>" in read("employee", "tree", query=f"?{query}")


def test_the_filter_takes_every_word(read: Read) -> None:
    text = words_of(read("employee", "tree", query="?q=melati+pusk"))
    assert "1 unit cocok." in text and "Puskesmas Melati" in text and "Dinas Pendidikan" not in text
    assert "Tidak ada unit yang cocok" in read("employee", "tree", query="?q=tidak+ada")


def test_htmx_gets_the_tree_without_the_frame(read: Read) -> None:
    text = read("employee", "tree", hx_request="true")
    assert "<html" not in text and 'id="tree"' in text


def test_a_branch_comes_alone_or_as_the_page_of_its_unit(
    people: People, read: Read, browser: Browser
) -> None:
    uid = people.city.units["dinkes"]
    text = read("employee", "branch", uid, hx_request="true")
    assert "<html" not in text and "Puskesmas Melati" in text and "Dinas Kesehatan" not in text
    answer = browser("employee").get(reverse("organisation:branch", args=[uid]))
    assert answer.status_code == 302 and answer.headers["Location"] == f"/organisasi/unit/{uid}/"
    gone = reverse("organisation:branch", args=[people.city.persons["own"]])
    assert browser("employee").get(gone, headers={"hx-request": "true"}).status_code == 404


@pytest.mark.parametrize("query", ["", "?q=dinas", "?per=2020-05-05"])
def test_the_tree_asks_few_questions(browser: Browser, query: str) -> None:
    client = browser("nurul")
    client.get("/organisasi/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(f"/organisasi/{query}").status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:120] for query in asked]
