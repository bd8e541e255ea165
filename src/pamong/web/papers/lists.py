"""Lists of leave from a file: tried at once, stored whole when another person agrees."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.attendance.errors import PaperNotFound, PaperUnfit
from pamong.attendance.events import PaperDecided
from pamong.attendance.queries import papers
from pamong.attendance.services import Upload, decide_paper, withdraw_paper
from pamong.leave import policies, services
from pamong.leave.events import ListBrought
from pamong.leave.queries import LISTS, listed
from pamong.leave.services import ListedLeave, ListProblem
from pamong.web import render
from pamong.web.handing import run
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.papers import telling
from pamong.web.papers.forms import REASON_MOST
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice, Pages, page_number

_PROGRAM = "pamong.jobs.leave_list"
_SHOWN = 200  # rows of a long list; all of them are stored


class ListForm(forms.Form):
    """Asks for the file."""

    file = forms.FileField(
        label=gettext_lazy("Berkas daftar cuti"),
        help_text=gettext_lazy(
            "CSV atau XLSX dengan kolom NIP, JENIS (CT, CB, S, CM, CAP, CLTN), MULAI, SELESAI, NOMOR, "
            "TANGGAL."
        ),
        error_messages={
            "required": gettext_lazy("Berkas: pilih berkasnya."),
            "empty": gettext_lazy("Berkas: berkasnya kosong. Pilih berkas yang lain."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Take a file and try it; list those that came before."""
    require(request.actor, policies.ENTER)
    sent = request.method == "POST"
    form = ListForm(*((request.POST, request.FILES) if sent else ()))
    if sent and form.is_valid():
        paper = _brought(request, form)
        if paper is not None:
            return redirect("papers:list", paper)
    found = papers.list_papers(
        LISTS, actor=request.actor, at=request.at, state=None, page=page_number(request.GET)
    )
    context = {"form": form, "found": found, "telling": telling}
    context["pages"] = Pages(found.page, found.last, lambda number: f"?hal={number}")
    return render(request, "papers/lists.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PaperNotFound)
def brought(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what a list says and what is wrong with it; take the decision of the one who may."""
    answer, told = request.POST.get("jawaban", "").strip()[:REASON_MOST], ""
    if request.method == "POST":
        accept = request.POST.get("putusan") == "setuju"
        with Refusal(NotAllowed, PaperNotFound) as refused:
            decide_paper(
                LISTS.desk, actor=request.actor, at=request.at, paper=uid, accept=accept, answer=answer
            )
            messages.success(request, _("Semua baris disimpan dan berlaku.") if accept else _("Ditolak."))
            return redirect("papers:list", uid)
        told = refused.told
    view = papers.get_paper(LISTS, actor=request.actor, at=request.at, uid=uid)
    context = _page(request, view) | {"answer": answer, "told": told}
    return render(request, "papers/list.html", context, status=422 if told else 200)


@require_POST
@login_required
@missing(PaperNotFound)
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take back a list that one brought oneself and that waits."""
    with Refusal(PaperNotFound) as refused:
        withdraw_paper(LISTS.desk, actor=request.actor, paper=uid)
        messages.success(request, _("Ditarik. Dokumen itu tetap tercatat."))
    if refused.told:
        messages.warning(request, refused.told)
    return redirect("papers:list", uid)


def _page(request: ActingRequest, view: papers.PaperView) -> dict[str, Any]:
    names = {who.id: who.name for who in view.persons}
    rows = [(names.get(row["person"], row["nip"]), listed(row)) for row in view.values["rows"]]
    problems = [Notice(_line(line, text)) for line, text in view.values["problems"]]
    return {
        "view": view, "rows": rows[:_SHOWN], "total": len(rows), "problems": problems, "telling": telling,
        "refusal": papers.rights_over(LISTS, actor=request.actor, view=view).refusal,
        "withdraws": view.state.value == "waiting" and view.entered_by == request.actor.user_id,
        "seal": seal(request, view.uid, ListBrought.kind, PaperDecided.kind),
    }  # fmt: skip


def _line(line: int | None, text: str) -> str:
    return _("Baris %(line)s: %(text)s") % {"line": line, "text": text} if line else text


def _brought(request: ActingRequest, form: ListForm) -> UUID | None:
    sent = form.cleaned_data["file"]
    file = Upload(str(sent.name or "daftar-cuti.csv"), sent.read())
    rows, problems = _read(file)
    try:
        return services.bring_list(
            actor=request.actor, at=request.at, file=file, rows=rows, problems=problems
        )
    except PaperUnfit as error:
        form.add_error("file", str(error))
        return None


def _read(file: Upload) -> tuple[Sequence[ListedLeave], Sequence[ListProblem]]:
    told = json.loads(run(_PROGRAM, file.name, given=file.data))
    return (
        [listed(row) for row in told["rows"]],
        [ListProblem(line, text) for line, text in told["problems"]],
    )
