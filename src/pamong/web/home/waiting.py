"""What waits for whoever opens the home page: a number each, and where it is worked on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from pamong.access import requests
from pamong.attendance.queries import LETTERS, MUSTERS, PERMITS, count_outages_to_confirm, papers
from pamong.decisions.queries import count_inbox
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.leave.queries import LEAVES, LISTS, count_conflicts
from pamong.organisation import queries as organisation
from pamong.pay.queries import count_turns
from pamong.people import queries
from pamong.performance.queries import PREDICATES
from pamong.web.formats import angka, tanggal
from pamong.web.home.newest import Figure
from pamong.web.jinja import url


@dataclass(frozen=True, slots=True)
class Waiting(Figure):
    """One kind of thing that waits; ``count`` is its number as a number."""

    count: int


def count_waiting(actor: Actor, at: datetime) -> int:
    """How much waits for this actor in all: what the home page lists, as one number for every page."""
    figures = waiting(actor, at, lists=True)
    asked = count_outages_to_confirm(actor=actor) + count_conflicts(actor=actor)
    return asked + sum(figure.count for figure in figures)


def waiting(actor: Actor, at: datetime, *, lists: bool) -> tuple[Waiting, ...]:
    """What waits for this actor now; what does not wait is left out. ``lists``: of payment, too."""
    desk = queries.get_desk(actor=actor)
    proposed = organisation.count_to_decide(actor=actor)
    asked = requests.count_to_decide(actor=actor)
    mine, second = _("menunggu keputusan Anda"), _("menunggu petugas kedua")
    imports = url("imports:index")
    every = (
        _decisions(actor, at),
        _lists(actor, lists),
        _papers(actor),
        (desk.entries, _("Usulan data"), mine, url("entries:index"), _("Putuskan")),
        (
            queries.count_erasures_to_decide(actor=actor),
            _("Penghapusan isi pribadi"),
            mine,
            url("people:erasures"),
            _("Putuskan"),
        ),
        (proposed, _("Usulan organisasi"), mine, url("organisation:proposals"), _("Putuskan")),
        (desk.second, _("Impor petugas lain"), second, imports, _("Periksa")),
        (desk.recalls, _("Pembatalan impor"), second, imports, _("Periksa")),
        (desk.tried, _("Impor Anda"), _("dicoba, belum disimpan"), imports, _("Lanjutkan")),
        (asked, _("Permintaan akun"), _("menunggu operator kedua"), url("accounts:requests"), _("Putuskan")),
    )
    return tuple(
        Waiting(label, angka(count), note, href, link, count)
        for count, label, note, href, link in every
        if count
    )


def _decisions(actor: Actor, at: datetime) -> tuple[int, str, str, str, str]:
    """Decisions of every kind, with the clock of the most urgent."""
    found = count_inbox(actor=actor, at=at)
    told = _("menunggu jawaban Anda")
    if found.due_at is not None:
        told = _("dijawab paling lambat %(day)s") % {
            "day": tanggal(local_date(found.due_at, settings.PAMONG_ZONE))
        }
    return found.count, _("Keputusan"), told, url("decisions:inbox"), _("Buka")


def _lists(actor: Actor, wanted: bool) -> tuple[int, str, str, str, str]:
    """Lists of payment whose next step is the actor's."""
    count, told = count_turns(actor=actor) if wanted else 0, _("menunggu langkah Anda")
    return count, _("Daftar pembayaran"), told, url("pay:months"), _("Lihat daftarnya")


def _papers(actor: Actor) -> tuple[int, str, str, str, str]:
    """Documents of the registers that excuse, and predicates."""
    count = sum(papers.count_to_decide([LEAVES, LISTS, LETTERS, PERMITS, MUSTERS, PREDICATES], actor=actor))
    told = _("menunggu keputusan Anda")
    return count, _("Cuti, tugas, dan izin"), told, url("papers:desk"), _("Putuskan")
