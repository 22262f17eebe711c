"""The tables ``edition`` and ``release``: what was frozen, and what was released in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.exhibition.edition import Edition, manifest_text, read_manifest
from kiosk.messaging import heads

_KEEP = text(
    "INSERT INTO edition (id, exhibition, number, manifest, created_at, created_by, note)"
    " VALUES (:id, :exhibition, :number, :manifest, :created_at, :created_by, :note)"
    " ON CONFLICT (id) DO NOTHING"
)
_GET = text("SELECT * FROM edition WHERE id = :id")
_OF_EXHIBITION = text("SELECT * FROM edition WHERE exhibition = :exhibition ORDER BY number DESC")
_RELEASE = text(
    "INSERT INTO release (exhibition, position, edition, released_at, released_by)"
    " VALUES (:exhibition, :position, :edition, :released_at, :released_by)"
)
_CURRENT = text(
    "SELECT edition.* FROM edition JOIN release ON release.edition = edition.id"
    " WHERE release.exhibition = :exhibition ORDER BY release.position DESC LIMIT 1"
)
_BEFORE = text(
    "SELECT * FROM edition WHERE exhibition = :exhibition AND number < :number"
    " AND id IN (SELECT edition FROM release WHERE exhibition = :exhibition)"
    " ORDER BY number DESC LIMIT 1"
)
_RELEASES = text(
    "SELECT release.*, edition.number FROM release JOIN edition ON edition.id = release.edition"
    " WHERE release.exhibition = :exhibition ORDER BY release.position DESC LIMIT :most"
)
_EVERY = text("SELECT * FROM edition ORDER BY created_at, id")
_EXHIBITIONS = text("SELECT DISTINCT exhibition FROM release ORDER BY exhibition")


@dataclass(frozen=True, slots=True)
class Release:
    """One release of an edition; *position* counts an exhibition's releases from 1."""

    exhibition: str
    position: int
    edition: str
    number: int
    released_at: datetime
    released_by: str


def next_number(connection: Connection, exhibition: str) -> int:
    """Return the number of an exhibition's next edition, from 1."""
    return heads.advance(connection, f"edition-number/{exhibition}")


def keep(connection: Connection, edition: Edition) -> None:
    """Write an edition down; one that is there already stays as it is."""
    connection.execute(
        _KEEP,
        {
            "id": edition.id,
            "exhibition": edition.exhibition,
            "number": edition.number,
            "manifest": manifest_text(edition.manifest),
            "created_at": clock.to_text(edition.created_at),
            "created_by": edition.created_by,
            "note": edition.note,
        },
    )


def get(connection: Connection, edition: str) -> Edition | None:
    """Return an edition, or None."""
    row = connection.execute(_GET, {"id": edition}).one_or_none()
    return _edition(row) if row else None


def everything(connection: Connection) -> list[Edition]:
    """Return every edition of every exhibition, oldest first."""
    return [_edition(row) for row in connection.execute(_EVERY)]


def of_exhibition(connection: Connection, exhibition: str) -> list[Edition]:
    """Return all editions of an exhibition, the newest first."""
    rows = connection.execute(_OF_EXHIBITION, {"exhibition": exhibition})
    return [_edition(row) for row in rows]


def release(connection: Connection, edition: Edition, by: str, now: datetime) -> int:
    """Make an edition the current one of its exhibition; return the release's position."""
    position = heads.advance(connection, f"release/{edition.exhibition}")
    connection.execute(
        _RELEASE,
        {
            "exhibition": edition.exhibition,
            "position": position,
            "edition": edition.id,
            "released_at": clock.to_text(now),
            "released_by": by,
        },
    )
    return position


def current(connection: Connection, exhibition: str) -> Edition | None:
    """Return the edition released last, or None before any was."""
    row = connection.execute(_CURRENT, {"exhibition": exhibition}).one_or_none()
    return _edition(row) if row else None


def all_current(connection: Connection) -> list[Edition]:
    """Return the current edition of every exhibition, by the exhibition's id."""
    found = (current(connection, row.exhibition) for row in connection.execute(_EXHIBITIONS))
    return [edition for edition in found if edition]


def before(connection: Connection, edition: Edition) -> Edition | None:
    """Return the newest edition older than this one that was ever released, or None."""
    row = connection.execute(
        _BEFORE, {"exhibition": edition.exhibition, "number": edition.number}
    ).one_or_none()
    return _edition(row) if row else None


def releases(connection: Connection, exhibition: str, most: int = 50) -> list[Release]:
    """Return an exhibition's last releases, the newest first."""
    rows = connection.execute(_RELEASES, {"exhibition": exhibition, "most": most})
    return [
        Release(
            exhibition=row.exhibition,
            position=row.position,
            edition=row.edition,
            number=row.number,
            released_at=clock.from_text(row.released_at),
            released_by=row.released_by,
        )
        for row in rows
    ]


def _edition(row: Row[tuple[object, ...]]) -> Edition:
    return Edition(
        id=row.id,
        exhibition=row.exhibition,
        number=row.number,
        manifest=read_manifest(row.manifest),
        created_at=clock.from_text(row.created_at),
        created_by=row.created_by,
        note=row.note,
    )
