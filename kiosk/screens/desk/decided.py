"""The strip of what was just decided: each can be undone, with the seconds that are left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from kiosk.screens.desk import names
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag, foreign
from kiosk.voice.comment import Comment, Status

SHOWN = 6
"""Decisions that stay in sight."""

UNDOABLE = frozenset({Status.HELD, Status.REFUSED})


class Decided:
    """The latest decisions, newest first; *on_undo* is given a comment as it was left."""

    def __init__(self, seat: Seat, on_undo: Callable[[Comment], Awaitable[None]]) -> None:
        self._seat = seat
        self._on_undo = on_undo
        self.comments: list[Comment] = []
        self._seconds: dict[str, Tag] = {}
        with Tag("aside", None, "decided", aria_label=seat.t("Just decided"), tabindex="-1"):
            Tag("h2", seat.t("Just decided"))
            self._list = Tag("ol")
        self.draw()

    def add(self, comment: Comment) -> None:
        """Put a decision on top."""
        self.comments = [comment, *(c for c in self.comments if c.id != comment.id)][:SHOWN]
        self.draw()

    def remove(self, comment: str) -> None:
        """Take a decision out that was undone."""
        self.comments = [c for c in self.comments if c.id != comment]
        self.draw()

    def latest_undoable(self) -> Comment | None:
        """The decision that the key for undo takes back."""
        return next((c for c in self.comments if c.status in UNDOABLE), None)

    def refresh(self, comments: Iterable[Comment]) -> None:
        """Show decisions as they are now, drawn anew only where a state has changed.

        What was read before a decision was made is older than what stands here, and passed over.
        """
        found = {c.id: c for c in comments}
        now = [max(c, found.get(c.id, c), key=lambda each: each.revision) for c in self.comments]
        changed = [c.status for c in now] != [c.status for c in self.comments]
        self.comments = now
        if changed:
            self.draw()
        else:
            self.count_down()

    def count_down(self) -> None:
        """Write the seconds that are left."""
        for comment in self.comments:
            if comment.id in self._seconds and comment.hold_until:
                left = seconds_left(comment.hold_until, self._seat.now())
                self._seconds[comment.id].say(self._public_in(left))

    def draw(self) -> None:
        """Draw the list afresh."""
        self._list.clear()
        self._seconds = {}
        undo_key = self.latest_undoable()
        with self._list:
            for comment in self.comments:
                self._entry(comment, has_key=comment is undo_key)
            if not self.comments:
                Tag("li", self._seat.t("Nothing yet. What you decide can be undone here."), "none")

    def _entry(self, comment: Comment, *, has_key: bool) -> None:
        t = self._seat.t
        with Tag("li", None, f"entry {comment.status}"):
            if comment.status is not Status.WITHDRAWN:
                foreign("p", names.excerpt(comment.text), comment.language, "excerpt")
            with Tag("div", None, "entry-foot"):
                self._state(comment)
                if comment.status in UNDOABLE:
                    key = "u" if has_key else ""
                    button(t("Undo"), self._undo(comment), "knob small", key, data_of=comment.id)

    def _state(self, comment: Comment) -> None:
        t = self._seat.t
        if comment.status is Status.HELD and comment.hold_until:
            left = seconds_left(comment.hold_until, self._seat.now())
            with Tag("p", None, "state counting"):
                ring = Tag("span", None, "ring", aria_hidden="true")
                ring.style(f"--left:{left}s;--from:{left * 36}deg")
                self._seconds[comment.id] = Tag("span", self._public_in(left))
        elif comment.status is Status.REFUSED:
            Tag(
                "p",
                f"{names.status(t, comment.status)}: {names.ground(t, comment.ground)}",
                "state",
            )
        else:
            Tag("p", names.status(t, comment.status), "state")

    def _public_in(self, seconds: int) -> str:
        return self._seat.t.plural("public in {n} second", "public in {n} seconds", seconds)

    def _undo(self, comment: Comment) -> Callable[[], Awaitable[None]]:
        async def undo() -> None:
            await self._on_undo(comment)

        return undo


def seconds_left(hold_until: datetime, now: datetime) -> int:
    """Whole seconds until a held comment is public, at least 0."""
    return max(0, round((hold_until - now).total_seconds()))
