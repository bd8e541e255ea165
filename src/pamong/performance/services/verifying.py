"""A superior verifies the month of his people by exception: what he leaves as it is, he confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pamong.access.policies import says_why
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.money import grouped
from pamong.kernel.period import month_period
from pamong.law.engine.plan import Law
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.services.reading import relatives_of
from pamong.performance import events, policies
from pamong.performance.asking import asked, verifiable_on
from pamong.performance.choices import HIGHEST, MOST_MINUTES, Source, State
from pamong.performance.errors import MonthGoesOn, NothingToFill, NotOfTeam, RowsRefused
from pamong.performance.models import PerformanceMonth
from pamong.performance.queries.team import team_ids
from pamong.performance.services.writing import Version, kept_of, standing, values_of, write_versions

_MOST = {"minutes": MOST_MINUTES, "behaviour": HIGHEST, "productivity_score": HIGHEST}
_WORDS = {
    "minutes": "Menit kerja",
    "behaviour": "Nilai perilaku",
    "productivity_score": "Nilai produktivitas",
}
_MOVED = "Isiannya baru saja berubah. Lihat lagi, lalu verifikasi."
_MISSING = "Belum mengisi, jadi belum ada yang dapat diverifikasi."
_WHY = "Tulis alasannya, paling sedikit 10 huruf. Pegawai ini membacanya."


@dataclass(frozen=True, slots=True)
class Judged:
    """What a superior makes of somebody's month: ``values`` of the fields that the method reads, and why he
    changed any. ``version`` is the one that he saw, 0 where there was none."""

    person: UUID
    version: int
    values: Mapping[str, int | None]
    reason: str = ""


@transaction.atomic
def verify_months(*, actor: Actor, at: datetime, month: date, judged: Sequence[Judged], law: Law) -> int:
    """Verify months of those who report to the actor; all of them or none. Returns how many.

    A value other than what was entered, or conduct below the full score, takes a reason. ``NotAllowed``,
    ``NotOfTeam``, ``NothingToFill``, ``MonthGoesOn``; ``RowsRefused`` with a sentence for each that
    can't stand: his own, a relative's, changed meanwhile, not entered yet, out of bounds, without a reason.
    """
    policies.require_verify(actor)
    period = month_period(month.year, month.month)
    wanted = asked(law, period)
    if not wanted.anything:
        raise NothingToFill
    if actor.on < (opens := verifiable_on(law, period)):
        raise MonthGoesOn(month, opens)
    ids = team_ids(actor, month)
    if any(each.person not in ids for each in judged):
        raise NotOfTeam
    stands = standing(month, ids.values())
    relatives = relatives_of(actor.person_id)
    faults: dict[UUID, str] = {}
    versions: list[tuple[UUID, Version]] = []
    for each in judged:
        person_id, old = ids[each.person], stands.get(ids[each.person])
        fault = policies.may_judge(actor, person_id, relatives).reason or _fault(each, old, wanted.fields())
        if fault:
            faults[each.person] = fault
        elif old is None or old.state != State.VERIFIED.value or changes(each, old):
            versions.append((each.person, _version(person_id, each, old)))
    if faults:
        raise RowsRefused(faults)
    _write(actor, at, month, versions)
    return len(versions)


def changes(judged: Judged, old: PerformanceMonth | None) -> bool:
    """Whether a superior says something else than what stands."""
    before = values_of(old)
    # What nobody said yet is his to say: only conduct below the full score needs a word.
    before["behaviour"] = HIGHEST if before["behaviour"] is None else before["behaviour"]
    first = {name for name in ("productivity_score",) if before[name] is None}
    return any(value != before[name] for name, value in judged.values.items() if name not in first)


def _fault(judged: Judged, old: PerformanceMonth | None, fields: Sequence[str]) -> str:
    """Why a judgement can't stand; '' where it can."""
    if judged.version != (0 if old is None else old.version):
        return _MOVED
    if "minutes" in fields and (old is None or old.minutes is None):
        return _MISSING
    for name in fields:
        value = judged.values.get(name)
        if value is None or not 0 <= value <= _MOST[name]:
            return f"{_WORDS[name]}: isi angka 0 sampai {grouped(_MOST[name])}."
    return "" if says_why(judged.reason) or not changes(judged, old) else _WHY


def _version(person_id: int, judged: Judged, old: PerformanceMonth | None) -> Version:
    values, reason = values_of(old) | dict(judged.values), judged.reason.strip()
    return Version(person_id, old, values, reason=reason, **kept_of(old))


def _write(actor: Actor, at: datetime, month: date, versions: Sequence[tuple[UUID, Version]]) -> None:
    if not versions:
        return
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=uuid7(at))
    rows = [version for _, version in versions]
    write_versions(actor, month, rows, basis=basis, source=Source.SUPERIOR, state=State.VERIFIED)
    told = [
        events.MonthVerified(
            month, each.number, bool(each.reason), person,
            {name: each.values[name] for name in _MOST}, each.reason,
        )
        for person, each in versions
    ]  # fmt: skip
    ledger.record_many(actor=actor, events=told)
