"""What the desk's pages are given: database, editions, clock, addresses, and how to publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk import clock
from kiosk.database.connection import Database
from kiosk.exhibition.edition import Edition
from kiosk.exhibition.library import Library
from kiosk.people.staff import Actor
from kiosk.people.staff_sessions import Throttle


@dataclass(slots=True)
class DeskContext:
    """Everything that a page of the desk may use; nothing in it belongs to one person."""

    database: Database
    library: Library
    front_end: Path
    public_url: str
    """Where residents read, without a slash at the end."""
    publish: Callable[[str, Actor], Edition]
    """Publishes the approved drafts of an exhibition that someone may publish; blocks."""
    roll_back: Callable[[str, str, str], Edition]
    """Releases an older edition (exhibition, name, edition); blocks."""
    secure: bool = False
    """Whether the desk is reached by https: then its cookie is bound to it."""
    clock: clock.Clock = clock.now
    throttle: Throttle = field(default_factory=Throttle)

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; a browser keeps ``__Host-`` ones over https only."""
        return "__Host-desk" if self.secure else "desk"
