"""The promise behind every act: an answer that tells of something recorded carries signed receipts.

Machines get them in a header. People get a link in the message of the next page; what the link needs travels
in it, signed, so that nothing is kept here and nothing is lost on the way.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from pamong.access import clock
from pamong.ledger.receipts import Promise, Recorded, collecting
from pamong.web.formats import angka

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HEADER = "Pamong-Receipt"
MOST_IN_HEADER = 5  # a header must stay small
TAG = "tanda-terima:"
_SALT = "pamong.ledger.promise"


def promises(get_response: GetResponse) -> GetResponse:
    """Promise what a request has recorded: in a header for machines, by a link in a message for people."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with collecting() as collected:
            response = get_response(request)
        if not collected.count:
            return response
        at = clock.stamped(clock.now())
        if request.path.startswith("/api/"):
            text = file_of(Promise.of(collected, at, MOST_IN_HEADER))
            response.headers[HEADER] = base64.b64encode(text.encode()).decode()
        else:
            _tell(request, Promise.of(collected, at))
        return response

    return middleware


def file_of(promise: Promise) -> str:
    """The file that somebody keeps: the receipts one behind another, and which entries have none here."""
    text = "\n".join(promise.notes())
    if promise.rest is None:
        return text
    first, last = (angka(number) for number in promise.rest)
    return f"{text}\nKiriman yang sama juga mencatat yang lain, dengan nomor masuk {first} sampai {last}.\n"


def file_name(promise: Promise) -> str:
    """``tanda-terima-20261110-0705.txt``, by the clock that the pages show."""
    return f"tanda-terima-{clock.local(promise.at):%Y%m%d-%H%M}.txt"


def token_of(promise: Promise) -> str:
    """A promise as it travels in an address."""
    kinds = sorted({(each.log, each.kind) for each in promise.told})
    told = [
        [each.entry_id, kinds.index((each.log, each.kind)), base64.b64encode(each.leaf).decode()]
        for each in promise.told
    ]
    packed = {"at": promise.at.isoformat(), "kinds": kinds, "told": told, "rest": promise.rest}
    return signing.dumps(packed, salt=_SALT, compress=True)


def promise_of(token: str) -> Promise | None:
    """The promise of an address; None for what we have not signed."""
    try:
        packed: dict[str, Any] = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    kinds = packed["kinds"]
    told = tuple(
        Recorded(entry_id, kinds[kind][0], kinds[kind][1], base64.b64decode(leaf))
        for entry_id, kind, leaf in packed["told"]
    )
    rest = tuple(packed["rest"]) if packed["rest"] else None
    return Promise(datetime.fromisoformat(packed["at"]), told, rest)


def receipt_href(message: object) -> str:
    """Where the receipts of what a message tells of are handed out; '' for a message without any."""
    tags = str(getattr(message, "extra_tags", "") or "")
    if not tags.startswith(TAG):
        return ""
    return f"{reverse('ledger:receipt_file')}?isi={tags.removeprefix(TAG)}"


def _tell(request: HttpRequest, promise: Promise) -> None:
    """Add the link to the last message of this answer, or to one of its own."""
    tag = TAG + token_of(promise)
    queued = getattr(messages.get_messages(request), "_queued_messages", [])
    bare = [message for message in queued if not message.extra_tags]
    if bare:
        bare[-1].extra_tags = tag
    else:
        messages.success(request, _("Tercatat di buku segel."), extra_tags=tag)
