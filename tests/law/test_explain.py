"""*Dari mana angka ini?*: from the net amount down to the punch, the step, the article and the link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from pamong.law.engine.evidence import Evidence
from pamong.law.engine.explain import Reason, explain, flatten, missing_reasons
from pamong.law.engine.formulas import fact, formula
from pamong.law.engine.law import load_law
from pamong.law.engine.ops import all_of, any_of, bracket, is_missing, negate
from pamong.law.engine.trace import TraceValue
from tests.law.world import law_of, month, parameter, part, person, whole_month, workday

LATE_DAY = workday("07:31:20", on=date(2026, 10, 6), label="Selasa, 6 Oktober 2026")
GOOD_DAY = workday(on=date(2026, 10, 5), label="Senin, 5 Oktober 2026")


def value_of(
    name: str, profile: str = "contoh", days: Iterable[Any] = (GOOD_DAY, LATE_DAY), **facts: Any
) -> TraceValue:
    """One person's value of October 2026."""
    whole = {**whole_month(), "on": date(2026, 10, 1), "label": "tanggal 1-31"}
    own = {"segment_class": facts.pop("job_class", 8), "segment_standing": facts.pop("standing", "Aktif")}
    trace = month(load_law(profile), name).trace(person(**facts), day=list(days), segment=[{**whole, **own}])
    return trace.value(name)


def path_to(reason: Reason, title: str) -> list[Reason]:
    """The steps from the top down to the first step with this title."""
    if reason.title == title:
        return [reason]
    for child in reason.children:
        if found := path_to(child, title):
            return [reason, *found]
    return []


def step(reason: Reason, title: str) -> Reason:
    """The first step with this title."""
    return path_to(reason, title)[-1]


def test_from_the_net_down_to_the_punch() -> None:
    path = path_to(explain(value_of("tpp_net")), "Presensi masuk")
    assert [(found.title, found.value) for found in path] == [
        ("TPP yang diterima", "Rp3.952.720"),
        ("TPP sebelum pajak dan iuran", "Rp4.205.021"),
        ("Jumlah yang diperoleh", "Rp4.205.021"),
        ("Bagian disiplin kerja", "Rp1.671.876"),
        ("Nilai disiplin", "99 poin"),
        ("Poin disiplin yang dikurangi", "1 poin"),
        ("Jumlah semua hari", "1 poin"),
        ("Selasa, 6 Oktober 2026", "1 poin"),
        ("Poin yang dikurangi hari ini", "1 poin"),
        ("Tidak hadir tanpa keterangan", "tidak"),
        ("Presensi masuk", "07.31.20"),
    ]


def test_a_late_day_shows_clock_times_step_article_and_link() -> None:
    reason = explain(value_of("tpp_net"))
    late = step(reason, "Poin terlambat masuk kerja")
    assert late.value == "1 poin"
    assert late.sentence == "1 menit: jenjang lebih dari 0 menit sampai dengan 30 menit."
    assert (late.law, late.evidence) == ("Aturan contoh Pemerintah Kota Contoh, Pasal 11", Evidence.EXAMPLE)
    assert late.link == ""  # an invented rule leads to no regulation
    minutes = step(late, "Terlambat")
    assert minutes.sentence == "menit penuh dari 07.31.20 − 07.30"
    assert {("Presensi masuk", "07.31.20"), ("Jam masuk", "07.30")} <= {
        (child.title, child.value) for child in minutes.children
    }


def test_days_that_changed_nothing_are_counted_but_not_told() -> None:
    total = next(found for _, found in flatten(explain(value_of("points_lost"))) if found.kind == "sum")
    assert total.sentence == "2 hari, 1 di antaranya nol"
    assert [child.title for child in total.children] == ["Selasa, 6 Oktober 2026"]


def test_what_was_explained_once_is_not_repeated() -> None:
    told = [found for _, found in flatten(explain(value_of("tpp_net"))) if found.title == "TPP maksimal"]
    assert len(told) > 1
    assert [found.sentence == "Sudah dijelaskan di atas." for found in told] == [False] + [True] * (
        len(told) - 1
    )


def test_every_parameter_of_an_explanation_names_its_law() -> None:
    for profile in ("contoh", "manado", "permentan", "samarinda", "tulangbawangbarat"):
        for _, found in flatten(explain(value_of("tpp_net", profile))):
            assert found.title and found.value, found
            if found.kind == "parameter":
                assert found.law and found.evidence, found
                assert found.link.startswith("https://") or found.law.startswith(
                    ("Aturan contoh", "Pilihan contoh")
                ), found


def test_the_step_of_a_percentage_with_its_article() -> None:
    reason = explain(value_of("tpp_net", "samarinda"))
    cut = step(reason, "Potongan kehadiran")
    assert cut.sentence.endswith("× 2,5 %, dibulatkan ke rupiah terdekat")
    ladder = [found for _, found in flatten(cut) if found.kind == "parameter" and "jenjang" in found.sentence]
    assert next(found.law for found in ladder) == "Perwali Samarinda 31/2022, Pasal 13"


@pytest.mark.parametrize(
    ("minutes", "answer", "sentence"),
    [
        (780, "tidak", "780 menit > 780 menit: tidak terpenuhi"),
        (781, "ya", "781 menit > 780 menit: terpenuhi"),
    ],
)
def test_a_condition_says_value_threshold_and_answer(minutes: int, answer: str, sentence: str) -> None:
    hour, minute = divmod(450 + minutes % 60, 60)
    days = [workday("08:30")] * (minutes // 60) + [workday(f"{hour:02d}:{minute:02d}")]
    reason = explain(value_of("is_delayed", "samarinda", days))
    assert (reason.value, reason.sentence) == (answer, sentence)
    threshold = step(reason, "Menit sebulan yang menunda pembayaran TPP")
    assert (threshold.value, threshold.law) == ("780 menit", "Perwali Samarinda 31/2022, Pasal 13")
    assert threshold.link.startswith("https://")


def test_entitlement_is_met_not_met_or_unknown() -> None:
    met = explain(value_of("is_entitled"))
    other = explain(value_of("is_entitled", pay_group="tpg"))
    unknown = explain(value_of("is_entitled", standing="Masih dicari"))
    assert [reason.value for reason in (met, other, unknown)] == ["ya", "tidak", "belum diketahui"]
    group, standing = met.sentence.split("; dan ")
    assert group == "Kelompok penghasilan (tpp) = tpp: terpenuhi"
    assert standing == "Dalam kedudukan hukum yang berhak atas TPP: terpenuhi"
    assert other.sentence.startswith("Kelompok penghasilan (tpg) = tpp: tidak terpenuhi; dan")
    assert unknown.sentence.endswith("Dalam kedudukan hukum yang berhak atas TPP: belum diketahui")
    row = step(unknown, "Kedudukan hukum yang berhak atas TPP")
    assert row.sentence == "Baris Kedudukan hukum: Masih dicari tidak ada di tabel ini."
    assert row.law == "Aturan contoh Pemerintah Kota Contoh, Pasal 8"


@pytest.mark.usefixtures("own_formulas")
def test_nested_conditions_are_written_with_brackets() -> None:
    fact("seen", "person_month", "bool", "Terlihat", nullable=True)
    fact("age", "person_month", "count", "Umur", nullable=True)
    formula(name="fit", title="Memenuhi syarat", unit="bool")(
        lambda seen, age, limit: all_of(any_of(is_missing(age), age <= limit), negate(seen))
    )
    plan = month(law_of("contoh", parameter("uji/limit", 56, "count", title="Batas umur")), "fit")
    sentences = {
        (age, seen): explain(plan.trace({"age": age, "seen": seen}).value("fit")).sentence
        for age, seen in ((56, False), (57, None), (None, True))
    }
    assert sentences == {
        (56, False): (
            "(Umur (56) tidak ada: tidak terpenuhi; atau 56 ≤ 56: terpenuhi); dan bukan Terlihat: terpenuhi"
        ),
        (57, None): (
            "(Umur (57) tidak ada: tidak terpenuhi; atau 57 ≤ 56: tidak terpenuhi); "
            "dan bukan Terlihat: belum diketahui"
        ),
        (None, True): (
            "(Umur tidak ada: terpenuhi; atau belum diketahui ≤ 56: belum diketahui); "
            "dan bukan Terlihat: tidak terpenuhi"
        ),
    }


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"minutes": None}, ["Menit kerja terverifikasi belum ada"]),
        ({"fixed_income": None}, ["Penghasilan tetap (gaji pokok dan tunjangan) belum ada"]),
        ({"golongan": "X/x"}, ["PPh 21 final atas TPP menurut golongan: tidak ada baris untuk X/x"]),
        (
            {"behaviour": None, "golongan": None},
            ["Nilai perilaku kerja belum ada", "Golongan belum ada"],
        ),
        ({}, []),
    ],
)
def test_missing_reasons_name_the_fact_or_the_row(facts: dict[str, Any], reasons: list[str]) -> None:
    assert missing_reasons(value_of("tpp_net", **facts)) == reasons


def test_a_class_without_an_amount_is_named() -> None:
    found = value_of("tpp_net", job_class=99)
    assert not found.known
    assert missing_reasons(found)[0] == "TPP dasar menurut kelas jabatan: tidak ada baris untuk 99"
    assert missing_reasons(value_of("tpp_net", job_class=None)) == ["Kelas jabatan belum ada"]


def test_parts_of_the_month_are_told_with_their_days() -> None:
    parts = [
        {**part(first, last, job_class), "on": date(2026, 10, first), "label": f"tanggal {first}-{last}"}
        for first, last, job_class in ((1, 21, 8), (22, 31, 9))
    ]
    trace = month(load_law("samarinda"), "tpp_performance").trace(person(), segment=parts)
    reason = explain(trace.value("tpp_performance"))
    total = next(found for _, found in flatten(reason) if found.kind == "sum")
    assert [child.title for child in total.children] == ["tanggal 1-21", "tanggal 22-31"]
    assert "× 21 hari +" in total.sentence and total.sentence.endswith("× 10 hari : 31 hari")


@pytest.mark.usefixtures("own_formulas")
@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (0, "sampai dengan 0 menit"),
        (1, "lebih dari 0 menit sampai dengan 30 menit"),
        (30, "lebih dari 0 menit sampai dengan 30 menit"),
        (31, "lebih dari 30 menit"),
    ],
)
def test_the_step_that_is_told_is_the_one_that_was_taken(quantity: int, words: str) -> None:
    fact("delay", "person_month", "minutes", "Terlambat")
    formula(name="taken", title="Poin", unit="points")(lambda delay, ladder: bracket(ladder, delay))
    ladder = parameter("uji/ladder", [[0, 0], [30, 1], [None, 2]], "points", kind="bracket", x="minutes")
    reason = explain(month(law_of("contoh", ladder), "taken").trace({"delay": quantity}).value("taken"))
    assert step(reason, "uji/ladder").sentence == f"{quantity} menit: jenjang {words}."
