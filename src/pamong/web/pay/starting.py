"""From an upload to a run that a worker takes up: files kept, run asked for, job enqueued, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from pamong.attendance.errors import MonthNotOver
from pamong.documents import store
from pamong.interop.month_register import keep_registers
from pamong.kernel.actor import Actor
from pamong.law.engine.errors import LawError
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.ledger.errors import MonthWritten
from pamong.pay import policies, services
from pamong.pay.choices import FileKind
from pamong.pay.errors import EvidenceTooWeak, InputsRefused, RamadanOpen, TooMuchUnknown
from pamong.pay.services import File, Started

TASK = "pamong.month"
# What the form tells beside its fields, because another choice or file mends it.
REFUSALS = (
    LawError, EvidenceTooWeak, InputsRefused, RamadanOpen, TooMuchUnknown, MonthNotOver, MonthWritten,
)  # fmt: skip


def start_run(*, actor: Actor, at: datetime, asked: Mapping[str, Any], overlay: str) -> Started:
    """Keep the files, ask for the run, and enqueue its job in the same transaction.

    ``asked`` is what ``StartForm`` cleaned. The same files again lead to the same run, without another job.
    NotAllowed, and what ``pay.services.start_run`` refuses.
    """
    policies.require_run(actor)
    files = list(_kept(actor, at, asked, load_law(asked["profile"], overlay or None)))
    with transaction.atomic():
        started = services.start_run(
            actor=actor,
            at=at,
            month=asked["month"],
            profile=asked["profile"],
            files=files,
            mode=asked["mode"],
            overlay=overlay,
        )
        if not started.existed:
            _enqueue(started.uid, actor)
    return started


def _kept(actor: Actor, at: datetime, asked: Mapping[str, Any], law: Law) -> Iterator[File]:
    kinds = [kind for kind in FileKind if not asked[kind.value]]  # of these the registers know
    yield from keep_registers(actor=actor, at=at, month=asked["month"], kinds=kinds, law=law)
    for kind in FileKind:
        given = asked[kind.value] or []
        for upload in given if isinstance(given, list) else [given]:
            kept = store.keep(upload.chunks())
            yield File(kind, upload.name, kept.sha256, kept.size)


def _enqueue(uid: UUID, actor: Actor) -> None:
    # By name: pages do not import jobs. The lock keeps two workers from the same run.
    job = app.configure_task(TASK, lock=f"run:{uid}")
    job.defer(uid=str(uid), user_id=actor.user_id)
