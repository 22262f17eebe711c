"""A resident's voice and the official answers to it, drawn as an exchange."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.exhibition.localized import direction
from kiosk.locale.translator import Translator, translator
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, foreign
from kiosk.voice.comment import PublicAnswer, PublicComment

LONG_VOICE = 180
"""Characters from which a voice is set smaller, so that it is seen whole."""


def exchange(
    t: Translator,
    comment: PublicComment,
    now: datetime,
    city_name: Callable[[str], str],
    tools: Callable[[PublicComment], None] | None = None,
    about: Callable[[PublicComment], None] | None = None,
) -> Tag:
    """Draw one voice with its answers.

    *about* says above it what it is about, *tools* adds controls to the line under it.
    """
    css = "exchange answered" if comment.answers else "exchange"
    with Tag("article", None, css, data_comment=comment.id) as box:
        with Tag("div", None, "voice"):
            if about is not None:
                about(comment)
            quoted(comment)
            with Tag("p", None, "byline"):
                _parted(_byline(t, comment, now))
            if tools is not None:
                tools(comment)
        for answer in comment.answers:
            _answer(t, answer, city_name)
    return box


def quoted(comment: PublicComment) -> None:
    """Put a resident's own words on the screen, in the quotation marks of their language."""
    size = "long" if len(comment.text) > LONG_VOICE else ""
    words_said = translator(comment.language).quote(comment.text)
    foreign("blockquote", words_said, comment.language, f"quotation {size}")


def _parted(pieces: list[str], css: str = "") -> None:
    """Put what is said of a voice beside each other; the style draws a dot in each gap."""
    for piece in pieces:
        Tag("span", piece, css)


def _byline(t: Translator, comment: PublicComment, now: datetime) -> list[str]:
    parts = [words.said_at(t, comment.channel), comment.place]
    if comment.language != t.language:
        parts.append(_in_language(t, comment.language))
    parts.append(words.unbroken(t.ago(comment.published_at, now)))
    if comment.example:
        parts.append(t("example"))
    return [part for part in parts if part]


def _answer(t: Translator, answer: PublicAnswer, city_name: Callable[[str], str]) -> None:
    with Tag("div", None, "answer-box"):
        Tag("p", t("Official answer"), "answer-mark")
        Tag("p", answer.text, "answer-text", lang=answer.language, dir=direction(answer.language))
        with Tag("p", None, "signed"):
            Tag("strong", answer.author)
            _parted(_signature(t, answer, city_name(answer.city)))
            _parted(_dates(t, answer), "when")


def _signature(t: Translator, answer: PublicAnswer, city: str) -> list[str]:
    """Office, city unless the office names it, and the language where it is another."""
    parts = [answer.office, words.city_beside(answer.office, answer.city, city)]
    if answer.language != t.language:
        parts.append(_in_language(t, answer.language))
    return [part for part in parts if part]


def _dates(t: Translator, answer: PublicAnswer) -> list[str]:
    """When it was given, and when it was corrected."""
    days = [_day(t, answer.released_at)]
    if answer.corrected_at is not None:
        days.append(t("corrected {date}", date=_day(t, answer.corrected_at)))
    return days


def _in_language(t: Translator, language: str) -> str:
    return words.unbroken(t("in {language}", language=t.language_name(language)))


def _day(t: Translator, at: datetime) -> str:
    return words.unbroken(t.date(at.date()))
