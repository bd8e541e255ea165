"""A seat that a selection is filling takes nobody else for good: by form, by service, and by the database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pamong.decisions.choices import State
from pamong.decisions.queries import list_exceptions
from pamong.kernel.clock import format_date
from pamong.ledger.choices import Act
from pamong.ledger.firstday import keep_first_day
from pamong.merit import services
from pamong.organisation.models import Seat
from pamong.people import models as people
from pamong.people import services as records
from pamong.people.errors import EntryRefused
from tests.support.city import since
from tests.support.deciding import WHY
from tests.support.filling import CLOSED, Filling
from tests.support.people import AT, TODAY, opening_basis

SELECTED = "sedang diisi lewat seleksi sejak 10 November 2026"


def asked(filling: Filling, who: str, day: date = CLOSED, **more: Any) -> dict[str, Any]:
    """What the form of an appointment says."""
    city = filling.desk.people.city
    values = {"kind": "regular", "seat": filling.seat, "order_no": "821.2/77", "order_on": day}
    kinds = {"person": city.persons[who], "subject": "appointment", "act": Act.CHANGE, "on": day}
    return kinds | {"values": values | more.pop("values", {})} | more


def enter(filling: Filling, who: str, day: date = CLOSED, **more: Any) -> Any:
    """An officer enters somebody; what is waiting."""
    said = asked(filling, who, day, **more)
    return records.enter(**filling.who("nurul", day), reason=WHY, **said).uid


def accept(filling: Filling, entry: Any, on: date = CLOSED) -> None:
    """Another officer agrees."""
    records.decide(**filling.who("ratih", on), entry=entry, accept=True)


def holders(filling: Filling) -> list[tuple[int, str]]:
    """Who has the seat, and how."""
    rows = people.Appointment.objects.filter(seat__uid=filling.seat, superseded_at__isnull=True)
    return list(rows.order_by("id").values_list("person_id", "kind"))


def test_case_J_01_two_officers_can_not_enter_anybody_into_a_seat_under_selection(filling: Filling) -> None:
    filling.locked()
    with pytest.raises(EntryRefused, match=SELECTED):
        enter(filling, "c5")
    with pytest.raises(EntryRefused, match=r"Plt\. dan Plh\. tetap dapat ditunjuk"):
        enter(filling, "c1")  # nor the first of the list: the decision appoints her
    shown = records.preview(**filling.who("nurul", CLOSED), **asked(filling, "c5"))
    assert [each.code for each in shown.problems if each.severity == "block"] == ["seat_selected"]
    assert holders(filling) == []


def test_case_J_01_what_was_entered_before_the_announcement_is_not_accepted_after_it(
    filling: Filling,
) -> None:
    entry = enter(filling, "c5", TODAY)
    filling.announced()
    with pytest.raises(EntryRefused, match=SELECTED):
        accept(filling, entry, TODAY)
    assert holders(filling) == []


def test_case_J_01_no_sql_of_the_application_puts_anybody_there_on_any_other_basis(filling: Filling) -> None:
    """Neither an entry's, nor another decision's: the trigger fires for replicas too."""
    vacancy = filling.locked()
    values = (filling.person("ended"), vacancy.seat_id)
    for basis in (opening_basis(), vacancy.basis_id):
        with (
            pytest.raises(DatabaseError, match="pemangkunya hanya dari nama yang dikunci"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO people_appointment (uid, person_id, kind, stint, seat_id, order_no, note, "
                "period, act, basis_id) "
                "VALUES (gen_random_uuid(), %s, 'regular', 0, %s, '', '', '[2026-11-27,)', 'change', %s)",
                [*values, basis],
            )
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = 'merit_seat_selected'")
        assert cursor.fetchall() == [("A",)]


def test_somebody_stands_in_while_a_selection_runs(filling: Filling) -> None:
    filling.announced()
    entry = enter(filling, "p2", TODAY, values={"kind": "plt"}, until=date(2027, 2, 1))
    accept(filling, entry, TODAY)
    assert holders(filling) == [(filling.person("p2"), "plt")]


def test_the_seat_is_free_again_when_the_vacancy_is_cancelled(filling: Filling) -> None:
    vacancy = filling.announced()
    services.cancel(**filling.who("nurul"), vacancy=vacancy.uid, reason=WHY)
    accept(filling, enter(filling, "c5", TODAY), TODAY)
    assert holders(filling) == [(filling.person("c5"), "regular")]


def test_the_decision_of_the_vacancy_fills_it(filling: Filling) -> None:
    vacancy = filling.locked()
    assert filling.choose(filling.put(vacancy), "c1") is State.SEALED
    assert holders(filling) == [(filling.person("c1"), "regular")]


def test_who_still_has_it_is_put_right_but_not_prolonged(filling: Filling) -> None:
    """He leaves before the day from which it is filled; the number of his order may be corrected."""
    row = holds_until(filling, "p3", date(2026, 12, 1))
    filling.announced()
    fix = {"act": Act.CORRECT, "target": row.uid}
    corrected = {**asked(filling, "p3"), **fix, "values": {"order_no": "821.2/9"}, "on": None}
    done = records.enter(**filling.who("nurul"), reason=WHY, **corrected)
    accept(filling, done.uid, TODAY)
    assert people.Appointment.objects.get(seat__uid=filling.seat, superseded_at=None).order_no == "821.2/9"
    row = people.Appointment.objects.get(seat__uid=filling.seat, superseded_at=None)
    longer = {**corrected, "target": row.uid, "values": {}, "until": date(2027, 6, 1)}
    with pytest.raises(EntryRefused, match=SELECTED):
        records.enter(**filling.who("nurul"), reason=WHY, **longer)


def test_past_days_in_it_are_entered_meanwhile(filling: Filling) -> None:
    filling.announced()
    past = {"on": date(2022, 1, 1), "until": date(2026, 2, 1)}
    accept(filling, enter(filling, "ended", **past), TODAY)
    assert holders(filling) == [(filling.person("ended"), "regular")]


def holds_until(filling: Filling, who: str, until: date) -> people.Appointment:
    """Somebody moves to the seat for some weeks."""
    basis, moves = opening_basis(), date(2026, 11, 2)
    row = people.Appointment.objects.get(person_id=filling.person(who), superseded_at=None)
    people.Appointment.objects.filter(pk=row.pk).update(superseded_at=AT, superseded_basis=basis)
    kept = {"person": row.person, "kind": "regular", "stint": 0, "basis_id": basis}
    people.Appointment.objects.create(period=since(row.period.lower, moves), seat=row.seat, **kept)
    seat = Seat.objects.get(uid=filling.seat)
    return people.Appointment.objects.create(period=since(moves, until), seat=seat, **kept)


def test_since_the_first_day_two_people_may_but_the_inspector_sees_it(filling: Filling) -> None:
    """A post of a managerial kind filled by two officers stands in the register, with both and the paper."""
    keep_first_day(date(2026, 1, 1), "uji")
    accept(filling, enter(filling, "c5"))
    (row,) = list_exceptions(**filling.who("retno", CLOSED), since=TODAY, what="unselected")
    assert (row.person, row.title) == ("Endah Lestari", "Kepala Seksi Pelayanan, Dinas Kesehatan")
    assert "Nurul memasukkan, Ratih menyetujui" in row.text
    assert f"mulai {format_date(CLOSED)}, SK 821.2/77 tanggal {format_date(CLOSED)}" in row.text
    assert WHY in row.text
    assert row.label == "Pengangkatan tanpa keputusan seleksi"


@pytest.mark.parametrize("first_day", [None, date(2999, 1, 1)])
def test_before_the_first_day_it_is_opening_work(filling: Filling, first_day: date | None) -> None:
    if first_day:
        keep_first_day(first_day, "uji")
    accept(filling, enter(filling, "c5"))
    assert not list_exceptions(**filling.who("retno", CLOSED), since=TODAY, what="unselected")


def test_posts_without_a_selection_and_orders_with_a_decision_are_no_exceptions(filling: Filling) -> None:
    keep_first_day(date(2026, 1, 1), "uji")
    free = str(filling.desk.people.city.seats["free"])
    accept(filling, enter(filling, "c5", values={"seat": free}))
    filling.choose(filling.put(filling.locked()), "c1")
    assert not list_exceptions(**filling.who("retno", CLOSED), since=TODAY, what="unselected")
