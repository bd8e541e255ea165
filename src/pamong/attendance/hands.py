"""Why somebody does not decide about a list of who was present, though he has everybody on it in reach."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pamong.kernel.actor import Actor
from pamong.people.services.reading import relatives_of


def refused_sheet(actor: Actor, sheet: Any, persons: Collection[int]) -> str:
    """Why the actor does not decide about a list within his reach; '' where he may."""
    if sheet.entered_by_id == actor.user_id:
        return "Anda yang menulis daftar ini. Orang lain yang memeriksanya."
    own = actor.person_id
    if own is not None and own in persons:
        return "Anda sendiri ada di daftar ini. Orang lain yang memeriksanya."
    if persons and not relatives_of(own).isdisjoint(persons):
        return "Keluarga Anda ada di daftar ini. Orang lain yang memeriksanya."
    return ""
