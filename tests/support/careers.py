"""Careers for two people of the small city: thirty lines of history, so that a file has something to tell.

``chief`` leads the health office and once stood in for the secretary; ``own`` has a plain career, a family,
diplomas of which one was looked at, and will stand in for the clerk next month.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models as org
from pamong.people import models as people
from tests.support.city import City, since

RANKS_ON = (4, 1)
KNOWN_FROM = date(2020, 4, 1)  # from here on the city itself has their ranks


@transaction.atomic
def build_careers(city: City, today: date, checker: str = "personnel_officer") -> None:
    """Add the rows, on a basis of their own; the account ``checker`` has looked at a diploma."""
    actor = Actor.operator("uji", today)
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid4())
    _own(city, {"person_id": city.ids["own"], "basis_id": basis}, User.objects.get(username=checker))
    _chief(city, {"person_id": city.ids["chief"], "basis_id": basis})


def _own(city: City, who: dict[str, Any], checker: User) -> None:
    _ranks(who, ("II/a", 2010), ("II/b", 2014), ("II/c", 2017))
    for years, start in ((0, 2010), (2, 2012), (4, 2014), (6, 2016), (8, 2018), (10, 2020)):
        until = date(start + 2, 4, 1) if start < 2020 else date(2024, 4, 1)
        people.SalaryStep.objects.create(
            mkg_years=years, ground="Kenaikan gaji berkala", order_no=f"822.3/{start}",
            order_on=date(start, 3, 1), period=since(date(start, 4, 1), until), **who,
        )  # fmt: skip
    people.Appointment.objects.create(
        kind="plh", stint=1, seat=_seat(city, "clerk"), order_no="800/88", order_on=date(2026, 11, 3),
        period=since(date(2026, 12, 1), date(2026, 12, 15)), **who,
    )  # fmt: skip
    school = people.Education.objects.create(
        level="SMA", programme="IPS", school="SMA Negeri 1 Uji", graduated_year=2003,
        diploma_no="DN-01 Ma 0001", period=since(date(2010, 1, 1)), **who,
    )  # fmt: skip
    people.Education.objects.create(
        level="D-3", programme="Administrasi Perkantoran", school="Politeknik Uji",
        graduated_on=date(2007, 8, 20), diploma_no="D3/2007/114", back_title="A.Md.",
        period=since(date(2010, 1, 1)), **who,
    )  # fmt: skip
    people.Check.objects.create(
        person_id=who["person_id"], subject=school.item, outcome="verified", how="Dilihat aslinya",
        by=checker, by_name=checker.display_name,
    )  # fmt: skip
    people.Relative.objects.create(
        relation="spouse", name="Ketut Sariasih", sex="P", birth_date=date(1991, 6, 2),
        occupation="Perawat", relative_id=city.ids["mate"], entitled=True, married_on=date(2015, 5, 9),
        period=since(date(2015, 5, 9)), **who,
    )  # fmt: skip
    people.Relative.objects.create(
        relation="child", name="Wayan Arta", sex="L", birth_date=date(2016, 11, 3), entitled=True,
        nik="9901010311160001", period=since(date(2016, 11, 3)), **who,
    )  # fmt: skip


def _chief(city: City, who: dict[str, Any]) -> None:
    _ranks(
        who,
        ("III/a", 1999),
        ("III/b", 2003),
        ("III/c", 2007),
        ("III/d", 2011),
        ("IV/a", 2014),
        ("IV/b", 2017),
    )
    people.Education.objects.create(
        level="S-2", programme="Administrasi Publik", school="Universitas Uji",
        graduated_on=date(2009, 11, 14), back_title="M.A.P.", period=since(date(2009, 11, 14)), **who,
    )  # fmt: skip
    people.Appointment.objects.create(
        kind="plt", stint=1, seat=_seat(city, "above"), order_no="821.2/117", order_on=date(2023, 6, 27),
        period=since(date(2023, 7, 1), date(2023, 12, 1)), **who,
    )  # fmt: skip
    people.SalaryStep.objects.create(
        mkg_years=26, ground="Kenaikan gaji berkala", order_no="822.4/019", order_on=date(2022, 3, 1),
        period=since(date(2022, 4, 1), date(2024, 4, 1)), **who,
    )  # fmt: skip


def _ranks(who: dict[str, Any], *steps: tuple[str, int]) -> None:
    """Ranks from the given years on, each until the next, the last until the city's own."""
    starts = [date(year, *RANKS_ON) for _golongan, year in steps]
    for (golongan, year), start, end in zip(steps, starts, [*starts[1:], KNOWN_FROM], strict=True):
        people.Rank.objects.create(
            golongan=golongan, ground="Kenaikan pangkat reguler", order_no=f"823.3/{year}",
            order_on=date(year, 3, 15), period=since(start, end), **who,
        )  # fmt: skip


def _seat(city: City, key: str) -> org.Seat:
    return org.Seat.objects.get(uid=city.seats[key])
