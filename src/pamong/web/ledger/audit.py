"""What the last audit found, for who must judge it: before and now, to be read, printed and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pamong.access import clock, policies
from pamong.access.middleware import ActingRequest
from pamong.ledger import queries
from pamong.ledger.queries import AuditRow
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.ledger import words

OPEN = "ledger:open"
MOST = 200  # findings on the page; the file has all of them


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. ``differs``: (column, what the log says, what stands now), None where it is not there.

    ``what``: what the table holds, in words, '' where we have none; ``leaf``: log and number of the entry
    that says it; ``since``: when that was placed.
    """

    label: str
    what: str
    relation: str
    row: str
    sentence: str
    differs: tuple[tuple[str, str | None, str | None], ...]
    leaf: tuple[str, int] | None
    since: datetime | None


@require_safe
@login_required
def audit(request: ActingRequest) -> HttpResponse:
    """Show what the last audit found, and how it can be wrong."""
    policies.require_whole(request.actor, OPEN)
    last = queries.last_audit(actor=request.actor)
    clean_at = queries.last_clean_at(actor=request.actor) if last and not last.ok else None
    context = {
        "last": last,
        "clean_at": clean_at,
        "views": [finding_view(each) for each in last.findings[:MOST]] if last else [],
        "total": total(last) if last else 0,
        "more": total(last) - min(len(last.findings), MOST) if last else 0,
        "counts": list(counts(last)) if last else [],
        "unseen": sentences(last, "unseen") if last else [],
        "notes": sentences(last, "notes") if last else [],
    }
    return render(request, "ledger/audit.html", context)


@require_safe
@login_required
def download(request: ActingRequest) -> HttpResponse:
    """Hand out all that the last audit found, as JSON."""
    policies.require_whole(request.actor, OPEN)
    last = queries.last_audit(actor=request.actor)
    if last is None:
        raise Http404(_("Belum ada audit. Audit berjalan setiap malam, atau dengan 'pamong audit'."))
    told = {
        "started_at": last.started_at.isoformat(), "ended_at": last.ended_at.isoformat(), "ok": last.ok,
        "counts": last.counts, "findings": last.findings,
    }  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"audit-{clock.local(last.started_at):%Y%m%d-%H%M}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def finding_view(told: Mapping[str, Any]) -> FindingView:
    """A finding as an audit wrote it; what it left out is empty."""
    before, now = _mapping(told.get("before")), _mapping(told.get("now"))
    since = _mapping(told.get("since"))
    seq, log = since.get("seq"), since.get("log")
    return FindingView(
        label=str(told.get("label") or told.get("kind") or ""),
        what=words.table_name(str(told.get("relation", ""))),
        relation=str(told.get("relation", "")),
        row=str(told.get("row", "")),
        sentence=str(told.get("sentence", "")),
        differs=tuple((name, before.get(name), now.get(name)) for name in dict.fromkeys([*before, *now])),
        leaf=(str(log), seq) if log and isinstance(seq, int) else None,
        since=datetime.fromisoformat(since["at"]) if since.get("at") else None,
    )


def total(last: AuditRow) -> int:
    """How many findings there were: of very many of one kind an audit keeps the first."""
    told = last.counts.get("findings")
    return told if isinstance(told, int) else len(last.findings)


def counts(last: AuditRow) -> list[tuple[str, str]]:
    """How much was looked at, in words; the file tells the rest."""
    names = {
        "entries_decisions": _("catatan keputusan"), "entries_rules": _("catatan aturan"),
        "rows": _("baris yang dilindungi"), "tables": _("tabel"), "openings": _("isi pribadi"),
        "openings_erased": _("isi pribadi yang sudah dihapus"), "slips": _("rincian pembayaran"),
        "checkpoints": _("titik segel"), "cosignatures": _("tanda tangan saksi"),
        "witnesses_agree": _("jawaban saksi yang setuju"), "law_files": _("berkas aturan"),
    }  # fmt: skip
    counted = {name: count for name, count in last.counts.items() if type(count) is int}
    known = [name for name in names if name in counted]
    return [(names[name], angka(counted[name])) for name in known]


def sentences(last: AuditRow, name: str) -> list[str]:
    """What an audit says beside its findings, under ``name`` of its counts: what it could not look at."""
    found = last.counts.get(name, [])
    return [str(each) for each in found] if isinstance(found, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
