"""The poster at the end of every screen: the topic's pattern, and the code for the phone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, TopicDetails
from kiosk.people import tokens
from kiosk.screens.widgets.markup import Tag, drawing, icon, picture
from kiosk.screens.widgets.pattern import capacity, pattern, scale_for
from kiosk.screens.widgets.qr import kept_qr_svg, qr_svg

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

WIDE, LONG = 336, 1080
"""Pixels of the poster on a screen of 1920 × 1080; the drawing scales with the screen."""
ATTRACT_WIDE = 672
LEAST_SCALE = 0.6
"""Below this size one's own cell could not be seen from five metres."""
FULLEST = 0.75
"""Share of the cells that is lit at most."""


_CELL = re.compile(r'<use class="cell"[^>]* x="([-\d.]+)" y="([-\d.]+)"')


class Dock:
    """Pattern and code are drawn again only when they change."""

    def __init__(self, visit: Visit) -> None:
        t = visit.t
        self.visit = visit
        self._upright = False
        self._shown: tuple[object, ...] = ()
        self._last: tuple[Exhibit | None, int, int | None] = (None, 0, None)
        self._about: Exhibit | None = None
        self._token_step = -1
        self._receipt = ""
        self._on_card: tuple[str, ...] = ()
        with Tag("aside", None, "dock", aria_label=t("On your phone")):
            self._poster = Tag("div", None, "pattern", aria_hidden="true")
            if visit.exhibition.example:
                Tag("p", t("Example: nothing here is real"), "example-mark", role="note")
            with Tag("div", None, "voice-slot") as self.voice:
                pass
            with Tag("div", None, "code-card"):
                self._code = Tag("div", None, "code")
                with Tag("p", None, "where"):
                    icon("phone")
                    self._label = Tag("span", "")
                self._address = Tag("p", "", "address")

    def show(
        self,
        topic: Exhibit | None,
        filled: int = 0,
        mine: int | None = None,
        about: Exhibit | None = None,
    ) -> None:
        """Draw the pattern of a topic, or of all topics, and the code that leads to *about*."""
        self.voice.clear()
        self._last = (topic, filled, mine)
        self._about = about
        self._receipt = ""
        self._draw_poster()
        self._token_step = -1
        self.tick()

    def show_receipt(self, address: str) -> None:
        """Put the receipt's code in the place of the phone's until the next step."""
        t = self.visit.t
        self._receipt = address
        code = qr_svg(address, t("Code of your receipt"))
        self._set_code(code, t("Your receipt: scan and keep it"), "", "")

    def turn(self, *, upright: bool) -> None:
        """Draw the poster for a screen that stands upright, or lies."""
        if upright != self._upright:
            self._upright = upright
            self._draw_poster()

    def tick(self) -> None:
        """Renew the phone's code when its half minute is over."""
        step = int(self.visit.context.clock().timestamp()) // tokens.STEP_SECONDS
        if self._receipt or step == self._token_step:
            return
        self._token_step = step
        context, t = self.visit.context, self.visit.t
        token, short = phone_codes(self.visit, self._about)
        host = context.public_url.split("://", 1)[-1]
        address, label = f"{context.public_url}/q/{token}".upper(), t("Code for your phone")
        self._set_code(kept_qr_svg(address, label), t("On your phone"), host, f"/q/{short}")

    def _set_code(self, code: str, words: str, host: str, path: str) -> None:
        """Put a code and its words on the card, and the short address as two parts of one line.

        Most steps lead to the same code as the one before: then nothing is drawn.
        """
        if self._on_card == (code, words, host, path):
            return
        self._on_card = code, words, host, path
        self._code.clear()
        with self._code:
            drawing(code)
        self._label.say(words)
        whole, longer = max(len(host + path), 1), max(len(host), len(path), 1)
        self._address.style(f"--letters:{whole};--longer:{longer}")
        self._address.clear()
        with self._address:
            Tag("span", host)
            Tag("span", path, "short")

    def _draw_poster(self) -> None:
        topic, filled, mine = self._last
        attract = self.visit.step.screen == "attract"
        key = (topic.id if topic else "", filled, mine, self._upright, attract)
        if key == self._shown:
            return
        self._shown = key
        self._poster.clear()
        with self._poster:
            if topic is None:
                self._draw_bands()
            else:
                wide, long = self._size(attract)
                _draw(topic, wide, long, filled, mine)

    def _size(self, attract: bool) -> tuple[int, int]:
        if self._upright:
            return (1080, 760) if attract else (1080, 336)
        return (ATTRACT_WIDE if attract else WIDE), LONG

    def _draw_bands(self) -> None:
        topics = self.visit.exhibition.topics()
        wide, long = (1080, 336) if self._upright else (WIDE, LONG)
        for topic in topics:
            part = (wide // len(topics), long) if self._upright else (wide, long // len(topics))
            with Tag("div", None, "band"):
                _draw(topic, *part, 0, None)


def _draw(topic: Exhibit, wide: int, long: int, filled: int, mine: int | None) -> None:
    details = topic.details
    if isinstance(details, TopicDetails):
        drawn = poster(details, wide, long, filled, mine)
        if mine is None:
            picture(drawn)
        else:
            drawing(drawn)


def poster(
    details: TopicDetails, wide: int, long: int, filled: int, mine: int | None = None
) -> str:
    """Return a topic's pattern; however many voices there are, room for one more is seen."""
    return _poster(details.pattern, details.colour, wide, long, filled, mine)


@lru_cache(maxsize=256)
def _poster(name: str, colour: str, wide: int, long: int, filled: int, mine: int | None) -> str:
    scale = scale_for(name, wide, long, filled, least=LEAST_SCALE)
    room = int(capacity(name, wide, long, scale) * FULLEST)
    lit = min(filled, room)
    own = None if mine is None else _in_view(name, wide, long, lit, scale)
    return pattern(name, colour, wide, long, lit, own, 0, scale)


def _in_view(name: str, wide: int, long: int, lit: int, scale: float) -> int:
    """Return the last lit cell that the code's card does not hide; without one, the next in view.

    Upright the card is at either end, by the language's direction: the middle is free.
    """
    drawn = pattern(name, "", wide, long, lit, None, 0, scale)
    seen = [n for n, at in enumerate(_CELL.findall(drawn)) if _is_free(at, wide, long)]
    before = [n for n in seen if n < lit]
    return before[-1] if before else next(iter(seen), 0)


def _is_free(at: tuple[str, str], wide: int, long: int) -> bool:
    x, y = float(at[0]), float(at[1])
    if long > wide:
        return 50 < x < wide - 50 and 80 < y < long * 0.58
    return 320 < x < wide - 320 and 60 < y < long - 60


def phone_codes(visit: Visit, about: Exhibit | None) -> tuple[str, str]:
    """Return the code that a phone scans now, and the short one that a person types."""
    context = visit.context
    question = about.question.id if about and about.question else ""
    target = _target(visit, question, about.id if about else "")
    token = tokens.issue(
        context.key, context.number, tokens.Kind.SCREEN, target, now=context.clock()
    )
    return token, tokens.short_code(context.key, target)


def _target(visit: Visit, question: str, exhibit: str) -> bytes:
    """Return what the code names; of another exhibition than the screen's own, with it."""
    shelf, here = visit.context.shelf, visit.exhibition.id
    if question or here == next(iter(shelf.ids()), here):
        return tokens.target_of(question, exhibit)
    others = [hung for other in shelf.ids() if other != here and (hung := shelf.get(other))]
    if exhibit and not any(exhibit in hung.exhibition.exhibits for hung in others):
        return tokens.target_of(exhibit=exhibit)
    return tokens.target_of(exhibit=exhibit, exhibition=here)
