"""How work ends that somebody waits for on a page, and that does not end well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from pamong.access import clock
from pamong.jobs.tasks import BROKEN, PASSING
from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError
from pamong.law.engine.errors import LawError


def machine() -> Actor:
    """Who ends work whoever asked for it: a page must not wait for ever."""
    return Actor.operator("pekerja-latar", clock.today())


@contextmanager
def ending(fail: Callable[..., object]) -> Iterator[None]:
    """A refusal ends the work by ``fail`` (which takes ``actor`` and ``sentence``) with its sentence; a bug
    does too, and still crashes loudly. What passes (``PASSING``) leaves it as it is: a later attempt goes on.
    """
    try:
        yield
    except PASSING:
        connection.close()  # the next attempt opens another
        raise
    except (DomainError, LawError) as error:
        fail(actor=machine(), sentence=str(error))
    except Exception:
        fail(actor=machine(), sentence=BROKEN)
        raise
