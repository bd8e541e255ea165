"""Putting law in force as a decision: who adopts law proposes the files as they are, the appointing official
signs. What was proposed is what is signed: a file that has moved since stops the signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pamong.decisions import services as decisions
from pamong.decisions.choices import Part, Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.policies import APPOINT
from pamong.decisions.services import Entered
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.law.december import law_of_month
from pamong.law.engine.errors import LawError
from pamong.law.engine.files import law_files
from pamong.law.engine.law import read_law
from pamong.law.engine.plan import Law
from pamong.pay import law_values, policies
from pamong.pay.calculation import MonthLaw
from pamong.pay.confirmed import weak_values
from pamong.pay.law_in_force import InForce, differing, find_law_in_force, record

CODE = "law.in_force"
NO_GROUND = "Sebutkan dasarnya: nomor dan tanggal dokumen yang memberlakukan aturan ini."
_DAYS = 7
_NAMED = 3  # how many files a sentence names


def propose_law(*, actor: Actor, at: datetime, key: UUID, profile: str, overlay: str, ground: str) -> Entered:
    """Propose to put the files as they are now in force. ``NotAllowed``, ``ContentUnfit`` without a ground,
    ``GatesBlock`` where they do not load."""
    content = {"profile": profile, "overlay": overlay, "ground": ground}
    return decisions.propose(actor=actor, at=at, kind=CODE, key=key, content=content)


def _require(actor: Actor, _case: Case) -> None:
    policies.require_adopt(actor)


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The files as they are, and what they change of what is in force: a reader of later sees that too."""
    ground = str(content.get("ground") or "").strip()
    if not ground:
        raise ContentUnfit(NO_GROUND, "ground")
    profile, overlay = str(content.get("profile") or ""), str(content.get("overlay") or "")
    files = dict(law_files(profile, overlay))
    found = _in_force(case)
    return {
        "profile": profile, "overlay": overlay, "ground": ground, "files": files,
        "changed": differing(found.files, files) if found else [],
        "changes": list(_changes(found, _loaded(profile, overlay))),
    }  # fmt: skip


def _in_force(case: Case) -> InForce | None:
    """What stands open in the log, whoever asks."""
    return find_law_in_force(actor=Actor(None, None, "", (), case.on))


def _loaded(profile: str, overlay: str) -> Law | LawError:
    """The law as its files are now; or why they can't be read."""
    try:
        return read_law(profile, overlay)
    except LawError as error:
        return error


def _changes(found: InForce | None, law: Law | LawError) -> Iterator[str]:
    """What changes of the values that were kept when something was put in force last."""
    before = law_values.find(found.values) if found else None
    if before is not None and isinstance(law, Law):
        yield from law_values.changes(before, law_values.values_of(law))


def _steps(_case: Case) -> Sequence[Step]:
    signer = Address(permission=APPOINT)
    return (Step("sign", Part.SIGN, "Pejabat Pembina Kepegawaian", signer, days=_DAYS),)


def _gates(case: Case) -> Sequence[Gate]:
    law = _loaded(case.content["profile"], case.content["overlay"])
    return (_loads(law), _moved(case), _changing(case), _evidence(case, law))


def _loads(law: Law | LawError) -> Gate:
    code, title = "loads", "Berkas terbaca"
    if isinstance(law, LawError):
        return Gate(code, title, Verdict.BLOCK, f"Berkas aturan tidak dapat dipakai. {law}")
    count = len(law.parameters)
    return Gate(code, title, Verdict.ALLOW, f"{count} nilai dan semua rumusnya terbaca.", str(count))


def _moved(case: Case) -> Gate:
    """What was proposed is what is signed."""
    code, title = "moved", "Berkas sejak diusulkan"
    files = law_files(case.content["profile"], case.content["overlay"])
    moved = differing(case.content["files"], files)
    if moved:
        text = (
            f"Berkas berubah sejak diusulkan: {_names(moved)}. Kembalikan berkasnya, atau tarik usulan ini "
            "lalu ajukan yang baru."
        )
        return Gate(code, title, Verdict.BLOCK, text, str(len(moved)), "0")
    return Gate(code, title, Verdict.ALLOW, f"Tetap sama: {len(files)} berkas.", "0", "0")


def _changing(case: Case) -> Gate:
    """Against what is in force at this moment, which another decision may have put in force meanwhile."""
    code, title = "changes", "Yang berubah"
    found = _in_force(case)
    if found is None:
        return Gate(code, title, Verdict.ALLOW, "Belum ada aturan yang diberlakukan sebelum ini.")
    changed = differing(found.files, case.content["files"])
    text = (
        f"{len(changed)} berkas berbeda dari yang berlaku: {_names(changed)}."
        if changed
        else "Berkasnya sama dengan yang berlaku; yang berganti dasarnya."
    )
    if changed and law_values.find(found.values) is None:
        text += " Nilai yang berlaku tidak disimpan waktu itu, jadi hanya berkasnya yang disebut."
    return Gate(code, title, Verdict.ALLOW, text, str(len(changed)))


def _evidence(case: Case, law: Law | LawError) -> Gate:
    code, title = "evidence", "Bukti nilai"
    if isinstance(law, LawError):
        return Gate(code, title, Verdict.UNKNOWN, "Baru diketahui sesudah berkasnya terbaca.")
    since = max(case.on, law.profile.since)
    period = month_period(since.year, since.month)
    month = MonthLaw(law_of_month(law, period), period)
    if month.not_in_force:
        return Gate(code, title, Verdict.WARN, month.not_in_force)
    weak = weak_values(month)
    if not weak:
        return Gate(code, title, Verdict.ALLOW, "Semua nilai cukup pasti untuk membayar.", "0", "0")
    text = (
        f"{len(weak)} nilai belum pasti atau hanya contoh, jadi hitungan untuk membayar menolaknya: "
        f"{_names(weak)}."
    )
    return Gate(code, title, Verdict.WARN, text, str(len(weak)), "0")


def _names(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f", dan {rest} lainnya" if rest > 0 else "")


def _tell(case: Case) -> Told:
    content = case.content
    lines = [
        Line("Daerah", content["profile"] or "nasional"),
        Line("Dasar", content["ground"]),
        Line("Berkas", f"{len(content['files'])} berkas, masing-masing dengan sidiknya"),
        Line("Berkas yang berubah", ", ".join(content["changed"]) or "tidak ada"),
        *(Line(f"Nilai yang berubah {place}", text) for place, text in enumerate(content["changes"], 1)),
    ]
    return Told(f"Pemberlakuan aturan: {content['ground']}", tuple(lines), "/aturan/")


def _apply(signed: Signed) -> None:
    """The files are in force. That none has moved the gates have just seen."""
    content = signed.case.content
    record(
        actor=signed.actor, profile=content["profile"], overlay=content["overlay"],
        ground=content["ground"], decision=signed.case.uid,
    )  # fmt: skip


ADOPTION = Kind(
    code=CODE,
    title="Pemberlakuan aturan",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.ADOPT,
    require=_require,
    check=_check,
    asks=frozenset({APPOINT}),
    apply=_apply,
    two="nothing is entered: the engine reads the files, and each file and value that differs is told",
    public=frozenset({"profile", "ground", "files", "changed", "changes"}),
)
