"""Fills the demo: accounts with their roles, and the example month computed from its files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from pamong.access import clock
from pamong.access import queries as access_queries
from pamong.access import services as access
from pamong.access.roles import ROLES
from pamong.demo.people import ACCOUNTS, DEMO_PASSWORD, Account
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.pay import queries

PROFILE = "contoh"
_ROLES_FROM = date(2026, 1, 1)
_LOADER = "contoh"


def ensure(progress: Callable[[str], None]) -> list[tuple[str, str, str]]:
    """Make what is missing of the demo; user name, password and role of each account.

    `progress` prints one line. Everything that is there stays as it is, so that a later start does nothing.
    """
    actor, at = Actor.operator(_LOADER, clock.today()), clock.now()
    for account in ACCOUNTS:
        _ensure_account(actor, at, account)
    if not any(run.published_at for run in queries.list_runs(actor=actor)):
        _compute_example(actor, at, progress)
    return [(account.username, DEMO_PASSWORD, _title(account)) for account in ACCOUNTS]


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
    if not any(grant.role == account.role for grant in held):
        access.grant_role(
            actor=actor,
            at=at,
            username=account.username,
            role=account.role,
            unit_path=account.unit.replace("-", "_"),
            start_on=_ROLES_FROM,
            reason="Peragaan",
        )


def _compute_example(actor: Actor, at: datetime, progress: Callable[[str], None]) -> None:
    """Write the example's files, keep them, and compute the month from them, as an office would."""
    # Loaded only where there is something to compute: they bring Polars along.
    from pamong.demo.files import EXAMPLE_MONTH, write_example  # noqa: PLC0415
    from pamong.interop.month import keep_file, run_month  # noqa: PLC0415
    from pamong.pay.choices import FileKind, Mode  # noqa: PLC0415
    from pamong.pay.services import start_run  # noqa: PLC0415

    progress(f"Menulis berkas contoh {format_month(*EXAMPLE_MONTH)}")
    with tempfile.TemporaryDirectory(prefix="pamong-contoh-") as folder:
        example = write_example(Path(folder))
        kinds = {
            FileKind.PEOPLE: (example.people,),
            FileKind.MONTHLY: (example.monthly,),
            FileKind.PUNCHES: example.punches,
        }
        files = [keep_file(kind, p.name, p.read_bytes()) for kind, paths in kinds.items() for p in paths]
    month = date(*EXAMPLE_MONTH, 1)
    run = start_run(actor=actor, at=at, month=month, profile=PROFILE, files=files, mode=Mode.DEMO)
    told: set[str] = set()

    def tell(what: str, done: int, total: int) -> None:
        if what not in told:
            told.add(what)
            progress(what)

    run_month(actor=actor, at=at, uid=run.uid, progress=tell)


def _title(account: Account) -> str:
    user = access_queries.find_user(account.username)
    return f"{ROLES[account.role].title}: {user.display_name if user else account.display_name}"
