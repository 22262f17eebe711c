"""Buttons and links of the desk, each with the key that presses it."""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from kiosk.screens.desk.once import once
from kiosk.screens.widgets.markup import Tag

PRESS = "(event) => emit(desk.press(event))"
"""Sends which comment was on the card when the key or the mouse went down."""


def button(
    text: str,
    on_press: Callable[..., Any] | None = None,
    css: str = "knob",
    key: str = "",
    **attributes: Any,
) -> Tag:
    """Return a button; *key* presses it from anywhere on the page and is shown beside its words.

    What takes its time is not begun again by the second press of a double click.
    """
    if key:
        attributes |= {"data_key": key, "aria_keyshortcuts": _spoken(key)}
    made = Tag("button", None, css, type="button", **attributes)
    with made:
        Tag("span", text)
        if key:
            Tag("kbd", _shown(key), aria_hidden="true")
    if on_press is not None:
        takes_time = iscoroutinefunction(on_press)
        made.on("click", once(on_press) if takes_time else on_press, js_handler=PRESS)
    return made


def link(text: str, to: str, css: str = "", **attributes: Any) -> Tag:
    """Return a link to another page of the desk."""
    return Tag("a", text, css, href=to, **attributes)


def _shown(key: str) -> str:
    return f"⇧ {key}" if key.isupper() else key.upper()


def _spoken(key: str) -> str:
    return f"Shift+{key}" if key.isupper() else key.upper()
