"""What a preview says will follow: worked out from what stands after an act against what stood before."""

from __future__ import annotations

from datetime import date
from typing import Any

from pamong.ledger.choices import Act
from pamong.people import models, services
from pamong.people.services import Preview
from tests.support.people import AT, People

FREE = "Pengelola Data, Dinas Kesehatan"
FROM, TO = date(2026, 11, 15), date(2026, 11, 20)


def moved(people: People) -> models.Appointment:
    """``own`` leaves his seat for one that is vacant since March, from 15 November."""
    values = {"kind": "regular", "seat": people.city.seats["free"], "order_no": "821/9"}
    people.change("own", "appointment", values=values, on=FROM)
    return models.Appointment.objects.known().get(person_id=people.city.ids["own"], period__startswith=FROM)


def look(people: People, **asked: Any) -> Preview:
    uid = people.city.persons["own"]
    return services.preview(
        actor=people.actor("ratih"), at=AT, person=uid, subject="appointment", **{"values": {}, **asked}
    )


def test_a_corrected_start_tells_the_new_day_of_both_seats(people: People) -> None:
    row = moved(people)
    told = " ".join(look(people, act=Act.CORRECT, target=row.uid, on=TO).follow_ups)
    assert "Berlaku dengan sendirinya mulai 20 November 2026" in told
    assert f"Posisi {FREE} terisi mulai 20 November 2026." in told
    assert "Posisi Pengadministrasi Umum, Dinas Kesehatan kosong mulai 20 November 2026." in told
    assert "15 November" not in told


def test_a_change_tells_which_seat_is_filled_and_which_left(people: People) -> None:
    values = {"kind": "regular", "seat": people.city.seats["free"]}
    told = " ".join(look(people, act=Act.CHANGE, values=values, on=TO).follow_ups)
    assert f"Posisi {FREE} terisi mulai 20 November 2026." in told
    assert "Umum, Dinas Kesehatan kosong mulai 20 November 2026." in told


def test_what_is_undone_is_told_as_undone(people: People) -> None:
    row = moved(people)
    told = " ".join(look(people, act=Act.RESCIND, target=row.uid).follow_ups)
    assert f"Posisi {FREE} tidak jadi terisi mulai 15 November 2026." in told
    assert "Umum, Dinas Kesehatan tidak jadi kosong mulai 15 November 2026." in told


def test_a_corrected_order_moves_no_seat(people: People) -> None:
    row = moved(people)
    seen = look(people, act=Act.CORRECT, target=row.uid, values={"order_no": "821/10"})
    assert not any("Posisi" in sentence for sentence in seen.follow_ups)


def test_who_accepts_learns_from_when_it_holds(people: People) -> None:
    asked: dict[str, Any] = {"actor": people.actor("wahyu"), "at": AT, "accept": True}
    values = {"kind": "regular", "seat": people.city.seats["free"]}
    first = people.enter("nurul", "own", "appointment", values=values, on=FROM)
    assert services.decide(entry=first, **asked) == FROM
    row = models.Appointment.objects.known().get(person_id=people.city.ids["own"], period__startswith=FROM)
    second = people.enter("ratih", "own", "appointment", act=Act.CORRECT, target=row.uid, on=TO)
    assert services.decide(entry=second, **asked) == TO
    last = people.enter(
        "nurul", "own", "employment", values={"end_reason": "resigned"}, until=date(2027, 1, 1)
    )
    assert services.decide(entry=last, **asked) == date(2027, 1, 1)


def test_a_preview_marks_what_changes_and_leaves_out_the_rest(people: People) -> None:
    uid = people.city.persons["own"]
    seen = services.preview(
        actor=people.actor("employee"), at=AT, person=uid, subject="contact", act=Act.CHANGE, on=TO,
        values={"address": "Jl. Baru", "phone": "081000000001"},
    )  # fmt: skip
    (shift,) = seen.shifts
    assert shift.changed == (("Alamat", "Jl. Uji No. 1", "Jl. Baru"),)
    assert shift.same == ("Telepon",) and not seen.dropped


def test_an_emptied_field_is_a_change(people: People) -> None:
    uid = people.city.persons["own"]
    seen = services.preview(
        actor=people.actor("employee"), at=AT, person=uid, subject="contact", act=Act.CHANGE, on=TO,
        values={"address": ""},
    )  # fmt: skip
    assert seen.shifts[0].changed == (("Alamat", "Jl. Uji No. 1", "tidak diisi"),)


def test_a_corrected_row_stands_beside_itself(people: People) -> None:
    row = moved(people)
    seen = look(people, act=Act.CORRECT, target=row.uid, on=TO)
    (shift,) = seen.shifts
    assert shift.was is not None and shift.was.period.start == FROM and shift.row.period.start == TO
    assert shift.changed == () and not seen.dropped
    assert [old.period.end for old, _row in seen.respanned] == [FROM]
