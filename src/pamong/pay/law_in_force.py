"""Law in force: which files compute, told to the log, so that an edit behind everyone's back is seen.

The first time it is the opening of the installation; from then on a decision puts law in force
(``pay.adopting``). A real run refuses files that differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.law.engine.errors import LawError
from pamong.law.engine.files import law_files
from pamong.law.engine.law import read_law
from pamong.ledger import queries as entries
from pamong.ledger import services as ledger
from pamong.pay import law_values
from pamong.pay.errors import LawNotInForce
from pamong.pay.events import LawInForce

OPENING = "pemasangan pertama"


@dataclass(frozen=True, slots=True)
class InForce:
    """What was put in force last: files by name with their SHA-256, and the hash under which their values
    were kept. ``decision`` is None for the opening, and for what one officer put in force before there were
    decisions."""

    profile: str
    ground: str
    at: datetime
    files: Mapping[str, str]
    values: str
    decision: UUID | None


def find_law_in_force(*, actor: Actor) -> InForce | None:
    """What was put in force last; None for an installation that has not begun."""
    entry = entries.find_newest(actor=actor, log=LawInForce.log, kind=LawInForce.kind)
    if entry is None:
        return None
    told = json.loads(entry.body)["public"]
    decision = UUID(told["decision"]) if told.get("decision") else None
    return InForce(told["profile"], told["ground"], entry.at, told["files"], told.get("values", ""), decision)


def list_law_changes(*, actor: Actor, profile: str, overlay: str) -> list[str]:
    """Names of files that differ from what is in force, came or went; none where nothing was put in force."""
    found = find_law_in_force(actor=actor)
    return differing(found.files, law_files(profile, overlay)) if found else []


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Names of files that are not the same, came or went."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def require_law_in_force(*, actor: Actor, profile: str, overlay: str) -> None:
    """LawNotInForce where files differ."""
    changed = list_law_changes(actor=actor, profile=profile, overlay=overlay)
    if changed:
        raise LawNotInForce(changed)


def open_law(*, actor: Actor, profile: str, overlay: str) -> bool:
    """At an installation's first start: what it was installed with is in force. False where something is."""
    if find_law_in_force(actor=actor) is not None:
        return False
    with transaction.atomic():
        record(actor=actor, profile=profile, overlay=overlay, ground=OPENING)
    return True


def record(*, actor: Actor, profile: str, overlay: str, ground: str, decision: UUID | None = None) -> None:
    """Tell the log what is in force from now on, in the transaction of the caller."""
    try:
        values = law_values.keep(law_values.values_of(read_law(profile, overlay)))
    except LawError:
        values = ""  # an installation without a region, or whose files are still being written
    event = LawInForce(profile, ground, law_files(profile, overlay), values, decision)
    ledger.record(actor=actor, event=event)
