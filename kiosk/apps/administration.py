"""What operators do at the command line: publish, enrol, appoint staff, back up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from kiosk.apps import publication
from kiosk.apps.opening import open_hub
from kiosk.database.connection import Database
from kiosk.errors import Conflict, InvalidText, NotFound, Unavailable
from kiosk.exhibition import edition_store, speech_maker
from kiosk.exhibition.checks import check
from kiosk.exhibition.edition import Edition, edition_id
from kiosk.exhibition.library import Library
from kiosk.exhibition.speech_clips import Clipper
from kiosk.messaging import heads
from kiosk.people import appointments, kiosk_store, staff_store
from kiosk.people.enrolment import Identity, admit_again, read_identity, write_identity
from kiosk.people.enrolment import enrol as enrol_kiosk
from kiosk.people.enrolment import revoke as revoke_kiosk
from kiosk.people.kiosk_store import Kiosk
from kiosk.people.passwords import new_password
from kiosk.people.permissions import Role
from kiosk.people.staff import Grant
from kiosk.settings import Settings
from kiosk.sync.enrol import ask

OPERATOR = "command line"
"""Who an edition says released it when that was done by a command."""


@contextmanager
def hub(settings: Settings) -> Iterator[Database]:
    """Open the hub's database and close it afterwards.

    Raises:
        Unavailable: it cannot be opened.
    """
    database = open_hub(settings)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def ready_hub(settings: Settings) -> Iterator[Database]:
    """Open the hub's database, which must have this program's tables.

    Raises:
        Unavailable: it has not, or cannot be opened.
    """
    with hub(settings) as database:
        if not database.is_current():
            raise Unavailable("The database is of another version.", "Run `kiosk migrate` first.")
        yield database


def print_faults(folder: Path, say: Callable[[str], None]) -> int:
    """Say every fault of an exhibition's files; return how many keep it from being published."""
    faults = check(folder)
    for fault in faults:
        say(str(fault))
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = len(faults) - errors
    verdict = "It cannot be published." if errors else "It can be published."
    say(f"{folder}: {errors} errors, {warnings} warnings. {verdict}")
    return errors


def _clipper(settings: Settings) -> Clipper | None:
    return speech_maker.of_this_machine(settings.piper_voices) if settings.speech else None


def publish(
    settings: Settings, folder: Path, note: str, now: datetime, *, spoken_anew: bool = False
) -> Edition:
    """Check, freeze and release an exhibition's files.

    Raises:
        ContentRefused, Conflict, Unavailable: nothing was published.
    """
    with ready_hub(settings) as database:
        library = Library(settings.data)
        return publication.publish_folder(
            database,
            library,
            folder,
            OPERATOR,
            now,
            note,
            _clipper(settings),
            spoken_anew=spoken_anew,
        )


def publish_if_changed(
    database: Database, settings: Settings, folder: Path, now: datetime
) -> Edition:
    """For the demo: publish a folder unless its files are those of the newest edition made of it.

    What was captured at the desk, or rolled back, between two runs stays as it is.
    """
    library = Library(settings.data)
    made = edition_id(library.freeze(folder))
    name = f"demo-published/{folder.name}"
    published = database.read_now(partial(heads.read, name=name))
    current = database.read_now(partial(edition_store.current, exhibition=folder.name))
    if published == made and current is not None:
        return current
    edition = publication.publish_folder(database, library, folder, OPERATOR, now)
    database.write_now(partial(heads.write, name=name, value=made))
    return edition


def roll_back(settings: Settings, exhibition: str, edition: str, now: datetime) -> Edition:
    """Release an older edition again.

    Raises:
        NotFound: there is none.
    """
    with ready_hub(settings) as database:
        library = Library(settings.data)
        return publication.roll_back(database, library, exhibition, OPERATOR, now, edition)


def enrol(
    settings: Settings,
    name: str,
    exhibition: str,
    city: str,
    place: str,
    to: Path | None,
    now: datetime,
) -> Path:
    """Enrol a kiosk and write its identity file; return where it is.

    Raises:
        Conflict: there is a file already; nothing was enrolled.
    """
    path = to or settings.data / "enrolled" / f"{_file_name(name)}.json"
    if path.exists():
        raise Conflict(f"{path} is there already.", "Choose another place with --to.")
    with ready_hub(settings) as database:
        enrol_on(database, path, name, exhibition, city, place, now)
    return path


def enrol_again(settings: Settings, file: Path, now: datetime) -> bool:
    """Let the kiosk of an identity file in again, after a restore; false when it was never out.

    Raises:
        NotFound: the file is no identity.
        Conflict: another kiosk has its number by now.
    """
    identity = read_identity(file)
    with ready_hub(settings) as database:
        return database.write_now(partial(admit_again, identity=identity, now=now))


def enrol_here(settings: Settings, code: str, hub: str, to: Path | None) -> Identity:
    """Enrol this machine by a code of the desk and write its identity; return it.

    Raises:
        Conflict: it has an identity already; the code was not used.
        InvalidToken, Unavailable: as :func:`kiosk.sync.enrol.ask`.
    """
    path = to or settings.touch_identity
    if path.exists():
        raise Conflict(
            f"This machine is enrolled already: {path} is there.",
            "One that was wiped is enrolled anew; else shut it out at the desk and delete that.",
        )
    pending = path.with_suffix(".pending")
    identity = ask(hub or settings.hub_url, code, pending)
    write_identity(path, identity)
    pending.unlink(missing_ok=True)
    return identity


def revoke(settings: Settings, number: int, now: datetime) -> str:
    """Shut the kiosk of this number out; return its name.

    Raises:
        NotFound: there is none.
        Conflict: it was shut out before.
    """
    with ready_hub(settings) as database:
        found = next((k for k in _kiosks(database) if k.number == number), None)
        if found is None:
            raise NotFound(f"There is no kiosk {number}.", "`kiosk kiosks` lists them.")
        if not database.write_now(partial(revoke_kiosk, kiosk=found.id, now=now)):
            raise Conflict(f"{found.name} is shut out already.", "Nothing is to be done.")
        return found.name


def kiosks(settings: Settings) -> list[Kiosk]:
    """Return every kiosk, by number."""
    with ready_hub(settings) as database:
        return _kiosks(database)


def _kiosks(database: Database) -> list[Kiosk]:
    return database.read_now(kiosk_store.everyone)


def enrol_on(
    database: Database,
    path: Path,
    name: str,
    exhibition: str,
    city: str,
    place: str,
    now: datetime,
) -> None:
    """Enrol a kiosk at an open hub and write its identity file to *path*."""
    identity = database.write_now(
        partial(enrol_kiosk, name=name, exhibition=exhibition, city=city, place=place, now=now)
    )
    write_identity(path, identity)


def add_staff(
    settings: Settings,
    user: str,
    role: str,
    exhibition: str,
    city: str,
    name: str,
    office: str,
    now: datetime,
) -> str:
    """Give a person an account with a new password, or a further role; return the password or "".

    An account that was closed is opened again, with this role alone.

    Raises:
        InvalidText: the role or the user name cannot be used.
    """
    grant = Grant(_role(role), exhibition, city, office)
    with ready_hub(settings) as database:
        also = partial(_grant_also, user_name=user, grant=grant)
        return "" if database.write_now(also) else _appoint(database, user, name, grant, now)


def renew_staff(
    database: Database,
    user: str,
    role: str,
    exhibition: str,
    city: str,
    name: str,
    office: str,
    now: datetime,
) -> str:
    """For the demo: make an account, or give it a new password; return the password."""
    return _appoint(database, user, name, Grant(_role(role), exhibition, city, office), now)


def dismiss(settings: Settings, user: str, now: datetime) -> None:
    """Close an account of staff; whoever sits at the desk under it is out with the next click.

    Raises:
        NotFound: nobody has this user name.
    """
    with ready_hub(settings) as database:
        database.write_now(partial(appointments.dismiss, user_name=user, now=now))


def _role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError as error:
        known = ", ".join(Role)
        raise InvalidText(f"There is no role {role!r}.", f"Choose one of: {known}.") from error


def _appoint(database: Database, user: str, name: str, grant: Grant, now: datetime) -> str:
    password = new_password()
    database.write_now(lambda c: appointments.appoint(c, user, name, password, [grant], now))
    return password


def _grant_also(connection: Connection, user_name: str, grant: Grant) -> bool:
    """Add a role, or name its office anew; false where nobody has an open account of that name."""
    staff = staff_store.id_of(connection, user_name)
    actor = staff_store.actor(connection, staff) if staff else None
    if actor is None:
        return False
    where = (grant.role, grant.exhibition, grant.city)
    others = [g for g in actor.grants if (g.role, g.exhibition, g.city) != where]
    staff_store.set_grants(connection, actor.id, [*others, grant])
    return True


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-") or "kiosk"
