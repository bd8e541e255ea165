"""Who calls a command, and on which installation."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import date

from pamong.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Caller:
    """``username`` is None for the operator; ``data`` names the installation."""

    username: str | None
    data: str

    def actor(self, on: date) -> Actor:
        """The actor on a date. Needs Django set up; ``UserNotFound`` for an unknown user."""
        if self.username is None:
            return Actor.operator(getpass.getuser(), on)
        from pamong.access.queries import named_actor

        return named_actor(self.username, on)
