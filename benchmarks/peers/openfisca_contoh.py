"""The rules of the profile `contoh` as OpenFisca variables, and the time and the errors of a run.

Runs in its own virtual environment, never in Pamong's: OpenFisca-Core is AGPL. The variables are written as
OpenFisca's users write theirs: money is `value_type = float` (which the core stores in 32 bits), counts are
`int`, a formula is NumPy arithmetic in the order of the rule, "rounded" is `floor(x + 0.5)`. Where there is
a choice, it is the one that is better for OpenFisca: tables are looked up by plain NumPy indexing in 64 bits,
and golongan comes in as index numbers. A missing fixed income is NaN, which the formulas carry on.

Usage: `python openfisca_contoh.py PEOPLE.npz [RUNS]`. The file holds one array for each input variable, and
`exact_net` (Int64 rupiah) with `exact_net_missing` (0 or 1). Prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = "2026-10"
INPUTS: dict[str, type] = {
    "job_class": int,
    "golongan": int,
    "is_cpns": bool,
    "minutes": int,
    "behaviour": int,
    "absent_days": int,
    "points_lost": int,
    "fixed_income": float,
    "lhkpn_late": bool,
    "negative_activity": bool,
}
# Class 1 first, in rupiah.
CLASS_AMOUNTS = np.array(
    [
        *(864248, 1092656, 1321065, 1598859, 2697688, 3234757, 3722440, 4221908),
        *(5252832, 6038512, 6942044, 8979200, 11229612, 12511954, 16435303),
    ],
    dtype=np.float64,
)
# I/a to IV/e, then PPPK I to XVII.
TAX_RATES = np.array([0.0] * 8 + [0.05] * 4 + [0.15] * 5 + [0.0] * 8 + [0.05] * 4 + [0.15] * 5)

Person = build_entity(key="person", plural="persons", label="A civil servant", is_person=True)


def rounded(amount: Any) -> Any:
    """Round to the nearest rupiah, halves upwards."""
    return np.floor(amount + 0.5)


class tpp_ceiling(Variable):
    """Rule 1."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """Class amount, 80 % of it for a CPNS."""
        amount = CLASS_AMOUNTS[person("job_class", period) - 1]
        return rounded(amount * np.where(person("is_cpns", period), 0.8, 1.0))


class counted_minutes(Variable):
    """Rule 2, first sentence."""

    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """Verified minutes less 300 an absent day, 0 to 6,000."""
        minutes = person("minutes", period) - 300 * person("absent_days", period)
        return np.clip(minutes, 0, 6000)


class productivity_earned(Variable):
    """Rule 2, second sentence."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """60 % of the ceiling by minutes and behaviour."""
        share = person("tpp_ceiling", period) * 0.6
        return rounded(share * person("counted_minutes", period) / 6000 * person("behaviour", period) / 100)


class discipline_earned(Variable):
    """Rule 3."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """40 % of the ceiling by the score."""
        score = np.maximum(100 - person("points_lost", period), 0)
        return rounded(person("tpp_ceiling", period) * 0.4 * score / 100)


class earned_total(Variable):
    """Rule 4."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """The sum of both parts."""
        return person("productivity_earned", period) + person("discipline_earned", period)


class lhkpn_cut_amount(Variable):
    """Rule 5, first sentence."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """3 % if the wealth report is late."""
        return rounded(person("earned_total", period) * 0.03) * person("lhkpn_late", period)


class negative_activity_cut_amount(Variable):
    """Rule 5, second sentence."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """3 % for a negative activity."""
        return rounded(person("earned_total", period) * 0.03) * person("negative_activity", period)


class tpp_gross(Variable):
    """Rule 6."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """What is left after the cuts, not below 0."""
        cuts = person("lhkpn_cut_amount", period) + person("negative_activity_cut_amount", period)
        return np.maximum(person("earned_total", period) - cuts, 0)


class tpp_tax(Variable):
    """Rule 7."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """The final rate of the golongan."""
        return rounded(person("tpp_gross", period) * TAX_RATES[person("golongan", period)])


class tpp_health(Variable):
    """Rule 8."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """1 % of what the cap leaves; NaN if the fixed income is missing."""
        room = np.maximum(0, 12_000_000 - person("fixed_income", period))
        return rounded(np.minimum(person("tpp_gross", period), room) * 0.01)


class tpp_net(Variable):
    """Rule 9."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        """Gross less tax and health; NaN if health is."""
        return person("tpp_gross", period) - person("tpp_tax", period) - person("tpp_health", period)


OUTPUTS = (
    tpp_ceiling,
    productivity_earned,
    discipline_earned,
    earned_total,
    lhkpn_cut_amount,
    negative_activity_cut_amount,
    tpp_gross,
    tpp_tax,
    tpp_health,
    tpp_net,
)


def build_system() -> TaxBenefitSystem:
    """One entity, the input variables, and the rules."""
    system = TaxBenefitSystem([Person])
    for name, value_type in INPUTS.items():
        body = {"value_type": value_type, "entity": Person, "definition_period": DateUnit.MONTH}
        system.add_variable(type(name, (Variable,), body))
    system.add_variables(counted_minutes, *OUTPUTS)
    return system


def run(system: TaxBenefitSystem, people: dict[str, Any]) -> tuple[dict[str, float], Any]:
    """One run from arrays to arrays: its seconds by part, and the nets (32-bit floats, NaN if missing)."""
    start = time.perf_counter()
    simulation: Simulation = SimulationBuilder.build_default_simulation(system, len(people["job_class"]))
    built = time.perf_counter()
    for name in INPUTS:
        simulation.set_input(name, MONTH, people[name])
    ready = time.perf_counter()
    amounts = [simulation.calculate(variable.__name__, MONTH) for variable in OUTPUTS]
    done = time.perf_counter()
    parts = {
        "whole_run": done - start,  # with a new simulation of so many persons, which every run needs
        "set_input_and_calculate": done - built,
        "calculate": done - ready,
    }
    return parts, amounts[-1]


def errors(nets: Any, people: dict[str, Any]) -> dict[str, int]:
    """How many nets are not the exact ones, and the largest difference in rupiah."""
    missing = people["exact_net_missing"].astype(bool)
    found = nets.astype(np.float64)
    apart = np.abs(found - people["exact_net"])[~missing]
    wrong_missing = np.count_nonzero(np.isnan(found) != missing)
    return {
        "slips": int(np.count_nonzero(~missing)),
        "wrong_slips": int(np.count_nonzero(apart) + wrong_missing),
        "largest_difference_rupiah": int(np.nanmax(apart, initial=0)),
    }


def main() -> None:
    """Measure, compare, print."""
    with np.load(Path(sys.argv[1])) as file:
        people = {name: file[name] for name in file.files}
    people["fixed_income"] = np.where(people["fixed_income"] < 0, np.nan, people["fixed_income"])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    system = build_system()
    run(system, people)
    measured = [run(system, people) for _ in range(runs)]
    figures: dict[str, Any] = {"rows": len(people["job_class"]), "runs": runs}
    for part in measured[0][0]:
        figures[f"seconds_{part}"] = round(statistics.median(parts[part] for parts, _ in measured), 4)
    figures |= errors(measured[-1][1], people)
    # Linux counts the peak in KiB.
    figures["peak_rss_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures |= {"openfisca_core": version("OpenFisca-Core"), "numpy": np.__version__}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
