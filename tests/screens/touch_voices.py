"""Votes and voices that make a touchscreen's database as full as a busy week would."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection

from kiosk import clock, ids
from kiosk.exhibition.model import Exhibition, QuestionKind
from kiosk.messaging.feed_store import Entry
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
CHANNELS = ("phone", "phone", "touchscreen", "phone", "card", "group")


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
            _voice(connection, exhibition, exhibit.id, n, now - timedelta(minutes=37 * n))


def _voice(
    connection: Connection, exhibition: Exhibition, exhibit: str, n: int, at: datetime
) -> None:
    language, text = SAID[(n + len(exhibit)) % len(SAID)]
    comment = PublicComment(
        id=ids.new_id(),
        exhibition=exhibition.id,
        exhibit=exhibit,
        question="",
        city="dusseldorf",
        place="Rathaus",
        channel=CHANNELS[n % len(CHANNELS)],
        language=language,
        text=text,
        published_at=at,
        voice_number=f"3-{n + 20}",
        example=exhibition.example,
    )
    comment_store.mirror(connection, comment)
    if n == 1:
        _answer(connection, comment, at + timedelta(minutes=20))


def _answer(connection: Connection, comment: PublicComment, at: datetime) -> None:
    answer = ids.new_id()
    body = {
        "id": answer,
        "state": "released",
        "comments": [comment.id],
        "language": "en",
        "text": ANSWER,
        "author": "Test Mayor",
        "office": "Mayor",
        "city": "dusseldorf",
        "released_at": clock.to_text(at),
        "corrected_at": None,
        "exhibition": comment.exhibition,
        "example": comment.example,
    }
    mirror_store.answer(
        connection,
        Entry(position=0, kind="answer", exhibition=comment.exhibition, city="", body=body),
    )
