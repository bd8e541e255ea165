"""What waits for whoever opens the home page: a number each, and where it is worked on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pamong.access import policies, requests
from pamong.attendance.queries import LETTERS, MUSTERS, PERMITS, papers
from pamong.kernel.actor import Actor
from pamong.leave.queries import LEAVES, LISTS
from pamong.organisation import queries as organisation
from pamong.pay.queries import count_turns
from pamong.people import queries
from pamong.web.formats import angka
from pamong.web.home.newest import Figure
from pamong.web.jinja import url

# Who has any of these has a desk at which things arrive.
_DESKS = ("duty:verify", "people:verify", "people:import", "access:reset", "organisation:change")


def has_desk(actor: Actor) -> bool:
    """Whether anything ever waits for this actor, so that nothing waiting is worth a sentence."""
    return any(policies.may(actor, permission) for permission in _DESKS)


def waiting(actor: Actor, *, lists: bool) -> tuple[Figure, ...]:
    """What waits for this actor now; what does not wait is left out. ``lists``: of payment, too."""
    desk = queries.get_desk(actor=actor)
    proposed = organisation.count_to_decide(actor=actor)
    asked = requests.count_to_decide(actor=actor)
    mine, second = _("menunggu keputusan Anda"), _("menunggu petugas kedua")
    imports = url("imports:index")
    every = (
        _lists(actor, lists),
        _papers(actor),
        (desk.entries, _("Usulan data"), mine, url("entries:index"), _("Putuskan")),
        (proposed, _("Usulan organisasi"), mine, url("organisation:proposals"), _("Putuskan")),
        (desk.second, _("Impor petugas lain"), second, imports, _("Periksa")),
        (desk.recalls, _("Pembatalan impor"), second, imports, _("Periksa")),
        (desk.tried, _("Impor Anda"), _("dicoba, belum disimpan"), imports, _("Lanjutkan")),
        (asked, _("Permintaan akun"), _("menunggu operator kedua"), url("accounts:requests"), _("Putuskan")),
    )
    return tuple(
        Figure(label, angka(count), note, href, link) for count, label, note, href, link in every if count
    )


def _lists(actor: Actor, wanted: bool) -> tuple[int, str, str, str, str]:
    """Lists of payment whose next step is the actor's."""
    count, told = count_turns(actor=actor) if wanted else 0, _("menunggu langkah Anda")
    return count, _("Daftar pembayaran"), told, url("pay:months"), _("Lihat daftarnya")


def _papers(actor: Actor) -> tuple[int, str, str, str, str]:
    """Documents of the registers that excuse."""
    count = sum(papers.count_to_decide([LEAVES, LISTS, LETTERS, PERMITS, MUSTERS], actor=actor))
    told = _("menunggu keputusan Anda")
    return count, _("Cuti, tugas, dan izin"), told, url("papers:desk"), _("Putuskan")
