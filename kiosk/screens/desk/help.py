"""The keys of the queue, on one sheet."""

from __future__ import annotations

from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag


class Help:
    """A dialog that lists the keys."""

    def __init__(self, seat: Seat) -> None:
        t = seat.t
        keys = (
            ("A", t("Approve: public in ten seconds")),
            ("⇧ A", t("Publish now, without the ten seconds")),
            ("R", t("Refuse; then 1 to 8 for the ground, a note, Enter")),
            ("U", t("Undo the latest decision")),
            ("J", t("Next, without deciding")),
            ("K", t("Previous")),
            ("?", t("This sheet; Esc closes it")),
        )
        with Tag("dialog", None, "help", data_open="no") as self.dialog:
            heading = Tag("h2", t("Keys"))
            with Tag("dl", None, "keys"):
                for key, told in keys:
                    with Tag("div"):
                        with Tag("dt"):
                            Tag("kbd", key)
                        Tag("dd", told)
            button(t("Close"), self.close, "knob")
        self.dialog.props["aria-labelledby"] = heading.html_id
        self.dialog.on("close", self.close)

    def open(self) -> None:
        """Show the sheet."""
        self._set("yes")

    def close(self) -> None:
        """Put it away."""
        self._set("no")

    def _set(self, value: str) -> None:
        self.dialog.props["data-open"] = value
        self.dialog.update()
