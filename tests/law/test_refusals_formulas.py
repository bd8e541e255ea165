"""What the engine refuses in formulas and facts, with columns and with traces alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from pamong.law.engine import formulas
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.formulas import fact, formula
from pamong.law.engine.law import load_law
from pamong.law.engine.ops import count_days, equals, lookup, ratio, sum_days, where
from tests.law.world import NOVEMBER, OCTOBER, as_traces, in_columns, law_of, month, parameter, refused

pytestmark = pytest.mark.usefixtures("own_formulas")

DAY = {"on": OCTOBER, "late": 5}
WAYS = [in_columns, as_traces]


@pytest.fixture(autouse=True)
def own_facts(own_formulas: None) -> None:
    """Money, minutes, a condition and a text of the person; minutes of a day."""
    fact("money", "person_month", "rupiah", "Uang")
    fact("work", "person_month", "minutes", "Menit")
    fact("fine", "person_month", "bool", "Beres")
    fact("group", "person_month", "text", "Kelompok")
    fact("late", "day", "minutes", "Terlambat", nullable=True)


FACTS = {"money": 1_000_000, "work": 60, "fine": True, "group": "tpp"}


def total_late(late: Any) -> Any:
    return sum_days(late)


def counted_late(late: Any) -> Any:
    return count_days(late)


def total_excess(excess: Any) -> Any:
    return sum_days(excess)


def days_over(over: Any) -> Any:
    return count_days(over)


def as_float(money: Any) -> Any:
    return float(money)


def refuse(
    way: Callable[..., Any], body: Callable[..., Any], sentence: str, late: int | None = 9, **more: str
) -> None:
    """A formula of this body is refused with this sentence when it is worked out."""
    declared = {"title": "Hasil", "unit": "rupiah", **more}
    formula(name="result", **declared)(body)
    plan = month(load_law("contoh"), "result")
    with refused(sentence):
        way(plan, [FACTS], {"day": [(0, DAY), (0, {**DAY, "late": late})]})


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            lambda money, work: money + work,
            "Rumus 'result': satuan rupiah dan minutes tidak",
        ),
        (
            lambda money, work: money > work,
            "rupiah dan minutes tidak bisa dijumlahkan atau dibandingkan.",
        ),
        (lambda money, work: money * work, "satuan rupiah dan minutes tidak bisa dikalikan."),
        (lambda money, fine: money * fine, "satuan rupiah dan bool tidak bisa dikalikan."),
        (lambda money, work: work, "Rumus 'result' menghasilkan minutes, padahal menyatakan rupiah."),
        (lambda money: money / 1, "rumus tidak boleh membagi dengan / atau //; pakai ratio(a, b)"),
        (lambda money: money // 1, "rumus tidak boleh membagi dengan / atau //"),
        (lambda money: 1 / money, "rumus tidak boleh membagi dengan / atau //"),
        (lambda money: money * 0.5, "rumus tidak boleh memakai float; hanya bilangan bulat dan nilai hukum."),
        (lambda money: money if money > 0 else 0, "rumus tidak boleh memakai if/and/or; pakai where"),
        (lambda money, fine: money if fine else 0, "rumus tidak boleh memakai if/and/or; pakai where"),
        (lambda money: where(money, 1, 0), "syarat harus ya/tidak, bukan angka."),
        (lambda money, group: equals(money, "tpp"), "equals dengan teks hanya untuk nilai teks."),
        (lambda money, lhkpn_cut: lookup(lhkpn_cut, money), "pay/lhkpn_cut bukan tabel dengan 1 kunci."),
        (lambda money, work: ratio(money, money - money), "ratio: pembaginya"),
        (as_float, "nilai hukum tidak boleh menjadi pecahan biner."),
        (lambda: None, "Rumus 'result' tidak menghasilkan nilai."),
    ],
)
def test_a_body_that_no_law_may_have(
    way: Callable[..., Any], body: Callable[..., Any], sentence: str
) -> None:
    refuse(way, body, sentence)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "body", [lambda late, work: late + work, lambda late, work: work + late, lambda late: late]
)
def test_days_in_a_formula_of_the_month_without_a_sum(
    way: Callable[..., Any], body: Callable[..., Any]
) -> None:
    refuse(way, body, "tingkat day", unit="minutes")


@pytest.mark.parametrize("way", WAYS)
def test_a_sum_of_the_month_in_a_formula_of_the_days(way: Callable[..., Any]) -> None:
    formula(name="month_late", title="Sebulan", unit="minutes")(total_late)
    declared = formula(name="excess", title="Lebih", unit="minutes", level="day")
    declared(lambda late, month_late: late - month_late)
    refuse(
        way,
        total_excess,
        "Rumus 'excess' tingkat day tidak bisa memakai 'month_late' dari tingkat person_month.",
        unit="minutes",
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_sum_over_days_of_which_one_is_missing(way: Callable[..., Any]) -> None:
    refuse(way, total_late, "pakai given(...) lebih dulu.", late=None, unit="minutes")


@pytest.mark.parametrize("way", WAYS)
def test_sums_of_the_wrong_kind(way: Callable[..., Any]) -> None:
    refuse(way, counted_late, "count_days hanya untuk syarat harian.", unit="days")


@pytest.mark.parametrize("way", WAYS)
def test_days_that_were_not_given(way: Callable[..., Any]) -> None:
    formula(name="month_late", title="Sebulan", unit="minutes")(total_late)
    with refused("Tidak ada baris tingkat day untuk 'late'"):
        way(month(load_law("contoh"), "month_late"), [FACTS])


@pytest.mark.parametrize("way", WAYS)
def test_undated_days_where_the_rule_changes_within_the_month(way: Callable[..., Any]) -> None:
    limit = parameter("attendance/limit", 0, "minutes", values=[
        {"from": date(2026, 1, 1), "value": 10}, {"from": date(2026, 10, 15), "value": 20},
    ])  # fmt: skip
    formula(name="over", title="Lebih", unit="bool", level="day")(lambda late, limit: late > limit)
    formula(name="days_over", title="Hari lebih", unit="days")(days_over)
    with refused("Baris tingkat day tidak bertanggal, padahal aturannya berubah"):
        way(month(law_of("contoh", limit), "days_over"), [FACTS], {"day": [(0, {"late": 15})]})


@pytest.mark.parametrize("way", WAYS)
def test_a_missing_fact_that_may_not_be_missing(way: Callable[..., Any]) -> None:
    formula(name="result", title="Hasil", unit="rupiah")(lambda money: money)
    with refused("Fakta 'money' (Uang) tidak boleh kosong."):
        way(month(load_law("contoh"), "result"), [{"money": None}])


def plan_of_money() -> Any:
    """The person's money as it came."""
    formula(name="result", title="Hasil", unit="rupiah")(lambda money: money)
    return month(load_law("contoh"), "result")


def test_money_as_a_binary_fraction() -> None:
    plan = plan_of_money()
    with refused("Fakta 'money' (Uang) berupa pecahan biner"):
        plan.trace({"money": 1_000_000.4}).value("result")
    with refused("Fakta 'money' (Uang) bertipe Float64, tidak cocok"):
        plan.columns(pl.DataFrame({"money": [1_000_000.4]}))


def test_money_as_text_or_truth() -> None:
    plan = plan_of_money()
    for value in ("1000000", True):
        with refused("Fakta 'money' (Uang) bertipe"):
            plan.trace({"money": value}).value("result")
        with refused("Fakta 'money' (Uang) bertipe"):
            plan.columns(pl.DataFrame({"money": [value]}))


def test_a_fact_that_was_not_given() -> None:
    plan = plan_of_money()
    with refused("Fakta 'money' (Uang) tidak diberikan."):
        plan.trace({}).value("result")
    with refused("Fakta 'money' (Uang) tidak diberikan."):
        plan.columns(pl.DataFrame({"other": [1]}))


def test_rows_of_nobody_and_rows_in_disorder() -> None:
    formula(name="days", title="Hari", unit="days")(days_over)
    formula(name="over", title="Lebih", unit="bool", level="day")(lambda late: late > 0)
    plan, people = month(load_law("contoh"), "days"), pl.DataFrame({"money": [1, 2]})
    for rows, sentence in (
        ([0, 2], "Baris tingkat day menunjuk orang yang tidak ada."),
        ([1, 0, 0], "Baris tingkat day harus urut menurut orang."),
    ):
        with refused(sentence):
            plan.columns(people, day=pl.DataFrame({"person": rows, "late": [1] * len(rows)}))


def test_a_circle_of_formulas() -> None:
    formula(name="first", title="Satu", unit="rupiah")(lambda second: second)
    formula(name="second", title="Dua", unit="rupiah")(lambda third: third)
    formula(name="third", title="Tiga", unit="rupiah")(lambda first: first)
    with refused("Rumus berputar: first -> second -> third -> first."):
        _ = month(load_law("contoh"), "first").order


def test_an_unknown_name() -> None:
    formula(name="result", title="Hasil", unit="rupiah")(lambda tunjangan_khayal: tunjangan_khayal)
    with refused("'tunjangan_khayal' bukan fakta, rumus, atau parameter yang dikenal"):
        _ = month(load_law("contoh"), "result").order


def test_two_versions_that_hold_on_the_same_day() -> None:
    formula(name="result", title="Hasil", unit="rupiah", before=date(2026, 1, 2))(lambda money: money)
    with refused("rumus result: dua versi berlaku pada tanggal yang sama."):
        formula(name="result", title="Hasil", unit="rupiah", since=date(2026, 1, 1))(lambda money: money)


def test_versions_of_different_units() -> None:
    formula(name="result", title="Hasil", unit="rupiah", before=date(2026, 1, 1))(lambda money: money)
    with refused("rumus result: versinya berbeda satuan atau tingkat."):
        formula(name="result", title="Hasil", unit="minutes", since=date(2026, 1, 1))(lambda work: work)


def test_before_any_version_of_a_formula_is_in_force() -> None:
    formula(name="result", title="Hasil", unit="rupiah", since=date(2027, 1, 1))(lambda money: money)
    plan = month(load_law("contoh"), "result")
    with refused("Rumus 'result' tidak punya versi untuk profil Kota Contoh pada 2026-10-01.", NotInForce):
        _ = plan.order


def test_asking_for_a_month_before_the_first_rule() -> None:
    plan = load_law("contoh").plan(("tpp_net",), date(1999, 1, 1), date(1999, 2, 1))
    with refused("belum ada aturan yang berlaku pada 1999-01-01", NotInForce):
        _ = plan.fingerprint


def test_a_fact_declared_twice_differently() -> None:
    with refused("fakta money dinyatakan dua kali."):
        fact("money", "person_month", "minutes", "Uang")


def test_a_name_that_is_both_fact_and_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    from pamong.law.engine.law import load_formulas  # noqa: PLC0415 (its cache is cleared for this test)

    formula(name="money", title="Uang", unit="rupiah")(lambda work: work)
    load_formulas.cache_clear()
    with refused("Nama money dipakai untuk fakta dan rumus sekaligus."):
        load_formulas()


def test_unknown_units_and_levels() -> None:
    with refused("fakta jarak: satuan atau tingkat tidak dikenal."):
        fact("jarak", "person_month", "kilometer", "Jarak")
    with refused("satuan atau tingkat tidak dikenal."):
        formula(name="result", title="Hasil", unit="rupiah", level="tahun")(lambda money: money)


def test_an_output_that_was_not_rounded() -> None:
    formula(name="share", title="Bagian", unit="rupiah")(lambda money, lhkpn_cut: money * lhkpn_cut)
    with refused("'share' belum dibulatkan, jadi tidak bisa menjadi keluaran."):
        in_columns(month(load_law("contoh"), "share"), [FACTS])


def test_a_product_beyond_128_bits() -> None:
    formula(name="huge", title="Besar", unit="rupiah")(
        lambda money, first, second: money * first * second * first * second
    )
    fact("first", "person_month", "count", "Banyak")
    fact("second", "person_month", "count", "Lebih banyak")
    people = [{"money": 10**9 + n, "first": 10**9 + n, "second": 10**9 + n} for n in range(2)]
    with refused("hitungan bisa melampaui 128 bit; bulatkan lebih awal."):
        in_columns(month(load_law("contoh"), "huge"), people)


def test_a_value_of_the_days_is_no_value_of_the_month() -> None:
    plan = load_law("contoh").plan(("late_minutes",), OCTOBER, NOVEMBER)
    with refused("'late_minutes' adalah nilai tingkat day, bukan nilai sebulan."):
        plan.trace({}, day=[]).value("late_minutes")


def test_the_registries_are_as_they_were_after_such_tests() -> None:
    assert "result" not in formulas.FORMULAS
