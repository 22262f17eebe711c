"""Erased means gone, also where the hub that was told so is put back to an earlier day."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from kiosk.moderation import actions as moderation
from kiosk.moderation import erasure
from kiosk.sync import submit
from kiosk.voice import comment_store
from kiosk.voice.comment import NewComment, Status
from kiosk.voice.place import Place
from tests.faults.checker import holds
from tests.faults.simulation.acts import MEERA
from tests.faults.simulation.town import Town, look_away
from tests.world import SUNDAY


def test_words_erased_at_the_hub_leave_their_kiosk_after_a_restore(tmp_path: Path) -> None:
    """Ada comments at a screen and has it erased by phone; then the hub's old files come back.

    The restored hub has neither her comment nor what it told of it, only the list of the erased.
    When the screen sends her comment again, it is told again.
    """
    asyncio.run(_story(Town(7, tmp_path, lambda _: None, share=0.0)))


async def _story(town: Town) -> None:
    kiosk = town.kiosks[0].screen
    before = town.database.snapshot()
    new = NewComment(
        "hers", "benches", "My number is 0123.", "en", "ada", "r", "", kiosk.place, SUNDAY
    )
    await kiosk.database.write(partial(submit.submit_comment, new=new, kiosk_number=1, now=SUNDAY))
    await kiosk.push()
    await town.database.write(partial(erasure.erase, comment="hers", now=SUNDAY))
    town.erased.add("hers")

    town.restore(before, new_epoch=False)
    for _ in range(2):
        await kiosk.push()
        await kiosk.pull()
    kept = await kiosk.database.read(partial(comment_store.get, comment="hers"))
    assert kept is not None
    assert (kept.status, kept.text) == (Status.ERASED, "")
    for other in town.kiosks[1:]:
        await other.screen.pull()
    evidence = town.evidence(healed=True)
    try:
        holds(evidence)
    finally:
        look_away(evidence)


def test_words_erased_at_a_screen_do_not_come_back_with_old_news(tmp_path: Path) -> None:
    """Ada's comment is published; she erases it at the screen before the screen hears of that.

    The line is slow: the screen asks for news before it has told the hub.
    """
    asyncio.run(_old_news(Town(7, tmp_path, lambda _: None, share=0.0)))


async def _old_news(town: Town) -> None:
    kiosk = town.kiosks[0].screen
    await kiosk.database.write(
        partial(submit.submit_comment, new=_hers(kiosk.place), kiosk_number=1, now=SUNDAY)
    )
    await kiosk.push()
    await town.database.write(
        partial(
            moderation.approve, comment="hers", revision=1, staff=MEERA, now=SUNDAY, at_once=True
        )
    )
    await kiosk.database.write(partial(submit.take_back, receipt_hash="r", now=SUNDAY, erase=True))
    await kiosk.pull()
    kept = await kiosk.database.read(partial(comment_store.get, comment="hers"))
    assert kept is not None
    assert (kept.status, kept.text) == (Status.ERASED, "")
    await kiosk.push()
    assert await town.database.read(partial(comment_store.public_one, comment="hers")) is None


def _hers(place: Place) -> NewComment:
    return NewComment("hers", "benches", "My number is 0123.", "en", "ada", "r", "", place, SUNDAY)
