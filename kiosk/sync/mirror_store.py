"""What a kiosk keeps only as a copy of the hub's: others' voices, answers, the wanted edition."""

from __future__ import annotations

from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.messaging import heads
from kiosk.messaging.feed_entry import Entry
from kiosk.people import group_code_store
from kiosk.people.group_code_store import GroupCode
from kiosk.sync import bodies
from kiosk.voice import answer_store, group_store, support_store

_WANTED = text("SELECT name, value FROM meta WHERE name LIKE 'wanted-edition:%'")
_FORGET = (
    text("DELETE FROM comment WHERE receipt_hash LIKE 'mirror:%'"),
    text("UPDATE comment SET status = 'waiting' WHERE status = 'published'"),
    text("DELETE FROM answer_comment"),
    text("DELETE FROM official_answer"),
    text("DELETE FROM meta WHERE name LIKE 'wanted-edition:%'"),
)
_FORGET_TALLIES = text("DELETE FROM tally WHERE origin <> :own")
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


def group_code(connection: Connection, entry: Entry) -> None:
    """Keep a facilitator's code as the hub tells it, so that it opens group mode offline too."""
    body = entry.body
    expires_at = clock.from_text(body["expires_at"])
    revoked_at = None if body["state"] == "good" else expires_at
    code = GroupCode(
        id=body["id"],
        code_hash=body["hash"],
        exhibition=entry.exhibition,
        city=body["city"],
        expires_at=expires_at,
        revoked_at=revoked_at,
    )
    group_code_store.keep(connection, code)


def forget(connection: Connection, own_origin: str) -> None:
    """Drop every copy of the hub's voices, answers and tallies; what was said here stays, unshown.

    An edition that is here stays on show until the feed names another.
    """
    for statement in _FORGET:
        connection.execute(statement)
    connection.execute(_FORGET_TALLIES, {"own": own_origin})
    support_store.forget_others(connection, own_origin)
    group_store.forget_others(connection)
    group_code_store.forget(connection)
