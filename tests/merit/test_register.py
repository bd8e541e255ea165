"""What the registers say is read as the law spells it."""

from __future__ import annotations

from datetime import date

import pytest

from pamong.access.models import User
from pamong.law.conditions import Answer
from pamong.merit import models
from pamong.merit.judging import candidates, judge
from pamong.merit.register import education_of
from pamong.people.models import Person
from tests.support.filling import Filling, rate


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("Sekolah Dasar", "sd"), ("SLTP Kejuruan", "smp_kejuruan"), ("SLTA", "sma"), ("SLTA Kejuruan", "smk"),
        ("SLTA Keguruan", "sma_keguruan"), ("Diploma I", "d1"), ("Diploma III/Sarjana Muda", "d3"),
        ("Diploma IV", "d4"), ("D-IV", "d4"), ("S-1/Sarjana", "s1"), ("S-2", "s2"), ("S-3/Doktor", "s3"),
    ],
)  # fmt: skip
def test_levels_of_education_as_siasn_names_them(told: str, meant: str) -> None:
    assert education_of(told) == meant


@pytest.mark.django_db
def test_a_predicate_of_two_words_is_known(filling: Filling) -> None:
    who = filling.person("c1")
    person, officer = Person.objects.get(pk=who), User.objects.get(username="wahyu")
    vacancy = models.Vacancy(title="Kepala Seksi", kind="pengawas", eselon="IV.a")
    for year, word, answer in ((2022, "sangat baik", Answer.MET), (2020, "butuh perbaikan", Answer.NOT_MET)):
        rate(person, year, officer, word)
        rate(person, year - 1, officer)
        on = date(year + 1, 6, 1)
        found = {each.code: each for each in judge(vacancy, candidates([who], on)[who], on)}["predicates"]
        assert (found.answer, word in found.text) == (answer, True)
