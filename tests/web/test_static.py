"""The front-end files: two darks that agree, contrast by the numbers, sizes, the hashed storage, the lock."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

import pamong.web

TOP = Path(__file__).parents[2]
STATIC = Path(pamong.web.__file__).parent / "static"
BLOCK = re.compile(r"\{([^{}]*)\}")


def tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+):\s*([^;]+);", text))


def blocks() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    text = (STATIC / "css/tokens.css").read_text()
    light, by_device, by_switch = (tokens(body) for body in BLOCK.findall(text)[:3])
    return light, by_device, by_switch


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_dark_by_device_and_by_switch_are_the_same() -> None:
    light, by_device, by_switch = blocks()
    assert by_device == by_switch
    assert set(by_device) <= set(light)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["--latar", "--kertas"])
@pytest.mark.parametrize(
    "ink", ["--tinta", "--tinta-lembut", "--nila", "--sogan", "--lumut", "--kunyit", "--bata"]
)
def test_words_are_readable_on_both_grounds(scheme: int, ground: str, ink: str) -> None:
    colours = blocks()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_edges_of_fields_and_words_on_buttons_are_seen(scheme: int) -> None:
    colours = blocks()[scheme]
    assert contrast(colours["--garis-isian"], colours["--kertas"]) >= 3
    assert contrast(colours["--di-atas-nila"], colours["--nila"]) >= 4.5


def test_colours_stand_in_the_tokens_only() -> None:
    for path in (STATIC / "css").glob("*.css"):
        text = path.read_text().partition("@media print")[0]
        if path.name != "tokens.css":
            found = [
                colour for colour in re.findall(r"#[0-9a-f]{3,8}\b", text) if colour not in ("#000", "#fff")
            ]
            assert found == [], path.name


def lines_of(folder: Path, kind: str) -> int:
    return sum(len(path.read_text().splitlines()) for path in folder.glob(f"*.{kind}"))


def test_own_styles_and_scripts_stay_small() -> None:
    def lines(kind: str) -> int:
        return lines_of(STATIC / kind, kind)

    assert lines("css") < 1_100
    assert lines("js") < 250
    # What verifies a document, on its page alone.
    assert lines_of(STATIC / "js/check", "js") < 900


def test_fetched_files_are_there() -> None:
    for name in ("vendor/bootstrap.min.css", "vendor/htmx.min.js", "vendor/ed25519.js"):
        assert finders.find(name), "run: npm ci && npm run assets"


def test_every_file_passes_the_hashed_storage(tmp_path: Path) -> None:
    storages = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert {"css/tokens.css", "js/frame.js", "js/check/page.js", "vendor/htmx.min.js"} <= set(manifest)


def test_lock_pins_by_hash_and_names_no_registry() -> None:
    packages = json.loads((TOP / "package-lock.json").read_text())["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in fetched.values())
    assert not any("resolved" in entry for entry in fetched.values())
    assert fetched["node_modules/htmx.org"]["version"].startswith("2.")
