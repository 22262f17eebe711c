"""Batches may come packed; what would fill the hub's memory is refused while it is unpacked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest
import zstandard

from kiosk.errors import InvalidText
from kiosk.sync import push, wire
from tests.sync.acts import counted, says, votes
from tests.sync.conftest import Hub, Screen
from tests.sync.putting_back import value

EMPTY = {
    "messages": [],
    "health": {"queue_length": 0, "queue_age_s": 0, "edition": "", "clock_offset_ms": 0},
}


@pytest.fixture
async def http(hub: Hub) -> AsyncIterator[httpx.AsyncClient]:
    """A line for requests that our own screens would not send."""
    headers = {
        "Authorization": f"Bearer {hub.enrols('Market').credential}",
        "X-Kiosk-Protocol": "2",
        "Content-Encoding": "zstd",
    }
    transport = httpx.ASGITransport(hub.app)
    async with httpx.AsyncClient(
        base_url="http://hub", headers=headers, transport=transport
    ) as line:
        yield line


async def test_a_screen_packs_what_is_worth_it_once_it_knows_the_hub(
    hub: Hub, town_hall: Screen
) -> None:
    """Thirty votes travel in a tenth of their octets; each is counted once."""
    for n in range(30):
        await votes(town_hall, f"visitor {n}")
    await town_hall.push()
    sizes = town_hall.line.sent
    assert await counted(hub) == {"agree": 30, "*": 30}
    assert max(sizes) < 4_000


async def test_a_small_packet_that_unpacks_to_a_large_one_is_refused(
    http: httpx.AsyncClient,
) -> None:
    """A gigabyte of blanks in 33 kB: unpacking stops at the limit, and nothing is kept."""
    maker = zstandard.ZstdCompressor(level=1).compressobj()
    bomb = b"".join(maker.compress(b" " * 2**20) for _ in range(1024)) + maker.flush()
    assert len(bomb) < 2**18
    answer = await http.post("/api/v1/messages", content=bomb)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


async def test_several_small_frames_are_measured_together(http: httpx.AsyncClient) -> None:
    """A bomb in parts is one too."""
    frame = zstandard.compress(b" " * (wire.LARGEST // 4))
    answer = await http.post("/api/v1/messages", content=frame * 5)
    assert answer.status_code == 413


async def test_a_window_that_would_fill_the_memory_is_refused(http: httpx.AsyncClient) -> None:
    """A frame may ask for 2 GiB to unpack it: it is not given."""
    settings = zstandard.ZstdCompressionParameters(window_log=31, enable_ldm=True)
    frame = zstandard.ZstdCompressor(compression_params=settings).compressobj().compress(b" ")
    maker = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    frame = maker.compress(b" " * 2**16) + maker.flush()
    answer = await http.post("/api/v1/messages", content=frame)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-text")


@pytest.mark.parametrize("body", [b"", b"no zstd", zstandard.compress(b"x" * 99)[:-4]])
async def test_what_is_no_zstd_or_no_batch_is_said_so(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("/api/v1/messages", content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-text")


async def test_other_encodings_are_not_understood(http: httpx.AsyncClient) -> None:
    answer = await http.post("/api/v1/messages", content=b"x", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unknown-encoding")


async def test_a_plain_batch_is_limited_too(http: httpx.AsyncClient) -> None:
    headers = {"Content-Encoding": "identity"}
    fits = json.dumps(EMPTY).encode()
    answer = await http.post("/api/v1/messages", content=fits, headers=headers)
    assert answer.status_code == 200
    large = fits + b" " * wire.LARGEST
    answer = await http.post("/api/v1/messages", content=large, headers=headers)
    assert answer.status_code == 413


async def test_long_comments_are_sent_in_batches_that_fit(
    hub: Hub, town_hall: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many comments of 500 characters: several batches, so that none comes near the limit."""
    for n in range(60):
        await says(town_hall, "ß" * 500, f"comment-{n}")
    monkeypatch.setattr(push, "BODIES", 20_000)
    await town_hall.push()
    assert len(town_hall.line.sent) > 3
    assert value(hub.database, "SELECT count(*) FROM comment") == 60


def test_what_is_packed_can_be_unpacked() -> None:
    assert wire.unpack(wire.pack(b"voices"), "zstd") == b"voices"
    with pytest.raises(InvalidText):
        wire.read_batch(b"[]")
