"""Easy language is touched in the middle of something: it goes on in other words, from there."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.screens.touch.visit import Visit
from kiosk.voice import comment_store
from tests.screens import touch_voices
from tests.screens.touch.facilitator import CODE, are_let_in, digits, has_code
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY

pytestmark = pytest.mark.usefixtures("visits")


def stands(standing: Standing, css: str) -> str:
    """The words of the first element of this class."""
    return standing.words_of(standing.find(css)[0])


@pytest.fixture
def code(standing: Standing) -> None:
    """Meera's code of a day."""
    has_code(standing)


@pytest.mark.parametrize("path", ["voices/benches", "voices"])
async def test_voices_are_read_on_where_they_were(
    standing: Standing, visits: list[Visit], database: Database, path: str
) -> None:
    """Samir leafs to the second page, which begins with the fifth voice."""
    for n in range(6):
        said = touch_voices.voice(
            "vivre-ensemble",
            at=SUNDAY - timedelta(hours=n),
            exhibit="benches",
            text=f"Voice number {n + 1}.",
            language="en",
        )
        database.write_now(partial(comment_store.mirror, public=said))
    await standing.open(path)
    await standing.sees("Voice number 1.")
    standing.touch("More voices")
    await standing.sees("Voice number 6.")
    await standing.in_other_words(visits[-1])
    assert "Voice number 6." in standing.text()
    assert "Voice number 1." not in standing.text()
    standing.touch("Voices before")
    await standing.sees("Voice number 1.")


async def test_an_exhibits_voices_stay_those_that_were_asked_for(
    standing: Standing, visits: list[Visit], database: Database
) -> None:
    """Of one exhibit, the answered ones: none so far."""
    said = touch_voices.voice(
        "vivre-ensemble", at=SUNDAY, exhibit="benches", text="Shade!", language="en"
    )
    database.write_now(partial(comment_store.mirror, public=said))
    await standing.open("voices/benches")
    await standing.sees("Shade!")
    standing.touch("Answered")
    await standing.sees("No voice here was answered yet.")
    await standing.in_other_words(visits[-1])
    assert "No voice here was answered yet." in standing.text()


async def test_the_timelines_moment_stays(standing: Standing, visits: list[Visit]) -> None:
    """The second moment is told; in easy language, too, and the next is the third."""
    await standing.open("exhibit/three-summits")
    standing.touch("The next moment")
    await standing.sees("Strong Cities is launched in New York")
    for _ in range(2):
        await standing.in_other_words(visits[-1])
        assert "Strong Cities is launched in New York" in standing.text()
    place = stands(standing, "leaf-place")
    standing.touch("The next moment")
    assert stands(standing, "leaf-place") == place.replace("2", "3", 1)


async def test_all_of_a_citys_commitments_stay_open(
    standing: Standing, visits: list[Visit]
) -> None:
    """Three of 21 stood there at first; who asked for all of them is not asked again."""
    await standing.open("exhibit/sceaux")
    few = len(standing.find("entry"))
    standing.touch("Show all 21")
    await standing.until(lambda: len(standing.find("entry")) == few + 18, "all of them")
    for _ in range(2):
        await standing.in_other_words(visits[-1])
        assert len(standing.find("entry")) == few + 18
        assert not standing.has_button("Show all 21")


async def test_a_topics_cards_stay_where_they_were(standing: Standing, visits: list[Visit]) -> None:
    """Nour leafs to the third and the fourth, and back from there."""
    await standing.open("topic/connective")
    standing.touch("More cards")
    place = stands(standing, "leaf-place")
    cards = [card.props["data-exhibit"] for card in standing.find("card")]
    assert place.startswith("3 to 4")
    await standing.in_other_words(visits[-1])
    assert stands(standing, "leaf-place") == place
    assert [card.props["data-exhibit"] for card in standing.find("card")] == cards
    standing.touch("Cards before")
    assert stands(standing, "leaf-place").startswith("1 to 2")


async def test_a_vote_that_is_changed_is_changed_on(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ada looks at the answers once more, in easy words, too; then her new one stands."""
    await standing.open("exhibit/benches")
    standing.touch_on(standing.find("answer")[0])
    await standing.sees("Counted. Thank you.")
    standing.touch("Change my vote")
    assert standing.find("answer")
    for _ in range(2):
        await standing.in_other_words(visits[-1])
        assert standing.find("answer")
        assert "Counted. Thank you." not in standing.text()
    standing.touch_on(standing.find("answer")[1])
    await standing.sees("Counted. Thank you.")
    await standing.in_other_words(visits[-1])
    assert "Counted. Thank you." in standing.text()


@pytest.mark.usefixtures("code")
async def test_a_code_is_typed_on(standing: Standing, visits: list[Visit]) -> None:
    """Four of its digits stand there; the others let the group in."""
    await standing.open("group")
    digits(standing, CODE[:4])
    typed = stands(standing, "group-digits")
    await standing.in_other_words(visits[-1])
    assert stands(standing, "group-digits") == typed
    digits(standing, CODE[4:])
    await standing.sees("How many are you?")


@pytest.mark.usefixtures("code")
async def test_a_groups_size_is_typed_on(standing: Standing, visits: list[Visit]) -> None:
    """“2” stands there, and with “4” they are 24."""
    await are_let_in(standing)
    digits(standing, "2")
    await standing.in_other_words(visits[-1])
    digits(standing, "4")
    assert stands(standing, "group-size") == "24"
    standing.touch("That is all of us")
    await standing.sees("24 of you are here.")


@pytest.mark.usefixtures("code")
async def test_raised_hands_stay_as_they_were_entered(
    standing: Standing, visits: list[Visit]
) -> None:
    """Nine agree: while they are entered, looked at once more, and put right after they stood."""
    await are_let_in(standing)
    digits(standing, "24")
    standing.touch("That is all of us")
    await standing.sees("24 of you are here.")
    await visits[-1].go(visits[-1].step.to("ask", "benches"))
    digits(standing, "9")
    await standing.in_other_words(visits[-1])
    assert stands(standing, "hand-number") == "9"
    standing.touch("Look at the numbers")
    await standing.sees("Is this what you see?")
    await standing.in_other_words(visits[-1])
    assert "Is this what you see?" in standing.text()
    standing.touch("Record the hands")
    await standing.sees("Residents, one by one")
    standing.touch("Correct the numbers")
    await standing.until(lambda: bool(standing.find("hand-number")), "the rows")
    await standing.in_other_words(visits[-1])
    assert stands(standing, "hand-number") == "9"


@pytest.mark.usefixtures("code")
async def test_why_hands_were_not_recorded_stays(
    standing: Standing, visits: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, which is found out while easy language is touched; nine are still nine."""
    await are_let_in(standing)
    digits(standing, "24")
    standing.touch("That is all of us")
    await standing.sees("24 of you are here.")
    await visits[-1].go(visits[-1].step.to("ask", "benches"))
    digits(standing, "9")
    standing.touch("Look at the numbers")
    await standing.sees("Is this what you see?")
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def full(_: object) -> None:
        begun.set()
        await goes_on.wait()
        raise Unavailable("The disk is full.", "Nothing was lost. Try again later.")

    monkeypatch.setattr(standing.context.database, "write", full)
    standing.touch("Record the hands")
    await begun.wait()
    rewording = asyncio.create_task(standing.in_other_words(visits[-1]))
    goes_on.set()
    await rewording
    await standing.sees("The disk is full.")
    assert stands(standing, "hand-number") == "9"
