"""What a page hands on to its next step in a hidden field: signed, for who saw it alone, for a day."""

from __future__ import annotations

from typing import Any

from django.core import signing

from pamong.kernel.actor import Actor

_DAY_SECONDS = 86_400


def hand_on(told: Any, *, of: str, actor: Actor) -> str:
    """The text of the field. ``of`` names the pages; ``told`` is what JSON can hold."""
    return signing.dumps([actor.user_id, told], salt=of, compress=True)


def take_up(text: str, *, of: str, actor: Actor) -> Any:
    """What was handed on; None where it is forged, another's, or older than a day."""
    try:
        user_id, told = signing.loads(text, salt=of, max_age=_DAY_SECONDS)
    except signing.BadSignature:
        return None
    return told if user_id == actor.user_id else None
