"""What a kiosk sends after long days offline: 100,000 votes in batches, as they travel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from kiosk import clock, ids
from kiosk.exhibition.model import Question
from kiosk.messaging.envelope import Message, body_hash, encode
from kiosk.people.enrolment import Identity
from kiosk.people.kiosk_store import Health
from kiosk.sync import bodies
from kiosk.sync.wire import Batch
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Channel, Place

EVENTS = 100_000
AT_ONCE = 5_000

HEALTH = Health(EVENTS, 3_600, "", 0)


@dataclass(frozen=True, slots=True)
class Events:
    """The same votes twice: as rows for the reference, and as batches in JSON for the hub."""

    rows: list[tuple[str, str, int, str, bytes, str]]
    batches: list[bytes]

    def row_batches(self) -> Iterator[list[tuple[str, str, int, str, bytes, str]]]:
        """Yield the rows as many at a time as the batches have."""
        for begin in range(0, len(self.rows), AT_ONCE):
            yield self.rows[begin : begin + AT_ONCE]


def make(
    screen: Identity, exhibition: str, questions: Sequence[Question], events: int = EVENTS
) -> Events:
    """Return votes of many visitors, four questions each, one after the other."""
    messages = [_message(screen, exhibition, questions, n) for n in range(events)]
    parts = [messages[begin : begin + AT_ONCE] for begin in range(0, events, AT_ONCE)]
    rows = [(m.id, screen.id, m.seq, m.kind, bytes(m.body), m.hash) for m in messages]
    return Events(rows, [msgspec.json.encode(Batch(part, HEALTH, keeps_from=1)) for part in parts])


def _message(screen: Identity, exhibition: str, questions: Sequence[Question], n: int) -> Message:
    visitor, turn = divmod(n, 4)
    question = questions[(visitor + turn) % len(questions)]
    choice = question.choice_ids()[n % len(question.choice_ids())]
    participant = hashlib.sha256(f"visitor {visitor} of {screen.id}".encode()).hexdigest()
    place = Place(exhibition, "", screen.place, Channel.TOUCHSCREEN, screen.id)
    at = clock.now() - timedelta(seconds=EVENTS - n)
    cast = Cast(ids.new_id(), question.id, participant, (choice,), place, at, n + 1)
    raw = encode(bodies.of_ballot(cast))
    return Message(cast.id, n + 1, "ballot", msgspec.Raw(raw), body_hash(raw))
