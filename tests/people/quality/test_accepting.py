"""A finding is accepted with a reason; it comes back when data change, on its day, or when opened again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pamong.access.errors import NotAllowed
from pamong.kernel import timeline as acts
from pamong.kernel.actor import Actor
from pamong.ledger.choices import Act
from pamong.ledger.dated import timeline, write
from pamong.ledger.models import Intake
from pamong.people import quality
from pamong.people.errors import AcceptReasonMissing, AcceptUntilPast, FindingGone
from pamong.people.models import Contact, Person, QualityAccept
from pamong.web.people.law import national
from tests.people.quality.conftest import Register
from tests.support.people import AT, TODAY

RULE = quality.rule_of("tanpa-pendidikan")


def say(register: Register, who: Person, username: str = "nurul", **asked: Any) -> None:
    actor = register.people.actor(username)
    told = {"rule": RULE, "subject": who.uid, "reason": "Tamatan kursus, tanpa ijazah", **asked}
    quality.accept(actor=actor, at=AT, law=national(), **told)


def reopen(register: Register, who: Person) -> None:
    quality.reopen(actor=register.people.actor("wahyu"), at=AT, law=national(), rule=RULE, subject=who.uid,
                   reason="Ijazahnya ada")  # fmt: skip


def is_open(register: Register, who: Person, slug: str = RULE.slug) -> bool:
    return who.uid in {found.subject for found in register.findings(slug)}


def test_an_accepted_finding_leaves_the_list_and_stands_in_its_own(register: Register) -> None:
    who = register.person(education=None)
    before = quality.count_findings(actor=register.people.actor("nurul"), on=TODAY, law=national())
    say(register, who)
    assert not is_open(register, who)
    (found,) = register.findings(RULE.slug, accepted=True)
    assert found.accepted is not None
    assert (found.accepted.by, found.accepted.reason) == ("Nurul", "Tamatan kursus, tanpa ijazah")
    after = quality.count_findings(actor=register.people.actor("nurul"), on=TODAY, law=national())
    assert (after.total.value, after.accepted.value) == (before.total.value - 1, 1)
    assert "people.quality_judged" in set(Intake.objects.values_list("kind", flat=True))


def test_it_comes_back_when_somebody_opens_it_again(register: Register) -> None:
    who = register.person(education=None)
    say(register, who)
    reopen(register, who)
    assert is_open(register, who)
    assert [row.accepted for row in QualityAccept.objects.order_by("id")] == [True, False]
    with pytest.raises(FindingGone):
        reopen(register, who)


def test_it_comes_back_on_its_day(register: Register) -> None:
    who = register.person(education=None)
    say(register, who, until=TODAY + timedelta(days=30))
    assert not is_open(register, who)
    then = register.people.actor("nurul", TODAY + timedelta(days=30))
    found = quality.list_findings(actor=then, at=AT, on=then.on, law=national(), rules=[RULE], size=99)
    assert who.uid in {each.subject for each in found.rows}
    with pytest.raises(AcceptUntilPast):
        say(register, register.person(**_second()), until=TODAY)


def test_another_value_is_another_finding(register: Register) -> None:
    who = register.person(contact={"phone": ""})
    contact = quality.rule_of("kontak-kurang")
    say(register, who, rule=contact)
    assert not is_open(register, who, contact.slug)
    _no_mail(register, who)
    assert is_open(register, who, contact.slug), "now the address is missing as well"


def test_a_reason_is_needed(register: Register) -> None:
    who = register.person(education=None)
    with pytest.raises(AcceptReasonMissing):
        say(register, who, reason="  ")
    assert is_open(register, who)


def test_what_is_not_found_is_not_accepted(register: Register) -> None:
    with pytest.raises(FindingGone):
        say(register, register.person())


def test_clerks_do_not_accept(register: Register) -> None:
    with pytest.raises(NotAllowed):
        say(register, register.person(education=None), "unit_clerk")


def test_the_command_line_accepts_nothing(register: Register) -> None:
    who = register.person(education=None)
    operator = Actor.operator("uji", TODAY)
    with pytest.raises(NotAllowed):
        quality.accept(actor=operator, at=AT, law=national(), rule=RULE, subject=who.uid, reason="uji")


def test_nobody_accepts_what_is_about_himself(register: Register) -> None:
    who = register.person(education=None)
    account = register.people.actor("nurul")
    himself = Actor(account.user_id, who.pk, account.name, account.grants, TODAY)
    with pytest.raises(NotAllowed):
        quality.accept(actor=himself, at=AT, law=national(), rule=RULE, subject=who.uid, reason="uji")


def test_a_unit_can_be_accepted_too(register: Register) -> None:
    rule = quality.rule_of("unit-tanpa-pemimpin")
    melati = register.people.city.units["pkm_melati"]
    quality.accept(actor=register.people.actor("nurul"), at=AT, law=national(), rule=rule, subject=melati,
                   reason="Dipimpin dinas")  # fmt: skip
    assert [found.label for found in register.findings(rule.slug)] == ["Dinas Pendidikan"]


@pytest.mark.parametrize(
    "change", ["UPDATE people_qualityaccept SET reason = 'x'", "DELETE FROM people_qualityaccept"]
)
def test_what_was_said_stays(register: Register, change: str) -> None:
    say(register, register.person(education=None))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert QualityAccept.objects.count() == 1


def _second() -> dict[str, Any]:
    return {
        "identity": {"name": "Ayu", "nik": None},
        "employment": {"nip": "199502142020012002"},
        "education": None,
    }


def _no_mail(register: Register, who: Person) -> None:
    """The contact changes through a dated row, as any act makes it."""
    rows = timeline(Contact, person_id=who.pk)
    plan = acts.change(rows, date(2026, 11, 1), {"phone": "", "email": "", "work_email": "", "address": ""})
    write(Contact, {"person_id": who.pk}, plan, act=Act.CHANGE, basis=register.basis)
