"""Patterns: each voice fills a cell, evenly over the surface, the same on every drawing."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.screens.widgets.pattern import NAMES, capacity, pattern, scale_for
from kiosk.screens.widgets.qr import kept_qr_svg, qr_svg


def _states(svg: str) -> str:
    return "".join(re.findall(r'class="cell" href="#p[0-9a-f]+-([of])', svg))


@given(
    st.sampled_from(NAMES),
    st.integers(1, 600),
    st.integers(1, 600),
    st.integers(0, 300),
    st.none() | st.integers(0, 400),
    st.integers(0, 9),
)
@settings(max_examples=60, deadline=None)
def test_each_voice_fills_one_cell(
    name: str, width: int, height: int, filled: int, mine: int | None, seed: int
) -> None:
    """As many cells are filled as there are voices, in order, until the surface is full."""
    svg = pattern(name, "#bd3521", width, height, filled, mine, seed)
    ET.fromstring(svg)
    states = _states(svg)
    places = len(states) + (mine is not None)
    assert capacity(name, width, height) <= places
    assert "of" not in states
    assert abs(states.count("f") - min(filled, places)) <= 1
    assert svg.count('class="mine"') == (mine is not None)
    assert svg == pattern(name, "#bd3521", width, height, filled, mine, seed)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_voices_are_spread_over_the_surface(name: str) -> None:
    """Eight voices on a poster: each quarter of it has at least one."""
    svg = pattern(name, "#bd3521", 800, 800, 8)
    quarters = set()
    for x, y in re.findall(r'-f\d" x="([\d.-]+)" y="([\d.-]+)"', svg):
        quarters.add((float(x) > 400, float(y) > 400))
    assert len(quarters) == 4


@pytest.mark.parametrize("name", NAMES)
def test_a_band_on_a_phone_is_small(name: str) -> None:
    """The whole page must stay under 10 KB; its band takes less than half of that."""
    assert len(pattern(name, "#bd3521", 390, 72, 5, scale=0.62)) < 4_800


@pytest.mark.parametrize("name", NAMES)
def test_many_voices_make_smaller_cells_and_leave_room(name: str) -> None:
    """A wall never looks finished before it is."""
    scale = scale_for(name, 1920, 1080, 200)
    assert capacity(name, 1920, 1080, scale) >= 200
    assert scale_for(name, 1920, 1080, 100_000) == 0.4


def test_a_screens_code_keeps_the_qr_code_at_29_modules() -> None:
    """Upper case and 32 characters: read from three metres with a large module."""
    svg = qr_svg("HTTPS://VOICES.EXAMPLE.ORG/Q/" + "0123456789ABCDEF" * 2, 'On your phone "now"')
    assert 'viewBox="0 0 37 37"' in svg  # 29 modules and a quiet zone of 4 on each side
    assert "&quot;now&quot;" in svg
    ET.fromstring(svg)


def test_a_receipt_s_code_is_drawn_and_forgotten() -> None:
    """Only what is public is remembered; the next visitor's screen knows no receipt any more."""
    remembered = kept_qr_svg.cache_info().currsize
    qr_svg("HTTPS://VOICES.EXAMPLE.ORG/R/" + "7K2D" * 6, "Code of your receipt")
    assert kept_qr_svg.cache_info().currsize == remembered
    assert not hasattr(qr_svg, "cache_info")
