"""Every screen of the touchscreen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from playwright.sync_api import Page, expect

from kiosk.locale.translator import native_name
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.people import SUMMIT
from tests.journeys.processes import Process
from tests.journeys.town import Town
from tests.journeys.waiting import until
from tests.pictures import rare
from tests.pictures.album import HALL, SMALL, UPRIGHT, Album

EXAMPLE = "example"
SAID = {
    "fr": "Un banc à l’ombre, devant l’école : qui attend, s’assoit.",
    "de": "Eine Bank im Schatten vor der Schule: Wer wartet, setzt sich.",
    "ar": "مقعد في الظلّ أمام المدرسة، لمن ينتظر.",
}

READ = (
    ("conclusion", EXAMPLE, "exhibit/benches"),
    ("question-single", SUMMIT, "exhibit/empty-plot"),
    ("question-multiple", EXAMPLE, "exhibit/heat-needs"),
    ("topic", SUMMIT, "topic/communicative"),
    ("topic-example", EXAMPLE, "topic/inclusive"),
    ("timeline", SUMMIT, "exhibit/three-summits"),
    ("programme", SUMMIT, "list/session"),
    ("session-timed", SUMMIT, "exhibit/izmir-diversity"),
    ("session-to-be-confirmed", SUMMIT, "exhibit/izmir-closing"),
    ("declaration", SUMMIT, "exhibit/dusseldorf-declaration"),
    ("map", SUMMIT, "map"),
    ("map-closer", SUMMIT, "map/29_-10_58_38"),
    ("map-nothing", SUMMIT, "map/practices"),
    ("guiding-question", SUMMIT, "exhibit/izmir-resilient-cities_short-or-long"),
    ("city", SUMMIT, "exhibit/sceaux"),
    ("commitments", EXAMPLE, "list/commitment"),
    ("commitment-example", EXAMPLE, "exhibit/lindmark-benches"),
    ("words", SUMMIT, "list/word"),
    ("word", SUMMIT, "exhibit/word-hidalgo"),
    ("practice", EXAMPLE, "exhibit/chair-library"),
    ("resource", SUMMIT, "exhibit/what-is-known"),
    ("media", EXAMPLE, "exhibit/card-wall"),
    ("voices-all", EXAMPLE, "voices"),
    ("for-groups", SUMMIT, "group"),
    ("tour", SUMMIT, "tour/1"),
    ("tour-question", SUMMIT, "ask/benches"),
    ("tour-end", SUMMIT, "tour/end"),
    ("legal", SUMMIT, "legal/imprint"),
    ("privacy-page", SUMMIT, "legal/privacy"),
    ("counting", SUMMIT, "legal/counting"),
)
"""Screens that are only looked at: name, exhibition, path."""

READ_EMPTY = (
    ("topic", SUMMIT, "topic/communicative"),
    ("conclusion", EXAMPLE, "exhibit/benches"),
    ("voices", SUMMIT, "voices/benches"),
    ("voices-all", SUMMIT, "voices"),
)
"""Of those, what looks different before anybody has voted or spoken."""


@dataclass
class Hall:
    """One touchscreen, looked at in one language."""

    album: Album
    process: Process
    language: str

    def all_full(self) -> None:
        """Every screen of a town that is at its fullest."""
        with self.album.visitor(self.language, HALL) as poster:
            poster.goto(f"{self.process.address}/")
            self._screen(poster).awake()
            rare.turn_to(poster, ".stage .exchange")
            self._each(HALL, self._attract, self._home)
            self._each(HALL, *(partial(self._read, *one) for one in READ))
            self._each(HALL, self._captured)
            self._each(HALL, self._enlarged, self._vote, self._writing, self._voices)
            self._each(HALL, self._languages, self._idle)
            for size in (UPRIGHT, SMALL):
                self._each(size, self._attract, self._home, self._exhibit, self._comment)
            with self.album.screen(f"attract-exchange {self.language}"):
                rare.has_turned(poster)
                self._shoot(poster, "attract-exchange")

    def all_empty(self) -> None:
        """Every screen that shows that nobody has voted or spoken yet."""
        self._each(HALL, self._attract, self._home)
        self._each(HALL, *(partial(self._read, *one) for one in READ_EMPTY))
        self._each(HALL, self._vote)

    def nothing_yet(self) -> None:
        """The screen before its first edition has come."""
        with self.album.visitor(self.language, HALL) as page:
            page.goto(f"{self.process.address}/")
            expect(page.get_by_role("main").last).to_be_visible()
            self._shoot(page, "nothing-yet")

    def _each(self, size: tuple[int, int], *shots: Callable[[Page], None]) -> None:
        with self.album.visitor(self.language, size) as page:
            for shot in shots:
                name = getattr(shot, "__name__", "") or str(getattr(shot, "args", ""))
                with self.album.screen(f"{name} {self.language} {size[0]}"):
                    shot(page)

    def _screen(self, page: Page) -> Touchscreen:
        return Touchscreen(page, self.process, self.language)

    def _shoot(self, page: Page, name: str) -> None:
        self.album.take(page, name, self.language)

    def _goes(self, page: Page, exhibition: str, path: str) -> Touchscreen:
        screen = self._screen(page)
        address = f"{self.process.address}/{self.language}/{exhibition}"
        page.goto(f"{address}/{path}" if path else address)
        screen.awake()
        return screen

    def _read(self, name: str, exhibition: str, path: str, page: Page) -> None:
        self._goes(page, exhibition, path)
        self._shoot(page, name)

    def _attract(self, page: Page) -> None:
        page.goto(f"{self.process.address}/")
        self._screen(page).awake()
        self._shoot(page, "attract")

    def _home(self, page: Page) -> None:
        for name, exhibition in (("home", SUMMIT), ("home-example", EXAMPLE)):
            self._read(name, exhibition, "", page)

    def _exhibit(self, page: Page) -> None:
        self._read("exhibit", SUMMIT, "exhibit/benches", page)

    def _captured(self, page: Page) -> None:
        screen = self._goes(page, SUMMIT, "topic/resilient")
        card = screen.main.locator(".card.kind-conclusion").first
        card.click()
        expect(screen.main.locator(".screen.kind-conclusion")).to_be_visible()
        self._shoot(page, "conclusion-captured")

    def _enlarged(self, page: Page) -> None:
        screen = self._goes(page, EXAMPLE, "exhibit/benches")
        screen.main.locator(".enlarge").first.click()
        expect(page.locator("dialog.viewer[open]")).to_have_attribute("data-opened", "whole")
        self._shoot(page, "picture-enlarged")

    def _vote(self, page: Page) -> None:
        screen = self._goes(page, SUMMIT, "exhibit/benches")
        self._shoot(page, "exhibit")
        screen.vote("Agree")
        self._shoot(page, "tally")
        screen.button("Change my vote").click()
        screen.vote("Disagree")
        self._shoot(page, "vote-changed")
        screen = self._goes(page, SUMMIT, "exhibit/empty-plot")
        screen.main.locator("[data-choice]").first.click()
        expect(screen.main.get_by_text(screen.t("Counted. Thank you."))).to_be_visible()
        self._shoot(page, "tally-single")

    def _writing(self, page: Page) -> None:
        screen = self._notice(page)
        expect(screen.board.get_by_role("button").first).to_be_visible()
        screen.field.fill(SAID[self.language])
        expect(page.locator(".counter")).to_contain_text(screen.t.number(len(SAID[self.language])))
        self._shoot(page, "comment")
        screen.send()
        screen.receipt()
        self._shoot(page, "receipt")

    def _comment(self, page: Page) -> None:
        screen = self._notice(page)
        expect(screen.board.get_by_role("button").first).to_be_visible()
        self._shoot(page, "comment")

    def _notice(self, page: Page) -> Touchscreen:
        """Read the notice, go on by key: a tap so soon at the same place would be a second one."""
        screen = self._goes(page, SUMMIT, "exhibit/benches")
        screen.button("Say something").click()
        agreed = screen.button("I have read this: write")
        expect(agreed).to_be_visible()
        self._shoot(page, "privacy-notice")
        agreed.press("Enter")
        return screen

    def _voices(self, page: Page) -> None:
        screen = self._goes(page, SUMMIT, "voices/benches")
        self._shoot(page, "voices")
        screen.main.locator(".flag").first.click()
        self._shoot(_open(page, "report"), "report")

    def _languages(self, page: Page) -> None:
        screen = self._goes(page, SUMMIT, "exhibit/benches")
        screen.button("Language: {name}", name=native_name(self.language)).click()
        self._shoot(_open(page, "language"), "languages")

    def _idle(self, page: Page) -> None:
        self._goes(page, SUMMIT, "exhibit/benches")
        page.evaluate("""() => document.querySelector('dialog[data-name="idle"]').showModal()""")
        self._shoot(_open(page, "idle"), "idle-warning")


def _open(page: Page, name: str) -> Page:
    expect(page.locator(f'dialog[open][data-name="{name}"]')).to_be_visible()
    return page


def speaking(town: Town, language: str, *, waits: bool = False) -> Process:
    """Start the touchscreen with *language* as its own; one that *waits* has no edition yet."""
    town.touch.kill()
    order = ",".join([language, *(x for x in ("fr", "en", "de", "ar") if x != language)])
    town.touch = replace(town.touch, settings={**town.touch.settings, "languages": order})
    if waits:
        town.touch.start()
        until(lambda: town.touch.health() is not None, "the touchscreen answers")
    else:
        town.start(town.touch)
    return town.touch
