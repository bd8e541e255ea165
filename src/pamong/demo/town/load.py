"""Puts a town into the database by COPY, all rows on one basis of opening data.

Every row passes the same constraints and triggers as any other; only the way is shorter. A test replays part
of a town through the services and finds the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction

from pamong.demo.town import shapes
from pamong.demo.town.build import Making, without_collector
from pamong.demo.town.lanes import Lanes
from pamong.demo.town.writing import Writer
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.money import grouped
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.events import Event
from pamong.ledger.models import Intake
from pamong.organisation import models as org
from pamong.organisation import services as organisation
from pamong.organisation.choices import ReorganisationState

_HANDS = ("peragaan:penyusun", "peragaan:penetap")  # who drafted and adopted the reorganisations
_TOLD_EACH = 10_000  # people between two lines of progress
Tell = Callable[[str], None]
Keep = Callable[[shapes.Records], None]


@dataclass(frozen=True, slots=True)
class TownOpened(Event):
    """An invented town stands whole, as opening data: for how many people in service, rows of each table."""

    kind: ClassVar[str] = "demo.opened"
    town: UUID
    people: int
    rows: Mapping[str, int]

    def public(self) -> Mapping[str, Any]:
        return {"town": self.town, "people": self.people, "rows": dict(self.rows)}

    def sentence(self) -> str:
        return "Kota rekaan dimasukkan sebagai data awal."


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was put in: ids of persons by their keys in the town, and how many rows of each table."""

    uids: Mapping[int, UUID]
    rows: Mapping[str, int]


def loaded_people() -> int:
    """For how many people in service a town was put in, whole; 0 where none was."""
    body = Intake.objects.filter(kind=TownOpened.kind).order_by("-id").values_list("body", flat=True).first()
    return int(json.loads(body)["public"]["people"]) if body else 0


@without_collector()
def load(
    making: Making,
    *,
    actor: Actor,
    at: datetime,
    progress: Tell,
    finish: Callable[[Loaded], None] = lambda loaded: None,
    keep: Keep = lambda piece: None,
    apart: bool = False,
) -> Loaded:
    """Put a town in while its people are being made; ``keep`` gets them too, ``finish`` runs at the end.

    All of it is one transaction, or with ``apart`` many, over two connections of their own beside this one:
    faster, and only ``loaded_people`` then tells a town that was cut off from a whole one.
    """
    with nullcontext() if apart else transaction.atomic():
        writer, ref = _open(making, actor, at, progress)
        _people(making, writer, progress, keep, apart=apart)
        progress("Memeriksa seluruh aturan data")
        with transaction.atomic():
            people = sum(key >= 0 for key in making.keys)
            ledger.record(actor=actor, event=TownOpened(ref, people, writer.counts))
            loaded = Loaded({key: UUID(uid) for key, uid in writer.uids.items()}, writer.counts)
            finish(loaded)
    return loaded


@transaction.atomic
def _open(making: Making, actor: Actor, at: datetime, progress: Tell) -> tuple[Writer, UUID]:
    """The basis, and everything that people's rows point to."""
    ref = uuid7(at)
    writer = Writer(ledger.seal(actor=actor, kind=SealKind.OPENING, ref=ref))
    progress("Menulis unit, jabatan, dan posisi")
    writer.structure(making.structure)
    _reorganisations(making.structure, writer)
    organisation.rebuild_places(actor=actor, at=at)
    writer.persons(making.keys)
    return writer, ref


def _people(making: Making, writer: Writer, progress: Tell, keep: Keep, *, apart: bool) -> None:
    """People's rows, written while the next ones are being made."""
    progress("Menulis pegawai dan riwayatnya")
    done, told = 0, _TOLD_EACH
    with Lanes(writer) if apart else nullcontext() as lanes:
        for piece in making.records:
            if lanes is None:
                writer.records(piece)
            else:
                lanes.give(piece)
            keep(piece)
            done += len(piece.persons)
            if done >= told:
                progress(f"  {grouped(done)} dari {grouped(len(making.keys))} orang")
                told += _TOLD_EACH


def _reorganisations(made: shapes.Structure, writer: Writer) -> None:
    """The dated acts themselves, and what became of which unit."""
    acts = {
        act.on: org.Reorganisation.objects.create(
            title=act.title, on=act.on, order_no=act.order_no, order_on=act.order_on, plan={},
            state=ReorganisationState.SCHEDULED.value, drafted_by=_HANDS[0], adopted_by=_HANDS[1],
            basis_id=writer.basis,
        )
        for act in made.reorganisations
    }  # fmt: skip
    org.Lineage.objects.bulk_create(
        org.Lineage(
            reorganisation=acts[row.on], step=row.step, on=row.on,
            old_id=writer.unit_id(row.old), new_id=writer.unit_id(row.new),
        )
        for row in made.lineage
    )  # fmt: skip
    writer.counts |= {"reorganisation": len(acts), "lineage": len(made.lineage)}
