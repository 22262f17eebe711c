"""The comments that a moderator leafs through: it changes where she acts, never under her eyes."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.voice.comment import Comment

NEARLY_DONE = 10
"""Comments ahead of her at which more are fetched."""


class Pile:
    """Waiting comments in the order of arrival, one of them on top; new ones join at the end."""

    def __init__(self, comments: Iterable[Comment]) -> None:
        self.comments = list(comments)
        self.at = 0

    @property
    def current(self) -> Comment | None:
        """The comment on the card, None when she has reached the end."""
        return self.comments[self.at] if self.at < len(self.comments) else None

    @property
    def last(self) -> Comment | None:
        """The comment that came last."""
        return self.comments[-1] if self.comments else None

    @property
    def nearly_done(self) -> bool:
        """Whether it is time to fetch more."""
        return len(self.comments) - self.at < NEARLY_DONE

    def step(self, by: int) -> bool:
        """Go forward or back; false at either end."""
        to = self.at + by
        if not 0 <= to < len(self.comments):
            return False
        self.at = to
        return True

    def take(self, comment: str) -> None:
        """Take a comment that was decided off the pile; the next one comes up in its place."""
        index = self._index(comment)
        if index is None:
            return
        del self.comments[index]
        if index < self.at or self.at >= len(self.comments) > 0:
            self.at -= 1

    def put_back(self, comment: Comment) -> None:
        """Lay a comment on top, to be decided again."""
        self.take(comment.id)
        self.at = min(self.at, len(self.comments))
        self.comments.insert(self.at, comment)

    def refresh(self, comment: Comment) -> None:
        """Show a comment as it is now, in its place."""
        index = self._index(comment.id)
        if index is not None:
            self.comments[index] = comment

    def add(self, comments: Iterable[Comment]) -> None:
        """Add what came meanwhile at the end; what is there already stays."""
        known = {c.id for c in self.comments}
        self.comments += [c for c in comments if c.id not in known]

    def _index(self, comment: str) -> int | None:
        return next((i for i, c in enumerate(self.comments) if c.id == comment), None)
