"""axe-core finds nothing on any screen of the touchscreen, in each language, dialogs open."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.processes import ROOT
from tests.screens.touch_fixtures import SUMMIT, Visitor

AXE = ROOT / "build/front-end/node_modules/axe-core/axe.min.js"
RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"

SCREENS = (
    f"{SUMMIT}",
    f"{SUMMIT}/topic/communicative",
    f"{SUMMIT}/exhibit/benches",
    f"{SUMMIT}/exhibit/empty-plot",
    f"{SUMMIT}/exhibit/dusseldorf-declaration",
    f"{SUMMIT}/list/session",
    f"{SUMMIT}/map",
    f"{SUMMIT}/list/word",
    f"{SUMMIT}/voices",
    f"{SUMMIT}/legal/imprint",
    "example/list/commitment",
    "example/exhibit/benches",
    "example/exhibit/workshop-streets",
    "example/exhibit/example-timeline",
    "example/comment/benches",
)
"""Every kind of screen; the rest of a path, behind the language."""


def _nothing_found(visitor: Visitor, where: str) -> None:
    visitor.page.evaluate("() => document.fonts.ready")
    if not visitor.page.evaluate("() => 'axe' in window"):
        visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = visitor.page.evaluate(RUN)
    told = [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found]
    assert not told, f"{where}: {json.dumps(told, indent=1, ensure_ascii=False)}"


@pytest.mark.parametrize("stage", [("full",)], indirect=True)
@pytest.mark.parametrize("language", ["fr", "en", "de", "ar"])
def test_axe_finds_nothing(visitor: Visitor, language: str) -> None:
    """Each screen, then the dialogs, the notice, the keyboard, a refusal and the receipt."""
    page = visitor.page
    visitor.goes_to("/")
    _nothing_found(visitor, "attract")
    for screen in SCREENS:
        visitor.goes_to(f"/{language}/{screen}")
        _nothing_found(visitor, screen)
    page.click("[data-agree]")
    expect(page.locator(".keyboard .hg-button").first).to_be_visible()
    _nothing_found(visitor, "keyboard")
    page.click("[data-send]")
    expect(page.locator(".trouble")).to_be_visible()
    _nothing_found(visitor, "refusal")
    page.fill("textarea", "Un banc à l’ombre.")
    expect(page.locator("[data-send].pressed")).to_have_count(0)
    page.click("[data-send]")
    expect(page.locator(".code-groups")).to_be_visible()
    _nothing_found(visitor, "receipt")
    visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/benches")
    page.click('[data-choice="agree"]')
    expect(page.locator(".tally")).to_be_visible()
    _nothing_found(visitor, "tally")
    for opener, name in (("[data-opens=language]", "language"), (".flag", "report")):
        page.click(opener)
        expect(page.locator(f'dialog[data-name="{name}"]')).to_be_visible()
        _nothing_found(visitor, name)
        page.keyboard.press("Escape")
    page.evaluate("""() => document.querySelector('dialog[data-name="idle"]').showModal()""")
    _nothing_found(visitor, "idle")
    visitor.goes_to(f"/{language}/example/exhibit/benches")
    page.click(".enlarge")
    _nothing_found(visitor, "picture")
