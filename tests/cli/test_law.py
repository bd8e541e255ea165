"""``pamong law``: values with their articles, and a way out of every wrong name."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from pamong.cli.main import main
from pamong.law.engine.loader import load_national, load_profile, load_registry, profile_codes


def law(*arguments: str) -> Result:
    """Run ``pamong law``."""
    return CliRunner().invoke(main, ["law", *arguments])


def test_a_value_with_its_article_link_and_evidence() -> None:
    told = law("show", "pay/bpjs_income_cap").output
    assert "Mulai 1 Januari 2020: Rp12.000.000" in told
    assert "Dasar: Perpres 75/2019, Pasal 32" in told
    assert "Bukti: belum pasti" in told  # read in the news alone
    assert "https://" in told
    assert told == law("show", "bpjs_income_cap").output


def test_a_table_has_its_rows() -> None:
    told = law("show", "tpp_class_amount", "--profile", "contoh", "--on", "2026-10-01").output
    rows = [line.split() for line in told.splitlines() if line.startswith("      ")]
    assert len(rows) == 15
    assert ["9", "Rp5.252.832"] in rows


def test_a_bracket_has_its_steps() -> None:
    told = law("show", "tax/ter_a").output
    assert "sampai dengan Rp5.400.000" in told
    assert "0 %" in told


def test_without_a_region_every_region_of_its_own_is_shown() -> None:
    told = law("show", "tpp_class_amount").output
    for code in profile_codes():
        if "pay/tpp_class_amount" in load_profile(code).parameters:
            assert f"asal {code}" in told


def test_a_value_through_time_newest_first() -> None:
    key, parameter = next((k, p) for k, p in load_national().items() if len(p.history) > 1)
    told = law("show", key).output
    assert told.count("    Dasar: ") == len(parameter.history)
    starts = [line for line in told.splitlines() if line.startswith("  Mulai ")]
    assert " sampai " in starts[-1]
    assert law("show", key, "--on", parameter.history[0].since.isoformat()).output.count("    Dasar: ") == 1


def test_a_day_before_any_value_is_refused() -> None:
    done = law("show", "bpjs_income_cap", "--on", "1950-01-01")
    assert (done.exit_code, "belum ada aturan yang berlaku" in done.output) == (1, True)


@pytest.mark.parametrize("day", ["2026", "5-10-2026", "2026-02-30", "20261005"])
def test_a_day_in_another_form_is_refused(day: str) -> None:
    done = law("show", "bpjs_income_cap", "--on", day)
    assert (done.exit_code, "tulis tanggal seperti 2026-10-05" in done.output) == (2, True)


def test_a_formula_says_what_it_reads() -> None:
    told = law("show", "tpp_tax").output
    assert "cara tax.final_by_golongan" in told
    assert "Dihitung dari: tpp_gross, golongan, tax_final_rate" in told


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("show", "pay/bpjs_incom_cap"), "Yang mirip: pay/bpjs_income_cap"),
        (("show", "bpjs_incom_cap"), "Yang mirip: bpjs_income_cap"),
        (("show", "x" * 40), "Tidak ada nilai atau rumus bernama"),
        (
            ("list", "payy"),
            "Awalan yang ada: attendance, calendar, career, discipline, leave, merit, pay, tax",
        ),
        (("regulation", "pp-5-2042"), "Yang mirip: pp-5"),
        (("profile", "samarind"), "Yang mirip: samarinda"),
        (("show", "bpjs_income_cap", "--profile", "samarind"), "Profil 'samarind' tidak ada"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest_ones(arguments: tuple[str, ...], near: str) -> None:
    done = law(*arguments)
    assert (done.exit_code, near in done.output) == (1, True), done.output


def test_the_list_has_every_key_of_an_area() -> None:
    told = [line.split()[0] for line in law("list", "tax").output.splitlines()]
    assert told == sorted(key for key in load_national() if key.startswith("tax"))
    assert len(law("list", "--profile", "contoh").output.splitlines()) > len(law("list").output.splitlines())


@pytest.mark.parametrize("code", sorted(load_registry()))
def test_every_regulation_can_be_shown(code: str) -> None:
    done = law("regulation", code)
    assert (done.exit_code, load_registry()[code].link in done.output) == (0, True)


def test_a_regulation_names_the_values_that_stand_in_it() -> None:
    assert "pay/base_salary_pns" in law("regulation", "pp-5-2024").output
    assert "(samarinda)" in law("regulation", "perwali-samarinda-31-2022").output


@pytest.mark.parametrize("code", profile_codes())
def test_every_profile_can_be_shown(code: str) -> None:
    done = law("profile", code)
    assert done.exit_code == 0
    profile = load_profile(code)
    assert all(key in done.output for key in profile.parameters)
    assert all(group.text in done.output for group in profile.pay_groups.values())


def test_the_law_is_read_without_database_and_columns() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from pamong.cli.main import main\n"
        "assert CliRunner().invoke(main, ['law', 'show', 'bpjs_income_cap']).exit_code == 0\n"
        "assert not {'django', 'polars', 'psycopg'} & set(sys.modules), 'too heavy'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
