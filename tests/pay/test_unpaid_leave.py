"""Unpaid leave reaches pay by one way: granted by decision, through the register, as a part of the month.

The cases speak of pay by working days. Pamong computes the allowance (TPP), here in a region that counts the
calendar days of a paid standing: 28 of November's 30 where two of them are unpaid leave.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from pamong.access.models import User
from pamong.attendance.services import Upload
from pamong.decisions.choices import State
from pamong.decisions.errors import ContentUnfit
from pamong.pay.models import Difference, DifferenceLine, PayItem, Slip, SlipInput, SlipLine
from pamong.people.models import Appointment, Employment
from tests.pay.from_register import nip
from tests.pay.support import region
from tests.support.deciding import WHY, desk_of
from tests.support.late_month import NOVEMBER, OCTOBER, LateMonth, build
from tests.support.leaving import LeaveDesk
from tests.support.people import opening_basis

PDF = Upload("surat.pdf", b"%PDF-1.4\n%uji\n")
CONSENT = {"consent": "Nomor 12/BKN/2026 tanggal 5 November 2026", "late": WHY}
pytestmark = pytest.mark.django_db
WHOLE, OF_21_DAYS = 4_221_908, 2_860_002  # of October's 31 days; without a post from the 22nd on
MATE = nip("mate")
FIRST, LAST = date(2026, 10, 22), date(2026, 10, 23)


@pytest.fixture
def folder(tmp_path: Any, settings: Any) -> Any:
    """Where the site keeps its files and its regulation; its law is that of the example region."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    settings.PAMONG_PROFILE = "contoh"
    return tmp_path


@dataclass(frozen=True)
class City:
    """A paid October in a region that pays by the day, and who asks for leave there. ``leave``: what October
    was paid with."""

    made: LateMonth
    leaves: LeaveDesk
    leave: UUID | None


def city(folder: Any, *days: date) -> City:
    """``days``: the first and the last of an unpaid leave that was known when October was computed."""
    found: list[Any] = []

    def known(made: LateMonth) -> None:
        found.append(LeaveDesk(desk_of(made.people)))
        found.append(grant(found[0], *days) if days else None)

    made = build(folder / "situs", profile=region(folder, proration="by_day"), before=known)
    return City(made, *found)


def grant(leaves: LeaveDesk, first: date = FIRST, last: date = LAST, who: str = "mate") -> UUID:
    """Unpaid leave as it is decided: asked for, weighed by the chief, signed by the head of government."""
    uid = leaves.ask(who, leave="CLTN", first=f"{first}", last=f"{last}", file=PDF)
    leaves.desk.answer("chief", uid)
    assert leaves.desk.answer("mayor", uid, reasons=CONSENT) is State.SEALED
    return uid


def cancel(leaves: LeaveDesk, leave: UUID, last: date | None = None) -> UUID:
    """The leave is given back: the head of government signs that too."""
    uid = leaves.shorten("mate", leave, last)
    assert leaves.desk.answer("mayor", uid, reasons={"past": WHY, "return": WHY}) is State.SEALED
    return uid


def put_back(made: LateMonth, on: date) -> None:
    """He is given his post again: unpaid leave takes it, and its end gives none back."""
    before = Appointment.objects.filter(person_id=made.people.city.ids["mate"], kind="regular").latest("pk")
    Appointment.objects.create(
        person_id=before.person_id, seat_id=before.seat_id, kind="regular", stint=before.stint,
        basis_id=opening_basis(), period=DateRange(on, None),
    )  # fmt: skip


def slip(month: date) -> Any:
    return Slip.objects.filter(run__month=month, nip=MATE).order_by("-pk")[0]


def stored() -> list[Any]:
    """Every slip that was ever written, with lines and facts, to the byte."""
    return [list(model.objects.order_by("pk").values()) for model in (Slip, SlipLine, SlipInput)]


def parts(row: Any) -> list[tuple[int, int, str]]:
    told = json.loads(SlipInput.objects.get(slip=row).facts)["segment"]
    return [(each["segment_first"], each["segment_last"], each["segment_standing"]) for each in told]


def test_case_P_17_unpaid_leave_is_taken_off_once(folder: Any) -> None:
    """Two of November's thirty days are unpaid: nothing else is taken for them, neither for presence nor for
    work, and once, though the register of leave and his standing both tell of them."""
    town = city(folder)
    town.made.compute(NOVEMBER)
    whole = slip(NOVEMBER).gross
    grant(town.leaves, date(2026, 11, 23), date(2026, 11, 24))
    put_back(town.made, date(2026, 11, 25))
    town.made.compute(NOVEMBER)
    row = slip(NOVEMBER)
    assert parts(row) == [(1, 22, "Aktif"), (25, 30, "Aktif")]
    assert whole == WHOLE and row.gross == 3_940_447  # 28/30 of it: 3.940.447,47
    standing = Employment.objects.filter(person_id=row.person_id, superseded_at=None, standing="CLTN").get()
    assert (standing.period.lower, standing.period.upper) == (date(2026, 11, 23), date(2026, 11, 25))


def test_case_P_03_and_P_25_leave_given_back_after_payment_returns_what_was_taken_once(folder: Any) -> None:
    """October is paid with two unpaid days. They are given back: the slip stays, what was taken and no more
    comes with November's list, with its reason and a link; there is nothing to give back a second time."""
    town = city(folder, FIRST, LAST)
    made, leaves, leave = town.made, town.leaves, town.leave
    assert leave
    before, paid = stored(), slip(OCTOBER)
    for wrong in (date(2026, 10, 24), date(2026, 10, 21)):  # three days, where two were taken
        with pytest.raises(ContentUnfit, match="Hari terakhir yang baru"):
            leaves.shorten("mate", leave, wrong)
    back = cancel(leaves, leave)
    with pytest.raises(ContentUnfit, match="tidak berlaku lagi"):
        leaves.shorten("mate", leave)
    assert (paid.gross, given(made)) == (OF_21_DAYS, WHOLE - OF_21_DAYS)
    assert DifferenceLine.objects.get().changes == [
        ["Bagian bulan", "kelas 8 (tanggal 1-21)", "kelas 8 (tanggal 1-31)"]
    ]
    assert made.post().people == 0
    assert unchanged(before)
    text = page_of_difference()
    assert f'href="{reverse("decisions:decision", args=[back])}"' in text
    assert "Cuti di luar tanggungan negara 22 Oktober 2026 sampai 23 Oktober 2026, dibatalkan" in text
    made.open(NOVEMBER)
    amounts = PayItem.objects.filter(person_id=paid.person_id, list__month=NOVEMBER).order_by("service_month")
    assert [row.service_month for row in amounts] == [OCTOBER, NOVEMBER]
    assert amounts[0].gross == Difference.objects.get().gross


def test_case_P_25_leave_granted_after_payment_is_taken_back_with_the_next_list(folder: Any) -> None:
    """The other way round, and given back again as a whole: each time the difference."""
    town = city(folder)
    before, paid = stored(), slip(OCTOBER)
    leave = grant(town.leaves)
    taken = given(town.made)
    assert (paid.gross, taken) == (WHOLE, OF_21_DAYS - WHOLE)
    assert unchanged(before)
    cancel(town.leaves, leave)
    assert given(town.made) == -taken
    assert Difference.objects.aggregate(all=Sum("gross")) == {"all": 0}


def test_case_P_25_leave_that_ended_earlier_is_paid_from_the_new_appointment_on(folder: Any) -> None:
    """Of two days one is given back, and he has a post again from then on: what that pays, and no more."""
    town = city(folder)
    leave = grant(town.leaves)
    taken = given(town.made)
    cancel(town.leaves, leave, FIRST)
    put_back(town.made, LAST)
    assert given(town.made) == WHOLE * 9 // 31
    assert taken == OF_21_DAYS - WHOLE


def given(made: LateMonth) -> int:
    """What the paid October differs by now for him, and for nobody else."""
    made.derive_whole(OCTOBER)
    made.compute(OCTOBER)
    assert made.post().people == 1
    row = Difference.objects.order_by("-pk")[0]
    assert row.person_id == made.people.city.ids["mate"]
    return int(row.gross)


def unchanged(before: list[Any]) -> bool:
    """Whether every slip says what it said, beside those of later runs."""
    return all(row in new for old, new in zip(before, stored(), strict=True) for row in old)


def page_of_difference() -> str:
    """The difference as the officer of the agency reads it."""
    client = Client()
    client.force_login(User.objects.get(username="nurul"))
    return client.get(reverse("pay:difference", args=[Difference.objects.get().uid])).content.decode()
