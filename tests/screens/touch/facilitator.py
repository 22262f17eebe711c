"""Meera lets class 4b in: her code of a day, typed on the keys, and hands entered as numbers."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from kiosk.people import group_code_store, group_codes
from kiosk.people.group_code_store import GroupCode
from kiosk.screens.touch.session import Session
from kiosk.voice import group_actions
from kiosk.voice.group import Groups
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY

BENCHES = "vivre-ensemble/core/benches"
CODE = "48217306"


def has_code(standing: Standing) -> GroupCode:
    """Tell the screen her code, as the hub does."""
    hashed = group_codes.digest(CODE, "vivre-ensemble")
    made = GroupCode("one", hashed, "vivre-ensemble", "sceaux", SUNDAY + timedelta(days=1))
    standing.context.database.write_now(partial(group_code_store.keep, code=made))
    return made


def session(standing: Standing) -> Session:
    """The visit that is under way."""
    (found,) = standing.context.sessions._by_browser.values()
    return found


def digits(standing: Standing, typed: str) -> None:
    """Touch the keys of a number."""
    for digit in typed:
        key = next(e for e in standing.elements() if "key" in e.classes and e._text == digit)
        standing.happens(key, "click", "tap")


async def are_let_in(standing: Standing) -> None:
    """She types the code."""
    await standing.open("group")
    digits(standing, CODE)
    await standing.sees("How many are you?")


async def opens(standing: Standing, size: str = "24") -> None:
    """She types the code, then how many they are."""
    await are_let_in(standing)
    digits(standing, size)
    standing.touch("That is all of us")


async def raises(standing: Standing, *numbers: str) -> None:
    """She enters the hands of the first answers, looks again, and records them."""
    await standing.until(lambda: bool(standing.find("hand-choice")), "rows")
    for row, number in enumerate(numbers):
        standing.happens(standing.find("hand-choice")[row], "click", "tap")
        digits(standing, number)
    standing.touch("Look at the numbers")
    await standing.sees("Is this what you see?")
    standing.touch("Record the hands")
    await standing.sees("Residents, one by one")


def groups(standing: Standing) -> Groups:
    """What groups have raised their hands for on the benches."""
    read = standing.context.database.read_now
    return read(partial(group_actions.groups_on, question=BENCHES))
