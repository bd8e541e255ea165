"""Debian's Chromium through Playwright, with what it must not do switched off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=id-ID",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start it with a new empty profile; RuntimeError with the way out where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=ARGUMENTS, env={"LANGUAGE": "id", "LANG": "C.UTF-8"}
        )
        yield browser
        browser.close()
