"""What surrounds every page: menu, name, look, language and the demo's banner."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from pamong.access import policies
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.web import nav

THEME_COOKIE = "tampilan"
THEMES = {"terang": "light", "gelap": "dark"}


@dataclass(frozen=True, slots=True)
class Frame:
    """``theme`` is 'light', 'dark' or '' (as the device wishes); ``demo_on`` is '' on a real site.

    ``searches`` tells whether there is anybody to search for, ``counts`` whether the head tells how much
    waits.
    """

    signed_in: bool
    name: str
    entries: tuple[nav.Entry, ...]
    bottom: tuple[nav.Entry, ...]
    current: str
    theme: str
    language: str
    demo_on: str
    searches: bool
    counts: bool


def frame_of(request: HttpRequest) -> Frame:
    """Build the frame of one request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entries = nav.entries_for(actor)
    return Frame(
        signed_in=actor.user_id is not None,
        name=actor.name,
        entries=entries,
        bottom=nav.bottom_for(entries),
        current=_current(request.path, entries),
        theme=THEMES.get(request.COOKIES.get(THEME_COOKIE, ""), ""),
        language=get_language() or settings.LANGUAGE_CODE,
        demo_on=format_date(actor.on) if settings.PAMONG_DEMO else "",
        searches=policies.may_over_others(actor, "people:read"),
        counts=nav.has_count(actor),
    )


def _current(path: str, entries: tuple[nav.Entry, ...]) -> str:
    """The entry whose address begins the path; the longest one wins, the home page only for itself."""
    hrefs = {entry.url_name: entry.area or entry.href for entry in entries}
    fitting = [
        name
        for name, href in hrefs.items()
        if path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
    ]
    return max(fitting, key=lambda name: len(hrefs[name]), default="")
