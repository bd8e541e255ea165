"""The registers kept here as files of a month: kept in the store, as any other file of a run.

Apart from `interop.month`, because the web process asks for it too, and loads no Polars.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from pamong.attendance.columns import count_stale, count_underived, nothing_of_month, presence_of_month
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.period import Period, month_period
from pamong.law.december import presence_until
from pamong.law.engine.plan import Law
from pamong.leave.columns import UNPAID
from pamong.ledger.locks import hold_closing
from pamong.pay import inputs
from pamong.pay.choices import FileKind
from pamong.pay.errors import InputsRefused
from pamong.pay.services import File
from pamong.people import columns


@transaction.atomic
def keep_registers(
    *, actor: Actor, at: datetime, month: date, kinds: Collection[FileKind], law: Law | None = None
) -> list[File]:
    """Keep the registers of these kinds as they stand at one time, with no fact of the month half in them.

    ``law``: by which the month is computed, should it need fewer days than the whole month: a December that
    is paid as of a day, or whole.

    ``MonthWritten`` while one is being saved; InputsRefused, NotAllowed, and what each of them refuses.
    """
    whole = month_period(month.year, month.month)
    until = presence_until(law, whole) if law else whole.last_day
    keeps: dict[FileKind, Callable[..., File]] = {
        FileKind.PEOPLE: keep_register,
        FileKind.MONTHLY: keep_inputs,
        FileKind.PUNCHES: partial(keep_presence, until=until) if until else _keep_nothing,
    }
    if kinds:
        hold_closing(month)
    return [keep(actor=actor, at=at, month=month) for kind, keep in keeps.items() if kind in kinds]


def _keep_nothing(*, actor: Actor, at: datetime, month: date) -> File:
    """Presence of a month in which it changes nothing: of nobody."""
    kept = store.keep(nothing_of_month())
    return File(FileKind.PUNCHES, f"tanpa-presensi-{month:%Y-%m}.csv", kept.sha256, kept.size)


def keep_register(*, actor: Actor, at: datetime, month: date) -> File:
    """Keep the register of a month, as it stands now, with who was on unpaid leave in it. See
    `people.columns.register_of_month`."""
    period = month_period(month.year, month.month)
    data = columns.register_of_month(actor=actor, at=at, month=period, away=UNPAID)
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


def keep_presence(*, actor: Actor, at: datetime, month: date, until: date | None = None) -> File:
    """Keep the register of presence of a month, as it is stored, of all its days or as far as ``until``. See
    `attendance.columns.presence_of_month`.

    InputsRefused while days were never derived, or are still to be derived from facts that have come since:
    the worker does the latter by itself, `attendance.services.derive_month` both at once.
    """
    whole, zone = month_period(month.year, month.month), settings.PAMONG_ZONE
    period = Period(whole.start, until + timedelta(days=1)) if until else whole
    if unknown := count_underived(actor=actor, at=at, month=period, zone=zone):
        named = format_month(month.year, month.month)
        raise InputsRefused(
            [
                f"{unknown} hari pegawai {named} belum pernah dihitung dari presensi. Minta pengelola sistem "
                f"menjalankan pamong derive --month {month:%Y-%m}, lalu coba lagi."
            ]
        )
    if waiting := count_stale(actor=actor, month=period):
        raise InputsRefused(
            [f"{waiting} hari kerja masih dihitung ulang dari presensi yang baru masuk. Coba lagi sebentar."]
        )
    data = presence_of_month(actor=actor, at=at, month=period, zone=zone)
    kept = store.keep(data)
    return File(FileKind.PUNCHES, f"data-presensi-{month:%Y-%m}.csv", kept.sha256, kept.size)
