"""A migrated PostgreSQL, kept from one session to the next: migrating takes longer than a third of the tests.

It is kept under a digest of all that it is made from: a change of any makes a new one.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pamong
from pamong.cli.binaries import choose
from pamong.cli.places import PRIVATE, SYSTEM_ROOT, Home, database_account
from pamong.cli.postgres import SETTINGS, THROWAWAY

SOURCES = Path(pamong.__file__).parent
# Above the tables; nothing of it is asked when they are made.
NOT_ASKED = ("web", "api", "jobs", "demo", "interop", "law")
MIGRATING = ("django", "procrastinate", "django-allauth", "psycopg")
PARTS = ("pgdata", "secrets", "roles-made")
MOST = 4


def bring(home: Home, digest: str) -> bool:
    """Lay the data kept under a digest into a new home; tells whether there were any."""
    with _folder() as folder:
        kept = folder / digest
        if not kept.exists():
            return False
        _copy(kept, home.root)
        kept.touch()
    return True


def keep(home: Home, digest: str) -> None:
    """Keep the data of a stopped server, and few of those that were kept before.

    ``digest`` is that of before it was migrated: sources may have changed meanwhile.
    """
    with _folder() as folder:
        fresh = folder / f"{digest}.new"
        subprocess.run(["rm", "-rf", str(fresh)], check=True)
        fresh.mkdir()
        _copy(home.root, fresh)
        if not (folder / digest).exists():
            fresh.rename(folder / digest)
        old = sorted(
            (path for path in folder.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime
        )
        subprocess.run(["rm", "-rf", *map(str, old[:-MOST])], check=True)


@contextmanager
def _folder() -> Iterator[Path]:
    """Where they are kept, for one process at a time."""
    folder = Path(tempfile.gettempdir()) / f"pamong-kept-{os.getuid()}"
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield folder


def _copy(source: Path, target: Path) -> None:
    parts = [str(source / part) for part in PARTS]
    subprocess.run(["cp", "-a", "--reflink=auto", *parts, str(target)], check=True)


def made_from() -> str:
    """A digest of what the data depend on: our sources, the libraries that migrate, the programs, and the
    month, from which partitions are made."""
    account = database_account()
    programs = choose(None, SYSTEM_ROOT if account else None)
    told = [f"{name} {metadata.version(name)}" for name in MIGRATING]
    told += [str(programs), str(account), str(SETTINGS | THROWAWAY), f"{datetime.now(UTC):%Y-%m}"]
    for path in sorted(SOURCES.rglob("*.py")):
        if path.relative_to(SOURCES).parts[0] not in NOT_ASKED:
            told.append(f"{path.relative_to(SOURCES)} {sha256(path.read_bytes()).hexdigest()}")
    return sha256("\n".join(told).encode()).hexdigest()[:20]
