"""Codes that a visitor takes along: gone in time, kept on request, never beyond the visit."""

from __future__ import annotations

import base64
import re

import pytest
from nicegui import ui
from nicegui.element import Element

from kiosk import clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.screens.touch import resume
from kiosk.screens.touch.session import Session
from kiosk.screens.touch.visit import Visit
from kiosk.voice.comment import LONGEST
from tests.journeys import scanner
from tests.screens.touch.standing import Standing

QUESTION = "izmir-cohesion_challenges"
BEGUN = "A bench in the shade, please."

pytestmark = pytest.mark.usefixtures("visits")


class Watch:
    """The machine's time since it was switched on, which passes when the story says so."""

    def __init__(self, standing: Standing, visits: list[Visit]) -> None:
        self._standing, self._visits = standing, visits
        self._at = clock.since_boot()
        standing.context.sessions.since_boot = lambda: self._at

    async def passes(self, seconds: float) -> None:
        """Let so many seconds pass; the page looks at its visit when they are over."""
        self._at += seconds
        await self._standing.second(self._visits[-1])


@pytest.fixture
def watch(standing: Standing, visits: list[Visit]) -> Watch:
    """The machine's time."""
    return Watch(standing, visits)


def session(standing: Standing) -> Session:
    """The visit that is under way."""
    (found,) = standing.context.sessions._by_browser.values()
    return found


async def writes(standing: Standing, words: str, about: str = "benches") -> None:
    """Ada reads the notice and types."""
    await standing.open(f"comment/{about}")
    standing.touch("I have read this: write")
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    standing.happens(standing.find("comment-field")[0], "input", words)


async def takes_along(standing: Standing, words: str, about: str = "benches") -> None:
    """Ben types, and takes it along on his phone."""
    await writes(standing, words, about)
    standing.touch("Continue on your phone")
    await standing.sees("Your text is there. Go on, then send it.")


async def sends(standing: Standing) -> None:
    """Ada sends what she wrote."""
    await writes(standing, BEGUN)
    standing.touch("Send for review")
    await standing.sees("Received. Waiting for review.")


async def keeps(standing: Standing, seconds: int) -> None:
    """Somebody asks for the code's whole time once more."""
    standing.touch(f"Show it for another {seconds} seconds")
    await standing.sees(f"It disappears from this screen in {seconds} seconds.")


def address(standing: Standing) -> str:
    """What a phone reads from the code of the draft."""
    drawn = next(e for e in standing.elements() if isinstance(e, ui.html) and "qr" in e.content)
    dark = re.findall(r' d="([^"]+)"', drawn.content)[1]
    side = re.search(r'viewBox="0 0 (\d+)', drawn.content)
    assert side is not None
    return scanner.scan(dark, int(side[1]))


def card(standing: Standing) -> str:
    """What is said of the code at the side."""
    assert standing.user.client is not None
    every = list(standing.user.client.layout.descendants())
    (label,) = (e for e in every if "where" in e.classes)
    return standing.words_of(label)


def vanishing(standing: Standing) -> Element:
    """What the page takes away by a clock of its own."""
    (found,) = (e for e in standing.elements() if "data-hides-in" in e.props)
    return found


def carried(standing: Standing) -> str:
    """The words that a phone finds in the code."""
    kept = address(standing).partition("#d=")[2]
    return base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode()


async def test_a_receipts_code_stays_while_somebody_asks_for_it(
    standing: Standing, watch: Watch
) -> None:
    """Samir copies slowly: ten times twenty seconds more, then it goes as ever (WCAG 2.2.1)."""
    await sends(standing)
    code = standing.words_of(standing.find("code-groups")[0])
    for _ in range(11):
        await watch.passes(19)
        assert standing.words_of(standing.find("code-groups")[0]) == code
        await keeps(standing, 20)
    await watch.passes(19)
    assert standing.find("code-groups")
    await watch.passes(1)
    assert not standing.find("code-groups")
    assert "The code is hidden now." in standing.text()
    assert not standing.has_button("Show it for another")


async def test_the_code_at_the_side_goes_in_the_same_moment(
    standing: Standing, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked of the database first, which may be slow or refuse: Ben stands there."""
    await sends(standing)
    assert card(standing) == "Your receipt: scan and keep it"

    def refuses(_database: Database, _look: object) -> None:
        raise Unavailable("The disk is full.", "Nothing was lost. Try again later.")

    monkeypatch.setattr(Database, "read", refuses)
    await watch.passes(20)
    assert not standing.find("code-groups")
    assert card(standing) == "On your phone"


async def test_that_the_code_is_hidden_is_said(standing: Standing, watch: Watch) -> None:
    """Samira hears it wherever her keys are; of the seconds before she heard none."""
    await sends(standing)
    (box,) = standing.find("receipt-code")
    assert "role" not in box.props
    await watch.passes(20)
    assert box.props["role"] == "status"
    assert "The code is hidden now." in standing.words_of(box)


async def test_a_receipt_says_how_long_its_code_is_there(standing: Standing, watch: Watch) -> None:
    """The seconds are counted where eyes and ears find them."""
    await sends(standing)
    assert "It disappears from this screen in 20 seconds." in standing.text()
    await watch.passes(7)
    assert "It disappears from this screen in 13 seconds." in standing.text()
    await keeps(standing, 20)


async def test_a_code_kept_longer_goes_on_after_a_restart(standing: Standing, watch: Watch) -> None:
    """The page's thread knows of the longer time."""
    await sends(standing)
    await watch.passes(15)
    await keeps(standing, 20)
    await watch.passes(15)
    assert standing.user.client is not None
    every = standing.user.client.layout.descendants()
    thread = next(e for e in every if "data-thread" in e.props)
    browser = next(iter(standing.context.sessions._by_browser))
    found = resume.read(standing.context, browser, thread.props["data-thread"])
    assert found is not None
    assert found.receipt is not None
    assert found.receipt.code


async def test_no_code_outlives_the_visit(
    standing: Standing, watch: Watch, visits: list[Visit]
) -> None:
    """However often it was asked for: who is gone for long takes the visit with her."""
    await sends(standing)
    await watch.passes(1)  # so that the whole time is not there already
    await keeps(standing, 20)
    await watch.passes(standing.context.idle_after + 31)
    assert visits[-1].leads_away
    assert standing.context.sessions.count() == 0


async def test_a_draft_s_code_stays_while_somebody_asks_for_it(
    standing: Standing, watch: Watch
) -> None:
    """Ben looks for his phone in all his bags; his words are not gone when he has found it."""
    await takes_along(standing, BEGUN)
    for _ in range(11):
        await watch.passes(89)
        assert carried(standing) == BEGUN
        await keeps(standing, 90)
    standing.touch("Write on here")
    await standing.until(lambda: bool(standing.find("comment-field")), "the field")
    assert standing.find("comment-field")[0].props["defaultValue"] == BEGUN


async def test_the_page_counts_anew_for_a_draft_s_code_that_is_kept(
    standing: Standing, watch: Watch
) -> None:
    """Its clock begins with what it is drawn into (hides.js)."""
    await takes_along(standing, BEGUN)
    first = vanishing(standing)
    assert first.props["data-hides-in"] == "90.0"
    await watch.passes(60)
    assert vanishing(standing) is first
    await keeps(standing, 90)
    assert first.is_deleted
    assert vanishing(standing).props["data-hides-in"] == "90.0"
    assert carried(standing) == BEGUN


async def test_a_draft_s_code_in_other_words_has_its_own_time(
    standing: Standing, watch: Watch, visits: list[Visit]
) -> None:
    """After 30 seconds Samir has it in easy language, and then for longer: 90 each time."""
    await takes_along(standing, BEGUN)
    await watch.passes(30)
    await standing.in_other_words(visits[-1])
    await watch.passes(50)
    await keeps(standing, 90)
    await watch.passes(80)
    assert "It disappears from this screen in 10 seconds." in standing.text()
    assert carried(standing) == BEGUN


async def test_a_draft_s_code_goes_and_takes_the_draft_along(
    standing: Standing, watch: Watch
) -> None:
    """Ben took it and went: nobody finds his words here."""
    await takes_along(standing, BEGUN)
    assert "It disappears from this screen in 90 seconds." in standing.text()
    await watch.passes(60)
    assert "It disappears from this screen in 30 seconds." in standing.text()
    await watch.passes(30)
    await standing.comes_to("/exhibit/benches")
    assert not session(standing).drafts


async def test_a_draft_on_a_guiding_question_stays_with_it(standing: Standing) -> None:
    """The phone hears what Ada answers, and the screen leads back to just that."""
    await takes_along(standing, BEGUN, QUESTION)
    way, _, _ = address(standing).partition("?")
    assert way == f"http://voice.example/draft/vivre-ensemble/{QUESTION}"
    standing.touch("I have it")
    await standing.comes_to(f"/exhibit/{QUESTION}")


@pytest.mark.parametrize("letter", ["a", "é", "م"])
async def test_what_is_longer_than_a_comment_arrives_whole(standing: Standing, letter: str) -> None:
    """Long texts are what a phone is for; it says there how much is to go."""
    words = letter * (LONGEST + 120)
    await takes_along(standing, words)
    assert carried(standing) == words


async def test_what_no_code_holds_stays_on_the_screen(standing: Standing) -> None:
    """It is said before anything is taken away, with how much would fit."""
    words = "Où s’asseoir ? " * 200
    await writes(standing, words)
    standing.touch("Continue on your phone")
    await standing.sees("This is too long: 3,000 characters.")
    assert "Nothing of it is lost." in standing.text()
    assert standing.find("comment-field")
    assert session(standing).drafts == {"benches": words}
