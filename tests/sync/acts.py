"""What people do in the stories of the sync."""

from __future__ import annotations

from datetime import datetime

from kiosk.moderation import actions as moderation
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.sync import submit
from kiosk.voice import actions, comment_actions
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from tests.sync.conftest import Hub, Screen
from tests.world import BENCHES, SUNDAY

CLARA = Actor("clara", "clara", "Clara", (Grant(Role.MODERATOR),))
"""A moderator."""


async def votes(screen: Screen, who: str, choice: str = "agree", at: datetime = SUNDAY) -> None:
    """Somebody votes on benches at a screen."""
    cast = Cast(f"{who}-{choice}", BENCHES, who, (choice,), screen.place, at)
    await screen.database.write(lambda c: submit.cast_ballot(c, cast, SUNDAY))


async def says(screen: Screen, text: str, name: str = "comment-1") -> None:
    """Somebody comments on benches at a screen."""
    new = NewComment(
        name, "benches", text, "en", "ada", f"receipt-of-{name}", "", screen.place, SUNDAY
    )
    number = screen.identity.number
    await screen.database.write(lambda c: submit.submit_comment(c, new, number, SUNDAY))


async def publishes(hub: Hub, comment: str = "comment-1") -> None:
    """Clara lets a comment through."""
    await hub.database.write(
        lambda c: moderation.approve(c, comment, 1, CLARA, SUNDAY, at_once=True)
    )


async def shown_on(screen: Screen) -> list[str]:
    """The texts of the comments that a screen shows."""
    shown = await screen.database.read(
        lambda c: comment_actions.published_comments(c, "harbour", "benches")
    )
    return [comment.text for comment in shown]


async def counted(hub: Hub) -> dict[str, int]:
    """What the hub counts on benches."""
    tally = await hub.database.read(lambda c: actions.tally_of(c, BENCHES))
    return dict(tally.by_choice)
