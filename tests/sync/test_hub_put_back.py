"""A hub that is put back to an older state gets from the screens what they keep, by itself."""

from __future__ import annotations

import pytest

from kiosk.errors import Unavailable
from kiosk.messaging import (
    gap_store,
    heads,
    inbox_head_store,
    inbox_store,
    outbox_store,
    quarantine_store,
)
from kiosk.people import kiosk_store
from kiosk.sync.retention import forget_what_is_over
from kiosk.voice import actions
from tests.sync.acts import counted, publishes, says, shown_on, votes
from tests.sync.conftest import Hub, Screen
from tests.sync.putting_back import change, copy_of, put_back, value
from tests.world import BENCHES, SUNDAY


async def test_files_that_were_copied_back_by_hand_are_filled_up_again(
    hub: Hub, town_hall: Screen
) -> None:
    """Nobody gave the hub a new epoch; it holds fewer messages, and gets each again once."""
    await votes(town_hall, "ada")
    await town_hall.push()
    yesterday = copy_of(hub.database)
    await votes(town_hall, "ben", "pass")
    await says(town_hall, "A bench for my grandmother, please.")
    await town_hall.push()
    put_back(hub.database, yesterday)
    await town_hall.push()
    assert await counted(hub) == {"agree": 1, "pass": 1, "*": 2}
    assert await town_hall.push() == 0


async def test_a_hub_with_as_many_messages_but_others_is_found_by_the_hash(
    hub: Hub, town_hall: Screen
) -> None:
    """Put back, the hub took what a stranger with the same credential sent: the sums tell."""
    await votes(town_hall, "ada")
    await votes(town_hall, "ben", "pass")
    await town_hall.push()
    lost = "UPDATE inbox SET body_hash = 'other', seal = :seal WHERE seq = 2"
    change(hub.database, lost, seal="f" * 64)
    change(hub.database, "UPDATE inbox_head SET hash = :hash", hash="0" * 63 + "1")
    await votes(town_hall, "lea", "pass")
    assert await town_hall.push() > 1
    held = await hub.database.read(lambda c: inbox_head_store.of(c, town_hall.identity.id))
    rows = await hub.database.write(lambda c: inbox_store.recount(c, held_of(town_hall), 0))
    assert rows == (held, [])
    assert await town_hall.push() == 0


def held_of(screen: Screen) -> str:
    """The screen's origin."""
    return screen.identity.id


async def test_what_nobody_keeps_any_more_is_told_to_the_operator_and_gone_on_from(
    hub: Hub, town_hall: Screen
) -> None:
    """The backup is older than 35 days: numbers 2 and 3 are lost, 4 and 5 come, no one is asked."""
    await votes(town_hall, "ada")
    await town_hall.push()
    long_ago = copy_of(hub.database)
    await votes(town_hall, "ben")
    await votes(town_hall, "lea")
    await town_hall.push()
    later = town_hall.clock.passes(days=36)
    await town_hall.pull()
    assert await town_hall.database.write(lambda c: forget_what_is_over(c, later)) == 3
    await votes(town_hall, "mia", "pass")
    await town_hall.push()
    put_back(hub.database, long_ago)
    await votes(town_hall, "noah", "pass")
    await town_hall.push()
    assert await counted(hub) == {"agree": 1, "pass": 2, "*": 3}
    (gap,) = await hub.database.read(gap_store.waiting)
    assert (gap.origin, gap.first, gap.last, gap.reason) == (
        town_hall.identity.id,
        2,
        3,
        "forgotten by the kiosk",
    )
    held = (await hub.database.read(inbox_head_store.everyone))[town_hall.identity.id]
    assert (held.highest, held.count, held.lost) == (5, 3, 2)
    assert await town_hall.push() == 0
    await votes(town_hall, "zoe")
    assert await town_hall.push() == 1
    assert await hub.database.write(lambda c: gap_store.settle(c, gap, "dora", later))
    assert not await hub.database.write(lambda c: gap_store.settle(c, gap, "dora", later))
    assert await hub.database.read(gap_store.count) == 0


async def test_a_damaged_row_of_the_inbox_is_taken_again_from_the_screen(
    hub: Hub, town_hall: Screen
) -> None:
    """A bit tips over at the hub; when everything is sent again, it counts nothing twice."""
    for who in ("ada", "ben", "lea"):
        await votes(town_hall, who)
    await town_hall.push()
    change(hub.database, "UPDATE inbox SET kind = 'bollot' WHERE seq = 2")
    await hub.database.write(lambda c: heads.write(c, "epoch", "another life"))
    await town_hall.push()
    assert await counted(hub) == {"agree": 3, "*": 3}
    assert value(hub.database, "SELECT kind FROM inbox WHERE seq = 2") == "ballot"
    assert await hub.database.read(quarantine_store.count) == 0


async def test_a_sum_that_was_damaged_at_the_hub_is_added_up_anew(
    hub: Hub, town_hall: Screen
) -> None:
    """The row beside the inbox is wrong: one sending of everything, then peace."""
    await votes(town_hall, "ada")
    await votes(town_hall, "ben")
    await town_hall.push()
    change(hub.database, "UPDATE inbox_head SET count = 7, hash = :hash", hash="a" * 64)
    assert await town_hall.push() == 2
    assert await town_hall.push() == 0
    held = await hub.database.read(lambda c: inbox_head_store.of(c, town_hall.identity.id))
    assert (held.count, held.highest) == (2, 2)


async def test_a_feed_that_moved_on_from_an_older_state_is_taken_afresh(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """The library shows a voice that the hub lost, and misses one that it published since."""
    await says(town_hall, "Put trees there.", "trees")
    await town_hall.push()
    yesterday = copy_of(hub.database)
    await publishes(hub, "trees")
    await library.pull()
    assert await shown_on(library) == ["Put trees there."]
    put_back(hub.database, yesterday)
    await says(town_hall, "Put benches there.", "benches")
    await says(town_hall, "Put lamps there.", "lamps")
    await town_hall.push()
    await publishes(hub, "benches")
    await publishes(hub, "lamps")
    await library.pull()
    assert sorted(await shown_on(library)) == ["Put benches there.", "Put lamps there."]
    told = await hub.database.read(kiosk_store.everyone)
    await library.push()
    told = await hub.database.read(kiosk_store.everyone)
    assert [k.copy_faults for k in told] == [0, 1]


async def test_visitors_see_the_old_copy_until_the_new_one_is_complete(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """The line breaks while the library takes the feed afresh: its voices stay on the screen."""
    await says(town_hall, "Put trees there.", "trees")
    await town_hall.push()
    await publishes(hub, "trees")
    await library.pull()
    await hub.database.write(lambda c: heads.write(c, "epoch", "another life"))
    library.line.requests_until_cut = 1
    with pytest.raises(Unavailable):
        await library.pull()
    assert await shown_on(library) == ["Put trees there."]
    library.line.cut = False
    library.line.requests_until_cut = -1
    await library.pull()
    assert await shown_on(library) == ["Put trees there."]


async def test_a_damaged_entry_of_the_feed_does_not_make_screens_begin_again_for_ever(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """A bit tips over in the hub's feed: the entry is told no more, all agree on the rest."""
    for name in ("trees", "lamps"):
        await says(town_hall, f"Put {name} there.", name)
    await town_hall.push()
    await publishes(hub, "trees")
    await publishes(hub, "lamps")
    await library.pull()
    change(hub.database, "UPDATE feed SET body = replace(body, 'trees', 'traes')")
    for _ in range(3):
        await town_hall.pull()  # it begins at 0, so the hub looks at every entry
        await library.pull()
    for screen in (town_hall, library):
        assert "Put lamps there." in await shown_on(screen)
    assert await library.database.read(lambda c: heads.read(c, "copy-faults")) == "1"


async def test_other_origins_tallies_of_a_lost_time_go_too(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """What the copy showed of others' votes is the hub's again after it was taken afresh."""
    await votes(library, "ben", "pass")
    change(
        library.database,
        "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
        " VALUES (:question, 'gone', '', '', 'touchscreen', 'agree', 9)",
        question=BENCHES,
    )
    await hub.database.write(lambda c: heads.write(c, "epoch", "another life"))
    await library.pull()
    await hub.database.write(lambda c: heads.write(c, "epoch", "and another"))
    await library.pull()
    tally = await library.database.read(lambda c: actions.tally_of(c, BENCHES))
    assert dict(tally.by_choice) == {"pass": 1, "*": 1}
    assert (await library.database.read(outbox_store.waiting))[0] == 1
    assert library.clock() == SUNDAY
