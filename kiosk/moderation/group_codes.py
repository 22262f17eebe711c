"""What staff do with facilitators' codes: make one, take one back; logged, and told to kiosks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk import clock, ids
from kiosk.errors import Conflict, InvalidText, NotFound
from kiosk.messaging import feed_store
from kiosk.moderation import decision_store
from kiosk.moderation.decision_store import Judged
from kiosk.people import group_code_store
from kiosk.people.group_code_store import GroupCode
from kiosk.people.group_codes import Fresh
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor

MADE, REVOKED = "make-group-code", "revoke-group-code"
ACTIONS = frozenset({MADE, REVOKED})
"""What the log says of codes; what it names there is whom a code is for."""

FEED = "group-code"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a code is for, in which city (empty: every one), and for how long."""

    name: str
    city: str
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Made:
    """A new code as it is shown, once: its digits, and until when they are good."""

    code: str
    name: str
    expires_at: datetime


def make(
    connection: Connection,
    fresh: Fresh,
    wanted: Wanted,
    staff: Actor,
    exhibition: str,
    now: datetime,
) -> Made:
    """Let a *fresh* code in; the hub keeps its hash alone, and tells it to the kiosks.

    Raises:
        Forbidden: she may not in this city.
        InvalidText: it is not said whom the code is for.
    """
    grant = staff.require(Permission.HOST_GROUPS, exhibition, wanted.city)
    named = wanted.name.strip()[:LONGEST_NAME]
    if not named:
        raise InvalidText("Say whom the code is for.", "Write “Class 4b”, or “Council of May”.")
    code = GroupCode(
        id=ids.new_id(),
        code_hash=fresh.hash,
        exhibition=exhibition,
        city=wanted.city,
        expires_at=now + wanted.lasts,
        name=named,
        made_by=staff.id,
        made_at=now,
    )
    group_code_store.keep(connection, code)
    _tell(connection, code, now)
    about = Judged(f"code:{named}", exhibition, wanted.city, named)
    decision_store.append(connection, about, MADE, staff.id, grant.role, now)
    return Made(fresh.digits, named, code.expires_at)


def revoke(connection: Connection, code: str, staff: Actor, now: datetime) -> GroupCode:
    """Take a code back: no kiosk that hears of it opens group mode by it any more.

    Raises:
        NotFound: there is no such code.
        Forbidden: she may not in its city.
        Conflict: it was taken back before.
    """
    found = group_code_store.get(connection, code)
    if found is None:
        raise NotFound("This code is not known here.", "Look at the list again.")
    grant = staff.require(Permission.HOST_GROUPS, found.exhibition, found.city)
    revoked = group_code_store.revoke(connection, code, now)
    if revoked is None:
        raise Conflict("This code was taken back already.", "Nothing more is to be done.")
    _tell(connection, revoked, now)
    about = Judged(f"code:{found.name}", found.exhibition, found.city, found.name)
    decision_store.append(connection, about, REVOKED, staff.id, grant.role, now)
    return revoked


def _tell(connection: Connection, code: GroupCode, now: datetime) -> None:
    body = {
        "id": code.id,
        "state": "revoked" if code.revoked_at else "good",
        "hash": code.code_hash,
        "city": code.city,
        "expires_at": clock.to_text(code.expires_at),
    }
    feed_store.append(connection, FEED, code.exhibition, code.city, body, now, subject=code.id)
