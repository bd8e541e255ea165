"""Talent boxes in words: parts of the axes, who can supply what is missing, the nine boxes in rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.merit.choices import Performance, Potential
from pamong.merit.queries import AxisView, Part, TalentView
from pamong.web.shapes import Node

AXES: Mapping[str, Any] = {"kinerja": gettext_lazy("Kinerja"), "potensi": gettext_lazy("Potensi")}
PARTS: Mapping[str, Any] = {
    "skp": gettext_lazy("Predikat SKP"),
    "award": gettext_lazy("Penghargaan"),
    "team": gettext_lazy("Penugasan tim"),
    "feedback": gettext_lazy("Umpan balik 360"),
    "competence_test": gettext_lazy("Penilaian kompetensi"),
    "competence_development": gettext_lazy("Pengembangan kompetensi"),
    "experience": gettext_lazy("Pengalaman jabatan"),
    "potential": gettext_lazy("Penilaian potensi"),
    "education": gettext_lazy("Pendidikan"),
    "field_match": gettext_lazy("Kesesuaian bidang ilmu"),
    "integrity": gettext_lazy("Rekam disiplin"),
}
# What is missing, and who can supply it. Only predicates and diplomas stand in a register so far.
MISSING: Mapping[str, Any] = {
    "skp": gettext_lazy("Belum tercatat. Atasan menetapkan predikatnya, petugas kepegawaian mencatatnya."),
    "award": gettext_lazy("Belum ada daftarnya di sini. Simpan piagamnya; petugas kepegawaian mencatatnya."),
    "team": gettext_lazy("Belum ada daftarnya di sini. Atasan langsung yang menyebutkan surat tugasnya."),
    "feedback": gettext_lazy("Belum ada datanya. Atasan, rekan, dan bawahan yang memberikannya."),
    "competence_test": gettext_lazy("Belum ada hasilnya. Unit penilaian kompetensi menyelenggarakannya."),
    "competence_development": gettext_lazy(
        "Belum ada daftar pelatihan di sini. Simpan sertifikatnya; petugas kepegawaian mencatatnya."
    ),
    "experience": gettext_lazy(
        "Riwayat jabatan tercatat, tetapi cara menilainya belum ada dalam peraturan yang dibaca."
    ),
    "potential": gettext_lazy("Belum ada hasilnya. Unit penilaian kompetensi menyelenggarakannya."),
    "education": gettext_lazy("Ijazah belum diperiksa. Tunjukkan aslinya kepada petugas kepegawaian."),
    "field_match": gettext_lazy("Belum dinilai. Panitia atau petugas kepegawaian yang menilainya."),
    "integrity": gettext_lazy("Belum ada daftar hukuman disiplin di sini. Inspektorat yang mengetahuinya."),
}
# Labels of the domain, so that the catalogue has them.
LABELS = (
    gettext_lazy("Di atas ekspektasi"),
    gettext_lazy("Sesuai ekspektasi"),
    gettext_lazy("Di bawah ekspektasi"),
    gettext_lazy("Tinggi"),
    gettext_lazy("Menengah"),
    gettext_lazy("Rendah"),
)
POTENTIALS = tuple(reversed(Potential))  # from low to high, as the picture grows to the right
_NUMBERS = {
    Performance.ABOVE: (4, 7, 9),
    Performance.EXPECTED: (2, 5, 8),
    Performance.BELOW: (1, 3, 6),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the nine boxes: ``state`` is *here*, *open* or *out*, with its word."""

    number: int
    state: str
    word: str


def rows(talent: TalentView) -> Sequence[tuple[str, Sequence[Cell]]]:
    """The nine boxes: the best performance on top, potential from low to high."""
    return [(_(level.label), [_cell(talent, number) for number in _NUMBERS[level]]) for level in Performance]


def _cell(talent: TalentView, number: int) -> Cell:
    if number == talent.box.number:
        return Cell(number, "here", _("di sini"))
    if number in talent.possible:
        return Cell(number, "open", _("mungkin"))
    return Cell(number, "out", _("tidak"))


def axis(view: AxisView) -> str:
    """The name of an axis in the language of the page."""
    return str(AXES[view.name])


def span(view: AxisView) -> str:
    """What an axis can be: ``80`` or ``48 sampai 88``."""
    if view.fault:
        return _("belum diketahui")
    least, most = _points(view.least), _points(view.most)
    return least if least == most else _("%(least)s sampai %(most)s") % {"least": least, "most": most}


def sentence(talent: TalentView) -> str:
    """The box in one sentence; where none is known, how many are still open."""
    if talent.box.number is not None:
        return talent.box.text
    faults = " ".join(each.fault for each in talent.axes if each.fault)
    if faults:
        return faults
    return _("Kotak belum dapat ditentukan: %(count)s dari sembilan kotak masih mungkin.") % {
        "count": len(talent.possible)
    }


def lacking(talent: TalentView) -> str:
    """How much of both axes has no data."""
    return ", ".join(f"{axis(each)} {each.lacking} %" for each in talent.axes)


def tree(part: Part) -> tuple[Node, ...]:
    """Where the weight of a part and its points come from."""
    weight = Node(_("Bobot"), f"{part.weight} %", source=part.source, evidence=part.evidence)
    if part.points is None:
        return (weight,)
    source, evidence = part.rests_on
    return weight, Node(_("Nilai"), str(part.points), source=source, evidence=evidence)


def _points(value: Fraction) -> str:
    """With at most one decimal, rounded half up."""
    whole, tenths = divmod(math.floor(value * 10 + Fraction(1, 2)), 10)
    return f"{whole},{tenths}" if tenths else str(whole)
