"""The small city with accounts of those who keep its data: for tests of acts on people.

``nurul``, ``wahyu`` and ``ratih`` are personnel officers of the whole government, ``arif`` audits pay;
``superior``, ``unit_clerk`` and ``employee`` are the accounts of the city's chief, clerk and ``own``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.people import services
from tests.support.city import City, build_city

TODAY = date(2026, 11, 10)
AT = datetime(2026, 11, 10, 0, 30, tzinfo=UTC)
OFFICERS = ("nurul", "wahyu", "ratih")
_ROLES = {
    **dict.fromkeys(OFFICERS, "personnel_officer"),
    "arif": "pay_auditor",
    "unit_clerk": "unit_clerk",
    "superior": "",
    "employee": "",
}


@dataclass(frozen=True)
class People:
    """The city, and its accounts by name."""

    city: City

    def actor(self, username: str, on: date = TODAY) -> Actor:
        """The account as it acts on a date."""
        return access.actor_for(User.objects.get(username=username), on)

    def enter(self, username: str, person: str, subject: str, **asked: Any) -> UUID:
        """Enter a change (or ``act=``) about somebody of the city; returns the entry's id."""
        given = {"act": Act.CHANGE, "values": {}, "reason": "uji", **asked}
        uid = self.city.persons[person]
        done = services.enter(actor=self.actor(username), at=AT, person=uid, subject=subject, **given)
        return done.uid

    def accept(self, username: str, entry: UUID) -> None:
        """Let an account accept an entry."""
        services.decide(actor=self.actor(username), at=AT, entry=entry, accept=True)

    def change(self, person: str, subject: str, **asked: Any) -> UUID:
        """Enter by nurul and accept by wahyu."""
        entry = self.enter("nurul", person, subject, **asked)
        self.accept("wahyu", entry)
        return entry


def small_people(password: str | None = None) -> People:
    """Make the accounts and the city; without a password nobody signs in."""
    operator = Actor.operator("uji", TODAY)
    for username, role in _ROLES.items():
        access_services.create_user(
            actor=operator, at=AT, username=username, display_name=username.title(), password=password
        )
        if role:
            unit = "dinkes" if role == "unit_clerk" else ""
            access_services.grant_role(
                actor=operator, at=AT, username=username, role=role, unit_path=unit,
                start_on=date(2020, 1, 1), reason="uji",
            )  # fmt: skip
    return People(build_city(TODAY))


@transaction.atomic
def opening_basis() -> int:
    """A basis of opening data, for what is put there by a file or a demo."""
    return ledger.seal(actor=Actor.operator("uji", TODAY), kind=SealKind.OPENING, ref=uuid4())


def identity_of(name: str = "Dewi", **more: Any) -> Mapping[str, Any]:
    """What an identity needs at least."""
    return {"name": name, "birth_date": "1995-02-14", "sex": "P", **more}


def employment_of(nip: str = "199502142020012001", **more: Any) -> Mapping[str, Any]:
    """What an employment of the same person needs, from January 2020."""
    return {"kind": "PNS", "nip": nip, "standing": "Aktif", **more}
