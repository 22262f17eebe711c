"""Looks at a page with axe-core, with no rule left out, and tells what it finds in short lines."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.journeys.processes import ROOT

_AXE = ROOT / "build/front-end/node_modules/axe-core/axe.min.js"
_RUN = "() => axe.run(document, {resultTypes: ['violations']})"


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
        result: dict[str, Any] = self.page.evaluate(_RUN)
        for violation in result["violations"]:
            for node in violation["nodes"]:
                summary = " ".join(node["failureSummary"].split())
                self.found.append(f"{name}: {violation['id']}: {node['html'][:160]}: {summary}")

    def done(self, fewest: int) -> None:
        """Say what was found.

        Raises:
            AssertionError: anything was, or fewer pages were looked at than there are.
        """
        assert self.looked_at >= fewest, f"only {self.looked_at} pages were looked at"
        assert not self.found, f"{len(self.found)} faults:\n" + "\n".join(self.found[:40])
