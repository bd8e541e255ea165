"""The registers as pages know them: their words, their forms, and what is done with a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pamong.access import policies as access
from pamong.attendance import policies as duty_policies
from pamong.attendance import queries, services
from pamong.attendance.queries.papers import Shelf
from pamong.kernel.actor import Actor
from pamong.leave import policies as leave_policies
from pamong.leave import services as leaves
from pamong.leave.queries import LEAVES
from pamong.performance import policies as performance_policies
from pamong.performance.queries import PREDICATES
from pamong.performance.services import cancel_predicate
from pamong.web.papers.forms import LeaveForm, LetterForm, MusterForm, PaperForm, PermitForm, PredicateForm


@dataclass(frozen=True, slots=True)
class Register:
    """One register. ``area`` is its part of the address, ``enters`` what it takes to enter a document;
    ``changes``: whether one can be changed, not only ended; ``of_presence``: whether it stands beside the
    other pages of presence."""

    area: str
    title: Any
    about: Any
    new: Any
    empty: Any
    shelf: Shelf
    enters: str
    form: type[PaperForm]
    cancel: Callable[..., Any]
    changes: bool = True
    of_presence: bool = True

    def may_enter(self, actor: Actor) -> bool:
        """Whether the actor may enter documents here at all."""
        return actor.user_id is not None and bool(access.may(actor, self.enters))


REGISTERS: Mapping[str, Register] = {
    each.area: each
    for each in (
        Register(
            "cuti",
            _("Cuti"),
            _("Siapa cuti kapan, menurut surat yang mana. Berlaku sesudah petugas lain menyetujuinya."),
            _("Catat cuti"),
            _("Cuti yang dicatat dari suratnya tampil di sini."),
            LEAVES,
            leave_policies.ENTER,
            LeaveForm,
            leaves.cancel_leave,
        ),
        Register(
            "surat-tugas",
            _("Surat tugas"),
            _("Satu surat mengecualikan hari kerja semua pegawai di dalamnya, tanpa presensi di kantor."),
            _("Catat surat tugas"),
            _("Surat tugas yang dicatat tampil di sini, juga untuk hari yang akan datang."),
            queries.LETTERS,
            duty_policies.ENTER,
            LetterForm,
            services.cancel_letter,
        ),
        Register(
            "izin",
            _("Izin"),
            _("Izin beberapa jam: diminta pegawai, disetujui atasannya."),
            _("Minta izin"),
            _("Izin keluar kantor, pulang lebih awal, atau datang terlambat tampil di sini."),
            queries.PERMITS,
            duty_policies.ASK_PERMIT,
            PermitForm,
            services.cancel_permit,
            changes=False,
        ),
        Register(
            "apel",
            _("Apel"),
            _("Siapa yang tidak hadir pada apel. Dihitung sesudah kepala unit menyetujuinya."),
            _("Catat apel"),
            _("Apel yang dicatat petugas unit tampil di sini, dengan yang tidak hadir."),
            queries.MUSTERS,
            duty_policies.ENTER,
            MusterForm,
            services.cancel_muster,
        ),
        Register(
            "predikat",
            _("Predikat kinerja"),
            _("Predikat kinerja setahun menurut dokumennya. Berlaku sesudah petugas lain menyetujuinya."),
            _("Catat predikat"),
            _("Predikat yang dicatat tampil di sini; kenaikan gaji berkala memerlukannya."),
            PREDICATES,
            performance_policies.RATE,
            PredicateForm,
            cancel_predicate,
            of_presence=False,
        ),
    )
}
