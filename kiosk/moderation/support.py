"""Support at the hub: taken for what is not erased, and destroyed together with its comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.messaging import feed_store
from kiosk.moderation import erased_store
from kiosk.voice import support_actions, support_store
from kiosk.voice.support import Support


def receive(connection: Connection, support: Support, now: datetime) -> None:
    """Count what a kiosk counted; for a comment that was erased meanwhile nothing is kept.

    Raises:
        InvalidText: comment or participant are not said.
    """
    if not erased_store.is_erased(connection, support.comment):
        support_actions.count_received(connection, support, now)


def forget(connection: Connection, comment: str, exhibition: str, now: datetime) -> None:
    """Destroy a comment's support with everybody's identifiers, and tell the screens.

    *exhibition* is empty where the hub has not heard of the comment: then nobody was told of it.
    """
    if support_store.forget(connection, comment) and exhibition:
        body = {"comment": comment, "rows": []}
        feed_store.append(connection, "support", exhibition, "", body, now, subject=comment)
