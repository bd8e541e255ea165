"""Reads the law's files with plain YAML and CSV, so that these tests do not depend on the engine."""

import csv
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

LAW = Path(__file__).resolve().parents[3] / "src" / "pamong" / "law"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LawFiles:
    """The parameter files of the country and of the profiles, as plain Python values."""

    root = LAW

    def raw(self, key: str, profile: str | None = None) -> dict[str, Any]:
        """The YAML of a parameter: the profile's own file where it has one, else the national one."""
        return read_yaml(self._own(key, profile) or LAW / "parameters" / f"{key}.yaml")

    def entry(self, key: str, on: date, profile: str | None = None) -> dict[str, Any]:
        """The one value entry in force on a day."""
        found = [
            entry
            for entry in self.raw(key, profile)["values"]
            if entry["from"] <= on and on <= entry.get("until", date.max)
        ]
        assert found, f"{key} on {on}"
        return found[-1]

    def value(self, key: str, on: date, profile: str | None = None) -> Any:
        """The value in force on a day; a CSV becomes a mapping from its key columns to its last column."""
        value = self.entry(key, on, profile)["value"]
        if isinstance(value, dict) and "csv" in value:
            folder = (self._own(key, profile) or LAW / "parameters" / f"{key}.yaml").parent
            return read_csv(folder / value["csv"])
        return value

    def bracket(self, key: str, on: date, quantity: int, profile: str | None = None) -> Fraction:
        """The result of a bracket whose upper bounds are inclusive, as an exact fraction (percent / 100)."""
        for bound, result in self.value(key, on, profile):
            if bound is None or quantity <= bound:
                return percent(result)
        raise AssertionError(key)

    def names(self, profile: str) -> set[str]:
        """The parameter names that a government with this profile can use."""
        folders = (LAW / "parameters", LAW / "profiles" / profile / "parameters")
        return {path.stem for folder in folders for path in folder.rglob("*.yaml")}

    def _own(self, key: str, profile: str | None) -> Path | None:
        path = LAW / "profiles" / str(profile) / "parameters" / f"{key}.yaml"
        return path if profile and path.is_file() else None


@cache
def read_yaml(path: Path) -> Any:
    """A YAML file as plain values, read once."""
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)


def percent(text: str | int) -> Fraction:
    """`"2,5 %"` as 1/40."""
    if isinstance(text, int):
        return Fraction(text)
    return Fraction(text.removesuffix("%").strip().replace(",", ".")) / 100


@cache
def read_csv(path: Path) -> dict[Any, Any]:
    """The rows of a parameter's CSV: all columns but the last are the key (one text, or a tuple of texts)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    keys = [row[0] if len(row) == 2 else tuple(row[:-1]) for row in rows]
    assert len(set(keys)) == len(keys), path.name
    return dict(zip(keys, (row[-1] for row in rows), strict=True))


@pytest.fixture(scope="session")
def law() -> LawFiles:
    """The law's files."""
    return LawFiles()


@pytest.fixture(scope="session")
def as_percent() -> Callable[[str | int], Fraction]:
    """Turns a written percentage into an exact fraction."""
    return percent
