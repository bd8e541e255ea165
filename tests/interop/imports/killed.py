"""A process that stores a file and is killed: ``python -m tests.interop.imports.killed URL FILES UID``."""

from __future__ import annotations

import os
import sys


def main(url: str, files: str, uid: str) -> None:
    """Store the batch as a worker does, with its progress told."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url, "PAMONG_FILES": files}
    import django  # noqa: PLC0415 (it reads the environment)

    django.setup()
    from uuid import UUID  # noqa: PLC0415

    from pamong.interop.imports import services, storing  # noqa: PLC0415
    from pamong.people.services import batches  # noqa: PLC0415
    from tests.interop.imports.support import AT, OPERATOR  # noqa: PLC0415

    storing.CHUNK = 20
    with batches.telling(actor=OPERATOR, uid=UUID(uid)) as told:
        services.apply_batch(actor=OPERATOR, at=AT, uid=UUID(uid), progress=told)


if __name__ == "__main__":
    main(*sys.argv[1:])
