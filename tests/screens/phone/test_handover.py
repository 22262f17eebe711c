"""The phone's form for a text begun at a touchscreen: the one page with a script, and only one."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from kiosk.database.connection import Database
from kiosk.exhibition.model import Exhibit, Kind, Passage, SessionDetails, Standing
from kiosk.voice import comment_store, receipt
from tests.screens.phone.hub import Hub, Phone, open_hub, with_pages
from tests.world import harbour, said

DRAFT = "/draft/harbour/benches"


async def test_the_draft_s_page_allows_its_own_script_and_no_other(hub: Hub, ada: Phone) -> None:
    """The policy names it by its hash; what it reads stands behind # and comes to no server."""
    page = await ada.open(DRAFT)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    digest = b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = ada.page.headers["content-security-policy"]
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "fetch" not in scripts[0]
    assert "<noscript>" in page


async def test_what_came_over_is_sent_as_every_comment(hub: Hub, ada: Phone) -> None:
    """The form of the draft's page sends to the address that takes comments."""
    page = await ada.open(DRAFT)
    assert 'action="/say/harbour/benches"' in page
    await ada.send("/say/harbour/benches", text="Begun at the screen, ended on the tram.")
    assert ada.page.status_code == 200
    assert ada.receipt()


async def test_the_form_without_a_draft_has_no_script(hub: Hub, ada: Phone) -> None:
    """The draft's page is the exception, not the rule."""
    assert "<script" not in await ada.open("/say/harbour/benches")


WORKSHOP = Exhibit(
    "workshop",
    Kind.SESSION,
    "core",
    Standing.REPORTED,
    ("exhibition",),
    said("The workshop on trust"),
    details=SessionDetails(
        date(2026, 9, 5),
        None,
        None,
        (),
        (),
        "workshop",
        (Passage("trust", Standing.REPORTED, ("exhibition",), said("Whom do you trust?")),),
    ),
)


@pytest_asyncio.fixture
async def workshop(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub whose summit had a workshop with a guiding question."""
    summit = with_pages(harbour())
    exhibits = {**summit.exhibits, WORKSHOP.id: WORKSHOP}
    database = Database.open(f"sqlite:///{tmp_path / 'workshop.db'}")
    database.migrate()
    yield await open_hub(database, tmp_path, replace(summit, exhibits=exhibits))
    database.close()


def answered(hub: Hub, phone: Phone) -> str:
    """What the comment behind the phone's receipt answers."""
    stored = receipt.stored(receipt.read(phone.receipt())[1])
    kept = hub.database.read_now(partial(comment_store.by_receipt, receipt_hash=stored))
    assert kept is not None
    assert kept.exhibit == "workshop"
    return kept.question


@pytest.mark.parametrize("form", ["draft", "say"])
async def test_an_answer_to_a_guiding_question_stays_beside_it(workshop: Hub, form: str) -> None:
    """Begun on the workshop's question at the screen, it is one on that question here too."""
    ada = Phone(workshop)
    page = await ada.open(f"/{form}/harbour/workshop_trust")
    assert "Whom do you trust?" in page
    await ada.send("/say/harbour/workshop_trust", text="")
    assert "Whom do you trust?" in ada.page.text
    await ada.send("/say/harbour/workshop_trust", text="My neighbours.")
    assert answered(workshop, ada) == "workshop/trust"


async def test_a_guiding_question_that_is_gone_costs_no_words(workshop: Hub) -> None:
    """The screen still has yesterday's edition: what Ben wrote is about the workshop, then."""
    ben = Phone(workshop)
    assert "The workshop on trust" in await ben.open("/draft/harbour/workshop_hope")
    await ben.send("/say/harbour/workshop_hope", text="My neighbours.")
    assert answered(workshop, ben) == ""
