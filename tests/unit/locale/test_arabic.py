"""Arabic's six forms stand in the order in which the catalogue's own rule asks for them."""

from __future__ import annotations

import re

from tests.unit.locale.catalogues import forms, sentences

COUNTED = re.compile(r"\{n\} (\w+)")
"""The number and the word that is counted."""

TANWIN = "\u064b"


def test_eleven_to_ninety_nine_are_counted_in_the_accusative() -> None:
    """“11 يومًا”, but “100 يوم”: three sentences once had it the other way round."""
    for sentence in (s for s in sentences() if "{n}" in s.many):
        said = forms("ar", sentence)
        if len(said) == 6 and said[4] != said[5]:
            assert TANWIN not in "".join(COUNTED.findall(said[4])), sentence.one
            assert said[5].count(TANWIN) > said[4].count(TANWIN), sentence.one
