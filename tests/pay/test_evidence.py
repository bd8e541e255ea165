"""A real month rests on law that is known: examples are refused, uncertain values wait for an adoption."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from pamong.kernel.period import month_period
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.loader import LAW
from pamong.pay.calculation import month_law
from pamong.pay.choices import Mode
from pamong.pay.errors import EvidenceTooWeak
from tests.pay.support import FRIDAYS, Office, Someone, files_of

pytestmark = pytest.mark.django_db
GROUPS = ("tpp", "tpg", "blud", "incentive", "none")
UNCERTAIN = ("pay/bpjs_employee_rate", "pay/bpjs_income_cap")  # read in the news alone
ADOPTION = """\
- key: discipline/cut_early
  from: 2022-08-01
  by: Wali Kota
  on: 2026-09-01
  document: Surat 800/1/2026
"""


def weak(profile: str, overlay: str = "") -> dict[str, Evidence]:
    """The values that a real run of October 2026 would refuse to rest on, with how well each is known."""
    law = month_law(profile, overlay, month_period(2026, 10))
    found = {parameter.key: dated.evidence for parameter, dated in law.values}
    return {key: grade for key, grade in found.items() if grade in (Evidence.EXAMPLE, Evidence.SECONDARY)}


def refused(office: Office, profile: str, overlay: str = "") -> str:
    """The sentence of the refusal."""
    with pytest.raises(EvidenceTooWeak) as refusal:
        office.start(files_of([Someone()]), profile=profile, mode=Mode.REAL, overlay=overlay)
    return str(refusal.value)


def test_the_example_is_never_paid_and_the_refusal_names_every_value(office: Office) -> None:
    sentence = refused(office, "contoh")
    assert sentence.startswith("Hitungan sungguhan ditolak: ")
    assert len(weak("contoh")) > 20
    for key, grade in weak("contoh").items():
        assert f"{key} ({grade.label})" in sentence
    assert "pay_groups/tpg (contoh)" in sentence
    assert f"{len(weak('contoh')) + len(GROUPS)} nilai hukum" in sentence


def test_an_adoption_lets_an_uncertain_value_pass_and_no_example(office: Office, tmp_path: Path) -> None:
    assert weak("samarinda")["discipline/cut_early"] is Evidence.SECONDARY
    assert "discipline/cut_early" in refused(office, "samarinda")
    (tmp_path / "adoptions.yaml").write_text(ADOPTION)
    sentence = refused(office, "samarinda", str(tmp_path))
    assert "discipline/cut_early" not in sentence
    assert "pay/tpp_class_amount" in sentence
    example = ADOPTION.replace("discipline/cut_early", "pay/tpp_class_amount")
    (tmp_path / "adoptions.yaml").write_text(ADOPTION + example)
    assert "pay/tpp_class_amount" in refused(office, "samarinda", str(tmp_path))


def test_an_adoption_holds_for_the_value_of_its_date_only(office: Office, tmp_path: Path) -> None:
    (tmp_path / "adoptions.yaml").write_text(ADOPTION.replace("2022-08-01", "2025-08-01"))
    assert "discipline/cut_early" in refused(office, "samarinda", str(tmp_path))


def test_a_region_that_fills_in_its_own_values_is_paid(office: Office, tmp_path: Path) -> None:
    """Every example replaced by the region's own value, the uncertain ones adopted: a real month."""
    own = LAW / "profiles" / "samarinda" / "parameters"
    for key, grade in weak("samarinda").items():
        if grade is Evidence.EXAMPLE:
            target = tmp_path / f"{key}.yaml"
            target.parent.mkdir(exist_ok=True)
            copyfile(own / f"{key}.yaml", target)
            text = target.read_text().replace("grade: E", "grade: T")
            target.write_text(text.replace("contoh-peragaan", "perwali-samarinda-31-2022"))
    adopted = [ADOPTION.replace("discipline/cut_early", key) for key in UNCERTAIN]
    in_2020 = [text.replace("2022-08-01", "2020-01-01") for text in adopted]
    (tmp_path / "adoptions.yaml").write_text("".join([ADOPTION, *in_2020]))
    stated = (
        "{%s: {entitled: %s, text: Tunjangan, grade: T, citation: {regulation: perwali-samarinda-31-2022}}}"
    )
    groups = [stated % (code, str(code == "tpp").lower()) for code in GROUPS]
    (tmp_path / "pay_groups.yaml").write_text("\n".join(group[1:-1] for group in groups))
    one = Someone(days=FRIDAYS)
    real = office.run(files_of([one]), profile="samarinda", mode=Mode.REAL, overlay=str(tmp_path))
    assert (real.row.mode, real.row.computed, real.row.month) == (Mode.REAL, 1, date(2026, 10, 1))
    demo = office.run(files_of([one]), profile="samarinda")
    assert real.row.net == demo.row.net


def test_the_calendar_belongs_to_the_law_of_a_run(office: Office, tmp_path: Path) -> None:
    """A changed end of work is another law, and it is shown with the rest."""
    assert "attendance/work_end (contoh)" in refused(office, "contoh")
    own = LAW / "profiles" / "contoh" / "parameters" / "attendance" / "work_end.yaml"
    target = tmp_path / "attendance" / "work_end.yaml"
    target.parent.mkdir()
    target.write_text(own.read_text().replace("57600", "57660"))
    shipped = month_law("contoh", "", month_period(2026, 10)).fingerprint
    assert month_law("contoh", str(tmp_path), month_period(2026, 10)).fingerprint != shipped


def test_who_is_entitled_belongs_to_the_law_of_a_run(office: Office, tmp_path: Path) -> None:
    """A site that entitles another pay group gets another run of the same files, not the old one."""
    entitled = (
        "{entitled: true, text: Dibayar di sini, grade: E, citation: {regulation: contoh, article: Pasal 2}}"
    )
    (tmp_path / "pay_groups.yaml").write_text(f"blud: {entitled}")
    files = files_of([Someone()])
    before = office.start(files)
    after = office.start(files, overlay=str(tmp_path))
    assert not after.existed and after.uid != before.uid


def test_ramadan_counts_only_where_it_is() -> None:
    def keys(month: int) -> set[str]:
        found = month_law("contoh", "", month_period(2026, month)).values
        return {parameter.key for parameter, _ in found}

    assert "calendar/ramadan" in keys(2) & keys(3)
    assert "calendar/ramadan" not in keys(10)
