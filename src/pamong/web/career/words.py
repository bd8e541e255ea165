"""How raises stand, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from pamong.career.choices import Code, Effect, State
from pamong.career.queries import ConditionView, DueRow
from pamong.law.kgb import Condition

READY, REASON, NOT_MET, UNKNOWN = "siap", "perlu-alasan", "belum-terpenuhi", "belum-diketahui"
# What an address asks for: the effect, and of what is kept back whether that is only not known.
STANDINGS: dict[str, tuple[Effect, bool | None]] = {
    READY: (Effect.ALLOW, None),
    REASON: (Effect.WARN, None),
    NOT_MET: (Effect.BLOCK, False),
    UNKNOWN: (Effect.BLOCK, True),
}
WORDS: dict[str, Any] = {
    READY: _("Siap"),
    REASON: _("Perlu alasan"),
    NOT_MET: _("Belum terpenuhi"),
    UNKNOWN: _("Belum diketahui"),
}
TONES = {READY: "good", REASON: "attention", NOT_MET: "problem", UNKNOWN: "neutral"}
TITLES: dict[Code, Any] = {
    Code.SERVICE: _("Masa kerja golongan"),
    Code.PREDICATE: _("Predikat kinerja"),
    Code.DELAY: _("Penundaan"),
    Code.DISCIPLINE: _("Hukuman disiplin dan keberatan"),
    Code.STANDING: _("Kedudukan hukum"),
    Code.PART_TIME: _("Pegawai paruh waktu"),
    Code.CONTRACT: _("Lama perjanjian kerja"),
}


def standing(row: DueRow) -> str:
    """How a raise stands, by the word that addresses use."""
    if row.effect is not Effect.BLOCK:
        return READY if row.effect is Effect.ALLOW else REASON
    return NOT_MET if _fails(row.conditions) else UNKNOWN


def standing_of(condition: ConditionView | Condition) -> str:
    """How one condition stands: what is not known is never met."""
    if condition.state is State.UNKNOWN:
        return UNKNOWN
    if condition.state is State.NOT_MET and condition.effect is Effect.BLOCK:
        return NOT_MET
    return REASON if condition.effect is Effect.WARN else READY


def word_of(condition: ConditionView | Condition) -> Any:
    """The same in a word: of a single condition one says that it is met."""
    found = standing_of(condition)
    return _("Terpenuhi") if found == READY else WORDS[found]


def _fails(conditions: Sequence[ConditionView]) -> bool:
    return any(each.state is State.NOT_MET and each.effect is Effect.BLOCK for each in conditions)
