"""What cannot be done, and why, is told first, and what was typed need not be typed again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest_asyncio

from kiosk.database.connection import Database
from tests.screens.phone.hub import Hub, Phone, open_hub, with_pages
from tests.world import BENCHES, GARDENS, SUNDAY, harbour, said


@pytest_asyncio.fixture
async def week(database: Database, tmp_path: Path) -> Hub:
    """The benches are voted on from Monday until Wednesday."""
    world = harbour()
    benches = world.exhibits["benches"]
    assert benches.question is not None
    begins, ends = SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=3)
    question = replace(benches.question, opens_at=begins, closes_at=ends)
    exhibits = {**world.exhibits, "benches": replace(benches, question=question)}
    return await open_hub(database, tmp_path, with_pages(replace(world, exhibits=exhibits)))


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> Database:
    """The hub's own."""
    made = Database.open(f"sqlite:///{tmp_path / 'hub.db'}")
    made.migrate()
    return made


async def test_a_vote_says_when_it_opens_and_when_it_ended(week: Hub) -> None:
    """The same code on Sunday, Tuesday and Thursday: each time another page, no answers but one."""
    ada = Phone(week)
    page = await ada.open(f"/q/{week.code(BENCHES)}")
    assert "This vote has not begun." in page
    assert re.search(r"It opens on 7\sSeptember\s2026,\s\d\d:\d\d\sUTC\.", page)
    assert 'name="choice"' not in page
    read = await ada.open("/e/benches")
    assert "This vote has not begun." in read
    assert "No votes" not in read, "nothing can have been counted"
    week.clock.passes(days=2)
    assert 'name="choice"' in await ada.open(f"/q/{week.code(BENCHES)}")
    week.clock.passes(days=2)
    page = await ada.open(f"/q/{week.code(BENCHES)}")
    assert "This vote is over." in page
    assert re.search(r"It ended on 9\sSeptember\s2026,\s\d\d:\d\d\sUTC\.", page)
    assert page.index("This vote is over.") < page.index('class="tag"')


async def test_an_old_code_is_told_before_anything_is_to_be_read(hub: Hub, ada: Phone) -> None:
    """The reason and the field stand below the question, above who puts it."""
    code = hub.code(BENCHES)
    hub.clock.passes(minutes=5)
    page = await ada.open(f"/q/{code}")
    assert page.index("too old to vote") < page.index('id="code"') < page.index('class="tag"')


async def test_what_was_typed_comes_back_to_be_mended(hub: Hub, ada: Phone) -> None:
    """A screen's code, what is none, and a receipt; what was scanned is in no field."""
    del hub
    for address, typed in (
        ("/find?code=A7K2PX", "A7K2PX"),
        ("/find?code=hallo", "hallo"),
        ("/find?code=7-999", "7-999"),
        ("/r/0000-0000-0000-0000-0000-0001", "0000-0000-0000-0000-0000-0001"),
    ):
        assert f'value="{typed}"' in await ada.open(address), address
    assert "Code of your receipt" in ada.page.text
    page = await ada.open("/q/0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert 'id="code"' in page
    assert "value=" not in page


async def test_one_s_own_answers_are_marked_among_all(hub: Hub, ada: Phone) -> None:
    """Of several answers, those that this phone gave have a tick."""
    page = await ada.votes(f"/q/{hub.code(GARDENS)}", "north")
    assert page.count('<th scope="row" class="was">') == 1


async def test_headings_of_legal_texts_are_headings(hub: Hub, ada: Phone) -> None:
    """What editors write in bold before a paragraph stands in a line of its own."""
    hall = hub.app.public.hall
    opened = hall.editions["harbour"]
    core = opened.views.core
    pages = {**core.pages, "privacy": said("**What we keep.** Your votes.\n\n**Here**, nothing.")}
    views = replace(opened.views, core=replace(core, pages=pages))
    hub.app.public.hall = replace(hall, editions={"harbour": replace(opened, views=views)})
    page = await ada.open("/legal/privacy")
    assert "<h2>What we keep</h2>\n<p>Your votes.</p>" in page
    assert "<p><strong>Here</strong>, nothing.</p>" in page
    assert '<b aria-current="page">Privacy</b>' in page


EMPTY = 'id="code" name="code" autocomplete'
"""The field for a code with nothing in it."""


async def test_a_sentence_in_an_address_does_not_come_back(hub: Hub, ada: Phone) -> None:
    """What was mistyped stands in the field again, but no words that could be no code."""
    assert 'value="hallo"' in await ada.open("/find?code=hallo")
    page = await ada.open("/find?code=The%20vote%20is%20cancelled%2C%20go%20to%20evil.example")
    assert EMPTY in page
    assert EMPTY in await ada.open("/find?code=Abstimmung%20abgesagt%20heute")
    assert EMPTY in await ada.open("/find?code=The%20vote%20is%20off%20go%20to%20evil%20com")
    assert 'value="ABC12"' in await ada.open("/find?code=ABC12%20"), "a keyboard adds a blank"
    assert 'value="12345"' in await ada.open("/find?code=١٢٣٤٥"), "an Arabic keyboard's digits"
    assert EMPTY in await ada.open("/find?code=%D0%B2%D1%8B%D0%B1%D0%BE%D1%80%D1%8B")


async def test_a_damaged_receipt_of_a_code_is_called_a_receipt(hub: Hub, ada: Phone) -> None:
    """Codes hold addresses in capitals: `/R/…` is a receipt as `/r/…` is."""
    page = await ada.open("/R/0000-0000")
    assert "Code of your receipt" in page
