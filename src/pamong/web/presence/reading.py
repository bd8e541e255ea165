"""What a month of somebody's days says, in the words of its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pamong.access.middleware import ActingRequest
from pamong.attendance import policies, queries
from pamong.attendance.choices import OLDEST, ExcuseKind
from pamong.attendance.queries import DayView, PersonDays, Vouch
from pamong.attendance.resolving import DayResult, Fate, ReasonCode, State
from pamong.decisions.site import site_law
from pamong.kernel.clock import WEEKDAYS
from pamong.law.engine.errors import LawError
from pamong.leave.queries import Kept, kept_days
from pamong.people import queries as people
from pamong.web.formats import angka, saat
from pamong.web.jinja import url
from pamong.web.labels import label
from pamong.web.months import Steps, steps_of
from pamong.web.presence.linking import linked
from pamong.web.shapes import Link

_MINUTE = 60
_TONES = {
    State.PRESENT: "good", State.MISSING_IN: "attention", State.MISSING_OUT: "attention",
    State.ABSENT: "attention", State.OPEN: "info", State.PLANNED: "neutral",
}  # fmt: skip
# The signs of days in the strip; any kind of leave but sick leave is C.
_SIGNS = {
    "H": gettext_lazy("Hadir"), "T": gettext_lazy("Terlambat"), "PA": gettext_lazy("Pulang lebih awal"),
    "TL": gettext_lazy("Tidak lengkap: masuk atau pulang tidak tercatat"),
    "TP": gettext_lazy("Tidak ada presensi"), "C": gettext_lazy("Cuti"), "S": gettext_lazy("Cuti sakit"),
    "TB": gettext_lazy("Tugas belajar"), "D": gettext_lazy("Dinas luar"),
    "DIS": gettext_lazy("Dispensasi"), "I": gettext_lazy("Izin"), "K": gettext_lazy("Koreksi disetujui"),
    "G": gettext_lazy("Gangguan presensi"),
}  # fmt: skip
_EXCUSED = {
    ExcuseKind.LEAVE_SICK: "S", ExcuseKind.STUDY: "TB", ExcuseKind.DUTY: "D", ExcuseKind.DISPENSATION: "DIS",
    ExcuseKind.PERMIT: "I", ExcuseKind.CORRECTION: "K", ExcuseKind.OUTAGE: "G",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the page. ``tone`` colours its place in the strip, ``word`` says the same, ``sign`` stands
    for it where there is no room; ``hours`` are those expected, ``notes`` why it is so, ``papers`` the
    documents that excuse it, for who may read them; ``came_by`` and ``left_by`` say on whose word a time
    stands that no machine told. ``listed``: whether there is anything to tell of it."""

    on: date
    weekday: str
    word: str
    tone: str
    hours: str
    came: str
    left: str
    notes: tuple[str, ...]
    listed: bool
    sign: str = ""
    papers: tuple[Link, ...] = ()
    came_by: str = ""
    left_by: str = ""


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month with those beside it: its days, the sentence above them, and what is lacking."""

    steps: Steps
    sentence: str
    days: tuple[DayLine, ...]
    blanks: int  # places of the strip before the first day, as its week begins on Monday
    problem: str
    lacking: str
    profile: str

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """What the signs of its days mean."""
        return legend(self.days)


def legend(days: Sequence[DayLine]) -> tuple[tuple[str, str], ...]:
    """The signs that stand on some of the days, with their words."""
    used = {day.sign for day in days}
    return tuple((sign, str(word)) for sign, word in _SIGNS.items() if sign in used)


def month_page(request: ActingRequest, uid: UUID) -> MonthPage:
    """Read the month of the address, else this one. ``PersonNotFound``, ``NotAllowed``."""
    # Before anything is told, also where there is nothing to read.
    person = people.require_person(request.actor, policies.READ, uid)
    this = request.actor.on.replace(day=1)
    steps = steps_of(request.GET.get("bulan", ""), this, OLDEST, this)
    first = steps.month
    end = (first + timedelta(days=31)).replace(day=1)
    if not settings.PAMONG_PROFILE:
        problem = _(
            "Profil daerah belum dipilih, jadi jam kerjanya tidak diketahui. Sampaikan kepada operator."
        )
        return _page(steps, (), "", problem, "")
    try:
        found = queries.list_days(
            actor=request.actor, at=request.at, person=uid, first=first, end=end, law=site_law(),
            zone=zone(),
        )  # fmt: skip
    except LawError:
        told = _("Hari libur %(year)s belum ada di data hukum, jadi hari kerjanya belum dapat ditampilkan.")
        return _page(steps, (), "", told % {"year": first.year}, "")
    papers = linked(request, person, first, end)
    kept = kept_days(person=person, first=first, end=end) if any(map(_punched_on_leave, found.days)) else {}
    days = tuple(
        replace(_looked_at(day, day_line(day, request.actor.on), kept), papers=papers.get(day.on, ()))
        for day in found.days
    )
    return _page(steps, days, _sentence(found), "", _lacking(found))


def _punched_on_leave(day: DayView) -> bool:
    result = day.result
    if result is None or not result.value_of(ReasonCode.CONFLICT):
        return False
    kind = _kind(result)
    return kind is not None and kind.name.startswith("LEAVE_")


def _looked_at(day: DayView, line: DayLine, kept: Mapping[date, Kept]) -> DayLine:
    """A day of leave with punches says who looked at it, or that somebody has yet to."""
    if not _punched_on_leave(day):
        return line
    found = kept.get(day.on)
    told = _("Menunggu pemeriksaan petugas cuti atau atasan.")
    if found is not None:
        told = _("Sudah diperiksa %(who)s: %(reason)s") % {"who": found.by, "reason": found.reason}
    return replace(line, notes=(*line.notes, told))


def zone() -> str:
    """The zone of days whose place names none."""
    return str(settings.PAMONG_ZONE)


def own_day(request: ActingRequest, on: date) -> DayLine | None:
    """One's own day as its page tells it; None where nothing can be told of it."""
    uid = people.own_uid(actor=request.actor)
    if uid is None or not settings.PAMONG_PROFILE or not OLDEST <= on <= request.actor.on:
        return None
    try:
        found = queries.list_days(
            actor=request.actor, at=request.at, person=uid, first=on, end=on + timedelta(days=1),
            law=site_law(), zone=zone(),
        )  # fmt: skip
    except LawError:
        return None
    return day_line(found.days[0], request.actor.on)


def _page(steps: Steps, days: tuple[DayLine, ...], sentence: str, problem: str, lacking: str) -> MonthPage:
    blanks = steps.month.weekday()
    return MonthPage(steps, sentence, days, blanks, problem, lacking, settings.PAMONG_PROFILE)


def _sentence(found: PersonDays) -> str:
    states = [day.result for day in found.days if day.result is not None]
    came = sum(each.state in (State.PRESENT, State.MISSING_IN, State.MISSING_OUT) for each in states)
    late = sum(bool(each.late) for each in states)
    away = sum(each.state is State.ABSENT for each in states)
    told = [
        ngettext("%(count)s hari hadir", "%(count)s hari hadir", came) % {"count": angka(came)},
        ngettext("%(count)s kali terlambat", "%(count)s kali terlambat", late) % {"count": angka(late)},
        ngettext("%(count)s hari tanpa presensi", "%(count)s hari tanpa presensi", away)
        % {"count": angka(away)},
    ]
    counts = ", ".join(told)
    if found.watermark is None:
        return f"{counts}."
    until = _("Data mesin lengkap sampai %(time)s.") % {"time": saat(found.watermark)}
    return f"{counts}. {until}"


def _lacking(found: PersonDays) -> str:
    """What keeps the days from being told, and who puts it right; '' for nothing."""
    if not found.posted:
        return _("Tidak ada jabatan pada bulan ini, jadi tidak ada hari kerja.")
    if any(day.unplanned for day in found.days):
        return _("Pola hari kerja unit ini belum dicatat. Petugas kepegawaian yang mencatatnya.")
    if not any(day.numbered for day in found.days if day.result is not None):
        return _("PIN di mesin presensi belum dicatat, jadi presensi dari mesin belum terhubung ke nama ini.")
    if found.watermark is None:
        return _("Belum ada data dari mesin presensi, jadi belum ada hari yang diputuskan.")
    return ""


def day_line(day: DayView, today: date) -> DayLine:
    """A day in words."""
    result = day.result
    weekday = WEEKDAYS[day.on.weekday()]
    stray = _stray(day)
    if result is None:
        word = day.free or (_("Bukan hari kerja") if not day.unplanned else _("Belum diketahui"))
        notes: tuple[str, ...] = (stray,) if stray else ()
        return DayLine(day.on, weekday, word, "neutral", "", "", "", notes, bool(day.free or stray))
    hours = f"{_clock(result.instance.starts, result)}–{_clock(result.instance.ends, result)}"
    notes = tuple(note for note in (_disturbed(day), *_reasons(result), stray) if note)
    word, tone = _judged(day, result, today)
    return DayLine(
        day.on, weekday, word, tone, hours, _clock(result.first_in, result),
        _clock(result.last_out, result), notes, day.on <= today, _sign(result, tone),
        came_by=_word(day, result.first_in), left_by=_word(day, result.last_out),
    )  # fmt: skip


def _disturbed(day: DayView) -> str:
    """That nothing of a day is final as long as nobody decided about an outage of it; '' for none."""
    if not day.disturbed:
        return ""
    return _("Ada gangguan presensi di lokasi ini yang belum diputuskan. Hari ini belum final.")


def _judged(day: DayView, result: DayResult, today: date) -> tuple[str, str]:
    """The word of a day and its tone."""
    if result.value_of(ReasonCode.EXCUSED):
        return _excuse(result), "neutral"
    if day.disturbed and day.on <= today:
        return _("Belum diputuskan"), "info"
    if day.on < today and not (day.covered and day.numbered) and not result.fates:
        return _("Belum ada data mesin"), "neutral"
    if result.state is State.PLANNED and day.on <= today:
        return _("Belum diputuskan"), "info"
    words = {
        State.PRESENT: _("Hadir"), State.MISSING_IN: _("Masuk tidak tercatat"),
        State.MISSING_OUT: _("Pulang tidak tercatat"), State.ABSENT: _("Tidak ada presensi"),
        State.OPEN: _("Belum diputuskan"), State.PLANNED: _("Akan datang"),
    }  # fmt: skip
    if result.state is State.PRESENT and (result.late or result.early):
        return (_("Terlambat") if result.late else _("Pulang lebih awal")), "attention"
    return words[result.state], _TONES[result.state]


def _sign(result: DayResult, tone: str) -> str:
    """The sign of a day that something is known of; '' for any other."""
    if result.value_of(ReasonCode.EXCUSED):
        kind = _kind(result)
        return _EXCUSED.get(kind, "C") if kind else ""
    if tone not in ("good", "attention"):
        return ""
    if result.state is State.PRESENT:
        return "T" if result.late else "PA" if result.early else "H"
    return "TP" if result.state is State.ABSENT else "TL"


def _excuse(result: DayResult) -> str:
    """What a day is excused for."""
    kind = _kind(result)
    return label(kind) if kind else _("Tidak diharapkan hadir")


def _kind(result: DayResult) -> ExcuseKind | None:
    """The first of the kinds of a day's excuses, in their order."""
    kinds = _kinds(result)
    return next((kind for kind in ExcuseKind if kind.value in kinds), None)


def _kinds(result: DayResult) -> set[int | str | datetime]:
    codes = (ReasonCode.EXCUSED, ReasonCode.PART_EXCUSED)
    return {reason.value for reason in result.reasons if reason.code in codes}


def _reasons(result: DayResult) -> list[str]:
    """Why a day is as it is, in sentences."""
    told = []
    if result.state is not State.EXCUSED and _kinds(result):
        told.append(_("Sebagian hari dikecualikan: %(kind)s.") % {"kind": _excuse(result).lower()})
    if result.value_of(ReasonCode.CONFLICT):
        told.append(_("Ada presensi pada hari yang dikecualikan. Hari ini tetap seperti suratnya."))
    if result.late and result.first_in:
        told.append(
            _("Masuk %(time)s, %(length)s sesudah jam masuk.")
            % {"time": _clock(result.first_in, result), "length": length(result.late)}
        )
    if result.early and result.last_out:
        told.append(
            _("Pulang %(time)s, %(length)s sebelum jam pulang.")
            % {"time": _clock(result.last_out, result), "length": length(result.early)}
        )
    if result.state is State.OPEN:
        until = result.value_of(ReasonCode.WAITING)
        closes = until if isinstance(until, datetime) else result.instance.closes
        told.append(
            _("Diputuskan sesudah data mesin sampai pukul %(time)s.") % {"time": _clock(closes, result)}
        )
    if result.state is State.ABSENT:
        told.append(
            _("Tidak ada yang tercatat antara %(opens)s dan %(closes)s.")
            % {
                "opens": _clock(result.instance.opens, result),
                "closes": _clock(result.instance.closes, result),
            }
        )
        told.append(_("Bila hari ini bertugas di luar, cuti, atau sakit, suratnya belum tercatat."))
    told += _unrecorded(result)
    return told


def _unrecorded(result: DayResult) -> list[str]:
    """What is told of an in or an out that is not there."""
    if result.value_of(ReasonCode.UNRECORDED):
        return [_("Jam yang tidak tercatat karena gangguan tidak dihitung kurang.")]
    lacking = result.state in (State.MISSING_IN, State.MISSING_OUT)
    return [_("Jam yang tidak tercatat tidak diisi oleh sistem.")] if lacking else []


def _stray(day: DayView) -> str:
    """Punches outside every window, by their time."""
    found = [each.punch.at for each in day.punches if each.fate is Fate.OUTSIDE]
    if not found:
        return ""
    times = ", ".join(marked(_local(at, settings.PAMONG_ZONE), day.vouched.get(at)) for at in found)
    return _("Tercatat di luar jam yang dihitung: %(times)s.") % {"times": times}


def marked(time: str, vouch: Vouch | None) -> str:
    """A time, and on whose word it stands where no machine told it: ``07.00 (koreksi)``."""
    return time if vouch is None else f"{time} ({label(vouch)})"


def _word(day: DayView, at: datetime | None) -> str:
    vouch = None if at is None else day.vouched.get(at)
    return "" if vouch is None else label(vouch)


def _clock(at: datetime | None, result: DayResult) -> str:
    """The time on the wall of the place; '' for none."""
    return "" if at is None else _local(at, result.instance.zone)


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H.%M}"


def length(seconds: int) -> str:
    """``34 menit``, ``1 jam 5 menit``; less than a minute in seconds."""
    hours, minutes = divmod(seconds // _MINUTE, _MINUTE)
    if not (hours or minutes):
        return _("%(count)s detik") % {"count": seconds}
    parts = [_("%(count)s jam") % {"count": hours}] if hours else []
    parts += [_("%(count)s menit") % {"count": minutes}] if minutes else []
    return " ".join(parts)


def law_href(name: str) -> str:
    """Where a value of the hours is read."""
    return url("law:parameter", "attendance", name, profil=settings.PAMONG_PROFILE)
