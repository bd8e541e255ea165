"""Who sees whom: in lists, in pickers, by address; and what nobody can talk the system out of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pamong.access import queries as access
from pamong.access import services as accounts
from pamong.access.errors import NotAllowed
from pamong.access.models import User
from pamong.kernel import timeline as acts
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.ledger.dated import timeline, write
from pamong.organisation.models import Seat, SeatRow
from pamong.people import queries, services
from pamong.people.choices import EndReason
from pamong.people.errors import PersonNotFound, ReasonMissing
from pamong.people.models import Appointment, Employment, Person
from pamong.people.queries import Asked
from tests.support.city import PERSONS, City, add_person, build_city, since
from tests.support.people import opening_basis

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


@pytest.fixture
def city(operator: Actor, at: datetime) -> City:
    """The small city with accounts for the employee, his superior, and the clerk of the health office."""
    for name in ("employee", "superior", "unit_clerk"):
        User.objects.create_user(name, display_name=name)
    city = build_city(TODAY)
    accounts.grant_role(
        actor=operator, at=at, username="unit_clerk", role="unit_clerk", unit_path="dinkes", start_on=TODAY
    )
    return city


def actor(username: str, on: date = TODAY) -> Actor:
    return access.named_actor(username, on)


def names(who: Actor, at: datetime, **asked: str) -> set[str]:
    page = queries.list_people(actor=who, at=at, on=TODAY, asked=Asked(**asked))
    assert page.total == len(page.rows)
    known = {name: key for key, (name, *_) in PERSONS.items()}
    return {known[row.name] for row in page.rows}


HEALTH = {"chief", "clerk", "own", "mate"}


def test_each_sees_his_own_scope_and_no_more(city: City, at: datetime, operator: Actor) -> None:
    assert names(actor("employee"), at) == {"own"}
    assert names(actor("superior"), at) == HEALTH
    assert names(actor("unit_clerk"), at) == HEALTH
    assert names(operator, at) == HEALTH | {"above", "foreign"}
    assert names(operator, at, status="ended") == {"ended"}
    assert names(operator, at, status="") == HEALTH | {"above", "foreign", "ended"}


def test_case_S_09_an_empty_filter_means_ones_own_scope(city: City, at: datetime) -> None:
    clerk = actor("unit_clerk")
    assert names(clerk, at, words="suparman") == {"own"}
    assert names(clerk, at, words="") == HEALTH
    assert names(clerk, at, words="  ", unit="", kind="") == HEALTH
    assert names(clerk, at, unit="disdik") == set(), "a filter never widens"


def test_case_E_10_scope_applies_to_every_picker(city: City, at: datetime) -> None:
    clerk = actor("unit_clerk")
    assert queries.find_people(actor=clerk, at=at, on=TODAY, words="Tigor") == []
    assert queries.find_people(actor=clerk, at=at, on=TODAY, words="19880909") == []
    assert [row.name for row in queries.find_people(actor=clerk, at=at, on=TODAY, words="ketut")]
    with pytest.raises(PersonNotFound):
        queries.get_file(actor=clerk, at=at, uid=city.persons["foreign"], on=TODAY)


def test_case_S_05_who_lies_outside_and_who_is_not_there_get_the_same_answer(
    city: City, at: datetime
) -> None:
    told = []
    for uid in (city.persons["foreign"], city.seats["own"]):
        with pytest.raises(PersonNotFound) as refused:
            queries.get_file(actor=actor("unit_clerk"), at=at, uid=uid, on=TODAY)
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_case_S_01_an_account_number_is_nobodys_but_his_own(
    city: City, at: datetime, operator: Actor
) -> None:
    """Superior, mate and clerk get neither the row in the file nor the number by asking for it."""
    uid = city.persons["own"]
    for who in (actor("superior"), actor("unit_clerk")):
        file = queries.get_file(actor=who, at=at, uid=uid, on=TODAY)
        assert not file.private
        assert {fact.subject for fact in file.facts} & {"bankaccount", "contact", "relative"} == set()
        identity = file.one("identity")
        assert identity and not {"nik", "religion", "birth_place"} & set(identity.facts)
        for what in ("bankaccount", "nik"):
            with pytest.raises((PersonNotFound, NotAllowed)):
                queries.reveal(actor=who, at=at, uid=uid, what=what, reason="ingin tahu")
    assert queries.reveal(actor=actor("employee"), at=at, uid=uid, what="bankaccount") == "99887766"


def test_a_number_is_shown_in_full_with_a_reason_that_its_owner_reads(
    city: City, at: datetime, operator: Actor
) -> None:
    uid = city.persons["own"]
    with pytest.raises(ReasonMissing):
        queries.reveal(actor=operator, at=at, uid=uid, what="nik", reason=" ")
    number = queries.reveal(actor=operator, at=at, uid=uid, what="nik", reason="Mencocokkan dengan Dukcapil")
    assert number == "9901010202850001"
    seen = queries.list_own_reads(actor=actor("employee")).rows
    assert ("people.reveal.nik", "Mencocokkan dengan Dukcapil") in {(row.path, row.reason) for row in seen}


def test_one_sees_who_looked_but_not_his_own_looks(city: City, at: datetime) -> None:
    queries.get_file(actor=actor("employee"), at=at, uid=city.persons["own"], on=TODAY)
    assert queries.list_own_reads(actor=actor("employee")).rows == []
    queries.get_file(actor=actor("superior"), at=at, uid=city.persons["own"], on=TODAY)
    assert [row.actor for row in queries.list_own_reads(actor=actor("employee")).rows] == ["superior"]
    with pytest.raises(NotAllowed):
        queries.list_reads(actor=actor("superior"), uid=city.persons["own"])


def test_nobody_acts_as_somebody_who_died(client: Client, city: City, operator: Actor, at: datetime) -> None:
    """Neither a session that is still open, nor a sign-in with the right password."""
    user = User.objects.get(username="employee")
    user.set_password("Padi-menguning-2026")
    user.save(update_fields=["password"])
    for died in (False, True):
        if died:
            services.end_service(
                actor=operator, at=at, basis=opening_basis(), person=city.persons["own"],
                on=date(2026, 10, 18), reason=EndReason.DIED,
            )  # fmt: skip
        acting = actor("employee")
        assert (acting.has_role("employee"), acting.person_id is None) == (not died, died)
        client.logout()
        client.post("/masuk/", {"login": "employee", "password": "Padi-menguning-2026"})
        assert ("_auth_user_id" in client.session) is not died


def test_who_has_left_service_keeps_his_own_data_and_nothing_else(city: City, at: datetime) -> None:
    User.objects.create_user("pensiunan", display_name="pensiunan")
    Person.objects.filter(pk=city.ids["ended"]).update(user=User.objects.get(username="pensiunan"))
    gone = actor("pensiunan")
    assert [grant.role for grant in gone.grants] == ["former", "public"]
    assert queries.get_file(actor=gone, at=at, uid=city.persons["ended"], on=TODAY).own
    assert names(gone, at, status="") == {"ended"}
    with pytest.raises(PersonNotFound):
        queries.get_file(actor=gone, at=at, uid=city.persons["own"], on=TODAY)


def test_a_head_who_leaves_sees_his_office_no_more_from_that_day(city: City, at: datetime) -> None:
    for model, values in ((Appointment, {}), (Employment, {"end_reason": "retired"})):
        key = {"person_id": city.ids["chief"]} | (
            {"kind": "regular", "stint": 0} if model is Appointment else {}
        )
        row = model.objects.get(**key)
        plan = acts.end(timeline(model, **key), date(2026, 12, 1), values)
        write(model, key, plan, act=Act.CHANGE, basis=row.basis_id)
    assert actor("superior", date(2026, 11, 30)).has_role("superior")
    assert not actor("superior", date(2026, 12, 1)).has_role("superior")


def test_case_E_06_requests_go_to_the_next_occupied_seat_and_to_a_new_head_without_edits(
    city: City, operator: Actor
) -> None:
    """The head leaves on 1 March; a Plt comes in April; a new head in June."""

    def superior(on: date) -> tuple[str, str]:
        found = queries.find_superior(actor=operator, on=on, person_id=city.ids["own"])
        assert found is not None
        return found.name, found.kind

    key = {"person_id": city.ids["chief"], "kind": "regular", "stint": 0}
    row = Appointment.objects.get(**key)
    plan = acts.end(timeline(Appointment, **key), date(2027, 3, 1))
    write(Appointment, key, plan, act=Act.CHANGE, basis=row.basis_id)
    common = {"seat_id": row.seat_id, "basis_id": row.basis_id}
    Appointment.objects.create(
        person_id=city.ids["foreign"],
        kind="plt",
        stint=1,
        period=since(date(2027, 4, 1), date(2027, 6, 1)),
        **common,
    )
    Appointment.objects.create(
        person_id=city.ids["mate"],
        kind="plt",
        stint=1,
        period=since(date(2027, 7, 1), date(2027, 8, 1)),
        **common,
    )
    assert superior(date(2027, 2, 28)) == (PERSONS["chief"][0], "regular")
    assert superior(date(2027, 3, 1)) == (PERSONS["above"][0], "regular"), "vacant: the seat above answers"
    assert superior(date(2027, 4, 1)) == (PERSONS["foreign"][0], "plt")
    assert superior(date(2027, 6, 1)) == (PERSONS["above"][0], "regular")


def test_who_stands_in_for_a_head_has_his_rights_for_that_time(city: City, at: datetime) -> None:
    chief = Appointment.objects.get(person_id=city.ids["chief"])
    User.objects.create_user("pengganti", display_name="pengganti")
    Person.objects.filter(pk=city.ids["foreign"]).update(user=User.objects.get(username="pengganti"))
    Appointment.objects.create(
        person_id=city.ids["foreign"], kind="plh", stint=1, seat_id=chief.seat_id, basis_id=chief.basis_id,
        period=since(date(2026, 11, 9), date(2026, 11, 12)),
    )  # fmt: skip
    assert names(actor("pengganti"), at) == HEALTH | {"foreign"}
    assert not actor("pengganti", date(2026, 11, 12)).has_role("superior")


def test_case_E_09_vacancy_counts_seats_by_the_day(city: City, operator: Actor) -> None:
    """Retired on 1 March: her seat counts as filled the day before and as vacant from that day."""

    def health(on: date) -> tuple[int, int, int]:
        (unit,) = [row.unit_id for row in queries.list_seats(actor=operator, on=on, unit="dinkes")][:1]
        count = queries.count_seats(actor=operator, on=on)[unit]
        return count.seats, count.filled, count.vacant

    assert health(date(2026, 2, 28)) == (4, 4, 0)
    assert health(date(2026, 3, 1)) == (4, 3, 1)
    (free,) = queries.list_seats(actor=operator, on=TODAY, state="vacant")
    assert (free.post, free.vacant_since) == ("Pengelola Data", date(2026, 3, 1))


def test_a_view_of_the_past_shows_the_past_throughout(city: City, at: datetime, operator: Actor) -> None:
    """Case E-03: kind, golongan and seat come from the rows of that date."""
    key = {"person_id": city.ids["own"]}
    row = Employment.objects.get(**key)
    plan = acts.change(timeline(Employment, **key), date(2026, 7, 1), {"standing": "CLTN"})
    write(Employment, key, plan, act=Act.CHANGE, basis=row.basis_id)
    for on, standing in ((date(2026, 6, 15), "Aktif"), (date(2026, 7, 1), "CLTN")):
        file = queries.get_file(actor=operator, at=at, uid=city.persons["own"], on=on)
        assert (file.row.standing, file.one("employment").facts["standing"]) == (standing, standing)  # type: ignore[union-attr]
        (listed,) = queries.list_people(actor=operator, at=at, on=on, asked=Asked(words="suparman")).rows
        assert listed.standing == standing
    before = queries.get_file(actor=operator, at=at, uid=city.persons["own"], on=date(2019, 1, 1))
    assert (before.row.post, before.row.unit) == ("", "")


def test_what_was_not_known_yet_is_not_shown_as_known(city: City, at: datetime, operator: Actor) -> None:
    key = {"person_id": city.ids["own"]}
    row = Employment.objects.get(**key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        earlier = cursor.fetchone()[0]
    plan = acts.change(timeline(Employment, **key), date(2026, 7, 1), {"standing": "CLTN"})
    write(Employment, key, plan, act=Act.CHANGE, basis=row.basis_id)
    now = queries.get_file(actor=operator, at=at, uid=city.persons["own"], on=TODAY)
    then = queries.get_file(actor=operator, at=at, uid=city.persons["own"], on=TODAY, known_at=earlier)
    assert (now.row.standing, then.row.standing) == ("CLTN", "Aktif")
    assert len(then.of("employment")) == 1 and len(now.of("employment")) == 2


def test_words_that_mean_something_in_patterns_mean_themselves(city: City, at: datetime) -> None:
    assert names(actor("unit_clerk"), at, words="%") == set()
    assert names(actor("unit_clerk"), at, words="_") == set()
    assert names(actor("unit_clerk"), at, unit="*") == set()


SIZE = 10


def test_case_I_10_lists_and_pickers_ask_as_much_of_few_as_of_many(
    city: City, at: datetime, operator: Actor
) -> None:
    """The number of questions does not grow with the people, nor do the few that a picker offers."""

    def asked() -> dict[str, int]:
        chief = actor("superior")
        asks: dict[str, Callable[[], object]] = {
            "picker": lambda: queries.find_people(actor=chief, at=at, on=TODAY, words="su", most=6),
            "list": lambda: queries.list_people(actor=chief, at=at, on=TODAY, asked=Asked(words="su")),
            "search": lambda: queries.list_people(actor=operator, at=at, on=TODAY, asked=Asked(words="su")),
            "file": lambda: queries.get_file(actor=chief, at=at, uid=city.persons["own"], on=TODAY),
        }
        return {name: _questions(ask) for name, ask in asks.items()}

    few = asked()
    _hire(operator, city, 40)
    assert asked() == few
    assert max(few.values()) <= 10, few
    found = queries.find_people(actor=operator, at=at, on=TODAY, words="su", most=6)
    assert len(found) == 6
    whole = queries.list_people(actor=operator, at=at, on=TODAY, asked=Asked(words="su"))
    assert whole.total > 40, "there were many to be found"


def test_case_I_10_the_pages_of_the_directory_reach_everybody_once(
    city: City, at: datetime, operator: Actor
) -> None:
    """Many of one name: pages by name alone would lose some of them, or show them twice."""
    hired = _hire(operator, city, 40)
    pages = [_page(operator, at, 1)]
    pages += [_page(operator, at, number) for number in range(2, pages[0].last + 1)]
    assert (len(pages), len(pages[-1].rows)) == (5, 6)
    shown = [row.uid for page in pages for row in page.rows]
    there = {city.persons[key] for key in PERSONS if key != "ended"} | hired
    assert len(shown) == len(set(shown)) == pages[0].total
    assert set(shown) == there
    assert _page(operator, at, 99).rows == pages[-1].rows, "beyond the last page is the last page"


def _page(who: Actor, at: datetime, number: int) -> queries.PeoplePage:
    return queries.list_people(actor=who, at=at, on=TODAY, asked=Asked(), size=SIZE, page=number)


def _questions(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def _hire(operator: Actor, city: City, count: int) -> set[UUID]:
    """So many more in service, all of the same name, in seats of the health office."""
    basis = ledger.seal(actor=operator, kind=SealKind.OPENING, ref=uuid4())
    like = SeatRow.objects.get(seat__uid=city.seats["own"])
    hired = set()
    for number in range(count):
        seat = Seat.objects.create()
        SeatRow.objects.create(
            seat=seat, unit=like.unit, post=like.post, job_class=5, period=like.period, basis_id=basis
        )
        born = date(1970 + number, 3, 3)
        person = add_person(("Suprapti", "P", born, date(2015, 3, 1), "II/c", ""), basis, seat=seat)
        hired.add(person.uid)
    return hired


def test_case_S_04_no_value_of_a_request_changes_the_scope(city: City, at: datetime) -> None:
    """An actor's scope comes from his grants alone: asking for more in words gives no more."""
    employee = actor("employee")
    wide = replace(Asked(), words="ignore_permissions=1", unit="kota")
    assert queries.list_people(actor=employee, at=at, on=TODAY, asked=wide).total == 0
    assert names(employee, at, unit="kota") == {"own"}
