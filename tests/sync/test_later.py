"""A screen that was updated first tells its hub what that does not know yet: nothing is lost."""

from __future__ import annotations

from functools import partial

import pytest

from kiosk.messaging import quarantine_store
from kiosk.sync import later, submit, take
from kiosk.voice import support_store
from kiosk.voice.support import Support
from tests.sync.acts import counted, publishes, says, votes
from tests.sync.conftest import Hub, Screen
from tests.world import SUNDAY


async def test_an_older_hub_sets_support_aside_and_the_newer_one_counts_it(
    hub: Hub, town_hall: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ben agrees, then takes it back, Cem agrees; the hub learns of support the next night."""
    await says(town_hall, "A bench for my grandmother, please.")
    await town_hall.push()
    await publishes(hub)
    await town_hall.pull()
    for n, (who, given) in enumerate((("ben", True), ("cem", True), ("ben", False))):
        touch = Support(f"touch-{n}", "comment-1", who, given, town_hall.place, SUNDAY)
        await town_hall.database.write(partial(submit.support, given=touch, now=SUNDAY))
    with monkeypatch.context() as older:
        older.delitem(take._APPLY, take.SUPPORT)
        await votes(town_hall, "dana")
        await town_hall.push()
        assert await hub.database.write(partial(later.take_up, now=SUNDAY)) == 0
    assert await counted(hub) == {"agree": 1, "*": 1}
    assert await hub.database.read(quarantine_store.count) == 3
    assert await hub.database.write(partial(later.take_up, now=SUNDAY)) == 3
    assert await hub.database.write(partial(later.take_up, now=SUNDAY)) == 0
    assert await hub.database.read(quarantine_store.count) == 0
    assert await hub.database.read(lambda c: support_store.times(c, ["comment-1"])) == {
        "comment-1": 1
    }
    await town_hall.push()
    assert (await town_hall.database.read(lambda c: support_store.times(c, ["comment-1"]))) == {
        "comment-1": 1
    }
