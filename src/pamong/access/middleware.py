"""The edge of every request: when it came (``request.at``) and who acts (``request.actor``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from pamong.access import clock, queries
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ActingRequest(HttpRequest):
    """A request as views see it; for annotations only."""

    at: datetime
    actor: Actor


def acting(get_response: GetResponse) -> GetResponse:
    """Set both; the actor's grants are read from the database only when someone asks for them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        at = clock.now()
        request.at = at  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request, at))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _actor(request: HttpRequest, at: datetime) -> Actor:
    return queries.actor_for(request.user, local_date(at, settings.PAMONG_ZONE))
