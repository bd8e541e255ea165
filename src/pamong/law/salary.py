"""Base salary by golongan and years, family allowance and contributions."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import least, lookup, round_half_up, where


@formula(title="Gaji pokok PNS menurut tabel", unit="rupiah", cite="PP 5/2024 Lampiran")
def table_salary_pns(golongan: Any, mkg: Any, base_salary_pns: Any) -> Any:
    """By golongan and years in it; between two rows the lower row holds."""
    return lookup(base_salary_pns, golongan, mkg)


@formula(title="Gaji pokok PPPK menurut tabel", unit="rupiah", cite="Perpres 11/2024 Lampiran")
def table_salary_pppk(golongan: Any, mkg: Any, base_salary_pppk: Any) -> Any:
    """By golongan and years in it; between two rows the lower row holds."""
    return lookup(base_salary_pppk, golongan, mkg)


@formula(title="Tunjangan suami/istri", unit="rupiah", cite="PP 7/1977 Pasal 16 ayat (1)")
def spouse_allowance(base_salary: Any, has_spouse: Any, spouse_allowance_rate: Any) -> Any:
    """A percentage of the base salary."""
    return where(has_spouse, round_half_up(base_salary * spouse_allowance_rate), 0)


@formula(title="Tunjangan anak", unit="rupiah", cite="PP 7/1977 Pasal 16 ayat (2) dan (4)")
def child_allowance(
    base_salary: Any, children: Any, child_allowance_rate: Any, child_count_limit: Any
) -> Any:
    """A percentage of the base salary for each child, up to a number of children."""
    return round_half_up(base_salary * child_allowance_rate * least(children, child_count_limit))


@formula(title="Iuran pensiun", unit="rupiah", cite="PP 25/1981 Pasal 6")
def pension_contribution(contribution_base: Any, pension_contribution_rate: Any) -> Any:
    """A percentage of the monthly income without food."""
    return round_half_up(contribution_base * pension_contribution_rate)


@formula(title="Iuran tabungan hari tua", unit="rupiah", cite="PP 25/1981 Pasal 6")
def old_age_savings(contribution_base: Any, old_age_savings_rate: Any) -> Any:
    """A percentage of the monthly income without food."""
    return round_half_up(contribution_base * old_age_savings_rate)


@formula(title="Tunjangan pangan tunai", unit="rupiah", cite="Perdirjen PER-3/PB/2015")
def food_allowance(family_members: Any, food_allowance_cash: Any) -> Any:
    """A fixed amount for each person on the family list."""
    return food_allowance_cash * family_members


@formula(title="Iuran jaminan kecelakaan kerja", unit="rupiah", cite="PP 70/2015 Pasal 22 ayat (2)")
def work_accident_contribution(base_salary: Any, jkk_rate: Any) -> Any:
    """The employer's percentage of the salary."""
    return round_half_up(base_salary * jkk_rate)


@formula(title="Iuran jaminan kematian", unit="rupiah", cite="PP 70/2015; PP 66/2017 Pasal 30 ayat (2)")
def death_contribution(base_salary: Any, jkm_rate: Any) -> Any:
    """The employer's percentage of the salary."""
    return round_half_up(base_salary * jkm_rate)
