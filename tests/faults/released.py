"""Databases of the first released schema (0001), filled by its own statements.

What the program wrote then stays as it was: nothing here follows the program's stores.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from kiosk.database import migrate
from kiosk.people.enrolment import Identity
from kiosk.voice import actions
from tests.world import BENCHES, LINDMARK, SUNDAY, harbour

BACKLOG = 5_000
ALREADY_SENT = 3_000
"""Of the messages, how many the hub has taken in before the upgrade."""
AT = "2026-09-06T14:00:00.000Z"

IDENTITY = Identity(
    id="01a1fea3-0000-7000-8000-000000000001",
    number=1,
    name="Town hall",
    exhibition="harbour",
    city=LINDMARK,
    place="Town hall",
    signing_key="11" * 32,
    credential="22" * 32,
)

_VOICE = "'harbour', 'lindmark', 'Town hall', 'touchscreen', :origin"
_OUTBOX = text(
    "INSERT INTO outbox (seq, id, kind, body, body_hash, created_at, sent_at)"
    " VALUES (:seq, :id, :kind, :body, :hash, :at, :sent_at)"
)
_INBOX = text(
    "INSERT INTO inbox (id, origin, seq, kind, body_hash, received_at)"
    " VALUES (:id, :origin, :seq, :kind, :hash, :at)"
)
_BALLOT = text(
    "INSERT INTO ballot (question, participant, id, choices, exhibition, city, place, channel,"
    " origin, seq, cast_at, counted_at, example)"
    f" VALUES (:question, :participant, :id, :choice, {_VOICE}, :seq, :at, :at, false)"
)
_COMMENT = text(
    "INSERT INTO comment (id, exhibit, question, exhibition, city, place, channel, origin,"
    " participant, language, text, status, revision, voice_number, receipt_hash, written_at,"
    " received_at, example)"
    f" VALUES (:id, 'benches', :question, {_VOICE}, :participant, 'en', :text, 'waiting', 1,"
    " :number, :receipt, :at, :at, false)"
)
_TALLY = text(
    "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " SELECT question, origin, city, place, channel, choices, count(*) FROM ballot"
    " GROUP BY question, origin, city, place, channel, choices"
    " UNION ALL SELECT question, origin, city, place, channel, '*', count(*) FROM ballot"
    " GROUP BY question, origin, city, place, channel"
)
_META = text("INSERT INTO meta (name, value) VALUES (:name, :value)")
_KIOSK = text(
    "INSERT INTO kiosk (id, number, name, exhibition, city, place, signing_key, credential_hash,"
    " enrolled_at) VALUES (:id, 1, 'Town hall', 'harbour', 'lindmark', 'Town hall', :key, :hash,"
    " :at)"
)
_FEED = text(
    "INSERT INTO feed (position, kind, exhibition, city, subject, body, created_at)"
    " VALUES (:position, 'release', 'harbour', '', '', :body, :at)"
)
_FEED_HEAD = text("UPDATE feed_head SET position = :position")
_CHANGED = text("INSERT INTO tally_change (question) VALUES (:question)")


def first_schema(connection: Connection) -> None:
    """Make the tables of 0001, inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


def fill_kiosk(connection: Connection) -> None:
    """A touchscreen that took 5,000 messages, of which the hub confirmed 3,000."""
    _fill_voices(connection, BACKLOG)
    sent = [{**row, "sent_at": AT if row["seq"] <= ALREADY_SENT else None} for row in messages()]
    connection.execute(_OUTBOX, sent)
    for name, value in (
        ("outbox-seq", str(BACKLOG)),
        ("hub-epoch", "first life"),
        ("feed-epoch", "first life"),
        ("hub-holds", str(ALREADY_SENT)),
        ("voice-number", str(BACKLOG)),
    ):
        connection.execute(_META, {"name": name, "value": value})
    _fill_feed(connection, 100)


def fill_hub(connection: Connection) -> None:
    """A hub that took in the first 3,000 of them."""
    _fill_voices(connection, ALREADY_SENT)
    taken = [row for row in messages() if row["seq"] <= ALREADY_SENT]
    connection.execute(_INBOX, taken)
    connection.execute(_META, {"name": "epoch", "value": "first life"})
    hash = hashlib.sha256(IDENTITY.credential.encode()).hexdigest()
    enrolled = {"id": IDENTITY.id, "key": IDENTITY.signing_key, "hash": hash, "at": AT}
    connection.execute(_KIOSK, enrolled)
    connection.execute(_CHANGED, {"question": BENCHES})
    _fill_feed(connection, 100)


def messages() -> Iterator[dict[str, Any]]:
    """The 5,000 messages as rows; every tenth is a comment."""
    for seq in range(1, BACKLOG + 1):
        id, body = f"message-{seq}", _body(seq)
        written = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        yield {
            "seq": seq,
            "id": id,
            "kind": "ballot" if seq % 10 else "comment",
            "body": written,
            "hash": hashlib.sha256(written).hexdigest(),
            "origin": IDENTITY.id,
            "at": AT,
        }


def _body(seq: int) -> dict[str, Any]:
    where = {
        "exhibition": "harbour", "city": "lindmark", "place": "Town hall",
        "channel": "touchscreen", "question": BENCHES, "participant": f"visitor {seq}",
    }  # fmt: skip
    if seq % 10:
        return where | {"choices": [_choice(seq)], "cast_at": AT}
    return where | {
        "exhibit": "benches", "text": f"Bench number {seq}.", "language": "en",
        "receipt_hash": f"receipt {seq}", "voice_number": f"1-{seq}", "written_at": AT,
        "example": False,
    }  # fmt: skip


def _choice(seq: int) -> str:
    return ("agree", "disagree", "pass")[seq % 3]


def _fill_voices(connection: Connection, up_to: int) -> None:
    actions.register_questions(connection, harbour(), SUNDAY)
    rows: list[dict[str, Any]] = [
        {
            "seq": seq,
            "id": f"message-{seq}",
            "question": BENCHES,
            "participant": f"visitor {seq}",
            "choice": _choice(seq),
            "origin": IDENTITY.id,
            "text": f"Bench number {seq}.",
            "number": f"1-{seq}",
            "receipt": f"receipt {seq}",
            "at": AT,
        }
        for seq in range(1, up_to + 1)
    ]
    connection.execute(_BALLOT, [row for row in rows if row["seq"] % 10])
    connection.execute(_COMMENT, [row for row in rows if not row["seq"] % 10])
    connection.execute(_TALLY)


def _fill_feed(connection: Connection, count: int) -> None:
    body = json.dumps({"edition": "first", "number": 1})
    rows = [{"position": n, "body": body, "at": AT} for n in range(1, count + 1)]
    connection.execute(_FEED, rows)
    connection.execute(_FEED_HEAD, {"position": count})
