"""A dialog that asks before something is done that cannot be undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag


class Question:
    """The dialog; *on_yes* is awaited when someone means it."""

    def __init__(self, seat: Seat, verb: str, on_yes: Callable[[], Awaitable[None]]) -> None:
        self._on_yes = on_yes
        with Tag("dialog", None, "question", data_open="no") as self.dialog:
            self.title = Tag("h2", "")
            self.told = Tag("p", "")
            self.fact = Tag("p", "", "fact")
            with Tag("div", None, "row"):
                button(verb, self._yes, "knob danger")
                button(seat.t("Back"), self.close, "knob quiet", autofocus=True)
        self.dialog.props["aria-labelledby"] = self.title.html_id
        self.dialog.props["aria-describedby"] = f"{self.told.html_id} {self.fact.html_id}"
        self.dialog.on("close", self.close)

    def open(self, title: str, told: str, fact: str = "") -> None:
        """Ask; *fact* is what of it is known here."""
        self.title.say(title)
        self.told.say(told)
        self.fact.say(fact)
        self._set("yes")

    def close(self) -> None:
        """Ask no more."""
        self._set("no")

    async def _yes(self, _: object = None) -> None:
        self.close()
        await self._on_yes()

    def _set(self, value: str) -> None:
        self.dialog.props["data-open"] = value
        self.dialog.update()
