"""Fills the demo: the town with its people, accounts with their roles, a year of months from files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from pamong.access import clock
from pamong.access import queries as access_queries
from pamong.access import services as access
from pamong.career import services as career
from pamong.demo.accounts import ACCOUNTS, Account
from pamong.demo.paying import ensure_heads, pay_month
from pamong.demo.people import DEMO_PASSWORD
from pamong.demo.town.load import Loaded, Tell, load, loaded_people
from pamong.demo.work.load import ensure_work
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.errors import DomainError
from pamong.kernel.money import grouped
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from pamong.organisation import queries as organisation
from pamong.pay import path, queries
from pamong.people import services

if TYPE_CHECKING:
    from pamong.demo.town.shapes import Records, Town
    from pamong.pay.services import File

PROFILE = "contoh"
PEOPLE = 8_200  # in service; as many as the city that it is shaped like
MONTHS = 12
PRESENT = 20_000  # people up to whom the machines' punches of two months, and work that waits, are put in too
AHEAD = 3  # months whose lists of periodic raises are ready
DETAILED = 2  # months of which everybody's punches are handed in, not only of those whom they pay
APART = 20_000  # people: from here on speed counts for more than that a start cut off leaves nothing
_ROLES_FROM = date(2026, 1, 1)
_LOADER = "contoh"


class OtherTown(DomainError):
    """The demo's data hold a town of another size."""

    def __init__(self, people: int) -> None:
        super().__init__(
            f"Contoh sudah berisi {grouped(people)} pegawai. Untuk kota lain hapus dulu yang ini: "
            "pamong clean-demo"
        )


class HalfTown(DomainError):
    """A large town was cut off while it was put in."""

    def __init__(self) -> None:
        super().__init__(
            "Pengisian contoh terputus di tengah jalan. Hapus dulu, lalu mulai lagi: pamong clean-demo"
        )


def ensure(
    progress: Tell, people: int | None = None, months: int | None = None
) -> list[tuple[str, str, str]]:
    """Make what is missing of the demo; user name, password and what each account shows.

    ``progress`` prints one line. Everything that is there stays as it is, so that a later start does nothing.
    A town of another size than the usual one has its last month only. ``OtherTown``, ``HalfTown``.
    """
    actor, at = Actor.operator(_LOADER, clock.today()), clock.now()
    there = loaded_people()
    if there and people not in (None, there):
        raise OtherTown(there)
    size = there or people or PEOPLE
    for account in ACCOUNTS:
        ensure_account(actor, at, account)
    months = months or (MONTHS if size == PEOPLE else 1)
    missing = [month for month in last_months(actor.on, months) if not _published(actor, month)]
    if not there or missing:
        town = _town(actor, at, size, progress, there=bool(there))
        _raises(actor, at, progress)
        _months(actor, at, town, missing, progress, kept=size <= PRESENT)
        if size == PEOPLE and not there:
            _pay(actor, at, last_months(actor.on, months)[:-1], progress)
        _open_lists(actor, at, last_months(actor.on, 1)[0])
    if size <= PRESENT:
        ensure_work(actor, at, progress)
    return [(each.username, DEMO_PASSWORD, f"{each.shows}: {each.display_name}") for each in ACCOUNTS]


def _months(
    actor: Actor, at: datetime, town: Town, missing: Sequence[date], progress: Tell, *, kept: bool
) -> None:
    """Compute the months that are missing: the last one from what is ``kept`` here, the others from files. A
    large town keeps no presence, so that its last month comes from files too."""
    detailed, last = last_months(actor.on, DETAILED), last_months(actor.on, 1)[0]
    for month in missing:
        if month != last or not kept:
            _compute(actor, at, town, month, progress, detailed=month in detailed)
    if kept:
        _registers(actor, at, town, progress)
    if kept and last in missing:
        _compute_kept(actor, at, last, progress)


def last_months(on: date, count: int) -> list[date]:
    """The first days of so many months before that of a date, the oldest first."""
    number = on.year * 12 + on.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - count, number)]


def ensure_account(actor: Actor, at: datetime, account: Account) -> None:
    """Make an account with its role, unless it is there."""
    if access_queries.find_user(account.username) is None:
        access.create_user(
            actor=actor,
            at=at,
            username=account.username,
            display_name=account.display_name,
            password=DEMO_PASSWORD,
            email=f"{account.username}@kota.example",
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


def link_accounts(actor: Actor, at: datetime, loaded: Loaded) -> None:
    """Let each account be that of its person in the town."""
    for account in ACCOUNTS:
        if account.key is not None:
            uid = loaded.uids[account.key]
            services.link_user(actor=actor, at=at, person=uid, username=account.username)


def _published(actor: Actor, month: date) -> bool:
    return any(run.published_at and run.month == month for run in queries.list_runs(actor=actor))


def _town(actor: Actor, at: datetime, size: int, progress: Tell, *, there: bool) -> Town:
    """The town as rows; put in with its accounts where it is not there yet."""
    # Only where there is something to make.
    from pamong.demo.town.balances import load_balances  # noqa: PLC0415
    from pamong.demo.town.build import make  # noqa: PLC0415
    from pamong.demo.town.predicates import load_predicates  # noqa: PLC0415

    if not there and organisation.list_codes(actor=actor, begins=""):
        raise HalfTown
    progress(f"Menyusun kota rekaan dengan {grouped(size)} pegawai")
    making = make(size)
    if there:
        return making.whole(making.records)
    pieces: list[Records] = []

    def finish(loaded: Loaded) -> None:
        link_accounts(actor, at, loaded)
        load_predicates(actor, at, making.structure, pieces)
        load_balances(actor, at, pieces)
        if size == PEOPLE:
            known = [account.key for account in ACCOUNTS if account.key is not None]
            ensure_heads(actor, at, making.structure, pieces, loaded.uids, known)

    load(
        making, actor=actor, at=at, progress=progress, finish=finish, keep=pieces.append, apart=size >= APART
    )
    return making.whole(pieces)


def _pay(actor: Actor, at: datetime, months: Sequence[date], progress: Tell) -> None:
    """Months before the last one, paid."""
    for month in months:
        progress(f"Membayar {format_month(month.year, month.month)}")
        pay_month(at=at, on=actor.on, run=_run_of(actor, month), month=month)


def _raises(actor: Actor, at: datetime, progress: Tell) -> None:
    """The lists of periodic raises of the months ahead, as the worker keeps them ready."""
    progress("Menyiapkan kenaikan gaji berkala")
    number = actor.on.year * 12 + actor.on.month
    for month in range(number, number + AHEAD):
        first = date(month // 12, month % 12 + 1, 1)
        career.prepare_due(actor=actor, at=at, month=first, law=load_law(PROFILE))


def _run_of(actor: Actor, month: date) -> UUID:
    """The newest published run of a month."""
    runs = queries.list_runs(actor=actor)
    return next(run.uid for run in runs if run.published_at and run.month == month)


def _open_lists(actor: Actor, at: datetime, month: date) -> None:
    """Last month as a government closes it: its lists wait for the offices."""
    if _published(actor, month):
        path.open_lists(actor=actor, at=at, run=_run_of(actor, month), demo=True)


def _registers(actor: Actor, at: datetime, town: Town, progress: Tell) -> None:
    """What the machines say of last month and of this one so far, and what people did in them."""
    from pamong.demo.town.corrections import load_corrections  # noqa: PLC0415
    from pamong.demo.town.inputs import load_inputs  # noqa: PLC0415
    from pamong.demo.town.months import Months  # noqa: PLC0415
    from pamong.demo.town.presence import load_presence  # noqa: PLC0415

    months = Months(town)
    load_presence(months, actor=actor, at=at, progress=progress)
    load_inputs(months, actor=actor, at=at, progress=progress)
    load_corrections(at=at, today=actor.on)


def _compute(actor: Actor, at: datetime, town: Town, month: date, progress: Tell, *, detailed: bool) -> None:
    """One month from the files that its offices hand in, and from the register."""
    # Loaded only where there is something to compute: they bring Polars along.
    from pamong.demo.town.months import Months  # noqa: PLC0415
    from pamong.interop.month import keep_file, keep_register  # noqa: PLC0415
    from pamong.pay.choices import FileKind  # noqa: PLC0415

    progress(f"Menghitung {format_month(month.year, month.month)}")
    files = [keep_register(actor=actor, at=at, month=month)]
    for name, data in Months(town).files((month.year, month.month), detailed=detailed):
        kind = FileKind.MONTHLY if name.startswith("isian") else FileKind.PUNCHES
        files.append(keep_file(kind, name, data))
    _run(actor, at, month, files)


def _compute_kept(actor: Actor, at: datetime, month: date, progress: Tell) -> None:
    """One month from what is kept here: people, days derived from punches and letters, verified work."""
    from pamong.attendance.services import derive_month  # noqa: PLC0415
    from pamong.interop.month import keep_registers  # noqa: PLC0415
    from pamong.pay.choices import FileKind  # noqa: PLC0415

    progress(f"Menghitung {format_month(month.year, month.month)}")
    period = month_period(month.year, month.month)
    derive_month(actor=actor, at=at, law=load_law(PROFILE), zone=settings.PAMONG_ZONE, month=period)
    _run(actor, at, month, keep_registers(actor=actor, at=at, month=month, kinds=list(FileKind)))


def _run(actor: Actor, at: datetime, month: date, files: Sequence[File]) -> None:
    from pamong.interop.month import run_month  # noqa: PLC0415
    from pamong.pay.choices import Mode  # noqa: PLC0415
    from pamong.pay.services import start_run  # noqa: PLC0415

    run = start_run(actor=actor, at=at, month=month, profile=PROFILE, files=files, mode=Mode.DEMO)
    run_month(actor=actor, at=at, uid=run.uid)
