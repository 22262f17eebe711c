"""Somebody before any of our NiceGUI pages in a simulated browser: reads, finds, presses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from nicegui import events
from nicegui.element import Element
from nicegui.testing import User

PATIENCE_S = 60.0


class Reading:
    """One browser."""

    def __init__(self, user: User) -> None:
        self.user = user

    def root(self) -> Element:
        """What is read: the whole page."""
        assert self.user.client is not None
        return self.user.client.layout

    def elements(self) -> list[Element]:
        """Every element that is read, in its order."""
        return [element for element in self.root().descendants() if not element.is_deleted]

    def text(self) -> str:
        """All words."""
        return "\n".join(words for e in self.elements() if (words := e._text))

    def find(self, css: str) -> list[Element]:
        """The elements with this class."""
        return [e for e in self.elements() if css in e.classes]

    def words_of(self, element: Element) -> str:
        """The words within an element."""
        return " ".join(e._text for e in [element, *element.descendants()] if e._text)

    def button(self, words: str) -> Element:
        """The first button with these words, or this name for those who cannot see it."""
        for element in self.elements():
            if self._is_button(element, words):
                return element
        raise AssertionError(f"no button {words!r} in {self.text()!r}")

    def has_button(self, words: str) -> bool:
        """Whether a button with these words is there."""
        return any(self._is_button(e, words) for e in self.elements())

    def happens(self, element: Element, kind: str, args: Any = None) -> None:
        """Let an event of the browser happen at an element."""
        assert self.user.client is not None
        with self.user.client:
            for listener in list(element._event_listeners.values()):
                if listener.type == kind:
                    told = events.GenericEventArguments(
                        sender=element, client=self.user.client, args=args
                    )
                    events.handle_event(listener.handler, told)

    async def sees(self, words: str) -> None:
        """Wait until these words are there."""
        await self.until(lambda: words in self.text(), words)

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline, f"waited in vain for {what!r} in {self.text()!r}"
            await asyncio.sleep(0.01)

    def _is_button(self, element: Element, words: str) -> bool:
        named = str(element.props.get("aria-label", ""))
        return element.tag == "button" and (words in self.words_of(element) or words in named)
