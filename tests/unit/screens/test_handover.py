"""A draft travels in the code itself: whole, in any script, readable for a phone's camera."""

from __future__ import annotations

import base64

import pytest
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_L

from kiosk.screens.touch.speaking.handover import address
from kiosk.voice.comment import LONGEST

HUB = "https://exhibition.lindmark-on-sea.example.org"


@pytest.mark.parametrize(
    "draft", ["Un banc, s’il vous plaît.", "مقعد في الظل", "Лавки? Так! 🪑", ""]
)
def test_the_draft_stands_behind_the_hash_alone(draft: str) -> None:
    """What a browser sends to the server names the exhibit, never the text."""
    sent, _, kept = address(HUB, "vivre-ensemble", "benches", "fr", draft).partition("#d=")
    assert sent == f"{HUB}/draft/vivre-ensemble/benches?lang=fr"
    assert base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode() == draft
    assert not set(kept) & set("+/=")


@pytest.mark.parametrize(("letter", "most"), [("e", 24), ("é", 29), ("م", 29), ("ব", 34)])
def test_the_longest_draft_makes_a_code_that_a_phone_reads(letter: str, most: int) -> None:
    """On a screen of 600 mm its side is 200 mm: a module of the largest keeps 1.3 mm."""
    code = QRCode(error_correction=ERROR_CORRECT_L)
    code.add_data(address(HUB, "vivre-ensemble", "town-hall-languages", "ar", letter * LONGEST))
    version = code.best_fit()
    assert version <= most
    assert 200 / (17 + 4 * version + 8) > 1.2


def test_a_draft_is_no_longer_than_a_comment() -> None:
    """What could not be sent is not carried either."""
    one = address(HUB, "x", "y", "fr", "a" * LONGEST)
    assert address(HUB, "x", "y", "fr", "a" * (LONGEST + 1)) == one
