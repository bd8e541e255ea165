"""What the programs share that a web process starts for a file (``pamong.web.handing.run``).

Each is a process of its own: it loads the libraries of columns, workbooks and documents, which a web process
never does, and ends with their memory. A refusal is one sentence on standard error and the exit code 3.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from pamong.kernel.errors import DomainError, InvalidValue

REFUSED = 3


def answer(make: Callable[..., bytes]) -> NoReturn:
    """Write what is made of this process's arguments to standard output, then end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    import django  # noqa: PLC0415 (settings are read only when it runs)

    django.setup()
    try:
        data = make(*sys.argv[1:])
    except (DomainError, InvalidValue) as error:
        sys.stderr.write(str(error))
        sys.exit(REFUSED)
    sys.stdout.buffer.write(data)
    sys.exit(0)


def actor_of(user_id: str) -> Any:
    """Who asked for the file, with today's rights."""
    from pamong.access import queries  # noqa: PLC0415 (models need Django set up)
    from pamong.access.clock import today  # noqa: PLC0415

    return queries.actor_by_id(int(user_id), today())
