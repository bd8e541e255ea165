"""Leave in words: reasons that the law names, tones of states, parts of the picture of a balance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.attendance.choices import ExcuseKind
from pamong.leave.lots import Balance, told_days
from pamong.leave.queries import OwnEntry
from pamong.ledger.choices import PaperState
from pamong.web.formats import tanggal
from pamong.web.shapes import Node

# By the codes of the law's lists; a reason that a regulation adds later reads as its code until it stands
# here.
REASONS = {
    "sakit_keras": gettext_lazy("Orang tua, pasangan, anak, saudara, atau mertua sakit keras"),
    "meninggal": gettext_lazy("Orang tua, pasangan, anak, saudara, atau mertua meninggal dunia"),
    "hak_keluarga": gettext_lazy("Mengurus hak keluarga yang meninggal dunia"),
    "perkawinan": gettext_lazy("Melangsungkan perkawinan"),
    "perkawinan_pertama": gettext_lazy("Melangsungkan perkawinan yang pertama"),
    "perwakilan_rawan": gettext_lazy("Bertugas di perwakilan yang rawan atau berbahaya"),
    "istri_melahirkan": gettext_lazy("Istri melahirkan"),
    "musibah": gettext_lazy("Kebakaran rumah atau bencana alam"),
    "agama": gettext_lazy("Kepentingan agama"),
    "kelahiran": gettext_lazy("Kelahiran anak keempat atau seterusnya"),
    "gugur_kandungan": gettext_lazy("Gugur kandungan"),
    "kecelakaan_kerja": gettext_lazy("Kecelakaan kerja"),
}
# Which kinds ask for one of the law's reasons, and which of them.
OF_KIND = {
    ExcuseKind.LEAVE_IMPORTANT: (
        "sakit_keras", "meninggal", "hak_keluarga", "perkawinan", "istri_melahirkan", "musibah",
        "perwakilan_rawan",
    ),
    ExcuseKind.LEAVE_LONG: ("agama", "kelahiran"),
    ExcuseKind.LEAVE_SICK: ("gugur_kandungan", "kecelakaan_kerja"),
}  # fmt: skip
# Of a PPPK's annual leave before his first year of service is over; only he has no leave for such reasons.
_EARLY = ("sakit_keras", "meninggal", "hak_keluarga", "perkawinan_pertama")
TONES = {
    PaperState.WAITING: "attention",
    PaperState.VERIFIED: "good",
    PaperState.REFUSED: "neutral",
    PaperState.WITHDRAWN: "neutral",
    PaperState.REPLACED: "neutral",
}
_WIDE = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the picture: where it starts and how wide it is, in thousandths of the whole, what it is."""

    name: str
    label: str
    days: str
    start: int
    width: int


def reasons(kinds: Sequence[ExcuseKind]) -> list[tuple[str, Any]]:
    """The reasons that the kinds of a form may name, each once, an empty one first."""
    early = () if ExcuseKind.LEAVE_IMPORTANT in kinds else _EARLY
    codes = dict.fromkeys((*early, *(code for kind in kinds for code in OF_KIND.get(kind, ()))))
    return [("", _("Tidak ada yang khusus")), *((code, REASONS[code]) for code in codes)]


def state(entry: OwnEntry) -> tuple[str, str]:
    """How a leave stands, in a word and its tone."""
    if entry.cancelled:
        return _("Dibatalkan"), "neutral"
    if entry.state is PaperState.WAITING:
        return _("Menunggu keputusan"), TONES[entry.state]
    return entry.state.label, TONES[entry.state]


def picture(found: Balance) -> tuple[Piece, ...]:
    """What became of the days of a year, and what is left: used, granted for later, asked for, free."""
    used = sum((lot.granted for lot in found.lots), Fraction(0)) - found.left
    left = found.left - found.planned - found.reserved
    parts = (
        ("used", _("Sudah dipakai atau lewat"), max(used, Fraction(0))),
        ("planned", _("Disetujui, belum dijalani"), found.planned),
        ("reserved", _("Diajukan"), found.reserved),
        ("free", _("Masih ada"), max(left, Fraction(0))),
    )
    shown = [part for part in parts if part[2]]
    whole = sum((days for _name, _label, days in shown), Fraction(0))
    ends = [int(end * _WIDE / whole) for end in accumulate(days for _name, _label, days in shown)]
    return tuple(
        Piece(name, label, told_days(days), start, end - start)
        for (name, label, days), start, end in zip(shown, [0, *ends], ends, strict=False)
    )


def tree(found: Balance) -> tuple[Node, ...]:
    """Where what is left comes from: each movement with its day, and the rules."""
    moved = tuple(
        Node(move.reason, source=tanggal(move.on)) for move in sorted(found.movements, key=lambda m: m.on)
    )
    rules = dict.fromkeys(source.citation.text for source in found.sources)
    return (*moved, Node(_("Menurut %(rules)s.") % {"rules": "; ".join(rules)}))


def years(found: Balance) -> Iterable[tuple[str, str, str]]:
    """What is left of each year: the year, the days, until when they live."""
    for lot in found.lots:
        if lot.left:
            until = lot.expires_on
            yield str(lot.year.start.year), told_days(lot.left), until.isoformat() if until else ""
