"""When the next periodic raise falls due, and what it makes of the salary step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pamong.kernel.clock import format_date
from pamong.law.career import weakest
from pamong.law.kgb.away import away_months, reached_on
from pamong.law.kgb.rules import Rules, Table, add_months, months_between
from pamong.law.kgb.shapes import PNS, Delay, Due, Facts, Ground, NewStep, NotDue, Step

_YEAR = 12  # months
_AWAY = "Masa yang tidak dihitung sebagai masa kerja belum ada akhirnya, jadi belum ada jatuh tempo."


def due(rules: Rules, facts: Facts) -> Due | NotDue:
    """The next raise after the last step: when the next row of the salary table is reached, after delays.

    The lead time is a PNS's: for PPPK no text names one.
    """
    step = facts.step
    if step is None:
        return NotDue(False, "Masa kerja golongan belum tercatat, jadi jatuh temponya belum diketahui.")
    table = rules.table(facts.kind)
    if step.golongan not in table.rows:
        return NotDue(
            False, f"Daftar gaji pokok untuk golongan {step.golongan or 'yang kosong'} belum diketahui."
        )
    row = table.next_row(step.golongan, step.served)
    if row is None:
        return NotDue(True, f"Masa kerja golongan {step.golongan} sudah sampai baris terakhir daftar gaji.")
    due_on = reached_on(step.since, row * _YEAR - step.served, facts.away)
    if due_on is None:
        return NotDue(False, _AWAY)
    effective_on = after_delays(due_on, facts.delays)
    reached = table.row_at(step.golongan, _served(facts, step, effective_on))
    return Due(
        due_on,
        effective_on,
        row if reached is None else reached,
        is_first(rules, table, step),
        deadline(rules, facts.kind, effective_on),
        any(delay.ground is Ground.DISCIPLINE for delay in _between(facts.delays, due_on, effective_on)),
        away_months(facts.away, step.since, due_on),
    )


def after_delays(due_on: date, delays: Iterable[Delay]) -> date:
    """The month from which a raise is given: the one after each delay that it falls into."""
    found = due_on
    for delay in sorted(delays, key=lambda each: (each.since, each.until)):
        if delay.since <= found < delay.until:
            found = add_months(delay.until, 0)
    return found


def deadline(rules: Rules, kind: str, effective_on: date) -> date | None:
    """The last day on which a PNS's notice is in time."""
    if kind not in PNS or rules.lead is None:
        return None
    return add_months(effective_on, -rules.lead.value)


def is_first(rules: Rules, table: Table, step: Step) -> bool:
    """Whether this is the raise after the lowest row of a golongan whose first interval is shorter."""
    lowest = table.rows[step.golongan][0][0]
    return step.golongan in rules.first_interval and table.row_at(step.golongan, step.served) in (
        None, lowest,
    )  # fmt: skip


def new_step(rules: Rules, facts: Facts, found: Due) -> NewStep:
    """The step that a due raise gives. The time of a delay for performance counts; whether a disciplinary
    one does was not found, so then only the amount is known."""
    step, table = facts.step, rules.table(facts.kind)
    if step is None:
        raise ValueError("a raise that is due has a step before it")
    served = _served(facts, step, found.effective_on)
    sure = not found.disciplined
    after = table.at(step.golongan, served if sure else found.row * _YEAR)
    cited = table.found
    return NewStep(
        step.golongan,
        served // _YEAR if sure else None,
        served % _YEAR if sure else None,
        table.at(step.golongan, step.served),
        after,
        cited.citation if cited else None,
        weakest(cited),
    )


def told(found: Due, step: Step) -> str:
    """When it is due, in words."""
    sentence = (
        f"Masa kerja golongan {step.golongan} mencapai {found.row} tahun pada {format_date(found.due_on)}."
    )
    if found.away:
        sentence += f" {found.away} bulan di luar tanggungan negara tidak dihitung sebagai masa kerja."
    if found.effective_on > found.due_on:
        sentence += f" Karena penundaan, kenaikan berlaku mulai {format_date(found.effective_on)}."
    return sentence


def _served(facts: Facts, step: Step, on: date) -> int:
    """Months of service in the golongan on the first of a month."""
    return step.served + months_between(step.since, on) - away_months(facts.away, step.since, on)


def _between(delays: Iterable[Delay], since: date, until: date) -> Iterable[Delay]:
    return (delay for delay in delays if delay.since < until and delay.until > since)
