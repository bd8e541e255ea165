"""How the logs stand, for everybody: how far they are sealed, who has seen it, what waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from pamong.access import clock, policies
from pamong.access.middleware import ActingRequest
from pamong.ledger import queries
from pamong.ledger.queries import LedgerState, LogState, WitnessState
from pamong.web import render
from pamong.web.formats import angka, waktu
from pamong.web.ledger import audit

READ = "ledger:read"
LOGS = {"decisions": gettext_lazy("Keputusan"), "rules": gettext_lazy("Aturan dan kunci")}
ABOUT = {
    "decisions": gettext_lazy("Semua keputusan dan data yang dilindungi, termasuk pembayaran."),
    "rules": gettext_lazy("Aturan yang berlaku, kunci, dan siapa saksi luarnya."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that an operator has to look at; ``said`` is what is known about the cause."""

    text: str
    said: str = ""


@require_safe
def status(request: ActingRequest) -> HttpResponse:
    """Show all logs; all well is one quiet sentence."""
    now = clock.stamped(request.at)
    state = queries.ledger_state(actor=request.actor, at=now)
    reads = bool(policies.may(request.actor, READ))
    context = {
        "state": state,
        "faults": list(faults(state, now)),
        "log_name": log_name,
        "about": lambda name: ABOUT.get(name, ""),
        "age": lambda at: age(now - at),
        "witness_words": witness_words,
        "reads": reads,
        "audits": bool(policies.may_over(request.actor, audit.OPEN, "")),
        "audit": queries.last_audit(actor=request.actor) if reads else None,
        "total": audit.total,
    }
    return render(request, "ledger/status.html", context)


def log_name(name: str) -> str:
    """What a log is called; one that a site has added by its own name."""
    return str(LOGS.get(name, name))


def age(span: timedelta) -> str:
    """How long ago, roughly, as people say it."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return _("kurang dari semenit yang lalu")
    minutes = seconds // 60
    if minutes < 60:
        told = ngettext("%(count)s menit yang lalu", "%(count)s menit yang lalu", minutes)
        return told % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s jam yang lalu", "%(count)s jam yang lalu", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s hari yang lalu", "%(count)s hari yang lalu", days) % {"count": angka(days)}


def witness_words(witness: WitnessState) -> tuple[str, str]:
    """How a witness stands, with its tone."""
    if witness.missing_since is not None:
        return _("Tidak ikut sejak %(since)s") % {"since": waktu(witness.missing_since)}, "attention"
    if witness.size is None:
        return _("Belum pernah ikut"), "attention"
    return _("Ikut menyaksikan"), "good"


def faults(state: LedgerState, now: datetime) -> Iterator[Fault]:
    """What is wrong, the gravest first; nothing where all is well."""
    if state.fault:
        yield Fault(state.fault)
    for log in state.logs:
        yield from _late(log, now)
    if not state.has_policy or not any(log.witnesses for log in state.logs):
        if not state.fault:
            yield Fault(_("Belum ada saksi luar, jadi segel ini hanya dijamin oleh situs ini sendiri."))
        return
    if not state.needs_outsider:
        yield Fault(
            _(
                "Kebijakan saksi dapat terpenuhi tanpa saksi di luar pemerintah daerah ini. "
                "Perbaiki kebijakannya."
            )
        )
    for log in state.logs:
        yield from _unwitnessed(log)


def _late(log: LogState, now: datetime) -> Iterator[Fault]:
    named = {"log": log_name(log.name)}
    if log.late:
        since = age(now - log.waiting_since) if log.waiting_since else ""
        if log.waiting:
            told = _(
                "%(log)s: %(count)s catatan menunggu disegel, yang tertua %(since)s. Penyegel tidak jalan?"
            )
            yield Fault(told % {**named, "count": angka(log.waiting), "since": since})
        else:
            yield Fault(_("%(log)s: catatan bernomor belum masuk titik segel. Penyegel tidak jalan?") % named)


def _unwitnessed(log: LogState) -> Iterator[Fault]:
    if not log.sealed:
        return
    named = {"log": log_name(log.name)}
    for witness in log.witnesses:
        word, tone = witness_words(witness)
        if tone != "good":
            yield Fault(f"{named['log']}: saksi {witness.name} {word[:1].lower()}{word[1:]}.", witness.said)
    if not log.quorum:
        yield Fault(_("%(log)s: saksi yang ikut belum cukup menurut kebijakan.") % named)
    elif not log.outsider:
        yield Fault(_("%(log)s: tidak ada saksi luar pemerintah daerah ini di antara yang ikut.") % named)
