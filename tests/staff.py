"""The people who work at the desk in the stories, and the comments that they judge."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk import ids
from kiosk.moderation import actions
from kiosk.people import appointments, staff_store
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.voice.comment import Comment, NewComment
from kiosk.voice.place import Place
from tests.world import LIBRARY, LINDMARK, PORT_AUBIER, SUNDAY, TOWN_HALL

PASSWORD = "correct-horse-battery"

STAFF: dict[str, tuple[str, Grant]] = {
    "meera": ("Meera Nair", Grant(Role.MODERATOR, "harbour", LINDMARK)),
    "pavel": ("Pavel Novak", Grant(Role.MODERATOR, "harbour", LINDMARK)),
    "noor": ("Noor Haddad", Grant(Role.MODERATOR, "harbour", PORT_AUBIER)),
    "odile": ("Odile Roy", Grant(Role.OFFICE, "harbour", LINDMARK, "Mayor’s office")),
    "maren": ("Maren Lund", Grant(Role.MAYOR, "harbour", LINDMARK, "Mayor of Lindmark")),
    "edda": ("Edda Weiss", Grant(Role.EDITOR, "harbour")),
    "otto": ("Otto Brandt", Grant(Role.OPERATOR)),
    "alma": ("Alma Sanz", Grant(Role.ADMIN)),
}
"""User name → display name and grant. Meera and Pavel share Lindmark's queue."""


def appoint_everyone(connection: Connection, *names: str) -> dict[str, Actor]:
    """Make the accounts of these people, or of all, and return them as actors."""
    found = {}
    for name in names or STAFF:
        display_name, grant = STAFF[name]
        staff = appointments.appoint(connection, name, display_name, PASSWORD, [grant], SUNDAY)
        actor = staff_store.actor(connection, staff)
        assert actor is not None
        found[name] = actor
    return found


def writes(
    connection: Connection,
    text: str,
    place: Place = TOWN_HALL,
    now: datetime = SUNDAY,
    *,
    language: str = "en",
    exhibit: str = "benches",
    example: bool = False,
    id: str = "",
) -> Comment:
    """A resident's comment arrives in the queue."""
    id = id or ids.new_id()
    kept = actions.receive(
        connection,
        NewComment(
            id=id,
            exhibit=exhibit,
            text=text,
            language=language,
            participant=ids.digest(id),
            receipt_hash=ids.digest("receipt" + id),
            voice_number=f"7-{id[-5:]}",
            place=place,
            written_at=now,
            example=example,
        ),
        now,
    )
    assert kept is not None
    return kept


__all__ = ["LIBRARY", "PASSWORD", "STAFF", "appoint_everyone", "writes"]
