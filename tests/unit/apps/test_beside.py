"""What runs beside the pages outlives what nobody foresaw, and ends with the process."""

from __future__ import annotations

import asyncio
import logging

import pytest

from kiosk.apps import beside


async def test_what_fails_is_logged_and_begun_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Tallies go on being published after a fault that was not the database's."""
    monkeypatch.setattr(beside, "AGAIN_S", 0)
    begun: list[int] = []
    goes_on = asyncio.Event()

    async def publishes() -> None:
        begun.append(len(begun))
        if len(begun) < 3:
            raise ValueError("a tally that nobody foresaw")
        goes_on.set()
        await asyncio.Event().wait()

    with caplog.at_level(logging.ERROR, "kiosk.beside"):
        async with beside.running(publishes):
            await asyncio.wait_for(goes_on.wait(), 20)
    assert begun == [0, 1, 2]
    assert sum("begins again" in line for line in caplog.messages) == 2


async def test_what_ends_by_itself_is_over_and_the_others_end_with_the_block() -> None:
    """An orderly end is no fault; what still runs is ended, and has time for its own last act."""
    told: list[str] = []

    async def once() -> None:
        told.append("once")

    async def for_good() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            told.append("ended")

    async with beside.running(once, for_good):
        await asyncio.sleep(0)
    assert told == ["once", "ended"]
