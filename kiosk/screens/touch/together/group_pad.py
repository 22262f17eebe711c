"""Keys to type a number with a finger; a keyboard's own digits do the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

ERASE = "erase"
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")

TYPED = (
    "(event) => { if (/^[0-9]$/.test(event.key)) emit(event.key);"
    " else if (event.key === 'Backspace') emit('erase'); }"
)

Pressed = Callable[[str], Awaitable[None] | None]
"""Takes a digit, or :data:`ERASE`, at once; what it returns is awaited."""


def pad(visit: Visit, pressed: Pressed) -> None:
    """Draw the keys."""
    t = visit.t
    with Tag("div", None, "pad", role="group", aria_label=t("Digits"), dir="ltr"):
        for key in KEYS:
            _key(visit, key, pressed)
        button(
            "",
            _presses(pressed, ERASE),
            "knob key",
            "backspace",
            aria_label=t("Delete"),
            data_often="",
        )
        _key(visit, "0", pressed)


def listen(within: Tag, pressed: Pressed) -> None:
    """Let what is typed on a keyboard anywhere *within* count too."""

    def typed(event: object) -> Awaitable[None] | None:
        return pressed(str(getattr(event, "args", "")))

    within.on("keydown", typed, js_handler=TYPED)


def after(typed: str, key: str, longest: int) -> str:
    """Return what stands there once *key* was pressed: digits, at most so many."""
    if key == ERASE:
        return typed[:-1]
    return typed + key if key.isdigit() and len(typed) < longest else typed


def _key(visit: Visit, key: str, pressed: Pressed) -> None:
    button(visit.t.number(int(key)), _presses(pressed, key), "knob key", data_often="")


def _presses(pressed: Pressed, key: str) -> Callable[[], Awaitable[None] | None]:
    """Take the key at once, in the order of touches; only what it leads to may take its time."""
    return lambda: pressed(key)
