"""Verifying a printed document: the page and its keys, kept for where there is no network; and, when asked,
whether a document still holds."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.decisions import queries as decisions
from pamong.ledger import proofs
from pamong.pay import queries as pay
from pamong.web import render
from pamong.web.check import words
from pamong.web.ledger import kinds
from pamong.web.ledger.fields import FIELDS

CHECK = "ledger:check"
# This page alone may use the camera, to read a QR code.
POLICY = "camera=(self), microphone=(), payment=(), usb=(), geolocation=()"
HASH_DIGITS = 64


@require_safe
def index(request: ActingRequest) -> HttpResponse:
    """Show the page that verifies in the browser, with the site's keys; nothing is sent to it."""
    require(request.actor, CHECK)
    context = {
        "policy": proofs.policy_text(), "kinds": words.KINDS, "fields": words.FIELDS, "values": words.VALUES,
        "entries": kinds.KINDS, "also": FIELDS,
    }  # fmt: skip
    response = render(request, "check/index.html", context)
    response.headers["Permissions-Policy"] = POLICY
    return response


@require_safe
def worker(request: ActingRequest) -> HttpResponse:
    """Hand out the script that keeps the page above on the device; it reaches no further than its folder."""
    require(request.actor, CHECK)
    data = (files("pamong.web") / "static" / "js" / "check" / "worker.js").read_bytes()
    response = HttpResponse(data, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def status(request: ActingRequest, sha256: str, item_sha256: str) -> HttpResponse:
    """Say whether a document still holds: by the hash of its entry and that of its own item, or of the entry
    once more. These hashes are all that is asked with."""
    require(request.actor, CHECK)
    context = _standing(request, _bytes(sha256), _bytes(item_sha256))
    response = render(request, "check/status.html", context, block="answer")
    response.headers["Cache-Control"] = "no-store"
    return response


def _standing(request: ActingRequest, entry: bytes, item: bytes) -> dict[str, Any]:
    """An order has an entry of its own; slips are items of theirs."""
    order = decisions.find_order_by_leaf(actor=request.actor, leaf=entry) if entry and item == entry else None
    if order is not None:
        return words.of_order(order)
    return words.of_standing(pay.find_paper(actor=request.actor, entry=entry, item=item))


def _bytes(sha256: str) -> bytes:
    """The 32 bytes of a hash; nothing for another text, which no document has."""
    try:
        return bytes.fromhex(sha256) if len(sha256) == HASH_DIGITS else b""
    except ValueError:
        return b""
