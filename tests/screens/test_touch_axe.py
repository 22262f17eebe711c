"""axe-core finds nothing on any screen of the touchscreen, whatever language and modes.

Each screen is looked at in each choice of modes, each language with each choice; all ten languages
on the home screen and a question. ``AXE=all`` before the command looks at every screen in every
language with every choice, which takes about half an hour.
"""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect

from kiosk.locale.languages import LANGUAGES
from tests.journeys import axe
from tests.screens.touch_fixtures import SUMMIT, Visitor, stage_for_file

WEAR = """async names => {
  const root = document.querySelector('#app .touch');
  const stage = document.querySelector('#app .stage');
  const [step, worn] = [stage.dataset.step, root.dataset.modes.split(' ')];
  const heard = () => Number(root.dataset.heard ?? 0);
  const wrong = [...document.querySelectorAll('.mode')].filter(
    (one) => worn.includes(one.dataset.mode) !== names.includes(one.dataset.mode));
  const all = heard() + wrong.length;
  const redraws = wrong.some((one) => one.dataset.mode === 'easy');
  for (const one of wrong) one.click();
  while (heard() < all || (redraws && stage.dataset.step === step)) {
    await new Promise((done) => setTimeout(done, 20));
  }
  return root.dataset.modes.split(' ').filter(Boolean).sort();
}"""
"""Puts modes on and off, until the server has heard of each: the next page is made by what it
knows. Easy language has the screen drawn anew, under a finger or a key: it waits for that, too."""

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
    f"{SUMMIT}/search",
    f"{SUMMIT}/legal/imprint",
    f"{SUMMIT}/group",
    f"{SUMMIT}/tour/1",
    f"{SUMMIT}/ask/benches",
    f"{SUMMIT}/tour/end",
    "example/list/commitment",
    "example/exhibit/benches",
    "example/exhibit/workshop-streets",
    "example/exhibit/example-timeline",
)
"""Every kind of screen; the rest of a path, behind the language."""

WORN: tuple[tuple[str, ...], ...] = (
    (),
    ("large", "easy"),
    ("contrast", "low", "calm"),
    ("large", "contrast", "aloud", "low"),
)
"""Choices of modes: each mode is on and off, with and without each of those that move most."""

SHOWN = ("fr", "de", "ar")
EVERYTHING = os.environ.get("AXE") == "all"

pytestmark = pytest.mark.timeout(3600 if EVERYTHING else 600)


stage = stage_for_file(
    "full", "speaks=1", f"languages={','.join(('fr', *set(LANGUAGES) - {'fr'}))}"
)
"""One full touchscreen for the file, in every language, that can speak."""


def _worn(language: str, screen: int) -> list[tuple[str, ...]]:
    """The choices of modes in which a screen is looked at in a language.

    Unless everything is wanted: one in two of the three languages, the others in the third.
    """
    if EVERYTHING:
        return list(WORN)
    turn = (SHOWN.index(language) + screen) % 3
    return [WORN[turn], WORN[3]] if turn == 0 else [WORN[turn]]


def _nothing_found(visitor: Visitor, where: str) -> None:
    axe.finds_nothing(visitor.page, where)


def _wears(visitor: Visitor, names: tuple[str, ...]) -> None:
    assert visitor.page.evaluate(WEAR, list(names)) == sorted(names)


def nothing_found_in_modes(visitor: Visitor, where: str) -> None:
    """Look at what is open as it is, and in a choice of modes; in every choice if all is wanted."""
    turn = 1 + len(where) % (len(WORN) - 1)
    for worn in WORN if EVERYTHING else ((), WORN[turn]):
        _wears(visitor, worn)
        _nothing_found(visitor, f"{where} {worn}")
    _wears(visitor, ())


@pytest.mark.parametrize("language", LANGUAGES if EVERYTHING else SHOWN)
def test_axe_finds_nothing_in_any_mode(visitor: Visitor, language: str) -> None:
    """The modes are changed in place, as by a visitor, and follow her from screen to screen."""
    for n, screen in enumerate(SCREENS):
        visitor.goes_to(f"/{language}/{screen}")
        for worn in _worn(language, n):
            _wears(visitor, worn)
            _nothing_found(visitor, f"{language} {screen} {worn}")


def test_axe_finds_nothing_in_any_language(visitor: Visitor) -> None:
    """The first screen and a question, in those of the ten that are not looked at elsewhere."""
    visitor.goes_to("/")
    _nothing_found(visitor, "attract")
    for language in [x for x in LANGUAGES if x not in SHOWN]:
        for screen in (SUMMIT, f"{SUMMIT}/exhibit/benches"):
            visitor.goes_to(f"/{language}/{screen}")
            _nothing_found(visitor, f"{language} {screen}")


@pytest.mark.parametrize(
    ("language", "worn"),
    [("fr", ()), ("ar", ("large", "contrast", "low"))],
    ids=["fr", "ar large contrast low"],
)
def test_axe_finds_nothing_on_the_way(
    visitor: Visitor, language: str, worn: tuple[str, ...]
) -> None:
    """The notice, the keyboard, a refusal, the receipt, a tally; then the dialogs and a picture."""
    page = visitor.page

    def press(css: str) -> None:
        page.evaluate("css => document.querySelector(css).click()", css)  # also where it leafs

    def look(name: str) -> None:
        _nothing_found(visitor, f"{language} {worn} {name}")

    visitor.goes_to(f"/{language}/{SUMMIT}")
    _wears(visitor, worn)
    visitor.goes_to(f"/{language}/example/comment/benches")
    look("notice")
    press("[data-agree]")
    expect(page.locator(".keyboard .hg-button").first).to_be_visible()
    look("keyboard")
    press("[data-send]")
    expect(page.locator(".trouble")).to_be_visible()
    look("refusal")
    page.fill("textarea", "Un banc à l’ombre.")
    expect(page.locator("[data-send].pressed")).to_have_count(0)
    press("[data-send]")
    expect(page.locator(".code-groups")).to_be_visible()
    look("receipt")
    visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/benches")
    press('[data-choice="agree"]')
    expect(page.locator(".tally")).to_be_visible()
    look("tally")
    for opener, name in (
        ("[data-opens=language]", "language"),
        ("[data-opens=access]", "access"),
        (".flag", "report"),
    ):
        press(opener)
        expect(page.locator(f'dialog[data-name="{name}"]')).to_be_visible()
        look(name)
        page.keyboard.press("Escape")
    page.evaluate("""() => document.querySelector('dialog[data-name="idle"]').showModal()""")
    look("idle")
    visitor.goes_to(f"/{language}/example/exhibit/benches")
    press(".enlarge")
    look("picture")
