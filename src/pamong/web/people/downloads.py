"""Lists of people as files, made by a process of their own as those of pay are."""

from __future__ import annotations

import json
from datetime import date

from django.http import HttpResponse

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.people.policies import require_reason
from pamong.people.queries import Asked
from pamong.web import handing
from pamong.web.handing import CSV, XLSX, Download

PROGRAM = "pamong.jobs.lists"
REASON_MOST = 300
KINDS = {"xlsx": XLSX, "csv": CSV}


def people(request: ActingRequest, kind: str, asked: Asked, on: date, reason: str = "") -> HttpResponse:
    """The directory as a file; NIP whole with a reason. ``NotAllowed``, ``UnknownFile``, ``FileRefused``."""
    told = {"on": on.isoformat(), "words": asked.words, "unit": asked.unit, "kind": asked.kind}
    told |= {"post_kind": asked.post_kind, "golongan": asked.golongan, "status": asked.status}
    told |= {"reason": reason}
    return _answer(request, "people", kind, told, f"pegawai-{on:%Y-%m-%d}")


def reason_of(request: ActingRequest) -> str:
    """Why somebody takes numbers along in full: what a form says of it; '' for a plain link.

    ``NotAllowed``, ``ReasonMissing`` (of a form alone).
    """
    if request.method != "POST":
        return ""
    policies.require(request.actor, "people:export")
    return require_reason(request.POST.get("alasan", "")[:REASON_MOST])


def retiring(request: ActingRequest, kind: str, told: dict[str, str], name: str) -> HttpResponse:
    """The list of those who retire as a file. ``NotAllowed``, ``UnknownFile``, ``FileRefused``."""
    return _answer(request, "retiring", kind, told, name)


def _answer(request: ActingRequest, what: str, kind: str, told: dict[str, str], name: str) -> HttpResponse:
    policies.require(request.actor, "people:export")
    if kind not in KINDS:
        raise handing.UnknownFile
    arguments = [what, kind, str(request.actor.user_id), request.at.isoformat(), json.dumps(told)]
    data = handing.run(PROGRAM, *arguments)
    return handing.answer(Download(f"{name}.{kind}", KINDS[kind], data), "attachment")
