"""What the hub sets aside stays for a person to look at, and the screen is told."""

from __future__ import annotations

import hashlib

import pytest

from kiosk.messaging import outbox_store, quarantine_store
from kiosk.messaging.quarantine_store import CONFLICT, KEEP_FIRST, SEEN, UNFIT
from kiosk.moderation.housekeeping import keep_the_promised_dates
from kiosk.people import kiosk_store
from kiosk.sync import submit
from kiosk.sync.serve import take_batch
from kiosk.sync.wire import Batch, Device, Receipt
from tests.sync.acts import counted, says, votes
from tests.sync.conftest import Hub, Screen
from tests.sync.test_another_client import Other, ballot, other
from tests.world import BENCHES, SUNDAY

__all__ = ["other"]


async def put_in(screen: Screen, name: str, kind: str, body: dict[str, object]) -> None:
    """A message that no visitor could have made."""
    await screen.database.write(
        lambda c: outbox_store.add(c, outbox_store.next_seq(c), name, kind, body, SUNDAY)
    )


async def receipt_of(hub: Hub, screen: Screen) -> Receipt:
    """What the hub answers to the screen's whole outbox, sent once more."""
    messages = await screen.database.read(lambda c: outbox_store.after(c, 0, 1000))
    kiosks = await hub.database.read(kiosk_store.everyone)
    kiosk = next(k for k in kiosks if k.id == screen.identity.id)
    batch = Batch(messages, kiosk_store.Health(0, 0, "", 0))
    return await hub.database.write(lambda c: take_batch(c, kiosk, batch, 2, SUNDAY))


async def test_a_conflict_is_shown_beside_the_message_that_stands(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Two screens, one id: the desk sees both, where each came from, when, and why."""
    await votes(town_hall, "ada")
    await town_hall.push()
    body: dict[str, object] = {"question": BENCHES, "choices": ["pass"]}
    await put_in(library, "ada-agree", "ballot", body)
    await library.push()
    (aside,) = await hub.database.read(quarantine_store.waiting)
    assert (aside.id, aside.status, aside.origin) == ("ada-agree", CONFLICT, library.identity.id)
    assert aside.first is not None
    assert (aside.first.origin, aside.first.seq) == (town_hall.identity.id, 1)
    assert aside.first.hash != aside.hash
    assert b"pass" in aside.body
    settle = quarantine_store.settle
    assert await hub.database.write(lambda c: settle(c, aside, KEEP_FIRST, "dora", SUNDAY))
    assert not await hub.database.write(lambda c: settle(c, aside, SEEN, "noah", SUNDAY))
    assert await hub.database.read(quarantine_store.waiting) == []
    assert await counted(hub) == {"agree": 1, "*": 1}


async def test_a_late_copy_brings_no_erased_words_back(hub: Hub, town_hall: Screen) -> None:
    """Ada erased her comment; a copy that the line held back comes now, with her words in it."""
    await says(town_hall, "Unmistakable words.")
    late = await town_hall.database.read(lambda c: outbox_store.after(c, 0, 10))
    await town_hall.push()
    await town_hall.database.write(
        lambda c: submit.take_back(c, "receipt-of-comment-1", SUNDAY, erase=True)
    )
    await town_hall.push()
    kiosk = (await hub.database.read(kiosk_store.everyone))[0]
    batch = Batch(late, kiosk_store.Health(0, 0, "", 0))
    await hub.database.write(lambda c: take_batch(c, kiosk, batch, 2, SUNDAY))
    assert await hub.database.read(quarantine_store.waiting) == []
    assert await town_hall.push() == 0


def _comment(receipt: str, written_at: str = "2026-09-06T14:00:00.000Z") -> dict[str, object]:
    return {
        "exhibition": "harbour", "city": "lindmark", "place": "Town hall",
        "channel": "touchscreen", "exhibit": "benches", "question": "", "text": "More trees.",
        "language": "en", "participant": "eve", "receipt_hash": receipt, "voice_number": "1-9",
        "written_at": written_at,
    }  # fmt: skip


UNFIT_BODIES = {
    "unknown kind": ("drawing", {"x": 1}),
    "a choice that is not offered": (
        "ballot",
        {
            "exhibition": "harbour", "city": "lindmark", "place": "Town hall",
            "channel": "touchscreen", "question": BENCHES, "participant": "eve",
            "choices": ["perhaps"], "cast_at": "2026-09-06T14:00:00.000Z",
        },
    ),
    "a zero character": (
        "ballot",
        {
            "exhibition": "harbour", "city": "lindmark", "place": "Town hall",
            "channel": "touchscreen", "question": BENCHES, "participant": "eve\0",
            "choices": ["agree"], "cast_at": "2026-09-06T14:00:00.000Z",
        },
    ),
    "a moment that is none": (
        "ballot",
        {
            "exhibition": "harbour", "city": "lindmark", "place": "Town hall",
            "channel": "touchscreen", "question": BENCHES, "participant": "eve",
            "choices": ["agree"], "cast_at": "yesterday",
        },
    ),
    "a moment before all time": (
        "ballot",
        {
            "exhibition": "harbour", "city": "lindmark", "place": "Town hall",
            "channel": "touchscreen", "question": BENCHES, "participant": "eve",
            "choices": ["agree"], "cast_at": "0001-01-01T00:00:00.000+14:00",
        },
    ),
    "half a body": ("ballot", {"question": BENCHES}),
    "a comment without text": ("comment", {"text": ""}),
    "a comment written before all time": ("comment", _comment("r-1", "0001-01-01T00:00+14:00")),
    "a list for a body": ("comment.withdrawn", {"comment": ["a"]}),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), UNFIT_BODIES.values(), ids=UNFIT_BODIES.keys())
async def test_what_cannot_be_applied_is_named_in_every_reply_and_stops_nobody(
    hub: Hub, town_hall: Screen, kind: str, body: dict[str, object]
) -> None:
    """An unfit message in the middle: the ones around it count; a retry is answered the same."""
    await votes(town_hall, "ada")
    await put_in(town_hall, "odd", kind, body)
    await votes(town_hall, "ben")
    first = await receipt_of(hub, town_hall)
    assert first.quarantined == ["odd"]
    assert [(a.seq, a.status) for a in first.aside] == [(2, UNFIT)]
    assert (first.count, first.highest) == (3, 3)
    assert await receipt_of(hub, town_hall) == first
    assert await counted(hub) == {"agree": 2, "*": 2}
    (aside,) = await hub.database.read(quarantine_store.waiting)
    assert (aside.first, aside.status) == (None, UNFIT)
    assert aside.reason
    assert await hub.database.read(quarantine_store.count) == 1


async def test_a_receipt_that_another_comment_has_stops_nobody(hub: Hub, town_hall: Screen) -> None:
    """A client gives one receipt out twice: the first comment stands, the votes behind count."""
    await put_in(town_hall, "first", "comment", _comment("one-receipt"))
    await put_in(town_hall, "second", "comment", _comment("one-receipt"))
    await votes(town_hall, "ada")
    await town_hall.push()
    assert await counted(hub) == {"agree": 1, "*": 1}
    (aside,) = await hub.database.read(quarantine_store.waiting)
    assert (aside.id, aside.status) == ("second", UNFIT)
    assert "More trees." not in aside.reason
    assert "one-receipt" not in aside.reason


async def test_words_that_were_set_aside_go_when_their_author_erases_them(
    hub: Hub, town_hall: Screen
) -> None:
    """A comment in quarantine is destroyed there too."""
    await says(town_hall, "My neighbour at number 4 is noisy.")
    bodies = await town_hall.database.read(lambda c: outbox_store.after(c, 0, 9))
    kiosk = (await hub.database.read(kiosk_store.everyone))[0]
    await hub.database.write(
        lambda c: quarantine_store.add(c, kiosk.id, bodies[0], UNFIT, "by hand", SUNDAY)
    )
    await town_hall.push()
    await town_hall.database.write(
        lambda c: submit.take_back(c, "receipt-of-comment-1", SUNDAY, erase=True)
    )
    await town_hall.push()
    (aside,) = await hub.database.read(quarantine_store.waiting)
    assert aside.body == b""


async def test_words_that_were_set_aside_have_a_deletion_date(hub: Hub, town_hall: Screen) -> None:
    """Nobody settles it and nobody erases it: after two years the words are gone, the row stays."""
    await put_in(town_hall, "odd", "comment", _comment("r-1") | {"language": 7})
    await town_hall.push()
    later = hub.clock.passes(days=729)
    await hub.database.write(lambda c: keep_the_promised_dates(c, later))
    (aside,) = await hub.database.read(quarantine_store.waiting)
    assert b"More trees." in aside.body
    later = hub.clock.passes(days=2)
    assert await hub.database.write(lambda c: keep_the_promised_dates(c, later)) == 1
    (aside,) = await hub.database.read(quarantine_store.waiting)
    assert (aside.body, aside.id) == (b"", "odd")
    assert await hub.database.write(lambda c: keep_the_promised_dates(c, later)) == 0


async def test_an_older_client_is_told_of_conflicts_only(other: Other) -> None:
    """Version 1 had no word for the others."""
    assert (await other.push(Other.message(1, "new", "drawing", {"x": 1})))["quarantined"] == []


async def test_numbers_and_ids_that_cannot_be_are_refused_whole(other: Other) -> None:
    for seq, name in ((0, "a"), (-4, "a"), (2**60, "a"), (1, "a\0b")):
        said = await other.push(Other.message(seq, name, "ballot", {}))
        assert (said["status"], said["code"]) == (422, "invalid-text")


async def test_octets_that_are_no_letters_stop_nobody(hub: Hub, other: Other) -> None:
    """A body is not UTF-8: set aside, what is behind it counts. An id is not: refused in words."""
    body = b'{"question": "\xff"}'
    hash_ = hashlib.sha256(body).hexdigest()
    head = f'"id": "odd", "seq": 1, "kind": "ballot", "hash": "{hash_}"'.encode()
    odd = b'{"body": ' + body + b", " + head + b"}"
    health = b'"health": {"queue_length": 0, "queue_age_s": 0, "edition": "", "clock_offset_ms": 0}'
    batch = b'{"messages": [' + odd + b", " + ballot(2, "agree").encode() + b"], " + health + b"}"
    said = (await other.http.post("/api/v1/messages", content=batch)).json()
    assert (said["highest"], await counted(hub)) == (2, {"agree": 1, "*": 1})
    refused = await other.http.post("/api/v1/messages", content=batch.replace(b"odd", b"\xff"))
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-text")


async def test_the_hub_knows_how_far_each_device_s_clock_is_off(
    hub: Hub, town_hall: Screen
) -> None:
    """The device woke up in 1970, ten minutes ago; its votes count, and the desk sees it."""
    town_hall.clock.passes(days=-20_000)
    await votes(town_hall, "ada", at=town_hall.clock())
    messages = await town_hall.database.read(lambda c: outbox_store.after(c, 0, 9))
    kiosk = (await hub.database.read(kiosk_store.everyone))[0]
    device = Device("1970-01-01T00:10:00.000Z", 600_000)
    health = kiosk_store.Health(1, 3, "0f3c", 0)
    batch = Batch(messages, health, device=device, software="0.1.0", keeps_from=1)
    await hub.database.write(lambda c: take_batch(c, kiosk, batch, 2, SUNDAY))
    told = (await hub.database.read(kiosk_store.everyone))[0]
    assert told.booted_at is not None
    assert (SUNDAY - told.booted_at).total_seconds() == 600
    assert told.clock_offset_ms < -1.7e12
    assert (told.software, told.protocol, told.queue_length) == ("0.1.0", 2, 1)
    assert told.last_seen_at == SUNDAY
    assert await counted(hub) == {"agree": 1, "*": 1}
