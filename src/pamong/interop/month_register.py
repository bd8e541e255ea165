"""The registers kept here as files of a month: kept in the store, as any other file of a run.

Apart from `interop.month`, because the web process asks for it too, and loads no Polars.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from pamong.attendance.columns import presence_of_month
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.period import month_period
from pamong.pay import inputs
from pamong.pay.choices import FileKind
from pamong.pay.errors import InputsRefused
from pamong.pay.services import File
from pamong.people import columns


def keep_register(*, actor: Actor, at: datetime, month: date) -> File:
    """Keep the register of a month, as it stands now. See `people.columns.register_of_month`."""
    data = columns.register_of_month(actor=actor, at=at, month=month_period(month.year, month.month))
    kept = store.keep(data)
    return File(FileKind.PEOPLE, f"data-kepegawaian-{month:%Y-%m}.csv", kept.sha256, kept.size)


def keep_inputs(*, actor: Actor, at: datetime, month: date) -> File:
    """Keep what is known of everybody's month and pay, as it stands now. See `pay.inputs.register_of_inputs`.

    InputsRefused where nothing is known of anybody.
    """
    data = inputs.register_of_inputs(actor=actor, at=at, month=month_period(month.year, month.month))
    if inputs.is_empty(data):
        named = format_month(month.year, month.month)
        raise InputsRefused(
            [f"Belum ada isian bulanan {named} di sini. Isi atau impor dulu, atau pilih berkasnya."]
        )
    kept = store.keep(data)
    return File(FileKind.MONTHLY, f"isian-bulanan-{month:%Y-%m}-tercatat.csv", kept.sha256, kept.size)


def keep_presence(*, actor: Actor, at: datetime, month: date) -> File:
    """Keep the register of presence of a month, as it is stored: `attendance.services.derive_month` first
    sees to days that facts have touched. See `attendance.columns.presence_of_month`."""
    zone = settings.PAMONG_ZONE
    data = presence_of_month(actor=actor, at=at, month=month_period(month.year, month.month), zone=zone)
    kept = store.keep(data)
    return File(FileKind.PUNCHES, f"data-presensi-{month:%Y-%m}.csv", kept.sha256, kept.size)
