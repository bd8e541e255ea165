"""Acts that change nothing are refused; what who decides should look at twice is told in the preview."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pamong.ledger.choices import Act
from pamong.people import models, services, subjects
from pamong.people.errors import EntryRefused
from pamong.people.services import Preview
from pamong.people.subjects import SUBJECTS, Input
from tests.support.people import AT, TODAY, People, opening_basis

DECEMBER = date(2026, 12, 1)
ORDER = {"order_no": "823.2/17", "order_on": date(2026, 11, 2)}


def look(people: People, subject: str, who: str = "nurul", **asked: Any) -> Preview:
    given: dict[str, Any] = {"act": Act.CHANGE, "on": DECEMBER, **asked}
    uid = people.city.persons["own"]
    return services.preview(actor=people.actor(who), at=AT, person=uid, subject=subject, **given)


def codes(seen: Preview, severity: str = "warn") -> set[str]:
    return {problem.code for problem in seen.problems if problem.severity == severity}


@pytest.mark.parametrize(
    ("subject", "values"),
    [
        ("rank", {"golongan": "II/d", "ground": "", "order_no": "", "order_on": None}),
        ("salarystep", {"mkg_years": 12, "mkg_months": 0, "order_no": ""}),
        ("employment", {"kind": "PNS", "standing": "Aktif", "order_no": ""}),
        ("contact", {"address": "Jl. Uji No. 1"}),
        ("contact", {}),
    ],
)
@pytest.mark.parametrize("on", [TODAY, date(2020, 4, 1)])
def test_an_act_that_changes_nothing_is_refused(
    people: People, subject: str, values: dict[str, Any], on: date
) -> None:
    if subject == "salarystep" and on < date(2024, 4, 1):
        on = date(2024, 4, 1)
    assert "no_change" in codes(look(people, subject, values=values, on=on), "block")
    with pytest.raises(EntryRefused, match="Tidak ada yang berubah"):
        people.enter("nurul", "own", subject, values=values, on=on)
    assert not models.Entry.objects.exists()


def test_an_empty_promotion_is_no_second_row_without_an_order(people: People) -> None:
    """What stands by an order stays by it: that the form brings none is no news."""
    people.change("own", "rank", values={"golongan": "III/c", **ORDER}, on=date(2026, 10, 1))
    blank = {"golongan": "III/c", "ground": "", "order_no": "", "order_on": None}
    assert codes(look(people, "rank", values=blank, on=TODAY), "block") == {"no_change"}


def test_a_stretch_that_says_what_holds_anyway_is_refused_too(people: People) -> None:
    values = {"address": "Jl. Uji No. 1"}
    seen = look(people, "contact", values=values, until=date(2027, 1, 1))
    assert codes(seen, "block") == {"no_change"}


def test_the_order_alone_is_no_promotion_but_may_be_said(people: People) -> None:
    """A golongan must be said; the same one by another order is a doubt, not a silent second row."""
    assert "missing" in codes(look(people, "rank", values=ORDER), "block")
    assert codes(look(people, "rank", values={"golongan": "II/d", **ORDER})) == {"golongan_same"}


@pytest.mark.parametrize(
    ("subject", "values"),
    [
        ("rank", {"golongan": "III/a"}),
        ("salarystep", {"mkg_years": 14, "mkg_months": 0}),
        ("employment", {"standing": "Tugas Belajar"}),
        ("appointment", {"kind": "regular", "seat": "free"}),
    ],
)
def test_an_act_without_its_order_is_a_doubt(people: People, subject: str, values: dict[str, Any]) -> None:
    if "seat" in values:
        values = {**values, "seat": people.city.seats["free"]}
    seen = look(people, subject, values=values)
    assert seen.possible and codes(seen) == {"order_no_missing", "order_on_missing"}
    assert not codes(look(people, subject, values={**values, **ORDER}))
    entry = people.enter("nurul", "own", subject, values=values, on=DECEMBER)
    decider = services.preview_entry(actor=people.actor("wahyu"), at=AT, entry=entry)
    assert codes(decider) == {"order_no_missing", "order_on_missing"}


def test_the_end_of_service_has_an_order_but_a_contact_has_none(people: People) -> None:
    ends = look(people, "employment", values={"end_reason": "resigned"}, on=None, until=DECEMBER)
    assert codes(ends) == {"order_no_missing", "order_on_missing"}
    assert not look(people, "contact", values={"address": "Jl. Baru"}).problems


def test_a_golongan_that_falls_and_an_order_after_its_day_are_doubts(people: People) -> None:
    people.change("own", "rank", values={"golongan": "III/d"}, on=date(2026, 10, 1))
    down = look(people, "rank", values={"golongan": "II/a", **ORDER})
    assert codes(down) == {"golongan_down"} and down.possible
    assert "turun dari III/d ke II/a" in str(down.problems[0])
    late = look(people, "rank", values={"golongan": "IV/a", **ORDER}, on=date(2026, 11, 1))
    assert codes(late) == {"order_late"}
    coming = {"order_no": "1", "order_on": date(2026, 11, 20)}
    assert codes(look(people, "rank", values={"golongan": "IV/a", **coming})) == {"order_future"}


def test_files_are_not_asked_for_orders(people: People) -> None:
    found = services.put(
        actor=people.actor("nurul"), at=AT, basis=opening_basis(), person=people.city.persons["own"],
        subject="rank", values={"golongan": "III/a"}, on=date(2026, 4, 1),
    )  # fmt: skip
    assert found == []


def test_ending_something_empties_nothing_that_must_be_there(people: People) -> None:
    with pytest.raises(EntryRefused, match="Golongan, belum diisi"):
        people.enter("nurul", "own", "rank", values={"golongan": ""}, until=DECEMBER)


@pytest.mark.parametrize(
    ("subject", "name"), [("identity", "religion"), ("identity", "marital"), ("employment", "standing")]
)
def test_lists_refuse_what_nobody_recorded_and_keep_what_a_file_brought(
    people: People, subject: str, name: str
) -> None:
    with pytest.raises(EntryRefused, match="tidak ada dalam daftar"):
        people.enter("nurul", "own", subject, values={name: "Entahlah"}, on=DECEMBER)
    table: Any = models.VALUES_OF[subject]
    row = table.objects.known().filter(person_id=people.city.ids["mate"])
    found = services.put(
        actor=people.actor("nurul"), at=AT, basis=opening_basis(), person=people.city.persons["mate"],
        subject=subject, values={name: "Entahlah"}, on=date(2026, 6, 1),
    )  # fmt: skip
    assert found == [] and row.filter(**{name: "Entahlah"}).exists(), "a file brings its own words"
    assert people.enter("nurul", "own", subject, values={name: "Entahlah"}, on=DECEMBER)


def test_every_text_is_bounded_with_one_sentence() -> None:
    for subject in SUBJECTS.values():
        for field in subject.fields:
            if field.input not in (Input.TEXT, Input.LIST):
                continue
            _values, problems = subjects.read(subject, {field.name: "x" * 301})
            assert len(problems) == 1 and field.most <= 300
    _values, problems = subjects.read(SUBJECTS["identity"], {"name": "N" * 500})
    assert str(problems[0]) == ("Nama tanpa gelar, paling panjang 150 huruf, sekarang 500. Persingkat")
