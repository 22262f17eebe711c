"""A list is drawn anew under a finger: what it went down on is pressed, and nothing else."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.journeys.pages.hand import middle
from tests.journeys.waiting import until
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor


class Line:
    """What the server says on its way to a page; it can be held back."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[str | bytes] | None = None
        page.route_web_socket("**/*", self._carry)

    def _carry(self, to_page: WebSocketRoute) -> None:
        self._to_page = to_page
        to_page.connect_to_server().on_message(self._told)

    def _told(self, said: str | bytes) -> None:
        if self._held is None:
            self._to_page.send(said)
        else:
            self._held.append(said)

    def hold(self) -> None:
        """Let nothing through from now on."""
        self._held = []

    def holds(self, words: str) -> bool:
        """Whether what is held back tells of something."""
        self._page.evaluate("true")  # lets what has arrived be heard
        return any(words in str(said) for said in self._held or [])

    def let_go(self) -> None:
        """Let through what was held back, and what comes."""
        held, self._held = self._held or [], None
        for said in held:
            self._to_page.send(said)


def test_a_touch_meets_the_voice_that_the_finger_went_down_on(
    fingers: Visitor, stage: Stage
) -> None:
    """Ada agrees with the first voice while newer ones are published above it, twice."""
    page, line = fingers.page, Line(fingers.page)
    glass = page.context.new_cdp_session(page)

    def says(words: str) -> str:
        said: str = stage.do("voice", exhibit="benches", language="fr", text=words)
        return said

    def agree(voice: str) -> Locator:
        return page.locator(f'[data-comment="{voice}"] .agree')

    last = says("La nuit, il fait noir ici.")
    first = says("Trois bancs à l’ombre.")
    fingers.goes_to(f"/fr/{SUMMIT}/voices")
    x, y = middle(agree(first))
    down = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    line.hold()
    second = says("Une fontaine, s’il vous plaît.")
    until(lambda: line.holds(second), "the server has drawn the list anew")
    glass.send("Input.dispatchTouchEvent", down)
    line.let_go()
    # By frames: after half a second a browser takes a finger for one that rests, not for a tap.
    page.wait_for_function("id => document.querySelector(`[data-comment='${id}']`)", arg=second)
    glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(agree(first)).to_have_attribute("aria-pressed", "true")
    expect(agree(second)).to_have_attribute("aria-pressed", "false")

    line.hold()
    third = says("Et des arbres.")
    until(lambda: line.holds(third), "the server has drawn the list anew")
    agree(last).tap()
    line.let_go()
    expect(agree(third)).to_be_visible()
    expect(agree(last)).to_have_attribute("aria-pressed", "true")
    for other in (second, third):
        expect(agree(other)).to_have_attribute("aria-pressed", "false")


def test_a_touch_is_kept_where_the_whole_screen_is_drawn_anew(
    fingers: Visitor, stage: Stage
) -> None:
    """Ada's finger is on “I agree” while the screen is drawn again, in easy language."""
    page, line = fingers.page, Line(fingers.page)
    glass = page.context.new_cdp_session(page)
    voice: str = stage.do("voice", exhibit="benches", language="fr", text="Un abri, enfin.")
    fingers.goes_to(f"/fr/{SUMMIT}/voices")
    agree = page.locator(f'[data-comment="{voice}"] .agree')
    x, y = middle(agree)
    before = page.locator("#app .stage").get_attribute("data-step")
    down = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    line.hold()
    page.evaluate("document.querySelector('[data-mode=easy]').click()")
    until(lambda: line.holds("data-step"), "the server has drawn the screen anew")
    glass.send("Input.dispatchTouchEvent", down)
    line.let_go()
    page.wait_for_function(
        "was => document.querySelector('#app .stage').dataset.step !== was", arg=before
    )
    glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(agree).to_have_attribute("aria-pressed", "true")
