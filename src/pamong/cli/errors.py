"""What stops a command, as a sentence for whoever runs it."""

from __future__ import annotations


class LauncherError(Exception):
    """The private PostgreSQL can't be started or reached; ``str()`` says why and what to do."""
