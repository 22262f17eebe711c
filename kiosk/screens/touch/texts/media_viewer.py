"""A picture in the text, with what is seen in it in words, and the viewer that it fills."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import Media, Picture
from kiosk.exhibition.sizes import OVERLAP, TILE, folder_of, levels
from kiosk.locale.translator import Translator
from kiosk.screens.touch.frame import tools
from kiosk.screens.touch.texts import media_files
from kiosk.screens.widgets.markup import Tag, button, icon, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

IN_THE_TEXT = "(orientation: portrait) 92vw, 45vw"
"""How wide a browser should take a picture in the text to be, at most."""
FILLS = "100vw"


def picture(visit: Visit, item: Media) -> None:
    """Put a picture on the screen: its words, the picture, its caption, and its viewer."""
    assert item.picture is not None
    name = f"picture-{item.id}"
    with figure(visit, item, item.picture):
        opener = button("", css="enlarge", data_opens=name, aria_haspopup="dialog")
        opener.on("click", js_handler="(event) => kiosk.zoom(event)")
        with opener:
            image(visit, item, item.picture, IN_THE_TEXT)
            icon("enlarge")
            Tag("span", visit.t("Enlarge"), "unseen")
        caption(visit, item)
    _viewer(visit, item, item.picture, name)


def figure(visit: Visit, item: Media, looked_at: Picture, css: str = "picture") -> Tag:
    """Return the frame of a picture; in it stands first, unseen till asked for, what it shows."""
    broken = "" if media_files.is_there(visit, looked_at.path) else " broken"
    made = Tag("figure", None, f"{css}{broken}", data_form=item.form or "photograph")
    with made:
        words(visit, item)
        cannot(visit, item, visit.t("This picture cannot be shown just now."))
    return made


def words(visit: Visit, item: Media) -> None:
    """Put what is seen before what is looked at, behind a control that shows it."""
    alternative = visit.text(item.alternative)
    control = button(
        visit.t("What is seen here"), css="knob quiet seen", sign="seen", aria_expanded="false"
    )
    control.on("click", js_handler="(event) => kiosk.unfold(event)")
    shown("p", alternative, "alternative", hidden="")


def cannot(visit: Visit, item: Media, sentence: str) -> None:
    """Put what takes the place of a broken file: it is seen only where the file is broken."""
    with Tag("div", None, "cannot"):
        Tag("p", sentence, "strong")
        shown("p", visit.text(item.alternative))


def caption(visit: Visit, item: Media) -> None:
    """Put the caption below, and how the picture came about."""
    form = form_label(visit.t, item.form)
    if not (item.caption or form):
        return
    with Tag("figcaption"):
        if form:
            Tag("span", form, "form")
        if item.caption:
            shown("span", visit.text(item.caption))


def form_label(t: Translator, form: str) -> str:
    """Return in words how a picture came about; nothing of a photograph, which everyone sees."""
    labels = {
        "graphic-recording": t("Drawn while people spoke"),
        "drawing": t("Drawing"),
    }
    return labels.get(form, "")


def image(visit: Visit, item: Media, looked_at: Picture, room: str, **attributes: str) -> Tag:
    """Return the picture in the size that the screen needs; *room* says how wide it stands."""
    alternative: Shown = visit.text(item.alternative)
    whole = media_files.address(visit, looked_at.path)
    sizes = [(media_files.address(visit, s.path), s.width) for s in looked_at.sizes]
    made = Tag(
        "img", src=sizes[-1][0] if sizes else whole, alt=alternative.text, draggable="false",
        **attributes,
    )  # fmt: skip
    if sizes:
        if not looked_at.tiled and sizes[-1][1] < looked_at.width:
            sizes.append((whole, looked_at.width))
        made.props.update(
            {"srcset": ", ".join(f"{at} {width}w" for at, width in sizes), "sizes": room}
        )
    if looked_at.width and looked_at.height:
        made.props.update({"width": looked_at.width, "height": looked_at.height})
    if alternative.fallback:
        made.props.update({"lang": alternative.language})
    return made


def _viewer(visit: Visit, item: Media, looked_at: Picture, name: str) -> None:
    t = visit.t
    by_keys = t("Picture: arrow keys move it, plus and minus enlarge it, 0 shows it whole.")
    with Tag("dialog", None, "theatre viewer", data_name=name, aria_label=t("Picture")):
        with Tag(
            "div", None, "zoom-place", role="group", tabindex="0", aria_label=by_keys,
            data_zooms="", data_often="", data_source=source_of(visit, looked_at),
        ):  # fmt: skip
            image(visit, item, looked_at, FILLS, loading="lazy")
            cannot(visit, item, t("This picture cannot be shown just now."))
        shown("p", visit.text(item.alternative), "alternative in-words", hidden="", tabindex="0")
        with Tag("footer", None, "theatre-foot"):
            caption(visit, item)
            with Tag("div", None, "looking"):
                Tag("p", t("Tap twice or pinch to look closer. Drag to look around."), "hint")
                _moves(t)
                tools.reading(visit)
            with Tag("div", None, "theatre-row"):
                _controls(visit)


def _moves(t: Translator) -> None:
    """Put what moves a picture that is seen in part; left stays on the left in every language."""
    with Tag("div", None, "moving", dir="ltr", role="group", aria_label=t("Move the picture")):
        for sentence, key in (
            (t("Left"), "ArrowLeft"),
            (t("Up"), "ArrowUp"),
            (t("Down"), "ArrowDown"),
            (t("Right"), "ArrowRight"),
        ):
            made = button(
                "", css="knob round", sign="up", aria_label=sentence, data_move=key, data_often=""
            )
            made.on("click", js_handler="(event) => kiosk.moveBy(event)")


def _controls(visit: Visit) -> None:
    t = visit.t
    for sign, sentence, does in (
        ("farther", t("Smaller"), "out"),
        ("nearer", t("Larger"), "in"),
        ("whole", t("Whole picture"), "whole"),
    ):
        made = button(sentence, css="knob", sign=sign, data_zoom=does, data_often="")
        made.on("click", js_handler="(event) => kiosk.zoomBy(event)")
    seen = button(t("What is seen here"), css="knob quiet", sign="seen", aria_expanded="false")
    seen.on("click", js_handler="(event) => kiosk.unfold(event)")
    Tag("span", None, "space")
    close_button(visit)


def close_button(visit: Visit) -> None:
    """Put the control that leads back to the exhibit."""
    close = button(visit.t("Close"), css="knob strong", sign="close")
    close.on("click", js_handler="(event) => kiosk.close(event)")


def source_of(visit: Visit, looked_at: Picture) -> str:
    """Return as JSON what the viewer needs: the pyramid of tiles, or whole pictures by size."""
    told: dict[str, object] = {"width": looked_at.width, "height": looked_at.height}
    if looked_at.tiled:
        pyramid = levels(looked_at.width, looked_at.height)
        told |= {
            "tileSize": TILE,
            "tileOverlap": OVERLAP,
            "minLevel": pyramid[0].number,
            "maxLevel": pyramid[-1].number,
            "base": f"{media_files.base(visit)}{folder_of(looked_at.path)}t",
            "mark": media_files.mark(visit),
        }
    else:
        whole = (looked_at.path, looked_at.width, looked_at.height)
        every = [(s.path, s.width, s.height) for s in looked_at.sizes if s.width < looked_at.width]
        told["levels"] = [
            {"url": media_files.address(visit, path), "width": width, "height": height}
            for path, width, height in (*every, whole)
        ]
    return json.dumps(told)
