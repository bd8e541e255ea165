"""How well a number is known, and where it stands in the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pamong.law.engine.errors import LawError


class Evidence(StrEnum):
    """How well a value is known, best first."""

    TEXT = "text"
    OFFICIAL = "official"
    SECONDARY = "secondary"
    EXAMPLE = "example"

    @property
    def label(self) -> str:
        """The Indonesian words that pages and problems use."""
        return _LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the best; the evidence of a figure is the worst of its parts."""
        return list(Evidence).index(self)


_LABELS = {
    Evidence.TEXT: "teks peraturan",
    Evidence.OFFICIAL: "sumber resmi",
    Evidence.SECONDARY: "belum pasti",
    Evidence.EXAMPLE: "contoh",
}

# Research grades: T/A text read; Q/B/NA quoted or an agency's page; C/N code or news; E made up for the demo.
_GRADES = {
    "T": Evidence.TEXT,
    "A": Evidence.TEXT,
    "Q": Evidence.OFFICIAL,
    "B": Evidence.OFFICIAL,
    "NA": Evidence.OFFICIAL,
    "C": Evidence.SECONDARY,
    "N": Evidence.SECONDARY,
    "E": Evidence.EXAMPLE,
}


def evidence_of(grade: str, where: str) -> Evidence:
    """The evidence that a research grade stands for; recalled (R) and doubtful (D) values are refused."""
    if grade in ("R", "D"):
        raise LawError(f"{where}: bernilai bukti {grade} (hanya ingatan), jadi tidak boleh dimuat.")
    if grade not in _GRADES:
        raise LawError(
            f"{where}: nilai bukti '{grade}' tidak dikenal; pakai salah satu dari {', '.join(_GRADES)}."
        )
    return _GRADES[grade]


_KINDS = {
    "uu": "UU",
    "pp": "PP",
    "pmk": "PMK",
    "kmk": "KMK",
    "se": "SE",
    "skb": "SKB",
    "perbkn": "PerBKN",
    "permenpanrb": "PermenPANRB",
    "sebkn": "SE BKN",
    "kepkabkn": "KepKa BKN",
    "semenpanrb": "SE MenPANRB",
}


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation of the registry."""

    id: str
    title: str
    number: str
    year: int
    enacted: date | None
    in_force: date | None
    replaced_by: str | None
    link: str
    note: str = ""

    @property
    def short(self) -> str:
        """Its usual short name, made from the id: `perwali-manado-1-2022` is *Perwali Manado 1/2022*."""
        words = self.id.split("-")
        if len(words) < 3 or not words[-1].isdigit():
            return self.title
        return " ".join([_KINDS.get(words[0], words[0].capitalize()), *map(str.capitalize, words[1:-2])]) + (
            f" {self.number}/{self.year}"
        )


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in the law a value stands."""

    regulation: Regulation
    article: str
    link: str
    quote: str = ""

    @property
    def text(self) -> str:
        """For people: `PP 5/2024, Lampiran`."""
        return f"{self.regulation.short}, {self.article}" if self.article else self.regulation.short
