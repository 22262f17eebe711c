"""Residents' voices with the official answers, as an exchange; the text is only ever text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request

from kiosk.errors import NotFound
from kiosk.exhibition.localized import direction
from kiosk.locale.translator import translator
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.views import city_name
from kiosk.screens.phone.visit import Visit, begin
from kiosk.screens.widgets import words
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicAnswer, PublicComment

FIRST_WORDS = 4
"""Words of a voice that are set large."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An official answer, signed with the office held when it was given."""

    text: str
    language: str
    direction: str
    signed: str
    when: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A resident's comment as it is drawn."""

    id: str
    first: str
    rest: str
    language: str
    direction: str
    by: str
    report: str
    agree: str
    mine: bool
    """Whether this phone agrees with it."""
    answers: list[Answer]


async def published(request: Request) -> tuple[Visit, PublicComment]:
    """Return the published comment that an address names, and the visit to it.

    Raises:
        NotFound: it is not public, or its exhibition is not on show.
    """
    context: PublicContext = request.app.state.public
    wanted = request.path_params["comment"]
    found = await context.database.read(partial(comment_actions.published_comment, comment=wanted))
    if found is None or found.exhibition not in context.hall.editions:
        raise NotFound("This comment is not on show any more.", "Nothing more needs to be done.")
    return begin(request, context.hall.view(found.exhibition, found.city)), found


def voices(v: Visit, comments: Sequence[PublicComment], given: Collection[str] = ()) -> list[Voice]:
    """Return published comments for a template, in their order; *given*: agreed with here."""
    return [voice(v, comment, given) for comment in comments]


def voice(v: Visit, comment: PublicComment, given: Collection[str] = ()) -> Voice:
    """Return one published comment, quoted as its own language quotes."""
    first, rest = quoted(comment.text, comment.language)
    parts = [words.said_at(v.t, comment.channel), comment.place]
    if comment.language != v.t.language:
        parts.append(v.t("in {language}", language=v.t.language_name(comment.language)))
    parts.append(v.t.ago(comment.published_at, v.context.now()))
    parts.append(words.supported(v.t, comment.supported))
    if comment.example:
        parts.append(v.t("example"))
    return Voice(
        comment.id,
        first,
        rest,
        comment.language,
        direction(comment.language),
        " · ".join(part for part in parts if part),
        f"/report/{comment.id}",
        f"/agree/{comment.id}",
        comment.id in given,
        [answer(v, each) for each in comment.answers],
    )


def answer(v: Visit, given: PublicAnswer) -> Answer:
    """Return an official answer for a template."""
    where = words.city_beside(given.office, given.city, city_name(v, given.city))
    signed = " · ".join(p for p in (given.author, given.office, where) if p)
    when = v.t.date(given.released_at.date())
    if given.corrected_at is not None:
        day = v.t.date(given.corrected_at.date())
        when = f"{when} · {v.t('corrected {date}', date=day)}"
    return Answer(given.text, given.language, direction(given.language), signed, when)


def quoted(text: str, language: str) -> tuple[str, str]:
    """Return a text in its language's quotation marks: the first words, and the others."""
    opening, closing = translator(language).quote("\0").split("\0")
    first, rest = _split(text)
    return opening + first, rest + closing


def _split(text: str) -> tuple[str, str]:
    found = text.split(" ", FIRST_WORDS)
    if len(found) <= FIRST_WORDS:
        return text, ""
    return " ".join(found[:FIRST_WORDS]), " " + found[FIRST_WORDS]
