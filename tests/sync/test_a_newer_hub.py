"""A hub speaks in a way that this screen's program does not know: the screen passes over it."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.messaging import feed_store
from kiosk.moderation import actions as moderation
from tests.sync.acts import CLARA, publishes, says, shown_on
from tests.sync.conftest import Hub, Screen
from tests.world import BENCHES, SUNDAY

STRANGE: dict[str, tuple[str, dict[str, Any]]] = {
    "a text in several languages": (
        "comment",
        {
            "id": "comment-9", "state": "published", "exhibition": "harbour",
            "exhibit": "benches", "question": "", "city": "lindmark", "place": "Town hall",
            "channel": "touchscreen", "language": "en", "text": {"en": "More trees."},
            "published_at": "2026-09-06T14:00:00.000Z", "voice_number": "1-9", "example": False,
        },
    ),
    "an answer with no author": (
        "answer",
        {
            "id": "answer-9", "state": "released", "text": "Yes.", "language": "en",
            "author": None, "office": "Mayor", "city": "lindmark", "comments": ["comment-9"],
            "released_at": "2026-09-06T14:00:00.000Z", "corrected_at": None,
        },
    ),
    "a count beyond all numbers": (
        "tally",
        {"question": BENCHES, "rows": [["far", "lindmark", "Far", "phone", "agree", 2**70]]},
    ),
    "a moment before all time": (
        "group-code",
        {
            "id": "code-9", "state": "good", "hash": "a" * 64, "city": "",
            "expires_at": "0001-01-01T00:00:00.000+14:00",
        },
    ),
}  # fmt: skip


async def test_what_cannot_be_kept_holds_up_no_take_down(
    hub: Hub, town_hall: Screen, library: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    """Clara takes a voice down; before it in the feed stands what the library cannot keep.

    Its log names each, and repeats nothing of it.
    """
    await says(town_hall, "Unbearable words.")
    await town_hall.push()
    await publishes(hub)
    await library.pull()
    assert await shown_on(library) == ["Unbearable words."]

    def goes_on(c: Any) -> None:
        for what, (kind, body) in STRANGE.items():
            feed_store.append(c, kind, "harbour", "", body, SUNDAY, subject=what)
        moderation.unpublish(c, "comment-1", 2, CLARA, SUNDAY, ground="insult")

    await hub.database.write(goes_on)
    await library.pull()
    assert await shown_on(library) == []
    assert await library.database.read(feed_store.is_sound)
    assert caplog.text.count("cannot be read") == len(STRANGE)
    assert "More trees." not in caplog.text
