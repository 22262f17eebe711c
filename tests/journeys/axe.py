"""Looks at a page with axe-core, with no rule left out, and tells what it finds in short lines."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.journeys.checkout import ROOT

_AXE = ROOT / "build/front-end/node_modules/axe-core/axe.min.js"
_RUN = """async () => {
  await document.fonts.ready;
  return (await axe.run(document, {resultTypes: ['violations']})).violations;
}"""


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page as it is now, a short line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [_line(violation["id"], node) for violation in found for node in violation["nodes"]]


def _line(rule: str, node: dict[str, Any]) -> str:
    return f"{rule}: {node['html'][:160]}: {' '.join(node['failureSummary'].split())}"


def finds_nothing(page: Page, where: str = "") -> None:
    """Say what axe finds on a page as it is now.

    Raises:
        AssertionError: it finds anything.
    """
    told = faults(page)
    assert not told, "\n".join([f"{len(told)} faults {where}", *told[:20]])


class Axe:
    """Goes through the pages of one window and keeps what it finds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.looked_at = 0
        self.found: list[str] = []
        page.emulate_media(reduced_motion="reduce")
        page.add_init_script(path=_AXE)

    def look(self, name: str) -> None:
        """Look at the page as it is now, under this name."""
        self.looked_at += 1
        self.found += [f"{name}: {fault}" for fault in faults(self.page)]

    def done(self, fewest: int) -> None:
        """Say what was found.

        Raises:
            AssertionError: anything was, or fewer pages were looked at than there are.
        """
        assert self.looked_at >= fewest, f"only {self.looked_at} pages were looked at"
        assert not self.found, f"{len(self.found)} faults:\n" + "\n".join(self.found[:40])
