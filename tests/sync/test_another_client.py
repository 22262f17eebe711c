"""A kiosk that somebody else wrote, from docs/protocol.md alone, talks to our hub."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from kiosk import clock
from kiosk.live.tallies import publish_tallies
from tests.sync.conftest import Hub
from tests.world import BENCHES, SUNDAY

HEALTH = {"queue_length": 0, "queue_age_s": 0, "edition": "", "clock_offset_ms": 0}
ADA = hashlib.sha256(b"participant\0session\0harbour\0ada").hexdigest()


class Other:
    """The foreign kiosk: plain JSON over HTTP, nothing of ours."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    @staticmethod
    def message(seq: int, id: str, kind: str, body: dict[str, Any]) -> str:
        """A message as text: its hash is that of the body's bytes in it."""
        written = json.dumps(body, ensure_ascii=False)
        head = {"id": id, "seq": seq, "kind": kind, "hash": _sha256(written)}
        return f'{{"body": {written}, {json.dumps(head)[1:]}'

    async def push(self, *messages: str) -> dict[str, Any]:
        """Send a batch and return the reply."""
        batch = f'{{"messages": [{",".join(messages)}], "health": {json.dumps(HEALTH)}}}'
        answer = await self.http.post("/api/v1/messages", content=batch.encode())
        said: dict[str, Any] = answer.json()
        return said

    async def feed(self, after: int = 0) -> dict[str, Any]:
        """Ask for the feed behind a position."""
        answer = await self.http.get("/api/v1/feed", params={"after": after, "wait": 0})
        said: dict[str, Any] = answer.json()
        return said


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def ballot(seq: int, *choices: str, id: str = "") -> str:
    """Ada's latest choices on benches."""
    body = {
        "exhibition": "harbour", "city": "lindmark", "place": "Market", "channel": "touchscreen",
        "question": BENCHES, "participant": ADA, "choices": list(choices),
        "cast_at": "2026-09-06T14:00:00.000Z",
    }  # fmt: skip
    return Other.message(seq, id or f"ballot-{seq}", "ballot", body)


@pytest.fixture
async def other(hub: Hub) -> AsyncIterator[Other]:
    identity = hub.enrols("Market")
    headers = {"Authorization": f"Bearer {identity.credential}"}
    transport = httpx.ASGITransport(hub.app)
    async with httpx.AsyncClient(
        base_url="http://hub", headers=headers, transport=transport
    ) as http:
        yield Other(http)


async def test_messages_are_taken_once_and_confirmed(other: Other) -> None:
    first = await other.push(ballot(1, "agree"), ballot(2, "disagree"))
    assert (first["count"], first["highest"], first["quarantined"]) == (2, 2, [])
    again = await other.push(ballot(1, "agree"), ballot(2, "disagree"))
    assert again == first


async def test_what_lies_beyond_a_gap_is_left(other: Other) -> None:
    assert (await other.push(ballot(1, "agree"), ballot(3, "agree")))["highest"] == 1
    assert (await other.push(ballot(2, "agree"), ballot(3, "agree")))["highest"] == 3


async def test_the_same_id_with_another_body_is_set_aside(other: Other) -> None:
    await other.push(ballot(1, "agree", id="one"))
    reply = await other.push(ballot(2, "disagree", id="one"), ballot(3, "pass"))
    assert reply["quarantined"] == ["one"]
    assert (reply["count"], reply["highest"]) == (3, 3)


async def test_a_kind_that_the_hub_does_not_know_does_not_stop_the_next(other: Other) -> None:
    reply = await other.push(Other.message(1, "new", "drawing", {"x": 1}), ballot(2, "agree"))
    assert (reply["highest"], reply["quarantined"]) == (2, [])


async def test_a_damaged_body_is_refused_whole(other: Other) -> None:
    damaged = ballot(2, "agree").replace('"agree"', '"agrEe"', 1)
    reply = await other.push(ballot(1, "agree"), damaged)
    assert (reply["status"], reply["code"]) == (422, "invalid-text")
    assert reply["cure"]
    assert (await other.push())["highest"] == 0


async def test_who_is_not_enrolled_is_told_so_in_the_one_shape(other: Other) -> None:
    answer = await other.http.get("/api/v1/feed", headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "code", "cure"}


async def test_a_tally_comes_back_whole_with_every_origin(hub: Hub, other: Other) -> None:
    await other.push(ballot(1, "agree"))
    await hub.database.write(lambda c: publish_tallies(c, SUNDAY))
    await other.push(ballot(2, "disagree"))
    await hub.database.write(lambda c: publish_tallies(c, SUNDAY))
    page = await other.feed()
    (entry,) = page["entries"]
    assert (entry["kind"], entry["subject"]) == ("tally", BENCHES)
    rows = {
        (place, channel, choice): n for _, _, place, channel, choice, n in entry["body"]["rows"]
    }
    assert rows == {("Market", "touchscreen", c): 1 for c in ("*", "disagree")}
    assert page["head"] == entry["position"] == 2
    assert (await other.feed(page["head"]))["entries"] == []


async def test_every_reply_tells_the_hubs_moment_in_the_one_form(other: Other) -> None:
    """UTC with milliseconds and a Z, as the protocol promises of all moments."""
    other.http.headers["X-Kiosk-Protocol"] = "2"
    for said in (await other.push(ballot(1, "agree")), await other.feed()):
        assert said["now"] == clock.to_text(clock.from_text(said["now"]))


async def test_a_hub_without_its_epoch_begins_a_new_one(hub: Hub, other: Other) -> None:
    """After putting a backup back an operator deletes this row, as docs/operator.md says."""
    before = await other.push(ballot(1, "agree"))
    assert (await other.feed())["epoch"] == before["epoch"]
    forget = text("DELETE FROM meta WHERE name = 'epoch'")
    await hub.database.write(lambda c: c.execute(forget).rowcount)
    after = (await other.feed())["epoch"]
    assert after not in {"", before["epoch"]}
    assert (await other.push(ballot(1, "agree")))["epoch"] == after
