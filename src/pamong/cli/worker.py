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
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        connector = app.connector
        assert isinstance(connector, DjangoConnector)  # noqa: S101  procrastinate's Django part made it
        with app.replace_connector(connector.get_worker_connector()):
            app.run_worker()
