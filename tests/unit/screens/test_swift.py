"""What NiceGUI is no longer asked of its own elements is answered as it answered itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from nicegui import helpers
from nicegui.classes import Classes
from nicegui.props import Props
from nicegui.style import Style

from kiosk.screens.widgets import markup, swift


@pytest.mark.parametrize("kind", [Classes, Style, Props])
def test_an_elements_own_handlers_take_nothing(
    kind: type[Classes[Any] | Style[Any] | Props[Any]],
) -> None:
    """As long as this holds, NiceGUI need not read it from their signatures each time."""
    assert list(inspect.signature(kind._update).parameters) == ["self"]


@pytest.mark.parametrize(
    "handler", [lambda: None, lambda event: event, lambda event=1: event, str.upper, "a".upper]
)
def test_any_other_handler_is_asked_as_before(handler: Callable[..., object]) -> None:
    """A page's own handler gets the event if it takes one."""
    assert swift.expects_arguments(handler) is swift._ask(handler)


def test_who_makes_tags_makes_them_so() -> None:
    """Every screen of NiceGUI imports the tags, and with them this."""
    assert markup.Tag is not None
    assert helpers.expects_arguments is swift.expects_arguments
