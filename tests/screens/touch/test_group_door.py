"""The door of group mode: only a code that stands opens it, and guessing takes time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from kiosk import clock
from kiosk.messaging import heads, outbox_store
from kiosk.people import group_code_store
from kiosk.people.group_code_store import GroupCode
from kiosk.screens.touch.group_lock import LONGEST_S, RESTS_S, TRIES, Door
from tests.screens.touch.facilitator import CODE, digits, groups, has_code, opens, session
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY, StoppedClock


@pytest.fixture(autouse=True)
def code(standing: Standing) -> GroupCode:
    """Meera's code of a day."""
    return has_code(standing)


@pytest.mark.parametrize("typed", ["48217307", "00000000"])
async def test_a_wrong_code_opens_nothing(standing: Standing, typed: str) -> None:
    await standing.open("group")
    digits(standing, typed)
    await standing.sees("This code does not open group mode.")
    assert session(standing).party is None


async def test_guessing_has_to_wait(standing: Standing) -> None:
    """After five wrong codes even the right one waits for half a minute, then longer."""
    now = 0.0
    standing.context.door = Door(lambda: now)
    await standing.open("group")
    for n in range(TRIES):
        digits(standing, f"0000000{n}")
        await standing.until(lambda n=n: standing.context.door.wrong == n + 1)  # type: ignore[misc]
    digits(standing, CODE)
    await standing.sees("Try again in 31 seconds.")
    now = RESTS_S + 1
    digits(standing, CODE)
    await standing.sees("How many are you?")
    assert standing.context.door.wrong == 0


def test_the_door_never_rests_for_longer_than_a_class_can_wait() -> None:
    door = Door(lambda: 0.0)
    for _ in range(50):
        door.was_wrong()
    assert door.rests_until == LONGEST_S


async def test_an_expired_code_opens_nothing_on_a_device_without_a_clock(
    standing: Standing,
) -> None:
    """It believes that it is 1970; the hub said last that Monday has passed."""
    told = clock.to_text(SUNDAY + timedelta(days=2))
    write = standing.context.database.write_now
    write(partial(heads.write, name="hub-clock", value=told))
    stopped = standing.context.clock
    assert isinstance(stopped, StoppedClock)
    stopped.at = SUNDAY - timedelta(days=20_000)
    await standing.open("group")
    digits(standing, CODE)
    await standing.sees("This code does not open group mode.")


async def test_a_code_taken_back_ends_what_it_opened(standing: Standing) -> None:
    """The moderator revoked it in the middle of the lesson: the next hands are not recorded."""
    await opens(standing)
    await standing.open("ask/benches")
    await standing.until(lambda: bool(standing.find("hand-choice")))
    write = standing.context.database.write_now
    write(partial(group_code_store.revoke, code="one", now=SUNDAY))
    digits(standing, "15")
    standing.touch("Look at the numbers")
    await standing.sees("Is this what you see?")
    standing.touch("Record the hands")
    await standing.sees("This group’s code was taken back.")
    assert groups(standing).groups == 0
    assert standing.context.database.read_now(outbox_store.waiting)[0] == 0


@pytest.mark.parametrize(("size", "said"), [("4", "A group has 5 people or more."), ("", "")])
async def test_a_group_is_five_or_more(standing: Standing, size: str, said: str) -> None:
    """Four friends are told that they can vote one by one."""
    await opens(standing, size)
    await asyncio.sleep(0)
    await standing.sees(said or "How many are you?")
    assert session(standing).party is not None
    assert session(standing).party.size == 0  # type: ignore[union-attr]
