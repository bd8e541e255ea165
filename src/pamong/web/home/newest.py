"""The newest run on the home page: what each role asks first, as far as the actor may know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from pamong.kernel.actor import Actor
from pamong.law.engine.evidence import Evidence
from pamong.pay import path, queries
from pamong.pay.policies import reads_all
from pamong.pay.queries import OwnSlip, RunView
from pamong.web.formats import angka, rupiah
from pamong.web.jinja import url
from pamong.web.pay import words
from pamong.web.pay.path_words import is_paid
from pamong.web.pay.reading import sentence


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its words and where it leads."""

    label: str
    text: str
    note: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest run: its sentence, its figures for this actor, and the evidence of its law."""

    view: RunView
    sentence: str
    tone: str
    figures: tuple[Figure, ...]


def newest(actor: Actor) -> Newest | None:
    """The newest run as this actor asks of it; None where there is none, or none for the actor."""
    view = queries.find_newest(actor=actor)
    if view is None:
        return None
    chosen = next((names for role, names in ASKS.items() if actor.has_role(role)), ASKS["pay_auditor"])
    figures = tuple(FIGURES[name](view) for name in chosen) if view.run.published_at else ()
    return Newest(view, sentence(view.run), words.RUN_TONES[view.run.state], figures)


@dataclass(frozen=True, slots=True)
class OwnPay:
    """What the home page tells an employee of his pay: the newest slip, if there is one yet."""

    newest: OwnSlip | None
    reason: str = ""
    paid: bool = False


def own_pay(actor: Actor) -> OwnPay | None:
    """One's own newest slip; None for an account without a person, or of someone who reads everybody's."""
    if actor.person_id is None or reads_all(actor):
        return None
    newest = next(iter(queries.list_own_slips(actor=actor)), None)
    if newest is None:
        return OwnPay(None)
    return OwnPay(newest, words.own_reason(newest.slip), was_paid(actor, newest.slip.uid))


def was_paid(actor: Actor, slip: UUID) -> bool:
    """Whether the money of one's slip has been paid out."""
    return is_paid(path.standings(actor=actor, slips=[slip]).get(slip))


def _held(view: RunView) -> Figure:
    href = url("pay:people", view.run.uid, keadaan="held")
    return Figure(
        _("Belum dapat dihitung"),
        angka(view.run.held),
        _("data belum lengkap"),
        href,
        _("Lihat siapa dan mengapa"),
    )


def _problems(view: RunView) -> Figure:
    found = sum(kind.count for kind in view.problems if kind.severity != "info")
    note = _("%(count)s perlu dilihat") % {"count": angka(found)} if view.run.problems else ""
    href = url("pay:problems", view.run.uid)
    return Figure(
        _("Masalah di berkas"),
        angka(view.run.problems),
        note or _("semua baris terbaca"),
        href,
        _("Lihat barisnya"),
    )


def _net(view: RunView) -> Figure:
    note = _("untuk %(count)s orang") % {"count": angka(view.run.computed)}
    href = url("pay:people", view.run.uid)
    return Figure(_("Bersih"), rupiah(view.run.net), note, href, _("Lihat pegawainya"))


def _gross(view: RunView) -> Figure:
    href = url("pay:run", view.run.uid)
    return Figure(
        _("Sebelum pajak dan iuran"), rupiah(view.run.gross), "", href, _("Lihat jumlah menurut OPD")
    )


def _weak(view: RunView) -> Figure:
    weak = sum(view.evidence.get(grade, 0) for grade in (Evidence.SECONDARY, Evidence.EXAMPLE))
    note = _("dari %(all)s nilai yang dipakai") % {"all": angka(sum(view.evidence.values()))}
    href = url("pay:run", view.run.uid)
    return Figure(_("Nilai hukum belum pasti"), angka(weak), note, href, _("Lihat hitungannya"))


FIGURES: dict[str, Callable[[RunView], Figure]] = {
    "held": _held,
    "problems": _problems,
    "net": _net,
    "gross": _gross,
    "weak": _weak,
}
# What each role asks first in the morning; who holds several is answered as the first of them.
ASKS = {
    "personnel_officer": ("held", "problems", "net"),
    "inspector": ("weak", "problems", "net"),
    "pay_auditor": ("gross", "net", "held"),
    "appointing_official": ("net", "held", "weak"),
}
