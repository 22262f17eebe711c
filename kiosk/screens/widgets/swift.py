"""NiceGUI's elements made in half the time: it need not ask what it knows of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import helpers
from nicegui.classes import Classes
from nicegui.props import Props
from nicegui.style import Style

_OWN = frozenset({Classes._update, Style._update, Props._update})
"""What an element has called when its classes, style or properties change; none takes anything."""

_ask = helpers.expects_arguments


def expects_arguments(func: Callable[..., Any]) -> bool:
    """Tell whether a handler takes the event, as NiceGUI's own function of this name does.

    NiceGUI reads the signature of each new element's three own handlers, always the same ones,
    which took more than half of the time in which an element is made.
    """
    if getattr(func, "__func__", None) in _OWN:
        return False
    return _ask(func)


def hasten() -> None:
    """Have NiceGUI ask here instead; a second call changes nothing."""
    helpers.expects_arguments = expects_arguments
