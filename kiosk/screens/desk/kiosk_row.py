"""One kiosk in the list: a row whose cells are written anew in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from kiosk.people.kiosk_store import Kiosk
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.card import apart
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag

SILENT_AFTER = timedelta(minutes=2)
"""A kiosk pulls every few seconds; this long without is worth a look."""

HIDES_AFTER = timedelta(days=1)
"""A kiosk that has not heard from its hub for a day hides residents' voices (product.md)."""

CLOCK_OFF_MS = 20_000
"""From here on codes for phones suffer: they last half a minute."""


class KioskRow:
    """The row; *on_shut_out* is None for who may not."""

    def __init__(self, seat: Seat, kiosk: Kiosk, on_shut_out: Callable[..., None] | None) -> None:
        self.seat = seat
        t = seat.t
        with Tag("tr") as self.row:
            Tag("td", t.number(kiosk.number), "number")
            with Tag("th", scope="row"):
                Tag("span", kiosk.name, "name")
                place = kiosk.place if kiosk.place != kiosk.name else ""
                apart("span", place, seat.city_name(kiosk.city)).classes("spot")
            with Tag("td"):
                self.lamp = Tag("span", "", "lamp", aria_hidden="true")
                self.state = Tag("span", "")
            self.queue = Tag("td", "")
            self.edition = Tag("td", "", "number")
            self.clock = Tag("td", "", "number")
            with Tag("td"):
                self.software = Tag("bdi", "")
            with Tag("td", None, "tools"):
                self.tool = self._tool(kiosk, on_shut_out) if on_shut_out else None

    def tell(self, kiosk: Kiosk, editions: Mapping[str, int]) -> None:
        """Write what the kiosk last told; *editions* are numbers by id."""
        t = self.seat.t
        state, told = self._state(kiosk)
        self.lamp.classes(replace=f"lamp {state}")
        self.row.classes(replace=state)
        self._say(self.state, told)
        self._say(self.queue, self.waiting(kiosk))
        number = next((editions[e] for e in kiosk.edition.split() if e in editions), None)
        self._say(self.edition, t.number(number) if number is not None else "–")
        self._say(self.clock, self._offset(kiosk))
        self.clock.classes(replace="number far" if _is_off(kiosk) else "number")
        self._say(self.software, kiosk.software or "–")
        if self.tool is not None:
            self.tool.set_visibility(kiosk.revoked_at is None)

    @staticmethod
    def _say(cell: Tag, text: str) -> None:
        if cell._text != text:
            cell.say(text)

    def _tool(self, kiosk: Kiosk, on_shut_out: Callable[..., None]) -> Tag:
        t = self.seat.t
        words = t("Shut out …")  # in the name too: whoever speaks to the page says what she sees
        return button(words, on_shut_out, "knob quiet small", aria_label=f"{words} {kiosk.name}")

    def _state(self, kiosk: Kiosk) -> tuple[str, str]:
        t, seen, now = self.seat.t, kiosk.last_seen_at, self.seat.now()
        if kiosk.revoked_at is not None:
            return "revoked", t("Shut out")
        if seen is None:
            return "never", t("Never heard yet")
        ago = t.ago(seen, now)
        if now - seen > HIDES_AFTER:
            return "lost", t("Last heard {ago}; it hides residents’ voices", ago=ago)
        if now - seen > SILENT_AFTER:
            return "silent", t("Last heard {ago}", ago=ago)
        return "well", t("Heard {ago}", ago=ago)

    def waiting(self, kiosk: Kiosk) -> str:
        """What it had not sent when it was last heard."""
        t, seen = self.seat.t, kiosk.last_seen_at
        if seen is None:
            return t("not known")
        if not kiosk.queue_length:
            return t("nothing")
        since = seen - timedelta(seconds=kiosk.queue_age_s)
        return t.plural(
            "{n} message, from {oldest}", "{n} messages, the oldest from {oldest}",
            kiosk.queue_length, oldest=t.ago(since, self.seat.now()),
        )  # fmt: skip

    def would_lose(self, kiosk: Kiosk) -> str:
        """What is lost when it is shut out, as far as is known; an old figure is said to be old.

        The silent ones are those that may hold votes nobody has heard of.
        """
        t, seen, now = self.seat.t, kiosk.last_seen_at, self.seat.now()
        what = self.waiting(kiosk)
        if seen is None or now - seen <= SILENT_AFTER:
            return t("Waiting to be sent: {what}", what=what)
        ago = t.ago(seen, now)
        return t("Waiting to be sent when last heard, {ago}: {what}", ago=ago, what=what)

    def _offset(self, kiosk: Kiosk) -> str:
        """How far the device's clock is ahead of the hub's, in seconds that a person can read."""
        t, seconds = self.seat.t, round(kiosk.clock_offset_ms / 1000)
        if kiosk.last_seen_at is None:
            return "–"
        if abs(seconds) < 2:
            return t("right")
        if seconds > 0:
            return t("{n} s ahead", n=t.number(seconds))
        return t("{n} s behind", n=t.number(-seconds))


def _is_off(kiosk: Kiosk) -> bool:
    return abs(kiosk.clock_offset_ms) >= CLOCK_OFF_MS
