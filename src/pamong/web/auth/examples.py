"""Who signs in to the demo, for its sign-in page; nobody on a real site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from pamong.demo.accounts import ACCOUNTS
from pamong.demo.people import DEMO_PASSWORD


@dataclass(frozen=True, slots=True)
class Example:
    """An account of the demo and what it shows."""

    username: str
    text: str


def examples() -> Sequence[Example]:
    """The demo's accounts in the order of its list of sign-ins; none on a real site."""
    if not settings.PAMONG_DEMO:
        return ()
    return [Example(each.username, f"{each.display_name} ({each.shows})") for each in ACCOUNTS]


def example_password() -> str:
    """The one password of them all."""
    return DEMO_PASSWORD
