"""A film or sound: its still in the text, and the player with captions, transcript and controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.localized import direction
from kiosk.exhibition.model import Media
from kiosk.locale.translator import native_name
from kiosk.screens.touch.frame import tools
from kiosk.screens.touch.texts import media_files, media_viewer
from kiosk.screens.widgets.markup import Tag, button, foreign, icon, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


SKIP_S = 10
PARTS = 40
"""Pieces of the track that a touch can lead to: no script need measure where it fell."""


def recording(visit: Visit, item: Media) -> None:
    """Put a film or sound on the screen; it plays in a dialog of its own, once it is touched."""
    name = f"film-{item.id}"
    if media_files.is_there(visit, item.path):
        _opener(visit, item, name)
    else:
        _broken(visit, item)
    _player(visit, item, name)


def _is_film(item: Media) -> bool:
    return item.type == "video"


def _opener(visit: Visit, item: Media, name: str) -> None:
    t, still = visit.t, item.picture
    says = t("Play the film") if _is_film(item) else t("Listen")
    frame = (
        media_viewer.figure(visit, item, still, "picture film")
        if still is not None
        else Tag("figure", None, "picture film sound-only")
    )
    with frame:
        opener = button("", css="enlarge", data_opens=name, aria_haspopup="dialog")
        opener.on("click", js_handler="(event) => kiosk.film(event)")
        with opener:
            if still is not None:
                media_viewer.image(visit, item, still, media_viewer.IN_THE_TEXT)
            with Tag("span", None, "play-sign"):
                icon("play" if _is_film(item) else "sound")
                Tag("span", says)
        media_viewer.caption(visit, item)


def _broken(visit: Visit, item: Media) -> None:
    """Show what is there of a film whose file is not: still, sentence and transcript."""
    with Tag("figure", None, "picture film lost"):
        if item.picture is not None and media_files.is_there(visit, item.picture.path):
            media_viewer.image(visit, item, item.picture, media_viewer.IN_THE_TEXT)
        Tag("p", _sorry(visit, item), "strong")
        Tag("h2", visit.t("Transcript"), "minor")
        shown("p", visit.text(item.transcript), "transcript-text")
        media_viewer.caption(visit, item)


def _sorry(visit: Visit, item: Media) -> str:
    t = visit.t
    if _is_film(item):
        return t("This film cannot be played just now. Here is what is said and seen in it.")
    return t("This recording cannot be played just now. Here is what is said in it.")


def _player(visit: Visit, item: Media, name: str) -> None:
    label = visit.t("Film") if _is_film(item) else visit.t("Recording")
    with Tag(
        "dialog", None, f"theatre player {item.type}", data_name=name, aria_label=label,
        data_state="still",
    ):  # fmt: skip
        with Tag("div", None, "theatre-stage"):
            with Tag("div", None, "film-place"):
                _media(visit, item)
                Tag("p", None, "now-said", aria_hidden="true")
            with Tag("section", None, "transcript", hidden="", aria_label=visit.t("Transcript")):
                Tag("p", _sorry(visit, item), "sorry strong")
                shown("p", visit.text(item.transcript), "transcript-text")
        with Tag("footer", None, "theatre-foot"):
            media_viewer.caption(visit, item)
            _time(visit)
            _languages(visit, item)
            with Tag("div", None, "theatre-row"):
                _controls(visit, item)


def _time(visit: Visit) -> None:
    """Put the track, which looks as if it could be touched: a touch leads to that part.

    Who cannot aim at a part goes back and on by the buttons at its ends.
    """
    t = visit.t
    with Tag("div", None, "film-time"):
        _skip(visit, t("Back 10 seconds"), "again", -SKIP_S)
        with Tag("span", None, "film-track", aria_hidden="true") as track:
            Tag("span", None, "film-gone")
            for part in range(PARTS):
                Tag("span", None, "film-part", data_part=str(part / PARTS))
        track.on("click", js_handler="(event) => kiosk.seek(event)")
        _skip(visit, t("Forward 10 seconds"), "ahead", SKIP_S)
        Tag("span", "0:00", "film-clock", aria_hidden="true")
        tools.volume(visit)


def _skip(visit: Visit, words: str, sign: str, seconds: int) -> None:
    made = button("", css="knob skip", aria_label=words, data_seconds=str(seconds), data_often="")
    with made:
        icon(sign, turns=True)
        Tag("span", visit.t.number(SKIP_S), aria_hidden="true")
    made.on("click", js_handler="(event) => kiosk.skip(event)")


def _media(visit: Visit, item: Media) -> None:
    """Put the film itself; its file is asked for only when somebody plays it."""
    attributes = {"data_src": media_files.address(visit, item.path), "preload": "none"}
    if _is_film(item):
        attributes |= {"playsinline": "", "disablepictureinpicture": "", "tabindex": "-1"}
    if item.picture is not None and not _is_film(item):
        media_viewer.image(visit, item, item.picture, media_viewer.FILLS, loading="lazy")
    elif item.picture is not None:
        sizes = item.picture.sizes
        still = sizes[-1].path if sizes else item.picture.path
        attributes["data_still"] = media_files.address(visit, still)
    with Tag(item.type, None, "film-itself", **attributes):
        for language, path in item.captions.items():
            Tag(
                "track", kind="captions", srclang=language, label=native_name(language),
                src=media_files.address(visit, path), data_dir=direction(language),
            )  # fmt: skip


def _captions_first(visit: Visit, item: Media) -> str:
    """Return the language of the captions shown at first: the visitor's, or a fallback."""
    wanted = (visit.step.language, *visit.exhibition.fallbacks(), *item.captions)
    return next((each for each in wanted if each in item.captions), "")


def _languages(visit: Visit, item: Media) -> None:
    """Put the choice of captions; they are on from the first second."""
    if not item.captions:
        return
    t, first = visit.t, _captions_first(visit, item)
    with Tag("div", None, "caption-choice", role="group", aria_label=t("Captions"), hidden=""):
        for language in item.captions:
            made = foreign(
                "button", native_name(language), language, "knob", type="button",
                data_captions=language, aria_pressed="true" if language == first else "false",
            )  # fmt: skip
            made.on("click", js_handler="(event) => kiosk.captions(event)")
        off = button(t("No captions"), css="knob", data_captions="", aria_pressed="false")
        off.on("click", js_handler="(event) => kiosk.captions(event)")


def _controls(visit: Visit, item: Media) -> None:
    t = visit.t
    play = button("", css="knob strong play", data_first_control="")
    with play:
        for state, sign, sentence in (
            ("paused", "play", t("Play")),
            ("playing", "pause", t("Pause")),
            ("ended", "again", t("Play again")),
        ):
            with Tag("span", None, f"when-{state}"):
                icon(sign)
                Tag("span", sentence)
    play.on("click", js_handler="(event) => kiosk.play(event)")
    if item.captions:
        choice = button(
            t("Captions"), css="knob", sign="captions", aria_expanded="false",
            data_unfolds="caption-choice",
        )  # fmt: skip
        choice.on("click", js_handler="(event) => kiosk.unfold(event)")
    words = button(
        t("Transcript"), css="knob", sign="transcript", aria_expanded="false",
        data_unfolds="transcript",
    )  # fmt: skip
    words.on("click", js_handler="(event) => kiosk.unfold(event)")
    tools.reading(visit)
    Tag("span", None, "space")
    media_viewer.close_button(visit)
