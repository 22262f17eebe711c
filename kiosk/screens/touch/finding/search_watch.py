"""Lets the search follow each commit and each new edition, so that no erased word is kept."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial

from sqlalchemy import Connection

from kiosk.errors import KioskError
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.watch import heard

TOGETHER_S = 0.25
"""Seconds for which commits are gathered before the indexes follow."""

LOOK_S = 5.0
"""Seconds after which a new edition is looked for although nothing was committed."""

log = logging.getLogger("kiosk.touch")


async def follow(context: TouchContext) -> None:
    """Let the indexes follow each commit and each new edition, until cancelled."""
    with heard(context.database) as committed:
        while True:
            committed.clear()
            try:
                await context.database.read(partial(follow_all, context=context))
            except KioskError as error:
                log.warning("the search does not follow: %s", error)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await committed.wait()
                    # Whose touch was written has her answer first.
                    await asyncio.sleep(TOGETHER_S)


def follow_all(connection: Connection, context: TouchContext) -> None:
    """Bring the index of every edition up to date that hangs, or that an open page shows still."""
    hung = (context.shelf.get(exhibition) for exhibition in context.shelf.ids())
    at_hand = [each.exhibition for each in hung if each is not None]
    shown = [visit.exhibition for visit in tuple(context.visits)]
    context.finder.follow(connection, [*at_hand, *shown], context.clock())
