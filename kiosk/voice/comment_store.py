"""The table of comments; published ones leave it through one public view only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.database.forgetting import forget
from kiosk.voice.comment import KEPT_FOR, Comment, NewComment, PublicComment, Status
from kiosk.voice.place import Place

_ADD = text(
    "INSERT INTO comment (id, exhibit, question, exhibition, city, place, channel, origin,"
    " participant, language, text, status, revision, voice_number, receipt_hash, written_at,"
    " received_at, delete_after, example)"
    " VALUES (:id, :exhibit, :question, :exhibition, :city, :place, :channel, :origin,"
    " :participant, :language, :text, 'waiting', 1, :voice_number, :receipt_hash, :written_at,"
    " :now, :delete_after, :example) ON CONFLICT (id) DO NOTHING"
)
# What was erased or taken back here stays so, though a hub that has yet to hear of it shows it.
_MIRROR = text(
    "INSERT INTO comment (id, exhibit, question, exhibition, city, place, channel, origin,"
    " participant, language, text, status, revision, voice_number, receipt_hash, written_at,"
    " received_at, published_at, example)"
    " VALUES (:id, :exhibit, :question, :exhibition, :city, :place, :channel, 'hub',"
    " '', :language, :text, 'published', 1, :voice_number, 'mirror:' || :id, :published_at,"
    " :published_at, :published_at, :example)"
    " ON CONFLICT (id) DO UPDATE SET status = 'published', text = excluded.text,"
    " language = excluded.language, published_at = excluded.published_at"
    " WHERE comment.status <> 'erased'"
    " AND NOT (comment.status = 'withdrawn' AND comment.origin <> 'hub')"
)
_BY_ID = text("SELECT * FROM comment WHERE id = :id")
_BY_RECEIPT = text("SELECT * FROM comment WHERE receipt_hash = :hash")
_BY_NUMBER = text("SELECT * FROM comment WHERE voice_number = :number")
_SET_STATUS = text(
    "UPDATE comment SET status = :status, revision = revision + 1, hold_until = :hold_until,"
    " published_at = :published_at, ground = :ground, ground_note = :note"
    " WHERE id = :id AND revision = :revision"
)
_EMPTY = text(
    "UPDATE comment SET text = '', participant = '', ground_note = '', status = :status,"
    " revision = revision + 1, delete_after = NULL WHERE id = :id"
)
_FORGET = text(
    "UPDATE comment SET text = '', status = :status WHERE id = :id AND status <> 'erased'"
)
# The held ones are found by the index of each exhibition: the desk looks twice a second, and a
# search through every comment would take longer with each that was ever written.
_HELD = (
    " comment WHERE status = 'held' AND exhibition IN (WITH RECURSIVE shown (exhibition) AS ("
    "SELECT min(exhibition) FROM comment UNION ALL SELECT (SELECT min(exhibition) FROM comment"
    " WHERE comment.exhibition > shown.exhibition) FROM shown WHERE shown.exhibition IS NOT NULL)"
    " SELECT exhibition FROM shown)"
)
_DUE = text("SELECT * FROM" + _HELD + " AND hold_until <= :now ORDER BY hold_until")
_NEXT_DUE = text("SELECT min(hold_until) FROM" + _HELD)
_TO_DELETE = text("SELECT id FROM comment WHERE delete_after <= :now LIMIT 500")
_DATE_ANEW = text("UPDATE comment SET delete_after = :until WHERE delete_after < :possible")
_OWN_NUMBERS = text(
    "SELECT voice_number FROM comment WHERE origin <> 'hub' AND voice_number LIKE '%-%'"
)
_PUBLIC_COLUMNS = (
    "SELECT id, exhibition, exhibit, question, city, place, channel, language, text,"
    " published_at, voice_number, example FROM comment WHERE status = 'published'"
)
_PUBLIC = text(
    _PUBLIC_COLUMNS + " AND exhibition = :exhibition"
    " AND (published_at < :before_at OR (published_at = :before_at AND id < :before_id))"
    " ORDER BY published_at DESC, id DESC LIMIT :most"
)
_PUBLIC_OF_EXHIBIT = text(
    _PUBLIC_COLUMNS + " AND exhibition = :exhibition AND exhibit = :exhibit"
    " AND (published_at < :before_at OR (published_at = :before_at AND id < :before_id))"
    " ORDER BY published_at DESC, id DESC LIMIT :most"
)
_PUBLIC_ONE = text(_PUBLIC_COLUMNS + " AND id = :id")
_COUNTS = text(
    "SELECT exhibit, count(*) AS voices FROM comment"
    " WHERE exhibition = :exhibition AND status = 'published' GROUP BY exhibit"
)
_END_OF_TIME = "9999"


def add(connection: Connection, new: NewComment, now: datetime) -> bool:
    """Write a comment down as waiting; false when this id is there already."""
    row = {
        **new.place.as_row(),
        "id": new.id,
        "exhibit": new.exhibit,
        "question": new.question,
        "participant": new.participant,
        "language": new.language,
        "text": new.text,
        "voice_number": new.voice_number,
        "receipt_hash": new.receipt_hash,
        "written_at": clock.to_text(new.written_at),
        "now": clock.to_text(now),
        "delete_after": clock.to_text(now + KEPT_FOR),
        "example": new.example,
    }
    return connection.execute(_ADD, row).rowcount == 1


def mirror(connection: Connection, public: PublicComment) -> None:
    """At a kiosk: take a published comment from the feed; its own keeps what only it knows."""
    connection.execute(
        _MIRROR,
        {
            "id": public.id,
            "exhibit": public.exhibit,
            "question": public.question,
            "exhibition": public.exhibition,
            "city": public.city,
            "place": public.place,
            "channel": public.channel,
            "language": public.language,
            "text": public.text,
            "voice_number": public.voice_number,
            "published_at": clock.to_text(public.published_at),
            "example": public.example,
        },
    )


def get(connection: Connection, comment: str) -> Comment | None:
    """Return a comment in whatever state it is."""
    return _one(connection.execute(_BY_ID, {"id": comment}).one_or_none())


def by_receipt(connection: Connection, receipt_hash: str) -> Comment | None:
    """Return the comment that this receipt was given for."""
    return _one(connection.execute(_BY_RECEIPT, {"hash": receipt_hash}).one_or_none())


def by_voice_number(connection: Connection, number: str) -> Comment | None:
    """Return the comment with this public number."""
    return _one(connection.execute(_BY_NUMBER, {"number": number}).first())


def set_status(
    connection: Connection,
    comment: Comment,
    status: Status,
    *,
    hold_until: datetime | None = None,
    published_at: datetime | None = None,
    ground: str = "",
    note: str = "",
) -> bool:
    """Move a comment on from the revision that was read; false when it changed meanwhile."""
    row = {
        "id": comment.id,
        "revision": comment.revision,
        "status": str(status),
        "hold_until": clock.to_text(hold_until) if hold_until else None,
        "published_at": clock.to_text(published_at) if published_at else None,
        "ground": ground,
        "note": note,
    }
    return connection.execute(_SET_STATUS, row).rowcount == 1


def empty(connection: Connection, comment: str, status: Status) -> None:
    """Destroy a comment's text and its author's identifier."""
    connection.execute(_EMPTY, {"id": comment, "status": str(status)})
    forget(connection)


def mark(connection: Connection, comment: str, status: Status) -> None:
    """At a kiosk: a comment is no longer public; its text goes from this device too."""
    connection.execute(_FORGET, {"id": comment, "status": str(status)})
    forget(connection)


def due(connection: Connection, now: datetime) -> list[Comment]:
    """Return the approved comments whose hold is over."""
    rows = connection.execute(_DUE, {"now": clock.to_text(now)})
    return [_comment(row) for row in rows]


def next_due(connection: Connection) -> datetime | None:
    """Return when the hold of the first approved comment ends; None while none is held."""
    at = connection.execute(_NEXT_DUE).scalar()
    return clock.from_text(at) if at else None


def to_delete(connection: Connection, now: datetime) -> list[str]:
    """Return ids of comments whose deletion date has come (at most 500 at a time)."""
    return list(connection.execute(_TO_DELETE, {"now": clock.to_text(now)}).scalars())


def own_numbers(connection: Connection) -> list[str]:
    """Return the public numbers of the voices that came in here."""
    return list(connection.execute(_OWN_NUMBERS).scalars())


def date_anew(connection: Connection, first: datetime, now: datetime) -> None:
    """Let comments kept as if from before *first* be deleted as if they were written *now*."""
    row = {"possible": clock.to_text(first + KEPT_FOR), "until": clock.to_text(now + KEPT_FOR)}
    connection.execute(_DATE_ANEW, row)


def public(
    connection: Connection,
    exhibition: str,
    exhibit: str = "",
    *,
    most: int = 20,
    before: PublicComment | None = None,
) -> list[PublicComment]:
    """Return published comments, newest first; *before* is the last one of the page before."""
    where = {
        "exhibition": exhibition,
        "exhibit": exhibit,
        "before_at": clock.to_text(before.published_at) if before else _END_OF_TIME,
        "before_id": before.id if before else "",
        "most": most,
    }
    if not exhibit:
        del where["exhibit"]
    statement = _PUBLIC_OF_EXHIBIT if exhibit else _PUBLIC
    return [read_public(row) for row in connection.execute(statement, where)]


def public_one(connection: Connection, comment: str) -> PublicComment | None:
    """Return one comment if it is published."""
    row = connection.execute(_PUBLIC_ONE, {"id": comment}).one_or_none()
    return read_public(row) if row else None


def public_counts(connection: Connection, exhibition: str) -> dict[str, int]:
    """Return how many comments are published on each exhibit that has any."""
    rows = connection.execute(_COUNTS, {"exhibition": exhibition})
    return {row.exhibit: int(row.voices) for row in rows}


def read_public(row: Row[Any]) -> PublicComment:
    """Read the public columns of a row, also for stores that look through comments otherwise."""
    return PublicComment(
        id=row.id,
        exhibition=row.exhibition,
        exhibit=row.exhibit,
        question=row.question,
        city=row.city,
        place=row.place,
        channel=row.channel,
        language=row.language,
        text=row.text,
        published_at=clock.from_text(row.published_at),
        voice_number=row.voice_number,
        example=bool(row.example),
    )


def _one(row: Row[Any] | None) -> Comment | None:
    return _comment(row) if row is not None else None


def comments(rows: Sequence[Row[Any]]) -> list[Comment]:
    """Read whole rows of the table, for stores of other floors that select from it."""
    return [_comment(row) for row in rows]


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        id=row.id,
        exhibit=row.exhibit,
        question=row.question,
        place=Place(row.exhibition, row.city, row.place, row.channel, row.origin),
        participant=row.participant,
        language=row.language,
        text=row.text,
        status=Status(row.status),
        revision=row.revision,
        voice_number=row.voice_number,
        written_at=clock.from_text(row.written_at),
        received_at=clock.from_text(row.received_at),
        hold_until=clock.from_text(row.hold_until) if row.hold_until else None,
        published_at=clock.from_text(row.published_at) if row.published_at else None,
        ground=row.ground,
        ground_note=row.ground_note,
        example=bool(row.example),
    )
