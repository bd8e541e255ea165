"""Receipts: handed out after an act, and checked by whoever kept one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.middleware import ActingRequest
from pamong.ledger import queries
from pamong.ledger.queries import Promised
from pamong.ledger.receipts import receipt_keys
from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.receipts import HEAD
from pamong.web import render
from pamong.web.ledger import kinds
from pamong.web.ledger.promising import file_name, file_of, promise_of

TEXT = "text/plain; charset=utf-8"
MOST_BYTES = 64 * 1024
MOST_RECEIPTS = 50


class ReceiptForm(forms.Form):
    """A receipt as text or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Teks tanda terima"), required=False, max_length=MOST_BYTES, strip=False,
        widget=forms.Textarea,
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Berkas tanda terima"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two, as text under ``receipts``."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(_("Berkas ini terlalu besar untuk tanda terima. Pilih berkas lain."))
        text = file.read().decode("utf-8", "replace") if file else cleaned.get("text", "")
        cleaned["receipts"] = receipts_in(text)
        if not cleaned["receipts"]:
            raise forms.ValidationError(
                _("Tidak ada tanda terima di sini. Pilih berkasnya, atau tempelkan seluruh teksnya.")
            )
        return cleaned


@dataclass(frozen=True, slots=True)
class Checked:
    """One receipt and what became of it; ``fault`` is a sentence where it is none of ours."""

    promised: Promised | None
    title: str = ""
    fault: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ActingRequest) -> HttpResponse:
    """Say what a receipt is good for, and check those that somebody kept."""
    form = ReceiptForm(request.POST, request.FILES) if request.method == "POST" else ReceiptForm()
    found: list[Checked] = []
    if form.is_bound and form.is_valid():
        found = [_checked(request, note) for note in form.cleaned_data["receipts"]]
    context = {"form": form, "found": found, "key": receipt_keys()[0].vkey}
    return render(request, "ledger/receipt.html", context, status=422 if form.errors else 200)


@require_safe
def handed(request: HttpRequest) -> HttpResponse:
    """Hand out the receipts of one act; what it was travels in the address, signed."""
    promise = promise_of(request.GET.get("isi", ""))
    if promise is None:
        raise Http404(_("Alamat tanda terima ini tidak utuh. Buka lagi tautan pada pesan halamannya."))
    answer = HttpResponse(file_of(promise), content_type=TEXT)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(promise)}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public keys by which receipts are verified: the present one first, then earlier ones."""
    text = "".join(f"{each.vkey}\n" for each in receipt_keys())
    answer = HttpResponse(text, content_type=TEXT)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def receipts_in(text: str) -> list[str]:
    """The receipts of a file, each as the note that it is; a file may hold other words behind them."""
    lines = text.replace("\r\n", "\n").split("\n")
    starts = [place for place, line in enumerate(lines) if line.strip() == HEAD][:MOST_RECEIPTS]
    return ["".join(f"{line}\n" for line in _note(lines[start:])) for start in starts]


def _note(lines: list[str]) -> list[str]:
    """The lines of the note that begins here: its text, an empty line, and its signatures."""
    rest = lines[1:]
    ends = next((place for place, line in enumerate(rest) if not line.strip()), len(rest))
    signed = [line.rstrip() for line in rest[ends + 1 :]]
    signatures = next((place for place, line in enumerate(signed) if not line.startswith("— ")), len(signed))
    return [lines[0].strip(), *(line.strip() for line in rest[:ends]), "", *signed[:signatures]]


def _checked(request: ActingRequest, note: str) -> Checked:
    try:
        promised = queries.check_receipt(actor=request.actor, note=note)
    except TreeError as error:
        return Checked(None, fault=str(error))
    return Checked(promised, kinds.title_of(promised.receipt.kind))
