"""Meera gives a class its code, takes one back, and reads what groups raised apart from votes."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

from kiosk.people import group_code_store, group_codes
from kiosk.people.group_code_store import GroupCode
from kiosk.people.staff import Scope
from kiosk.voice import group_store
from kiosk.voice.group import Hands
from kiosk.voice.place import Channel, Place
from tests.screens.desk.sitting import Sitting
from tests.world import BENCHES, LINDMARK, PORT_AUBIER, SUNDAY

EVERYWHERE = Scope("harbour", every=True, cities=frozenset())


def known(sitting: Sitting) -> list[GroupCode]:
    """The codes that the hub keeps."""
    return sitting.context.database.read_now(partial(group_code_store.within, scope=EVERYWHERE))


def raised(sitting: Sitting, name: str, city: str, people: int, agree: int) -> None:
    """A group's hands have come in."""
    place = Place("harbour", city, "Town hall", Channel.GROUP, f"kiosk-{city}")
    hands = (("agree", agree), ("disagree", 2), ("pass", 0))
    entered = Hands(f"{name}-1", name, BENCHES, people, hands, place, SUNDAY)
    write = sitting.context.database.write_now
    write(partial(group_store.record, hands=entered, example=False))


async def test_a_code_is_shown_once_with_what_to_do(sitting: Sitting) -> None:
    """Meera names the class; eight digits stand there, of which the hub keeps no one."""
    await sitting.log_in("meera")
    await sitting.open("groups")
    await sitting.sees("No code was made yet.")
    sitting.send({"name": "Class 4b", "city": LINDMARK, "lasts": "week"})
    await sitting.sees("The code for Class 4b")
    await sitting.sees("touch “For groups”")
    (digits,) = re.findall(r"\b\d{4} \d{4}\b", sitting.text())
    (code,) = known(sitting)
    assert code.code_hash == group_codes.digest(group_codes.tidy(digits), "harbour")
    assert (code.city, code.expires_at) == (LINDMARK, SUNDAY + timedelta(days=7))
    await sitting.open("groups")
    await sitting.sees("Class 4b")
    assert digits not in sitting.text()


async def test_a_code_without_a_name_or_for_another_city_is_refused(sitting: Sitting) -> None:
    """A moderator of Lindmark opens no screens of Port-Aubier, whatever her browser sends."""
    await sitting.log_in("meera")
    await sitting.open("groups")
    sitting.send({"name": " ", "city": LINDMARK, "lasts": "day"})
    await sitting.sees("Say whom the code is for.")
    for city in (PORT_AUBIER, ""):
        sitting.send({"name": "Class 4b", "city": city, "lasts": "day"})
        await sitting.is_worked_off()
        await sitting.sees("Your role does not include this.")
    assert known(sitting) == []
    sitting.send({"name": "Class 4b", "city": LINDMARK, "lasts": "day"})
    await sitting.sees("The code for Class 4b")
    assert "Your role does not include this." not in sitting.text()


async def test_a_code_is_taken_back_after_a_question(sitting: Sitting) -> None:
    """It stood on the blackboard; from now on it opens nothing, and the log says who did it.

    Back does nothing: it would have ended the lesson of whoever is using the code.
    """
    await sitting.log_in("meera")
    await sitting.open("groups")
    sitting.send({"name": "Class 4b", "city": LINDMARK, "lasts": "month"})
    await sitting.sees("The code for Class 4b")
    await sitting.until(lambda: sitting.has_button("Take back …"))
    sitting.press("Take back …")
    await sitting.sees("Take the code for Class 4b back?")
    sitting.press("Back")
    await sitting.is_worked_off()
    assert [code.revoked_at for code in known(sitting)] == [None]
    sitting.press("Take back …")
    sitting.press_within(sitting.find("question")[0], "Take back")
    await sitting.sees("taken back")
    await sitting.until(lambda: not sitting.has_button("Take back …"))
    (code,) = known(sitting)
    assert code.revoked_at == SUNDAY
    await sitting.open("log")
    await sitting.sees("Took a group’s code back")
    await sitting.sees("Made a code for a group")


async def test_codes_that_open_something_stand_first(sitting: Sitting) -> None:
    """The day's code of the morning is over; the older one of the class is still good."""
    await sitting.log_in("meera")
    await sitting.open("groups")
    sitting.send({"name": "Class 4b", "city": LINDMARK, "lasts": "month"})
    await sitting.sees("The code for Class 4b")
    sitting.clock.passes(minutes=1)
    sitting.press("Make another code")
    sitting.send({"name": "Council", "city": LINDMARK, "lasts": "day"})
    await sitting.sees("The code for Council")
    sitting.clock.passes(days=2)
    await sitting.log_in("meera")
    await sitting.open("groups")
    await sitting.sees("expired")
    assert sitting.text().index("Class 4b") < sitting.text().index("Council")


async def test_what_groups_raised_stands_apart_and_within_her_city(sitting: Sitting) -> None:
    """Two classes of Lindmark are Meera's to see; the editor sees Port-Aubier's council too."""
    raised(sitting, "4a", LINDMARK, 24, 15)
    raised(sitting, "4b", LINDMARK, 20, 5)
    raised(sitting, "council", PORT_AUBIER, 12, 9)
    await sitting.log_in("meera")
    await sitting.open("groups")
    await sitting.sees("Hands, not votes")
    words = [sitting.words_of(e) for e in sitting.find("number")]
    assert words == ["Groups", "People", "2", "44"]
    await sitting.log_in("edda")
    await sitting.open("groups")
    await sitting.sees("56")
    assert "29" in sitting.text()
