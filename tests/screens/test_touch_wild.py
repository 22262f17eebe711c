"""Five hundred random touches, key chords and gestures leave the exhibition as it is."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsers import leave
from tests.screens.touch_fixtures import SUMMIT, Stage
from tests.screens.wild import Wild, enters, former_visit

TIMES = 500
SEED = int(os.environ.get("WILD_SEED", "20261121"))
"""Another seed is another child: WILD_SEED=7 make test."""


@pytest.mark.parametrize("stage", [("full", "turn=4")], indirect=True)
def test_a_child_touches_everything_and_breaks_nothing(stage: Stage, browser: Browser) -> None:
    """She never leaves the exhibition, meets no error, no menu, no page of another visitor."""
    page = enters(browser)
    former_visit(page, stage.address, SUMMIT)
    Wild(page, stage.address, SEED).goes_wild(TIMES)
    leave(page.context)
