"""What is said of a voice or a practice breaks where a reader would breathe."""

from __future__ import annotations

from datetime import timedelta

from kiosk import clock
from kiosk.locale.translator import translator
from kiosk.screens.widgets import exchange, words
from tests.screens import touch_voices


def test_no_line_begins_with_a_dot_and_no_time_is_broken() -> None:
    """“· vor 3 / Stunden” stood below Ben's words; dots stand in the gaps, drawn by the style."""
    now = clock.now()
    said = touch_voices.voice("x", "benches", "Un banc.", "fr", now - timedelta(hours=3))
    pieces = exchange._byline(translator("de"), said, now)
    assert "·" not in "".join(pieces)
    assert len(pieces) > 3
    assert [piece for piece in pieces[2:] if " " in piece] == [], pieces


def test_a_practice_s_field_is_said_in_words() -> None:
    """“social-development” stood on the screen as it is filed."""
    t = translator("en")
    assert words.field_of_practice(t, "social-development") == "social development"
    assert words.field_of_practice(t, "water-supply") == "water supply"
