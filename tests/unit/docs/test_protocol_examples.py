"""The examples of sums and seals in docs/protocol.md, computed as another client would."""

from __future__ import annotations

import hashlib
import re

from kiosk.messaging import rolling
from kiosk.messaging.envelope import body_hash, seal_of
from kiosk.messaging.feed_entry import seal_of as seal_of_entry
from tests.unit.docs.test_docs import PROTOCOL

ROW = re.compile(
    r"^\| (\d) \| `(\S+)` \| `(\S+)` \| `(\{.+?\})` \| `(\w{64})` \| `(\w{64})` \|$", re.M
)


def sha256(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def test_the_rolling_hash() -> None:
    """Two messages, their seals and the sum stand in the document as the code has them."""
    rows = ROW.findall(PROTOCOL)
    assert len(rows) == 2
    seals = []
    for seq, name, kind, body, hash_, seal in rows:
        assert sha256(body) == body_hash(body.encode()) == hash_
        assert sha256(seq, name, kind, hash_) == seal_of(int(seq), name, kind, hash_) == seal
        seals.append(seal)
    total = f"{sum(int(seal, 16) for seal in seals) % 2**256:064x}"
    assert total == rolling.moved(rolling.EMPTY, seals)
    assert f"After both the hash is `{total}`" in PROTOCOL


def test_the_hash_of_the_feed() -> None:
    """The one entry of the example is the whole sum."""
    hash_ = sha256('{"id":"c-1","state":"withdrawn"}')
    seal = sha256("890", "comment", "harbour", "lindmark", "c-1", hash_)
    assert seal == seal_of_entry(890, "comment", "harbour", "lindmark", "c-1", hash_)
    assert f"has the seal\n`{seal}`" in PROTOCOL
