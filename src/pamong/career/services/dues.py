"""The list of the raises that take effect in a month is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.career import events, facts, policies
from pamong.career.choices import KINDS
from pamong.career.errors import NoMonth
from pamong.career.models import KgbDue
from pamong.career.queries.one import WorkedOut, judged
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.ids import uuid7
from pamong.law import kgb
from pamong.law.engine.evidence import Citation
from pamong.law.engine.plan import Law
from pamong.ledger import services as ledger
from pamong.ledger.bulk import copy_rows

_NAMES = (
    "uid", "person_id", "due_on", "effective_on", "deadline", "kind", "golongan", "mkg_years", "mkg_months",
    "since", "row", "new_years", "new_months", "base_before", "base_after", "document", "effect",
    "conditions", "inputs_hash",
)  # fmt: skip
Told = list[dict[str, str]]  # conditions as they are stored
_LOCK = 0x6B6762  # "kgb": one list after the other


@dataclass(frozen=True, slots=True)
class Prepared:
    """What working out a month's list did: how many are due, rows that came and went; of how many people in
    service it is not known when their next raise is due."""

    month: date
    due: int
    made: int
    gone: int
    unknown: int


@transaction.atomic
def prepare_due(*, actor: Actor, at: datetime, month: date, law: Law) -> Prepared:
    """Work out whose raise takes effect on the first of a month, and write down what changed since last time.

    Asked again it changes nothing. For the worker and the command line: it brings Polars along. One row in
    the read log names those due. ``NotAllowed``, ``NoMonth``.
    """
    access.require_whole(actor, policies.PREPARE)
    if month.day != 1:
        raise NoMonth
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    rules = kgb.rules_of(law, month)
    found, unknown = _worked_out(actor, rules, month)
    papers = {kind: paper.value if (paper := kgb.paper(law, kind, month)) else "" for kind in KINDS}
    rows = [_row(at, papers, *each) for each in found]
    made, gone = _store(month, rows)
    if made or gone:
        told = sha256_hex(canonical_json([[row["person_id"], row["inputs_hash"]] for row in rows]))
        ledger.record(actor=actor, event=events.DuePrepared(month, len(rows), made, gone, told))
    subjects = [each.person for _, each, *_ in found]
    access_services.log_read(actor=actor, at=at, path="career.prepare_due", subjects=subjects)
    return Prepared(month, len(rows), made, gone, unknown)


def _worked_out(
    actor: Actor, rules: kgb.Rules, month: date
) -> tuple[list[tuple[int, WorkedOut, Told, str]], int]:
    """Those due in a month, each with the hash of what it was worked out from; how many are not known."""
    from pamong.career import columns  # noqa: PLC0415 - with Polars, which the web process never loads
    from pamong.performance.columns import read_predicates  # noqa: PLC0415 - the same

    today = actor.on
    people, delays = columns.read_facts(actor=actor, on=month), columns.read_delays(actor=actor)
    away = columns.read_away(actor=actor, rules=rules)
    years = facts.years_before(today, facts.most_years(rules))
    predicates = read_predicates(actor=actor, years=years)
    found = columns.work_out(people, predicates, delays, away, rules, on=month, today=today)
    unknown = int((found["why_not"] == columns.NO_ROW).sum())
    rows = found.filter(found["effective_on"] == month).to_dicts()
    told = []
    for row, known in zip(rows, columns.persons_of(rows, predicates, delays, away), strict=True):
        one = judged(known, rules, month, today)
        _require_same(row, one)
        conditions = [_told(each) for each in one.conditions]
        told.append((known.id, one, conditions, _hash(known.facts, rules, today, one, conditions)))
    return told, unknown


def _require_same(row: Mapping[str, Any], one: WorkedOut) -> None:
    """Columns and the pure functions say the same, or nothing is written down. ``RuntimeError``: a bug."""
    due, step = one.due, one.step
    if not isinstance(due, kgb.Due) or step is None:
        raise RuntimeError(f"by columns a raise of {one.person} is due, by law.kgb none is")
    pure: dict[str, Any] = {
        "due_on": due.due_on, "effective_on": due.effective_on, "row": due.row, "new_years": step.years,
        "new_months": step.months, "base_before": step.base_before, "base_after": step.base_after,
    }  # fmt: skip
    for each in one.conditions:
        pure |= {f"state_{each.code.value}": each.state.value, f"effect_{each.code.value}": each.effect.value}
    wrong = [name for name, value in pure.items() if row[name] != value]
    if wrong:
        raise RuntimeError(f"columns and law.kgb differ on the raise of {one.person}: {', '.join(wrong)}")


def _hash(known: kgb.Facts, rules: kgb.Rules, today: date, one: WorkedOut, told: Told) -> str:
    """Of the facts, the year that must be known, and what the law makes of them: either may change."""
    due, last, step = one.due, known.step, one.step
    lines = [
        (known.kind, known.standing, known.contract_months, kgb.expected_year(rules, today)),
        () if last is None else (last.golongan, last.years, last.months, last.since),
        sorted(known.predicates.items()),
        [(each.ground.value, each.since, each.until) for each in known.delays],
        [(each.since, each.until) for each in known.away],
        (due.due_on, due.effective_on, due.row, due.deadline)
        if isinstance(due, kgb.Due)
        else (due.sentence,),
        () if step is None else (step.years, step.months, step.base_before, step.base_after),
        *(tuple(each.values()) for each in told),
    ]
    return sha256_hex("\n".join("\t".join(map(str, line)) for line in lines).encode())


def _told(each: kgb.Condition) -> dict[str, str]:
    source, link = _cited(each.citation)
    return {
        "code": each.code.value, "state": each.state.value, "effect": each.effect.value, "value": each.value,
        "threshold": each.threshold, "source": source, "link": link,
        "evidence": each.evidence.value if each.evidence else "", "sentence": each.sentence,
        "leads_to": each.leads_to,
    }  # fmt: skip


@cache
def _cited(citation: Citation | None) -> tuple[str, str]:
    """An article as people read it, and its address: a few articles for thousands of people."""
    return ("", "") if citation is None else (citation.text, citation.link)


def _row(
    at: datetime,
    papers: Mapping[str, str],
    person_id: int,
    one: WorkedOut,
    told: Told,
    inputs_hash: str,
) -> dict[str, Any]:
    due, step, last = one.due, one.step, one.facts.step
    assert isinstance(due, kgb.Due) and step is not None and last is not None  # noqa: S101 - compared before
    return {
        "uid": uuid7(at), "person_id": person_id, "due_on": due.due_on, "effective_on": due.effective_on,
        "deadline": due.deadline, "kind": one.facts.kind, "golongan": last.golongan, "mkg_years": last.years,
        "mkg_months": last.months, "since": last.since, "row": due.row, "new_years": step.years,
        "new_months": step.months, "base_before": step.base_before, "base_after": step.base_after,
        "document": papers[one.facts.kind], "effect": one.effect.value,
        "conditions": told, "inputs_hash": inputs_hash,
    }  # fmt: skip


def _store(month: date, rows: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Let rows stand no more that say otherwise than now, and add those that are new; how many of each."""
    wanted = {row["person_id"]: row for row in rows}
    standing = KgbDue.objects.filter(superseded_at__isnull=True)
    ours = list(standing.filter(effective_on=month).values_list("pk", "person_id", "inputs_hash"))
    kept = {
        person for _, person, known in ours if person in wanted and wanted[person]["inputs_hash"] == known
    }
    gone = [pk for pk, person, _ in ours if person not in kept]
    fresh = [row for row in rows if row["person_id"] not in kept]
    # Whose raise moved here from another month: he has one next raise.
    moved = standing.filter(person_id__in=[row["person_id"] for row in fresh]).exclude(effective_on=month)
    gone += list(moved.values_list("pk", flat=True))
    KgbDue.objects.filter(pk__in=gone).update(superseded_at=Now())
    copy_rows(KgbDue, _NAMES, _values(fresh))
    return len(fresh), len(gone)


def _values(rows: Iterable[Mapping[str, Any]]) -> Iterable[list[Any]]:
    return ([row[name] for name in _NAMES] for row in rows)
