"""One exhibit read from its table and the texts of its folder."""

from __future__ import annotations

from kiosk.exhibition.colours import LEAST_CONTRAST, PAPER, contrast, is_colour
from kiosk.exhibition.details_reader import read_details
from kiosk.exhibition.media_reader import read_media
from kiosk.exhibition.model import Exhibit, Kind, QuestionKind, Standing, TopicDetails
from kiosk.exhibition.question_reader import read_question
from kiosk.exhibition.scope import Row, Scope
from kiosk.exhibition.toml_table import Table

PATTERNS = ("rings", "leaves", "arches", "nodes", "tiles")
_KINDS = tuple(str(kind) for kind in Kind if kind is not Kind.TOPIC)
RESERVED = "exhibition"
"""The id under which an exhibition's own texts stand."""
OWN_WORD = "exhibition"
"""The source that this exhibition itself is."""


def read_exhibit(scope: Scope, table: Table) -> Exhibit | None:
    """Read one ``[[exhibit]]``; None where it has no usable id."""
    row = _row(scope, table)
    kind = Kind(table.one_of("kind", _KINDS, "unknown-kind"))
    topic = scope.refer(table, "topic", Kind.TOPIC) or scope.topic
    subtopic = table.slug("subtopic")
    if subtopic:
        scope.refer_to_part(table, "subtopic", f"{topic}/{subtopic}", "subtopic")
    exhibit = Exhibit(
        id=row.id,
        kind=kind,
        owner=scope.owner,
        standing=row.standing,
        sources=row.sources,
        title=row.text("title", required=True),
        lead=row.text("lead", markdown=True),
        passages=row.passages(table, "passage", "passage"),
        topic=topic,
        subtopic=subtopic,
        question=read_question(row),
        see_also=scope.refer_to_all(table, "see_also"),
        media=read_media(row),
        details=read_details(row, kind),
    )
    table.finish()
    _check_own_word(row)
    return exhibit if row.id else None


def check_asks(exhibit: Exhibit, table: Table) -> None:
    """Note a statement or question without what residents are to vote on."""
    asks = exhibit.question
    if exhibit.kind in (Kind.STATEMENT, Kind.QUESTION) and asks is None:
        cure = "Write [exhibit.question] with its kind, and the sentence under “## question”."
        table.error("missing-question", "", f"This {exhibit.kind} asks nothing.", cure)
    elif exhibit.kind is Kind.STATEMENT and asks and asks.kind is not QuestionKind.AGREE:
        cure = 'Write kind = "agree", or make the exhibit a question.'
        table.error("missing-question", "question", "A statement is answered by agreeing.", cure)


def read_topic(scope: Scope, table: Table) -> Exhibit | None:
    """Read a ``topic.toml``; None where it has no usable id."""
    row = _row(scope, table)
    pattern = table.one_of("pattern", PATTERNS, "unknown-pattern")
    details = TopicDetails(
        colour=read_colour(table, "colour"),
        pattern=pattern,
        subtopics=row.passages(table, "subtopic", "subtopic"),
        cities=scope.refer_to_all(table, "cities", Kind.CITY),
    )
    topic = Exhibit(
        id=row.id,
        kind=Kind.TOPIC,
        owner=scope.owner,
        standing=row.standing,
        sources=row.sources,
        title=row.text("title", required=True),
        lead=row.text("lead", markdown=True),
        passages=row.passages(table, "passage", "passage"),
        topic=row.id,
        question=read_question(row),
        see_also=scope.refer_to_all(table, "see_also"),
        media=read_media(row),
        details=details,
    )
    table.finish()
    _check_own_word(row)
    return topic if row.id else None


def read_colour(table: Table, key: str) -> str:
    """Read a colour that can be told from the paper."""
    colour = table.text(key, required=True).lower()
    if not is_colour(colour):
        if colour:
            cure = "Write it as #rrggbb, such as #1f4f8f."
            table.error("bad-colour", key, f"{colour[:40]!r} is not a colour.", cure)
        return "#1b1916"
    found = contrast(colour, PAPER)
    if found < LEAST_CONTRAST:
        message = f"The colour's contrast to the paper is {found:.1f}."
        cure = f"Choose a darker one: at least {LEAST_CONTRAST}."
        table.error("low-contrast", key, message, cure)
    return colour


def _row(scope: Scope, table: Table) -> Row:
    found = table.slug("id", required=True)
    if found == RESERVED:
        message = "“exhibition” is the id of the exhibition's own texts."
        table.error("bad-slug", "id", message, "Give the exhibit another id.")
    standing = scope.standing(table)
    sources = scope.sources(table)
    return Row(scope, table, found, standing, sources)


def _check_own_word(row: Row) -> None:
    """A report or decision that only the exhibition itself vouches for is worth a look."""
    said = row.standing in (Standing.REPORTED, Standing.DECIDED)
    if said and row.sources == (OWN_WORD,):
        message = f"“{row.id}” is {row.standing}, but only this exhibition says so."
        cure = "Name the document that says it in sources.toml."
        row.table.warning("own-word", "sources", message, cure)
