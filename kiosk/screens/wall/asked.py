"""The scenes of a question: asked with its code, and with its live tally."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Question, QuestionKind
from kiosk.exhibition.voting_period import is_open
from kiosk.moderation.wall import SceneKind, SceneName
from kiosk.screens.phone import voting
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall.heard import without_answer
from kiosk.screens.wall.scene import Scene, Segment, build
from kiosk.screens.widgets import words
from kiosk.voice import actions, comment_actions, group_actions
from kiosk.voice.comment import PublicComment
from kiosk.voice.group import Groups
from kiosk.voice.tally import BALLOTS, Tally

MOST_BESIDE = 2
"""Voices beside a tally: more could not be read from afar."""

SHORT_VOICE = 90
"""Characters up to which two voices stand side by side."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the database says for a scene."""

    tally: Tally
    groups: Groups
    """What groups raised, which the tally does not hold."""
    voices: tuple[PublicComment, ...]


async def of_question(v: Visit, exhibit: Exhibit, question: Question) -> Scene:
    """Return the question as it is asked: large, with its answers' names, and no tally yet."""
    tally = await v.context.database.read(partial(actions.tally_of, question=question.id))
    ballots, t = tally.ballots, v.t
    told = t("No votes yet. Yours can be the first.")
    if ballots:
        told = t.plural("{n} vote so far.", "{n} votes so far.", ballots)
    shut = _shut(v, question)
    if shut:
        told = shut[0]  # below a long question there is room for one line
    return build(
        v,
        exhibit,
        SceneName(SceneKind.QUESTION, question.id),
        words.who_says(t, exhibit),
        v.pick(question.text),
        is_open(question, v.context.now()),
        sentence=told,
        segments=_segments(v, question, Tally(question.id)),
        votes=ballots,
        rows=question.kind is not QuestionKind.AGREE,
    )


async def of_tally(v: Visit, exhibit: Exhibit, question: Question, *, beside: bool = True) -> Scene:
    """Return a question with its live tally and groups' hands, the newest voices *beside* them."""
    seen = await v.context.database.read(
        partial(
            _look,
            exhibition=v.exhibition.id,
            exhibit=exhibit.id,
            question=question.id,
            most=MOST_BESIDE if beside else 0,
        )
    )
    tally, shut = seen.tally, _shut(v, question)
    result = words.tally_sentence(v.t, tally, question, v.t.language, v.exhibition.fallbacks())
    sentence = " ".join((*shut[:1], result))
    if not tally.ballots:
        sentence = " ".join(shut) or v.t("No votes yet. Yours can be the first.")
    return build(
        v,
        exhibit,
        SceneName(SceneKind.TALLY, question.id),
        words.who_says(v.t, exhibit),
        v.pick(question.text),
        is_open(question, v.context.now()),
        sentence=sentence,
        channels=_channels(v, tally),
        hands=voting.hands(v, question, seen.groups),
        segments=_segments(v, question, tally),
        voices=tuple(without_answer(v, each) for each in _fitting(seen.voices)),
        votes=tally.ballots,
        rows=question.kind is not QuestionKind.AGREE,
    )


def _shut(v: Visit, question: Question) -> list[str]:
    """Return that nobody can vote, and since or until when; empty while the vote is open."""
    return words.shut(v.t, question, v.context.now())[:2]


def _look(connection: Connection, exhibition: str, exhibit: str, question: str, most: int) -> Seen:
    tally = actions.tally_of(connection, question)
    groups = group_actions.groups_on(connection, question)
    if not most:
        return Seen(tally, groups, ())
    said = comment_actions.published_comments(connection, exhibition, exhibit, most=most)
    return Seen(tally, groups, tuple(said))


def _fitting(voices: tuple[PublicComment, ...]) -> tuple[PublicComment, ...]:
    """Return the voices that are read whole beside a question: two short ones, or one."""
    short = all(len(voice.text) <= SHORT_VOICE for voice in voices)
    return voices if short else voices[:1]


def _segments(v: Visit, question: Question, tally: Tally) -> tuple[Segment, ...]:
    segments = []
    for choice in words.choice_ids(question):
        label = words.choice_label(v.t, question, choice, v.t.language, v.exhibition.fallbacks())
        count = tally.of(choice)
        share = round(100 * count / tally.ballots, 2) if tally.ballots else 0.0
        said = v.t.number(count)
        segments.append(Segment(choice, label.text, label.language, label.direction, said, share))
    return tuple(segments)


def _channels(v: Visit, tally: Tally) -> str:
    """Return how many votes there are, where they came from, and that they are no poll."""
    parts = [words.votes(v.t, tally.ballots)] if tally.ballots else []
    for channel in ("phone", "touchscreen", "card", "group"):
        count = tally.by_channel.get(channel, {}).get(BALLOTS, 0)
        if count:
            parts.append(f"{words.channel_label(v.t, channel)}{words.UNBROKEN}{v.t.number(count)}")
    parts.append(v.t("not a representative poll"))
    return f"{words.UNBROKEN}· ".join(parts)
