"""An exhibit's pictures with caption, to be enlarged by a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, Media
from kiosk.screens.widgets.markup import Tag, button, icon, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def pictures(visit: Visit, exhibit: Exhibit) -> None:
    """Put the pictures on the screen; each opens large in a dialog of its own."""
    for item in exhibit.media:
        if item.type == "image":
            _picture(visit, item)


def _picture(visit: Visit, item: Media) -> None:
    name = f"picture-{item.id}"
    with Tag("figure", None, "picture"):
        opener = button("", css="enlarge", data_opens=name, aria_haspopup="dialog")
        opener.on("click", js_handler="(event) => kiosk.open(event)")
        with opener:
            _image(visit, item)
            icon("enlarge")
            Tag("span", visit.t("Enlarge"), "unseen")
        if item.caption:
            shown("figcaption", visit.text(item.caption))
    with Tag("dialog", None, "sheet large-picture", data_name=name, aria_label=visit.t("Picture")):
        _image(visit, item)
        if item.caption:
            shown("p", visit.text(item.caption))
        close = button(visit.t("Close"), css="knob strong", sign="close")
        close.on("click", js_handler="(event) => kiosk.close(event)")


def _image(visit: Visit, item: Media) -> None:
    alternative = visit.text(item.alternative)
    made = Tag("img", src=f"/media/{visit.exhibition.id}/{item.path}", alt=alternative.text)
    if item.width and item.height:
        made.props.update({"width": item.width, "height": item.height})
    if alternative.fallback:
        made.props.update({"lang": alternative.language})
