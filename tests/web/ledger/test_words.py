"""Fields of entries as people read them: their names, codes, amounts, tables."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pamong
from pamong.web.ledger import words
from pamong.web.ledger.fields import FIELDS

SOURCE = Path(pamong.__file__).parent


def _fields_of(source: str) -> set[str]:
    """The names that the events of a module write: keys of what ``public`` and ``personal`` give back."""
    told = (
        function
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for function in node.body
        if isinstance(function, ast.FunctionDef) and function.name in ("public", "personal")
    )
    keys = (each.keys for function in told for each in ast.walk(function) if isinstance(each, ast.Dict))
    return {str(key.value) for row in keys for key in row if isinstance(key, ast.Constant)}


def test_every_field_of_an_event_has_its_name() -> None:
    found = set().union(*(_fields_of(path.read_text()) for path in SOURCE.rglob("*.py")))
    assert {"month", "attended_by", "shape"} <= found
    assert found - set(FIELDS) == set(), "a field without a name: add it to web/ledger/fields.py"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("month", "2026-10-01", "Oktober 2026"),
        ("on", "2026-10-01", "1 Oktober 2026"),
        ("gross", 4_100_000, "Rp4.100.000"),
        ("people", 8_200, "8.200"),
        ("attended_by", "user:11", "Retno, akun nomor 11"),
        ("tried_by", "user:12", "Akun nomor 12"),
        ("proposed_by", "operator:galih", "Baris perintah, galih"),
        ("role", "personnel_officer", "Petugas kepegawaian"),
        ("seal_kind", "opening", "Data awal"),
        ("by", ["pamong_app", "postgres"], "pamong_app, postgres"),
        ("columns", [["id", "bigint"], ["at", "date"]], "id: bigint\nat: date"),
        ("rows", {"people": 3, "nama": None}, "Jumlah orang: 3\nnama: –"),
        ("specs", [[["a"]]], '[\n [\n  [\n   "a"\n  ]\n ]\n]'),
        ("is_late", False, "tidak"),
        ("through", "2026-11-09T17:00:41.195429Z", "10 November 2026, 00.00"),
    ],
)
def test_a_value_as_people_read_it(name: str, value: object, text: str) -> None:
    assert words.line_of(name, value, {11: "Retno"}).text == text
