"""Child processes that live and die with us: started, watched, started again, ended in order."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence

from pamong.cli.errors import LauncherError
from pamong.cli.progress import say

STOP_SECONDS = 20
MOST_RESTARTS = 5
RESTART_WINDOW_SECONDS = 60


class Child:
    """One program in its own process group, so that Ctrl-C reaches only us, and we end it in our order."""

    def __init__(
        self, title: str, command: Sequence[str], environ: Mapping[str, str], quiet: bool = False
    ) -> None:
        """What it says on its standard output is not shown where it is ``quiet``."""
        self.title = title
        self._command = ["setpriv", "--pdeathsig", "TERM", *command]
        self._environ = dict(environ)
        self._output = subprocess.DEVNULL if quiet else None
        self._restarts: list[float] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, without a terminal to read from."""
        self._process = subprocess.Popen(
            self._command, env=self._environ, stdin=subprocess.DEVNULL, stdout=self._output, process_group=0
        )

    def is_alive(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.poll() is None

    def revive(self) -> None:
        """Start it again if it ended. ``LauncherError`` if that happens too often."""
        if self.is_alive():
            return
        now = time.monotonic()
        self._restarts = [at for at in self._restarts if now - at < RESTART_WINDOW_SECONDS]
        if len(self._restarts) >= MOST_RESTARTS:
            raise LauncherError(f"{self.title} berkali-kali berhenti. Lihat pesan di atas.")
        self._restarts.append(now)
        say(f"{self.title} berhenti sendiri; dijalankan lagi.")
        self.start()

    def stop(self) -> None:
        """End it and wait; what does not end by itself is killed."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
