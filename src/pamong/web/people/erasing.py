"""What opens somebody's data in the log is destroyed: who proposes it, who decides, and what became of it."""

from __future__ import annotations

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
from pamong.access.policies import may_over, require_whole
from pamong.ledger.choices import ErasureGround
from pamong.people import policies, queries, services
from pamong.people.errors import ErasureNotFound
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.missing import missing
from pamong.web.refusals import Refusal

PAGE = "people:erasures"
# How the ground reads in a choice, with where the law says so.
GROUNDS = {
    ErasureGround.RETENTION: gettext_lazy("Masa retensinya habis dan jadwal retensi menyebut dimusnahkan"),
    ErasureGround.UNLAWFUL: gettext_lazy("Datanya diperoleh atau diproses melawan hukum"),
}


class ErasureForm(forms.Form):
    """Whose, on which ground."""

    nip = forms.CharField(
        label=gettext_lazy("NIP"), max_length=30, error_messages={"required": gettext_lazy("NIP: isi.")}
    )
    ground = forms.ChoiceField(label=gettext_lazy("Dasar"))
    reference = forms.CharField(
        label=gettext_lazy("Nomor jadwal retensi atau dokumen"),
        max_length=200,
        help_text=gettext_lazy("Terbuka untuk umum di buku segel: jangan menulis nama orang."),
        error_messages={"required": gettext_lazy("Nomor jadwal retensi atau dokumen: isi nomornya.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Alasan: tulis dalam satu kalimat.")},
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [(ground.value, f"{label} ({ground.article})") for ground, label in GROUNDS.items()]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erasures(request: ActingRequest) -> HttpResponse:
    """Show what waits and what was decided; take a proposal."""
    proposes = may_over(request.actor, policies.ERASE, "")
    if request.method == "POST":
        require_whole(request.actor, policies.ERASE)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        with Refusal(NotAllowed, form=form):
            services.propose_erasure(
                actor=request.actor, at=request.at, nip=told["nip"], ground=ErasureGround(told["ground"]),
                reference=told["reference"], reason=told["reason"],
            )  # fmt: skip
            messages.success(request, _("Usulan tercatat. Kepala pemerintahan yang memutuskannya."))
            return redirect(PAGE)
    rows = queries.list_erasures(actor=request.actor, at=request.at)
    context = {"rows": rows, "form": form, "proposes": bool(proposes)}
    return render(request, "people/erasures.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
@missing(ErasureNotFound)
def decide_erasure(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Do it, or refuse it."""
    require_whole(request.actor, policies.AGREE_ERASURE)
    wish = request.POST.get("putusan", "")
    if wish not in ("hapus", "tolak"):
        messages.warning(request, _("Pilih hapus atau tolak."))
        return redirect(PAGE)
    with Refusal(NotAllowed, ErasureNotFound) as refused:
        count = services.decide_erasure(actor=request.actor, at=request.at, uid=uid, agree=wish == "hapus")
        done = _("Isi pribadi %(count)s catatan dihapus. Bukti segelnya tetap sah.") % {"count": angka(count)}
        messages.success(request, done if wish == "hapus" else _("Usulan ditolak."))
    if refused.told:
        messages.warning(request, refused.told)
    return redirect(PAGE)


__all__ = ["decide_erasure", "erasures"]
