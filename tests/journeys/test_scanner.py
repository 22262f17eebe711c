"""What the journeys scan is what the screens draw."""

from __future__ import annotations

import re

import pytest

from kiosk.screens.widgets.qr import qr_svg
from tests.journeys.scanner import scan


@pytest.mark.parametrize(
    "address",
    [
        "HTTP://127.0.0.1:23456/Q/0123456789ABCDEFGHJKMNPQRSTVWXYZ",
        "HTTPS://VOICES.PORT-AUBIER.EXAMPLE/R/" + "7K2D" * 6,
        "https://voices.example/e/öffentliche-bänke",
        "https://h/" + "long/" * 50,
    ],
)
@pytest.mark.parametrize("swift", [False, True], ids=["best mask", "any mask"])
def test_a_code_says_what_was_put_into_it(address: str, swift: bool) -> None:
    """Ada's phone reads the address that the screen meant."""
    svg = qr_svg(address, "Code", swift=swift)
    box = re.search(r'viewBox="0 0 (\d+)', svg)
    dark = re.search(r'fill="#1b1916" d="([^"]+)"', svg)
    assert box is not None
    assert dark is not None
    assert scan(dark[1], int(box[1])) == address
