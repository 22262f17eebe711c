"""A text begun at the touchscreen is finished on a phone; no server sees it on the way."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.browsers import Windows
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.town import Town

BEGUN = "Où s’asseoir à l’ombre ? مقعد، من فضلكم"


def test_ben_goes_on_writing_on_the_tram(shared_town: Town, windows: Windows) -> None:
    """He scans, the screen forgets his words; he looks at the form in German, and sends them."""
    screen = Touchscreen(windows.hall(), shared_town.touch)
    screen.open("benches")
    screen.begin_to_write()
    screen.field.fill(BEGUN)
    screen.page.get_by_role("button", name=screen.t("Continue on your phone")).click()
    address = screen.scan("Code with your draft")
    screen.button("I have it").click()
    expect(screen.button("Say something")).to_be_visible()

    phone = Phone(windows.phone(script=True), shared_town.public)
    phone.open(address)
    field = phone.page.get_by_role("textbox")
    expect(field).to_have_value(BEGUN)
    expect(phone.page.get_by_role("status")).to_be_visible()
    expect(phone.page).not_to_have_url(re.compile("#"))
    assert not [asked for asked in phone.asked if "d=" in asked.partition("#")[0]]

    field.fill(f"{BEGUN} !")
    phone.page.get_by_role("link", name="Deutsch").click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "de")
    expect(field).to_have_value(f"{BEGUN} !")
    expect(phone.page).not_to_have_url(re.compile("#"))
    phone.page.get_by_role("link", name="Français").click()
    expect(field).to_have_value(f"{BEGUN} !")
    assert not [asked for asked in phone.asked if "d=" in asked.partition("#")[0]]
    phone.button("Send it for review").click()
    expect(phone.headline).to_have_text(phone.t("A person reads it now."))
