"""Votes that are changed, tapped twice, late, or sent to a question that has closed."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect
from sqlalchemy import Connection

from kiosk.voice import actions, question_store
from tests.journeys.browsers import Windows
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.processes import PATIENCE_S
from tests.journeys.publishing import closes_benches, publish
from tests.journeys.test_foreign_origins import code_and_ticket
from tests.journeys.town import Town
from tests.journeys.waiting import until

BENCHES = "vivre-ensemble/core/benches"
OVER = "This vote is over."


def counted(town: Town, question: str = BENCHES) -> dict[str, int]:
    """What the hub has counted of a question."""
    with town.hub_database() as hub:
        return dict(hub.read_now(lambda c: actions.tally_of(c, question)).by_choice)


def test_the_back_button_and_another_answer_are_one_changed_vote(
    shared_town: Town, windows: Windows
) -> None:
    """Ada goes back, where her answer stands now, and changes it: only the last one counts."""
    address, _ = code_and_ticket(shared_town, "counter")
    phone = Phone(windows.phone(), shared_town.public)
    phone.open(address)
    phone.vote("Agree")
    phone.page.go_back()
    phone.link("Change my vote").click()
    phone.vote("Disagree")
    assert counted(shared_town, "vivre-ensemble/core/counter") == {"*": 1, "disagree": 1}
    phone.open(address)
    expect(phone.main).to_contain_text(phone.t("Your answer:"))
    expect(phone.main).to_contain_text(phone.t("Disagree"))


def test_the_same_form_sent_with_another_answer_is_a_changed_vote(shared_town: Town) -> None:
    """A browser that kept the old page sends its form again, without a cookie: no second vote."""
    address, ticket = code_and_ticket(shared_town, "room-for-water")
    for choice in ("agree", "disagree"):
        form = {"ticket": ticket, "choice": choice}
        answer = httpx.post(
            address, data=form, trust_env=False, timeout=PATIENCE_S, follow_redirects=True
        )
        assert answer.status_code == 200
    assert counted(shared_town, "vivre-ensemble/core/room-for-water") == {"*": 1, "disagree": 1}


def test_a_double_tap_counts_once(shared_town: Town) -> None:
    """The same form twice, from a phone that has no cookie yet."""
    address, ticket = code_and_ticket(shared_town, "machine-order")
    form = {"ticket": ticket, "choice": "agree"}
    for _ in range(2):
        answer = httpx.post(
            address, data=form, trust_env=False, timeout=PATIENCE_S, follow_redirects=True
        )
        assert answer.status_code == 200
    assert counted(shared_town, "vivre-ensemble/core/machine-order") == {"*": 1, "agree": 1}


def test_a_form_without_a_genuine_ticket_counts_nothing(shared_town: Town) -> None:
    """Eve sends forms of her own making: unknown choice, forged ticket, none, two answers."""
    address, ticket = code_and_ticket(shared_town, "pay-per-bag")
    for form in (
        {"ticket": ticket, "choice": "burn-it"},
        {"ticket": ticket[:-1] + ("0" if ticket[-1] != "0" else "1"), "choice": "agree"},
        {"choice": "agree"},
        {"ticket": ticket},
        {"ticket": ticket, "choice": ["agree", "disagree"]},
    ):
        answer = httpx.post(
            address, data=form, trust_env=False, timeout=PATIENCE_S, follow_redirects=True
        )
        assert 400 <= answer.status_code < 500, form
        assert "<main>" in answer.text
    assert counted(shared_town, "vivre-ensemble/core/pay-per-bag") == {}


def test_a_question_that_closes_while_ada_reads_says_so(town: Town, windows: Windows) -> None:
    """Phone and touchscreen open before, tapped after: both are told, nothing is counted."""
    town.start(town.public, town.touch)
    screen = Touchscreen(windows.hall(), town.touch)
    screen.open("benches")
    phone = Phone(windows.phone(), town.public)
    phone.open(screen.scan())
    publish(town, closes_benches)
    phone.button("Agree").click()
    expect(phone.trouble).to_contain_text(phone.t(OVER))
    assert counted(town) == {}
    with town.kiosk_database() as kiosk:
        until(lambda: kiosk.read_now(_is_closed), "the screen knows that it is closed")
    screen.main.get_by_role("button", name=screen.t("Agree"), exact=True).click()
    expect(screen.main).to_contain_text(screen.t(OVER))
    assert counted(town) == {}


def test_a_vote_that_the_screen_called_counted_counts_though_it_arrives_after_closing(
    town: Town, windows: Windows
) -> None:
    """Ben votes while the hub is dead; the question closes meanwhile; his vote stands."""
    town.start(town.touch)
    screen = Touchscreen(windows.hall(), town.touch)
    screen.open("benches")
    screen.vote("Agree")
    publish(town, closes_benches)
    town.start(town.public)
    until(lambda: counted(town) == {"*": 1, "agree": 1}, "his vote has arrived")


def _is_closed(connection: Connection) -> bool:
    asked = question_store.get(connection, BENCHES)
    return asked is not None and asked.closes_at is not None
