"""Moderation never goes back: the log is whole, a status follows from it, screens follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kiosk.errors import Conflict
from kiosk.moderation import decision_store
from kiosk.moderation.decision import Action, leads_to
from kiosk.voice.comment import Status
from tests.faults.checker.evidence import Evidence, ids, rows, some

_DECISIONS = "SELECT comment, action FROM decision ORDER BY position"
_STATUS = "SELECT id, status FROM comment WHERE origin <> 'example'"
_PUBLIC = "SELECT id FROM comment WHERE status = 'published'"
_LOG = "SELECT position, hash FROM decision"
_REVISIONS = "SELECT id, revision FROM comment"
_BY_ITS_AUTHOR = {Status.WITHDRAWN, Status.ERASED}
"""States that no decision leads to."""
_SAME_OUTSIDE = {(Status.HELD, Status.PUBLISHED)}
"""What the log calls held is published by its date, without a decision."""


def log_is_whole(world: Evidence) -> Iterator[str]:
    """The hash chain of decisions is valid to its last row."""
    if world.hub is not None:
        broken = decision_store.verify_chain(world.hub)
        if broken is not None:
            yield f"the log of decisions is broken at {broken}"


def status_follows_from_the_log(world: Evidence) -> Iterator[str]:
    """Each comment is where its decisions, one after the other, have brought it."""
    if world.hub is None:
        return
    by_log: dict[str, Status] = {}
    for comment, action in rows(world.hub, _DECISIONS):
        standing = by_log.get(comment, Status.WAITING)
        try:
            by_log[comment] = leads_to(_present(standing, action), Action(action))
        except Conflict:
            yield f"{comment}: the log holds {action} on a comment that is {standing}"
    for comment, status in rows(world.hub, _STATUS):
        stands, wanted = Status(status), by_log.get(comment, Status.WAITING)
        as_decided = stands == wanted or (wanted, stands) in _SAME_OUTSIDE
        if stands not in _BY_ITS_AUTHOR and not as_decided:
            yield f"{comment}: it is {stands}, its decisions led to {wanted}"


def screens_follow(world: Evidence) -> Iterator[str]:
    """A kiosk that followed the feed shows what is public at the hub, no more and no less."""
    if world.hub is None or not world.followed:
        return
    public = ids(world.hub, _PUBLIC)
    for origin, kiosk in world.kiosks.items():
        shown = ids(kiosk, _PUBLIC)
        if more := shown - public:
            yield f"kiosk {origin[-6:]}: shows what is not public: {some(more)}"
        if less := public - shown:
            yield f"kiosk {origin[-6:]}: does not show what is public: {some(less)}"


@dataclass
class History:
    """Looks at the hub again and again: no decision goes, no comment's revision falls.

    Begin a new one after a restore: that is the one way back there is.
    """

    _log: dict[int, str] = field(default_factory=dict)
    _revisions: dict[str, int] = field(default_factory=dict)

    def look(self, hub: Connection) -> list[str]:
        """Return what went back since the last look."""
        log = {row.position: row.hash for row in rows(hub, _LOG)}
        revisions = {row.id: row.revision for row in rows(hub, _REVISIONS)}
        broken = [f"decision {p} has gone" for p, hash in self._log.items() if log.get(p) != hash]
        broken += [
            f"{comment}: its revision fell from {before}"
            for comment, before in self._revisions.items()
            if revisions.get(comment, -1) < before
        ]
        self._log, self._revisions = log, revisions
        return broken


def _present(standing: Status, action: str) -> Status:
    """A held comment becomes published by its date: what follows is decided on a public one."""
    taken_down = action in (Action.UNPUBLISH, Action.DISMISS_REPORT)
    return Status.PUBLISHED if standing is Status.HELD and taken_down else standing
