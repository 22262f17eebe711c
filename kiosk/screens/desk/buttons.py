"""Buttons and links of the desk, each with the key that presses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    """Return a button; *key* presses it from anywhere on the page and is shown beside its words."""
    if key:
        attributes |= {"data_key": key, "aria_keyshortcuts": _spoken(key)}
    made = Tag("button", None, css, type="button", **attributes)
    with made:
        Tag("span", text)
        if key:
            Tag("kbd", _shown(key), aria_hidden="true")
    if on_press is not None:
        made.on("click", on_press, js_handler=PRESS)
    return made


def link(text: str, to: str, css: str = "", **attributes: Any) -> Tag:
    """Return a link to another page of the desk."""
    return Tag("a", text, css, href=to, **attributes)


def _shown(key: str) -> str:
    return f"⇧ {key}" if key.isupper() else key.upper()


def _spoken(key: str) -> str:
    return f"Shift+{key}" if key.isupper() else key.upper()
