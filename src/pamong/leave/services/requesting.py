"""Asking for leave, and for its end: the server sets whose it is, what it counts and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.attendance.services.papers import Upload
from pamong.decisions import services as decisions
from pamong.decisions.services import Entered
from pamong.decisions.types import Gate
from pamong.documents import store
from pamong.documents.media import media_type
from pamong.kernel.actor import Actor
from pamong.leave import policies, recalls, requests
from pamong.people.queries import require_person


@transaction.atomic
def request_leave(
    *, actor: Actor, at: datetime, key: UUID, asked: Mapping[str, Any], file: Upload | None = None
) -> Entered:
    """Ask for leave for oneself; its days are reserved until it is decided. ``asked`` names ``leave`` (the
    code of the kind), ``part``, ``first``, ``last`` (ISO dates), ``text``, ``address``, ``phone``,
    ``reason``, ``abroad``, ``child``. Whatever else it says is not looked at.

    ``NotAllowed``, ``ContentUnfit``, ``FileUnsuitable``, ``GatesBlock``, ``PaperOverlaps``,
    ``NobodyDecides``, ``KeyReused``.
    """
    access.require_account(actor)
    kept = _kept(file)
    return decisions.propose(
        actor=actor, at=at, kind=requests.CODE, key=key, content={**asked, **kept}, person=actor.person_id
    )


def try_leave(*, actor: Actor, at: datetime, asked: Mapping[str, Any], has_file: bool) -> tuple[Gate, ...]:
    """What the gates would say of a request; nothing is stored. ``NotAllowed``, ``ContentUnfit``."""
    content = {**asked, "file": "ada" if has_file else ""}
    return tuple(
        decisions.preview(actor=actor, at=at, kind=requests.CODE, content=content, person=actor.person_id)
    )


def shorten_leave(
    *, actor: Actor, at: datetime, key: UUID, leave: UUID, last: date | None, why: str
) -> Entered:
    """Ask that a granted leave ends after ``last``, or holds not at all (None): by who takes it, or to call
    him back by who leads or keeps his unit. ``PersonNotFound``, ``NotAllowed``, ``ContentUnfit``,
    ``GatesBlock``."""
    content = {"leave": str(leave), "last": last.isoformat() if last else "", "why": why}
    entry = recalls.entry_of(content)
    if entry.person_id != actor.person_id:
        require_person(actor, policies.READ, entry.person.uid)
    return decisions.propose(
        actor=actor, at=at, kind=recalls.CODE, key=key, content=content, person=entry.person_id
    )


def _kept(file: Upload | None) -> dict[str, str]:
    if file is None:
        return {"file": "", "file_name": ""}
    media_type(file.data)  # refuses what is no PDF or picture
    return {"file": store.keep(file.data).sha256, "file_name": file.name[-200:]}
