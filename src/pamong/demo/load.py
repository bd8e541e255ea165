"""Fills the demo: the town with its people, accounts with their roles, a year of months from files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pamong.access import clock
from pamong.access import queries as access_queries
from pamong.access import services as access
from pamong.demo.accounts import ACCOUNTS, Account
from pamong.demo.people import DEMO_PASSWORD
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.pay import queries
from pamong.people import queries as people
from pamong.people import services

if TYPE_CHECKING:
    from pamong.demo.town.shapes import Town

PROFILE = "contoh"
PEOPLE = 8_200  # in service; as many as the city that it is shaped like
MONTHS = 12
_ROLES_FROM = date(2026, 1, 1)
_LOADER = "contoh"
Tell = Callable[[str], None]


def ensure(progress: Tell, size: int = PEOPLE, months: int = MONTHS) -> list[tuple[str, str, str]]:
    """Make what is missing of the demo; user name, password and what each account shows.

    `progress` prints one line. Everything that is there stays as it is, so that a later start does nothing.
    """
    actor, at = Actor.operator(_LOADER, clock.today()), clock.now()
    for account in ACCOUNTS:
        _ensure_account(actor, at, account)
    missing = [month for month in last_months(actor.on, months) if not _published(actor, month)]
    if not _peopled(actor, at) or missing:
        town = _town(size, progress)
        if not _peopled(actor, at):
            _load(actor, at, town, progress)
        for month in missing:
            _compute(actor, at, town, month, progress)
    return [(each.username, DEMO_PASSWORD, f"{each.shows}: {each.display_name}") for each in ACCOUNTS]


def last_months(on: date, count: int) -> list[date]:
    """The first days of so many months before that of a date, the oldest first."""
    number = on.year * 12 + on.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - count, number)]


def _ensure_account(actor: Actor, at: datetime, account: Account) -> None:
    if access_queries.find_user(account.username) is None:
        access.create_user(
            actor=actor,
            at=at,
            username=account.username,
            display_name=account.display_name,
            password=DEMO_PASSWORD,
        )
    held = access_queries.list_grants(actor=actor, username=account.username)
    if account.role and not any(grant.role == account.role for grant in held):
        access.grant_role(
            actor=actor,
            at=at,
            username=account.username,
            role=account.role,
            unit_path=account.unit,
            start_on=_ROLES_FROM,
            reason="Peragaan",
        )


def _peopled(actor: Actor, at: datetime) -> bool:
    asked = people.Asked(status="")
    return people.list_people(actor=actor, at=at, on=actor.on, asked=asked, size=1).total > 0


def _published(actor: Actor, month: date) -> bool:
    return any(run.published_at and run.month == month for run in queries.list_runs(actor=actor))


def _town(size: int, progress: Tell) -> Town:
    from pamong.demo.town.build import town  # noqa: PLC0415 - only where there is something to make

    progress(f"Menyusun kota rekaan dengan {size} pegawai")
    return town(size)


def _load(actor: Actor, at: datetime, town: Town, progress: Tell) -> None:
    """The town and its accounts in one go: a start that is cut off leaves neither."""
    from django.db import transaction  # noqa: PLC0415

    from pamong.demo.town.load import load  # noqa: PLC0415

    with transaction.atomic():
        loaded = load(town, actor=actor, at=at, progress=progress)
        progress("Memeriksa seluruh aturan data")
        _link(actor, at, town.personas, loaded.uids)


def _link(actor: Actor, at: datetime, personas: Mapping[str, int], uids: Mapping[int, UUID]) -> None:
    for account in ACCOUNTS:
        if account.who:
            person = uids[personas[account.who]]
            services.link_user(actor=actor, at=at, person=person, username=account.username)


def _compute(actor: Actor, at: datetime, town: Town, month: date, progress: Tell) -> None:
    """One month from the files that its offices hand in, and from the register."""
    # Loaded only where there is something to compute: they bring Polars along.
    from pamong.demo.town.months import Months  # noqa: PLC0415
    from pamong.interop.month import keep_file, keep_register, run_month  # noqa: PLC0415
    from pamong.pay.choices import FileKind, Mode  # noqa: PLC0415
    from pamong.pay.services import start_run  # noqa: PLC0415

    progress(f"Menghitung {format_month(month.year, month.month)}")
    files = [keep_register(actor=actor, at=at, month=month)]
    for name, data in Months(town).files((month.year, month.month)):
        kind = FileKind.MONTHLY if name.startswith("isian") else FileKind.PUNCHES
        files.append(keep_file(kind, name, data))
    run = start_run(actor=actor, at=at, month=month, profile=PROFILE, files=files, mode=Mode.DEMO)
    run_month(actor=actor, at=at, uid=run.uid)
