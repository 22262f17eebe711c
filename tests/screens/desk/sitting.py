"""Someone who sits at the desk in a simulated browser: reads, presses buttons, sends forms."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from nicegui import background_tasks, events
from nicegui.element import Element
from nicegui.testing import User

from kiosk.screens.desk.context import DeskContext
from tests.staff import PASSWORD
from tests.world import StoppedClock

PATIENCE_S = 15.0


class Sitting:
    """One browser; *clock* is the desk's."""

    def __init__(self, user: User, context: DeskContext, clock: StoppedClock) -> None:
        self.user = user
        self.context = context
        self.clock = clock

    async def log_in(self, name: str, password: str = PASSWORD) -> int:
        """Send the login form; return the status of the answer."""
        await self.is_led()
        form = {"user": name, "password": password, "language": "en", "next": ""}
        answer = await self.user.http_client.post("/login", data=form)
        return answer.status_code

    async def open(self, path: str) -> None:
        """Open a page of the harbour exhibition in English."""
        await self.is_led()
        await self.user.open(f"/en/harbour/{path}")

    async def status(self, path: str) -> int:
        """Return what the server answers to a path, without following redirects."""
        return (await self.user.http_client.get(path)).status_code

    def elements(self) -> list[Element]:
        """Every element of the open page in its order."""
        assert self.user.client is not None
        root = self.user.client.layout
        return [element for element in root.descendants() if not element.is_deleted]

    def text(self) -> str:
        """All words of the page."""
        return "\n".join(words for e in self.elements() if (words := e._text))

    def find(self, css: str) -> list[Element]:
        """The elements with this class."""
        return [e for e in self.elements() if css in e.classes]

    def words_of(self, element: Element) -> str:
        """The words within an element."""
        return " ".join(e._text for e in [element, *element.descendants()] if e._text)

    def has_button(self, words: str) -> bool:
        """Whether a button with these words is there."""
        return any(self._is_button(e, words) for e in self.elements())

    def press(self, words: str, seen: str | None = None) -> None:
        """Press the first button with these words; *seen* is the comment that was on the card."""
        button = next(e for e in self.elements() if self._is_button(e, words))
        self._happens(button, "click", seen)

    def press_within(self, place: Element, words: str) -> None:
        """Press the first button with these words within an element."""
        button = next(e for e in place.descendants() if self._is_button(e, words))
        self._happens(button, "click", None)

    def send(self, values: dict[str, Any], form: int = 0) -> None:
        """Send the page's form of this number."""
        forms = [e for e in self.elements() if e.tag == "form" and self._hears(e, "submit")]
        self._happens(forms[form], "submit", values)

    def change(self, values: dict[str, Any]) -> None:
        """Choose or tick something in the page's form that hears of it at once."""
        form = next(e for e in self.elements() if e.tag == "form" and self._hears(e, "change"))
        self._happens(form, "change", values)

    async def sees(self, words: str) -> None:
        """Wait until the page holds these words."""
        await self.until(lambda: words in self.text(), f"{words!r} in {self.text()!r}")

    async def is_led(self) -> None:
        """Wait until a page that the desk leads to by itself, as after saving, is there.

        It would come with the next login's cookie, or take the place of the page opened next.
        """
        await self.until(lambda: not _led(), "the page that the desk leads to")

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline, f"waited in vain: {what}"
            await asyncio.sleep(0.01)

    def _is_button(self, element: Element, words: str) -> bool:
        spoken = element.tag == "button" and element.props.get("aria-disabled") != "true"
        return spoken and words in self.words_of(element)

    def _hears(self, element: Element, kind: str) -> bool:
        return any(each.type == kind for each in element._event_listeners.values())

    def _happens(self, element: Element, kind: str, args: Any) -> None:
        assert self.user.client is not None
        with self.user.client:
            for listener in list(element._event_listeners.values()):
                if listener.type == kind:
                    told = events.GenericEventArguments(
                        sender=element, client=self.user.client, args=args
                    )
                    events.handle_event(listener.handler, told)


def _led() -> list[str]:
    """The pages that are on their way because the desk leads there."""
    names = [task.get_name() for task in background_tasks.running_tasks]
    return [name for name in names if name.startswith("navigate to ")]
