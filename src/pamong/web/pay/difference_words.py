"""Words and tones for differences: plain, so that whoever receives a slip understands what changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pamong.kernel.clock import format_month
from pamong.kernel.money import Rupiah
from pamong.leave.queries import LeaveChange
from pamong.ledger.choices import PaperAct
from pamong.pay.choices import DifferenceCause, DifferenceState, PathState
from pamong.pay.differences import PartView, PlanView, Story
from pamong.web.labels import label

STATE_TONES = {
    DifferenceState.WAITING: "attention",
    DifferenceState.PLACED: "info",
    DifferenceState.OWED: "attention",
    DifferenceState.SETTLED: "good",
}


def signed(amount: int) -> str:
    """``+Rp500.000``, ``−Rp150.000``: which way it goes is never left to the reader."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{Rupiah(abs(amount))}"


def cause_sentence(cause: DifferenceCause) -> str:
    """What happened, in one sentence."""
    return {
        DifferenceCause.LAW: _("Peraturannya berubah dan berlaku surut."),
        DifferenceCause.POST: _("Kelas atau masa jabatannya tercatat lain sesudah dibayar."),
        DifferenceCause.PERSON: _("Data pegawainya diperbaiki sesudah dibayar."),
        DifferenceCause.WORK: _("Isian kinerja bulan itu diperbaiki sesudah dibayar."),
        DifferenceCause.PRESENCE: _("Presensi bulan itu diperbaiki sesudah dibayar."),
    }[cause]


def leave_sentence(leave: LeaveChange) -> str:
    """Which leave was granted, changed or cancelled."""
    told = {"kind": label(leave.kind), "days": leave.period}
    if leave.act is PaperAct.CANCEL:
        return _("%(kind)s %(days)s, dibatalkan") % told
    if leave.act is PaperAct.CHANGE:
        return _("%(kind)s menjadi %(days)s") % told
    return f"{told['kind']} {told['days']}"


def part_sentence(part: PartView) -> str:
    """Where a part of a difference stands."""
    if part.month is None or part.kind is None:
        return _("Diperhitungkan dengan selisih lain untuk bulan yang sama.")
    told = {"list": label(part.kind), "month": format_month(part.month.year, part.month.month)}
    if part.state is PathState.PAID:
        return _("Sudah masuk daftar %(list)s %(month)s yang cair.") % told
    return _("Ada di daftar %(list)s %(month)s, belum cair.") % told


def left_sentence(story: Story) -> str:
    """What happens to what has found no place yet; '' where nothing is left."""
    left = story.row.left
    if story.row.state is not DifferenceState.WAITING:
        return ""
    if story.died:
        if left < 0:
            told = _(
                "%(amount)s tidak dapat dipotong lagi. Petugas BKPSDM mencatatnya sebagai kelebihan bayar."
            )
            return told % {"amount": Rupiah(-left)}
        return _("%(amount)s dibayarkan kepada ahli waris dengan daftar rapel.") % {"amount": Rupiah(left)}
    if left > 0:
        return _("%(amount)s dibayarkan dengan TPP berikutnya.") % {"amount": Rupiah(left)}
    if left < 0:
        told = _(
            "%(amount)s dipotong dari TPP berikutnya, paling banyak sebesar TPP itu. Yang tidak menerima TPP "
            "lagi mengembalikannya dengan STS."
        )
        return told % {"amount": Rupiah(-left)}
    return _("Pajak dan iurannya dibetulkan dengan TPP berikutnya.")


def plan_state(plan: PlanView) -> tuple[str, str]:
    """How a plan of instalments stands, and its tone."""
    if plan.agreed is None:
        return _("Menunggu persetujuan"), "attention"
    return (_("Disetujui"), "good") if plan.agreed else (_("Ditolak"), "neutral")
