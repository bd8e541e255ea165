"""The fingerprint: the same for the same law, another for another; and a trace that loads no Polars."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from pamong.law.engine import plan as planning
from pamong.law.engine.formulas import FORMULAS, formula
from pamong.law.engine.law import load_law
from pamong.law.engine.ops import round_half_up
from tests.law.world import PERSON, PROFILES, law_of, month, parameter, whole_month, workday

NET = ("tpp_net", "is_entitled")


def of(*parameters: planning.Parameter, profile: str = "contoh", outputs: tuple[str, ...] = NET) -> str:
    """The fingerprint of October 2026."""
    return month(law_of(profile, *parameters), *outputs).fingerprint


def test_a_parameter_that_is_used_changes_it() -> None:
    assert of(parameter("pay/lhkpn_cut", "4 %", "rate")) != of()


def test_the_day_from_which_a_parameter_holds_changes_it() -> None:
    one, other = (of(parameter("pay/lhkpn_cut", "3 %", "rate", since=date(2020, 1, day))) for day in (1, 2))
    assert one != other


def test_words_about_a_parameter_do_not_change_it() -> None:
    one, other = (
        of(parameter("pay/lhkpn_cut", "3 %", "rate", title=title)) for title in ("LHKPN", "Laporan")
    )
    assert one == other


def test_a_parameter_that_is_not_used_does_not_change_it() -> None:
    assert of(parameter("pay/food_allowance_cash", 1, "rupiah")) == of()
    assert of(parameter("uji/never_asked", 1, "rupiah")) == of()


def test_a_value_of_another_month_does_not_change_it() -> None:
    now = {"from": date(2026, 1, 1), "value": "3 %", "until": date(2026, 12, 31)}
    later = {"from": date(2027, 1, 1), "value": "9 %"}
    one, other = (
        of(parameter("pay/lhkpn_cut", None, "rate", values=values)) for values in ([now], [now, later])
    )
    assert one == other


@pytest.mark.usefixtures("own_formulas")
def test_the_source_of_a_formula_that_is_reached_changes_it() -> None:
    before, unrelated = of(), of(outputs=("is_entitled",))
    FORMULAS["lhkpn_cut_amount"] = []
    formula(name="lhkpn_cut_amount", title="Potongan LHKPN terlambat", unit="rupiah")(
        lambda earned_total, lhkpn_cut: round_half_up(earned_total * lhkpn_cut)
    )
    assert of() != before
    assert of(outputs=("is_entitled",)) == unrelated


def test_the_version_of_the_engine_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = of()
    monkeypatch.setattr(planning, "ENGINE_VERSION", "next")
    assert of() != before


def test_outputs_and_profiles_change_it() -> None:
    found = {of(profile=profile) for profile in PROFILES}
    assert len(found) == len(PROFILES)
    assert of(outputs=("tpp_net",)) != of()


PRINT = """
from datetime import date
from pamong.law.engine.law import load_law
for profile in {profiles}:
    plan = load_law(profile).plan(("tpp_net", "is_entitled"), date(2026, 10, 1), date(2026, 11, 1))
    print(plan.fingerprint)
"""


def in_another_process(program: str, seed: str) -> str:
    """What a fresh Python prints under a hash seed."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_it_is_the_same_under_another_hash_seed_in_another_process() -> None:
    program = PRINT.format(profiles=PROFILES)
    first, second = (in_another_process(program, seed) for seed in ("1", "4242"))
    assert first == second
    assert first.split() == [month(load_law(profile), *NET).fingerprint for profile in PROFILES]


TRACE = """
import sys
from datetime import date
from pamong.law.engine.explain import explain
from pamong.law.engine.law import load_law
plan = load_law("contoh").plan(("tpp_net",), date(2026, 10, 1), date(2026, 11, 1))
trace = plan.trace({person}, day=[{day}], segment=[{part}])
print(explain(trace.value("tpp_net")).value, "polars" in sys.modules, "django" in sys.modules)
"""


def test_an_explanation_loads_neither_polars_nor_django() -> None:
    day = {**workday("07:40"), "label": "Senin"}
    printed = in_another_process(TRACE.format(person=PERSON, day=day, part=whole_month()), "0")
    assert printed == "Rp3.952.720 False False\n"
