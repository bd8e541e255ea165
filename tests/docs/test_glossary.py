"""The glossary and the code use the same words, and no screen uses a banned one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pamong.law.engine.loader import load_registry
from tests.docs.conftest import TOP

PACKAGE = TOP / "src" / "pamong"
GLOSSARY = (TOP / "docs" / "glossary.md").read_text(encoding="utf-8")
# What the design fixes: identifier and the word on screens.
PAIRS = {
    "seat": "posisi",
    "post": "jabatan",
    "headcount": "bezetting",
    "unit": "unit kerja",
    "appointment": "pengangkatan ke jabatan",
    "punch": "presensi",
    "shift_instance": "jam kerja",
    "day_result": "hasil hari",
    "predicate": "predikat kinerja",
    "tpp": "TPP",
    "credit_points": "angka kredit",
    "order": "SK",
    "gate": "syarat",
    "superior": "atasan langsung",
    "ledger": "buku segel",
    "checkpoint": "titik segel",
    "witness": "saksi luar",
}
LEGAL = (
    "nip", "nik", "golongan", "pangkat", "skp", "tpp", "kgb", "tmt", "sk", "plt", "plh", "opd", "eselon",
    "kelas_jabatan", "formasi", "kebutuhan",
)  # fmt: skip
BANNED = re.compile(
    r"\babsen(?:si)?\b|mangkir|\b(?:ke|pe)?malas|\b(?:ke)?alpa(?:an)?\b|\b(?:mem)?bolos|\boknum"
    r"|\bhonorer|\bnon[- ]?asn\b|\bkursi(?:nya)?\b|\bwalikota\b",
    re.IGNORECASE,
)
SHOWN = {".html", ".py", ".yaml", ".csv", ".typ", ".txt", ".js", ".po"}


def rows(heading: str) -> dict[str, list[str]]:
    """A table below a heading: the cells of each row by its first one, without backticks."""
    section = GLOSSARY.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row for row in cells}


IN_USE, LATER = rows("In use"), rows("Fixed for the modules that follow")


def sources(suffixes: set[str]) -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in suffixes and "vendor" not in path.parts:
            yield path


def test_every_identifier_in_use_stands_in_the_source() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources({".py", ".yaml"}))
    missing = [name for name in IN_USE if not re.search(rf"(?<![a-z0-9]){name}(?![a-z0-9])", text.lower())]
    assert missing == []


@pytest.mark.parametrize("heading", ["In use", "Fixed for the modules that follow"])
def test_rows_are_sorted_whole_and_stand_once(heading: str) -> None:
    found = rows(heading)
    assert list(found) == sorted(found)
    assert all(len(row) == 4 and all(row) for row in found.values())
    assert not set(IN_USE) & set(LATER)


def test_the_design_s_pairs_are_there() -> None:
    known = IN_USE | LATER
    assert {name: known[name][1] for name in PAIRS if PAIRS[name] not in known[name][1]} == {}
    assert sorted(set(LEGAL) - set(known)) == []


def test_regulations_named_for_words_in_use_are_in_the_registry() -> None:
    shorts = {regulation.short for regulation in load_registry().values()}
    for row in IN_USE.values():
        for source in row[3].split("; "):
            if not re.match(r"Pamong|region's rule", source):
                assert re.sub(r" Pasal .*", "", source) in shorts, row


def without_quotes(path: Path) -> Iterator[tuple[int, str]]:
    """A file's lines; in the law's files an article's own words may be what they are."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not (path.suffix == ".yaml" and line.strip().startswith("quote:")):
            yield number, line


def test_no_banned_word_is_shown() -> None:
    pages = [*sources(SHOWN), *sorted((TOP / "docs" / "roles").glob("*.md")), TOP / "README.md"]
    found = [
        f"{path.relative_to(TOP)}:{number}: {line.strip()}"
        for path in pages
        for number, line in without_quotes(path)
        if BANNED.search(line)
    ]
    assert found == []


def test_every_banned_word_of_the_glossary_is_looked_for() -> None:
    for row in rows("Not on any screen"):
        for word in row.split(", "):
            assert BANNED.search(f"Pegawai itu {word}."), word


@pytest.mark.parametrize(
    "text", ["Pegawai membolos", "kealpaan", "pemalas", "non ASN", "kursinya", "WALIKOTA"]
)
def test_forms_of_banned_words_are_found(text: str) -> None:
    assert BANNED.search(text)


@pytest.mark.parametrize(
    "text", ["absent_days", "kursif", "Wali Kota", "presensi", "alphabet", "personalia ASN"]
)
def test_other_words_are_left_alone(text: str) -> None:
    assert not BANNED.search(text)
