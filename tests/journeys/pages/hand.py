"""A hand on a touchscreen: one finger or two, as the browser hears them from a real screen."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

Point = tuple[float, float]
_STEPS = 8


class Hand:
    """Fingers before one page."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def tap_twice(self, where: Locator) -> None:
        """Tap twice in the middle of something, quickly."""
        for _ in range(2):
            self._fingers("touchStart", [middle(where)])
            self._fingers("touchEnd", [])

    def drag(self, where: Locator, by: Point) -> None:
        """Move one finger over something."""
        x, y = middle(where)
        self._move([((x, y), (x + by[0], y + by[1]))])

    def spread(self, where: Locator, by: float) -> None:
        """Move two fingers apart."""
        x, y = middle(where)
        self._move([((x - 30, y), (x - 30 - by, y)), ((x + 30, y), (x + 30 + by, y))])

    def _move(self, ways: Sequence[tuple[Point, Point]]) -> None:
        self._fingers("touchStart", [start for start, _ in ways])
        for n in range(1, _STEPS + 1):
            share = n / _STEPS
            self._fingers(
                "touchMove",
                [
                    (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
                    for start, end in ways
                ],
            )
        self._fingers("touchEnd", [])

    def _fingers(self, kind: str, points: Sequence[Point]) -> None:
        touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def middle(where: Locator) -> Point:
    """Return the middle of something in the page's pixels."""
    box = where.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
