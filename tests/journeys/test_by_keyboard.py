"""The touchscreen's whole journey by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from kiosk.locale.translator import translator
from kiosk.voice import comment_store, receipt
from tests.journeys.browsers import Windows
from tests.journeys.pages.keys import Keys
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.town import Town


def test_lea_votes_speaks_and_leaves_without_touching_the_screen(
    shared_town: Town, windows: Windows
) -> None:
    """Léa cannot lift her arms: her own keyboard does all, and she sees where she is."""
    page = windows.hall()
    keys, screen = Keys(page), Touchscreen(page, shared_town.touch)
    page.goto(f"{shared_town.touch.address}/")
    screen.awake()
    t = screen.t

    keys.press(t("Agree"))
    expect(screen.main.get_by_text(t("Counted. Thank you."))).to_be_focused()
    keys.press(t("Change my vote"))
    expect(screen.main.get_by_role("button", name=t("Disagree"), exact=True)).to_be_visible()
    keys.press(t("Disagree"))
    expect(screen.tally("Disagree")).to_contain_text(t("your vote"))

    keys.press(t("Say something"))
    screen.arrives(t("Before you write"))
    keys.press(t("I have read this: write"))
    expect(screen.field).to_be_focused()
    keys.type("Un banc à l’ombre, s’il vous plaît.")
    keys.press(t("Send for review"))
    code, _ = screen.receipt()
    assert code
    screen.arrives()

    keys.press(t("Back to the exhibit"))
    expect(screen.button("Say something")).to_be_visible()
    expect(screen.main.locator("[data-first-focus]")).to_be_focused()
    keys.press(t("Language: {name}", name="Français"))
    keys.press("Deutsch")
    page.wait_for_url("**/de/**")
    german = translator("de")
    screen.awake()
    keys.press(german("Legal notice"))
    screen.arrives()
    keys.press(german("Privacy"))
    screen.arrives(german("Privacy"))
    keys.press(german("Start"))
    screen.arrives()
    keys.press(german("I am done"))
    page.wait_for_url(f"{shared_town.touch.address}/")
    with shared_town.kiosk_database() as database:
        said = database.read_now(
            lambda c: comment_store.by_receipt(c, receipt.stored(receipt.read(code)[1]))
        )
    assert said is not None
    assert said.text == "Un banc à l’ombre, s’il vous plaît."


def test_the_dialogs_keep_the_keyboard_inside_and_give_it_back(
    shared_town: Town, windows: Windows
) -> None:
    """Escape closes the choice of languages; the focus returns to where it was opened."""
    page = windows.hall()
    keys, screen = Keys(page), Touchscreen(page, shared_town.touch)
    screen.open()
    opener = screen.t("Language: {name}", name="Français")
    keys.press(opener)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body"
            " || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name=opener)).to_be_focused()
