"""Someone who sits at the desk in a simulated browser: reads, presses buttons, sends forms."""

from __future__ import annotations

from typing import Any

from nicegui import background_tasks
from nicegui.element import Element
from nicegui.testing import User

from kiosk.screens.desk.context import DeskContext
from tests.screens.reading import Reading
from tests.staff import PASSWORD
from tests.world import StoppedClock


class Sitting(Reading):
    """One browser; *clock* is the desk's."""

    def __init__(self, user: User, context: DeskContext, clock: StoppedClock) -> None:
        super().__init__(user)
        self.context = context
        self.clock = clock

    async def log_in(self, name: str, password: str = PASSWORD) -> int:
        """Send the login form; return the status of the answer."""
        await self.is_led()
        if self.user.client is not None:  # who logs in anew has left the page: it looks no more
            self.user.client.delete()
            self.user.client = None
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

    def press(self, words: str, seen: str | None = None) -> None:
        """Press the first button with these words; *seen* is the comment that was on the card."""
        self.happens(self.button(words), "click", seen)

    def press_within(self, place: Element, words: str) -> None:
        """Press the first button with these words within an element."""
        button = next(e for e in place.descendants() if self._is_button(e, words))
        self.happens(button, "click")

    def send(self, values: dict[str, Any], form: int = 0) -> None:
        """Send the page's form of this number."""
        forms = [e for e in self.elements() if e.tag == "form" and self._hears(e, "submit")]
        self.happens(forms[form], "submit", values)

    def change(self, values: dict[str, Any]) -> None:
        """Choose or tick something in the page's form that hears of it at once."""
        form = next(e for e in self.elements() if e.tag == "form" and self._hears(e, "change"))
        self.happens(form, "change", values)

    async def is_led(self) -> None:
        """Wait until a page that the desk leads to by itself, as after saving, is there.

        It would come with the next login's cookie, or take the place of the page opened next.
        """
        await self.until(lambda: not _led(), "the page that the desk leads to")

    async def is_worked_off(self) -> None:
        """Wait until the desk has done, or refused, all that was pressed and sent."""
        await self.until(lambda: not _under_way(), "the end of what was pressed")

    def _is_button(self, element: Element, words: str) -> bool:
        """Nobody at a desk presses what is switched off; a finger on a screen may."""
        is_off = element.props.get("aria-disabled") == "true"
        return not is_off and super()._is_button(element, words)

    def _hears(self, element: Element, kind: str) -> bool:
        return any(each.type == kind for each in element._event_listeners.values())


def _under_way() -> list[str]:
    """The presses that the desk works on."""
    names = [task.get_name() for task in background_tasks.running_tasks]
    return [name for name in names if "once.<locals>" in name]


def _led() -> list[str]:
    """The pages that are on their way because the desk leads there."""
    names = [task.get_name() for task in background_tasks.running_tasks]
    return [name for name in names if name.startswith("navigate to ")]
