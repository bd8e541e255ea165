"""What must hold for a request: the law's conditions, and a balance that suffices on every later day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pamong.attendance.choices import ExcuseKind
from pamong.decisions.choices import Verdict
from pamong.decisions.types import Case, Gate
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law import leave as law
from pamong.law.career import Cited
from pamong.law.engine.plan import Law
from pamong.law.leave import ANNUAL, Asked, Condition
from pamong.leave.applicants import Facts, read_facts
from pamong.leave.deciding import deciding
from pamong.leave.histories import policy_of, read_history, shares_of
from pamong.leave.lots import Fit, fits, per_day
from pamong.leave.runs import run_of

_TITLES = {
    "kind": "Hak cuti",
    "service": "Masa kerja",
    "advance": "Cuti sebelum setahun",
    "least": "Paling sedikit",
    "balance": "Sisa cuti",
    "teacher": "Guru atau dosen",
    "child": "Anak ke berapa",
    "between": "Jarak cuti besar",
    "reason": "Alasan",
    "sick_year": "Cuti sakit setahun",
    "length": "Lamanya",
    "extension": "Perpanjangan",
    "document": "Lampiran",
    "contract": "Perjanjian kerja",
}
# What no register holds, but who decides can know: he writes how he knows it.
_TO_BE_SAID = frozenset({"between", "sick_year", "teacher", "extension"})
_LATE = "Diajukan sesudah hari pertamanya. Tulis mengapa terlambat."


def gates(actor: Actor, rules: Law, case: Case) -> Sequence[Gate]:
    """Every gate of a request as of now."""
    first = date.fromisoformat(case.content["first"])
    facts = read_facts(case.person_id or 0, first)
    if not facts.status:
        text = "Status kepegawaian ini tidak mempunyai aturan cuti yang terbaca."
        return (Gate("status", "Status kepegawaian", Verdict.UNKNOWN, text),)
    return tuple(_each(actor, rules, case, facts, first))


def _each(actor: Actor, rules: Law, case: Case, facts: Facts, first: date) -> Iterator[Gate]:
    fit = _fit(actor, rules, case, facts) if case.content["leave"] == ANNUAL else None
    for condition in law.conditions(rules, facts.applicant, _asked(actor, rules, case, fit)):
        if condition.name == "balance":
            yield _balance(fit, condition)
        else:
            yield gate_of(condition)
    yield from _consent(rules, case, facts, first)
    yield _decider(rules, case, facts)
    if first < case.on:
        yield Gate("late", "Waktu pengajuan", Verdict.WARN, _LATE, first.isoformat(), case.on.isoformat())


def gate_of(condition: Condition) -> Gate:
    """A condition of the law as a gate."""
    verdict = {True: Verdict.ALLOW, False: Verdict.BLOCK, None: Verdict.UNKNOWN}[condition.met]
    if verdict is Verdict.UNKNOWN and condition.name in _TO_BE_SAID:
        verdict = Verdict.WARN
    return Gate(
        condition.name, _TITLES.get(condition.name, condition.name.title()), verdict, condition.sentence,
        condition.value, condition.threshold, **cited(condition.cited),
    )  # fmt: skip


def cited(source: Cited[Any] | None) -> dict[str, str]:
    """Where a rule stands and how well it is known, as a gate tells it."""
    if source is None:
        return {}
    return {
        "article": source.citation.text, "link": source.citation.link or "",
        "evidence": source.evidence.value,
    }  # fmt: skip


def is_advance(rules: Law, facts: Facts, kind: ExcuseKind, first: date, reason: str) -> bool:
    """Whether a request is annual leave before the first year of service, which the law allows for some
    reasons: it is taken off the first year's days."""
    asked = Asked(kind.value, first, first, Fraction(0), reason=reason)
    return any(one.name == "advance" for one in law.conditions(rules, facts.applicant, asked))


def _asked(actor: Actor, rules: Law, case: Case, fit: Fit | None) -> Asked:
    content = case.content
    first, last = date.fromisoformat(content["first"]), date.fromisoformat(content["last"])
    run = run_of(
        actor, rules, case.person_id or 0, Period(first, last + timedelta(days=1)), kind=content["leave"],
        reason=content["reason"], own=str(case.uid),
    )  # fmt: skip
    shares = shares_of(content["days"])
    days = sum(shares.values(), Fraction(0))
    free = None if fit is None else days if fit.fits else days - fit.missing
    return Asked(
        content["leave"], first, last, days, reason=content["reason"], has_document=bool(content["file"]),
        child=content["child"], free_days=free, began=run.days.start, until=run.days.last_day,
        extends=run.extends,
    )  # fmt: skip


def _fit(actor: Actor, rules: Law, case: Case, facts: Facts) -> Fit | None:
    """Whether the days fit, beside all that is granted and all that waits; None where it can't be told."""
    history = read_history(actor, rules, facts)
    last = date.fromisoformat(case.content["last"])
    policy = policy_of(rules, facts, last)
    if history is None or policy is None:
        return None
    asked = per_day(sorted(shares_of(case.content["days"]).items()), str(case.uid))
    return fits(policy, history, asked, instead_of=str(case.uid))


def _balance(fit: Fit | None, condition: Condition) -> Gate:
    if fit is None:
        return gate_of(condition)
    verdict = Verdict.ALLOW if fit.fits else Verdict.BLOCK
    return Gate(
        "balance", _TITLES["balance"], verdict, fit.sentence, condition.value, "", **cited(condition.cited)
    )


def _consent(rules: Law, case: Case, facts: Facts, first: date) -> Iterator[Gate]:
    found = law.needs_consent(rules, facts.status, case.content["leave"], first)
    if found is not None:
        text = f"Perlu persetujuan {found.value}. Tulis nomor dan tanggal surat persetujuannya."
        yield Gate("consent", "Persetujuan", Verdict.WARN, text, **cited(found))


def _decider(rules: Law, case: Case, facts: Facts) -> Gate:
    found = deciding(rules, facts, case)
    title = "Pejabat yang berwenang"
    if found.named is None:
        text = "Belum ada aturan atau delegasi yang menyebut siapa yang memutuskan cuti ini."
        return Gate("decider", title, Verdict.UNKNOWN, text)
    office = found.named.office.replace("_", " ").replace("opd", "OPD")
    return Gate(
        "decider", title, Verdict.ALLOW, f"Diputuskan oleh {office}.", office, **cited(found.named.cited)
    )
