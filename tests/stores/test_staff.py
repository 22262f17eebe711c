"""Staff log in, work for a day, and are let go, as the database keeps it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from kiosk.database.connection import Database
from kiosk.errors import InvalidText, NotFound
from kiosk.people import appointments, staff_sessions, staff_store
from kiosk.people.passwords import matches
from kiosk.people.permissions import Role
from kiosk.people.staff import Grant
from tests.staff import PASSWORD, appoint_everyone
from tests.world import SUNDAY, StoppedClock


def log_in(database: Database, staff: str) -> str:
    return database.write_now(lambda c: staff_sessions.begin(c, staff, SUNDAY))


def test_a_session_carries_the_grants_of_this_moment(database: Database) -> None:
    """Meera loses her role while logged in; the next click already knows."""
    meera = database.write_now(lambda c: appoint_everyone(c, "meera"))["meera"]
    token = log_in(database, meera.id)
    assert database.read_now(lambda c: staff_sessions.actor_of(c, token, SUNDAY)) == meera
    database.write_now(lambda c: staff_store.set_grants(c, meera.id, [Grant(Role.OPERATOR)]))
    now = database.read_now(lambda c: staff_sessions.actor_of(c, token, SUNDAY))
    assert now is not None
    assert now.grants == (Grant(Role.OPERATOR),)


def test_a_session_ends_after_an_idle_hour_and_after_twelve_busy_ones(database: Database) -> None:
    """A desk left open at lunch asks for the password; so does one left open over night."""
    meera = database.write_now(lambda c: appoint_everyone(c, "meera"))["meera"]
    clock = StoppedClock()
    token = log_in(database, meera.id)
    idle = SUNDAY + timedelta(minutes=61)
    assert database.read_now(lambda c: staff_sessions.actor_of(c, token, idle)) is None

    def works(c: Connection) -> None:
        assert staff_sessions.actor_of(c, token, clock())
        assert staff_sessions.needs_note(c, token, clock())
        staff_sessions.note_use(c, token, clock())

    for _ in range(14):
        clock.passes(minutes=50)
        database.write_now(works)
    late = clock.passes(minutes=50)
    assert database.read_now(lambda c: staff_sessions.actor_of(c, token, late)) is None


def test_a_new_login_ends_the_session_that_the_browser_had(database: Database) -> None:
    """A token that someone planted before the login is worth nothing afterwards."""
    meera = database.write_now(lambda c: appoint_everyone(c, "meera"))["meera"]
    old = log_in(database, meera.id)
    new = database.write_now(lambda c: staff_sessions.begin(c, meera.id, SUNDAY, old))
    assert new != old
    assert database.read_now(lambda c: staff_sessions.actor_of(c, old, SUNDAY)) is None
    database.write_now(lambda c: staff_sessions.end(c, new))
    assert database.read_now(lambda c: staff_sessions.actor_of(c, new, SUNDAY)) is None


def test_the_database_holds_neither_password_nor_token(database: Database) -> None:
    """Whoever reads a backup can log in as nobody."""
    meera = database.write_now(lambda c: appoint_everyone(c, "meera"))["meera"]
    token = log_in(database, meera.id)
    rows = database.read_now(
        lambda c: [
            *c.execute(text("SELECT * FROM staff")),
            *c.execute(text("SELECT * FROM staff_session")),
        ]
    )
    assert token not in str(rows)
    assert PASSWORD not in str(rows)


def test_a_dismissed_member_is_out_at_once(database: Database) -> None:
    """Pavel leaves; his open screen does nothing more, his name stays with his decisions."""
    pavel = database.write_now(lambda c: appoint_everyone(c, "pavel"))["pavel"]
    token = log_in(database, pavel.id)
    database.write_now(lambda c: appointments.dismiss(c, "pavel", SUNDAY))
    assert database.read_now(lambda c: staff_sessions.actor_of(c, token, SUNDAY)) is None
    assert database.read_now(lambda c: staff_store.secret(c, "pavel")) is None
    assert database.read_now(staff_store.names)[pavel.id] == "Pavel Novak"
    with pytest.raises(NotFound):
        database.write_now(lambda c: appointments.dismiss(c, "nobody", SUNDAY))


def test_appointing_again_gives_a_new_password_and_logs_out(database: Database) -> None:
    """The demo prints new passwords each run; the old ones fit no more."""
    meera = database.write_now(lambda c: appoint_everyone(c, "meera"))["meera"]
    token = log_in(database, meera.id)
    again = database.write_now(
        lambda c: appointments.appoint(
            c, "meera", "Meera N.", "another long password", [Grant(Role.EDITOR)], SUNDAY
        )
    )
    assert again == meera.id
    secret = database.read_now(lambda c: staff_store.secret(c, "meera"))
    assert secret is not None
    assert not matches(secret.password_hash, PASSWORD)
    assert matches(secret.password_hash, "another long password")
    assert database.read_now(lambda c: staff_sessions.actor_of(c, token, SUNDAY)) is None


@pytest.mark.parametrize("name", ["", "M", "Meera", "a b", "x" * 65, "-a"])
def test_a_user_name_is_plain(database: Database, name: str) -> None:
    """Names that look alike or cannot be typed everywhere are not given out."""
    with pytest.raises(InvalidText):
        database.write_now(lambda c: appointments.appoint(c, name, "Someone", PASSWORD, [], SUNDAY))
