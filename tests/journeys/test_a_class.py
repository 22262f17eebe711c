"""A class of 24 before the screen: a code, the line cut, hands raised, and none of them a vote."""

from __future__ import annotations

import re
from functools import partial

from playwright.sync_api import expect

from kiosk.people import group_code_store
from kiosk.people.staff import Scope
from kiosk.voice import actions, group_actions
from kiosk.voice.group import Groups
from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Desk
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.people import CLARA, SCEAUX, SUMMIT
from tests.journeys.town import Town
from tests.journeys.waiting import until

BENCHES = f"{SUMMIT}/core/benches"
EVERYWHERE = Scope(SUMMIT, every=True, cities=frozenset())


def test_a_class_raises_hands_with_a_code_while_the_hub_is_gone(
    town: Town, windows: Windows
) -> None:
    """The code comes from the desk; the hub dies; by touch 15, by keyboard 6; all arrives, once.

    The wall in the hall outlives the hub and tells of the hands without a reload.
    """
    town.start()
    wall = windows.hall()
    wall.goto(f"{town.public.address}/wall/{BENCHES}?lang=en")
    expect(wall.locator(".hands")).to_be_hidden()
    clara = Desk(windows.office(), town.desk.address)
    clara.enter(CLARA)
    code = _makes_a_code(clara)
    with town.kiosk_database() as kiosk:
        here = partial(group_code_store.within, scope=EVERYWHERE)
        until(lambda: kiosk.read_now(here), "the screen heard of the code")
    town.public.kill()

    screen = Touchscreen(windows.hall(), town.touch)
    page = screen.page
    screen.open()
    screen.button("For groups").click()
    for digit in code:
        page.locator(".pad").get_by_role("button", name=digit, exact=True).click()
    screen.arrives(screen.t("How many are you?"))
    page.keyboard.type("24")
    screen.button("That is all of us").click()
    screen.button("Guided tour: five exhibits, 30 minutes").click()
    screen.button("To the question").click()
    page.locator(".pad").get_by_role("button", name="1", exact=True).click()
    page.locator(".pad").get_by_role("button", name="5", exact=True).click()
    page.locator(".hand-choice").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("6")
    expect(page.locator(".hands-sum")).to_contain_text("21")
    screen.button("Look at the numbers").click()
    screen.button("Record the hands").click()
    expect(page.locator(".two-counts")).to_be_visible()
    screen.button("Next exhibit").click()
    expect(page.locator(".tour-strip")).to_contain_text(
        screen.t("{first} of {all}", first=2, all=5)
    )

    town.public.start()
    town.public.await_ready()
    expected = Groups(BENCHES, 1, 24, {"agree": 15, "disagree": 6, "pass": 0})
    with town.hub_database() as hub:
        raised = partial(group_actions.groups_on, question=BENCHES)
        until(lambda: hub.read_now(raised) == expected, "the hands arrived")
        assert hub.read_now(partial(actions.tally_of, question=BENCHES)).ballots == 0
    expect(wall.locator(".hands")).to_contain_text("1 group with 24 people: Agree: 15")
    expect(wall.locator(".sentence")).to_have_text("No votes yet. Yours can be the first.")
    clara.look_at("groups")
    expect(clara.main).to_contain_text("24")
    expect(clara.main).to_contain_text("Klasse 4b")
    expect(clara.main).not_to_contain_text(f"{code[:4]} {code[4:]}")


def _makes_a_code(clara: Desk) -> str:
    """Clara makes a code for a class of Sceaux; return its eight digits."""
    clara.turn_to("Groups")
    clara.page.get_by_label(clara.t("For whom")).fill("Klasse 4b")
    clara.page.get_by_label(clara.t("City")).select_option(SCEAUX)
    clara.button("Make a code").click()
    shown = clara.main.locator(".code")
    expect(shown).to_have_text(re.compile(r"^\d{4} \d{4}$"))
    return shown.inner_text().replace(" ", "")
