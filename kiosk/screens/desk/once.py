"""A double click means one press: what is being worked on is not begun a second time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from nicegui.events import GenericEventArguments
from nicegui.helpers import expects_arguments

Pressed = Callable[[GenericEventArguments], Awaitable[None]]


def once(act: Callable[..., Any]) -> Pressed:
    """Return a handler that runs *act* once for equal presses that come while it is under way.

    Presses that say something else, such as a form with newer words, are worked on in their turn:
    two at a time would take each other for somebody else's change.
    """
    under_way: list[Any] = []
    turn = asyncio.Lock()
    hears = expects_arguments(act)

    async def pressed(event: GenericEventArguments) -> None:
        if event.args in under_way:
            return
        under_way.append(event.args)
        try:
            async with turn:
                result = act(event) if hears else act()
                if isawaitable(result):
                    await result
        finally:
            under_way.remove(event.args)

    return pressed
