"""The numbers of the periodic raise as the law of a day has them: read once, asked for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.kernel.period import first_of_month
from pamong.law.career import Cited, find
from pamong.law.engine.plan import Law
from pamong.law.kgb.shapes import Facts

_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Table:
    """A salary table: by golongan its rows (years, rupiah), lowest first. Empty where none is in force."""

    rows: Mapping[str, tuple[tuple[int, int], ...]]
    found: Cited[Any] | None

    def at(self, golongan: str, months: int) -> int | None:
        """Rupiah after so many months of service: the row that is reached; None where there is none."""
        reached = [rupiah for years, rupiah in self.rows.get(golongan, ()) if years * _YEAR <= months]
        return reached[-1] if reached else None

    def row_at(self, golongan: str, months: int) -> int | None:
        """The years of the row that is reached after so many months; None below the first."""
        reached = [years for years, _ in self.rows.get(golongan, ()) if years * _YEAR <= months]
        return reached[-1] if reached else None

    def next_row(self, golongan: str, months: int) -> int | None:
        """The years of the next row above; None where the table ends, or does not know the golongan."""
        return next((years for years, _ in self.rows.get(golongan, ()) if years * _YEAR > months), None)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds on a day; None where no rule is known. Months and years are numbers, predicates texts."""

    on: date
    pns: Table
    pppk: Table
    interval: Cited[int] | None
    first_interval: Mapping[str, Cited[int]]
    lead: Cited[int] | None
    delay: Cited[int] | None
    delay_counts: Cited[bool] | None
    sanction: Cited[int] | None
    least: Cited[str] | None
    usual: Cited[str] | None
    pppk_least: Cited[str] | None
    pppk_years: Cited[int] | None
    pppk_first_years: Mapping[str, Cited[int]]
    contract: Cited[int] | None
    first_contract: Mapping[str, Cited[int]]
    standings: Mapping[str, Cited[bool]]
    uncounted: Mapping[str, Cited[bool]]
    objection: Cited[bool] | None
    order: Mapping[str, Cited[int]]
    report_month: Cited[int] | None

    def table(self, kind: str) -> Table:
        """The salary table of a kind of employment."""
        return self.pppk if kind.startswith("PPPK") else self.pns

    @property
    def away(self) -> list[str]:
        """The standings, in small letters, whose time is no service."""
        return [name for name, cited in self.uncounted.items() if cited.value]

    def rank(self, predicate: str) -> int | None:
        """The place of a predicate, 1 the lowest; None for a name that the law does not have."""
        found = self.order.get(predicate)
        return None if found is None else found.value


def rules_of(law: Law, on: date) -> Rules:
    """The rules of a day."""
    return Rules(
        on=on,
        pns=_table(law, "base_salary_pns", on),
        pppk=_table(law, "base_salary_pppk", on),
        interval=find(law, "kgb_interval_months", on),
        first_interval={
            **_rows(law, "kgb_first_interval_months", on),
            **_rows(law, "kgb_first_interval_months_pppk", on),
        },
        lead=find(law, "kgb_lead_months", on),
        delay=find(law, "kgb_delay_months", on),
        delay_counts=find(law, "kgb_delay_counts", on, ("performance",)),
        sanction=find(law, "kgb_sanction_months", on),
        least=find(law, "kgb_least_predicate", on),
        usual=find(law, "kgb_usual_predicate", on),
        pppk_least=find(law, "kgb_pppk_predicate", on),
        pppk_years=find(law, "kgb_pppk_years", on),
        pppk_first_years=_rows(law, "kgb_pppk_first_years", on),
        contract=find(law, "kgb_pppk_contract_months", on),
        first_contract=_rows(law, "kgb_pppk_first_contract_months", on),
        standings=_rows(law, "kgb_active_standing", on),
        uncounted=_rows(law, "standing_not_counted", on),
        objection=find(law, "kgb_objection_holds", on),
        order=_rows(law, "predicate_order", on),
        report_month=find(law, "predicate_report_month", on),
    )


def expected_year(rules: Rules, today: date) -> int:
    """The newest year whose predicate must be known on a day: last year's, once its report is due."""
    reported = rules.report_month is None or today.month > rules.report_month.value
    return today.year - (1 if reported else 2)


def judged_years(rules: Rules, facts: Facts, today: date, count: int) -> tuple[int, ...]:
    """The last years whose predicates count on a day, newest first: a report that came early counts."""
    newest = max([expected_year(rules, today), *(year for year in facts.predicates if year < today.year)])
    return tuple(range(newest, newest - count, -1))


def add_months(day: date, months: int) -> date:
    """The first of a month so many months on; who began within a month is counted from the next first."""
    return first_of_month(day, months + (1 if day.day > 1 else 0))


def months_between(since: date, until: date) -> int:
    """Full months from a day to the first of a month."""
    return (until.year - since.year) * _YEAR + until.month - since.month - (1 if since.day > 1 else 0)


def _table(law: Law, name: str, on: date) -> Table:
    found = find(law, name, on)
    rows: dict[str, list[tuple[int, int]]] = {}
    for (golongan, years), rupiah in (found.value if found else {}).items():
        rows.setdefault(golongan, []).append((years, rupiah))
    return Table({golongan: tuple(sorted(each)) for golongan, each in rows.items()}, found)


def _rows(law: Law, name: str, on: date) -> dict[str, Cited[Any]]:
    """Each row of a table by its only key."""
    found = find(law, name, on)
    if found is None:
        return {}
    return {str(key[0]): Cited(value, found.parameter, found.dated) for key, value in found.value.items()}
