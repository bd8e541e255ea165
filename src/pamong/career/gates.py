"""What must hold for a raise or a delay, looked at when it is proposed and again when it is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pamong.career.contents import Found, as_day, raise_of
from pamong.career.signing import signer_gate
from pamong.career.subject import is_serving
from pamong.decisions.choices import Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.types import Case, Gate
from pamong.kernel.clock import format_date
from pamong.law import kgb

_CHANGED = "Data yang menjadi dasarnya berubah sejak disiapkan. Tarik usulan ini, lalu siapkan lagi."
_BROKEN = (
    "Surat keputusan terakhir tentang gaji atau pangkat belum tercatat nomor atau tanggalnya, jadi dasar "
    "gaji lama tidak dapat disebut. Lengkapi riwayat golongan atau masa kerja golongannya."
)
_NO_AMOUNT = "Gaji pokok menurut daftar gaji, atau masa kerja golongan yang baru, belum diketahui."


def gates_of(case: Case, document: str) -> Sequence[Gate]:
    """Every gate of a raise as of now."""
    effective_on = as_day(case.content["effective_on"]) or case.on
    try:
        found = raise_of(case, effective_on)
    except ContentUnfit as error:
        return (Gate("due", "Jatuh tempo", Verdict.BLOCK, str(error)),)
    return tuple(_each(case, found, document))


def notes_of(found: Found) -> Sequence[kgb.Condition]:
    """What is not known and yet does not keep a raise back: no gate that would read as met, but a line for
    who checks."""
    return [each for each in found.one.conditions if _is_note(each)]


def gate_of(condition: kgb.Condition) -> Gate:
    """A condition of the law as a gate."""
    verdict = {kgb.Effect.ALLOW: Verdict.ALLOW, kgb.Effect.WARN: Verdict.WARN}.get(condition.effect)
    if verdict is None:
        unknown = condition.state is kgb.State.UNKNOWN
        verdict = Verdict.UNKNOWN if unknown else Verdict.BLOCK
    source = condition.citation
    return Gate(
        condition.code.value, condition.code.label, verdict, condition.sentence, condition.value,
        condition.threshold, source.text if source else "", source.link if source else "",
        condition.evidence.value if condition.evidence else "",
    )  # fmt: skip


def _each(case: Case, found: Found, document: str) -> Iterator[Gate]:
    for condition in found.one.conditions:
        if not _is_note(condition):
            yield gate_of(condition)
    yield from _serving(case, found)
    yield _chain(found)
    yield _amounts(found)
    if dict(case.content) != dict(found.content):
        yield Gate("same", "Data tetap sama", Verdict.BLOCK, _CHANGED)
    yield signer_gate(case, document)


def _is_note(condition: kgb.Condition) -> bool:
    return condition.state is kgb.State.UNKNOWN and condition.effect is kgb.Effect.ALLOW


def _serving(case: Case, found: Found) -> Iterator[Gate]:
    """Who was in service when it took effect has it until he left, and so have his heirs."""
    if found.due.effective_on <= case.on and not is_serving(case.person_id or 0, case.on):
        since = format_date(found.due.effective_on)
        text = (
            f"Tidak bertugas lagi hari ini. Kenaikan hanya untuk masa sejak {since} sampai berhenti. "
            "Tulis alasannya."
        )
        yield Gate("serving", "Masih bertugas", Verdict.WARN, text)


def _chain(found: Found) -> Gate:
    title, anchor = "Keputusan sebelumnya", found.anchor
    if anchor is None or not anchor.whole:
        return Gate("chain", title, Verdict.UNKNOWN, _BROKEN)
    text = f"Keputusan terakhir tentang {anchor.what}: nomor {anchor.number}."
    return Gate("chain", title, Verdict.ALLOW, text, anchor.number)


def _amounts(found: Found) -> Gate:
    step, title = found.step, "Gaji pokok baru"
    known = None not in (step.base_before, step.base_after, step.years)
    source = step.citation
    cited = (source.text, source.link) if source else ("", "")
    evidence = step.evidence.value if step.evidence else ""
    if not known:
        return Gate("amounts", title, Verdict.UNKNOWN, _NO_AMOUNT, "", "", *cited, evidence)
    text = f"Menurut daftar gaji pokok untuk masa kerja {found.due.row} tahun."
    return Gate("amounts", title, Verdict.ALLOW, text, "", "", *cited, evidence)
