"""The keys of the queue, on one sheet."""

from __future__ import annotations

from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag


class Help:
    """A dialog that lists the keys."""

    def __init__(self, seat: Seat) -> None:
        t = seat.t
        deciding = (
            ("A", t("Approve: public in ten seconds")),
            ("⇧ A", t("Publish now, without the ten seconds")),
            ("R", t("Refuse; then 1 to 8 for the ground, a note, Enter")),
            ("U", t("Undo the latest decision")),
        )
        leafing = (("K", t("Previous")), ("J", t("Next, without deciding")))
        sheet = (("?", t("This sheet; Esc closes it")),)
        with Tag("dialog", None, "help", data_open="no") as self.dialog:
            heading = Tag("h2", t("Keys"))
            for group in (deciding, leafing, sheet):
                with Tag("dl", None, "keys"):
                    for key, told in group:
                        with Tag("div"):
                            with Tag("dt"):
                                Tag("kbd", key)
                            Tag("dd", told)
            # The key that opened the sheet puts it away: it is pressed to look, not to read.
            button(t("Close"), self.close, "knob", key="?")
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
