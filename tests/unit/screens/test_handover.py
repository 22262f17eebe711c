"""A draft travels in the code itself: whole, in any script, readable for a phone's camera."""

from __future__ import annotations

import base64

import pytest
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_L

from kiosk.errors import InvalidText
from kiosk.screens.touch.speaking.handover import MOST_OCTETS, address
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


@pytest.mark.parametrize("letter", ["e", "é", "م", "ব", "🪑"])
def test_a_draft_is_carried_whole_or_not_at_all(letter: str) -> None:
    """What does not fit is said, with how much does: nothing is cut without a word."""
    most = MOST_OCTETS // len(letter.encode())
    kept = address(HUB, "x", "y", "fr", letter * most).partition("#d=")[2]
    assert base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode() == letter * most
    with pytest.raises(InvalidText) as refused:
        address(HUB, "x", "y", "fr", letter * (most + 1))
    assert refused.value.values == {"length": most + 1, "most": most}


def test_the_largest_code_is_one_that_a_phone_reads() -> None:
    """However a visitor fills it: the side of 200 mm leaves each module 1.2 mm."""
    code = QRCode(error_correction=ERROR_CORRECT_L)
    code.add_data(address(HUB, "vivre-ensemble", "izmir-cohesion_challenges", "ar", "e" * 1500))
    assert 200 / (17 + 4 * code.best_fit() + 8) > 1.2
