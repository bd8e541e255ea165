"""A site may bring a formula shape of its own as a package, without a change in the core."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SHAPE = '''
"""A city's own way: a fixed amount off for each absent day."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import least


@formula(title="Potongan", unit="rupiah", method="discipline.fixed_amount", line="cut", name="discipline_cut")
def fixed_cut(tpp_ceiling: Any, absent_days: Any, fixed_amount: Any) -> Any:
    """An amount for each absent day, up to the ceiling."""
    return least(tpp_ceiling, fixed_amount * absent_days)


@formula(title="Bagian disiplin", unit="rupiah", method="discipline.fixed_amount", name="discipline_earned")
def nothing_apart() -> Any:
    """Nothing apart."""
    return 0
'''
RUN = """
from datetime import date
from pathlib import Path
from pamong.law.engine.law import load_law
law = load_law({profile!r})
given = ["tpp_ceiling", "absent_days"]
plan = law.plan(["discipline_cut"], date(2026, 10, 1), date(2026, 11, 1), given=given)
print(plan.trace({{"tpp_ceiling": 5_000_000, "absent_days": 3}}).value("discipline_cut").num)
"""
PROFILE = """
name: Kota Uji
zone: Asia/Makassar
regulation: contoh
from: 2024-01-01
methods:
  proration: by_day
  productivity: none
  discipline: fixed_amount
  tax: final_by_golongan
  health: one_percent_capped
"""
AMOUNT = """
title: Potongan tetap setiap hari
unit: rupiah
values:
  - {from: 2024-01-01, value: 250000, grade: E, citation: {regulation: contoh, article: Pasal 1}}
"""


def _site(folder: Path, shape: str) -> Path:
    package = folder / "pamong_site_uji"
    package.mkdir()
    (package / "__init__.py").write_text('"""The site."""\n')
    (package / "shape.py").write_text(shape)
    info = folder / "pamong_site_uji-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pamong-site-uji\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[pamong.law]\nuji = pamong_site_uji.shape\n")
    parameters = folder / "profil" / "parameters" / "pay"
    parameters.mkdir(parents=True)
    (folder / "profil" / "profile.yaml").write_text(PROFILE)
    (parameters / "fixed_amount.yaml").write_text(AMOUNT)
    return folder / "profil"


def _run(folder: Path, profile: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN.format(profile=str(profile))],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_profile_uses_the_shape_that_its_site_brings(tmp_path: Path) -> None:
    done = _run(tmp_path, _site(tmp_path, SHAPE))
    assert done.stdout.strip() == "750000", done.stderr


def test_a_number_of_the_law_in_a_site_package_is_refused_too(tmp_path: Path) -> None:
    done = _run(
        tmp_path, _site(tmp_path, SHAPE.replace("fixed_amount * absent_days", "250000 * absent_days"))
    )
    assert done.returncode != 0
    assert "angka 250000 tertulis di rumus" in done.stderr
