"""The fields of a conclusion, for its own language and beside it for a translation."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk import ids
from kiosk.exhibition.draft import LONGEST_STATEMENT, Content, DraftText
from kiosk.exhibition.lengths import LONGEST_TITLE
from kiosk.exhibition.localized import direction
from kiosk.exhibition.model import Exhibit, Kind, SessionDetails
from kiosk.locale.translator import native_name
from kiosk.screens.desk import conclusion_form, fields
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag, foreign


def text(seat: Seat, content: Content) -> None:
    """What was concluded: the language, then title, statements, dissent, question."""
    t, source = seat.t, content.source()
    own = {"dir": "auto"}
    fields.choice(
        t("Written in"),
        "language",
        [(code, native_name(code)) for code in seat.exhibition.languages],
        content.source_language,
    )
    fields.line(
        t("Title"), "title", source.title, t("As on a poster: a sentence of few words."),
        "large", maxlength=str(LONGEST_TITLE), **own,
    )  # fmt: skip
    fields.area(
        t("Core statements"),
        "statements",
        "\n".join(source.statements),
        t("One per line; paste them as they stand on the cards. Bullets are taken off."),
        rows=7,
        **own,
    )
    fields.area(
        t("Dissent"),
        "dissent",
        "\n".join(source.dissent),
        t("What some at the table did not share, one per line. It is shown, not hidden."),
        rows=3,
        **own,
    )
    fields.area(
        t("In a sentence or two"),
        "lead",
        source.lead,
        t("For those who read no further."),
        rows=2,
        **own,
    )
    fields.area(
        t("A sentence for residents to agree or disagree with"),
        "question",
        source.question,
        t("Leave it empty to ask nothing. Once it has votes, it cannot change."),
        rows=2,
        **own,
    )


def origin(seat: Seat, content: Content) -> None:
    """Where it was concluded: topic, session, guiding question."""
    t = seat.t
    topics = [("", t("Choose a topic"))]
    topics += [(e.id, _title(seat, e)) for e in seat.exhibition.topics()]
    fields.choice(t("Topic"), "topic", topics, content.topic)
    sessions = seat.exhibition.of_kind(Kind.SESSION)
    if not sessions:
        return
    offered = [("", t("None")), *((e.id, _title(seat, e)) for e in sessions)]
    fields.choice(t("Session"), "session", offered, content.session)
    guiding = [("", t("None")), *_guiding_questions(seat, sessions)]
    chosen = f"{content.session}/{content.guiding_question}" if content.guiding_question else ""
    fields.choice(
        t("Guiding question"), "guiding", guiding, chosen, t("It counts with its session.")
    )


def wanted(seat: Seat, content: Content) -> None:
    """The languages that it shall be translated into."""
    others = [c for c in seat.exhibition.languages if c != content.source_language]
    if others:
        options = [(code, native_name(code)) for code in others]
        fields.boxes(seat.t("Mark for translation into"), "wanted", options, content.wanted)


def translation(seat: Seat, content: Content, language: str) -> None:
    """Each passage of the source with the field for its translation beside it."""
    t, source = seat.t, content.source()
    found = content.texts.get(language, DraftText())
    written = content.source_language
    rows = [
        (t("Title"), "title", source.title, found.title),
        *_lists(t("Core statement {n}"), "statement", source.statements, found.statements),
        *_lists(t("Dissent {n}"), "dissent", source.dissent, found.dissent),
        (t("In a sentence or two"), "lead", source.lead, found.lead),
        (t("Sentence for residents"), "question", source.question, found.question),
    ]
    if content.photo:
        label = t("The photograph in words")
        rows.append((label, "photo_alternative", source.photo_alternative, found.photo_alternative))
    for label, name, original, value in rows:
        if original:
            earlier = "" if value else found.earlier.get(original, "")
            asks = t("The original was reworded: is this still right?") if earlier else ""
            passage = f"{name.partition('-')[0]}\n{original}\n{value or earlier}"
            with Tag("div", None, "beside"):
                foreign("p", original, written, "original")
                fields.area(
                    label, name, value or earlier, asks, rows=2,
                    lang=language, dir=direction(language),
                    maxlength=str(LONGEST_STATEMENT), data_of=ids.digest(passage),
                )  # fmt: skip


def _lists(
    label: str, name: str, source: tuple[str, ...], found: tuple[str, ...]
) -> Iterator[tuple[str, str, str, str]]:
    for index, original in enumerate(source):
        numbered = label.replace("{n}", str(index + 1))
        yield numbered, f"{name}-{index}", original, conclusion_form.at(found, index)


def _guiding_questions(seat: Seat, sessions: tuple[Exhibit, ...]) -> Iterator[tuple[str, str]]:
    for session in sessions:
        if isinstance(session.details, SessionDetails):
            for question in session.details.guiding_questions:
                shown = question.text.pick(seat.language, seat.exhibition.fallbacks())
                yield f"{session.id}/{question.id}", f"{_title(seat, session)}: {shown.text}"


def _title(seat: Seat, exhibit: Exhibit) -> str:
    return exhibit.title.pick(seat.language, seat.exhibition.fallbacks()).text
