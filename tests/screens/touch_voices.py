"""Votes and voices that make a touchscreen's database as full as a busy week would."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, text

from kiosk import clock, ids
from kiosk.exhibition.model import Exhibition, QuestionKind
from kiosk.messaging.feed_entry import Entry
from kiosk.sync import mirror_store
from kiosk.voice import actions, comment_store
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import PublicComment
from kiosk.voice.place import Place

CAFE = (
    "Je tiens un café sur la place depuis vingt ans. Si l’on m’enlève quatre tables, je perds un"
    " emploi. Mais je vois aussi que personne ne s’arrête s’il ne consomme pas. Peut-être des bancs"
    " en hiver, des tables en été ?"
)
ANSWER = (
    "You are right to ask. From next spring twelve new benches stand on the square, and the cafés"
    " keep their terraces from May to September."
)
SAID = (
    ("fr", "Ma fille a grandi ici et ne peut pas louer ici. Pour qui est le nouveau quartier ?"),
    ("de", "Ein Platz ohne Bank ist ein Durchgang. Wer zahlt die Pflege, wenn alle sitzen dürfen?"),
    (
        "en",
        "My neighbour is ninety and walks to the baker. She needs three benches, not one more bar.",
    ),
    ("ar", "نجلس كلّ مساء أمام المدرسة لأنّ المقاعد هناك مجّانية. نريد ظلاًّ أيضاً."),
    ("en", "Good idea, but who cleans it?"),
    ("fr", CAFE),
)
CHANNELS = ("phone", "phone", "touchscreen", "phone", "card", "touchscreen")


def fill(connection: Connection, exhibition: Exhibition, now: datetime) -> None:
    """Cast votes on every question and publish voices, some answered, under each."""
    chance = Random(exhibition.id)
    for exhibit in exhibition.exhibits.values():
        question = exhibit.question
        if question is None:
            continue
        choices = question.choice_ids()
        for n in range(chance.randint(12, 60)):
            weights = [5, 3, 1, 1, 1, 1, 1, 1][: len(choices)]
            several = question.kind is QuestionKind.MULTIPLE and n % 2 and question.max_choices > 1
            chosen = tuple(choices[:2]) if several else (chance.choices(choices, weights)[0],)
            channel = chance.choice(CHANNELS)
            place = Place(exhibition.id, "dusseldorf", "Rathaus", channel, "hub")
            cast = Cast(ids.new_id(), question.id, f"{question.id}{n}", chosen, place, now)
            actions.count_received(connection, cast, now)
        for n in range(chance.randint(2, 6)):
            _said(connection, exhibition, exhibit.id, n, now - timedelta(minutes=37 * n))


def _said(
    connection: Connection, exhibition: Exhibition, exhibit: str, n: int, at: datetime
) -> None:
    language, words = SAID[(n + len(exhibit)) % len(SAID)]
    comment = replace(
        voice(exhibition.id, exhibit, words, language, at, CHANNELS[n % len(CHANNELS)]),
        example=exhibition.example,
    )
    comment_store.mirror(connection, comment)
    if n == 1:
        answer(connection, comment.id, exhibition.id, at + timedelta(minutes=20))


def voice(
    exhibition: str,
    exhibit: str,
    text: str,
    language: str,
    at: datetime,
    channel: str = "phone",
) -> PublicComment:
    """Return a published voice."""
    return PublicComment(
        id=ids.new_id(),
        exhibition=exhibition,
        exhibit=exhibit,
        question="",
        city="dusseldorf",
        place="Rathaus",
        channel=channel,
        language=language,
        text=text,
        published_at=at,
        voice_number="3-20",
        example=False,
    )


def answer(connection: Connection, comment: str, exhibition: str, at: datetime) -> None:
    """Release an official answer to a voice."""
    body = {
        "id": ids.new_id(),
        "state": "released",
        "comments": [comment],
        "language": "en",
        "text": ANSWER,
        "author": "Test Mayor",
        "office": "Mayor",
        "city": "dusseldorf",
        "released_at": clock.to_text(at),
        "corrected_at": None,
        "exhibition": exhibition,
        "example": False,
    }
    entry = Entry(position=0, kind="answer", exhibition=exhibition, city="", body=body)
    mirror_store.answer(connection, entry)


def waiting(connection: Connection) -> list[str]:
    """Return the texts of this screen's comments that wait for review."""
    rows = connection.execute(text("SELECT text FROM comment WHERE status = 'waiting'"))
    return [row.text for row in rows]


def reported(connection: Connection) -> list[tuple[str, str]]:
    """Return which voices were reported at this screen, each with its ground."""
    rows = connection.execute(text("SELECT comment, ground FROM report ORDER BY received_at"))
    return [(row.comment, row.ground) for row in rows]
