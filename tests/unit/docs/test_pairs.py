"""The pairwise choice of pictures leaves no two values unseen, and every name leads to a screen."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from tests.pictures import pairs
from tests.pictures.album import LANGUAGES
from tests.pictures.pairs import Shot
from tests.pictures.ways import WAYS


def test_every_two_values_meet_on_a_picture() -> None:
    """A fault that needs a language and a mode, or a layout and a screen, cannot hide."""
    kinds = (pairs.SCREENS, LANGUAGES, pairs.PAIRED, pairs.MODES)
    shots = [(s.screen, s.language, s.layout, s.mode) for s in pairs.choice()]
    met = {pair for row in shots for pair in combinations(enumerate(row), 2)}
    for (a, ones), (b, others) in combinations(enumerate(kinds), 2):
        for one, other in product(ones, others):
            assert ((a, one), (b, other)) in met, f"{one} and {other} are never seen together"
    assert len(shots) == len(pairs.SCREENS) * len(pairs.MODES), "no picture more than needed"


def test_a_picture_is_asked_for_in_words() -> None:
    """What is left out is French, lying and without a mode; a wrong word is named."""
    assert set(pairs.SCREENS) <= set(WAYS)
    assert pairs.parse(["home", "tally.ar.portrait.large"]) == [
        Shot("home"),
        Shot("tally", "ar", "portrait", "large"),
    ]
    with pytest.raises(ValueError, match="hom"):
        pairs.parse(["hom"])
    with pytest.raises(ValueError, match="sideways"):
        pairs.parse(["home.sideways"])
