"""What happens to editions in one transaction: kept with a number, released, rolled back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import Conflict, NotFound
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition, Manifest, edition_id
from kiosk.messaging import feed_store


def keep(
    connection: Connection, exhibition: str, manifest: Manifest, by: str, now: datetime, note: str
) -> Edition:
    """Return the edition of these files: the one that has them already, or a new one."""
    made = edition_id(manifest)
    known = edition_store.get(connection, made)
    if known is not None:
        return known
    number = edition_store.next_number(connection, exhibition)
    edition = Edition(made, exhibition, number, manifest, now, by, note)
    edition_store.keep(connection, edition)
    return edition


def release(connection: Connection, edition: Edition, by: str, now: datetime) -> None:
    """Make an edition the current one, and tell all kiosks by the feed.

    In the feed a release takes the place of the one before it: a new kiosk fetches only the
    edition that counts.
    """
    edition_store.release(connection, edition, by, now)
    body = {"edition": edition.id, "exhibition": edition.exhibition, "number": edition.number}
    feed_store.append(
        connection, "release", edition.exhibition, "", body, now, subject=edition.exhibition
    )


def must_be_current(connection: Connection, exhibition: str, edition: str) -> None:
    """Raise unless *edition* (empty: none) is still the current one.

    Raises:
        Conflict: somebody else released meanwhile.
    """
    current = edition_store.current(connection, exhibition)
    if (current.id if current else "") != edition:
        raise Conflict(
            "Somebody else has published meanwhile.", "Look at the new edition, then publish again."
        )


def to_roll_back_to(connection: Connection, exhibition: str, edition: str = "") -> Edition:
    """Return the edition that a rollback would release: a named one, or the one before.

    Raises:
        NotFound: there is no such edition, or none before the current one.
    """
    current = edition_store.current(connection, exhibition)
    if current is None:
        raise NotFound(
            "Nothing of “{exhibition}” was ever published.",
            "Check the exhibition's id, or publish it first.",
            exhibition=exhibition,
        )
    wanted = edition_store.get(connection, edition) if edition else None
    found = wanted if edition else edition_store.before(connection, current)
    if found is None or found.exhibition != exhibition:
        raise NotFound(
            "There is no edition to go back to.",
            "The desk lists the editions that there are.",
        )
    return found
