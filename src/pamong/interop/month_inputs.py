"""The month's sheet brought into the tables: tried, compared with what stands, then stored in one act.

What a sheet says of work goes to ``performance``, what it says of pay to ``pay``. Who brings it says nothing
of himself or of a declared relative: such rows stay out, and another brings them. What an officer of the
whole government brings counts as verified once the month is over; what a unit's clerk brings, and what
anybody brings of a month that still runs, the superiors verify. What changes a verified month, or pay that is
in force, a second officer stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from pamong.documents import store
from pamong.interop.monthly_rows import read_columns
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import sha256_hex
from pamong.kernel.errors import InvalidValue
from pamong.kernel.ids import uuid7
from pamong.kernel.period import month_period
from pamong.kernel.problem import Problem
from pamong.law.engine.law import load_law
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.pay.facts import FactPlan, NewFact, plan_facts, write_facts
from pamong.performance import policies, queries, services
from pamong.performance.asking import verifiable_on
from pamong.performance.choices import VALUES
from pamong.performance.errors import FileUnfit, MonthGoesOn, NothingToStore
from pamong.performance.services import Brought, Given

MOST_PROBLEMS = 200  # that are kept to be shown; the rest are counted
_PAY = {"pay_group": "pay_group", "fixed_income": "fixed_income", "ptkp": "tax_status"}
_ELSEWHERE = {
    "pin": ("PIN", "catat lewat presensi"),
    "job_class": ("KELAS JABATAN", "kelas posisinya yang dipakai"),
    "excused": ("KETERANGAN HARI", "catat sebagai cuti, dinas luar, atau izin"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What a sheet would do, and what is wrong with it. ``refused`` are rows that stay out."""

    months: Brought
    facts: FactPlan
    people: int
    refused: int
    problems: Sequence[Problem]

    @property
    def altering(self) -> bool:
        """Whether it changes what is verified or in force."""
        return bool(self.months.altering or self.facts.altering)

    @property
    def writes(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.months.versions or self.facts.plans)

    @property
    def counts(self) -> dict[str, int]:
        """The same in numbers: people that are new, changed, the same; rows that stay out; pay besides."""
        verified = len(self.months.versions) - len(self.months.new) - len(self.months.changed)
        touched = {each.person_id for each in self.months.versions}
        return {
            "new": len(self.months.new),
            "changed": len(self.months.changed),
            "confirmed": verified,
            "same": self.people - len(touched),
            "refused": self.refused,
            "facts_new": len(self.facts.new),
            "facts_changed": len(self.facts.altering),
            "altering": len({*self.months.altering, *self.facts.altering}),
            "problems": len(self.problems),
        }


def try_inputs(*, actor: Actor, at: datetime, month: date, name: str, data: bytes) -> UUID:
    """Keep a sheet and note what it would do; nothing of it is stored. ``NotAllowed``; ``FileUnfit`` with its
    sentence for a file that can't be used."""
    policies.require_import(actor)
    trial = _tried(actor, month, name, data, verified=_verifies(actor, month))
    kept = store.keep(data)
    return services.keep_trial(
        actor=actor, at=at, month=month, name=name, sha256=kept.sha256, size=kept.size,
        altering=trial.altering, counts=trial.counts, problems=_shown(trial.problems),
    )  # fmt: skip


@transaction.atomic
def store_inputs(*, actor: Actor, at: datetime, uid: UUID) -> bool:
    """Store one's own sheet, or hand it to a second officer where it changes what is in force; whether it is
    stored. ``NotAllowed``, ``FileNotFound``, ``WrongFileState``, ``NothingToStore``, ``MovedOn``."""
    file = services.open_file(actor=actor, uid=uid)
    verified = _verifies(actor, file.month)
    trial = _tried(actor, file.month, file.name, store.read(file.sha256), verified=verified)
    if not trial.writes:
        raise NothingToStore
    if trial.altering:
        services.wait_for_second(actor=actor, file=file)
        return False
    _store(actor, at, file, trial, verified=verified, second=False)
    return True


@transaction.atomic
def agree_inputs(*, actor: Actor, at: datetime, uid: UUID) -> None:
    """Store a sheet as the second officer. ``NotAllowed``, ``FileNotFound``, ``WrongFileState``,
    ``SecondNeeded`` for who brought it, ``NothingToStore``, ``MovedOn``."""
    file = services.open_file(actor=actor, uid=uid, second=True)
    verified = _verifies(actor, file.month)
    trial = _tried(
        actor, file.month, file.name, store.read(file.sha256), verified=verified, by=file.brought_by_id
    )
    if not trial.writes:
        raise NothingToStore
    _store(actor, at, file, trial, verified=verified, second=True)


def _verifies(actor: Actor, month: date) -> bool:
    """Whether what the actor brings of a month counts as verified."""
    return policies.brings_verified(actor) and actor.on >= _opens(month)


def _opens(month: date) -> date:
    """From when on a month can be verified, by the region's law where one is chosen."""
    period, profile = month_period(month.year, month.month), settings.PAMONG_PROFILE
    if not profile:
        return period.end or month
    return verifiable_on(load_law(profile, settings.PAMONG_LAW_OVERLAY or None), period)


def _store(actor: Actor, at: datetime, file: Any, trial: Trial, *, verified: bool, second: bool) -> None:
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    months, told = services.store_months(
        actor=actor, month=file.month, brought=trial.months, basis=basis, verified=verified
    )
    facts, said = write_facts(trial.facts, basis=basis)
    services.mark_stored(
        actor=actor, at=at, file=file, basis=basis, second=second, altering=trial.altering,
        counts=trial.counts, told=(months, facts, sha256_hex(f"{told}{said}".encode())),
    )  # fmt: skip


def _tried(
    actor: Actor, month: date, name: str, data: bytes, *, verified: bool, by: int | None = None
) -> Trial:
    try:
        columns, problems = read_columns(data, name)
    except InvalidValue as refusal:
        raise FileUnfit(str(refusal)) from refusal
    reach = queries.find_reachable(actor=actor, month=month, nips=columns["nip"], besides=by)
    rows: dict[int, Mapping[str, Any]] = {}
    for place, nip in enumerate(columns["nip"]):
        row = {told: values[place] for told, values in columns.items()}
        fault = reach.fault(nip)
        if fault:
            problems.append(_problem(name, row, fault))
        else:
            rows[reach.persons[nip]] = row
    given = [Given(person, {told: row[told] for told in VALUES}) for person, row in rows.items()]
    months = services.compare_months(actor=actor, month=month, given=given, verified=verified)
    facts = [NewFact(person, {_PAY[told]: row[told] for told in _PAY}) for person, row in rows.items()]
    refused = {each.row for each in problems if each.severity == "block" and each.row is not None}
    problems += _left_elsewhere(name, columns)
    if policies.brings_verified(actor) and not verified and months.versions:
        told = str(MonthGoesOn(month, _opens(month))).removesuffix(".")
        problems.append(Problem("month_goes_on", told, "info", name))
    return Trial(months, plan_facts(facts, month), len(rows), len(refused), problems)


def _problem(name: str, row: Mapping[str, Any], message: str) -> Problem:
    return Problem("out_of_reach", message, "block", name, row["line"], "NIP", row["nip"], subject=row["nip"])


def _left_elsewhere(name: str, columns: Mapping[str, list[Any]]) -> list[Problem]:
    """Columns that have their own place here: told, and left aside."""
    return [
        Problem("elsewhere", f"{heading} tidak disimpan dari sini, {where}", "info", name, column=heading)
        for told, (heading, where) in _ELSEWHERE.items()
        if any(columns[told])
    ]


def _shown(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The first of them as the page shows them: what keeps a row out before what is only told."""
    order = ("block", "warn", "info")
    ranked = sorted(problems, key=lambda each: (order.index(each.severity), each.row or 0))
    return [
        {
            "severity": each.severity, "row": each.row, "column": each.column, "subject": each.subject,
            "message": each.message,
        }
        for each in ranked[:MOST_PROBLEMS]
    ]  # fmt: skip
