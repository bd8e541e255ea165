"""Looking at a page: at two widths, light and dark, photographed and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page as Tab

TOP = Path(__file__).resolve().parents[2]
AXE = TOP / "node_modules" / "axe-core" / "axe.min.js"
FOLDER = TOP / "build" / "walk"
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# A scheme changes colours and nothing else, so in the dark only these rules can answer differently.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]

_OVERFLOW = """() => {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return '';
  const sticksOut = e => e.getBoundingClientRect().right > innerWidth + 1;
  const wide = [...document.querySelectorAll('body *')].filter(sticksOut);
  return over + ' px: ' + wide.slice(0, 4).map(e => e.outerHTML.slice(0, 80)).join(' | ');
}"""
_AXE_RUN = "options => axe.run(document, options)"


class Watcher:
    """Collects what goes wrong in a tab: console errors, page errors, failed requests."""

    def __init__(self, tab: Tab) -> None:
        self.findings: list[str] = []
        self._expected: set[str] = set()
        tab.on("console", lambda message: self._console(message.type, message.text))
        tab.on("pageerror", lambda error: self.findings.append(f"script error: {error}"))
        tab.on("requestfailed", lambda request: self._failed(request.url, str(request.failure)))
        tab.on("response", lambda response: self._answered(response.url, response.status))

    def expect(self, url: str) -> None:
        """A refusal that the test asks for at this address is no finding."""
        self._expected.add(url)

    def _console(self, kind: str, text: str) -> None:
        expected = self._expected and text.startswith("Failed to load resource")
        if kind in ("error", "warning") and not expected:
            self.findings.append(f"console {kind}: {text}")

    def _failed(self, url: str, failure: str) -> None:
        if "ERR_ABORTED" not in failure:  # a page that is left cancels its own requests
            self.findings.append(f"failed request: {url} {failure}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400 and url not in self._expected:
            self.findings.append(f"answer {status}: {url}")


def look(tab: Tab, name: str) -> list[str]:
    """Photograph the page that the tab shows, in place, and return what is wrong with it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(AXE.read_text(encoding="utf-8"))
    findings = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            tab.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
            findings += [f"{name} {width} {scheme}: {text}" for text in _check(tab, scheme)]
    return findings


def _check(tab: Tab, scheme: str) -> list[str]:
    overflow = tab.evaluate(_OVERFLOW)
    findings = [f"horizontal scroll by {overflow}"] if overflow else []
    if scheme == "light":
        options: dict[str, Any] = {"runOnly": WCAG}
    else:
        options = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
    for violation in tab.evaluate(_AXE_RUN, options)["violations"]:
        nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
        findings.append(f"axe {violation['id']}: {violation['help']}: {nodes}")
    return findings


def picture(tab: Tab, path: Path, *, width: int, dark: bool = False, height: int = 800) -> None:
    """Photograph what a person sees without scrolling, for the documents' folder of pictures."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tab.set_viewport_size({"width": width, "height": height})
    tab.emulate_media(color_scheme="dark" if dark else "light")
    tab.screenshot(path=path)
