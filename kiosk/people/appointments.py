"""Appoints staff: makes an account with roles, gives a new password, takes an account away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import InvalidText, NotFound
from kiosk.people import admissions, staff_session_store, staff_store
from kiosk.people.passwords import hash_password
from kiosk.people.staff import Grant

_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")


def appoint(
    connection: Connection,
    user_name: str,
    display_name: str,
    password: str,
    grants: Sequence[Grant],
    now: datetime,
) -> str:
    """Make the account, or give the one of this name a new password and these roles; return its id.

    Whoever was logged in under it is logged out.

    Raises:
        InvalidText: the user name or the password cannot be used.
    """
    if not _USER_NAME.fullmatch(user_name):
        raise InvalidText(
            "{name!r} cannot be a user name.",
            "Use 2 to 64 of a–z, 0–9, dot, hyphen, underscore.",
            name=user_name,
        )
    hashed = hash_password(password)
    staff_store.add(connection, ids.new_id(), user_name, display_name, hashed, now)
    staff = staff_store.id_of(connection, user_name)
    assert staff is not None
    if staff in staff_store.disabled(connection):
        admissions.appointed(connection, staff, now)
    staff_store.enable(connection, staff, display_name)
    staff_store.set_password(connection, staff, hashed)
    staff_store.set_grants(connection, staff, grants)
    staff_session_store.end_all(connection, staff)
    return staff


def dismiss(connection: Connection, user_name: str, now: datetime) -> None:
    """Disable an account and end its sessions; its decisions keep their author.

    Raises:
        NotFound: nobody has this user name.
    """
    staff = staff_store.id_of(connection, user_name)
    if staff is None:
        raise NotFound("Nobody has the user name {name}.", "Check its spelling.", name=user_name)
    admissions.dismissed(connection, staff, now)
    staff_store.disable(connection, staff, now)
    staff_session_store.end_all(connection, staff)
