"""The shadow month as pages: hand in the list that was paid, read every difference under its cause."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from procrastinate.contrib.django import app

from pamong.access.middleware import ActingRequest
from pamong.documents import store
from pamong.pay import policies, queries, shadow
from pamong.pay.choices import Cause, ListState
from pamong.pay.errors import ListNotFound, RunNotFound, RunNotPublished
from pamong.web import render
from pamong.web.missing import missing
from pamong.web.pay import reading
from pamong.web.shapes import Pages, page_href, page_number

TASK = "pamong.compare_paid"


class PaidForm(forms.Form):
    """Asks for the list that was paid."""

    paid = forms.FileField(
        label=gettext_lazy("Daftar yang sudah dibayar"),
        help_text=gettext_lazy(
            "CSV atau XLSX bulan yang sama. Yang perlu ada: NIP dan TPP bersih. Kelas jabatan, TPP kotor, "
            "potongan, pajak, dan iuran membantu menyebut sebab selisihnya."
        ),
        error_messages={
            "required": gettext_lazy("Daftar yang sudah dibayar: pilih berkasnya."),
            "empty": gettext_lazy("Daftar yang sudah dibayar: berkasnya kosong. Pilih berkas yang lain."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(RunNotFound)
def comparisons(request: ActingRequest, uid: UUID) -> HttpResponse:
    """List the comparisons of a run; take another list."""
    run = queries.get_run(actor=request.actor, uid=uid)
    form = PaidForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":
        policies.require_run(request.actor)
        if form.is_valid():
            return _ask(request, uid, form.cleaned_data["paid"])
    context = {
        "run": run,
        "rows": shadow.list_comparisons(actor=request.actor, run=uid),
        "tabs": reading.tabs(run, "shadow"),
        "form": form if policies.may_run(request.actor) else None,
    }
    return render(request, "pay/shadow.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_required
@missing(ListNotFound, RunNotFound)
def comparison(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one comparison: what is the same, the causes with their totals, the people behind each."""
    row = shadow.get_comparison(actor=request.actor, uid=uid)
    run = queries.get_run(actor=request.actor, uid=row.run)
    context: dict[str, Any] = {"row": row, "run": run, "tabs": reading.tabs(run, "shadow"), "causes": Cause}
    if row.state is ListState.DONE:
        asked = _asked(request)
        found = shadow.list_differences(actor=request.actor, at=request.at, uid=uid, **asked)
        pages = Pages(found.number, found.pages, lambda number: page_href(request.GET, number))
        context |= {"asked": asked, "found": found, "pages": pages, "masked": reading.masked}
    elif row.state is ListState.WAITING and request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    answer = render(request, "pay/comparison.html", context, block="differences")
    if row.state is ListState.WAITING:
        answer.headers["Refresh"] = "3"
    return answer


def _ask(request: ActingRequest, uid: UUID, upload: UploadedFile[bytes]) -> HttpResponse:
    kept = store.keep(upload.chunks())
    try:
        with transaction.atomic():
            found = shadow.ask(
                actor=request.actor, at=request.at, run=uid, name=upload.name or "daftar",
                sha256=kept.sha256, size=kept.size,
            )  # fmt: skip
            app.configure_task(TASK, lock=f"paid:{found}").defer(
                uid=str(found), user_id=request.actor.user_id
            )
    except RunNotPublished as error:
        messages.warning(request, str(error))
        return redirect("pay:shadow", uid)
    messages.success(request, _("Daftar diterima dan sedang dibandingkan."))
    return redirect("pay:comparison", found)


def _asked(request: ActingRequest) -> dict[str, Any]:
    cause = request.GET.get("sebab", "")
    return {
        "cause": cause if cause in list(Cause) else "",
        "words": request.GET.get("q", "").strip()[:100],
        "page": page_number(request.GET),
    }
