"""Law in force: which files compute, told to the log, so that an edit behind everyone's back is seen.

Until decisions exist one officer puts law in force, by a document; the first time it is the opening of the
installation. A real run refuses files that differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.law.engine.files import law_files
from pamong.law.engine.law import load_law
from pamong.ledger import queries as entries
from pamong.ledger import services as ledger
from pamong.pay import policies
from pamong.pay.errors import LawNotInForce
from pamong.pay.events import LawInForce

OPENING = "pemasangan pertama"
NO_GROUND = "Sebutkan dasarnya: nomor dan tanggal dokumen yang memberlakukan aturan ini."


@dataclass(frozen=True, slots=True)
class InForce:
    """What was put in force last: files by name with their SHA-256."""

    profile: str
    ground: str
    at: datetime
    files: Mapping[str, str]


def find_law_in_force(*, actor: Actor) -> InForce | None:
    """What was put in force last; None for an installation that has not begun."""
    entry = entries.find_newest(actor=actor, log=LawInForce.log, kind=LawInForce.kind)
    if entry is None:
        return None
    told = json.loads(entry.body)["public"]
    return InForce(told["profile"], told["ground"], entry.at, told["files"])


def list_law_changes(*, actor: Actor, profile: str, overlay: str) -> list[str]:
    """Names of files that differ from what is in force, came or went; none where nothing was put in force."""
    found = find_law_in_force(actor=actor)
    if found is None:
        return []
    now = law_files(profile, overlay)
    return sorted(name for name in {*now, *found.files} if now.get(name) != found.files.get(name))


def require_law_in_force(*, actor: Actor, profile: str, overlay: str) -> None:
    """LawNotInForce where files differ."""
    changed = list_law_changes(actor=actor, profile=profile, overlay=overlay)
    if changed:
        raise LawNotInForce(changed)


def put_law_in_force(*, actor: Actor, at: datetime, profile: str, overlay: str, ground: str) -> None:
    """Put the files as they are now in force. NotAllowed, LawError where they do not load,
    InvalidValue without a ground."""
    policies.require_adopt(actor)
    if not ground.strip():
        raise InvalidValue(NO_GROUND)
    load_law(profile, overlay or None)
    _record(actor, profile, overlay, ground.strip())


def open_law(*, actor: Actor, profile: str, overlay: str) -> bool:
    """At an installation's first start: what it was installed with is in force. False where something is."""
    if find_law_in_force(actor=actor) is not None:
        return False
    _record(actor, profile, overlay, OPENING)
    return True


def _record(actor: Actor, profile: str, overlay: str, ground: str) -> None:
    with transaction.atomic():
        ledger.record(actor=actor, event=LawInForce(profile, ground, law_files(profile, overlay)))
