"""The health contribution (BPJS Kesehatan) on the allowance, with its income cap."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import greatest, least, round_half_up


@formula(
    title="Iuran jaminan kesehatan (BPJS) atas TPP",
    unit="rupiah",
    method="health.one_percent_capped",
    line="contribution",
    cite="Perpres 75/2019 Pasal 30, 32, dan 33",
)
def tpp_health(tpp_gross: Any, fixed_income: Any, bpjs_employee_rate: Any, bpjs_income_cap: Any) -> Any:
    """The employee's share of what the allowance adds below the cap; unknown while the fixed income is."""
    room = greatest(0, bpjs_income_cap - fixed_income)
    return round_half_up(least(tpp_gross, room) * bpjs_employee_rate)


@formula(title="Iuran jaminan kesehatan pegawai", unit="rupiah", cite="Perpres 75/2019 Pasal 30 dan 32")
def health_employee(health_base: Any, bpjs_employee_rate: Any, bpjs_income_cap: Any) -> Any:
    """The employee's share of the whole base, up to the cap."""
    return round_half_up(least(health_base, bpjs_income_cap) * bpjs_employee_rate)


@formula(title="Iuran jaminan kesehatan pemberi kerja", unit="rupiah", cite="Perpres 75/2019 Pasal 30 dan 32")
def health_employer(health_base: Any, bpjs_employer_rate: Any, bpjs_income_cap: Any) -> Any:
    """The employer's share of the whole base, up to the cap."""
    return round_half_up(least(health_base, bpjs_income_cap) * bpjs_employer_rate)
