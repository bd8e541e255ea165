"""What a document says, in the words of its page."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pamong.access.middleware import ActingRequest
from pamong.attendance import queries
from pamong.attendance.choices import ExcuseKind, ExcusePart, PermitKind, Register
from pamong.attendance.queries.papers import PaperView
from pamong.decisions.site import site_law
from pamong.kernel.clock import WEEKDAYS
from pamong.kernel.period import Period
from pamong.ledger.choices import PaperAct, PaperState
from pamong.performance.choices import PredicateKind
from pamong.web.formats import angka, tanggal
from pamong.web.labels import label
from pamong.web.ledger.backdating import backdated

TONES = {
    PaperState.WAITING: "attention", PaperState.VERIFIED: "good", PaperState.REFUSED: "problem",
    PaperState.WITHDRAWN: "neutral", PaperState.REPLACED: "neutral",
}  # fmt: skip
_FEW = 3


def state_of(view: PaperView) -> tuple[str, str]:
    """The word of how a document stands, and its tone: one that was ended by another act says so."""
    if view.cancelled:
        return _("Dibatalkan"), "neutral"
    word = label(view.state)
    if view.act is not PaperAct.NEW and view.state is PaperState.WAITING:
        word = f"{label(view.act)}: {word.lower()}"
    return word, TONES[view.state]


def title_of(view: PaperView) -> str:
    """What a document is, in a few words."""
    said = view.values
    if view.register is Register.PREDICATE:
        named = label(PredicateKind(said["predicate"]))
        return _("%(predicate)s, tahun %(year)s") % {"predicate": named, "year": said["year"]}
    if view.register in (Register.LEAVE, Register.DUTY):
        kind = label(ExcuseKind(said["kind"]))
        return f"{kind}: {said['purpose']}" if view.register is Register.DUTY else kind
    return label(PermitKind(said["kind"])) if view.register is Register.PERMIT else str(said["name"])


def people_of(view: PaperView) -> str:
    """Whom it is about: names of the first few, and how many more."""
    names = [who.name for who in view.persons[:_FEW]]
    more = len(view.persons) - len(names) + view.others
    if not names and not more:
        return _("Semua hadir")
    if not names:
        return _("%(count)s pegawai") % {"count": angka(more)}
    listed = "; ".join(names)
    return _("%(names)s dan %(count)s lainnya") % {"names": listed, "count": angka(more)} if more else listed


def days_of(view: PaperView) -> str:
    """Its days and hours: ``Senin, 16 November 2026, 09.00–11.00``."""
    days = view.days
    if days is None:
        return ""
    hours = _hours(view)
    return f"{_days(days)}, {hours}" if hours else _days(days)


def backdated_of(view: PaperView) -> str:
    """The mark of a document that was entered after its first day, with its number; '' for others."""
    if view.days is None:
        return ""
    said = view.values
    letter = f"{said['number']}, {tanggal(said['dated_on'])}" if said.get("number") else ""
    return backdated(view.days.start, view.entered_at, letter)


def _days(days: Period) -> str:
    last = days.last_day or days.start
    first = f"{WEEKDAYS[days.start.weekday()]}, {tanggal(days.start)}"
    if last == days.start:
        return first
    return _("%(first)s sampai %(last)s") % {
        "first": first, "last": f"{WEEKDAYS[last.weekday()]}, {tanggal(last)}",
    }  # fmt: skip


def _hours(view: PaperView) -> str:
    starts, ends = view.values.get("starts"), view.values.get("ends")
    zone = str(view.values.get("zone") or settings.PAMONG_ZONE)
    return f"{_clock(starts, zone)}–{_clock(ends, zone)}" if starts and ends else ""


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H.%M}"


def facts_of(request: ActingRequest, view: PaperView) -> list[tuple[str, str]]:
    """Everything that a document says, each with its name."""
    said = view.values
    told = [(_("Hari"), days_of(view))] if view.days is not None else []
    if view.register is Register.LEAVE:
        told += _of_leave(request, view)
    if "number" in said:
        told.append((_("Surat"), f"{said['number']}, {tanggal(said['dated_on'])}"))
    if view.register is Register.DUTY:
        told.append((_("Maksud"), said["purpose"]))
        told += [(_("Tempat"), said["place"])] if said["place"] else []
    told += [(_("Unit"), view.unit)] if view.unit else []
    told += [(_("Alasan"), view.reason)] if view.reason else []
    told.append((_("Dimasukkan oleh"), view.entered_name))
    if view.decided_name and view.state is not PaperState.WITHDRAWN:
        told.append((_("Diputuskan oleh"), view.decided_name))
    return told + ([(_("Jawaban"), view.answer)] if view.answer else [])


def _of_leave(request: ActingRequest, view: PaperView) -> list[tuple[str, str]]:
    part = ExcusePart(view.values["part"])
    told = [] if part is ExcusePart.WHOLE else [(_("Bagian hari"), label(part))]
    if not settings.PAMONG_PROFILE or view.days is None:
        return told
    count = queries.count_working_days(
        actor=request.actor, person=view.values["person_id"], days=view.days, law=site_law()
    )
    if count is None:
        return told
    days = ngettext("%(count)s hari kerja", "%(count)s hari kerja", count) % {"count": angka(count)}
    return [*told, (_("Lamanya"), days)]
