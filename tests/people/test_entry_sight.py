"""What a preview tells: no more of what stands than the person's page, and every look is logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from pamong.access.models import ReadLog
from pamong.kernel.actor import Actor, Grant
from pamong.ledger.choices import Act
from pamong.people import models, queries, services
from pamong.people.errors import EntryNotFound, EntryRefused
from pamong.people.services import Preview, ShownRow
from tests.support.people import AT, TODAY, People

NIK, ACCOUNT, NEW = "9901010202850001", "99887766", "5550001112"
HIDDEN = "tersimpan, tidak ditampilkan"
LATER = date(2026, 12, 1)


def look(people: People, who: str, subject: str, person: str = "own", **asked: Any) -> Preview:
    given: dict[str, Any] = {"act": Act.CHANGE, "on": LATER, **asked}
    uid = people.city.persons[person]
    return services.preview(actor=people.actor(who), at=AT, person=uid, subject=subject, **given)


def look_at(actor: Actor, entry: UUID) -> Preview:
    return services.preview_entry(actor=actor, at=AT, entry=entry)


def told(seen: Preview) -> str:
    rows = [*seen.ceasing, *seen.coming]
    return " ".join([*(str(row) for row in rows), *(str(each) for each in seen.problems), *seen.follow_ups])


def facts(row: ShownRow) -> dict[str, str]:
    return dict(row.facts)


def paths(people: People, person: str = "own") -> list[str]:
    uid = people.city.persons[person]
    return list(ReadLog.objects.filter(subject_ids__contains=[uid]).values_list("path", flat=True))


def test_a_clerk_is_not_told_the_account_that_a_new_one_replaces(people: People) -> None:
    seen = look(people, "unit_clerk", "bankaccount", values={"number": NEW})
    assert seen.possible
    assert ACCOUNT not in told(seen) and "7766" not in told(seen) and "Bank Uji" not in told(seen)
    assert [facts(row) for row in seen.gone] == [{"Nomor rekening": HIDDEN}]
    assert [facts(row) for row in seen.new] == [{"Nomor rekening": NEW}]


def test_a_clerk_is_told_of_an_identity_what_its_page_tells(people: People) -> None:
    seen = look(people, "unit_clerk", "identity", values={"front_title": "Dr."})
    for secret in (NIK, "9901", "Islam", "Menikah", "Kota Uji"):
        assert secret not in told(seen)
    assert facts(seen.new[0])["Gelar depan"] == "Dr." and facts(seen.new[0])["Agama"] == HIDDEN


@pytest.mark.parametrize("on", [LATER, date(1985, 2, 2)])
def test_a_preview_does_not_tell_whether_a_guess_is_right(people: People, on: date) -> None:
    right, wrong = (
        look(people, "unit_clerk", "identity", values={"religion": each}, on=on)
        for each in ("Islam", "Hindu")
    )
    assert told(right).replace("Islam", "Hindu") == told(wrong)
    assert right.possible and wrong.possible


def test_who_does_not_see_a_fact_can_not_say_that_it_is_wrong(people: People) -> None:
    target = models.Identity.objects.known().get(person_id=people.city.ids["own"]).uid
    asked = {"act": Act.CORRECT, "target": target, "on": None}
    seen = look(people, "unit_clerk", "identity", values={"religion": "Islam"}, **asked)
    assert [problem.code for problem in seen.problems] == ["unseen"] and not seen.coming
    with pytest.raises(EntryRefused, match="Agama, tidak ditampilkan kepada Anda"):
        people.enter("unit_clerk", "own", "identity", values={"religion": "Islam"}, **asked)
    with pytest.raises(EntryRefused, match="Tempat lahir, tidak ditampilkan kepada Anda"):
        people.enter("unit_clerk", "own", "identity", values={"birth_place": "Kota Uji"}, on=LATER)


def test_an_officer_sees_what_is_private_with_numbers_masked(people: People) -> None:
    seen = look(people, "nurul", "bankaccount", values={"number": NEW})
    assert facts(seen.ceasing[0]) == {
        "Bank": "Bank Uji",
        "Nomor rekening": "•••• 7766",
        "Atas nama": "Suparman",
    }
    assert facts(seen.new[0])["Nomor rekening"] == NEW, "what he typed himself"
    seen = look(people, "nurul", "identity", values={"religion": "Hindu"})
    assert NIK not in told(seen) and "990101******0001" in told(seen)
    assert "198502022010011001" not in told(look(people, "nurul", "employment", values={"standing": "CLTN"}))


def test_an_employee_sees_his_own_in_full(people: People) -> None:
    seen = look(people, "employee", "bankaccount", values={"number": NEW})
    assert facts(seen.ceasing[0])["Nomor rekening"] == ACCOUNT
    assert paths(people) == []


def test_every_preview_of_somebody_else_is_logged(people: People) -> None:
    look(people, "unit_clerk", "contact", values={"phone": "0812 1111 1111"})
    assert paths(people) == ["people.preview"]
    entry = people.enter("unit_clerk", "own", "contact", values={"phone": "0812 1111 1111"}, on=TODAY)
    look_at(people.actor("unit_clerk"), entry)
    look_at(people.actor("wahyu"), entry)
    assert paths(people) == ["people.preview"] * 3


def test_who_decides_sees_the_new_number_and_its_owner_reads_so(people: People) -> None:
    entry = people.enter("employee", "own", "bankaccount", values={"number": NEW}, on=LATER)
    seen = look_at(people.actor("wahyu"), entry)
    assert facts(seen.ceasing[0])["Nomor rekening"] == "•••• 7766"
    assert facts(seen.new[0])["Nomor rekening"] == NEW
    assert paths(people) == ["people.preview_number"]


def test_who_may_not_decide_sees_no_number_either(people: People) -> None:
    values = {"relation": "sibling", "name": "Saudara", "relative": people.city.persons["above"]}
    people.change("own", "relative", values=values, on=date(2020, 1, 1))
    entry = people.enter("employee", "own", "bankaccount", values={"number": NEW}, on=LATER)
    relative = replace(people.actor("wahyu"), person_id=people.city.ids["above"])
    assert NEW not in told(look_at(relative, entry))


def test_an_entry_tells_its_numbers_to_who_typed_them_and_to_whom_they_belong(people: People) -> None:
    entry = people.enter("unit_clerk", "own", "bankaccount", values={"number": NEW}, on=LATER)
    shown = {
        who: queries.get_entry(actor=people.actor(who), at=AT, uid=entry).values["number"]
        for who in ("employee", "unit_clerk", "wahyu")
    }
    assert shown == {"employee": NEW, "unit_clerk": NEW, "wahyu": "•••• 1112"}
    listed = queries.list_entries(actor=people.actor("wahyu"), at=AT)
    assert NEW not in str(listed)


def test_who_entered_something_looks_at_it_only_within_his_scope(people: People) -> None:
    entry = people.enter("unit_clerk", "own", "bankaccount", values={"number": NEW}, on=LATER)
    clerk = people.actor("unit_clerk")
    assert look_at(clerk, entry).possible
    for grants in ((Grant("employee"),), ()):
        with pytest.raises(EntryNotFound):
            look_at(replace(clerk, grants=grants), entry)


def test_a_name_beyond_the_scope_is_not_told_for_a_number(people: People) -> None:
    values = {"relation": "sibling", "name": "Saudara", "relative": people.city.persons["foreign"]}
    mine = look(people, "employee", "relative", values=values)
    assert "Tigor" not in told(mine) and facts(mine.new[0])["Pegawai"]
    assert "Tigor" in told(look(people, "nurul", "relative", values=values))
    entry = people.enter("employee", "own", "relative", values=values, on=LATER)
    assert "Tigor Marpaung" in told(look_at(people.actor("wahyu"), entry))
    assert "Tigor" not in told(look_at(people.actor("employee"), entry))
