"""The page docs/law-data.md lists every national parameter and says no more of its evidence than the file."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
LAW = ROOT / "src" / "pamong" / "law"
PAGE = (ROOT / "docs" / "law-data.md").read_text("utf-8")
WORDS = ["text", "official", "secondary", "example"]
EVIDENCE = dict(zip("TAQBCNE", [WORDS[0]] * 2 + [WORDS[1]] * 2 + [WORDS[2]] * 2 + [WORDS[3]], strict=True))


def weakest(path: Path) -> str:
    """The weakest evidence among a parameter's values."""
    values = yaml.safe_load(path.read_text("utf-8"))["values"]
    return max((EVIDENCE[entry["grade"]] for entry in values), key=WORDS.index)


def test_national_parameters_stand_on_the_page_with_their_evidence() -> None:
    listed = dict(re.findall(r"^\| `([a-z_]+/[a-z0-9_]+)` \|.*\| ([a-z]+) \|$", PAGE, re.MULTILINE))
    folder = LAW / "parameters"
    files = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.yaml")}
    assert listed == {key: weakest(path) for key, path in files.items()}


def test_profiles_stand_on_the_page_with_their_counts() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    counted = {}
    for profile in (LAW / "profiles").glob("*/profile.yaml"):
        words = [
            EVIDENCE[entry["grade"]]
            for path in profile.parent.glob("parameters/**/*.yaml")
            for entry in yaml.safe_load(path.read_text("utf-8"))["values"]
        ]
        sure = words.count("text") + words.count("official")
        counted[profile.parent.name] = [sure, words.count("secondary"), words.count("example")]
    assert {code: [int(number) for number in numbers] for code, *numbers in rows} == counted
