"""People of the town: counts, numbers that agree, plausible ages, ranks and families, the named people."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from pamong.demo.people import PERSONAS, get_persona
from pamong.demo.town.rules import TODAY, ladder, law, place
from pamong.demo.town.shapes import Employment, Identity, Town
from pamong.demo.town.words import words_of
from pamong.kernel.nik import Nik
from pamong.kernel.nip import Nip
from pamong.people.choices import EmploymentKind, EndReason, Relation

YEAR = 365.25


def _now(row: object) -> bool:
    start, end = row.start, row.end  # type: ignore[attr-defined]
    return bool(start <= TODAY and (end is None or end > TODAY))


@pytest.fixture(scope="session")
def identities(whole: Town) -> dict[int, Identity]:
    return {row.person: row for row in whole.records.identities if _now(row)}


@pytest.fixture(scope="session")
def employed(whole: Town) -> dict[int, Employment]:
    return {row.person: row for row in whole.records.employments if _now(row)}


def test_as_many_people_of_each_kind_as_the_city_is_said_to_have(
    whole: Town, employed: dict[int, Employment]
) -> None:
    kinds = Counter(row.kind for row in employed.values())
    assert kinds["PNS"] + kinds["CPNS"] + kinds["PPPK"] == 6_000 and kinds["PPPK_PW"] == 2_200
    assert 100 < kinds["CPNS"] < 200 and kinds["PPPK"] > 1_500
    assert sorted(employed) == [row.key for row in whole.records.persons if row.key >= 0]
    before = {row.person for row in whole.records.employments if row.kind == "TKPK"}
    part_time = {key for key, row in employed.items() if row.kind == "PPPK_PW"}
    assert before < part_time and len(before) > 0.75 * len(part_time)
    standings = Counter(row.standing for row in employed.values())
    assert 5 < standings["CLTN"] < 60 and 5 < standings["Masa Persiapan Pensiun"] < 60


def test_endings_of_the_last_two_years(whole: Town) -> None:
    ended = [row for row in whole.records.employments if row.end_reason]
    reasons = Counter(row.end_reason for row in ended)
    assert 400 <= reasons["retired"] <= 500 and reasons["died"] > 15 and reasons["moved"] > 30
    assert set(reasons) <= {reason.value for reason in EndReason}
    assert all(row.end and date(2024, 10, 1) <= row.end <= TODAY and row.person < 0 for row in ended)
    assert {row.person for row in ended} == {p.key for p in whole.records.persons if p.key < 0}


def test_two_of_five_civil_servants_teach(whole: Town, employed: dict[int, Employment]) -> None:
    posts = {row.seat: whole.structure.posts[row.post] for row in whole.structure.seat_rows if _now(row)}
    seats = {
        row.person: row.seat for row in whole.records.appointments if row.kind == "regular" and _now(row)
    }
    full = [key for key, row in employed.items() if row.kind != "PPPK_PW"]
    teach = sum(posts[seats[key]].family == "guru" for key in full if key in seats)
    assert 0.38 < teach / len(full) < 0.43


def test_numbers_agree_with_the_file_and_belong_to_one(whole: Town, identities: dict[int, Identity]) -> None:
    numbers: dict[str, int] = {}
    first: dict[str, date] = {}
    for row in whole.records.employments:
        if row.kind == EmploymentKind.TKPK:
            assert row.nip is None
            continue
        assert row.nip is not None
        nip, own = Nip.parse(row.nip), identities[row.person]
        assert numbers.setdefault(row.nip, row.person) == row.person
        start = first.setdefault(row.nip, row.start)
        assert (nip.birth_date, nip.sex, nip.start_year) == (own.birth_date, own.sex, start.year)
        assert nip.kind_hint == ("PPPK" if row.kind.startswith("PPPK") else "PNS")
        if nip.kind_hint == "PNS":
            assert int(nip.digits[12:14]) == start.month
    owners = {row.nik: row.person for row in whole.records.identities}
    assert len(owners) == len(identities) == len(whole.records.persons)
    for nik, key in owners.items():
        assert nik.startswith("99") and Nik.parse(nik).sex == identities[key].sex
        assert Nik.parse(nik).matches_birth(identities[key].birth_date)


def test_some_became_civil_servants_from_a_contract_and_have_two_numbers(whole: Town) -> None:
    numbers = defaultdict(set)
    for row in whole.records.employments:
        numbers[row.person].add(row.nip)
    assert sum(len(own - {None}) == 2 for own in numbers.values()) > 3


def test_ages_are_plausible(whole: Town, identities: dict[int, Identity]) -> None:
    highest = law("career/cpns_age_highest")
    posts = {row.seat: whole.structure.posts[row.post] for row in whole.structure.seat_rows if _now(row)}
    begun = {}
    for row in whole.records.employments:
        begun.setdefault(row.person, (row.kind, row.start))
    for key, (kind, start) in begun.items():
        age = (start - identities[key].birth_date).days / YEAR
        assert age >= 18, key
        assert kind != "CPNS" or age < highest + 1, key
    for row in whole.records.appointments:
        if row.kind == "regular" and _now(row):
            age = (TODAY - identities[row.person].birth_date).days / YEAR
            assert age < (60 if posts[row.seat].family == "guru" else 60.1)
    retired = {row.person: row.end for row in whole.records.employments if row.end_reason == "retired"}
    ages = Counter((end - identities[key].birth_date).days // 365.25 for key, end in retired.items() if end)
    assert set(ages) <= {58, 60}


def test_ranks_rise_one_by_one_and_lie_within_what_the_post_allows(whole: Town) -> None:
    ranks = defaultdict(list)
    for row in whole.records.ranks:
        ranks[row.person].append(row)
    for rows in ranks.values():
        assert all(a.end == b.start for a, b in pairwise(rows))
        if "/" in rows[0].golongan:
            steps = [place(row.golongan) for row in rows]
            assert steps == list(range(steps[0], steps[0] + len(steps)))
            assert all(row.start.day == 1 for row in rows)
    held = {row.person: row.seat for row in whole.records.appointments if row.kind == "regular" and _now(row)}
    posts = {row.seat: whole.structure.posts[row.post] for row in whole.structure.seat_rows if _now(row)}
    lowest, highest = law("career/eselon_lowest_golongan"), law("career/eselon_highest_golongan")
    within = []
    for key, seat in held.items():
        if eselon := posts[seat].eselon:
            golongan = place(ranks[key][-1].golongan)
            within.append(place(lowest[eselon,]) <= golongan <= place(highest[eselon,]))
    assert len(within) > 400 and sum(within) / len(within) > 0.97


def test_salary_steps_have_rows_in_the_salary_table(whole: Town) -> None:
    tables = {kind: law(f"pay/base_salary_{kind}") for kind in ("pns", "pppk")}
    ranks = defaultdict(list)
    for row in whole.records.ranks:
        ranks[row.person].append(row)
    for step in whole.records.salary_steps:
        golongan = next(r.golongan for r in reversed(ranks[step.person]) if r.start <= step.start)
        table = tables["pns" if "/" in golongan else "pppk"]
        assert any(key == golongan and years <= step.mkg_years for key, years in table)
        assert 0 <= step.mkg_months < 12 and step.mkg_years < 40
    years = Counter(row.ground for row in whole.records.salary_steps)
    assert years["Kenaikan gaji berkala"] > years["Kenaikan pangkat"]


def test_those_in_part_time_have_no_golongan_and_no_steps(
    whole: Town, employed: dict[int, Employment]
) -> None:
    part_time = {key for key, row in employed.items() if row.kind == "PPPK_PW"}
    assert not part_time & {row.person for row in whole.records.ranks}
    assert not part_time & {row.person for row in whole.records.salary_steps}


def test_diplomas_come_before_the_first_golongan_and_give_the_titles(
    whole: Town, identities: dict[int, Identity]
) -> None:
    begun, studied = {}, defaultdict(list)
    for row in whole.records.employments:
        if row.kind != "TKPK":
            begun.setdefault(row.person, row.start)
    for row in whole.records.educations:
        studied[row.person].append(row)
        assert row.graduated_on.year == row.graduated_year and row.graduated_on <= TODAY
    for key, rows in studied.items():
        assert rows[0].graduated_on < begun[key]
        assert [row.graduated_on for row in rows] == sorted(row.graduated_on for row in rows)
        own = identities[key]
        assert own.back_title == ", ".join(row.back_title for row in rows if row.back_title)
        assert all(row.front_title in own.front_title.split() for row in rows if row.front_title)
    fronts = {row.front_title for row in identities.values()}
    assert {"dr.", "drg.", "apt.", "Dr. Drs."} & fronts >= {"dr.", "drg.", "apt."}


def test_names_are_invented_by_sex_and_some_are_one_word(
    whole: Town, identities: dict[int, Identity]
) -> None:
    named = {row.key for row in whole.records.persons if row.who}
    for key, row in identities.items():
        if key not in named:
            assert set(row.name.split()) <= words_of(row.sex), row.name
    alone = sum(" " not in row.name for row in identities.values())
    assert 0.03 < alone / len(identities) < 0.3
    both = Counter((row.name, row.birth_date) for row in identities.values())
    assert max(both.values()) <= 2
    assert all(row.email.endswith(".example") for row in whole.records.contacts)
    assert len({row.work_email for row in whole.records.contacts}) == len(identities)


def test_families_agree_where_both_are_in_service(whole: Town, identities: dict[int, Identity]) -> None:
    other = {"spouse": "spouse", "sibling": "sibling", "child": "parent", "parent": "child"}
    linked = {(row.person, row.relative): row for row in whole.records.relatives if row.relative is not None}
    counts = Counter(row.relation for row in linked.values())
    assert counts["spouse"] > 100 and counts["sibling"] > 40 and counts["child"] == counts["parent"] > 20
    for (one, two), row in linked.items():
        assert linked[two, one].relation == other[row.relation]
        assert (row.name, row.birth_date, row.sex) == (
            identities[two].name,
            identities[two].birth_date,
            identities[two].sex,
        )
    children = defaultdict(set)
    for row in whole.records.relatives:
        assert row.relation in set(Relation) and row.start <= TODAY and row.birth_date < TODAY
        if row.relation == "child" and row.relative is None:
            children[row.person].add((row.name, row.birth_date))
            assert 15 < (row.birth_date - identities[row.person].birth_date).days / YEAR < 60
    for (one, two), row in linked.items():
        if row.relation == "spouse":
            assert children[one] == children[two]
    paid = Counter(row.person for row in whole.records.relatives if row.relation == "child" and row.entitled)
    assert max(paid.values()) == law("pay/child_count_limit")


def test_named_people_are_the_ones_that_documents_tell_of(
    whole: Town, identities: dict[int, Identity], employed: dict[int, Employment]
) -> None:
    persons = {row.key: row for row in whole.records.persons}
    golongan = {row.person: row.golongan for row in whole.records.ranks if row.end is None}
    classes = {row.seat: row.job_class for row in whole.structure.seat_rows if row.end is None}
    seats = {
        row.person: row.seat for row in whole.records.appointments if row.kind == "regular" and _now(row)
    }
    assert list(whole.personas) == list(PERSONAS)
    for who, key in whole.personas.items():
        told, own = get_persona(who), identities[key]
        assert persons[key].pin == told.pin and employed[key].nip == told.nip
        assert (own.name, own.front_title, own.back_title) == (told.name, told.front, told.back)
        assert golongan[key] == told.career.grade, who
        assert classes[seats[key]] == told.seat.job_class, who
    assert seats[whole.personas["clerk"]][0] == seats[whole.personas["lurah"]][0] == "kel_wonosekar"


def test_everything_lies_within_the_service_where_it_belongs_to_it(whole: Town) -> None:
    spans: dict[int, list[date]] = {}
    for row in whole.records.employments:
        span = spans.setdefault(row.person, [row.start, row.end or date.max])
        assert span[0] == row.start or span[1] == row.start, "a gap between stretches"
        span[1] = row.end or date.max
    tables = (whole.records.ranks, whole.records.salary_steps, whole.records.appointments)
    for table in tables:
        for row in table:
            acting = getattr(row, "kind", "regular") != "regular"
            assert spans[row.person][0] <= row.start < spans[row.person][1]
            assert acting or (row.end or date.max) <= spans[row.person][1]
            assert row.end is None or row.end > row.start
    assert len(ladder()) == 17
