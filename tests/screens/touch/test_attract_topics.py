"""The attract screen when no vote is left that it could ask: the topics are the way in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibition
from kiosk.screens.touch.context import Hung, TouchContext
from kiosk.screens.touch.frame.languages import into
from kiosk.screens.touch.visit import Visit
from kiosk.voice import comment_store
from tests.screens.touch.standing import Standing
from tests.screens.touch.test_voting_period import OVER, every_question, hang
from tests.screens.touch_voices import answer, voice
from tests.world import SUNDAY

pytestmark = pytest.mark.usefixtures("visits")


@pytest.fixture
def context(context: TouchContext) -> TouchContext:
    """A screen that turns with every second."""
    return replace(context, turn=1)


@pytest.fixture
def over(context: TouchContext) -> Exhibition:
    """What hangs there chose one question, and that vote is over."""
    shown = context.shelf.first()
    assert shown is not None
    changed = hang(context, every_question(shown.exhibition, OVER))
    context.shelf.offer(Hung(replace(changed, attract=("benches",)), shown.folder, "third"))
    context.shelf.switch()
    return changed


def publish(context: TouchContext, about: str) -> None:
    """Publish a voice that was answered."""
    said = voice("vivre-ensemble", about, "Who cleans it?", "en", SUNDAY)

    def write(connection: Connection) -> None:
        comment_store.mirror(connection, said)
        answer(connection, said.id, said.exhibition, SUNDAY)

    context.database.write_now(write)


async def test_a_screen_of_nothing_but_ended_votes_shows_the_topics(
    standing: Standing, visits: list[Visit], over: Exhibition
) -> None:
    """A topic leads to its cards, in whichever language it is called for."""
    first = over.topics()[0].id
    await standing.user.open("/")
    assert into(visits[-1], "fr").path == f"/fr/vivre-ensemble/topic/{first}"
    standing.touch("Read on")
    await standing.comes_to(f"/topic/{first}")


async def test_exchanges_take_turns_with_the_topics(
    standing: Standing, visits: list[Visit], over: Exhibition
) -> None:
    """One answered voice would stand there all day, and no way in."""
    first, *others = (topic.id for topic in over.topics())
    publish(standing.context, "benches")
    await standing.user.open("/")
    met = []
    for _ in range(2 + len(others)):
        met.append("exchange" if standing.find("exchange") else standing.path.rpartition("/")[2])
        await standing.second(visits[-1])
    assert met == [first, "exchange", *others]


async def test_what_was_said_of_a_topic_leads_to_its_cards(
    standing: Standing, visits: list[Visit], over: Exhibition
) -> None:
    """Ada would answer the voice: she comes to the topic as from everywhere else."""
    first = over.topics()[0].id
    publish(standing.context, first)
    await standing.user.open("/")
    for _ in over.topics():
        if standing.find("exchange"):
            break
        await standing.second(visits[-1])
    standing.touch("What do you say?")
    await standing.comes_to(f"/topic/{first}")
