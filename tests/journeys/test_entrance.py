"""The desk's door: wrong passwords, too many of them, and pages of somebody else's role."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Conclusions, Desk
from tests.journeys.people import CLARA, OTTO, ROSA
from tests.journeys.town import Town

WRONG = "User name and password do not fit together."


def test_a_wrong_password_says_so_and_keeps_the_name(shared_town: Town, windows: Windows) -> None:
    """An unknown name and a wrong password read alike; the right one opens the desk."""
    desk = Desk(windows.office(), shared_town.desk.address)
    for user, password in (
        (CLARA.user, "guessed"),
        ("nobody", "guessed"),
        (CLARA.user, "' OR 1=1"),
    ):
        desk.log_in(user, password)
        expect(desk.page.get_by_role("alert")).to_contain_text(desk.t(WRONG))
        expect(desk.page.get_by_label(desk.t("User name"))).to_have_value(user)
        expect(desk.page.get_by_label(desk.t("Password"))).to_have_value("")
    desk.enter(CLARA)


def test_a_page_of_another_role_is_not_shown(shared_town: Town, windows: Windows) -> None:
    """Otto runs the screens; the queue is not his, whatever address he types."""
    desk = Desk(windows.office(), shared_town.desk.address)
    desk.enter(OTTO)
    desk.page.goto(f"{desk.address}/en/vivre-ensemble/queue")
    expect(desk.page.get_by_role("main").last).to_contain_text(
        desk.t("Your role does not include this page.")
    )
    stranger = Desk(windows.office(), shared_town.desk.address)
    stranger.page.goto(f"{desk.address}/en/vivre-ensemble/queue")
    expect(stranger.page.get_by_label(stranger.t("Password"))).to_be_visible()


def test_what_was_typed_leaves_with_who_typed_it(shared_town: Town, windows: Windows) -> None:
    """Rosa's text outlives a reload; once she has logged out, whoever sits down there is new."""
    rosa = Conclusions(windows.office(), shared_town.desk.address)
    rosa.enter(ROSA)
    rosa.types("Not said yet", "– A first thought.", "", "", "resilient")
    title = rosa.page.get_by_label(rosa.t("Title"), exact=True).first
    rosa.look_at("conclusions/new")
    expect(title).to_have_value("Not said yet")
    rosa.page.locator(".menu.person summary").click()
    rosa.button("Log out").click()
    rosa.page.wait_for_url("**/login*")
    rosa.enter(ROSA)
    rosa.look_at("conclusions/new")
    expect(title).to_have_value("")
