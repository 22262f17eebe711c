"""What a kiosk keeps only as a copy of the hub's: others' voices, answers, the wanted edition."""

from __future__ import annotations

from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.messaging import heads
from kiosk.messaging.feed_store import Entry
from kiosk.sync import bodies
from kiosk.voice import answer_store

_WANTED = text("SELECT name, value FROM meta WHERE name LIKE 'wanted-edition:%'")
_FORGET = (
    text("DELETE FROM comment WHERE receipt_hash LIKE 'mirror:%'"),
    text("DELETE FROM answer_comment"),
    text("DELETE FROM official_answer"),
)
_SHOW_ANSWER = text(
    "INSERT INTO official_answer (id, exhibition, city, language, text, state, author, office,"
    " created_at, released_at, corrected_at, revision, example)"
    " VALUES (:id, :exhibition, :city, :language, :text, 'released', :author, :office,"
    " :released_at, :released_at, :corrected_at, 1, :example)"
    " ON CONFLICT (id) DO UPDATE SET text = excluded.text, language = excluded.language,"
    " author = excluded.author, office = excluded.office, state = 'released',"
    " released_at = excluded.released_at, corrected_at = excluded.corrected_at"
)
_HIDE_ANSWER = text("DELETE FROM official_answer WHERE id = :id")


def want(connection: Connection, exhibition: str, edition: str) -> None:
    """Note the edition to fetch and show."""
    heads.write(connection, f"wanted-edition:{exhibition}", edition)


def wanted(connection: Connection) -> dict[str, str]:
    """Return the wanted edition by exhibition."""
    rows = connection.execute(_WANTED)
    return {row.name.split(":", 1)[1]: row.value for row in rows}


def answer(connection: Connection, entry: Entry) -> None:
    """Show, replace or hide an official answer."""
    body = entry.body
    if body["state"] != "released":
        connection.execute(_HIDE_ANSWER, {"id": body["id"]})
        answer_store.link(connection, body["id"], ())
        return
    public = bodies.public_answer(body)
    connection.execute(
        _SHOW_ANSWER,
        {
            "id": public.id,
            "exhibition": entry.exhibition,
            "city": public.city,
            "language": public.language,
            "text": public.text,
            "author": public.author,
            "office": public.office,
            "released_at": clock.to_text(public.released_at),
            "corrected_at": clock.to_text(public.corrected_at) if public.corrected_at else None,
            "example": bool(body.get("example", False)),
        },
    )
    answer_store.link(connection, public.id, body["comments"])


def forget(connection: Connection) -> None:
    """Drop every copy of the hub's voices and answers."""
    for statement in _FORGET:
        connection.execute(statement)
