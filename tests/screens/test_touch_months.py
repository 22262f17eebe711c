"""Months without a hand on it, in small: `make soak` lets weeks pass, this holds each change."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.waiting import until
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor

VISITS = 6
PER_VISIT = 200
"""Objects that a visit may leave: it leaves 5 to 70; with those of health questions 1,100."""


@pytest.mark.parametrize("stage", [("gone=3",)], indirect=True)
def test_a_visit_leaves_no_page_no_session_and_hardly_an_object(
    visitor: Visitor, stage: Stage
) -> None:
    """Six vote, look around and leave, then six more; the health page is asked again and again."""
    page, start = visitor.page, f"{stage.address}/"

    def visits(times: int) -> None:
        for _ in range(times):
            visitor.goes_to(f"/fr/{SUMMIT}/exhibit/benches")
            page.click('[data-choice="agree"]')
            expect(page.locator(".thanks")).to_be_visible()
            page.click(".bar [data-back]")
            for _ in range(10):
                assert stage.answers()
            page.evaluate("() => emitEvent('kiosk-idle')")
            page.wait_for_url(start)
        page.wait_for_function("() => window.did_handshake === true")

    def alone() -> bool:
        now = stage.do("holds")
        return (now["pages"], now["visits"]) == (1, 1)

    visits(VISITS)
    until(alone, "the pages of those who left are gone")
    before = stage.do("holds")
    visits(VISITS)
    until(alone, "the pages of those who left are gone")
    after = stage.do("holds")
    assert after["sessions"] <= before["sessions"]
    assert after["objects"] - before["objects"] < PER_VISIT * VISITS
