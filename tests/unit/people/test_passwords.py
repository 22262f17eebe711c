"""Passwords are stored as hashes that cannot be read back, and checked in even time."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kiosk.errors import InvalidText, Overloaded
from kiosk.people import passwords
from kiosk.people.passwords import hash_password, matches, matches_aside, new_password
from kiosk.people.staff_sessions import Throttle, TooManyTries


def test_the_right_password_fits_and_another_does_not() -> None:
    """What is stored tells nothing of the password but whether it fits."""
    stored = hash_password("four unrelated words")
    assert stored.startswith("$argon2id$")
    assert "unrelated" not in stored
    assert matches(stored, "four unrelated words")
    assert not matches(stored, "four unrelated word")


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_nothing_fits_where_nothing_is_stored(stored: str | None) -> None:
    """An unknown name and a damaged row let nobody in."""
    assert not matches(stored, "nobody has this password")


@pytest.mark.parametrize("password", ["short", "x" * 257])
def test_a_password_has_a_fitting_length(password: str) -> None:
    """Too short to be safe, or so long that it would only keep the machine busy."""
    with pytest.raises(InvalidText):
        hash_password(password)


def test_made_passwords_differ_and_can_be_used() -> None:
    """What the demo prints is new each time and long enough."""
    first, second = new_password(), new_password()
    assert first != second
    assert len(first) == 19
    hash_password(first)


async def test_a_check_runs_beside_the_screens() -> None:
    """The desk goes on while a password is checked."""
    assert await matches_aside(hash_password("four unrelated words"), "four unrelated words")


def test_a_name_is_tried_five_times_a_minute_whoever_tries() -> None:
    """Guessing from many addresses is no faster; other names are not held up."""
    throttle = Throttle()
    for _ in range(5):
        throttle.check("Meera")
    with pytest.raises(TooManyTries):
        throttle.check("meera")
    throttle.check("pavel")


def test_a_right_password_clears_the_count() -> None:
    """Meera mistyped four times, got in, and may log in again elsewhere."""
    throttle = Throttle()
    for _ in range(4):
        throttle.check("meera")
    throttle.forget("meera")
    throttle.check("meera")


async def test_few_are_checked_at_once_few_wait_and_the_rest_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A flood of names: two hashes are computed at once, a short line waits, no one else does."""
    go, at_once, most = threading.Event(), 0, 0

    def slow(stored: str | None, password: str) -> bool:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        go.wait(20)
        at_once -= 1
        return bool(stored and password)

    monkeypatch.setattr(passwords, "matches", slow)
    monkeypatch.setattr(passwords, "MOST_IN_LINE", 5)
    line = [asyncio.create_task(matches_aside("stored", "password")) for _ in range(5)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        passwords.must_have_room()
    with pytest.raises(Overloaded):
        await matches_aside("stored", "password")
    go.set()
    assert await asyncio.gather(*line) == [True] * 5
    assert most <= 2
    passwords.must_have_room()
