"""The tables of staff and of what each member is appointed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant

_ADD = text(
    "INSERT INTO staff (id, user_name, display_name, password_hash, created_at)"
    " VALUES (:id, :user_name, :display_name, :hash, :now)"
    " ON CONFLICT (user_name) DO NOTHING"
)
_BY_NAME = text(
    "SELECT id, password_hash FROM staff WHERE user_name = :user_name AND disabled_at IS NULL"
)
_BY_ID = text("SELECT id, user_name, display_name, disabled_at FROM staff WHERE id = :id")
_SET_PASSWORD = text("UPDATE staff SET password_hash = :hash WHERE id = :id")
_DISABLE = text("UPDATE staff SET disabled_at = :now WHERE id = :id AND disabled_at IS NULL")
_ENABLE = text("UPDATE staff SET disabled_at = NULL, display_name = :display_name WHERE id = :id")
_DISABLED = text("SELECT id, disabled_at FROM staff WHERE disabled_at IS NOT NULL")
_ANY_BY_NAME = text("SELECT id FROM staff WHERE user_name = :user_name")
_NAMES = text("SELECT id, display_name FROM staff")
_GRANTS = text(
    "SELECT role, exhibition, city, office FROM staff_role WHERE staff = :id"
    " ORDER BY exhibition, city, role"
)
_CLEAR_GRANTS = text("DELETE FROM staff_role WHERE staff = :id")
_GRANT = text(
    "INSERT INTO staff_role (staff, role, exhibition, city, office)"
    " VALUES (:staff, :role, :exhibition, :city, :office)"
)


@dataclass(frozen=True, slots=True)
class Secret:
    """Who a user name belongs to, and the hash of her password."""

    staff: str
    password_hash: str


def add(
    connection: Connection,
    staff: str,
    user_name: str,
    display_name: str,
    password_hash: str,
    now: datetime,
) -> bool:
    """Write a member of staff down; false when the user name is taken."""
    row = {
        "id": staff,
        "user_name": user_name,
        "display_name": display_name,
        "hash": password_hash,
        "now": clock.to_text(now),
    }
    return connection.execute(_ADD, row).rowcount == 1


def secret(connection: Connection, user_name: str) -> Secret | None:
    """Return what is needed to check a password; None for unknown and disabled names."""
    row = connection.execute(_BY_NAME, {"user_name": user_name}).one_or_none()
    return Secret(row.id, row.password_hash) if row else None


def id_of(connection: Connection, user_name: str) -> str | None:
    """Return the id behind a user name, also of someone who is disabled."""
    found = connection.execute(_ANY_BY_NAME, {"user_name": user_name}).scalar()
    return None if found is None else str(found)


def actor(connection: Connection, staff: str) -> Actor | None:
    """Return someone with her grants of this moment; None when she is unknown or disabled."""
    row = connection.execute(_BY_ID, {"id": staff}).one_or_none()
    if row is None or row.disabled_at is not None:
        return None
    grants = tuple(
        Grant(Role(r.role), r.exhibition, r.city, r.office)
        for r in connection.execute(_GRANTS, {"id": staff})
    )
    return Actor(row.id, row.user_name, row.display_name, grants)


def names(connection: Connection) -> dict[str, str]:
    """Return the display name of everyone, by id, also of those who have left."""
    return {row.id: row.display_name for row in connection.execute(_NAMES)}


def set_grants(connection: Connection, staff: str, grants: Sequence[Grant]) -> None:
    """Appoint someone to exactly these roles."""
    connection.execute(_CLEAR_GRANTS, {"id": staff})
    for grant in grants:
        row = {
            "staff": staff,
            "role": str(grant.role),
            "exhibition": grant.exhibition,
            "city": grant.city,
            "office": grant.office,
        }
        connection.execute(_GRANT, row)


def set_password(connection: Connection, staff: str, password_hash: str) -> None:
    """Replace someone's password."""
    connection.execute(_SET_PASSWORD, {"id": staff, "hash": password_hash})


def enable(connection: Connection, staff: str, display_name: str) -> None:
    """Let someone in again, under this name."""
    connection.execute(_ENABLE, {"id": staff, "display_name": display_name})


def disable(connection: Connection, staff: str, now: datetime) -> bool:
    """Keep someone out from now on; false when she was out already."""
    return connection.execute(_DISABLE, {"id": staff, "now": clock.to_text(now)}).rowcount == 1


def disabled(connection: Connection) -> dict[str, str]:
    """Return the moment since when each is out who is kept out, by id."""
    return {row.id: row.disabled_at for row in connection.execute(_DISABLED)}
