"""Every file of the law is complete: dates, citations, grades, and nothing that only memory vouches for."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

LAW = Path(__file__).resolve().parents[3] / "src" / "pamong" / "law"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> Any:
    """A YAML file as plain values."""
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)


FILES = sorted([*(LAW / "parameters").rglob("*.yaml"), *(LAW / "profiles").glob("*/parameters/**/*.yaml")])
PARAMETERS = {path.relative_to(LAW).with_suffix("").as_posix(): read(path) for path in FILES}
ENTRIES = [(name, entry) for name, raw in PARAMETERS.items() for entry in raw["values"]]
PROFILES = {path.parent.name: read(path) for path in sorted((LAW / "profiles").glob("*/profile.yaml"))}
REGISTRY = read(LAW / "registry.yaml")
KEYS = {
    "title",
    "unit",
    "kind",
    "by",
    "step",
    "x",
    "upper",
    "sums_to_100_with",
    "description",
    "values",
    "region",
}
UNITS = {"rupiah", "rate", "count", "days", "minutes", "seconds", "clock", "points", "text", "bool"}
KINDS = {"scalar", "table", "bracket", "list"}
LOADABLE_GRADES = {"T", "A", "Q", "B", "NA", "C", "N", "E"}
EXAMPLES = {"contoh", "contoh-peragaan"}
QUOTE_WORDS = 25


def leaves(value: object) -> list[object]:
    """All scalars inside a value."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def results(raw: dict[str, Any], entry: dict[str, Any]) -> list[object]:
    """What a value answers: the results of a bracket, the cells of a table, the scalar itself."""
    return [row[1] for row in entry["value"]] if raw["kind"] == "bracket" else leaves(entry["value"])


def test_parameters_have_only_known_keys_units_and_kinds() -> None:
    assert [name for name, raw in PARAMETERS.items() if not set(raw) <= KEYS] == []
    assert [
        name for name, raw in PARAMETERS.items() if raw["unit"] not in UNITS or raw["kind"] not in KINDS
    ] == []
    assert [name for name, raw in PARAMETERS.items() if not raw["title"]] == []


def test_no_binary_fraction_is_written() -> None:
    assert [name for name, entry in ENTRIES if any(isinstance(leaf, float) for leaf in leaves(entry))] == []


def test_every_value_is_dated_and_graded() -> None:
    assert [name for name, entry in ENTRIES if not isinstance(entry["from"], date)] == []
    assert [name for name, entry in ENTRIES if entry["grade"] not in LOADABLE_GRADES] == []


def test_every_value_cites_a_registered_regulation() -> None:
    assert [name for name, entry in ENTRIES if entry["citation"]["regulation"] not in REGISTRY] == []
    quotes = [(name, str(entry["citation"].get("quote", "")).split()) for name, entry in ENTRIES]
    assert [name for name, words in quotes if len(words) > QUOTE_WORDS] == []
    links = [(name, entry["citation"].get("link", "https://")) for name, entry in ENTRIES]
    assert [name for name, link in links if not link.startswith("https://")] == []


def test_only_examples_may_leave_the_article_out_and_only_examples_cite_the_example() -> None:
    def cites_example(entry: dict[str, Any]) -> bool:
        return entry["citation"]["regulation"] in EXAMPLES

    assert [name for name, entry in ENTRIES if (entry["grade"] == "E") != cites_example(entry)] == []
    bare = [
        name for name, entry in ENTRIES if entry["grade"] in "TAQB" and not entry["citation"].get("article")
    ]
    assert bare == []


def test_values_do_not_overlap() -> None:
    for name, raw in PARAMETERS.items():
        for earlier, later in pairwise(sorted(raw["values"], key=lambda entry: entry["from"])):
            assert earlier["until"] + timedelta(days=1) <= later["from"], name


def test_rates_are_written_as_percent_texts_and_nothing_else_is() -> None:
    for name, raw in PARAMETERS.items():
        for entry in raw["values"]:
            written = [bool(re.fullmatch(r"\d+(,\d{1,4})? %", str(leaf))) for leaf in results(raw, entry)]
            assert all(written) if raw["unit"] == "rate" else not any(written), name


def test_minute_brackets_begin_with_no_delay() -> None:
    brackets = [
        (name, raw) for name, raw in PARAMETERS.items() if raw["kind"] == "bracket" and raw["x"] == "minutes"
    ]
    firsts = [(name, entry["value"][0]) for name, raw in brackets for entry in raw["values"]]
    assert [name for name, first in firsts if first not in ([0, 0], [0, "0 %"])] == []


def test_names_are_unique_in_the_country_and_in_every_profile() -> None:
    national = {path.stem: path.parent.name for path in (LAW / "parameters").rglob("*.yaml")}
    assert len(national) == len(list((LAW / "parameters").rglob("*.yaml")))
    for code in PROFILES:
        own = list((LAW / "profiles" / code / "parameters").rglob("*.yaml"))
        assert len({path.stem for path in own}) == len(own)
        moved = [path.stem for path in own if national.get(path.stem, path.parent.name) != path.parent.name]
        assert moved == [], "an override stands in another area than the national parameter"


def test_every_csv_belongs_to_a_parameter() -> None:
    used = {
        (LAW / name).parent / entry["value"]["csv"]
        for name, entry in ENTRIES
        if isinstance(entry["value"], dict) and "csv" in entry["value"]
    }
    assert used == set(LAW.rglob("*.csv"))


def test_regulations_have_a_title_a_year_and_a_public_address() -> None:
    for code, regulation in REGISTRY.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert {"title", "number", "year", "enacted", "in_force"} <= set(regulation), code
        assert regulation["title"] and isinstance(regulation["year"], int), code
        # What is made up has no text; it must not lead to the text of a regulation that says nothing of it.
        invented = code.startswith("contoh")
        assert regulation.get("invented", False) is invented, code
        assert regulation.get("link", "").startswith("https://") is not invented, code
        assert regulation.get("replaced_by", code) in REGISTRY, code
        assert all(
            day is None or isinstance(day, date) for day in (regulation["enacted"], regulation["in_force"])
        )


def test_profiles_say_what_every_pay_group_receives() -> None:
    for code, raw in PROFILES.items():
        groups = raw["pay_groups"]
        assert raw["regulation"] in REGISTRY and isinstance(raw["from"], date), code
        assert set(groups) == {"tpp", "tpg", "blud", "incentive", "none"}, code
        assert [name for name, group in groups.items() if group["entitled"]] == ["tpp"], code
        for group in groups.values():
            assert group["text"] and group["grade"] in LOADABLE_GRADES
            assert (group["grade"] == "E") == (group["citation"]["regulation"] in EXAMPLES)
