"""The wall's script in a real browser: what it hears while it turns is not lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from kiosk.screens.wall.page import SCRIPT

_ADDRESS = "http://wall.example/wall"
_MAIN = (
    '<main data-key="{key}" data-kind="{kind}" data-colour="#000" data-ink="#fff"><h1>{key}</h1>'
    '<p data-k="sentence"></p><p data-k="channels"></p><div data-k="voices"></div></main>'
)
_TOLD = '<p class="told" data-away="Stands still." data-none="Nothing."></p>'
_HEAR = "scene => { window.stream.onmessage({ data: JSON.stringify(scene) }); }"
_DRAW = """drawn => {
    document.querySelector("main").innerHTML += `<svg class="dots">${drawn}</svg>`;
}"""


class Hall:
    """A wall whose stream and pages are the test's own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.waiting: list[Route] = []
        self.asked: list[str] = []
        page.route("**/*", self._first)
        page.goto(_ADDRESS)
        page.unroute("**/*")
        page.route("**/*", self._later)

    def hears(self, key: str, sentence: str, *voices: str, **more: object) -> None:
        """A state comes over the stream."""
        said = [
            {"first": v, "rest": "", "by": "", "language": "en", "direction": "ltr", "answers": []}
            for v in voices
        ]
        scene = {"key": key, "sentence": sentence, "channels": "", "filled": 0}
        self.page.evaluate(_HEAR, scene | {"segments": [], "voices": said} | more)

    def answers(self, key: str) -> None:
        """The page that the wall asked for arrives; without a key, its hub is away."""
        while not self.waiting:
            self.page.wait_for_timeout(10)
        route = self.waiting.pop(0)
        self.asked.append(route.request.url)
        if key:
            route.fulfill(body=_html(key), content_type="text/html")
        else:
            route.abort()

    def is_asked(self, wish: str, times: int = 1) -> None:
        """The wall asks for this; nothing answers it yet."""
        while sum(wish in route.request.url for route in self.waiting) < times:
            self.page.wait_for_timeout(10)

    def _later(self, route: Route) -> None:
        self.waiting.append(route)

    def _first(self, route: Route) -> None:
        route.fulfill(body=_html("one"), content_type="text/html")


def _html(key: str) -> str:
    script = f"<script>{SCRIPT}</script>"
    main = _MAIN.format(key=key, kind=key.partition(" ")[0])
    body = f'<body data-stream="/stream" data-led>{main}{_TOLD}{script}</body>'
    return f"<!doctype html>{body}"


@pytest.fixture
def hall(page: Page) -> Hall:
    """A wall in a browser of its own."""
    return Hall(page)


def test_a_voice_taken_down_while_the_wall_turns_is_gone(hall: Hall) -> None:
    """The wall turns to the next question; meanwhile a voice beside it is taken down."""
    hall.hears("two", "Seven votes", "Nobody should read this.")
    hall.hears("two", "Seven votes")
    hall.answers("two")
    expect(hall.page.locator("h1")).to_have_text("two")
    expect(hall.page.locator("[data-k=sentence]")).to_have_text("Seven votes")
    expect(hall.page.locator("article")).to_have_count(0)


def test_two_turns_in_a_row_end_with_the_second(hall: Hall) -> None:
    """While the page of one question is fetched, another has its turn already."""
    hall.hears("two", "Seven votes")
    hall.hears("three", "Nine votes")
    hall.answers("two")
    hall.answers("three")
    expect(hall.page.locator("h1")).to_have_text("three")
    expect(hall.page.locator("[data-k=sentence]")).to_have_text("Nine votes")


def test_a_turn_that_fails_is_made_up_for_by_the_next_state(hall: Hall) -> None:
    """The hub is restarted in the middle of a turn: the wall stays, then goes on."""
    hall.hears("two", "Seven votes")
    hall.answers("")
    expect(hall.page.locator("h1")).to_have_text("one")
    hall.hears("two", "Eight votes")
    hall.answers("two")
    expect(hall.page.locator("[data-k=sentence]")).to_have_text("Eight votes")


def test_a_turn_that_fails_is_made_up_for_by_a_sign_of_life(hall: Hall) -> None:
    """The voice on the wall is taken down, and nothing else happens: it does not stay there."""
    hall.hears("two", "Seven votes")
    with hall.page.expect_event("requestfailed"):
        hall.answers("")
    hall.page.evaluate("stream.onhere()")
    hall.answers("two")
    expect(hall.page.locator("h1")).to_have_text("two")
    expect(hall.page.locator("[data-k=sentence]")).to_have_text("Seven votes")


def test_a_hub_that_hangs_blanks_no_wall_and_the_next_key_counts(hall: Hall) -> None:
    """Its door takes what a key asks for and says nothing more: after five seconds it is away."""
    page = hall.page
    page.keyboard.press("t")
    hall.is_asked("kind=tally")
    expect(page.locator("main")).not_to_have_class("leaving")
    expect(page.locator("h1")).to_have_text("one")
    page.clock.run_for(5_000)
    expect(page.locator(".told")).to_have_text("Stands still.")
    page.clock.run_for(1_000)
    page.keyboard.press("m")
    hall.is_asked("kind=map")


def test_a_key_pressed_while_another_waits_in_vain_waits_no_longer(hall: Hall) -> None:
    """Cleo presses "t", sees nothing, presses "m": five seconds after "t" the kept map is there."""
    page = hall.page
    page.clock.run_for(2_000)
    for kind in ("question", "tally", "voices", "answer", "map"):
        hall.is_asked(f"kind={kind}")
        hall.answers(f"{kind} two")
    page.keyboard.press("t")
    hall.is_asked("kind=tally")
    page.clock.run_for(2_000)
    page.keyboard.press("m")
    page.clock.run_for(3_000)
    expect(page.locator("h1")).to_have_text("map two")
    expect(page.locator(".told")).to_have_text("Stands still.")
    assert not any("kind=map" in route.request.url for route in hall.waiting)


def test_what_a_hub_that_hangs_is_asked_for_does_not_pile_up(hall: Hall) -> None:
    """Every 20 seconds scenes are kept for later: what hangs is let go, and the others wait."""
    page = hall.page
    for number, milliseconds in enumerate((3_000, 13_000, 15_000), 1):
        page.evaluate("stream.onhere()")
        page.clock.run_for(milliseconds)
        hall.is_asked("kind=question", times=number)
        with page.expect_event("requestfailed"):
            page.clock.run_for(5_000)
    assert all("kind=question" in route.request.url for route in hall.waiting)


def test_a_key_chooses_what_is_shown_and_another_lets_it_go_on(hall: Hall) -> None:
    """Cleo leads a debate: "q" brings the next question, which stays until "p"."""
    hall.page.keyboard.press("q")
    hall.answers("question two 1 2.0")
    expect(hall.page.locator("body.held h1")).to_have_text("question two 1 2.0")
    assert "after=one&kind=question" in hall.asked[-1]
    expect(hall.page).to_have_url(f"{_ADDRESS}?hold=question+two")
    assert hall.page.evaluate("window.stream.address").endswith("/stream?hold=question+two")
    hall.page.keyboard.press("p")
    expect(hall.page.locator("body.held")).to_have_count(0)
    expect(hall.page).to_have_url(_ADDRESS)
    hall.page.keyboard.press("p")
    expect(hall.page.locator("body.held")).to_have_count(1)
    assert hall.page.evaluate("window.stream.address").endswith("/stream?hold=question+two")


def test_a_wall_is_held_at_the_word_that_it_heard_last(hall: Hall) -> None:
    """The desk told all walls what this one showed already; "p" holds it, as of that word."""
    hall.hears("one", "Seven votes", led=7)
    hall.page.keyboard.press("p")
    expect(hall.page).to_have_url(f"{_ADDRESS}?hold=one&since=7")


def test_a_key_pressed_while_the_wall_turns_by_itself_counts_after_it(hall: Hall) -> None:
    """Cleo presses "m" just when another question has its turn: the map comes all the same."""
    hall.hears("question two", "Seven votes")
    hall.page.keyboard.press("m")
    hall.answers("question two")
    hall.answers("map two")
    expect(hall.page.locator("body.held h1")).to_have_text("map two")
    assert "after=question+two&kind=map" in hall.asked[-1]
    expect(hall.page).to_have_url(f"{_ADDRESS}?hold=map+two")


def test_a_wall_whose_hub_is_away_says_so_until_it_is_back(hall: Hall) -> None:
    """A moment without a line is nobody's business; whoever votes must know that nothing moves."""
    page, told = hall.page, hall.page.locator(".told")
    page.evaluate("stream.onerror()")
    page.clock.run_for(2_000)
    expect(told).to_have_text("")
    hall.hears("one", "Seven votes")
    page.clock.run_for(20_000)
    expect(told).to_have_text("")
    page.evaluate("stream.onerror()")
    page.clock.run_for(11_000)
    expect(told).to_have_text("Stands still.")
    page.clock.run_for(60_000)
    page.evaluate("stream.onerror()")
    expect(told).to_have_text("Stands still.")
    hall.hears("one", "Eight votes")
    expect(told).to_have_text("")


def test_a_line_that_falls_silent_is_away_too(hall: Hall) -> None:
    """A switch in the cellar dies: no end of the line is told, and no sign of life comes either."""
    page, told = hall.page, hall.page.locator(".told")
    hall.hears("one", "Seven votes")
    page.clock.run_for(30_000)
    page.evaluate("stream.onhere()")
    page.clock.run_for(35_000)
    expect(told).to_have_text("")
    page.clock.run_for(20_000)
    expect(told).to_have_text("Stands still.")
    page.evaluate("stream.onhere()")
    expect(told).to_have_text("")


def test_a_hub_that_takes_the_line_and_says_nothing_is_away(hall: Hall) -> None:
    """Its database hangs: each new line is taken at once, and no state ever comes over it."""
    page, told = hall.page, hall.page.locator(".told")
    hall.hears("one", "Seven votes")
    for _ in range(3):
        page.clock.run_for(41_000)
        page.evaluate("stream.onopen?.()")
    page.clock.run_for(11_000)
    expect(told).to_have_text("Stands still.")
    hall.hears("one", "Eight votes")
    expect(told).to_have_text("")


def test_only_another_scene_takes_the_stage(hall: Hall) -> None:
    """A map that comes closer is still the map: who scans its code just then keeps it."""
    main = hall.page.locator("main")
    hall.hears("map two 30_0", "Seven votes")
    hall.answers("map two 30_0")
    expect(hall.page.locator("h1")).to_have_text("map two 30_0")
    expect(main).to_have_class("coming")
    hall.hears("map two 40_5", "Eight votes")
    hall.answers("map two 40_5")
    expect(hall.page.locator("h1")).to_have_text("map two 40_5")
    expect(main).not_to_have_class("coming")
    expect(hall.page.locator("[data-k=sentence]")).to_have_text("Eight votes")


def test_a_city_that_is_overtaken_lies_above_the_larger_circle(hall: Hall) -> None:
    """Old Quay overtakes its neighbour on the map, and does not hide it."""
    hall.page.evaluate(_DRAW, "<path/><circle data-city='a'/><circle data-city='b'/><text>A</text>")
    dots = [{"id": "b", "radius": 2.2, "count": "9"}, {"id": "a", "radius": 1.3, "count": "3"}]
    hall.hears("one", "Twelve votes", dots=dots)
    drawn = (
        "() => [...document.querySelector('svg').children].map(e => e.dataset.city ?? e.tagName)"
    )
    assert hall.page.evaluate(drawn) == ["path", "b", "a", "text"]
