"""The logs as files (C2SP tlog-tiles): checkpoints and hash tiles for everybody, entries for auditors.

Any web server may serve the same folder instead, but for ``tile/entries``. A path is taken only where all its
parts are numbers of the format, so that it leads nowhere else.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.ledger.queries import POLICY

READ = "ledger:read"
FOREVER = "public, max-age=31536000, immutable"
OWN_FOREVER = "private, max-age=31536000, immutable"
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
_LOG = re.compile(r"[a-z][a-z0-9-]{0,63}")
# A level from 0 to 63 or `entries`, a number in parts of three digits, a width below 256 for a partial one.
_TILE = re.compile(
    r"(?P<level>entries|[0-9]|[1-5][0-9]|6[0-3])/(?P<number>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?",
    re.ASCII,
)


@require_safe
def checkpoint(request: HttpRequest, name: str) -> HttpResponse:
    """The published checkpoint with what witnesses added: it changes with every entry."""
    answer = HttpResponse(_read(_folder(name) / "checkpoint"), content_type=TEXT)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The site's policy: its logs' keys, the witnesses, and how many of them are enough."""
    answer = HttpResponse(_read(Path(settings.PAMONG_LEDGER) / POLICY), content_type=TEXT)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def tile(request: ActingRequest, name: str, path: str) -> HttpResponse:
    """A tile of hashes, or a bundle of entries for who may read them."""
    found = _TILE.fullmatch(path)
    if found is None:
        raise Http404(_("Tidak ada ubin buku segel di alamat ini."))
    folder = _folder(name)
    entries = found["level"] == "entries"
    if entries and (refused := _refused(request)):
        return refused
    data = _read(folder / "tile" / path)
    answer = HttpResponse(data, content_type=BYTES)
    answer.headers["Cache-Control"] = OWN_FOREVER if entries else FOREVER
    return answer


def _refused(request: ActingRequest) -> HttpResponse | None:
    """The answer to who may not read entries; None for an auditor, and for a mirror with its token."""
    shown = request.headers.get("Authorization", "")
    if shown:
        token = shown.removeprefix("Bearer ").encode()
        if any(secrets.compare_digest(token, known.encode()) for known in settings.PAMONG_LEDGER_MIRRORS):
            return None
        answer = HttpResponse(_("Token cermin ini tidak dikenal."), status=401, content_type=TEXT)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    if request.actor.user_id is None:
        return redirect_to_login(request.get_full_path())
    policies.require(request.actor, READ)
    return None


def _folder(name: str) -> Path:
    if not _LOG.fullmatch(name):
        raise Http404(_("Tidak ada buku segel dengan nama ini."))
    return Path(settings.PAMONG_LEDGER) / name


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Http404(_("Berkas ini belum ada, atau sudah diganti dengan ubin yang penuh.")) from None
