"""Someone who stands before a touchscreen in a simulated browser: reads, touches, goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from nicegui import events
from nicegui.element import Element
from nicegui.testing import User

from kiosk import ids
from kiosk.screens.touch.context import TouchContext

PATIENCE_S = 15.0


class Standing:
    """One browser before one screen."""

    def __init__(self, user: User, context: TouchContext) -> None:
        self.user = user
        self.context = context

    async def open(
        self, path: str, *, language: str = "en", exhibition: str = "vivre-ensemble"
    ) -> None:
        """Open a step of an exhibition."""
        await self.user.open(f"/{language}/{exhibition}/{path}".rstrip("/"))

    def elements(self) -> list[Element]:
        """Every element of the stage in its order."""
        assert self.user.client is not None
        root = self.user.client.layout
        stage = next(e for e in root.descendants() if "stage" in e.classes)
        return [element for element in stage.descendants() if not element.is_deleted]

    @property
    def path(self) -> str:
        """The address of the step that is shown."""
        assert self.user.client is not None
        stage = next(e for e in self.user.client.layout.descendants() if "stage" in e.classes)
        return str(stage.props["data-path"])

    def text(self) -> str:
        """All words of the stage."""
        return "\n".join(words for e in self.elements() if (words := e._text))

    def find(self, css: str) -> list[Element]:
        """The elements with this class."""
        return [e for e in self.elements() if css in e.classes]

    def words_of(self, element: Element) -> str:
        """The words within an element."""
        return " ".join(e._text for e in [element, *element.descendants()] if e._text)

    def touch(self, words: str) -> None:
        """Touch the first button with these words, or this name for those who cannot see it."""
        for element in self.elements():
            named = str(element.props.get("aria-label", ""))
            if element.tag == "button" and (words in self.words_of(element) or words in named):
                return self.happens(element, "click", str(ids.new_id()))
        raise AssertionError(f"no button {words!r} in {self.text()!r}")

    def happens(self, element: Element, kind: str, args: Any) -> None:
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
        """Wait until the stage holds these words."""
        await self.until(lambda: words in self.text(), words)

    async def comes_to(self, end: str) -> None:
        """Wait until the shown step's address ends so."""
        await self.until(lambda: self.path.endswith(end), end)

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline, f"waited in vain for {what!r} in {self.text()!r}"
            await asyncio.sleep(0.01)
