"""Enrolling by a code: made at the desk for one place, typed once at the machine there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import InvalidText, InvalidToken
from kiosk.people import enrolment, enrolment_code_store, kiosk_store
from kiosk.people.enrolment import Identity
from kiosk.people.enrolment_code_store import EnrolmentCode

LASTS = timedelta(minutes=30)
"""From the desk to the machine."""

_OCTETS = 8
"""Thirteen characters to type; nobody guesses one of 10¹⁹ in half an hour."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new code as it is shown, once: *text* to type, until *expires_at*."""

    text: str
    expires_at: datetime


def make(
    connection: Connection,
    by: str,
    name: str,
    exhibition: str,
    city: str,
    place: str,
    now: datetime,
) -> Made:
    """Make a code for a place; the hub keeps its hash alone.

    Raises:
        InvalidText: the name is empty.
    """
    if not name.strip():
        raise InvalidText("A kiosk needs a name.", "Name it after its spot, such as 'Town hall'.")
    code = ids.to_code(ids.secret(_OCTETS))
    made = EnrolmentCode(
        id=ids.new_id(),
        code_hash=ids.digest(code),
        name=name.strip(),
        exhibition=exhibition,
        city=city,
        place=place.strip() or name.strip(),
        made_by=by,
        made_at=now,
        expires_at=now + LASTS,
    )
    enrolment_code_store.add(connection, made)
    return Made(ids.grouped(code), made.expires_at)


def redeem(connection: Connection, code: str, credential: str, now: datetime) -> Identity:
    """Enrol the machine that typed *code* and made *credential* (64 hexadecimal digits) itself.

    The same machine asking again, since the answer was lost, gets the same identity.

    Raises:
        InvalidToken: the code is unknown, used by another machine, or expired.
    """
    kept = ids.digest(ids.tidy_code(code))
    known = kiosk_store.by_credential(connection, ids.digest(credential))
    before = enrolment_code_store.by_hash(connection, kept)
    if known is not None and before is not None and before.kiosk == known.id:
        return enrolment.identity_of(known, credential)
    kiosk = ids.new_id()
    found = enrolment_code_store.use(connection, kept, kiosk, now)
    if found is None or known is not None:
        raise unknown_code()
    return enrolment.enrol(
        connection,
        found.name,
        found.exhibition,
        found.city,
        found.place,
        now,
        kiosk=kiosk,
        credential=credential,
    )


def is_known(connection: Connection, code: str) -> bool:
    """Whether there ever was such a code, used and expired ones too."""
    return enrolment_code_store.by_hash(connection, ids.digest(ids.tidy_code(code))) is not None


def unknown_code() -> InvalidToken:
    """Return the refusal of a code, the same whatever is wrong with it."""
    return InvalidToken(
        "This code is unknown, used or expired.", "Have a new one made at the desk."
    )
