"""Screens and hubs of the version before: frozen requests and replies, as they were sent then."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from kiosk.errors import Unavailable
from kiosk.messaging import gap_store, heads, outbox_store
from kiosk.people import kiosk_store
from kiosk.sync.hub_client import HubClient
from kiosk.sync.pull import Pull
from kiosk.sync.push import Push
from kiosk.voice import comment_actions
from tests.sync.acts import counted, publishes, says, votes
from tests.sync.conftest import Hub, Screen
from tests.sync.putting_back import change

FROZEN = Path(__file__).parent / "v1"


def frozen(name: str) -> bytes:
    """What was sent or answered in version 1."""
    return (FROZEN / name).read_bytes()


@pytest.fixture
async def old_screen(hub: Hub) -> AsyncIterator[httpx.AsyncClient]:
    """A screen of version 1: it names its protocol, and knows nothing of the next."""
    identity = hub.enrols("Market")
    headers = {"Authorization": f"Bearer {identity.credential}", "X-Kiosk-Protocol": "1"}
    transport = httpx.ASGITransport(hub.app)
    async with httpx.AsyncClient(
        base_url="http://hub", headers=headers, transport=transport
    ) as http:
        yield http


async def test_a_screen_of_version_1_is_served_as_it_was(
    hub: Hub, old_screen: httpx.AsyncClient
) -> None:
    """Its frozen batch is taken once, and the reply has the four fields that it knows."""
    for _ in range(2):
        answer = await old_screen.post("/api/v1/messages", content=frozen("batch.json"))
        assert answer.status_code == 200
        said = answer.json()
        assert set(said) == set(json.loads(frozen("receipt.json")))
        assert (said["count"], said["highest"], said["quarantined"]) == (3, 3, [])
    assert await counted(hub) == {"disagree": 1, "*": 1}
    (kiosk,) = await hub.database.read(kiosk_store.everyone)
    assert (kiosk.protocol, kiosk.queue_length, kiosk.clock_offset_ms) == (1, 3, -80)
    await publishes(hub, "comment-of-version-1")
    page = (await old_screen.get("/api/v1/feed", params={"after": 0})).json()
    before = json.loads(frozen("feed.json"))
    assert set(page) == set(before)
    assert set(page["entries"][0]) == set(before["entries"][0])
    assert set(page["entries"][0]["body"]) == set(before["entries"][0]["body"])


async def test_a_screen_of_version_1_is_not_sent_round_in_circles_by_a_gap(
    hub: Hub, old_screen: httpx.AsyncClient
) -> None:
    """Numbers are lost at the hub: an old screen is told the same count as highest number."""
    await old_screen.post("/api/v1/messages", content=frozen("batch.json"))
    change(hub.database, "UPDATE inbox_head SET count = count - 1")
    said = (await old_screen.post("/api/v1/messages", content=frozen("batch.json"))).json()
    assert said["count"] == said["highest"]


class OldHub(httpx.AsyncBaseTransport):
    """A hub of version 1: it answers what was frozen, and passes over what it does not know."""

    def __init__(self) -> None:
        self.count = 0
        self.epoch = json.loads(frozen("receipt.json"))["epoch"]
        self.batches: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        if request.url.path == "/api/v1/feed":
            after = int(request.url.params["after"])
            page = json.loads(frozen("feed.json"))
            if after >= page["head"]:
                page["entries"] = []
            return httpx.Response(200, json=page)
        self.batches.append(request)
        assert "content-encoding" not in request.headers
        messages = json.loads(request.content)["messages"]
        assert len(messages) <= 1000
        for seq in sorted(m["seq"] for m in messages):
            self.count += seq == self.count + 1
        reply = json.loads(frozen("receipt.json")) | {"epoch": self.epoch}
        return httpx.Response(200, json=reply | {"count": self.count, "highest": self.count})


@pytest.fixture
async def with_old_hub(town_hall: Screen) -> AsyncIterator[tuple[Screen, OldHub]]:
    """The town hall's screen, its line leading to a hub of version 1."""
    old = OldHub()
    client = HubClient("http://hub", town_hall.identity.credential, old)
    town_hall.client = client
    yield town_hall, old
    await client.close()


async def test_a_hub_of_version_1_gets_what_it_understands(
    with_old_hub: tuple[Screen, OldHub],
) -> None:
    """No packed body, no more than 1,000 at once; each message is sent once and confirmed."""
    screen, old = with_old_hub
    for n in range(1_200):
        await votes(screen, f"visitor {n}")
    push = Push(screen.database, screen.client, screen.clock)
    assert await push.once() == 1_200
    assert old.count == 1_200
    assert await push.once() == 0
    assert (await screen.database.read(outbox_store.waiting))[0] == 0


async def test_a_hub_of_version_1_that_lost_some_gets_everything_again(
    with_old_hub: tuple[Screen, OldHub],
) -> None:
    """Its highest number fell, or its epoch changed: as in version 1."""
    screen, old = with_old_hub
    await votes(screen, "ada")
    await votes(screen, "ben")
    await screen.push()
    old.count = 1
    assert await screen.push() == 2
    old.count, old.epoch = 0, "another life"
    assert await screen.push() == 2


async def test_a_hub_of_version_1_that_cannot_go_on_is_tried_with_patience(
    with_old_hub: tuple[Screen, OldHub],
) -> None:
    """It lost what is kept nowhere, and has no way to be told so: no endless sending."""
    screen, old = with_old_hub
    await votes(screen, "ada")
    await votes(screen, "ben")
    await screen.push()
    change(screen.database, "DELETE FROM outbox WHERE seq = 1")
    old.count = 0
    with pytest.raises(Unavailable):
        await screen.push()
    assert len(old.batches) < 8


async def test_the_feed_of_a_hub_of_version_1_is_applied(
    with_old_hub: tuple[Screen, OldHub],
) -> None:
    """Entries without a hash, a page without a sum."""
    screen, _ = with_old_hub
    pull = Pull(screen.database, screen.client, screen.identity.id, "", screen.clock)
    for _ in range(2):
        await pull.once(wait=0)
    shown = await screen.database.read(
        lambda c: comment_actions.published_comments(c, "harbour", "benches")
    )
    assert [comment.text for comment in shown] == ["A bench for my grandmother, please."]
    assert await screen.database.read(lambda c: heads.read(c, "copy-faults")) == ""


async def test_a_hub_that_is_updated_finds_that_all_agrees(
    hub: Hub, with_old_hub: tuple[Screen, OldHub], library: Screen
) -> None:
    """The screen talked to version 1 for a while; the new hub has the rows, and no hash differs."""
    screen, _ = with_old_hub
    await votes(screen, "ada")
    await says(screen, "A bench for my grandmother, please.")
    await screen.push()
    screen.client = HubClient("http://hub", screen.identity.credential, screen.line)
    await screen.push()
    assert await screen.push() == 0
    assert await counted(hub) == {"agree": 1, "*": 1}
    assert await hub.database.read(gap_store.count) == 0
    await screen.client.close()


def test_whoever_names_a_version_to_come_is_answered_in_ours(
    hub: Hub, ask: Callable[[str], httpx.Response]
) -> None:
    """A screen of version 3 hears 2; what is no number counts as version 1."""
    assert ask("3").headers["x-kiosk-protocol"] == "2"
    assert ask("two").headers["x-kiosk-protocol"] == "1"


@pytest.fixture
def ask(hub: Hub) -> Callable[[str], httpx.Response]:
    """Ask for the feed in a version."""
    import asyncio

    identity = hub.enrols("Market")

    async def asks(version: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {identity.credential}", "X-Kiosk-Protocol": version}
        transport = httpx.ASGITransport(hub.app)
        async with httpx.AsyncClient(base_url="http://hub", transport=transport) as http:
            return await http.get("/api/v1/feed", headers=headers)

    return lambda version: asyncio.run(asks(version))
