"""A process of its own for tests: ``python -m tests.interop.reminding DATABASE-URL MAIL-URL``.

Sends one reminder, a request that waits for the account ``superior``, as the worker does.
"""

from __future__ import annotations

import os
import sys


def main(database: str, mail: str) -> None:
    """Send what waits on the day of the tests."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database, "PAMONG_MAIL_URL": mail,
        "PAMONG_MAIL_FROM": "pamong@uji.example", "PAMONG_SITE_URL": "https://pamong.uji.example",
    }  # fmt: skip
    import django  # noqa: PLC0415 (it reads the environment)

    django.setup()
    from datetime import UTC, datetime  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    from pamong.interop.mailing import Post, send  # noqa: PLC0415
    from pamong.interop.reminders import list_letters  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from tests.support.people import AT, TODAY  # noqa: PLC0415

    operator = Actor.operator("uji", TODAY)
    letters = list_letters(actor=operator, at=AT, stamped=datetime.now(UTC))
    post = Post(settings.PAMONG_MAIL, settings.PAMONG_MAIL_FROM, settings.PAMONG_SITE_URL)
    done = send(actor=operator, letters=letters, post=post)
    sys.stdout.write(f"{done.sent} {done.failed}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
