"""``pamong worker``: does what pages and services left to be done in the background."""

from __future__ import annotations

import click

from pamong.cli.caller import Caller
from pamong.cli.installation import running, set_up_django


@click.command()
@click.pass_obj
def worker(caller: Caller) -> None:
    """Mengerjakan tugas latar sampai dihentikan. 'pamong serve' sudah menjalankannya."""
    with running(caller.data) as installation:
        set_up_django(installation)
        _open_law(caller)
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        connector = app.connector
        assert isinstance(connector, DjangoConnector)  # noqa: S101  procrastinate's Django part made it
        with app.replace_connector(connector.get_worker_connector()):
            app.run_worker()


def _open_law(caller: Caller) -> None:
    """At the first start ever, the law that came with the installation is in force."""
    from django.conf import settings

    from pamong.access import clock
    from pamong.pay.services import open_law

    actor = caller.actor(clock.today())
    open_law(actor=actor, profile=settings.PAMONG_PROFILE, overlay=settings.PAMONG_LAW_OVERLAY)
