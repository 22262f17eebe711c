"""Appointing and dismissing at the command line."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kiosk.apps import administration, opening
from kiosk.database.connection import Database
from kiosk.people import passwords, staff_store
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor
from kiosk.settings import Settings, load
from tests.world import LINDMARK, PORT_AUBIER, SUNDAY


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A hub's machine with tables and nobody appointed."""
    made = load(data=tmp_path / "hub")
    with administration.hub(made) as database:
        opening.migrate(database)
    return made


def _staff(settings: Settings, role: str, city: str = LINDMARK, office: str = "") -> str:
    return administration.add_staff(
        settings, "maren", role, "harbour", city, "Maren Lund", office, SUNDAY
    )


def _known(settings: Settings) -> Actor | None:
    def look(database: Database) -> Actor | None:
        staff = database.read_now(partial(staff_store.id_of, user_name="maren"))
        assert staff is not None
        return database.read_now(partial(staff_store.actor, staff=staff))

    with administration.hub(settings) as database:
        return look(database)


def test_a_further_role_is_added_and_the_same_one_again_names_its_office_anew(
    settings: Settings,
) -> None:
    """Maren becomes mayor beside what she was; named once more, her office is the new one."""
    assert _staff(settings, "moderator")
    assert not _staff(settings, "mayor", office="Mayor")
    assert not _staff(settings, "mayor", PORT_AUBIER)
    assert not _staff(settings, "mayor", office="Mayor of Lindmark")
    maren = _known(settings)
    assert maren is not None
    assert {(g.role, g.city, g.office) for g in maren.grants} == {
        (Role.MODERATOR, LINDMARK, ""),
        (Role.MAYOR, LINDMARK, "Mayor of Lindmark"),
        (Role.MAYOR, PORT_AUBIER, ""),
    }


def test_who_was_dismissed_is_let_in_again_with_a_new_password(settings: Settings) -> None:
    """The command gives Maren a password and not only the word that she is a mayor now."""
    _staff(settings, "moderator")
    administration.dismiss(settings, "maren", SUNDAY)
    assert _known(settings) is None
    password = _staff(settings, "mayor")
    maren = _known(settings)
    assert maren is not None
    assert [g.role for g in maren.grants] == [Role.MAYOR]
    with administration.hub(settings) as database:
        secret = database.read_now(partial(staff_store.secret, user_name="maren"))
    assert secret is not None
    assert passwords.matches(secret.password_hash, password)
