"""What the open data reads of ballots and tallies: counts only, nothing by which a ballot is known.

Rows that belong to the demo's example stay out, as of every result.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from kiosk.voice.ballot import from_text

_ALIKE = text(
    "SELECT question, choices, city, channel, count(*) AS ballots FROM ballot"
    " WHERE exhibition = :exhibition AND choices <> '' AND NOT example"
    " GROUP BY question, choices, city, channel ORDER BY question, city, channel, choices"
)
_RESULTS = text(
    "SELECT tally.question, tally.choice, tally.city, tally.channel, sum(tally.count) AS votes"
    " FROM tally JOIN question ON question.id = tally.question"
    " WHERE question.exhibition = :exhibition AND NOT question.example"
    " GROUP BY tally.question, tally.choice, tally.city, tally.channel"
    " HAVING sum(tally.count) <> 0"
    " ORDER BY tally.question, tally.city, tally.channel, tally.choice"
)


_SUPPORT = text(
    "SELECT comment.voice_number, s.city, s.channel, sum(s.count) AS times FROM support_count AS s"
    " JOIN comment ON comment.id = s.comment WHERE comment.exhibition = :exhibition"
    " AND comment.status = 'published' AND NOT comment.example"
    " GROUP BY comment.voice_number, s.city, s.channel HAVING sum(s.count) <> 0"
    " ORDER BY comment.voice_number, s.city, s.channel"
)


@dataclass(frozen=True, slots=True)
class Supported:
    """How often a public comment was supported from one city and channel."""

    voice: str
    city: str
    channel: str
    times: int


@dataclass(frozen=True, slots=True)
class Alike:
    """How many *ballots* of one city and channel chose exactly these choices."""

    question: str
    choices: tuple[str, ...]
    city: str
    channel: str
    ballots: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many votes a choice has in one city and channel; :data:`tally.BALLOTS` counts ballots."""

    question: str
    choice: str
    city: str
    channel: str
    votes: int


def ballots(connection: Connection, exhibition: str) -> list[Alike]:
    """Return every ballot that counts, those that are alike together."""
    rows = connection.execute(_ALIKE, {"exhibition": exhibition})
    return [Alike(r.question, from_text(r.choices), r.city, r.channel, r.ballots) for r in rows]


def results(connection: Connection, exhibition: str) -> list[Counted]:
    """Return the tallies that screens show, by city and channel."""
    rows = connection.execute(_RESULTS, {"exhibition": exhibition})
    return [Counted(r.question, r.choice, r.city, r.channel, int(r.votes)) for r in rows]


def support(connection: Connection, exhibition: str) -> list[Supported]:
    """Return how often each public comment was supported, by city and channel."""
    rows = connection.execute(_SUPPORT, {"exhibition": exhibition})
    return [Supported(r.voice_number, r.city, r.channel, int(r.times)) for r in rows]
