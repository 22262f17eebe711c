"""Somebody searches, looks through voices and agrees with one: played without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from nicegui.testing import User
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk import clock
from kiosk.database.connection import Database
from kiosk.exhibition import search_texts
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.search_index import Entry as Text
from kiosk.messaging import heads
from kiosk.messaging.feed_entry import Entry
from kiosk.screens.touch import pages
from kiosk.screens.touch.context import Hung, Shelf, TouchContext
from kiosk.screens.touch.finding import search_watch
from kiosk.screens.touch.listening import voices
from kiosk.screens.touch.search_finder import Finder
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets.page import Page
from kiosk.sync import mirror_store
from kiosk.voice import comment_store, support_actions, voices_store
from kiosk.voice.comment import PublicComment, Status
from tests.screens.touch.standing import Standing
from tests.screens.touch_voices import ANSWER, answer
from tests.world import SUNDAY, StoppedClock, harbour

LONGER_THAN_A_TOUCH_S = 0.5

VOICES = (
    ("bench", "benches", "fr", "Un banc à l’ombre devant l’école, s’il vous plaît."),
    ("ferry", "ferry", "en", "The ferry should land where the children are."),
    ("quay", "ferry", "de", "Am Kai ist es im Winter zu glatt für Rollstühle."),
)


class Searching(Standing):
    """Somebody before the touchscreen who looks for something."""

    async def at(self, path: str) -> None:
        """Stand before a step, such as ``search`` or ``voices/benches``."""
        await self.user.open(f"/here/{path}")

    async def type(self, words: str) -> None:
        """Type into the search; a line's end shows everything."""
        (field,) = self.find("search-field")
        self.happens(field, "input", words)

    def cards(self) -> list[str]:
        """What was found, by id."""
        return [str(card.props["data-found"]) for card in self.find("found-card")]

    def first_finds(self, found: str) -> bool:
        """Whether this was found, and before all else."""
        return self.cards()[:1] == [found]

    async def follows(self) -> None:
        """What was committed elsewhere reaches the open pages."""
        for visit in tuple(self.context.visits):
            await visit.changed()


@pytest.fixture
def context(tmp_path: Path) -> Iterator[TouchContext]:
    """A touchscreen with the harbour exhibition and three voices."""
    database = Database.open(f"sqlite:///{tmp_path / 'kiosk.db'}")
    database.migrate()
    for n, (id, exhibit, language, words) in enumerate(VOICES):
        voice = PublicComment(
            id, "harbour", exhibit, "", "lindmark", "Town hall", "phone", language, words,
            SUNDAY - timedelta(hours=n), f"1-{n}", False,
        )  # fmt: skip
        database.write_now(partial(comment_store.mirror, public=voice))
    shelf = Shelf("harbour")
    shelf.offer(Hung(harbour(), tmp_path))
    yield TouchContext(
        database=database, shelf=shelf, languages=("en", "fr"), city="lindmark", place="Town hall",
        origin="kiosk", number=12, key=bytes(32), public_url="http://voice.example",
        front_end=tmp_path, clock=StoppedClock(),
    )  # fmt: skip
    database.close()


@pytest.fixture
async def ada(user: User, context: TouchContext) -> Searching:
    """Ada before the screen; whoever else comes is named in the address."""

    async def here(request: Request) -> None:
        hung = context.shelf.first()
        assert hung is not None
        screen, _, subject = request.url.path.removeprefix("/here/").partition("/")
        browser = request.query_params.get("who", "ada")
        await pages._open(context, browser, hung, Step("en", "harbour", screen, subject))

    Page("/here/{rest:path}", "en")(here)
    return Searching(user, context)


def erase(context: TouchContext, voice: str) -> None:
    """The hub's feed says that a voice's author has erased it."""
    context.database.write_now(partial(comment_store.mark, comment=voice, status=Status.ERASED))


async def test_a_misspelt_word_leads_to_a_voice_and_back(ada: Searching) -> None:
    """Ada exchanges two letters; the voice in another language is named as such."""
    await ada.at("search")
    await ada.sees("Or begin with a topic:")
    await ada.type("bnac ecole")
    await ada.until(lambda: ada.cards() == ["bench"])
    await ada.sees("in French")
    await ada.sees("1 result")
    marks = [e._text for e in ada.elements() if e.tag == "mark"]
    assert marks == ["banc", "école"]
    ada.touch_on(ada.find("found-card")[0], "tap-1")
    await ada.sees("A resident says")
    await ada.sees("s’il vous plaît")


async def test_all_results_stand_in_groups(ada: Searching) -> None:
    """Enter puts the keyboard away; a statement and a voice are told apart."""
    await ada.at("search")
    await ada.type("bench\n")
    await ada.sees("Questions and statements")
    assert "benches" in ada.cards()
    keys = ada.find("search-keys")[0]
    assert not keys.visible
    await ada.type("ferry")
    await ada.until(lambda: ada.cards()[:1] == ["ferry"])
    assert keys.visible


async def test_nothing_found_is_said_kindly_and_leads_on(ada: Searching) -> None:
    """No dead end: words that are at hand, else the topics."""
    await ada.at("search")
    await ada.type("qqqqqqqq")
    await ada.sees("We found nothing for “qqqqqqqq”.")
    await ada.sees("The communicative city")
    ada.touch("What residents say")
    await ada.sees("Most supported")


async def test_what_is_erased_leaves_the_results_at_once(
    ada: Searching, context: TouchContext
) -> None:
    """Ben's voice stands among the results when he erases it."""
    await ada.at("search")
    await ada.type("rollstuhle")
    await ada.until(lambda: ada.cards() == ["quay"])
    await ada.until(lambda: len(context.visits) == 1)
    erase(context, "quay")
    await ada.follows()
    await ada.until(lambda: ada.cards() == [])
    assert "Rollstühle" not in ada.text()


def test_an_erased_voice_leaves_no_word_in_the_index(context: TouchContext) -> None:
    """Neither found, nor offered for what is spelt nearly so; also without any search."""
    read = context.database.read_now
    read(partial(search_watch.follow_all, context=context))
    erase(context, "quay")
    read(partial(search_watch.follow_all, context=context))
    index = next(iter(context.finder._kept.values())).index
    assert index.find("rollstuhle").hits == ()
    assert "Rollstühle" not in index.find("rollstuhl").instead
    assert "rollstuhle" not in {
        row[0] for row in index._connection.execute("SELECT term FROM term")
    }


def test_a_vote_has_no_voice_read_again(
    context: TouchContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each vote is a commit that the search follows: 5,000 voices would hold its answer up."""
    follow = partial(search_watch.follow_all, context=context)
    context.database.read_now(follow)
    read: list[str] = []
    standing = voices_store.standing

    def counted(connection: Connection, exhibition: str) -> dict[str, str]:
        read.append(exhibition)
        return standing(connection, exhibition)

    monkeypatch.setattr(voices_store, "standing", counted)
    context.database.write_now(partial(heads.write, name="anything", value="a commit"))
    context.database.read_now(follow)
    assert read == []
    erase(context, "quay")
    context.database.read_now(follow)
    assert read == ["harbour"]


def test_a_screen_that_heard_nothing_for_a_day_finds_no_voices(context: TouchContext) -> None:
    """What was taken down meanwhile would stand here; the texts of the exhibition are found."""
    hung = context.shelf.first()
    assert hung is not None

    def find(query: str, finder: Finder) -> list[str]:
        found = context.database.read_now(
            lambda c: finder.find(c, hung.exhibition, query, ("en",), SUNDAY)
        )
        return [hit.entry.id for hit in found.hits]

    assert find("ferry", context.finder) == ["ferry", "ferry"]
    heard = (SUNDAY - timedelta(days=2)).isoformat()
    context.database.write_now(partial(heads.write, name="hub-heard-at", value=heard))
    assert find("ferry", context.finder) == ["ferry"]
    assert find("children", context.finder) == []


async def test_an_older_edition_is_searched_beside_the_new_one(
    ada: Searching, context: TouchContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ada reads on while a new edition hangs already: each is read for the search once."""
    read, taken_in = context.database.read_now, []

    def entries(exhibition: Exhibition) -> Iterator[Text]:
        taken_in.append(exhibition)
        return every(exhibition)

    every = search_texts.entries
    monkeypatch.setattr(search_texts, "entries", entries)
    await ada.at("search")
    await ada.until(lambda: len(context.visits) == 1)
    older = context.shelf.first()
    assert older is not None
    newer = replace(older, exhibition=replace(older.exhibition))
    context.shelf.offer(newer)
    context.shelf.switch()
    for words, found in (("rollstuhle", "quay"), ("ferry", "ferry")):
        read(partial(search_watch.follow_all, context=context))
        await ada.type(words)
        await ada.until(partial(ada.first_finds, found))
    assert sorted(map(id, taken_in)) == sorted([id(older.exhibition), id(newer.exhibition)])
    erase(context, "quay")
    context.visits.clear()
    read(partial(search_watch.follow_all, context=context))
    (kept,) = context.finder._kept.values()
    assert kept.exhibition is newer.exhibition


async def test_a_touch_agrees_and_the_next_takes_it_back(
    ada: Searching, context: TouchContext
) -> None:
    """Ada agrees once, whatever she touches; Ben's touch is another."""

    def times() -> int:
        found = context.database.read_now(lambda c: support_actions.times(c, ["bench"]))
        return found.get("bench", 0)

    async def touches(tap: str) -> None:
        ada.touch_on(ada.find("agree")[0], tap)
        await ada.until(lambda: tap in context.sessions.of("ada").sent)

    await ada.at("voices/benches")
    await touches("tap-1")
    await ada.sees("You agree")
    assert times() == 1
    await ada.at("voice/bench")
    await ada.sees("You agree")
    await touches("tap-2")
    await ada.sees("I agree")
    assert times() == 0
    await touches("tap-3")
    await ada.at("voices/benches?who=ben")
    await ada.sees("I agree")
    await ada.sees("Supported 1 time")
    ada.touch_on(ada.find("agree")[0], "tap-4")
    await ada.sees("Supported 2 times")
    assert times() == 2


async def test_a_look_begun_before_a_touch_puts_no_older_count_back(
    ada: Searching, context: TouchContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody votes elsewhere, the page looks, and meanwhile Ada agrees: her touch stays seen."""
    looked, counted = Event(), Event()
    read = voices.Voices._look

    def slowly(self: voices.Voices, connection: Connection) -> Any:
        found = read(self, connection)
        looked.set()
        counted.wait(LONGER_THAN_A_TOUCH_S)
        return found

    await ada.at("voices/benches")
    await ada.until(lambda: bool(context.visits))
    monkeypatch.setattr(voices.Voices, "_look", slowly)
    looking = asyncio.create_task(ada.follows())
    await ada.until(looked.is_set)
    context.database.committed.append(counted.set)
    ada.touch_on(ada.find("agree")[0], "tap-1")
    await ada.until(lambda: "tap-1" in context.sessions.of("ada").sent)
    await looking
    await ada.sees("Supported 1 time")


async def test_empty_filters_say_so_and_lead_on(ada: Searching, context: TouchContext) -> None:
    """Nothing was supported yet, one voice is answered; the topic is kept while one filters."""
    context.database.write_now(partial(answer, comment="ferry", exhibition="harbour", at=SUNDAY))
    await ada.at("voices")
    await ada.sees("Un banc")
    ada.touch("Most supported")
    await ada.sees("No voice here was supported yet.")
    ada.touch("Show the newest")
    await ada.sees("Un banc")
    ada.touch("Answered")
    await ada.until(lambda: "Un banc" not in ada.text())
    await ada.sees("Test Mayor")
    await ada.at("voices")
    await ada.sees("Test Mayor")


async def test_a_voice_that_is_gone_is_said_to_be(ada: Searching, context: TouchContext) -> None:
    """The voice is taken down while Ada reads it."""
    await ada.at("voice/ferry")
    await ada.sees("where the children are")
    await ada.until(lambda: len(context.visits) == 1)
    erase(context, "ferry")
    await ada.follows()
    await ada.sees("This voice is not on show any more.")


def _answers(context: TouchContext, state: str, words: str = ANSWER) -> None:
    """The hub's feed says that the mayor answered Ben's voice about the quay, or took it back."""
    body = {
        "id": "reply", "state": state, "comments": ["quay"], "language": "en", "text": words,
        "author": "Ruth Lindqvist", "office": "Mayor", "city": "lindmark",
        "released_at": clock.to_text(SUNDAY), "exhibition": "harbour",
        "corrected_at": None if words == ANSWER else clock.to_text(SUNDAY + timedelta(hours=1)),
    }  # fmt: skip
    entry = Entry(position=0, kind="answer", exhibition="harbour", city="", body=body)
    context.database.write_now(partial(mirror_store.answer, entry=entry))


async def test_an_official_answer_is_found_and_leads_to_its_voice(
    ada: Searching, context: TouchContext
) -> None:
    """By its words, or by who gave it; it stands in a group of its own, and says who answered."""
    _answers(context, "released")
    await ada.at("search")
    await ada.type("terraces\n")
    await ada.sees("What was answered")
    await ada.sees("Answered by Ruth Lindqvist, Mayor")
    assert ada.cards() == ["reply"]
    await ada.type("lindqvst")
    await ada.until(lambda: bool(ada.find("brief")) and ada.cards() == ["reply"])
    ada.touch_on(ada.find("found-card")[0], "tap-1")
    await ada.sees("A resident says")
    await ada.sees("Rollstühle")
    await ada.sees("You are right to ask.")


@pytest.mark.parametrize("what", ["the answer is withdrawn", "its voice is taken down"])
async def test_an_answer_taken_down_leaves_the_search_at_once(
    ada: Searching, context: TouchContext, what: str
) -> None:
    """While it stands among the results; no word of it is left in the index."""
    _answers(context, "released")
    await ada.at("search")
    await ada.type("terraces")
    await ada.until(lambda: ada.cards() == ["reply"])
    await ada.until(lambda: len(context.visits) == 1)
    if what == "the answer is withdrawn":
        _answers(context, "withdrawn")
    else:
        erase(context, "quay")
    await ada.follows()
    await ada.until(lambda: ada.cards() == [])
    index = next(iter(context.finder._kept.values())).index
    assert not list(index._connection.execute("SELECT 1 FROM term WHERE term LIKE 'terrace%'"))


def test_a_corrected_answer_is_found_by_its_new_words(context: TouchContext) -> None:
    """The words of before lead nowhere."""
    hung = context.shelf.first()
    assert hung is not None

    def found(query: str) -> list[str]:
        found = context.database.read_now(
            lambda c: context.finder.find(c, hung.exhibition, query, ("en",), SUNDAY)
        )
        return [hit.entry.id for hit in found.hits if hit.entry.kind == "answer"]

    _answers(context, "released")
    assert found("spring") == ["reply"]
    _answers(context, "released", "Twelve benches in autumn.")
    assert found("spring") == []
    assert found("autumn") == ["reply"]
