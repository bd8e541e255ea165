"""Who may be appointed: each condition met, not met or unknown, with its article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.law import merit
from pamong.law.conditions import Answer, Condition, overall
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.plan import Law
from pamong.law.merit import Facts, Held, PostAsked
from pamong.law.national import national

LAW = national()
ON = date(2026, 11, 10)
HEAD = PostAsked("jpt_pratama", "II.b")
CAMAT = PostAsked("administrator", "III.a")
GOOD = Facts(
    born=date(1975, 3, 4),
    employment="PNS",
    standing="Aktif",
    ended="",
    golongan="IV/b",
    education="s2",
    posts=(
        Held("pengawas", date(2012, 1, 1), date(2018, 1, 1), in_field=True),
        Held("administrator", date(2018, 1, 1), None, in_field=True),
    ),
    posts_whole=True,
    predicates={2024: "baik", 2025: "sangat_baik"},
    sanction="",
    lhkpn=True,
    kin=(),
    own_age_key="administrator",
)


def asked(facts: Facts, post: PostAsked = HEAD, on: date = ON, law: Law = LAW) -> Mapping[str, Condition]:
    return {each.code: each for each in merit.eligibility(law, post, facts, on)}


def answer(code: str, facts: Facts, post: PostAsked = HEAD, on: date = ON) -> Answer:
    return asked(facts, post, on)[code].answer


def test_case_J_05_who_meets_everything_meets_each_condition() -> None:
    found = asked(GOOD)
    assert {code for code, each in found.items() if each.answer is not Answer.MET} == set()
    assert overall(found.values()) is Answer.MET
    assert set(found) == {
        "employment", "standing", "rank", "education", "level", "field", "predicates", "sanction", "age",
        "lhkpn", "retirement", "retires_soon", "present_post", "kin",
    }  # fmt: skip


def test_case_J_05_nothing_known_is_unknown_and_never_yes_or_no() -> None:
    for post in (HEAD, CAMAT, PostAsked("pengawas", "IV.a"), PostAsked("jpt_madya", "I.b")):
        found = asked(Facts(), post)
        assert {each.answer for each in found.values()} == {Answer.UNKNOWN}
        assert overall(found.values()) is Answer.UNKNOWN


def test_each_condition_says_a_sentence_and_each_firm_one_its_article() -> None:
    for facts in (GOOD, Facts()):
        for each in merit.eligibility(LAW, HEAD, facts, ON):
            assert each.text.endswith("."), each
            assert each.source, each


def test_what_is_only_practice_bars_nothing() -> None:
    late = replace(GOOD, lhkpn=False, born=date(1970, 12, 30), golongan="III/a", predicates={2024: "kurang"})
    found = asked(late)
    for code in ("lhkpn", "rank", "predicates"):
        assert found[code].answer is Answer.NOT_MET
        assert not found[code].bars
        assert found[code].evidence is Evidence.SECONDARY
    assert found["retires_soon"].evidence is Evidence.SECONDARY


@pytest.mark.parametrize(
    ("employment", "expected"),
    [("PNS", Answer.MET), ("CPNS", Answer.NOT_MET), ("PPPK", Answer.UNKNOWN), (None, Answer.UNKNOWN)],
)
def test_kind_of_employment(employment: str | None, expected: Answer) -> None:
    assert answer("employment", replace(GOOD, employment=employment)) is expected


@pytest.mark.parametrize(
    ("standing", "ended", "expected"),
    [
        ("Aktif", "", Answer.MET),
        ("CLTN", "", Answer.NOT_MET),
        ("Masa Persiapan Pensiun", "", Answer.NOT_MET),
        ("Aktif", "Meninggal dunia", Answer.NOT_MET),
        ("Aktif", "Pensiun", Answer.NOT_MET),
        ("Aktif", None, Answer.UNKNOWN),
        (None, "", Answer.UNKNOWN),
    ],
)
def test_case_J_20_dead_retired_or_away(standing: str | None, ended: str | None, expected: Answer) -> None:
    found = asked(replace(GOOD, standing=standing, ended=ended))["standing"]
    assert found.answer is expected
    assert found.bars is (expected is Answer.NOT_MET)


@pytest.mark.parametrize(
    ("kind", "education", "expected"),
    [
        ("pengawas", "d3", Answer.MET),
        ("pengawas", "sma", Answer.NOT_MET),
        ("administrator", "d3", Answer.NOT_MET),
        ("administrator", "d4", Answer.MET),
        ("jpt_pratama", "s1", Answer.MET),
        ("jpt_pratama", "dokter", Answer.UNKNOWN),
        ("jpt_pratama", None, Answer.UNKNOWN),
    ],
)
def test_education(kind: str, education: str | None, expected: Answer) -> None:
    assert answer("education", replace(GOOD, education=education), PostAsked(kind)) is expected


def posts(*held: Held, whole: bool = True) -> Facts:
    return replace(GOOD, posts=held, posts_whole=whole)


def test_two_years_as_administrator_to_the_day() -> None:
    assert answer("level", posts(Held("administrator", date(2024, 11, 10)))) is Answer.MET
    assert answer("level", posts(Held("administrator", date(2024, 11, 11)))) is Answer.NOT_MET
    assert answer("level", posts(Held("jf_ahli_madya", date(2024, 11, 10)))) is Answer.MET
    assert answer("level", posts(Held("jf_ahli_muda", date(2010, 1, 1)))) is Answer.NOT_MET


def test_orders_that_follow_each_other_are_one_time_and_a_day_counts_once() -> None:
    follow = posts(
        Held("administrator", date(2024, 11, 10), date(2025, 6, 20)),
        Held("administrator", date(2025, 6, 20), date(2026, 11, 10)),
    )
    assert answer("level", follow) is Answer.MET
    twice = posts(Held("administrator", date(2025, 11, 10)), Held("administrator", date(2025, 11, 10)))
    assert answer("level", twice) is Answer.NOT_MET


def test_a_career_that_is_not_whole_leaves_too_short_a_time_unknown() -> None:
    assert answer("level", posts(Held("administrator", date(2026, 1, 1)), whole=False)) is Answer.UNKNOWN
    assert answer("level", posts(whole=False)) is Answer.UNKNOWN
    assert answer("level", posts()) is Answer.NOT_MET


@pytest.mark.parametrize(
    ("same", "expected"), [(True, Answer.MET), (False, Answer.NOT_MET), (None, Answer.UNKNOWN)]
)
def test_a_functional_post_counts_for_an_administrator_by_its_class(
    same: bool | None, expected: Answer
) -> None:
    facts = posts(Held("jf_ahli_muda", date(2020, 1, 1), in_field=True, same_class=same))
    assert answer("level", facts, CAMAT) is expected
    assert answer("field", facts, CAMAT) is expected


@pytest.mark.parametrize(
    ("judged", "expected"), [(True, Answer.MET), (False, Answer.NOT_MET), (None, Answer.UNKNOWN)]
)
def test_the_field_is_what_somebody_judged(judged: bool | None, expected: Answer) -> None:
    facts = posts(Held("administrator", date(2018, 1, 1), in_field=judged))
    assert answer("field", facts) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("baik", "sangat_baik", Answer.MET),
        ("butuh_perbaikan", "baik", Answer.NOT_MET),
        ("baik", None, Answer.UNKNOWN),
        ("kurang", None, Answer.NOT_MET),
    ],
)
def test_predicates_of_the_last_two_years(first: str, second: str | None, expected: Answer) -> None:
    known = {2024: first} | ({2025: second} if second else {})
    found = asked(replace(GOOD, predicates=known), CAMAT)["predicates"]
    assert found.answer is expected and found.bars is (expected is Answer.NOT_MET)


@pytest.mark.parametrize(
    ("sanction", "expected"),
    [
        ("", Answer.MET),
        (None, Answer.UNKNOWN),
        ("pembebasan_jabatan", Answer.NOT_MET),
        ("penurunan_jabatan", Answer.NOT_MET),
        ("teguran_tertulis", Answer.UNKNOWN),
    ],
)
def test_a_sanction_that_runs(sanction: str | None, expected: Answer) -> None:
    found = asked(replace(GOOD, sanction=sanction))["sanction"]
    assert found.answer is expected and "PP 94/2021" in found.source


BORN = date(1970, 11, 10)  # 56 years old on the day


def test_oracle_G_17_fifty_six_years_and_no_day_is_allowed() -> None:
    assert answer("age", replace(GOOD, born=BORN)) is Answer.MET


def test_oracle_G_17_fifty_six_years_and_a_day_depends_on_the_reading() -> None:
    facts = replace(GOOD, born=BORN - timedelta(days=1))
    found = asked(facts)["age"]
    assert found.answer is Answer.UNKNOWN and "belum ditetapkan" in found.text
    assert asked(facts, law=read("birthday"))["age"].bars
    assert asked(facts, law=read("completed"))["age"].answer is Answer.MET


def test_oracle_G_17_fifty_seven_years_is_too_old_by_any_reading() -> None:
    facts = replace(GOOD, born=date(1969, 11, 10))
    for law in (LAW, read("birthday"), read("completed")):
        assert asked(facts, law=law)["age"].bars


def read(reading: str, name: str = "age_reading") -> Law:
    """The law with the site's own choice."""
    parameter = LAW.by_name[name]
    chosen = replace(parameter, history=tuple(replace(each, value=reading) for each in parameter.history))
    key = next(key for key, each in LAW.parameters.items() if each is parameter)
    return Law({**LAW.parameters, key: chosen}, LAW.profile)


def test_a_site_may_count_ages_on_the_day_of_the_application() -> None:
    law = read("application", "age_on")
    facts = replace(GOOD, born=date(1969, 12, 1), applied_on=date(2025, 11, 1))
    assert asked(facts)["age"].answer is Answer.UNKNOWN
    assert asked(facts, law=law)["age"].answer is Answer.MET
    assert asked(replace(facts, applied_on=None), law=law)["age"].answer is Answer.UNKNOWN


def test_administrators_and_pengawas_have_no_age_limit() -> None:
    assert "age" not in asked(replace(GOOD, born=date(1968, 12, 1)), CAMAT)


def test_a_regional_secretary_may_be_older_who_was_jpt_pratama() -> None:
    sekda = PostAsked("jpt_pratama", "II.a", secretary=True)
    old = replace(GOOD, born=date(1968, 12, 1))
    assert asked(old, sekda)["age"].answer is Answer.NOT_MET
    head = replace(old, posts=(*GOOD.posts, Held("jpt_pratama", date(2022, 1, 1))))
    assert asked(head, sekda)["age"].answer is Answer.MET
    assert asked(head, HEAD)["age"].bars


def test_case_J_20_over_age_in_the_own_post() -> None:
    past = replace(GOOD, born=date(1968, 10, 1))
    assert asked(past)["retirement"].bars
    assert answer("retirement", replace(past, own_age_key="jpt_pratama")) is Answer.MET
    assert answer("retirement", replace(past, own_age_key=None)) is Answer.UNKNOWN


def test_case_J_11_two_years_in_the_present_post_before_a_move() -> None:
    head = Held("jpt_pratama", date(2025, 1, 1), in_field=True)
    moved = replace(GOOD, posts=(*GOOD.posts[:1], replace(GOOD.posts[1], before=date(2025, 1, 1)), head))
    found = asked(moved)["present_post"]
    assert found.bars and found.value == "1 tahun 10 bulan" and found.threshold == "2 tahun"
    fresh = posts(Held("administrator", date(2026, 1, 1)))
    assert answer("present_post", fresh) is Answer.UNKNOWN, "the article speaks of moves, not of promotions"
    assert asked(fresh, CAMAT)["present_post"].bars


def test_between_jpt_at_most_five_years_in_the_present_one() -> None:
    five = posts(Held("jpt_pratama", date(2021, 11, 10)))
    assert answer("present_post_long", five) is Answer.MET
    assert asked(posts(Held("jpt_pratama", date(2021, 11, 9))))["present_post_long"].bars
    assert "present_post_long" not in asked(GOOD)


def test_case_J_16_kinship_is_shown_and_bars_the_relative_on_the_panel_only() -> None:
    found = asked(replace(GOOD, kin=("Ani menyebut Budi sebagai saudara kandung.",)))["kin"]
    assert found.answer is Answer.NOT_MET and not found.bars and "tidak ikut menilai" in found.text


def test_before_the_law_was_in_force_everything_is_unknown() -> None:
    found = merit.eligibility(LAW, HEAD, replace(GOOD, sanction=""), date(2016, 1, 1))
    answers = {each.code: each.answer for each in found}
    assert answers["employment"] is answers["education"] is answers["level"] is Answer.UNKNOWN


@given(st.dates(date(2022, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_more_time_in_a_post_never_loses_the_level(on: date, days: int) -> None:
    order = [Answer.NOT_MET, Answer.UNKNOWN, Answer.MET]
    found: list[Any] = [
        answer("level", posts(Held("administrator", on - timedelta(days=more))), HEAD, on)
        for more in (days, days + 1)
    ]
    assert order.index(found[0]) <= order.index(found[1])


@given(st.permutations(range(3)))
def test_the_order_of_posts_changes_nothing(order: list[int]) -> None:
    held = (
        Held("pelaksana", date(2005, 1, 1), date(2012, 1, 1)),
        Held("pengawas", date(2012, 1, 1), date(2018, 1, 1), in_field=True),
        Held("administrator", date(2018, 1, 1), None),
    )
    base = merit.eligibility(LAW, HEAD, posts(*held), ON)
    assert merit.eligibility(LAW, HEAD, posts(*(held[each] for each in order)), ON) == base
