"""The dialog that asks why a comment does not stand: a digit for the ground, a note, Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.moderation.decision import GROUNDS, LONGEST_NOTE
from kiosk.screens.desk import fields, names
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag


class Refusal:
    """The dialog; *on_ground* gets ground and note once someone has chosen."""

    def __init__(
        self, seat: Seat, title: str, verb: str, on_ground: Callable[[str, str], Any]
    ) -> None:
        self._on_ground = on_ground
        t = seat.t
        with Tag("dialog", None, "refusal", data_open="no") as self.dialog:
            heading = Tag("h2", title)
            with fields.form(self._sent):
                with Tag("fieldset", None, "grounds"):
                    Tag("legend", t("Why? The author reads it."))
                    for digit, code in enumerate(GROUNDS, 1):
                        self._ground(seat, str(digit), code)
                fields.line(
                    t("A note to the author, if it helps"),
                    "note",
                    maxlength=str(LONGEST_NOTE),
                    data_after_choice="yes",
                    autocomplete="off",
                )
                with Tag("div", None, "row"):
                    fields.submit(verb, "refuse", "knob strong")
                    button(t("Back"), self.close, "knob quiet")
        self.dialog.props["aria-labelledby"] = heading.html_id
        self.dialog.on("close", self.close)

    def open(self) -> None:
        """Ask."""
        self._set("yes")

    def close(self) -> None:
        """Ask no more."""
        self._set("no")

    @property
    def is_open(self) -> bool:
        """Whether it asks right now."""
        return bool(self.dialog.props["data-open"] == "yes")

    def _set(self, value: str) -> None:
        self.dialog.props["data-open"] = value
        self.dialog.update()

    async def _sent(self, values: fields.Values) -> None:
        self.close()
        await self._on_ground(str(values.get("ground", "")), str(values.get("note", "")).strip())

    def _ground(self, seat: Seat, digit: str, code: str) -> None:
        with Tag("label", None, "ground"):
            radio = Tag("input", type="radio", name_="ground", data_key=digit)
            radio.props["^value"] = code
            if digit == "1":
                radio.props["autofocus"] = True
            Tag("kbd", digit, aria_hidden="true")
            Tag("span", names.ground(seat.t, code))
