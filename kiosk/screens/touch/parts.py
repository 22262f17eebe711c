"""What a visit asks of the fixed parts of its page: bar, poster and report dialog."""

from __future__ import annotations

from typing import Protocol

from kiosk.exhibition.model import Exhibit, Exhibition
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets.markup import Tag
from kiosk.voice.comment import PublicComment


class OpenPage(Protocol):
    """A page that somebody has open."""

    step: Step

    @property
    def exhibition(self) -> Exhibition:
        """The edition that it shows."""

    async def changed(self) -> None:
        """Bring it up to date after a commit."""


class Foot(Protocol):
    """The bar at the foot of the page."""

    calls: Tag

    def fit(self) -> None:
        """Show the controls that the present step can use."""


class Poster(Protocol):
    """The poster with the pattern and the code for the phone."""

    voice: Tag

    def show(
        self,
        topic: Exhibit | None,
        filled: int = 0,
        mine: int | None = None,
        about: Exhibit | None = None,
    ) -> None:
        """Draw a topic's pattern, or all topics', and the code that leads to *about*."""

    def show_receipt(self, address: str) -> None:
        """Put a receipt's code in the place of the phone's."""

    def turn(self, *, upright: bool) -> None:
        """Draw for a screen that stands upright, or lies."""

    def tick(self) -> None:
        """A second has passed."""


class Reporting(Protocol):
    """The dialog in which a visitor reports a voice."""

    def about(self, comment: PublicComment) -> None:
        """Ask for the ground of a report on this comment."""

    async def changed(self) -> None:
        """Let go of the comment where it is not public any more."""
