"""Where a private installation keeps its data, its secrets and its socket."""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pamong.cli.errors import LauncherError

DATABASE_USER = "pamong-db"
SYSTEM_ROOT = Path("/var/lib/pamong")
SOCKET_PATH_LIMIT = 90  # the kernel takes 107 bytes; the socket's own name needs some
PRIVATE = 0o700
PASSABLE = 0o711


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that the server runs as, where we start as root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Home:
    """One installation's folder. ``account`` is None where the server runs as the present user."""

    root: Path
    account: Account | None

    @property
    def pgdata(self) -> Path:
        """The data folder of PostgreSQL."""
        return self.root / "pgdata"

    @property
    def log(self) -> Path:
        """Where the programs write what they would print."""
        return self.root / "log"

    @property
    def run(self) -> Path:
        """A short private folder for the socket."""
        near = self.root / "run"
        if len(os.fsencode(near)) <= SOCKET_PATH_LIMIT:
            return near
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        return base / f"pamong-{os.getuid()}-{hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]}"

    def prepare(self) -> None:
        """Make the folders with owners and rights. ``LauncherError`` where someone else's is in the way."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(PASSABLE if self.account else PRIVATE)
        for folder in (self.root / "secrets", self.log):
            private_folder(folder, None)
        private_folder(self.run, self.account)
        if self.account:
            _check_passable(self.root)

    def secret(self, name: str) -> str:
        """A generated secret, made on first use and kept in a file of mode 0600."""
        path = self.root / "secrets" / name
        if not path.exists():
            fresh = path.with_suffix(".new")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
            fresh.rename(path)
        return path.read_text()

    def remove(self) -> None:
        """Delete everything. The caller makes sure that nothing runs there."""
        shutil.rmtree(self.run, ignore_errors=True)
        shutil.rmtree(self.root)


def data_root() -> Path:
    """The folder of all installations: ``PAMONG_DATA``, else the system's, else the user's."""
    chosen = os.environ.get("PAMONG_DATA")
    if chosen:
        return Path(chosen).resolve()
    if os.geteuid() == 0:
        return SYSTEM_ROOT
    share = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(share) / "pamong"


def home(name: str) -> Home:
    """The home of the installation of this name, with the system user that its server needs."""
    return Home(data_root() / name, database_account())


def throwaway_home() -> Home:
    """A new home in the temporary folder, for tests."""
    return Home(Path(tempfile.mkdtemp(prefix="pamong-uji-")), database_account())


def database_account() -> Account | None:
    """The server's own system user where we are root, made if missing; None otherwise."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(DATABASE_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", DATABASE_USER], check=True, capture_output=True
        )
        entry = pwd.getpwnam(DATABASE_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def private_folder(folder: Path, account: Account | None) -> None:
    """Make a folder of mode 0700 for us or for the server's account; refuse one that is someone else's."""
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    found = folder.lstat()
    expected = {os.geteuid(), account.uid if account else os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in expected:
        raise LauncherError(f"Folder {folder} milik pengguna lain. Hapus atau pindahkan dahulu.")
    folder.chmod(PRIVATE)
    if account:
        os.chown(folder, account.uid, account.gid)


def _check_passable(root: Path) -> None:
    for folder in root.parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            raise LauncherError(
                f"Pengguna {DATABASE_USER} tidak dapat melewati folder {folder}. "
                "Pilih tempat lain dengan PAMONG_DATA, misalnya /var/lib/pamong."
            )
