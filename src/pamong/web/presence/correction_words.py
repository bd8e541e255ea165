"""A request to correct a day, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pamong.attendance.choices import CorrectionStepKind, ExcusePart
from pamong.attendance.queries import CorrectionView, StepView, TurnView
from pamong.kernel.clock import format_date, format_weekday
from pamong.web.labels import label
from pamong.web.presence.reading import marked

STEP_TONES = {
    CorrectionStepKind.ASKED: "info", CorrectionStepKind.ESCALATED: "attention",
    CorrectionStepKind.AGREED: "good", CorrectionStepKind.REFUSED: "problem",
    CorrectionStepKind.APPEALED: "info", CorrectionStepKind.WITHDRAWN: "neutral",
}  # fmt: skip


day_of = format_weekday  # as the pages call it


def claim(view: CorrectionView) -> str:
    """What was said of the day: *Datang pukul 07.25, pulang pukul 16.05*."""
    if view.kind is not None:
        part = "" if view.part in (None, ExcusePart.WHOLE) else f", {label(view.part).lower()}"
        return f"{label(view.kind)}{part}"
    told = []
    if view.came is not None:
        told.append(_("datang pukul %(time)s") % {"time": f"{view.came:%H.%M}"})
    if view.left is not None:
        when = _("pulang hari berikutnya pukul %(time)s") if view.left_next else _("pulang pukul %(time)s")
        told.append(when % {"time": f"{view.left:%H.%M}"})
    return _capital(", ".join(told))


def taps(view: CorrectionView) -> str:
    """What was recorded on the day, by its times."""
    if not view.tapped:
        return _("Tidak ada presensi yang tercatat hari itu.")
    return _("Tercatat: %(times)s.") % {
        "times": ", ".join(marked(f"{at:%H.%M}", vouch) for at, vouch in view.tapped)
    }


def turn(found: TurnView) -> str:
    """Who is to answer, until when."""
    who = " ".join(filter(None, (found.name, found.post and f"({found.post})"))) or _("petugas kepegawaian")
    when = format_date(found.due_on)
    if found.overdue and found.name:
        late = _(
            "Menunggu %(who)s; batas waktunya %(day)s sudah lewat, jadi atasan berikutnya dapat menjawab."
        )
        return late % {"who": who, "day": when}
    if found.overdue:
        return _("Menunggu %(who)s; batas waktunya %(day)s sudah lewat.") % {"who": who, "day": when}
    return _("Menunggu %(who)s, paling lambat %(day)s.") % {"who": who, "day": when}


def step(each: StepView) -> str:
    """What somebody did."""
    if each.step is CorrectionStepKind.ESCALATED:
        return _("%(post)s tidak menjawab pada waktunya; naik ke atasan berikutnya.") % {
            "post": each.post or _("Atasan langsung")
        }
    by = f"{each.by} ({each.post})" if each.post else each.by
    told = {
        CorrectionStepKind.ASKED: _("%(by)s meminta koreksi."),
        CorrectionStepKind.AGREED: _("%(by)s menyetujui."),
        CorrectionStepKind.REFUSED: _("%(by)s tidak menyetujui."),
        CorrectionStepKind.APPEALED: _("%(by)s meminta banding."),
        CorrectionStepKind.WITHDRAWN: _("%(by)s menarik permintaannya."),
    }
    return told[each.step] % {"by": by}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
