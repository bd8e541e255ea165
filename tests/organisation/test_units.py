"""Units: the tree follows its rows (E-08), circles and orphans are refused with a sentence (E-07)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from pamong.access.errors import NotAllowed
from pamong.cli import doctor
from pamong.kernel.actor import Actor, Grant
from pamong.organisation import models, queries, services
from pamong.organisation.errors import Refused, UnitNotFound
from pamong.organisation.services import NewUnit
from tests.support.organisation import SmallCity, officer

ON = date(2026, 12, 1)
BEFORE = date(2026, 11, 30)


def paths(actor: Actor, on: date, known_at: datetime | None = None) -> dict[str, str]:
    return {unit.code: unit.path for unit in queries.list_units(actor=actor, on=on, known_at=known_at)}


def codes_of(refused: Refused) -> list[str]:
    return [problem.code for problem in refused.problems]


@pytest.fixture
def move(actor: Actor, at: datetime) -> Callable[..., None]:
    def _move(unit: Any, parent: str, on: date = ON) -> None:
        services.change_unit(actor=actor, at=at, unit=unit, on=on, values={"parent": parent})

    return _move


def test_the_tree_of_a_date(city: SmallCity, actor: Actor) -> None:
    found = queries.get_unit(actor=actor, unit="pkm_melati", on=ON)
    assert (found.path, found.depth, found.opd_code, found.opd) == (
        "kota.setda.dinkes.pkm_melati", 3, "dinkes", "Dinas Kesehatan",
    )  # fmt: skip
    assert found == queries.get_unit(actor=actor, unit=city.units["pkm_melati"], on=ON)
    (top,) = queries.unit_tree(actor=actor, on=ON, root="setda", depth=1)
    assert [node.unit.code for node in top.children] == ["bkpsdm", "dinkes", "kec_utara"]
    assert all(node.children == () for node in top.children)
    with pytest.raises(UnitNotFound):
        queries.get_unit(actor=actor, unit="kota", on=date(2016, 12, 31))


def test_case_E_08_a_moved_unit_is_seen_below_its_new_parent_only(
    city: SmallCity, actor: Actor, move: Callable[..., None]
) -> None:
    move(city.units["kel_satu"], "dinkes")
    below = {
        code: {unit.code for unit in queries.list_units(actor=actor, on=ON, below=code)}
        for code in city.units
    }
    assert "kel_satu" in below["dinkes"]
    assert "kel_satu" not in below["kec_utara"]
    assert paths(actor, BEFORE)["kel_satu"] == "kota.setda.kec_utara.kel_satu"
    assert queries.check_places(actor=actor) == []


def test_case_E_08_a_table_that_lies_is_found_and_made_anew(
    city: SmallCity, actor: Actor, at: datetime
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisation_unitplace WHERE unit_id = %s", [city.unit_ids["kel_dua"]])
        cursor.execute(
            "INSERT INTO organisation_unitplace (unit_id, period, path, opd_id, depth) "
            "VALUES (%s, '[2017-01-01,)', 'kota.kel_dua', NULL, 1)",
            [city.unit_ids["kel_dua"]],
        )
    found = queries.check_places(actor=actor)
    assert [(each.unit, each.path, each.stored) for each in found] == [
        ("kel_dua", "kota.setda.kec_utara.kel_dua", False),
        ("kel_dua", "kota.kel_dua", True),
    ]
    check = doctor.check_places(actor)
    assert (check.in_order, check.found) == (False, "1 unit berbeda dari riwayatnya: kel_dua")
    assert services.rebuild_places(actor=actor, at=at) == len(city.units)
    assert queries.check_places(actor=actor) == []
    assert doctor.check_places(actor).in_order


def test_case_E_07_no_unit_below_itself(city: SmallCity, move: Callable[..., None]) -> None:
    with pytest.raises(Refused, match="induknya sendiri") as own:
        move(city.units["dinkes"], "dinkes")
    with pytest.raises(Refused, match="karena Puskesmas Melati berada di bawah Dinas Kesehatan") as circle:
        move(city.units["dinkes"], "pkm_melati")
    assert codes_of(own.value) == ["unit_own_parent"]
    assert codes_of(circle.value) == ["unit_circle"]


def test_a_circle_that_only_future_rows_would_close_is_found(
    city: SmallCity, move: Callable[..., None]
) -> None:
    move(city.units["dinkes"], "kec_utara", date(2027, 6, 1))
    with pytest.raises(Refused) as circle:
        move(city.units["kec_utara"], "dinkes", date(2027, 1, 1))
    assert codes_of(circle.value) == ["unit_circle"]


def test_a_parent_stands_all_the_while(city: SmallCity, actor: Actor, at: datetime) -> None:
    services.create_unit(
        actor=actor, at=at, code="posko", on=ON, until=date(2027, 2, 1),
        values={"name": "Posko", "kind": "section", "parent": "dinkes"},
    )  # fmt: skip
    with pytest.raises(Refused, match="Induk Posko tidak ada sepanjang masa unit Puskesmas Mawar") as late:
        services.change_unit(
            actor=actor, at=at, unit=city.units["pkm_mawar"], on=ON, values={"parent": "posko"}
        )
    assert codes_of(late.value) == ["parent_missing"]
    services.change_unit(
        actor=actor, at=at, unit=city.units["pkm_mawar"], on=ON, until=date(2027, 2, 1),
        values={"parent": "posko"},
    )  # fmt: skip
    seen = {on: paths(actor, on)["pkm_mawar"] for on in (BEFORE, ON, date(2027, 2, 1))}
    home = "kota.setda.dinkes.pkm_mawar"
    assert seen == {BEFORE: home, ON: "kota.setda.dinkes.posko.pkm_mawar", date(2027, 2, 1): home}


def test_a_unit_with_units_or_seats_is_not_closed(city: SmallCity, actor: Actor, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        services.close_unit(actor=actor, at=at, unit=city.units["dinkes"], on=ON)
    assert codes_of(refused.value) == ["unit_has_children", "unit_has_seats"]
    assert "Dinas Kesehatan masih membawahi 2 unit" in str(refused.value)
    assert "Dinas Kesehatan masih memiliki 3 posisi" in str(refused.value)
    for key in ("staff", "data", "head"):
        services.close_seat(actor=actor, at=at, seat=city.seats[f"kel_satu.{key}"], on=ON)
    services.set_workload(
        actor=actor, at=at, unit=city.units["kel_satu"], post=city.posts["Pengelola Data"], needed=3,
        on=date(2026, 1, 1),
    )  # fmt: skip
    services.close_unit(actor=actor, at=at, unit=city.units["kel_satu"], on=ON)
    assert "kel_satu" in paths(actor, BEFORE)
    assert "kel_satu" not in paths(actor, ON)
    assert not models.Workload.objects.as_of(ON).exists()


def test_all_problems_of_a_request_come_together_and_nothing_is_stored(
    city: SmallCity, actor: Actor, at: datetime
) -> None:
    units = [
        NewUnit("Baru!", {"name": "Baru", "kind": "section", "parent": "dinkes"}),
        NewUnit("kel_dua", {"name": "Dua", "kind": "ward", "parent": "kec_utara"}),
    ]
    with pytest.raises(Refused) as form:
        services.create_units(actor=actor, at=at, on=ON, units=units)
    assert codes_of(form.value) == ["code_form", "code_taken"]
    units = [
        NewUnit("a", {"name": " ", "kind": "istana", "parent": "tiada"}),
        NewUnit("b", {"name": "B", "kind": "section"}),
        NewUnit("c", {"kind": "section", "parent": "a", "warna": "biru"}),
    ]
    with pytest.raises(Refused) as values:
        services.create_units(actor=actor, at=at, on=ON, units=units)
    assert codes_of(values.value) == [
        "name_empty", "kind_unknown", "unit_unknown", "parent_empty", "parent_empty", "field_unknown",
        "unit_incomplete",
    ]  # fmt: skip
    assert set(paths(actor, ON)) == set(city.units)


def test_correct_and_rescind(city: SmallCity, actor: Actor, at: datetime) -> None:
    unit = city.units["kel_satu"]
    services.change_unit(actor=actor, at=at, unit=unit, on=ON, values={"name": "Kelurahan Esa"})
    first, renamed = queries.list_unit_history(actor=actor, unit=unit)
    services.correct_unit(
        actor=actor, at=at, row=renamed.uid, values={"name": "Kelurahan Eka"}, start=date(2026, 12, 15),
        reason="Perda tertulis lain.",
    )  # fmt: skip
    names = [
        queries.get_unit(actor=actor, unit=unit, on=on).name
        for on in (date(2026, 12, 14), date(2026, 12, 15))
    ]
    assert names == ["Kelurahan Satu", "Kelurahan Eka"]
    latest = queries.list_unit_history(actor=actor, unit=unit)[-1]
    services.rescind_unit_row(actor=actor, at=at, row=latest.uid, reason="Perda dicabut.")
    (only,) = queries.list_unit_history(actor=actor, unit=unit)
    assert (only.name, only.period) == (first.name, type(first.period)(date(2017, 1, 1)))
    assert len(queries.list_unit_history(actor=actor, unit=unit, all_rows=True)) == 6


def test_known_at_shows_the_tree_as_it_was_known_then(
    city: SmallCity, actor: Actor, move: Callable[..., None]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        then = cursor.fetchone()[0].astimezone(UTC)
    before = queries.list_units(actor=actor, on=ON)
    move(city.units["dinkes"], "kota")
    assert queries.list_units(actor=actor, on=ON, known_at=then) == before
    assert paths(actor, ON)["pkm_melati"] == "kota.dinkes.pkm_melati"
    seats = queries.list_seats(actor=actor, unit="pkm_melati", on=ON, known_at=then)
    assert seats == queries.list_seats(actor=actor, unit="pkm_melati", on=ON)


def test_the_picker_finds_by_all_words(city: SmallCity, actor: Actor) -> None:
    assert [unit.code for unit in queries.find_units(actor=actor, words="mawar pusk", on=ON)] == ["pkm_mawar"]
    assert [unit.code for unit in queries.find_units(actor=actor, words="kel", on=ON, below="kec_utara")] == [
        "kel_dua", "kel_satu",
    ]  # fmt: skip
    assert queries.find_units(actor=actor, words="%", on=ON) == []
    assert queries.find_units(actor=actor, words="", on=ON) == []


def test_rights_end_where_the_subtree_does(city: SmallCity, at: datetime) -> None:
    local = officer(date(2026, 11, 10), 3, "dinkes")
    services.change_unit(
        actor=local, at=at, unit=city.units["pkm_melati"], on=ON, values={"name": "Puskesmas Melati Indah"}
    )
    with pytest.raises(NotAllowed, match="di luar wewenang"):
        services.change_unit(actor=local, at=at, unit=city.units["kel_satu"], on=ON, values={"name": "X"})
    with pytest.raises(NotAllowed):
        services.change_unit(
            actor=local, at=at, unit=city.units["pkm_melati"], on=ON, values={"parent": "kec_utara"}
        )
    with pytest.raises(NotAllowed):
        services.create_unit(
            actor=local, at=at, code="x", on=ON, values={"name": "X", "kind": "section", "parent": "setda"}
        )
    public = Actor(None, None, "public", (Grant("public"),), date(2026, 11, 10))
    with pytest.raises(NotAllowed):
        queries.list_units(actor=public, on=ON)


def test_each_read_is_one_query(
    city: SmallCity, actor: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seat = city.seat_ids["pkm_melati.staff"]
    for known_at in (None, datetime(2030, 1, 1, tzinfo=UTC)):
        when: Any = {"actor": actor, "on": ON, "known_at": known_at}
        with django_assert_num_queries(5):
            assert len(queries.list_units(**when)) == len(city.units)
            queries.unit_tree(**when)
            queries.get_unit(unit="dinkes", **when)
            assert len(queries.list_seats(unit="dinkes", below=True, **when)) == 9
            queries.superior_seats(seat=seat, **when)


def test_a_site_has_a_zone_that_exists(db: None, actor: Actor, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        services.create_site(actor=actor, at=at, code="x", name="", zone="Asia/Tidak", on=ON)
    assert codes_of(refused.value) == ["zone_unknown", "name_empty"]
    services.create_site(actor=actor, at=at, code="balai", name="Balai Kota", zone="Asia/Makassar", on=ON)
    services.create_unit(
        actor=actor, at=at, code="kota", on=ON, values={"name": "Kota", "kind": "government", "site": "balai"}
    )
    unit = queries.get_unit(actor=actor, unit="kota", on=ON)
    assert (unit.site, unit.zone) == ("Balai Kota", "Asia/Makassar")
