"""Lays the work ready, once, through the services: what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from pamong.demo.work import desk, filling
from pamong.demo.work.budgets import agree_budgets
from pamong.demo.work.cast import AUDITOR, CHECKER, CLERK, Cast
from pamong.demo.work.filling import PANEL, Plan
from pamong.demo.work.posts import able, check_diploma, empty_seats, schooled
from pamong.kernel.actor import Actor
from pamong.ledger.sql import fetch
from pamong.merit.queries import list_vacancies

_WHY_SECOND = (
    "Selisih nilainya kecil, dan calon kedua sudah empat tahun melayani warga di bidang yang sama. "
    "Tim penilai sudah didengar pada rapat penetapan."
)
_WANTED = 4  # who apply for a post
_OWN_VILLAGE = "kel_wonosekar"  # of the clerk who signs in, and meets the conditions
_VILLAGER = "ratna"
_PERSONS = """
SELECT p.id FROM people_person p JOIN access_user u ON u.id = p.user_id WHERE u.username = ANY(%(names)s)
ORDER BY p.id
"""


def ensure_work(actor: Actor, at: datetime, progress: Callable[[str], None]) -> None:
    """Fill posts, ask for leave, delegate and object, unless that was done before: all of it or nothing."""
    cast = Cast(actor, at)
    if list_vacancies(actor=cast.who(CLERK)["actor"]):
        return
    progress("Menyiapkan lowongan, cuti, dan keputusan yang menunggu")
    with transaction.atomic():
        waiting = _fill_posts(cast)
        desk.ask_for_leave(cast)
        desk.delegate(cast)
        desk.instruct(cast, waiting)
        agree_budgets(cast)


def _fill_posts(cast: Cast) -> UUID:
    """The decision that waits for the mayor's choice."""
    panel = [person for (person,) in fetch(_PERSONS, {"names": list(PANEL)})]
    (own, *_), desks = empty_seats(cast, "pengawas", _OWN_VILLAGE), empty_seats(cast, "pengawas")
    done, waits, other = [seat for seat in desks if seat != own][:3]
    staff = able(cast, ("pengawas", "IV.a"), "pelaksana", panel)
    leaders = able(cast, ("administrator", "III.a"), "pengawas", panel, "rank")
    _filled(cast, done, _some(staff))
    decision = _waiting(cast, waits, _some(staff))
    _being_scored(cast, empty_seats(cast, "administrator")[0], _some(leaders))
    _open(cast, own, _some(staff))
    desk.object_to_opening(cast, other)
    return decision


def _some(people: Iterator[int]) -> list[int]:
    return list(islice(people, _WANTED))


def _filled(cast: Cast, seat: UUID, people: list[int]) -> None:
    """Filled last week by the second of three names."""
    vacancy = filling.opened(cast, seat, Plan(opened=50, announced=49, closes=33, needed=8))
    filling.apply(cast, vacancy, people, 47)
    filling.closed(cast, vacancy, 32)
    filling.scored(cast, vacancy, PANEL, 29)
    filling.locked(cast, vacancy, 29)
    filling.choose_second(cast, vacancy, filling.put(cast, vacancy, 15), 8, _WHY_SECOND)


def _waiting(cast: Cast, seat: UUID, people: list[int]) -> UUID:
    """Locked with three names; the mayor chooses."""
    vacancy = filling.opened(cast, seat, Plan(opened=43, announced=42, closes=25, needed=-20))
    filling.apply(cast, vacancy, people, 40)
    filling.closed(cast, vacancy, 22)
    filling.scored(cast, vacancy, PANEL, 15)
    filling.locked(cast, vacancy, 15)
    return filling.put(cast, vacancy, 8)


def _being_scored(cast: Cast, seat: UUID, people: list[int]) -> None:
    """Three of the panel have scored; the chair and a member have their sheets still to fill in."""
    vacancy = filling.opened(cast, seat, Plan(opened=29, announced=28, closes=11, needed=-35))
    filling.apply(cast, vacancy, people, 25)
    filling.closed(cast, vacancy, 8)
    early = (CHECKER, "sekar", AUDITOR)
    filling.scored(cast, vacancy, early, 1)
    filling.sit(cast, vacancy, early, 0)


def _open(cast: Cast, seat: UUID, people: list[int]) -> None:
    """Open for applications: one of who applied is barred; the clerk of the village may apply herself."""
    vacancy = filling.opened(cast, seat, Plan(opened=12, announced=8, closes=-9, needed=-40))
    filling.apply(cast, vacancy, [*people[:3], schooled(cast, "pelaksana", "SLTA")], 6)
    ((clerk,),) = fetch(_PERSONS, {"names": [_VILLAGER]})
    check_diploma(cast, clerk)
