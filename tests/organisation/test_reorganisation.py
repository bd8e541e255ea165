"""A reorganisation: previewed, adopted by a second person, seen before and after, withdrawn in time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.kernel.actor import Actor
from pamong.ledger.dated import BuiltUpon
from pamong.organisation import models, queries, services
from pamong.organisation.choices import ReorganisationState, Step
from pamong.organisation.errors import (
    AlreadyInForce,
    NeedsPerson,
    Refused,
    SamePerson,
    WrongState,
)
from pamong.people import queries as people
from pamong.people.models import Appointment, Employment, Identity, Person
from tests.support.organisation import SmallCity, officer

DAY = date(2027, 1, 1)
EVE = date(2026, 12, 31)
DAYS = (date(2016, 6, 1), date(2020, 1, 1), EVE, DAY, date(2030, 1, 1))


def merge_and_split(city: SmallCity) -> dict[str, Any]:
    """Both puskesmas become one, the kecamatan two; each seat has its place."""
    seats = {key: str(uid) for key, uid in city.seats.items()}
    return {
        "steps": [
            {"step": "merge", "old": ["pkm_melati", "pkm_mawar"],
             "new": [{"code": "pkm_bunga", "unit": {"name": "Puskesmas Bunga"}}]},
            {"step": "split", "old": ["kec_utara"],
             "new": [{"code": "kec_utara", "unit": {}},
                     {"code": "kec_timur", "unit": {"name": "Kecamatan Timur"}}]},
            {"step": "move", "old": ["kel_dua"], "unit": {"parent": "kec_timur"}},
            {"step": "rename", "old": ["bkpsdm"], "unit": {"name": "Badan Kepegawaian"}},
        ],
        "seats": [
            {"seat": seats["pkm_mawar.head"], "unit": "pkm_bunga", "is_head": False},
            {"seat": seats["pkm_mawar.staff"], "close": True, "into": seats["pkm_melati.staff"]},
            {"seat": seats["kec_utara.data"], "unit": "kec_timur"},
        ],
        "new_seats": [
            {"key": "camat", "unit": "kec_timur", "post": str(city.posts["Camat Utara"]), "job_class": 12,
             "is_head": True},
        ],
    }  # fmt: skip


def draft(actor: Actor, at: datetime, plan: dict[str, Any], on: date = DAY) -> UUID:
    return services.draft_reorganisation(actor=actor, at=at, title="Penataan 2027", on=on, plan=plan)


def picture(actor: Actor, on: date, known_at: datetime | None = None) -> list[Any]:
    """Everything that holds on a date."""
    units = queries.list_units(actor=actor, on=on, known_at=known_at)
    seats = [
        seat
        for unit in units
        for seat in queries.list_seats(actor=actor, unit=unit.code, on=on, known_at=known_at)
    ]
    needs = list(models.Workload.objects.as_of(on, known_at).values_list("unit_id", "post_id", "needed"))
    return [units, seats, sorted(needs)]


def everything(actor: Actor) -> list[Any]:
    return [picture(actor, on) for on in DAYS]


def units_of(actor: Actor, on: date, known_at: datetime | None = None) -> dict[str, tuple[str, str]]:
    units = queries.list_units(actor=actor, on=on, known_at=known_at)
    return {unit.code: (unit.name, unit.parent_code) for unit in units}


def test_the_preview_tells_of_every_unit_seat_and_line_and_stores_nothing(
    city: SmallCity, actor: Actor, at: datetime
) -> None:
    before = everything(actor)
    uid = draft(actor, at, merge_and_split(city))
    preview = services.preview_reorganisation(actor=actor, at=at, reorganisation=uid)
    assert preview.problems == ()
    fates = {fate.code: fate for fate in preview.units}
    assert set(fates) == {
        "pkm_melati",
        "pkm_mawar",
        "pkm_bunga",
        "kec_utara",
        "kec_timur",
        "kel_dua",
        "bkpsdm",
    }
    assert (fates["pkm_mawar"].name_after, fates["pkm_mawar"].steps) == ("", (Step.MERGE,))
    assert (fates["pkm_bunga"].name_before, fates["pkm_bunga"].parent_after) == ("", "dinkes")
    assert (fates["kel_dua"].parent_before, fates["kel_dua"].parent_after) == ("kec_utara", "kec_timur")
    ids = city.seat_ids
    moved = ("pkm_melati.head", "pkm_melati.staff", "pkm_melati.data", "pkm_mawar.head", "pkm_mawar.data",
             "kec_utara.data")  # fmt: skip
    assert set(preview.moved_seats) == {ids[key] for key in moved}
    assert preview.ended_seats == (ids["pkm_mawar.staff"],)
    ended = next(fate for fate in preview.seats if fate.seat_id == ids["pkm_mawar.staff"])
    assert (ended.unit_before, ended.unit_after, ended.into) == (
        "pkm_mawar", "", str(city.seats["pkm_melati.staff"]),
    )  # fmt: skip
    lines = {fate.seat_id: (fate.superior_before, fate.superior_after) for fate in preview.lines}
    assert lines[ids["pkm_mawar.head"]] == ("Kepala Dinas Kesehatan", "Kepala Puskesmas Melati")
    assert ids["pkm_melati.staff"] not in lines
    assert ids["setda.staff"] not in lines
    assert everything(actor) == before
    assert not models.Unit.objects.filter(code="pkm_bunga").exists()


def test_adopted_it_holds_from_its_day_and_shows_where_units_came_from(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    services.set_line(
        actor=actor, at=at, seat=city.seats["kel_dua.data"], superior=city.seats["setda.head"], on=DAYS[1]
    )
    eve = picture(actor, EVE)
    uid = draft(actor, at, merge_and_split(city))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    assert picture(actor, EVE) == eve
    after = units_of(actor, DAY)
    assert after["pkm_bunga"] == ("Puskesmas Bunga", "dinkes")
    assert after["kec_timur"] == ("Kecamatan Timur", "setda")
    assert after["bkpsdm"] == ("Badan Kepegawaian", "setda")
    assert {"pkm_melati", "pkm_mawar"}.isdisjoint(after)
    (head, *_) = queries.list_seats(actor=actor, unit="kec_timur", on=DAY)
    lurah = queries.get_seat(actor=actor, seat=city.seats["kel_dua.head"], on=DAY)
    assert (lurah.superior_id, head.is_head) == (head.id, True)
    kept = queries.get_seat(actor=actor, seat=city.seats["kel_dua.data"], on=DAY)
    assert kept.superior_id == city.seat_ids["setda.head"]  # set on purpose: stays
    assert queries.check_places(actor=actor) == []
    assert queries.reporting_problems(actor=actor, on=DAY) == []
    new = queries.get_unit(actor=actor, unit="pkm_bunga", on=DAY)
    came = {(row.step, row.old_name, row.new_name) for row in queries.lineage(actor=actor, unit=new.uid)}
    assert came == {
        (Step.MERGE, "Puskesmas Melati", "Puskesmas Bunga"),
        (Step.MERGE, "Puskesmas Mawar", "Puskesmas Bunga"),
    }  # fmt: skip
    assert [row.new_code for row in queries.lineage(actor=actor, unit=city.units["pkm_mawar"])] == [
        "pkm_bunga"
    ]


def test_withdrawn_before_its_day_everything_is_as_before(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    services.set_workload(
        actor=actor,
        at=at,
        unit=city.units["pkm_mawar"],
        post=city.posts["Pengelola Data"],
        needed=2,
        on=DAYS[1],
    )
    before = everything(actor)
    uid = draft(actor, at, merge_and_split(city))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    scheduled = everything(actor)
    basis = models.Reorganisation.objects.get(uid=uid).basis
    assert scheduled != before
    services.withdraw_reorganisation(actor=actor, at=at, reorganisation=uid)
    assert everything(actor) == before
    assert queries.check_places(actor=actor) == []
    assert queries.lineage(actor=actor, unit=city.units["pkm_mawar"]) == []
    # What was known between adoption and withdrawal can still be seen.
    then = models.SeatRow.objects.filter(basis=basis).latest("recorded_at").recorded_at
    assert units_of(actor, DAY, then)["pkm_bunga"] == ("Puskesmas Bunga", "dinkes")
    assert "pkm_bunga" not in units_of(actor, DAY)
    with pytest.raises(WrongState):
        services.withdraw_reorganisation(actor=actor, at=at, reorganisation=uid)
    again = draft(actor, at, merge_and_split(city))  # the codes of the first attempt are free again
    services.adopt_reorganisation(actor=second, at=at, reorganisation=again)
    assert units_of(actor, DAY)["pkm_bunga"] == ("Puskesmas Bunga", "dinkes")
    states = {row.uid: row.state for row in queries.list_reorganisations(actor=actor)}
    assert states == {uid: ReorganisationState.WITHDRAWN, again: ReorganisationState.SCHEDULED}


def test_from_its_day_on_it_is_not_withdrawn(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    uid = draft(actor, at, merge_and_split(city))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    after = everything(actor)
    with pytest.raises(AlreadyInForce, match="sudah berlaku sejak 1 Januari 2027"):
        services.withdraw_reorganisation(actor=officer(DAY), at=at, reorganisation=uid)
    assert everything(actor) == after
    assert queries.get_reorganisation(actor=officer(DAY), uid=uid).begun
    services.withdraw_reorganisation(actor=officer(EVE), at=at, reorganisation=uid)


def test_it_takes_two_people(
    city: SmallCity, actor: Actor, second: Actor, at: datetime, operator: Actor
) -> None:
    uid = draft(actor, at, merge_and_split(city))
    with pytest.raises(SamePerson):
        services.adopt_reorganisation(actor=actor, at=at, reorganisation=uid)
    with pytest.raises(NeedsPerson):
        services.adopt_reorganisation(actor=operator, at=at, reorganisation=uid)
    services.change_draft(
        actor=second, at=at, reorganisation=uid, title="Penataan", on=DAY, plan=merge_and_split(city)
    )
    with pytest.raises(SamePerson):  # whoever reworked it last has drafted it
        services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    services.adopt_reorganisation(actor=actor, at=at, reorganisation=uid)
    with pytest.raises(WrongState):
        services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)


def test_all_that_is_wrong_is_told_at_once(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    plan = {
        "steps": [
            {"step": "ubah"},
            {"step": "merge", "old": ["kel_satu"], "new": [{"code": "kel_x", "unit": {}}]},
            {"step": "rename", "old": ["tiada"], "unit": {"name": "X"}},
            {"step": "close", "old": ["kec_utara"]},
            {"step": "create", "new": [{"code": "Salah!", "unit": {"name": "A", "kind": "section"}}]},
            {"step": "move", "old": ["dinkes"], "unit": {"parent": "pkm_melati"}},
        ],
        "seats": [
            {"seat": "bukan"},
            {"seat": str(city.seats["kel_satu.data"]), "is_head": True},
        ],
        "new_seats": [{"unit": "tiada", "post": str(city.posts["Pengelola Data"])}],
    }
    before = everything(actor)
    uid = draft(actor, at, plan)
    preview = services.preview_reorganisation(actor=actor, at=at, reorganisation=uid)
    codes = [problem.code for problem in preview.problems]
    assert codes == [
        "step_unknown", "step_form", "unit_unknown", "seat_form", "code_form", "parent_empty", "unit_unknown",
        "seat_unmapped", "unit_circle", "unit_has_children", "unit_has_seats", "two_heads",
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    assert [problem.code for problem in refused.value.problems] == codes
    assert everything(actor) == before


def test_a_closed_unit_gives_what_it_has_to_its_heir(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    plan = {
        "steps": [{"step": "close", "old": ["kec_utara"], "into": "setda"}],
        "seats": [{"seat": str(city.seats["kec_utara.head"]), "close": True}],
    }
    uid = draft(actor, at, plan)
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    assert units_of(actor, DAY)["kel_satu"] == ("Kelurahan Satu", "setda")
    staff = queries.get_seat(actor=actor, seat=city.seats["kec_utara.staff"], on=DAY)
    lurah = queries.get_seat(actor=actor, seat=city.seats["kel_satu.head"], on=DAY)
    assert (staff.unit_code, staff.superior_id, lurah.superior_id) == (
        "setda", city.seat_ids["setda.head"], city.seat_ids["setda.head"],
    )  # fmt: skip


def test_heads_may_trade_units(city: SmallCity, actor: Actor, second: Actor, at: datetime) -> None:
    plan = {
        "seats": [
            {"seat": str(city.seats["kel_satu.head"]), "unit": "kel_dua"},
            {"seat": str(city.seats["kel_dua.head"]), "unit": "kel_satu"},
        ]
    }
    uid = draft(actor, at, plan)
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    staff = queries.get_seat(actor=actor, seat=city.seats["kel_satu.staff"], on=DAY)
    assert staff.superior_id == city.seat_ids["kel_dua.head"]


def test_what_rests_on_it_keeps_it_from_being_withdrawn(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    uid = draft(actor, at, merge_and_split(city))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    new = queries.get_unit(actor=actor, unit="pkm_bunga", on=DAY)
    services.create_unit(
        actor=actor, at=at, code="apotek", on=DAY,
        values={"name": "Apotek", "kind": "room", "parent": "pkm_bunga"},
    )  # fmt: skip
    after = everything(actor)
    with pytest.raises(Refused, match="Puskesmas Bunga masih membawahi 1 unit"):
        services.withdraw_reorganisation(actor=actor, at=at, reorganisation=uid)
    assert everything(actor) == after
    services.change_unit(actor=actor, at=at, unit=new.uid, on=DAY, values={"name": "Puskesmas Kembang"})
    with pytest.raises(BuiltUpon, match="sudah diubah lagi"):
        services.withdraw_reorganisation(actor=actor, at=at, reorganisation=uid)


def renaming(name: str) -> dict[str, Any]:
    return {"steps": [{"step": "rename", "old": ["bkpsdm"], "unit": {"name": name}}]}


def test_one_upon_another_is_withdrawn_after_it(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    before = everything(actor)
    one = draft(actor, at, renaming("Badan Kepegawaian"))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=one)
    between = everything(actor)
    two = draft(actor, at, renaming("Badan Aparatur"))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=two)
    with pytest.raises(BuiltUpon):
        services.withdraw_reorganisation(actor=actor, at=at, reorganisation=one)
    services.withdraw_reorganisation(actor=actor, at=at, reorganisation=two)
    assert everything(actor) == between
    services.withdraw_reorganisation(actor=actor, at=at, reorganisation=one)
    assert everything(actor) == before


def test_what_was_entered_upon_it_and_rescinded_keeps_nothing(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    before = everything(actor)
    uid = draft(actor, at, renaming("Badan Kepegawaian"))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    bkpsdm, later = city.units["bkpsdm"], date(2027, 3, 1)
    services.change_unit(actor=actor, at=at, unit=bkpsdm, on=later, values={"short_name": "BKP"})
    row = models.UnitRow.objects.known().get(short_name="BKP")
    services.rescind_unit_row(actor=actor, at=at, row=row.uid, reason="salah catat")
    services.withdraw_reorganisation(actor=actor, at=at, reorganisation=uid)
    assert everything(actor) == before


def test_a_new_seat_that_is_held_keeps_it_though_another_one_upon_it_was_withdrawn(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    uid = draft(actor, at, merge_and_split(city))
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    (new,) = [
        seat.uid
        for seat in queries.list_seats(actor=actor, unit="kec_timur", on=DAY)
        if seat.uid not in city.seats.values()
    ]
    upon = draft(actor, at, {"seats": [{"seat": str(new), "is_head": False}]})
    services.adopt_reorganisation(actor=second, at=at, reorganisation=upon)
    services.withdraw_reorganisation(actor=actor, at=at, reorganisation=upon)
    basis = models.SeatRow.objects.earliest("id").basis_id
    person = Person.objects.create()
    Employment.objects.create(
        person=person, kind="TKPK", standing="Aktif", period=DateRange(DAYS[1]), basis_id=basis
    )
    Appointment.objects.create(
        person=person, kind="regular", seat_id=models.Seat.objects.get(uid=new).pk, period=DateRange(DAY),
        basis_id=basis,
    )  # fmt: skip
    with pytest.raises(Refused, match="1 orang sudah diangkat ke posisi baru"):
        services.withdraw_reorganisation(actor=actor, at=at, reorganisation=uid)


def test_a_seat_that_somebody_holds_is_moved_not_closed(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    basis = models.SeatRow.objects.earliest("id").basis_id
    person = Person.objects.create()
    Employment.objects.create(
        person=person, kind="TKPK", standing="Aktif", period=DateRange(DAYS[1]), basis_id=basis
    )
    Identity.objects.create(
        person=person, name="Sumiyati", sex="P", birth_date=date(1980, 1, 2), birth_place="Kota Uji",
        religion="Islam", marital="Menikah", period=DateRange(date(1980, 1, 2)), basis_id=basis,
    )  # fmt: skip
    Appointment.objects.create(
        person=person, kind="regular", seat_id=city.seat_ids["pkm_mawar.staff"], period=DateRange(DAYS[1]),
        basis_id=basis,
    )  # fmt: skip
    plan = merge_and_split(city)
    uid = draft(actor, at, plan)
    preview = services.preview_reorganisation(actor=actor, at=at, reorganisation=uid)
    assert [problem.code for problem in preview.problems] == ["seat_held"]
    plan["seats"] = [seat for seat in plan["seats"] if not seat.get("close")]
    services.change_draft(actor=actor, at=at, reorganisation=uid, title="Penataan", on=DAY, plan=plan)
    assert services.preview_reorganisation(actor=actor, at=at, reorganisation=uid).held == 1
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    (row,) = [seat for seat in people.list_seats(actor=actor, on=DAY, unit="pkm_bunga") if seat.holders]
    assert (row.uid, row.holders[0].name) == (
        city.seats["pkm_mawar.staff"],
        "Sumiyati",
    )  # whoever sits there has moved along


def test_a_late_entry_is_possible_and_marked(
    city: SmallCity, actor: Actor, second: Actor, at: datetime
) -> None:
    on = date(2026, 11, 1)
    uid = draft(actor, at, {"steps": [{"step": "rename", "old": ["bkpsdm"], "unit": {"name": "BKD"}}]}, on)
    preview = services.preview_reorganisation(actor=actor, at=at, reorganisation=uid)
    assert [(problem.code, problem.severity) for problem in preview.problems] == [("late", "warn")]
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    assert units_of(actor, on)["bkpsdm"][0] == "BKD"
    with pytest.raises(AlreadyInForce):
        services.withdraw_reorganisation(actor=actor, at=at, reorganisation=uid)
