"""Four posts on their way: one open, one being scored, one that waits for the mayor, one that is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from pamong.demo.work.cast import AUDITOR, CHECKER, CLERK, MAYOR, SECRETARY, THIRD, Cast, given
from pamong.ledger.sql import fetch
from pamong.merit import services
from pamong.merit.queries import list_locked
from pamong.merit.services import Given, Member

PANEL = (SECRETARY, "priyono", CHECKER, "sekar", AUDITOR)  # the chair first
_ELEMENTS = (
    {"code": "assessment", "title": "Uji kompetensi", "weight": 30},
    {"code": "paper", "title": "Makalah", "weight": 20},
    {"code": "interview", "title": "Wawancara", "weight": 30},
    {"code": "track_record", "title": "Rekam jejak", "weight": 20},
)
_NAMES = 3
_OPENED = "SELECT uid FROM merit_vacancy WHERE decision = %(decision)s"
_APPLIED = """
SELECT a.uid FROM merit_application a JOIN merit_vacancy v ON v.id = a.vacancy_id
WHERE v.uid = %(vacancy)s ORDER BY a.id
"""
_BEST, _APART, _MEMBER = 8650, 240, 35  # hundredths: of the first, between two candidates, between members


@dataclass(frozen=True, slots=True)
class Plan:
    """When a vacancy took its steps, in days before the demo begins; ``closes`` the last day to apply."""

    opened: int
    announced: int
    closes: int
    needed: int


def opened(cast: Cast, seat: UUID, plan: Plan) -> UUID:
    """A vacancy that the mayor has opened and whose panel he has appointed, announced by the secretariat."""
    asked = form(cast, seat, plan)
    done = services.propose_vacancy(**cast.who(CLERK, plan.opened), key=uuid4(), asked=asked)
    cast.agree(SECRETARY, done.uid, plan.opened)
    cast.agree(MAYOR, done.uid, plan.opened)
    ((uid,),) = fetch(_OPENED, {"decision": done.uid})
    vacancy = UUID(str(uid))
    members = [Member(cast.uid(who), chair=who == PANEL[0], no_party=True) for who in PANEL]
    done = services.propose_panel(
        **cast.who(CLERK, plan.announced), key=uuid4(), vacancy=vacancy, members=members
    )
    cast.agree(THIRD, done.uid, plan.announced)  # the secretary is to sit on it
    cast.agree(MAYOR, done.uid, plan.announced)
    services.announce(**cast.who(CLERK, plan.announced), vacancy=vacancy)
    return vacancy


def form(cast: Cast, seat: UUID, plan: Plan) -> dict[str, Any]:
    """What the form of an opening says."""
    return {
        "seat": str(seat), "closes_on": cast.day(plan.closes).isoformat(),
        "needed_on": cast.day(plan.needed).isoformat(), "names": _NAMES, "elements": list(_ELEMENTS),
    }  # fmt: skip


def apply(cast: Cast, vacancy: UUID, persons: Sequence[int], first: int) -> None:
    """These apply, one a day from so many days ago on."""
    accounts = cast.accounts_of(persons)
    for place, person in enumerate(persons):
        services.apply(**cast.who(accounts[person], first - place), vacancy=vacancy)


def closed(cast: Cast, vacancy: UUID, ago: int) -> None:
    """The last day has passed."""
    services.close_applications(**cast.who(CLERK, ago), vacancy=vacancy)


def sit(cast: Cast, vacancy: UUID, members: Sequence[str], ago: int) -> None:
    """Members say that they are there."""
    for who in members:
        services.declare_present(**cast.who(who, ago), vacancy=vacancy)


def scored(cast: Cast, vacancy: UUID, members: Sequence[str], ago: int) -> None:
    """Members sit and hand in their sheets."""
    sit(cast, vacancy, members, ago)
    _score(cast, vacancy, members, ago)


def _score(cast: Cast, vacancy: UUID, members: Sequence[str], ago: int) -> None:
    """Sheets much alike, and no two the same."""
    rows = [UUID(str(uid)) for (uid,) in fetch(_APPLIED, {"vacancy": vacancy})]
    for seat, who in enumerate(members):
        sheet = [
            Given(row, str(each["code"]), _points(place, seat, number))
            for place, row in enumerate(rows)
            for number, each in enumerate(_ELEMENTS)
        ]
        services.give_scores(**cast.who(who, ago), vacancy=vacancy, scores=sheet)


def _points(place: int, member: int, element: int) -> int:
    """What a member gives in an element: whole and half points, as people score."""
    wave = (place * 7 + member * 5 + element * 3) % 9 - 4
    return _BEST - _APART * place + _MEMBER * wave // 50 * 50


def locked(cast: Cast, vacancy: UUID, ago: int) -> None:
    """The chair opens the scores when all are in, and signs the result on the day after."""
    services.open_scores(**cast.who(SECRETARY, ago), vacancy=vacancy)
    done = services.propose_lock(**cast.who(CLERK, ago - 1), key=uuid4(), vacancy=vacancy)
    cast.agree(SECRETARY, done.uid, ago - 1)


def put(cast: Cast, vacancy: UUID, ago: int) -> UUID:
    """The names wait for the mayor; the secretary has weighed them."""
    done = services.propose_appointment(**cast.who(CLERK, ago), key=uuid4(), vacancy=vacancy)
    cast.agree(SECRETARY, done.uid, ago - 2)
    return done.uid


def choose_second(cast: Cast, vacancy: UUID, decision: UUID, ago: int, reason: str) -> None:
    """The mayor takes the second name, with his reason."""
    second = list_locked(vacancy=vacancy, on=cast.day(ago))[1]
    content = {"vacancy": str(vacancy), "application": str(second.application)}
    cast.answer(MAYOR, decision, ago, given(reason, content, rank=reason))
