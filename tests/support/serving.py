"""A running ``pamong serve`` in a folder of its own: what it prints, what belongs to it, how it ends."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PATIENCE_SECONDS = 120


def clean_environ() -> dict[str, str]:
    """The environment without what commands run in this process have left in it."""
    ours = ("PAMONG_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


class Serving:
    """Starts at once; ``end`` sends what Ctrl-C sends and returns the exit code."""

    def __init__(self, *arguments: str) -> None:
        self.data = tempfile.mkdtemp(prefix="pamong-uji-")
        Path(self.data).chmod(0o711)  # the database's own user passes through
        self.lines: list[str] = []
        self.start(*arguments)

    def start(self, *arguments: str) -> None:
        """Run the command, with nothing of the tests in its environment."""
        environ = clean_environ() | {"PAMONG_DATA": self.data, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "pamong.cli.main", *arguments]
        self.process = subprocess.Popen(
            command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, pattern: str) -> str:
        """Wait until the output matches and return the first group."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            match = re.search(pattern, "".join(self.lines))
            if match:
                return match[1]
            time.sleep(0.05)
        raise AssertionError(f"{pattern!r} did not appear in:\n{''.join(self.lines)}")

    def processes(self) -> dict[int, str]:
        """All living processes that belong to it, with their command lines."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and entry.name != str(os.getpid()):
                command, environ = _text(entry / "cmdline"), _text(entry / "environ")
                if self.data in command or self.data in environ:
                    found[int(entry.name)] = command
        return found

    def find(self, words: str) -> int:
        """The lowest process id whose command line holds the words."""
        return min(pid for pid, command in self.processes().items() if words in command)

    def end(self, number: int = signal.SIGINT) -> int:
        """Send the signal to the supervisor alone, and wait."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE_SECONDS)
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def remove(self) -> None:
        """End what still runs and delete the folder."""
        if self.process.poll() is None:
            self.end()
        shutil.rmtree(self.data)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
