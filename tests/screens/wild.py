"""Somebody who touches everything: random touches, key chords and gestures, and what must hold.

``python -m tests.screens.wild SEED [TIMES]`` repeats a run and tells each act.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Error, Page

from tests.journeys.browsers import HALL, PATIENCE_MS

FORMER = "Zwetschgenkuchen"
"""What the visitor before wrote and did not send."""

LOOK_EVERY = 20
"""Acts between two looks at what must hold."""

CHORDS = (
    "Alt+ArrowLeft", "Alt+ArrowRight", "Alt+Home", "Alt+d", "Control+p", "Control+s", "Control+o",
    "Control+f", "Control+g", "Control+r", "Control+Shift+r", "Control+w", "Control+t", "Control+n",
    "Control+Shift+n", "Control+h", "Control+j", "Control+l", "Control+u", "Control+Shift+i",
    "Control+Shift+Delete", "Control+Equal", "Control+Minus", "Control+0", "Control+c", "Control+x",
    "Control+v", "Control+a", "Meta+l", "F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12",
    "ContextMenu", "BrowserBack", "BrowserForward", "BrowserRefresh", "BrowserHome",
)  # fmt: skip
KEYS = ("Tab", "Shift+Tab", "Enter", "Space", "Escape", "ArrowDown", "ArrowUp", "Home", "End",
        "Backspace", "Delete", "PageDown", "a", "é", "<")  # fmt: skip

WATCH = """() => {
    window.leaks = [];
    const said = (event, what) => {
        if (document.readyState === "loading") return;  // its first milliseconds: no script yet
        if (!event.defaultPrevented && window.leaks.length < 9) window.leaks.push(what);
    };
    addEventListener("keydown", (event) => {
        const inField = /^(TEXTAREA|INPUT)$/.test(event.target.tagName);
        const written = inField && /^[azy]$/i.test(event.key);
        const chord = (event.ctrlKey || event.altKey || event.metaKey) && !written;
        const held = /^(Control|Alt|Shift|Meta)$/.test(event.key);
        if ((chord && !held) || /^(F\\d+|Browser|Context)/.test(event.key)) said(event, event.key);
    });
    for (const kind of ["contextmenu", "dragstart", "copy", "cut", "paste"]) {
        addEventListener(kind, (event) => said(event, kind));
    }
}"""

HELD = """(former) => {
    const stage = document.querySelector(".touch .stage");
    const words = document.body?.innerText ?? "";
    return {
        blank: !stage || !stage.innerText.trim(),
        broken: /Traceback|Internal Server Error|cannot be shown|ne peut pas être/.test(words),
        former: (document.documentElement?.outerHTML ?? "").includes(former)
            || [...document.querySelectorAll("textarea, input")].some((f) => f.value === former),
        zoomed: Math.abs(visualViewport.scale - 1) > 0.01,
        scrolled: (document.scrollingElement?.scrollTop ?? 0) > 0,
        selected: getSelection().toString().length > 0
            && !/^(TEXTAREA|INPUT)$/.test(document.activeElement?.tagName),
        leaks: window.leaks,
    };
}"""
"""What is looked at; a page that is just being left has no stage for a moment."""

STATE = """() => [
    document.readyState, Math.round(performance.now()), typeof kiosk, typeof kioskLine,
    performance.getEntriesByType("resource").map((one) => `${one.name} ${one.responseStatus}`)]"""
"""What is told of a page that did not hold: how far it came, and which of its files it got."""


@dataclass
class Wild:
    """One such visitor; *seed* makes her do the same again."""

    page: Page
    address: str
    seed: int
    tell: Callable[[str], None] = lambda _: None
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.line: CDPSession = self.page.context.new_cdp_session(self.page)
        self.acts = 0
        self.page.add_init_script(f"({WATCH})()")
        self.page.evaluate(f"({WATCH})()")
        for kind in ("pageerror", "dialog", "download", "crash", "popup", "filechooser"):
            self.page.on(kind, self._fault(kind))
        self.page.on("response", self._answered)
        self.page.on("request", self._asked)

    def _fault(self, kind: str) -> Callable[[Any], None]:
        def noticed(what: object) -> None:
            self.faults.append(f"{kind}: {str(what)[:200]}")

        return noticed

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")

    def _asked(self, request: Any) -> None:
        own = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:", "about:")
        if not request.url.startswith(own):
            self.faults.append(f"left for {request.url}")

    def goes_wild(self, times: int) -> None:
        """Do so many acts.

        Raises:
            AssertionError: something did not hold; the seed is told.
        """
        for _ in range(times):
            self.acts += 1
            self._one()
            if self.acts % LOOK_EVERY == 0:
                self.looks()
        self.looks()

    def _one(self) -> None:
        kinds = (self._taps, self._taps_a_control, self._key, self._chord, self._gesture)
        act = self.chance.choices(kinds, (25, 45, 10, 12, 8))[0]
        try:
            act()
        except Error as error:  # the page was just being left: the next act meets the new one
            if "closed" in str(error).lower():
                raise

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        spots = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        touch = {"type": kind, "touchPoints": spots}
        self.line.send("Input.dispatchTouchEvent", touch, timeout=PATIENCE_MS)

    def _spot(self) -> tuple[float, float]:
        return self.chance.uniform(0, HALL["width"]), self.chance.uniform(0, HALL["height"])

    def _taps(self, spot: tuple[float, float] | None = None) -> None:
        spot = spot or self._spot()
        self.tell(f"tap {spot[0]:.0f} {spot[1]:.0f}")
        self._touch("touchStart", spot)
        self._touch("touchEnd")

    def _taps_a_control(self) -> None:
        """Touch a control that can be seen; which one is drawn by its share in the list."""
        share = self.chance.random()
        found = self.page.evaluate(_CONTROL, share)
        if found:
            self._taps((found[0], found[1]))

    def _key(self) -> None:
        key = self.chance.choice(KEYS)
        self.tell(f"key {key}")
        self.page.keyboard.press(key)

    def _chord(self) -> None:
        chord = self.chance.choice(CHORDS)
        self.tell(f"chord {chord}")
        try:
            self.page.keyboard.press(chord)
        except Error as error:
            if "Unknown key" not in str(error):
                raise
            self.page.evaluate(_PRESSED, chord)

    def _gesture(self) -> None:
        """A long press, a pinch, a drag, or a swipe from an edge."""
        kind = self.chance.choice(("press", "pinch", "drag", "edge", "edge"))
        (x, y), (to_x, to_y) = self._spot(), self._spot()
        self.tell(f"{kind} {x:.0f} {y:.0f} to {to_x:.0f} {to_y:.0f}")
        if kind == "press":
            self.page.mouse.click(x, y, button="right")
            self.page.evaluate(_LONG_PRESS, [x, y])
        elif kind == "pinch":
            factor = self.chance.choice((0.5, 2.0))
            how = {"scaleFactor": factor, "relativeSpeed": 4_000, "gestureSourceType": "touch"}
            self.line.send("Input.synthesizePinchGesture", {"x": x, "y": y, **how})
        else:
            begins = self.chance.choice((1.0, HALL["width"] - 2.0)) if kind == "edge" else x
            way = {"xDistance": to_x - begins, "yDistance": to_y - y, "speed": 20_000}
            how = {"gestureSourceType": "touch", "preventFling": True}
            self.line.send("Input.synthesizeScrollGesture", {"x": begins, "y": y, **way, **how})

    def looks(self) -> None:
        """Look whether everything holds.

        Raises:
            AssertionError: it does not.
        """
        seen = self._seen()
        wrong = [name for name, found in seen.items() if found]
        if not self.page.url.startswith(self.address):
            wrong.append(f"is at {self.page.url}")
        if len(self.page.context.pages) != 1:
            wrong.append("opened another window")
        again = f"python -m tests.screens.wild {self.seed} {self.acts}"
        if wrong:
            told = f"{wrong} {seen.get('leaks')} {self.faults[:5]} at {self.page.url}"
            raise AssertionError(f"{again}: {told}; {self.page.evaluate(STATE)}")
        assert not self.faults, f"{again}: {self.faults[:5]}"

    def _seen(self) -> dict[str, Any]:
        seen: dict[str, Any] = {"blank": True}
        end = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < end:
            try:
                self.page.wait_for_load_state("domcontentloaded", timeout=PATIENCE_MS)
                seen = self.page.evaluate(HELD, FORMER)
            except Error as error:
                if "context was destroyed" not in str(error).lower():
                    raise
                continue
            if not seen["blank"]:
                return seen
            self.page.wait_for_timeout(100)
        return seen


_CONTROL = """(share) => {
    const open = document.querySelector("dialog[open]") ?? document;
    const all = [...open.querySelectorAll("button, a, textarea, input, summary, [tabindex='0']")]
        .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 0);
    const one = all[Math.floor(share * all.length)]?.getBoundingClientRect();
    return one ? [one.x + one.width / 2, one.y + one.height / 2] : null;
}"""
_LONG_PRESS = """([x, y]) => document.elementFromPoint(x, y)?.dispatchEvent(
    new MouseEvent("contextmenu", {bubbles: true, cancelable: true, clientX: x, clientY: y}))"""
_PRESSED = """(chord) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key: chord, bubbles: true, cancelable: true}))"""


def enters(browser: Browser) -> Page:
    """A window as a touchscreen has it."""
    context = browser.new_context(
        viewport=HALL,  # type: ignore[arg-type] # as its types say
        has_touch=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def goes(page: Page, address: str) -> None:
    """Open an address and wait until the page hears its server.

    An attract screen that opens itself afresh in the same moment, for a new edition, would have the
    last word: it is left first.
    """
    with suppress(Error):
        page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("() => window.did_handshake === true")


def former_visit(page: Page, address: str, summit: str) -> None:
    """Somebody wrote and left; whoever comes next must meet nothing of it."""
    goes(page, f"{address}/")  # whoever stood here before has left, too
    goes(page, f"{address}/fr/{summit}/comment/benches")
    page.click("[data-agree]")
    page.fill("textarea", FORMER)
    page.evaluate("() => emitEvent('kiosk-idle')")
    page.wait_for_url(f"{address}/")


def main(seed: int, times: int) -> None:
    """Repeat a run and tell each act."""
    from tests.journeys.browsers import chromium
    from tests.journeys.waiting import until
    from tests.screens.touch_fixtures import SUMMIT, Stage

    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        stage = Stage(Path(folder), ("full", "turn=4"))
        try:
            until(stage.answers, "the touchscreen answers")
            page = enters(browser)
            former_visit(page, stage.address, SUMMIT)
            Wild(page, stage.address, seed, print).goes_wild(times)
        finally:
            stage.end()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500)
