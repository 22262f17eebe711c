"""A touchscreen after many weeks: a hundred exhibits, thousands of voices, its own ballots."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import Connection, text

from benchmarks import counted
from benchmarks.stage import CONTENT, Stage
from kiosk import clock, ids
from kiosk.database.connection import Database
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.reader import read
from kiosk.messaging import feed_store
from kiosk.messaging.envelope import encode
from kiosk.messaging.feed_entry import Sent
from kiosk.sync import apply

EXHIBITS = 100
ASKED_IN = "resilient"
"""The topic to which the exhibits are added that make it a hundred."""

_SAID = (
    ("en", "My neighbour is ninety and walks to the baker. She needs three benches, number {n}."),
    ("fr", "Ma fille a grandi ici et ne peut pas louer ici. Pour qui est le quartier {n} ?"),
    ("de", "Ein Platz ohne Bank ist ein Durchgang. Wer zahlt die Pflege der Bank {n}?"),
    ("ar", "نجلس كلّ مساء أمام المدرسة رقم {n}. نريد ظلاًّ أيضاً."),
)
_EXHIBIT = """
[[exhibit]]
id = "more-{n}"
kind = "statement"
standing = "put"
sources = ["exhibition"]

[exhibit.question]
kind = "agree"
"""
_TEXT = """
# more-{n}

## title
The bench of street {n}

## lead
Who walks slowly plans a way by its benches. Each costs as much as a parked car pays in two years.

## question
Street {n} should have a bench every two hundred metres, even if that takes a place to park.
"""
_BALLOTS = text(
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
    " INSERT INTO ballot (question, participant, id, choices, exhibition, city, place, channel,"
    " origin, seq, cast_at, counted_at, example)"
    " SELECT json_extract(:questions, '$[' || (i % :asked) || ']'), printf('%032x', i),"
    " printf('b%031x', i), CASE i / :asked % 3 WHEN 0 THEN 'agree' WHEN 1 THEN 'disagree'"
    " ELSE 'pass' END, :exhibition, '', 'Hall 0', 'touchscreen', :origin, 0,"
    " '2026-09-06T14:00:00.000000Z', '2026-09-06T14:00:00.000000Z', false FROM n"
)


def hundred(folder: Path) -> Path:
    """Copy the exhibition into *folder*, with more statements until it has a hundred exhibits."""
    content = folder / CONTENT.name
    shutil.copytree(CONTENT, content)
    topic = content / "topics" / ASKED_IN
    missing = range(EXHIBITS - len(read(content).exhibits))
    with (topic / "exhibits.toml").open("a") as exhibits:
        exhibits.writelines(_EXHIBIT.format(n=n) for n in missing)
    with (topic / "text.en.md").open("a") as texts:
        texts.writelines(_TEXT.format(n=n) for n in missing)
    return content


def settle(stage: Stage, content: Path, voices: int, ballots: int) -> None:
    """Fill the touchscreen's own database: voices as the feed brings them, ballots of its own."""
    exhibition = read(content)
    database = Database.open(stage.settings.touch_database)
    database.write_now(partial(speak, exhibition=exhibition, count=voices))
    origin = stage.screens[0].id
    database.write_now(partial(vote, exhibition=exhibition, count=ballots, origin=origin))
    database.close()


def speak(connection: Connection, exhibition: Exhibition, count: int) -> None:
    """Apply so many published comments from the hub's feed."""
    head = feed_store.head(connection)
    entries = list(_entries(exhibition, head, count))
    apply.apply(connection, entries, head + count, "", clock.now())


def _entries(exhibition: Exhibition, head: int, count: int) -> Iterator[Sent]:
    asked = [exhibit.id for exhibit in exhibition.exhibits.values() if exhibit.question]
    now = clock.now()
    for n in range(count):
        language, said = _SAID[n % len(_SAID)]
        body = {
            "state": "published",
            "id": ids.new_id(),
            "exhibition": exhibition.id,
            "exhibit": asked[n % len(asked)],
            "question": "",
            "city": "",
            "place": f"Hall {n % 60}",
            "channel": "phone" if n % 3 else "touchscreen",
            "language": language,
            "text": said.format(n=n),
            "published_at": clock.to_text(now - timedelta(seconds=30 * n)),
            "voice_number": f"0-{n}",
            "example": False,
        }
        raw = msgspec.Raw(encode(body))
        yield Sent(head + 1 + n, "comment", exhibition.id, "", raw)


def vote(connection: Connection, exhibition: Exhibition, count: int, origin: str) -> None:
    """Write so many ballots of the screen *origin* by one statement, and count them."""
    asked: Sequence[str] = [
        exhibit.question.id
        for exhibit in exhibition.exhibits.values()
        if exhibit.question and set(exhibit.question.choice_ids()) == {"agree", "disagree", "pass"}
    ]
    sizes = {"count": count, "asked": len(asked), "questions": msgspec.json.encode(asked).decode()}
    connection.execute(_BALLOTS, {**sizes, "exhibition": exhibition.id, "origin": origin})
    counted.count(connection)
