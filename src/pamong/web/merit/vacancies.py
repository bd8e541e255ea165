"""One vacancy as a path, and the plain acts on it: each a button with its service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.merit import events, queries, services
from pamong.merit.errors import VacancyNotFound
from pamong.web import render
from pamong.web.ledger.seals import seals
from pamong.web.merit import words
from pamong.web.missing import missing
from pamong.web.shapes import uid_of

ACT, REASON, KEY = "langkah", "alasan", "kunci"
_SEALED = (events.Opened.kind, events.StepTaken.kind)


@require_safe
@login_required
@missing(VacancyNotFound)
def show(request: ActingRequest, uid: UUID) -> HttpResponse:
    """The path, what is frozen, who judges, who applied, and the acts that are the reader's now."""
    view = queries.get_vacancy(actor=request.actor, at=request.at, vacancy=uid)
    context = {
        "vacancy": view, "stages": words.stages(view), "words": words, "key": uuid7(request.at),
        "seal": seals(request, [uid], *_SEALED).of(uid),
    }  # fmt: skip
    return render(request, "merit/vacancy.html", context)


@require_POST
@login_required
@missing(VacancyNotFound)
def act(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Do one of the acts, then show the vacancy, or the decision that was proposed."""
    queries.require_visible(actor=request.actor, vacancy=uid)
    done = _ACTS.get(request.POST.get(ACT, ""))
    if done is None:
        messages.warning(request, _("Pilih salah satu tombol pada halaman ini."))
        return redirect("merit:vacancy", uid)
    try:
        return done(request, uid)
    except (NotAllowed, VacancyNotFound):
        raise
    except DomainError as error:
        messages.warning(request, str(error))
        return redirect("merit:vacancy", uid)


def _who(request: ActingRequest, uid: UUID) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at, "vacancy": uid}


def _announce(request: ActingRequest, uid: UUID) -> HttpResponse:
    services.announce(**_who(request, uid), basis=request.POST.get(REASON, ""))
    messages.success(request, _("Lowongan diumumkan. Kriterianya dibekukan."))
    return redirect("merit:vacancy", uid)


def _close(request: ActingRequest, uid: UUID) -> HttpResponse:
    for sentence in services.close_applications(**_who(request, uid)):
        messages.warning(request, sentence)
    messages.success(request, _("Pelamaran ditutup."))
    return redirect("merit:vacancy", uid)


def _cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    services.cancel(**_who(request, uid), reason=request.POST.get(REASON, ""))
    messages.success(request, _("Lowongan dibatalkan. Ia tetap terlihat dengan alasannya."))
    return redirect("merit:vacancy", uid)


def _present(request: ActingRequest, uid: UUID) -> HttpResponse:
    services.declare_present(**_who(request, uid))
    messages.success(request, _("Kehadiran Anda tercatat. Isi lembar nilai Anda."))
    return redirect("merit:sheet", uid)


def _recuse(request: ActingRequest, uid: UUID) -> HttpResponse:
    services.recuse(**_who(request, uid), reason=request.POST.get(REASON, ""))
    messages.success(request, _("Pengunduran diri Anda tercatat. Anda tidak menilai lowongan ini."))
    return redirect("merit:index")


def _open_scores(request: ActingRequest, uid: UUID) -> HttpResponse:
    services.open_scores(**_who(request, uid))
    messages.success(request, _("Nilai dibuka dan tidak dapat diubah lagi. Ajukan hasilnya."))
    return redirect("merit:vacancy", uid)


def _lock(request: ActingRequest, uid: UUID) -> HttpResponse:
    done = services.propose_lock(**_who(request, uid), key=_key(request))
    messages.success(request, _("Hasil diajukan kepada ketua panitia."))
    return redirect("decisions:decision", done.uid)


def _put(request: ActingRequest, uid: UUID) -> HttpResponse:
    done = services.propose_appointment(**_who(request, uid), key=_key(request))
    messages.success(request, _("Nama yang dikunci diajukan untuk dipilih."))
    return redirect("decisions:decision", done.uid)


def _key(request: ActingRequest) -> UUID:
    return uid_of(request.POST.get(KEY, "")) or uuid7(request.at)


_ACTS: dict[str, Callable[[ActingRequest, UUID], HttpResponse]] = {
    "umumkan": _announce,
    "tutup": _close,
    "batalkan": _cancel,
    "hadir": _present,
    "mundur": _recuse,
    "buka-nilai": _open_scores,
    "ajukan-hasil": _lock,
    "ajukan-pilihan": _put,
}
