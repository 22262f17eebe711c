"""After each commit every open page is brought up to date, whatever happens to another one."""

from __future__ import annotations

import asyncio
from functools import partial

from kiosk.errors import Unavailable
from kiosk.messaging import heads
from kiosk.screens.touch import watch
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.step import HOME, Step
from tests.world import harbour


class _Page:
    """A page that notes when it is told; *fault* is what it meets then."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.step = Step("en", "vivre-ensemble", HOME)
        self.told = asyncio.Event()
        self.exhibition = harbour()
        self._fault = fault

    async def changed(self) -> None:
        """Note it."""
        self.told.set()
        if self._fault is not None:
            raise self._fault


async def test_a_broken_page_keeps_no_other_from_what_is_new(context: TouchContext) -> None:
    """Two pages break, one by a fault that nobody foresaw; Ada's follows one commit and the next.

    A voice that was taken down would otherwise stay on show until the screen is started again.
    """
    pages = [_Page(RuntimeError("no such element")), _Page(Unavailable("Gone.")), _Page()]
    context.visits |= set(pages)
    following = asyncio.create_task(watch.commits(context))
    try:
        await asyncio.sleep(0)  # it has begun to listen
        async with asyncio.timeout(20):
            for moment in ("first", "second"):
                await context.database.write(partial(heads.write, name="test", value=moment))
                for page in pages:
                    await page.told.wait()
                    page.told.clear()
        assert not following.done()
    finally:
        following.cancel()
