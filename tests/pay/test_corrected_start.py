"""Case P-15: a start of service that is corrected after a run; the month stays, the service intersects it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pamong.interop.month import keep_register
from pamong.ledger.choices import Act
from pamong.pay.choices import FileKind
from pamong.pay.models import SlipInput
from pamong.people import models as people
from pamong.people import services
from tests.pay.from_register import KeptFiles
from tests.pay.support import Office, Someone, files_of
from tests.support.city import since
from tests.support.lists import Government, build
from tests.support.month import MORNING
from tests.support.paid_months import weekdays

pytestmark = pytest.mark.django_db
SEPTEMBER, CORRECTED = date(2026, 9, 1), date(2026, 9, 5)
NEW = Someone(1, start_on=SEPTEMBER, days=dict.fromkeys((1, 2, 3, 4)))  # at work from Monday the 7th


def september(office: Office) -> dict[str, Any]:
    """The slip of September by days, from the register as it stands, with its facts."""
    kept = files_of([NEW], days=weekdays(SEPTEMBER), month=SEPTEMBER).keep()
    register = keep_register(actor=office.actor, at=office.at, month=SEPTEMBER)
    files = KeptFiles((register, *(file for file in kept if file.kind is not FileKind.PEOPLE)))
    slip = office.run(files, month=SEPTEMBER, profile="samarinda").by_nip()[NEW.nip]  # type: ignore[arg-type]
    return slip | {"facts": json.loads(SlipInput.objects.get(slip__uid=slip["uid"]).facts)}


def correct_start(town: Government) -> None:
    """One officer enters it, another agrees."""
    person = town.persons[1]
    target = people.Employment.objects.get(person=person).uid
    entered = services.enter(
        actor=town.as_("checker"), at=MORNING, person=person.uid, subject="employment", act=Act.CORRECT,
        values={}, target=target, on=CORRECTED, reason="SPMT menyebut 5 September",
    )  # fmt: skip
    services.decide(actor=town.as_("second"), at=MORNING, entry=entered.uid, accept=True)


def test_case_P_15_a_corrected_start_leaves_the_month_and_pays_26_days(office: Office) -> None:
    town = build(office, [NEW])
    row = people.Employment.objects.get(person=town.persons[1])
    people.Rank.objects.create(
        person=town.persons[1], golongan="III/a", period=since(SEPTEMBER), basis_id=row.basis_id
    )
    before = september(office)
    correct_start(town)
    after = september(office)
    assert (before["state"], after["state"]) == ("computed", "computed")
    assert after["facts"]["person"]["days_in_month"] == 30, "the period is 1 to 30 September as before"
    assert after["ceiling"] == (before["ceiling"] * 26 * 2 + 30) // 60, "26 of 30 days"
    assert [slip["facts"]["segment"][0]["on"] for slip in (before, after)] == ["2026-09-01", "2026-09-05"]
