"""Decisions in words and signs: tones of states, verdicts and answers, and by what reach one answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.decisions.choices import Answer, OrderEndKind, Reach, State, Verdict
from pamong.decisions.queries import departure_labels

STATE_TONES = {
    State.WAITING: "attention",
    State.SEALED: "good",
    State.REFUSED: "neutral",
    State.WITHDRAWN: "neutral",
}
VERDICT_TONES = {
    Verdict.ALLOW: "good",
    Verdict.WARN: "attention",
    Verdict.BLOCK: "problem",
    Verdict.UNKNOWN: "info",
}
ANSWER_TONES = {
    Answer.AGREE: "good",
    Answer.CHANGE: "attention",
    Answer.DEFER: "neutral",
    Answer.REFUSE: "problem",
}
END_TONES = {OrderEndKind.ANNULLED: "problem", OrderEndKind.REPLACED: "attention"}
# Labels of the domain, so that the catalogue has them; a test compares with the domain.
LABELS = (
    gettext_lazy("Menunggu"),
    gettext_lazy("Ditetapkan"),
    gettext_lazy("Tidak disetujui"),
    gettext_lazy("Ditarik"),
    gettext_lazy("Pemeriksaan"),
    gettext_lazy("Pertimbangan"),
    gettext_lazy("Keputusan"),
    gettext_lazy("Disetujui"),
    gettext_lazy("Perubahan"),
    gettext_lazy("Ditangguhkan"),
    gettext_lazy("Terpenuhi"),
    gettext_lazy("Perlu alasan"),
    gettext_lazy("Tidak terpenuhi"),
    gettext_lazy("Belum diketahui"),
    gettext_lazy("Saat diajukan"),
    gettext_lazy("Saat diputuskan"),
    gettext_lazy("dengan pendelegasian"),
    gettext_lazy("karena jabatan di bawahnya kosong atau berhalangan"),
    gettext_lazy("karena lewat batas waktu"),
    gettext_lazy("Dicabut"),
    gettext_lazy("Diganti"),
)
VERBS = (
    gettext_lazy("Setujui"),
    gettext_lazy("Setujui dengan perubahan"),
    gettext_lazy("Tangguhkan"),
    gettext_lazy("Tidak setujui"),
)
EXCEPTIONS: Mapping[str, Any] = {
    "warned": gettext_lazy("Ditandatangani dengan catatan"),
    "late": gettext_lazy("Dientri terlambat"),
    "clock": gettext_lazy("Lewat batas waktu"),
    "above": gettext_lazy("Diputus jabatan di atasnya"),
    "delegated": gettext_lazy("Diputus dengan pendelegasian"),
    "changed": gettext_lazy("Diubah saat ditandatangani"),
    "objected": gettext_lazy("Mendapat keberatan"),
    "withdrawn": gettext_lazy("Usulan ditarik"),
    "roster": gettext_lazy("Jadwal diubah sesudah harinya"),
    "shift": gettext_lazy("Dinas diubah sesudah harinya"),
    "unselected": gettext_lazy("Pengangkatan tanpa keputusan seleksi"),
    "named": gettext_lazy("Nama di luar daftar dicoba"),
    "not_first": gettext_lazy("Peringkat 2 atau lebih dipilih"),
    "overruled": gettext_lazy("Syarat dikesampingkan"),
    "corrected": gettext_lazy("Nilai dibetulkan"),
    "recused": gettext_lazy("Anggota panitia tidak ikut menilai"),
}
assert set(EXCEPTIONS) == set(departure_labels())  # noqa: S101 - both lists are ours, and grow together


def verb(answer: Answer) -> str:
    """An answer as a choice, in the language of the page."""
    return _(answer.verb)


def reach(by: Reach) -> str:
    """Why somebody may answer, or did; '' for who simply has the seat or the role."""
    return _(by.label) if by.label else ""
