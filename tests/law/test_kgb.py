"""The periodic raise: when it is due, on which conditions, and what it gives. Unknown is never yes or no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.law import kgb
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.law import load_law
from pamong.law.kgb import Code, Condition, Delay, Due, Effect, Facts, Ground, NotDue, Sanction, State, Step

LAW = load_law("contoh")
TODAY = date(2026, 11, 2)
RULES = kgb.rules_of(LAW, date(2027, 1, 1))
PNS = Facts("PNS", "Aktif", Step("III/a", 4, 0, date(2025, 1, 1)), {2025: "baik"}, sanctions=())
PPPK = Facts(
    "PPPK", "PPPK Aktif", Step("V", 0, 0, date(2025, 12, 1)), {2025: "baik"}, sanctions=(), contract_months=60
)


def due(facts: Facts) -> Due:
    found = kgb.due(RULES, facts)
    assert isinstance(found, Due), found
    return found


def asked(facts: Facts, on: date = date(2027, 1, 1), today: date = TODAY) -> dict[Code, Condition]:
    return {each.code: each for each in kgb.conditions(RULES, facts, on=on, today=today)}


def test_oracle_G_11_the_notice_is_issued_two_months_before() -> None:
    found = due(replace(PNS, step=Step("III/a", 4, 0, date(2025, 3, 1))))
    assert (found.due_on, found.deadline) == (date(2027, 3, 1), date(2027, 1, 1))
    assert RULES.lead is not None and RULES.lead.citation.text == "PP 7/1977, Pasal 12 ayat (2)"
    assert due(PPPK).deadline is None, "no text names a term for PPPK"


def test_oracle_G_12_after_a_delay_it_is_paid_and_the_delay_counts_for_the_next() -> None:
    delay = Delay(Ground.PERFORMANCE, date(2026, 3, 1), date(2027, 3, 1))
    facts = replace(PNS, step=Step("III/a", 2, 0, date(2024, 3, 1)), delays=(delay,))
    found = due(facts)
    assert (found.due_on, found.effective_on) == (date(2026, 3, 1), date(2027, 3, 1))
    step = kgb.new_step(RULES, facts, found)
    assert (step.years, step.months, step.base_before, step.base_after) == (5, 0, 2_873_500, 2_964_000)
    later = due(replace(PNS, step=Step("III/a", 5, 0, date(2027, 3, 1))))
    assert later.due_on == date(2028, 3, 1)
    assert RULES.delay_counts is not None and RULES.delay_counts.value


def test_oracle_G_13_a_first_raise_of_golongan_V_after_a_year() -> None:
    found = due(PPPK)
    assert (found.due_on, found.row, found.first) == (date(2026, 12, 1), 1, True)
    told = asked(PPPK)  # thirteen months of service
    assert {each.state for each in told.values()} == {State.MET}
    assert told[Code.PREDICATE].threshold == "baik, 1 tahun terakhir"
    assert kgb.new_step(RULES, PPPK, found).base_after == 2_551_100


def test_oracle_G_26_a_decision_for_a_pppk_a_notice_for_a_pns() -> None:
    papers = {kind: kgb.paper(LAW, kind, TODAY) for kind in ("PNS", "CPNS", "PPPK", "PPPK_PW")}
    told = {kind: paper and (paper.value, paper.citation.text) for kind, paper in papers.items()}
    notice = ("surat pemberitahuan", "PP 7/1977, Pasal 12 ayat (1)")
    decision = ("keputusan", "PermenPANRB 7/2023, Pasal 6 ayat (1)")
    assert told == {"PNS": notice, "CPNS": notice, "PPPK": decision, "PPPK_PW": None}


def test_oracle_G_27_a_warning_or_a_decision_to_delay_for_a_year_at_most() -> None:
    warned = asked(replace(PNS, predicates={2025: "butuh perbaikan"}))[Code.PREDICATE]
    assert (warned.state, warned.effect, warned.leads_to) == (State.MET, Effect.WARN, "")
    assert warned.evidence is Evidence.OFFICIAL and "banyak daerah meminta baik" in warned.sentence
    for name in ("kurang", "sangat kurang"):
        told = asked(replace(PNS, predicates={2025: name}))[Code.PREDICATE]
        assert (told.state, told.effect, told.leads_to) == (State.NOT_MET, Effect.BLOCK, "delay")
    paper = kgb.delay_paper(LAW, "PNS", TODAY)
    assert paper is not None and paper.citation.text == "PP 7/1977, Pasal 13 ayat (4)"
    assert kgb.delay_end(RULES, date(2027, 1, 1)) == date(2028, 1, 1)
    assert kgb.delay_paper(LAW, "PPPK", TODAY) is None


def test_oracle_O13_the_first_raise_of_a_cpns() -> None:
    found = due(Facts("CPNS", "Aktif", Step("III/a", 0, 0, date(2024, 3, 1))))
    assert (found.due_on, found.first) == (date(2026, 3, 1), False)


@pytest.mark.parametrize(
    ("golongan", "years", "months", "since", "on"),
    [
        ("II/a", 0, 0, date(2026, 1, 1), date(2027, 1, 1)),
        ("II/a", 1, 0, date(2025, 1, 1), date(2027, 1, 1)),
        ("III/b", 12, 3, date(2025, 4, 1), date(2027, 1, 1)),  # after a promotion, service goes on
        ("III/a", 3, 11, date(2026, 12, 1), date(2027, 1, 1)),
        ("III/a", 4, 0, date(2024, 12, 15), date(2027, 1, 1)),  # counted from the next first of a month
    ],
)
def test_the_next_row_of_the_table_says_when(
    golongan: str, years: int, months: int, since: date, on: date
) -> None:
    assert due(replace(PNS, step=Step(golongan, years, months, since))).due_on == on


def test_where_the_table_ends_or_is_silent_nothing_is_due() -> None:
    last = kgb.due(RULES, replace(PNS, step=Step("III/a", 32, 0, date(2025, 1, 1))))
    assert isinstance(last, NotDue) and last.ended
    for step in (None, Step("X/z", 2, 0, TODAY)):
        found = kgb.due(RULES, replace(PNS, step=step))
        assert isinstance(found, NotDue) and not found.ended and "belum" in found.sentence
    early = kgb.rules_of(LAW, date(2023, 12, 31))
    assert isinstance(kgb.due(early, PNS), NotDue), "the tables before 2024 are not known"


def test_rows_stand_as_far_apart_as_the_interval_says() -> None:
    assert RULES.interval is not None
    for table in (RULES.pns, RULES.pppk):
        for golongan, rows in table.rows.items():
            gaps = [(after - before) * 12 for (before, _), (after, _) in pairwise(rows)]
            first = RULES.first_interval.get(golongan)
            expected = RULES.interval.value if first is None else first.value
            assert (gaps[0], set(gaps[1:])) == (expected, {RULES.interval.value}), golongan


def test_what_is_not_known_is_unknown_and_holds() -> None:
    told = asked(replace(PNS, predicates={2024: "baik"}, standing="CLTN", sanctions=None))
    states = {code: (each.state, each.effect) for code, each in told.items()}
    unknown = (State.UNKNOWN, Effect.BLOCK)
    assert states[Code.PREDICATE] == states[Code.STANDING] == unknown
    assert states[Code.DISCIPLINE] == (State.UNKNOWN, Effect.ALLOW), "no register, and a warning at most"
    assert asked(replace(PPPK, contract_months=None))[Code.CONTRACT].state is State.UNKNOWN
    part = asked(replace(PPPK, kind="PPPK_PW"))
    assert (part[Code.PART_TIME].state, part[Code.PART_TIME].effect) == unknown
    assert kgb.worst(part.values()) is Effect.BLOCK


def test_a_predicate_may_be_missing_until_it_is_reported() -> None:
    facts = replace(PNS, predicates={2025: "baik"})
    assert asked(facts, today=date(2027, 2, 28))[Code.PREDICATE].state is State.MET
    assert asked(facts, today=date(2027, 3, 1))[Code.PREDICATE].state is State.UNKNOWN
    newer = replace(PNS, predicates={2025: "baik", 2026: "kurang"})
    assert asked(newer, today=date(2027, 1, 15))[Code.PREDICATE].state is State.NOT_MET
    assert asked(newer, today=date(2026, 12, 31))[Code.PREDICATE].state is State.MET, "a year that runs"


def test_a_pppk_needs_two_years_and_a_contract_of_more_than_two() -> None:
    facts = replace(PPPK, step=Step("IX", 0, 0, date(2025, 1, 1)), predicates={2025: "baik", 2024: "baik"})
    assert asked(facts)[Code.PREDICATE].state is State.MET
    assert asked(replace(facts, predicates={2025: "baik"}))[Code.PREDICATE].state is State.UNKNOWN
    worse = asked(replace(facts, predicates={2025: "baik", 2024: "butuh perbaikan"}))[Code.PREDICATE]
    assert (worse.state, worse.leads_to) == (State.NOT_MET, ""), "what follows was not read"
    assert asked(replace(facts, contract_months=24))[Code.CONTRACT].state is State.NOT_MET
    assert asked(replace(facts, contract_months=25))[Code.CONTRACT].state is State.MET


def test_a_delay_holds_and_a_sanction_warns() -> None:
    running = Delay(Ground.DISCIPLINE, date(2026, 8, 1), date(2027, 8, 1))
    facts = replace(PNS, delays=(running,), sanctions=(Sanction("keberatan atas teguran", objection=True),))
    told = asked(facts)
    assert (told[Code.DELAY].state, told[Code.DELAY].effect) == (State.NOT_MET, Effect.BLOCK)
    article = told[Code.DELAY].citation
    assert article is not None and article.text.startswith("PP 53/2010, Pasal 7 ayat (3) huruf a")
    assert (told[Code.DISCIPLINE].state, told[Code.DISCIPLINE].effect) == (State.NOT_MET, Effect.WARN)
    found = due(facts)
    step = kgb.new_step(RULES, facts, found)
    assert found.effective_on == date(2027, 8, 1) and found.disciplined
    assert (step.years, step.months, step.base_after) == (None, None, 3_057_300), "whether it counts: unknown"
    assert asked(facts, on=date(2027, 8, 1))[Code.DELAY].state is State.MET


def test_before_the_day_the_service_is_not_reached() -> None:
    told = asked(PNS, on=date(2026, 12, 1))[Code.SERVICE]
    assert (told.state, told.effect) == (State.NOT_MET, Effect.BLOCK)
    assert "1 Januari 2027" in told.sentence


def test_who_signs_is_the_regions_choice() -> None:
    found = kgb.signer(LAW, "surat pemberitahuan", "pengawas", TODAY)
    assert found is not None and found.value == "sekda" and found.evidence is Evidence.EXAMPLE
    assert kgb.signer(LAW, "surat pemberitahuan", "rektor", TODAY) is None
    assert kgb.signer(LAW, "surat pemberitahuan", "pengawas", date(2023, 1, 1)) is None


@given(
    golongan=st.sampled_from(sorted(RULES.pns.rows)),
    served=st.integers(0, 40 * 12),
    since=st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    lasts=st.integers(0, 30),
)
def test_a_delay_moves_what_is_paid_and_never_what_comes_after(
    golongan: str, served: int, since: date, lasts: int
) -> None:
    facts = replace(PNS, step=Step(golongan, *divmod(served, 12), since))
    plain = kgb.due(RULES, facts)
    if isinstance(plain, NotDue):
        return
    number = plain.due_on.year * 12 + plain.due_on.month - 1 + lasts
    until = date(number // 12, number % 12 + 1, 1)
    facts = replace(facts, delays=(Delay(Ground.PERFORMANCE, plain.due_on, until),) if lasts else ())
    found = due(facts)
    step = kgb.new_step(RULES, facts, found)
    assert found.due_on == plain.due_on and found.effective_on == until
    assert step.years is not None and step.months is not None and step.base_after is not None
    if step.base_before is not None:
        assert step.base_after > step.base_before
    after = kgb.due(RULES, replace(facts, step=Step(golongan, step.years, step.months, until)))
    if isinstance(after, Due) and lasts < 24:
        undelayed = replace(facts, step=Step(golongan, found.row, 0, plain.due_on), delays=())
        assert after.due_on == due(undelayed).due_on, "the delay counts in full"


@pytest.mark.parametrize(
    ("since", "until", "due_on"),
    [
        (date(2026, 3, 1), date(2026, 9, 1), date(2027, 7, 1)),
        (date(2026, 3, 15), date(2026, 9, 15), date(2027, 7, 1)),
        (date(2026, 3, 15), date(2026, 9, 20), date(2027, 8, 1)),  # a broken month is no month of service
        (date(2026, 12, 1), date(2027, 6, 1), date(2027, 7, 1)),  # one month of service was still to come
        (date(2024, 6, 1), date(2025, 4, 1), date(2027, 4, 1)),  # before the last step it counts there
        (date(2027, 1, 1), date(2027, 6, 1), date(2027, 1, 1)),  # served by the day on which it begins
    ],
)
def test_unpaid_leave_is_no_service(since: date, until: date, due_on: date) -> None:
    """PP 11/2017 Pasal 337 ayat (2)."""
    facts = replace(PNS, away=(kgb.Away(since, until),))
    found = due(facts)
    assert (found.due_on, found.effective_on) == (due_on, due_on)
    step = kgb.new_step(RULES, facts, found)
    assert (step.years, step.months) == (6, 0)


def test_who_is_away_without_an_end_has_no_day_of_a_raise() -> None:
    found = kgb.due(RULES, replace(PNS, away=(kgb.Away(date(2026, 3, 1), None),)))
    assert isinstance(found, NotDue) and not found.ended
    told = asked(replace(PNS, away=(kgb.Away(date(2026, 3, 1), None),)))
    assert told[Code.SERVICE].state is State.UNKNOWN


def test_time_away_beside_a_delay_is_counted_once() -> None:
    """A delay of a year keeps the raise back; of it the half that he was away is no service."""
    delay = Delay(Ground.PERFORMANCE, date(2027, 1, 1), date(2028, 1, 1))
    facts = replace(PNS, away=(kgb.Away(date(2027, 3, 1), date(2027, 9, 1)),), delays=(delay,))
    found = due(facts)
    assert (found.due_on, found.effective_on) == (date(2027, 1, 1), date(2028, 1, 1))
    step = kgb.new_step(RULES, facts, found)
    assert (step.years, step.months) == (6, 6)
