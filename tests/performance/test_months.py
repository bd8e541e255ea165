"""A month's work: entered by the employee, verified by his superior by exception, never by himself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.ledger.dated import MovedOn
from pamong.ledger.models import Intake
from pamong.people.models import Appointment, Relative
from pamong.performance import queries, services
from pamong.performance.asking import asked, odd, verifiable_on
from pamong.performance.choices import Odd, Source, State
from pamong.performance.errors import (
    MonthGoesOn,
    MonthNotOpen,
    MonthVerified,
    NothingToFill,
    NotInService,
    NotOfTeam,
    RowsRefused,
    TooManyMinutes,
)
from pamong.performance.models import PerformanceMonth
from pamong.performance.services import Judged
from tests.pay.support import december_region
from tests.support.city import since
from tests.support.people import AT, TODAY, People, opening_basis, small_people

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
WHY = "Ada dua kegiatan yang bukan tugasnya"


@pytest.fixture
def people(small: People) -> People:
    return small


@pytest.fixture
def law() -> Law:
    return load_law("contoh")


def enter(
    people: People, minutes: int = 6000, month: date = OCTOBER, law: str = "contoh", **more: Any
) -> None:
    actor = people.actor("employee", more.pop("on", TODAY))
    services.enter_month(actor=actor, at=AT, month=month, minutes=minutes, law=load_law(law), **more)


def judge(people: People, *judged: Judged, law: str = "contoh", month: date = OCTOBER) -> int:
    actor = people.actor("superior")
    return services.verify_months(actor=actor, at=AT, month=month, judged=judged, law=load_law(law))


def of(people: People, key: str, version: int = 1, reason: str = "", **values: int) -> Judged:
    return Judged(people.city.persons[key], version, {"minutes": 6000, "behaviour": 100} | values, reason)


def stands(people: People, key: str = "own", month: date = OCTOBER) -> PerformanceMonth:
    row: PerformanceMonth = PerformanceMonth.objects.get(
        person_id=people.city.ids[key], month=month, superseded_at=None
    )
    return row


def test_what_is_asked_follows_the_region(law: Law) -> None:
    """Minutes of a region that counts them, with what a month has room for; a score; nothing at all."""
    month = month_period(2026, 10)
    counted = asked(law, month)
    assert (counted.minutes, counted.score, counted.days, counted.usual) == (True, False, 22, 6600)
    assert counted.possible == 17 * 510 + 5 * 540 and counted.until is None
    assert asked(load_law("manado"), month).fields() == ("productivity_score",)
    assert not asked(load_law("samarinda"), month).anything


def test_an_entry_waits_and_may_be_entered_again(people: People) -> None:
    enter(people, 5900)
    enter(people, 6000, note="  Dua hari pelatihan. ")
    row = stands(people)
    assert (row.version, row.minutes, row.state, row.note) == (2, 6000, "entered", "Dua hari pelatihan.")
    assert PerformanceMonth.objects.count() == 2, "what was said before stays"
    own = queries.find_own_month(actor=people.actor("employee"), month=OCTOBER)
    assert own is not None and own.own_minutes == 6000 and own.state is State.ENTERED
    told = Intake.objects.filter(kind="performance.month_entered")
    assert told.count() == 2 and str(people.city.persons["own"]) not in str(told.first().body)


@pytest.mark.parametrize(
    ("error", "asked_for"),
    [
        (MonthNotOpen, {"month": date(2026, 12, 1)}),
        (MonthNotOpen, {"month": date(2025, 10, 1)}),
        (NotInService, {"month": date(2009, 12, 1), "on": date(2010, 1, 5)}),
        (NothingToFill, {"law": "samarinda"}),
        (TooManyMinutes, {"minutes": 44_641}),
    ],
)
def test_what_can_not_be_entered_is_refused_in_a_sentence(
    people: People, error: type[Exception], asked_for: dict[str, Any]
) -> None:
    with pytest.raises(error):
        enter(people, **asked_for)
    assert not PerformanceMonth.objects.exists()


def test_an_entry_after_the_regions_last_day_is_stored_and_marked(people: People, tmp_path: Path) -> None:
    """A window that a site's rule names; without one nothing is ever late."""
    (tmp_path / "performance").mkdir()
    (tmp_path / "performance" / "month_entry_last_day.yaml").write_text(
        "title: Hari terakhir mengisi kinerja bulan lalu\nunit: days\nkind: scalar\nvalues:\n"
        "  - from: 2024-01-01\n    value: 10\n    citation: {regulation: contoh, article: Pasal 11}\n"
        "    grade: E\n"
    )
    law = load_law("contoh", str(tmp_path))
    for on, late in ((date(2026, 11, 10), False), (date(2026, 11, 11), True)):
        services.enter_month(actor=people.actor("employee", on), at=AT, month=OCTOBER, minutes=6000, law=law)
        assert stands(people).is_late is late
    enter(people)
    assert stands(people).is_late is False


def test_a_superior_confirms_and_changes_with_a_reason_that_is_read(people: People) -> None:
    enter(people)
    with pytest.raises(RowsRefused) as refused:
        judge(people, of(people, "own", minutes=5000))
    assert "alasannya" in refused.value.by_person[people.city.persons["own"]]
    assert judge(people, of(people, "own", minutes=5000, reason=WHY)) == 1
    row = stands(people)
    assert (row.minutes, row.behaviour, row.state, row.source) == (5000, 100, "verified", "superior")
    own = queries.find_own_month(actor=people.actor("employee"), month=OCTOBER)
    assert own is not None and (own.reason, own.own_minutes, own.by) == (WHY, 6000, "Superior")
    with pytest.raises(MonthVerified, match="Superior"):
        enter(people, 6600)
    assert judge(people, of(people, "own", 2, minutes=5000)) == 0, "confirmed again: nothing to write"


def test_conduct_below_the_full_score_takes_a_reason(people: People) -> None:
    enter(people)
    with pytest.raises(RowsRefused):
        judge(people, of(people, "own", behaviour=90))
    judge(people, of(people, "own", behaviour=90, reason=WHY))
    assert stands(people).behaviour == 90


def test_all_or_none_and_each_fault_by_its_person(people: People) -> None:
    """One has not entered, one has changed it meanwhile: nothing of the rest is stored either."""
    enter(people)
    enter(people, 6100)
    with pytest.raises(RowsRefused) as refused:
        judge(people, of(people, "own"), of(people, "mate", 0), of(people, "clerk", 0))
    told = refused.value.by_person
    assert "baru saja berubah" in told[people.city.persons["own"]]
    assert "Belum mengisi" in told[people.city.persons["mate"]]
    assert stands(people).state == State.ENTERED.value


def test_a_score_is_the_superiors_to_give(people: People) -> None:
    given = Judged(people.city.persons["mate"], 0, {"productivity_score": 88})
    assert judge(people, given, law="manado") == 1
    assert (stands(people, "mate").productivity_score, stands(people, "mate").minutes) == (88, None)
    with pytest.raises(RowsRefused, match="dibetulkan"):
        judge(people, Judged(people.city.persons["clerk"], 0, {"productivity_score": 101}), law="manado")


def test_nobody_judges_himself_a_relative_or_a_stranger(people: People) -> None:
    enter(people)
    for stranger in ("foreign", "above", "chief"):
        with pytest.raises(NotOfTeam):
            judge(people, of(people, stranger, 0))
    Relative.objects.create(
        person_id=people.city.ids["own"], relative_id=people.city.ids["chief"], relation="spouse",
        name="Bernadeta", item=people.city.persons["own"], period=since(date(2015, 1, 1)),
        basis_id=opening_basis(),
    )  # fmt: skip
    with pytest.raises(RowsRefused) as refused:
        judge(people, of(people, "own"))
    assert "keluarga Anda" in refused.value.by_person[people.city.persons["own"]]
    with pytest.raises(NotAllowed):
        services.verify_months(
            actor=people.actor("employee"), at=AT, month=OCTOBER, judged=[], law=load_law("contoh")
        )


def test_a_month_that_runs_is_verified_once_it_is_over(people: People) -> None:
    enter(people, month=NOVEMBER)
    told = "November 2026 masih berjalan. Isiannya dapat diverifikasi mulai 1 Desember 2026."
    with pytest.raises(MonthGoesOn, match=told):
        judge(people, of(people, "own"), month=NOVEMBER)
    assert stands(people, month=NOVEMBER).state == State.ENTERED
    chief = people.actor("superior", date(2026, 12, 1))
    judged = [of(people, "own")]
    law = load_law("contoh")
    assert services.verify_months(actor=chief, at=AT, month=NOVEMBER, judged=judged, law=law) == 1


def test_a_december_that_is_paid_as_of_a_day_is_verified_after_that_day(tmp_path: Path) -> None:
    december = month_period(2026, 12)
    for choice, opens in (
        ("as_usual", date(2027, 1, 1)), ("next_year", date(2027, 1, 1)), ("to_cut_off", date(2026, 12, 21)),
    ):  # fmt: skip
        law = load_law(december_region(tmp_path / choice, choice))
        assert verifiable_on(law, december) == opens
        assert verifiable_on(law, month_period(2026, 11)) == date(2026, 12, 1)


def test_the_team_are_those_who_report_here_never_oneself(people: People) -> None:
    """Who stands in for his own superior sees the others of the team, and not himself."""
    chief = people.actor("superior")
    names = {row.name: row for row in queries.list_team(actor=chief, at=AT, month=OCTOBER)}
    assert set(names) == {"Suparman", "Yohana Tandi Arung", "Ketut Sariasih"}
    assert names["Suparman"].state is None and names["Suparman"].week == "5"
    Appointment.objects.create(
        person_id=people.city.ids["own"], seat_id=chief.seats[0], kind="plh", stint=1, order_no="1",
        period=since(date(2026, 11, 1), date(2026, 12, 1)), basis_id=opening_basis(),
    )  # fmt: skip
    own = people.actor("employee")
    mine = [row.name for row in queries.list_team(actor=own, at=AT, month=OCTOBER)]
    assert "Suparman" not in mine and "Ketut Sariasih" in mine
    seen = access.reads_of(actor=own, subject=people.city.persons["mate"])
    assert seen[0].path == "performance.team"


def test_what_is_worth_a_look(law: Law) -> None:
    wanted = asked(law, month_period(2026, 10))
    assert list(odd(wanted, 12_000, 6000, is_late=True)) == [Odd.OVER, Odd.FAR, Odd.LATE]
    assert list(odd(wanted, 6000, 6100, is_late=False)) == []
    assert list(odd(wanted, None, 6100, is_late=False)) == []


def test_who_of_the_office_is_missing(people: People) -> None:
    enter(people)
    clerk = people.actor("unit_clerk")
    missing = queries.list_office(actor=clerk, at=AT, month=OCTOBER)
    assert missing.counts == {"missing": 3, "entered": 1, "verified": 0}
    assert "Suparman" not in {row.name for row in missing.rows}
    entered = queries.list_office(actor=clerk, at=AT, month=OCTOBER, state="entered")
    assert [(row.name, row.unit) for row in entered.rows] == [("Suparman", "Dinas Kesehatan")]
    with pytest.raises(NotAllowed):
        queries.list_office(actor=people.actor("employee"), at=AT, month=OCTOBER)


def test_a_version_is_never_changed(people: People) -> None:
    enter(people)
    for change in ({"minutes": 1}, {"superseded_at": AT, "version": 9}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            PerformanceMonth.objects.update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        PerformanceMonth.objects.all().delete()


@pytest.fixture
def committed(committed_db: str) -> Iterator[People]:
    with transaction.atomic():
        made = small_people()
    yield made


def test_two_entries_at_once_leave_one_that_stands(committed: People) -> None:
    def attempt(minutes: int) -> str:
        try:
            enter(committed, minutes)
        except MovedOn as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(attempt, (5000, 6000)))
    rows = PerformanceMonth.objects.filter(superseded_at=None)
    assert rows.count() == 1 and rows.get().source == Source.EMPLOYEE.value
    assert all(text in ("", str(MovedOn())) for text in said) and "" in said
