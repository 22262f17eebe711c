"""What one visitor did at this screen, in memory only and forgotten when the visit ends."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk import clock, ids
from kiosk.people import participant
from kiosk.screens.touch.group_party import Party
from kiosk.screens.touch.modes import Modes
from kiosk.screens.touch.step import ATTRACT, COMMENT, EXHIBIT, VOICES, Step

COOKIE = "touch"
"""Name of the cookie that tells two browsers on one touchscreen process apart."""

LONGEST_LOOK_S = 600.0
"""Seconds at one step that count as looking; longer, somebody was called away."""

GRACE_S = 30
"""Seconds after which a visit is ended here, where its page, which should, has not done so."""

LONGEST_MEMORY = 1000
"""Visits whose end this process remembers, by a hash: none of them begins again."""

ABOUT_AN_EXHIBIT = frozenset({EXHIBIT, COMMENT, VOICES})

LONGEST_TRAIL = 40
"""Steps that "back" remembers."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a resident takes home: code to type, voice number, until when the code is shown.

    *hidden_at* is in seconds since the machine started: no clock that is set back shows it longer.
    """

    code: str
    voice_number: str
    exhibit: str
    hidden_at: float


@dataclass(slots=True)
class Session:
    """One visit: an opaque id, the way taken, drafts and votes; nothing of it is stored."""

    id: str = field(default_factory=lambda: ids.secret(16).hex())
    trail: list[Step] = field(default_factory=list)
    drafts: dict[str, str] = field(default_factory=dict)
    ballots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    supported: set[str] = field(default_factory=set)
    """Comments of others that this visit agrees with."""
    ticked: dict[str, set[str]] = field(default_factory=dict)
    """Of each question with several answers those that are chosen and not counted yet."""
    looks_for: dict[str, str] = field(default_factory=dict)
    """What was typed into the search, and which voices were wanted."""
    sent: set[str] = field(default_factory=set)
    sending: set[str] = field(default_factory=set)
    """What comments are about that are on their way to the disk."""
    privacy_read: bool = False
    receipt: Receipt | None = None
    modes: Modes = field(default_factory=Modes)
    touched: float = 0.0
    """When somebody was last there, in seconds since boot."""
    looked_at: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    """Of each exhibit (with its exhibition) how often it was opened, and for how many seconds."""
    since: float = 0.0
    """When the present step began, in seconds since boot."""
    resumed: float | None = None
    """Of a visit that goes on after a restart: for how many seconds nobody had touched."""
    party: Party | None = None
    """The group that stands here, in group mode."""
    tour_begun: float | None = None
    """When the guided tour began, in seconds since boot."""
    at_end: list[Callable[[], None]] = field(default_factory=list)
    """What its pages do when it is over."""

    def participant(self, exhibition: str) -> str:
        """The identifier under which this visit's votes count in one exhibition."""
        return participant.of_session(self.id, exhibition)

    def arrive(self, step: Step) -> None:
        """Remember a step; going back to the one before shortens the trail."""
        if self.trail and self.trail[-1] == step:
            return
        now = clock.since_boot()
        self.leave(now)
        self.since = now
        if step.screen == EXHIBIT:
            times, seconds = self.looked_at.get((step.exhibition, step.subject), (0, 0.0))
            self.looked_at[step.exhibition, step.subject] = times + 1, seconds
        if len(self.trail) > 1 and self.trail[-2] == step:
            self.trail.pop()
            return
        self.trail.append(step)
        del self.trail[:-LONGEST_TRAIL]

    def leave(self, now: float) -> None:
        """Add the time at the present step to its exhibit, ten minutes at most."""
        here = self.trail[-1] if self.trail else None
        key = (here.exhibition, here.subject) if here else ("", "")
        if here and here.screen in ABOUT_AN_EXHIBIT and key in self.looked_at:
            times, seconds = self.looked_at[key]
            spent = min(max(now - self.since, 0.0), LONGEST_LOOK_S)
            self.looked_at[key] = times, seconds + spent

    def before(self) -> Step | None:
        """The step before the present one; never the attract screen: nobody's visit leads there."""
        before = self.trail[-2] if len(self.trail) > 1 else None
        return before if before and before.screen != ATTRACT else None

    def came_by(self, step: Step) -> None:
        """Remember a step as the one before the present, though nobody was there."""
        self.trail.insert(-1, step)


class Sessions:
    """The visits of this process by the browser's cookie, for as long as a page of it is open."""

    def __init__(self, since_boot: Callable[[], float] = clock.since_boot) -> None:
        self.since_boot = since_boot
        self.told: Callable[[Session], None] | None = None
        self._by_browser: dict[str, Session] = {}
        self._pages: dict[str, set[str]] = {}
        self._ended: deque[str] = deque(maxlen=LONGEST_MEMORY)

    def of(self, browser: str) -> Session:
        """Return the browser's present visit."""
        found = self._by_browser.get(browser)
        if found is None:
            found = self._by_browser[browser] = Session(touched=self.since_boot())
        return found

    def is_present(self, browser: str, session: Session) -> bool:
        """Whether a visit is the browser's present one; false once it was ended."""
        return self._by_browser.get(browser) is session

    def is_under_way(self, browser: str) -> bool:
        """Whether somebody is in a visit at this browser: a step was taken."""
        found = self._by_browser.get(browser)
        return found is not None and any(step.screen != ATTRACT for step in found.trail)

    def count(self) -> int:
        """How many visits are remembered."""
        return len(self._by_browser)

    def end(self, browser: str, only: Session | None = None) -> None:
        """Forget everything of a visit; the next one has another id.

        *only* names the visit that a page belongs to, whose place another may have taken.
        """
        if only is None or self.is_present(browser, only):
            ended = self._by_browser.pop(browser, None)
            if ended:
                self._ended.append(ids.digest(ended.id))
            if ended and self.told is not None:
                self.told(ended)
            for tell in ended.at_end if ended else ():
                tell()

    def resume(self, browser: str, session: Session) -> bool:
        """Have a visit go on here that began before a restart; false where that cannot be.

        It cannot where it was ended, or where somebody else is in a visit by now.
        """
        if self.is_under_way(browser) or ids.digest(session.id) in self._ended:
            return False
        self.end(browser)
        self._by_browser[browser] = session
        return True

    def present(self, browser: str, session_id: str) -> Session | None:
        """Return the browser's present visit if it is the one with this id."""
        found = self._by_browser.get(browser)
        return found if found is not None and found.id == session_id else None

    def is_resuming(self, browser: str) -> bool:
        """Whether the page about to come belongs to a visit that goes on after a restart."""
        found = self._by_browser.get(browser)
        return found is not None and found.resumed is not None

    def opened(self, browser: str, page: str) -> None:
        """A page of this browser is there."""
        self._pages.setdefault(browser, set()).add(page)

    def closed(self, browser: str, page: str) -> None:
        """A page is gone for good; with a browser's last one its visit is over."""
        pages = self._pages.get(browser, set())
        pages.discard(page)
        if not pages:
            self._pages.pop(browser, None)
            self.end(browser)


class BrowserCookie:
    """ASGI middleware: gives each browser a random cookie, which says nothing of its visitor."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the browser in the scope, and set the cookie with the first answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        known = _cookie(scope)
        scope["browser"] = known or secrets.token_urlsafe(18)

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and not known:
                value = f"{COOKIE}={scope['browser']}; HttpOnly; SameSite=Strict; Path=/"
                MutableHeaders(scope=message).append("Set-Cookie", value)
            await send(message)

        await self.app(scope, receive, with_cookie)


def _cookie(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                return ""
            return found.value if found else ""
    return ""
