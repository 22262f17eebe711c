"""Which kinds of exhibit have a screen of their own; every other kind is shown as an exhibit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.exhibition import guiding
from kiosk.exhibition.model import Kind
from kiosk.screens.touch.answering import asked
from kiosk.screens.touch.looking import exhibit
from kiosk.screens.touch.visit import Show
from kiosk.screens.touch.ways import city, declaration, lists, programme, timeline

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

OWN: Mapping[Kind, Show] = MappingProxyType(
    {
        Kind.CITY: city.show,
        Kind.DECLARATION: declaration.show,
        Kind.SESSION: programme.session,
        Kind.TIMELINE: timeline.show,
    }
)
"""Screens by kind."""


async def one(visit: Visit) -> None:
    """Show the exhibit, or the part of one, that the step is about."""
    found = visit.subject()
    assert found is not None
    if guiding.PART in visit.step.subject:
        await asked.show(visit)
    else:
        await OWN.get(found.kind, exhibit.show)(visit)


async def listed(visit: Visit) -> None:
    """Show everything of a kind."""
    if visit.step.subject == Kind.SESSION:
        await programme.show(visit)
    else:
        await lists.show(visit)
