"""The private PostgreSQL: made on first use, a supervised child, reached over a socket in a 0700 folder."""

from __future__ import annotations

import fcntl
import signal
import subprocess
from types import TracebackType
from typing import IO
from urllib.parse import quote

from pamong.cli import binaries, database_roles, pgprocess
from pamong.cli.errors import LauncherError
from pamong.cli.places import SYSTEM_ROOT, Home

DATABASE = "pamong"
STOP_SECONDS = 60

# For two cores and a few gigabytes.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "max_connections": "60",
    "random_page_cost": "1.1",
    "wal_compression": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
# Tests throw their data away: nothing is worth waiting for the disk.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    # Tests roll back: it would learn that all tables are empty, and queries would be planned for that.
    "autovacuum": "off",
}


class Server:
    """One private server. ``start`` and ``stop``, or a ``with`` block; ``url`` gives the addresses.

    ``throwaway`` gives up durability; ``dies_with_us`` has the kernel stop the server when this process ends
    in whatever way.
    """

    def __init__(self, home: Home, *, throwaway: bool = False, dies_with_us: bool = True) -> None:
        self.home = home
        self._settings = SETTINGS | (THROWAWAY if throwaway else {})
        self._dies_with_us = dies_with_us
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The postmaster's process id, None where it does not run under us."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address for ``owner``, ``app``, ``sequencer``, ``auditor`` or ``superuser``."""
        password = quote(self.home.secret(f"database-{role}"), safe="")
        login = database_roles.LOGINS[role]
        return f"postgresql://{login}:{password}@/{database}?host={quote(str(self.home.run), safe='')}"

    def start(self) -> None:
        """Start; the first time make data folder and roles too. ``LauncherError`` says what hinders."""
        self.home.prepare()
        self._take_lock()
        try:
            pgprocess.end_orphan(self.home)
            self._launch()
            self._make_roles_once()
        except BaseException:
            self.stop()
            raise

    def revive(self) -> bool:
        """Start again after an unexpected end; tells whether that was needed."""
        if self.pid is not None:
            return False
        pgprocess.end_orphan(self.home)
        self._launch()
        return True

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, committed data are safe. A second call does nothing."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait()
        self._process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def let_go(self) -> int:
        """Leave the server running without a supervisor, for tests, and return its process id."""
        if self._process is None or self._lock is None:
            raise LauncherError("PostgreSQL belum berjalan.")
        pid = self._process.pid
        self._process.returncode = 0  # whoever was told the pid ends it
        self._process = None
        self._lock.close()
        self._lock = None
        return pid

    def is_run_by_another(self) -> bool:
        """Tell whether another process supervises this home's server now."""
        path = self.home.root / "lock"
        if not path.exists():
            return False
        with path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _launch(self) -> None:
        copies = SYSTEM_ROOT if self.home.account else None
        programs = binaries.choose(self._existing_major(), copies).folder
        if not self.home.pgdata.exists():
            pgprocess.initialise(self.home, programs)
        self._process = pgprocess.launch(self.home, programs, self._settings, dies_with_us=self._dies_with_us)
        pgprocess.wait_ready(self.home, self._process)

    def _make_roles_once(self) -> None:
        done = self.home.root / "roles-made"
        if done.exists():
            return
        passwords = {role: self.home.secret(f"database-{role}") for role in database_roles.ROLES}
        database_roles.make(self.url("superuser", "template1"), self.url("superuser", DATABASE), passwords)
        done.touch()

    def _existing_major(self) -> int | None:
        version = self.home.pgdata / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def _take_lock(self) -> None:
        self._lock = (self.home.root / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            message = "Pamong sudah berjalan dengan data ini. Hentikan dahulu yang sedang berjalan."
            raise LauncherError(message) from None
