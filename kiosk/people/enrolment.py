"""Enrolling a kiosk at the hub, and the identity that the kiosk keeps of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import Conflict, Forbidden, InvalidText, NotFound
from kiosk.messaging import heads
from kiosk.people import admissions, kiosk_store, secret_file
from kiosk.people.kiosk_store import Kiosk

HUB_NUMBER = 0
"""The number in codes that the hub itself signs: posters, receipts of phones."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a kiosk knows of itself; *credential* and *signing_key* are secrets (hexadecimal)."""

    id: str
    number: int
    name: str
    exhibition: str
    city: str
    place: str
    signing_key: str
    credential: str

    @property
    def key(self) -> bytes:
        """The bytes that sign its codes."""
        return bytes.fromhex(self.signing_key)


def enrol(
    connection: Connection,
    name: str,
    exhibition: str,
    city: str,
    place: str,
    now: datetime,
    *,
    kiosk: str = "",
    credential: str = "",
) -> Identity:
    """Enrol a kiosk at the hub and return its identity; the hub keeps only the credential's hash.

    Its id and credential are new unless they are given.

    Raises:
        InvalidText: the name is empty.
    """
    if not name.strip():
        raise InvalidText("A kiosk needs a name.", "Name it after its spot, such as 'Town hall'.")
    credential = credential or ids.secret(32).hex()
    identity = Identity(
        id=kiosk or ids.new_id(),
        number=kiosk_store.next_number(connection),
        name=name.strip(),
        exhibition=exhibition,
        city=city,
        place=place.strip() or name.strip(),
        signing_key=ids.secret(32).hex(),
        credential=credential,
    )
    _add(connection, _row(identity, now))
    return identity


def _add(connection: Connection, kiosk: Kiosk) -> None:
    """Write a kiosk down where a restore cannot undo it, and in the table."""
    admissions.enrolled(connection, kiosk)
    kiosk_store.add(connection, kiosk)


def revoke(connection: Connection, kiosk: str, now: datetime) -> bool:
    """Shut a kiosk out: its credential and its codes are worth nothing from now on.

    What it sent stays. False when it was shut out before.

    Raises:
        NotFound: there is no such kiosk.
        Unavailable: it cannot be written down; nothing changed.
    """
    found = next((k for k in kiosk_store.everyone(connection) if k.id == kiosk), None)
    if found is None:
        raise NotFound("This kiosk is not known here.", "Look at the list of kiosks again.")
    if found.revoked_at is not None:
        return False
    admissions.revoked(connection, kiosk, now)
    return kiosk_store.revoke(connection, kiosk, now)


def _row(identity: Identity, now: datetime) -> Kiosk:
    """Return what the hub keeps of an identity."""
    row = asdict(identity)
    credential = row.pop("credential")
    return Kiosk(**row, credential_hash=ids.digest(credential), enrolled_at=now)


def identity_of(kiosk: Kiosk, credential: str) -> Identity:
    """Return the identity that a kiosk was given, with the *credential* that it alone knows."""
    return Identity(
        id=kiosk.id,
        number=kiosk.number,
        name=kiosk.name,
        exhibition=kiosk.exhibition,
        city=kiosk.city,
        place=kiosk.place,
        signing_key=kiosk.signing_key,
        credential=credential,
    )


def admit_again(connection: Connection, identity: Identity, now: datetime) -> bool:
    """Let a kiosk in that this hub was restored without; false when it knows it already.

    Raises:
        Conflict: another kiosk has its number by now.
    """
    kiosks = kiosk_store.everyone(connection)
    if any(kiosk.id == identity.id for kiosk in kiosks):
        return False
    if any(kiosk.number == identity.number for kiosk in kiosks):
        raise Conflict(
            "Another kiosk has the number {number} by now.",
            "Enrol it as a new one: what it has not sent stays on it.",
            number=identity.number,
        )
    _add(connection, _row(identity, now))
    return True


def authenticate(connection: Connection, credential: str) -> Kiosk:
    """Return the kiosk that this credential was given to.

    Raises:
        Forbidden: nobody has it, or it was revoked.
    """
    kiosk = kiosk_store.by_credential(connection, ids.digest(credential))
    if kiosk is None:
        raise Forbidden("This kiosk is not enrolled.", "Enrol it again with `kiosk enrol NAME`.")
    return kiosk


def hub_key(connection: Connection) -> bytes:
    """Return the hub's own signing key, made once; call it in a write transaction."""
    return bytes.fromhex(heads.keep_first(connection, "hub-key", ids.secret(32).hex()))


def write_identity(path: Path, identity: Identity) -> None:
    """Write the file that tells a kiosk who it is; it holds secrets, so only its owner reads it.

    Raises:
        Unavailable: it cannot be written.
    """
    secret_file.write(path, msgspec.json.format(msgspec.json.encode(identity), indent=2))


def read_identity(path: Path) -> Identity:
    """Read what :func:`write_identity` wrote.

    Raises:
        NotFound: there is no such file, or it is no identity.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Identity)
    except (OSError, msgspec.MsgspecError, UnicodeError) as error:
        raise NotFound(
            "This screen does not know who it is: {path} is missing or damaged.",
            "Run `kiosk enrol NAME --to FILE` at the hub and put the file there.",
            path=path,
        ) from error
