"""Income tax (PPh 21): final by golongan, monthly effective rates (TER), and the year."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import (
    bracket,
    equals,
    greatest,
    least,
    lookup,
    progressive,
    round_down_to,
    round_half_up,
    where,
)


@formula(
    name="tpp_tax",
    title="PPh 21 atas TPP",
    unit="rupiah",
    method="tax.final_by_golongan",
    line="tax",
    cite="PP 80/2010 Pasal 4",
)
def tpp_tax_final_by_golongan(tpp_gross: Any, golongan: Any, tax_final_rate: Any) -> Any:
    """Final, on the gross, at the rate of the golongan."""
    return round_half_up(tpp_gross * lookup(tax_final_rate, golongan))


@formula(title="PPh 21 final atas honorarium", unit="rupiah", cite="PP 80/2010 Pasal 4")
def honorarium_tax(honorarium: Any, golongan: Any, tax_final_rate: Any) -> Any:
    """Final, on the gross, at the rate of the golongan."""
    return round_half_up(honorarium * lookup(tax_final_rate, golongan))


@formula(title="Tarif efektif bulanan", unit="rate", cite="PP 58/2023 Lampiran")
def ter_rate(gross_month: Any, tax_status: Any, ter_a: Any, ter_b: Any, ter_c: Any, ter_category: Any) -> Any:
    """The rate of the whole month's gross, by the category of the marital status on 1 January."""
    category = lookup(ter_category, tax_status)
    first, second = bracket(ter_a, gross_month), bracket(ter_b, gross_month)
    third = bracket(ter_c, gross_month)
    return where(equals(category, "A"), first, where(equals(category, "B"), second, third))


@formula(title="PPh 21 sebulan (TER)", unit="rupiah", cite="PMK 168/2023 Pasal 18 ayat (1)")
def ter_tax(gross_month: Any, ter_rate: Any) -> Any:
    """The rate on the whole gross, not marginal."""
    return round_half_up(gross_month * ter_rate)


@formula(title="Bruto sebulan untuk TER", unit="rupiah", method="tax.ter")
def ter_gross(fixed_income: Any, tpp_gross: Any) -> Any:
    """Fixed income and allowance together choose the rate."""
    return fixed_income + tpp_gross


@formula(
    name="tpp_tax",
    title="PPh 21 atas TPP",
    unit="rupiah",
    method="tax.ter",
    line="tax",
    cite="PP 58/2023; PMK 168/2023 Pasal 18",
)
def tpp_tax_ter(
    tpp_gross: Any, ter_gross: Any, tax_status: Any, ter_a: Any, ter_b: Any, ter_c: Any, ter_category: Any
) -> Any:
    """The allowance's share of the month's tax: the rate of the whole gross, on the allowance."""
    category = lookup(ter_category, tax_status)
    first, second = bracket(ter_a, ter_gross), bracket(ter_b, ter_gross)
    rate = where(
        equals(category, "A"), first, where(equals(category, "B"), second, bracket(ter_c, ter_gross))
    )
    return round_half_up(tpp_gross * rate)


@formula(title="Biaya jabatan sebulan", unit="rupiah", cite="PMK 168/2023 Pasal 10 ayat (2)")
def occupational_cost_month(
    gross_month: Any, occupational_cost_rate: Any, occupational_cost_month_cap: Any
) -> Any:
    """A percentage of the gross, up to the month's cap."""
    return least(occupational_cost_month_cap, round_half_up(gross_month * occupational_cost_rate))


@formula(title="Biaya jabatan setahun", unit="rupiah", cite="PMK 168/2023 Pasal 10 ayat (2)")
def occupational_cost_year(
    gross_year: Any, occupational_cost_rate: Any, occupational_cost_year_cap: Any
) -> Any:
    """A percentage of the gross, up to the year's cap."""
    return least(occupational_cost_year_cap, round_half_up(gross_year * occupational_cost_rate))


@formula(title="Penghasilan kena pajak", unit="rupiah", cite="PMK 168/2023 Pasal 17 ayat (5)")
def taxable_income(taxable_income_raw: Any, taxable_income_step: Any) -> Any:
    """Down to full thousands."""
    return round_down_to(greatest(0, taxable_income_raw), taxable_income_step)


@formula(title="Penghasilan neto dikurangi PTKP", unit="rupiah", cite="PMK 168/2023 Pasal 17 ayat (6)")
def taxable_year(
    gross_year: Any,
    occupational_cost_year: Any,
    pension_year: Any,
    tax_status: Any,
    ptkp: Any,
    taxable_income_step: Any,
) -> Any:
    """Gross less costs of the post, pension contribution and the exempt amount, in full thousands."""
    net = gross_year - occupational_cost_year - pension_year
    return round_down_to(greatest(0, net - lookup(ptkp, tax_status)), taxable_income_step)


@formula(
    title="PPh 21 terutang atas penghasilan kena pajak",
    unit="rupiah",
    cite="UU PPh Pasal 17 ayat (1) huruf a",
)
def income_tax(taxable_income: Any, tax_annual_rate: Any) -> Any:
    """Marginal rates."""
    return round_half_up(progressive(tax_annual_rate, taxable_income))


@formula(title="PPh 21 setahun", unit="rupiah", cite="UU PPh Pasal 17 ayat (1) huruf a")
def income_tax_year(taxable_year: Any, tax_annual_rate: Any) -> Any:
    """Marginal rates on the year."""
    return round_half_up(progressive(tax_annual_rate, taxable_year))


@formula(
    title="PPh 21 masa pajak terakhir", unit="rupiah", cite="PMK 168/2023 Pasal 18 ayat (1) huruf b, Pasal 21"
)
def last_period_tax(income_tax_year: Any, tax_withheld: Any) -> Any:
    """The year's tax less what was withheld; tax that the government bears is never handed back."""
    return greatest(0, income_tax_year - tax_withheld)
