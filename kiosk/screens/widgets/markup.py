"""Plain elements with plain text: residents' words enter a page through here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from nicegui import ui
from nicegui.element import Element

from kiosk.exhibition.localized import Shown, direction
from kiosk.screens.widgets import swift

swift.hasten()

PRESS = "(event) => kiosk.press(event, emit)"
"""Marks a button at once and sends an id made on the first tap; a second tap is ignored."""


class Tag(Element):
    """An HTML element whose text is always a text node, never read as markup."""

    def __init__(
        self, name: str, text: str | None = None, css: str = "", **attributes: Any
    ) -> None:
        super().__init__(name)
        self._text = text
        # The element is new and on its way to the page: nobody need be told of what it begins with.
        list.extend(self._classes, dict.fromkeys(css.split()))
        dict.update(self._props, {_attribute(key): value for key, value in attributes.items()})

    def say(self, text: str) -> None:
        """Change the text in place."""
        self._text = text
        self.update()

    def take_focus(self) -> None:
        """Have the keyboard, or the switch, go on from here once this is on the page."""
        self.run_method("focus")

    def _to_dict(self) -> dict[str, Any]:
        """Tell the browser of the element, and Vue that it need not watch inside of it.

        NiceGUI puts another in its place when anything of it changes. ``__v_skip`` is how
        ``Vue.markRaw`` marks an object; each look into a watched one takes some ten times as long.
        """
        return {**super()._to_dict(), "__v_skip": True}


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def shown(name: str, text: Shown, css: str = "", **attributes: Any) -> Tag:
    """Return an element with a localized text; another language than the page's is marked."""
    return Tag(name, text.text, css, **{**own_language(text), **attributes})


def own_language(text: Shown) -> dict[str, str]:
    """Return the attributes that mark a text in another language than the page's, or none."""
    return {"lang": text.language, "dir": text.direction} if text.fallback else {}


def foreign(name: str, text: str, language: str, css: str = "", **attributes: Any) -> Tag:
    """Return an element whose text may be in another language than the page."""
    return Tag(name, text, css, lang=language, dir=direction(language), **attributes)


def icon(name: str, *, turns: bool = False) -> Tag:
    """Return a drawn sign that assistive technology passes over; *turns*: mirrored in Arabic."""
    css = "icon turns" if turns else "icon"
    sign = Tag("span", None, css, aria_hidden="true")
    sign.style(f"--icon:url(/assets/icons/{name}.svg)")
    return sign


def button(
    text: str,
    on_press: Callable[..., Any] | None = None,
    css: str = "knob",
    sign: str = "",
    *,
    turns: bool = False,
    sign_after: bool = False,
    **attributes: Any,
) -> Tag:
    """Return a button; *on_press* gets the event whose ``args`` is the id made on the first tap."""
    made = Tag("button", text if text and not sign else None, css, type="button", **attributes)
    if sign:
        with made:
            if not sign_after:
                icon(sign, turns=turns)
            if text:
                Tag("span", text)
            if sign_after:
                icon(sign, turns=turns)
    if on_press is not None:
        made.on("click", on_press, js_handler=PRESS)
    return made


def rich(clean_html: str, css: str, text: Shown) -> ui.html:
    """Return editors' prose; *clean_html* comes from :mod:`kiosk.exhibition.markdown` only."""
    made = ui.html(clean_html, sanitize=str).classes(css)
    made.props.update(own_language(text))
    return made


def drawing(svg: str, css: str = "") -> ui.html:
    """Return a picture that this program drew itself as SVG.

    Raises:
        ValueError: the text is not such a drawing.
    """
    return ui.html(svg, sanitize=_drawn).classes(css)


def picture(svg: str) -> Tag:
    """Return such a drawing as a picture, for decoration only: it fills the box around it.

    What was drawn once the browser keeps, where it would style each cell of a pattern for each
    step: for the five of the home screen 24 ms, as pictures 3.
    """
    return Tag("img", None, "drawn", src=_address(svg), alt="")


@lru_cache(maxsize=128)
def _address(svg: str) -> str:
    return "data:image/svg+xml," + quote(_drawn(svg), safe=" /:;=,()'<>\"")


def _drawn(svg: str) -> str:
    lowered = svg.lower()
    if not lowered.startswith("<svg") or any(sign in lowered for sign in _NOT_DRAWN):
        raise ValueError("only a drawing made by this program may be shown as markup")
    return svg


_NOT_DRAWN = ("<script", "<foreignobject", "javascript:", " on", "<image", 'href="h', 'href="/')
