"""What staff may decide about a comment: which action leads from which state to which."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from kiosk.errors import Conflict, InvalidText
from kiosk.voice.comment import Status

HOLD = timedelta(seconds=10)
"""From the approval until the comment is public; within it, undo leaves no trace outside."""

LONGEST_NOTE = 500
"""Characters of the note to a refusal, which the author reads."""


class Action(StrEnum):
    """What a member of staff does; the decision log keeps it by this name."""

    APPROVE = "approve"
    """Public after the hold."""
    PUBLISH = "publish"
    """Public at once."""
    UNDO = "undo"
    """Back to waiting: an approval within its hold, or a refusal."""
    REFUSE = "refuse"
    UNPUBLISH = "unpublish"
    """Off every screen at once."""
    DISMISS_REPORT = "dismiss-report"
    """A visitor's report was read; the comment stands."""


class Ground(StrEnum):
    """Why a comment does not stand; the author reads it behind the receipt (DSA art. 17)."""

    INSULT = "insult"
    DISCRIMINATION = "discrimination"
    PRIVATE_DATA = "private-data"
    OFF_TOPIC = "off-topic"
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"


GROUNDS = tuple(Ground)
"""In the order of the digits 1 to 8 that choose them at the desk."""

_LEADS_TO: dict[tuple[Status, Action], Status] = {
    (Status.WAITING, Action.APPROVE): Status.HELD,
    (Status.WAITING, Action.PUBLISH): Status.PUBLISHED,
    (Status.WAITING, Action.REFUSE): Status.REFUSED,
    (Status.HELD, Action.PUBLISH): Status.PUBLISHED,
    (Status.HELD, Action.UNDO): Status.WAITING,
    (Status.HELD, Action.REFUSE): Status.REFUSED,
    (Status.REFUSED, Action.APPROVE): Status.HELD,
    (Status.REFUSED, Action.PUBLISH): Status.PUBLISHED,
    (Status.REFUSED, Action.UNDO): Status.WAITING,
    (Status.PUBLISHED, Action.UNPUBLISH): Status.REFUSED,
    (Status.PUBLISHED, Action.DISMISS_REPORT): Status.PUBLISHED,
}

_TOO_LATE = {
    Status.PUBLISHED: "This comment is public already.",
    Status.WITHDRAWN: "Its author has taken this comment back.",
    Status.ERASED: "Its author has erased this comment.",
    Status.REFUSED: "This comment is refused already.",
    Status.HELD: "This comment is approved already.",
    Status.WAITING: "This comment is still waiting.",
}


def leads_to(status: Status, action: Action) -> Status:
    """Return the state that *action* brings a comment to from *status*.

    Raises:
        Conflict: the action makes no sense in this state.
    """
    after = _LEADS_TO.get((status, action))
    if after is None:
        raise Conflict(_TOO_LATE[status], "Look at its present state, then decide again.")
    return after


def check_ground(action: Action, ground: str, note: str) -> None:
    """Raise unless an action that keeps a comment from the public says why.

    Raises:
        InvalidText: the ground is unknown or missing, or the note is too long.
    """
    if action in {Action.REFUSE, Action.UNPUBLISH} and ground not in GROUNDS:
        raise InvalidText("A refusal says why.", "Choose one of the grounds.")
    if len(note) > LONGEST_NOTE:
        raise InvalidText(
            "This note is too long: {length} characters.",
            "Shorten it to {most} characters.",
            length=len(note),
            most=LONGEST_NOTE,
        )
