"""Open data: what was asked, counted, said and answered, as a zip of tables for anyone to recount.

Nothing in it is known of a person: no identifier, no moment of a vote, no screen's spot.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from kiosk import clock
from kiosk.apps.administration import ready_hub
from kiosk.errors import NotFound, Unavailable
from kiosk.exhibition import edition_store
from kiosk.exhibition.library import Library
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.reader import Views
from kiosk.settings import Settings
from kiosk.voice import group, group_store, open_data_store, question_store
from kiosk.voice.ballot import Asked
from kiosk.voice.comment import PublicComment
from kiosk.voice.comment_actions import published_comments
from kiosk.voice.group import Line
from kiosk.voice.open_data_store import Alike, Counted, Supported

PAGE = 500
"""Comments read at a time."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would calculate instead of show."""

Table = Iterable[Sequence[object]]


@dataclass(frozen=True)
class OpenData:
    """What one moment of the hub's database says of an exhibition."""

    questions: list[Asked]
    results: list[Counted]
    ballots: list[Alike]
    comments: list[PublicComment]
    support: list[Supported]
    groups: dict[str, list[Line]]


def export(settings: Settings, exhibition: str, to: Path, now: datetime) -> int:
    """Write the open data of an exhibition into a new zip file; return how many comments it holds.

    Raises:
        NotFound: there is no such exhibition here, or it is an example.
        Unavailable: the file cannot be written; none is left.
    """
    with ready_hub(settings) as database:
        current = database.read_now(partial(edition_store.current, exhibition=exhibition))
        views = Library(settings.data).open(current).views if current else None
        if views is None or views.core.example:
            raise NotFound(
                "There is no data of “{exhibition}” to give away.",
                "Name an exhibition that was published here and is no example.",
                exhibition=exhibition,
            )
        found = database.read_now(partial(collect, exhibition=exhibition))
    unfinished = to.with_name(f"{to.name}.part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, rows in _tables(found, views).items():
                packed.writestr(name, table(rows))
            packed.writestr("README.txt", _about(views.core, found, now))
        unfinished.replace(to)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise Unavailable(
            "The file cannot be written: {reason}.",
            "Check the folder and the space on its disk.",
            reason=error.strerror or type(error).__name__,
        ) from error
    return len(found.comments)


def collect(connection: Connection, exhibition: str) -> OpenData:
    """Read everything in one transaction, so that ballots and results are of one moment."""
    asked = [q for q in question_store.of_exhibition(connection, exhibition) if not q.example]
    return OpenData(
        asked,
        open_data_store.results(connection, exhibition),
        open_data_store.ballots(connection, exhibition),
        list(_comments(connection, exhibition)),
        open_data_store.support(connection, exhibition),
        group_store.of_exhibition(connection, exhibition, examples=False),
    )


def _comments(connection: Connection, exhibition: str) -> Iterator[PublicComment]:
    page = published_comments(connection, exhibition, most=PAGE)
    while page:
        yield from (comment for comment in page if not comment.example)
        page = published_comments(connection, exhibition, most=PAGE, before=page[-1])


def _tables(found: OpenData, views: Views) -> dict[str, Table]:
    return {
        "questions.csv": [
            ("question", "exhibit", "kind", "most_choices", "opens_at", "closes_at"),
            *(
                (q.id, q.exhibit, q.kind, q.max_choices, _moment(q.opens_at), _moment(q.closes_at))
                for q in found.questions
            ),
        ],
        "wordings.csv": [("question", "choice", "language", "text"), *_wordings(views)],
        "results.csv": [
            ("question", "choice", "city", "channel", "votes"),
            *((c.question, c.choice, c.city, c.channel, c.votes) for c in found.results),
        ],
        "ballots.csv": [
            ("question", "choices", "city", "channel", "ballots"),
            *(
                (a.question, " ".join(a.choices), a.city, a.channel, a.ballots)
                for a in found.ballots
            ),
        ],
        "groups.csv": [
            ("question", "city", "groups", "people", "choice", "hands"),
            *_hands(found.groups),
        ],
        "comments.csv": [
            ("voice", "exhibit", "question", "city", "channel", "language", "published", "text"),
            *(
                (c.voice_number, c.exhibit, c.question, c.city, c.channel, c.language,
                 c.published_at.date().isoformat(), c.text)
                for c in found.comments
            ),
        ],
        "support.csv": [
            ("voice", "city", "channel", "times"),
            *((s.voice, s.city, s.channel, s.times) for s in found.support),
        ],
        "answers.csv": [
            ("voice", "answer", "author", "office", "city", "language", "released", "text"),
            *(
                (c.voice_number, a.id, a.author, a.office, a.city, a.language,
                 a.released_at.date().isoformat(), a.text)
                for c in found.comments
                for a in c.answers
            ),
        ],
    }  # fmt: skip


def _hands(groups: dict[str, list[Line]]) -> Iterator[tuple[str, str, int, int, str, int]]:
    """The groups of each city on each question, summed: no screen's spot is told."""
    for question, lines in groups.items():
        for city in sorted({line.city for line in lines}):
            here = group.add_up(question, (line for line in lines if line.city == city))
            for choice, hands in sorted(here.by_choice.items()):
                yield question, city, here.groups, here.people, choice, hands


def _wordings(views: Views) -> Iterator[tuple[str, str, str, str]]:
    """How each question and each of its choices reads in the edition that hangs now."""
    for question in {id: q for view in views.all() for id, q in view.questions().items()}.values():
        for language, written in question.text.by_language.items():
            yield question.id, "", language, written.text
        for choice in question.choices:
            for language, written in choice.label.by_language.items():
                yield question.id, choice.id, language, written.text


def _moment(moment: datetime | None) -> str:
    return clock.to_text(moment) if moment else ""


def table(rows: Table) -> bytes:
    """Return a table as UTF-8 with the mark by which spreadsheets know it (RFC 4180)."""
    lines = io.StringIO()
    csv.writer(lines).writerows([_cell(value) for value in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """Keep a resident's text a text: a spreadsheet would run ``=HYPERLINK(…)``."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _about(content: Exhibition, found: OpenData, now: datetime) -> str:
    title = content.title.pick("en").text
    return _ABOUT.format(title=title, id=content.id, now=clock.to_text(now), **_sizes(found))


def _sizes(found: OpenData) -> dict[str, int]:
    return {"ballots": sum(a.ballots for a in found.ballots), "comments": len(found.comments)}


_ABOUT = """\
{title} ({id}): open data of {now}
{ballots} ballots that count, {comments} published comments. All tables are UTF-8, comma separated.

A vote is a ballot, not a person: whoever clears a phone's memory, or uses several, can vote again.
The numbers are no representative survey.

questions.csv  what was asked: kind "agree" offers agree, disagree, pass; moments in UTC.
wordings.csv   how question and choices read in each language of the present edition.
results.csv    what the screens show: votes of each choice by city and channel. The choice "*"
               counts ballots; where several choices are allowed, votes add up to more than ballots.
ballots.csv    every ballot that counts, those that are alike in one line: its choices, city and
               channel, and how many there are. Of each participant the latest ballot counts; one
               that was taken back does not. Adding these up gives results.csv.
groups.csv     hands that classes and councils raised together before a screen, as numbers: how many
               groups, of how many people. They are no votes and are in none of the tables above.
comments.csv   the comments that are public now, in their author's words; "voice" is the number
               that screens show. Withdrawn, refused and erased ones are in no table.
support.csv    how often others agreed with a comment, by city and channel. Touches, not people:
               once for each visit at a touchscreen, and a second touch takes it back.
answers.csv    the official answers to them, with the office held on the day.

channel: touchscreen, phone, card or group. A cell that begins with an apostrophe does so because a
spreadsheet would have taken the text for a formula.
"""
