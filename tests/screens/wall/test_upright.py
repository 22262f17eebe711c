"""The wall as it is laid out, lying and upright: nothing is cut off, the code is never covered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from kiosk.exhibition.model import Exhibition
from kiosk.locale.translator import LANGUAGES, translator
from tests.journeys.browsers import chromium
from tests.screens.phone.hub import Phone
from tests.screens.wall.test_led import with_cities
from tests.screens.wall.watching import followed
from tests.world import BENCHES, said

LYING, UPRIGHT, SMALL, LARGE = (1920, 1080), (1080, 1920), (1280, 800), (3840, 2160)
TABLET = (768, 1024)
_AT_LENGTH = {
    "de": "Jede Straße der Altstadt und des Hafens sollte kostenlose Sitzbänke haben, auch wenn"
    " jede einzelne davon einen Parkplatz kostet, und im Winter von Schnee befreit werden.",
    "uk": "На кожній вулиці старого міста й порту мають бути безкоштовні лавки, навіть там, де"
    " кожна з них коштує одного місця для паркування автомобіля.",
    "ar": "ينبغي أن يكون في كل شارع من شوارع المدينة القديمة والميناء مقاعد مجانية، حتى حيث يكلّف كل"
    " مقعد منها موقفًا واحدًا للسيارات في المدينة.",
}
"""Longer than the lengths by which the style sets sentences smaller."""
_LONG = (
    "Every street of the old town and of the harbour should have benches that cost nothing,"
    " even where every one of them costs a parking space."
)
_LAID_OUT = """() => {
    const box = (css) => document.querySelector(css).getBoundingClientRect();
    const told = document.querySelector(".told");
    told.textContent ||= told.dataset.away;
    const parts = [...document.querySelector(".said").children];
    const poster = box(".poster");
    return {
        said: Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)),
        room: poster.left > 0 ? innerHeight : poster.top,
        card: box(".card").bottom,
        high: innerHeight,
        free: box(".told").bottom <= box(".qr").top,
    };
}"""


def _with_a_long_question() -> Exhibition:
    """The harbour with cities, which asks at length about benches."""
    exhibition = with_cities()
    benches = exhibition.exhibits["benches"]
    assert benches.question is not None
    asked = replace(benches, question=replace(benches.question, text=said(_LONG)))
    return replace(exhibition, exhibits={**exhibition.exhibits, "benches": asked})


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The wall's page in each scene of the question."""
    folder: Path = tmp_path_factory.mktemp("wall")

    async def taken() -> dict[str, str]:
        async with followed(folder, _with_a_long_question()) as hub:
            phone = Phone(hub)
            await phone.votes(f"/q/{hub.code(BENCHES)}", "agree")
            kinds = ("question", "tally", "map")
            return {kind: await phone.open(f"/wall?hold={kind} {BENCHES}") for kind in kinds}

    return asyncio.run(taken())


def _open(page: Page, html: str) -> None:
    """Show the page; nothing else of its hub answers."""

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=html, content_type="text/html")
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto("http://wall.example/wall")


@pytest.mark.parametrize("size", [LYING, UPRIGHT], ids=["lying", "upright"])
def test_a_long_question_leaves_room_for_everything(
    pages: dict[str, str], size: tuple[int, int]
) -> None:
    """All that is said is seen, the whole card too, and a lost line is told beside the code."""
    with chromium() as browser:
        for kind, html in pages.items():
            page = browser.new_page(viewport={"width": size[0], "height": size[1]})
            _open(page, html)
            seen = page.evaluate(_LAID_OUT)
            assert seen["said"] <= seen["room"], kind
            assert seen["card"] <= seen["high"], kind
            assert seen["free"], kind


@pytest.mark.parametrize(
    "size", [LYING, UPRIGHT, SMALL, LARGE], ids=["lying", "upright", "small", "large"]
)
def test_a_longer_one_finds_room_in_each_script(
    pages: dict[str, str], size: tuple[int, int]
) -> None:
    """What residents are asked in Ukrainian ran over the wall's edge, and its answers with it."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        _open(page, pages["question"])
        usual = page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")
        for language, sentence in _AT_LENGTH.items():
            put = "([words, lang]) => { const h = document.querySelector('h1'); h.lang = lang;"
            page.evaluate(f"{put} h.textContent = words; }}", [sentence, language])
            seen = page.evaluate(_LAID_OUT)
            assert seen["said"] <= seen["room"], language
        page.evaluate("document.querySelector('h1').lang = 'en'")
        page.evaluate("(words) => { document.querySelector('h1').textContent = words; }", _LONG)
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == usual


@pytest.mark.parametrize(
    "size", [LYING, UPRIGHT, TABLET], ids=["lying", "upright", "a tablet upright"]
)
def test_a_lost_line_is_told_beside_the_code_in_each_language(
    pages: dict[str, str], size: tuple[int, int]
) -> None:
    """The Italian sentence had three lines, and lay over the code's edge."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        covered = []
        for kind, html in pages.items():
            _open(page, html)
            for language in LANGUAGES:
                told = translator(language)("No connection just now: what was shown last stays.")
                put = "(words) => document.querySelector('.told').replaceChildren(words)"
                page.evaluate(put, told)
                if not page.evaluate(_LAID_OUT)["free"]:
                    covered.append((kind, language))
        assert covered == []
