"""What the wall shows at one moment: a question with its live tally, or a voice with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Question, QuestionKind, TopicDetails
from kiosk.people import tokens
from kiosk.people.enrolment import HUB_NUMBER
from kiosk.people.tokens import Kind
from kiosk.screens.phone.said import Voice, voice
from kiosk.screens.phone.visit import INK, PLAIN, Visit
from kiosk.screens.widgets import words
from kiosk.screens.widgets.pattern import capacity, scale_for
from kiosk.voice import actions, comment_actions
from kiosk.voice.comment import PublicComment
from kiosk.voice.tally import BALLOTS, Tally

MOST_VOICES = 2
"""Voices beside a question: more could not be read from afar."""


SURFACE = (760, 1080)
"""Width and height for which the pattern is drawn, in CSS pixels of a 1920 × 1080 wall."""
LARGEST_CELL, SMALLEST_CELL = 2.0, 0.9
WORTHS = tuple(step * 10**power for power in range(6) for step in (1, 2, 5))
SHORT_VOICE = 90
"""Characters up to which two voices stand side by side."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer in the bar: its name, votes, and their share in hundredths."""

    id: str
    label: str
    language: str
    direction: str
    count: str
    share: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One whole state of the wall; equal scenes look the same."""

    key: str
    """Changes when another question or voice takes the wall."""
    topic: str
    pattern: str
    colour: str
    filled: int
    """Cells of the pattern that are filled."""
    worth: int
    """How many votes and voices one cell stands for."""
    scale: float
    over: str
    text: str
    language: str
    direction: str
    sentence: str
    channels: str
    segments: tuple[Segment, ...]
    voices: tuple[Voice, ...]
    address: str
    """What the QR code opens."""
    short: str
    size: str
    """How large a voice by itself is set: ``short``, ``middle`` or ``long``."""
    votes: int
    rows: bool
    """Whether each answer has a row of its own: their names are sentences."""
    example: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What the database says for a scene."""

    tally: Tally | None
    voices: tuple[PublicComment, ...]


async def of_question(v: Visit, exhibit: Exhibit, question: Question) -> Scene:
    """Return the scene of a question."""
    seen = await v.context.database.read(
        partial(_look, exhibition=v.exhibition.id, exhibit=exhibit.id, question=question.id)
    )
    tally = seen.tally or Tally(question.id)
    text = v.pick(question.text)
    fallbacks = v.exhibition.fallbacks()
    sentence = words.tally_sentence(v.t, tally, question, v.t.language, fallbacks)
    if not tally.ballots:
        sentence = v.t("No votes yet. Yours can be the first.")
    return _scene(
        v,
        exhibit,
        f"question {question.id}",
        tokens.target_of(question.id),
        words.standing_label(v.t, exhibit.standing),
        text=text.text,
        language=text.language,
        direction=text.direction,
        sentence=sentence,
        channels=_channels(v, tally),
        segments=_segments(v, question, tally),
        voices=tuple(_beside(v, each) for each in _fitting(seen.voices)),
        size="",
        votes=tally.ballots,
        rows=question.kind is not QuestionKind.AGREE,
    )


async def of_voice(v: Visit, comment: PublicComment) -> Scene | None:
    """Return the scene of a published voice, None where its exhibit is not on show."""
    exhibit = v.exhibition.exhibits.get(comment.exhibit)
    if exhibit is None:
        return None
    about = v.pick(exhibit.question.text if exhibit.question else exhibit.title)
    return _scene(
        v,
        exhibit,
        f"voice {comment.id} {len(comment.answers)}",
        tokens.target_of(exhibit.question.id if exhibit.question else "", exhibit.id),
        v.t("A resident says"),
        text=about.text,
        language=about.language,
        direction=about.direction,
        sentence="",
        channels="",
        segments=(),
        voices=(voice(v, comment),),
        size=_size(comment),
        votes=0,
        rows=False,
    )


def _scene(
    v: Visit,
    exhibit: Exhibit,
    key: str,
    target: bytes,
    by_whom: str,
    *,
    text: str,
    language: str,
    direction: str,
    sentence: str,
    channels: str,
    segments: tuple[Segment, ...],
    voices: tuple[Voice, ...],
    size: str,
    votes: int,
    rows: bool,
) -> Scene:
    topic = v.topic_of(exhibit)
    details = topic.details if topic else None
    known = details if isinstance(details, TopicDetails) else None
    name = known.pattern if known else PLAIN
    count = v.context.cells(v.exhibition.id, topic.id) if topic else 0
    worth, scale = worth_of_cell(name, count)
    hub_key = v.context.hub_key
    code = tokens.issue(hub_key, HUB_NUMBER, Kind.POSTER, target, v.context.now())
    return Scene(
        key=f"{key} {worth} {scale}",
        topic=topic.id if topic else "",
        pattern=name,
        colour=known.colour if known else INK,
        filled=count // worth,
        worth=worth,
        scale=scale,
        over=f"{v.pick((topic or v.exhibition).title).text} · {by_whom}",
        text=text,
        language=language,
        direction=direction,
        sentence=sentence,
        channels=channels,
        segments=segments,
        voices=voices,
        address=f"{v.context.public_url}/q/{code}".upper(),
        short=tokens.short_code(hub_key, target),
        size=size,
        votes=votes,
        rows=rows,
        example=v.exhibition.example,
    )


def _size(comment: PublicComment) -> str:
    answer = len(comment.answers[0].text) if comment.answers else 0
    length = len(comment.text) + answer
    return "short" if length <= 140 else "middle" if length <= 380 else "long"


def _beside(v: Visit, comment: PublicComment) -> Voice:
    """Return a voice as it stands beside a question: that it was answered is one line."""
    shown = voice(v, comment)
    by = [shown.by]
    if shown.answers:
        by.append(v.t("answered by {signed}", signed=shown.answers[0].signed))
    return replace(shown, by=" · ".join(by), answers=[])


def worth_of_cell(name: str, count: int) -> tuple[int, float]:
    """Return how many voices one cell stands for, and the cells' scale.

    So many that the cells stay large enough to be seen from afar, and a third of them waits.
    """
    room = capacity(name, *SURFACE, SMALLEST_CELL) / 1.5
    worth = next((worth for worth in WORTHS if count <= worth * room), WORTHS[-1])
    scale = scale_for(name, *SURFACE, count // worth, SMALLEST_CELL, LARGEST_CELL)
    return worth, scale


def _fitting(voices: tuple[PublicComment, ...]) -> tuple[PublicComment, ...]:
    """Return the voices that are read whole beside a question: two short ones, or one."""
    short = all(len(voice.text) <= SHORT_VOICE for voice in voices)
    return voices if short else voices[:1]


def _look(connection: Connection, exhibition: str, exhibit: str, question: str) -> Seen:
    tally = actions.tally_of(connection, question)
    said = comment_actions.published_comments(connection, exhibition, exhibit, most=MOST_VOICES)
    return Seen(tally, tuple(said))


def _segments(v: Visit, question: Question, tally: Tally) -> tuple[Segment, ...]:
    segments = []
    for choice in words.choice_ids(question):
        label = words.choice_label(v.t, question, choice, v.t.language, v.exhibition.fallbacks())
        count = tally.of(choice)
        share = 100 * count / tally.ballots if tally.ballots else 0.0
        segments.append(
            Segment(
                choice,
                label.text,
                label.language,
                label.direction,
                v.t.number(count),
                round(share, 2),
            )
        )
    return tuple(segments)


def _channels(v: Visit, tally: Tally) -> str:
    """Return how many votes there are, where they came from, and that they are no poll."""
    parts = [words.votes(v.t, tally.ballots)] if tally.ballots else []
    for channel in ("phone", "touchscreen", "card", "group"):
        count = tally.by_channel.get(channel, {}).get(BALLOTS, 0)
        if count:
            parts.append(f"{words.channel_label(v.t, channel)} {v.t.number(count)}")
    parts.append(v.t("not a representative poll"))
    return " · ".join(parts)


def newest(connection: Connection, exhibition: str, most: int) -> Sequence[PublicComment]:
    """Return the newest published voices of an exhibition."""
    return comment_actions.published_comments(connection, exhibition, most=most)
