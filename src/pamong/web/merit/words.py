"""Vacancies in words and signs."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.law.conditions import Answer
from pamong.merit.choices import Step
from pamong.merit.queries import AppointmentOrder, ConditionView, VacancyRow, VacancyView
from pamong.web.formats import tanggal
from pamong.web.shapes import Node, Stage

ANSWER_TONES = {Answer.MET: "good", Answer.NOT_MET: "problem", Answer.UNKNOWN: "info"}
# Labels of the domain, so that the catalogue has them.
LABELS = (
    gettext_lazy("Diumumkan"),
    gettext_lazy("Pelamaran ditutup"),
    gettext_lazy("Selesai dinilai"),
    gettext_lazy("Peringkat dikunci"),
    gettext_lazy("Dibatalkan"),
    gettext_lazy("Pejabat pimpinan tinggi dari instansi sendiri"),
    gettext_lazy("Pejabat pimpinan tinggi dari instansi lain"),
    gettext_lazy("Akademisi, pakar, atau profesional"),
)


def step(code: str) -> str:
    """How far a vacancy has come, in the language of the page."""
    return _(Step(code).label) if code else _("Belum diumumkan")


def state(row: VacancyRow | VacancyView) -> str:
    """How a vacancy stands, in one word or two."""
    if row.annulled:
        return _("SK dicabut")
    return _("Terisi") if row.filled else step(row.step)


def annulled(order: AppointmentOrder) -> str:
    """That the order of an appointment does not hold any more: since when, by which other."""
    told = {"number": order.number, "day": tanggal(order.ended_on), "by": order.by_number}
    return _("SK nomor %(number)s dicabut %(day)s, diganti nomor %(by)s.") % told


def tone(code: str, *, filled: bool) -> str:
    """The tone of a step."""
    if code == Step.CANCELLED.value:
        return "neutral"
    return "good" if filled else "attention" if code else "info"


def stages(view: VacancyView) -> Sequence[Stage]:
    """The path of a vacancy, with what was chosen at its end."""
    found = []
    reached = True
    for each in view.path:
        state = "done" if each.on else "now" if reached and view.cancelled is None else "next"
        reached = each.on is not None
        found.append(Stage(_(each.step.label), state, tanggal(each.on) if each.on else ""))
    now = view.step == Step.LOCKED.value and not view.annulled
    end = "done" if view.filled and not view.annulled else "now" if now else "next"
    return [Stage(_("Dibuka"), "done"), *found, Stage(_("Terisi"), end)]


def tree(condition: ConditionView) -> tuple[Node, ...]:
    """Where a condition's answer comes from."""
    found = Node(_("Yang ditemukan"), condition.value or _("tidak tercatat sebagai angka"))
    asked = Node(
        _("Yang disyaratkan"), condition.threshold or _("seperti pada kalimatnya"),
        source=condition.source, evidence=condition.evidence,
    )  # fmt: skip
    return (found, asked)


def points(value: int | None) -> str:
    """Hundredths of a point as a form shows them: ``87,5``; '' for none."""
    if value is None:
        return ""
    whole, part = divmod(value, 100)
    return f"{whole},{part:02}".rstrip("0").rstrip(",")


def hundredths(text: str) -> int | None:
    """What somebody typed, in hundredths; None for what is no number of at most two places."""
    whole, _sep, part = text.strip().replace(".", ",").partition(",")
    if not whole.isdecimal() or len(whole) > 3 or len(part) > 2 or (part and not part.isdecimal()):
        return None
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)
