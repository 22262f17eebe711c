"""A screen whose disk fails: what is damaged is told, and never sent as if it were right."""

from __future__ import annotations

import pytest

from kiosk.errors import Unavailable
from kiosk.messaging import damage_store, feed_store, gap_store, outbox_store, quarantine_store
from kiosk.people import kiosk_store
from kiosk.sync.retention import look_for_damage
from tests.sync.acts import counted, publishes, says, shown_on, votes
from tests.sync.conftest import Hub, Screen
from tests.sync.putting_back import change, copy_of, put_back
from tests.world import SUNDAY

HARM = {
    "a body": "UPDATE outbox SET body = CAST('{}' AS BLOB) WHERE seq = 2",
    "an id": "UPDATE outbox SET id = 'ban-agree' WHERE seq = 2",
    "letters that are none": "UPDATE outbox SET id = CAST(x'fffe41' AS TEXT) WHERE seq = 2",
    "a seal": "UPDATE outbox SET seal = 'f' || substr(seal, 2) || 'x' WHERE seq = 2",
    "a hash": "UPDATE outbox SET body_hash = '' WHERE seq = 2",
    "a row that is gone": "DELETE FROM outbox WHERE seq = 2",
    "a number that cannot be": "UPDATE outbox SET seq = 1125899906842624 WHERE seq = 2",
    "the last row": "DELETE FROM outbox WHERE seq = 3",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
async def test_a_damaged_message_is_told_and_the_ones_behind_it_go_on(
    hub: Hub, town_hall: Screen, harm: str
) -> None:
    """Three vote, a row of the outbox is damaged: two are counted, the operator sees the third."""
    for who in ("ada", "ben", "lea"):
        await votes(town_hall, who)
    change(town_hall.database, harm)
    await town_hall.push()
    await votes(town_hall, "mia")
    await town_hall.push()
    assert await counted(hub) == {"agree": 3, "*": 3}
    (gap,) = await hub.database.read(gap_store.waiting)
    damaged = 3 if "seq = 3" in harm else 2
    assert (gap.first, gap.last, gap.reason) == (damaged, damaged, "damaged at the kiosk")
    told = await hub.database.read(kiosk_store.everyone)
    assert told[0].damaged >= 1
    assert damaged in await town_hall.database.read(damage_store.numbers)
    assert await town_hall.push() == 0
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 0


damaged_moments = pytest.mark.parametrize(
    "moment",
    ["'06T14:00:00.000Zb585d9c3'", "'0'", "''", "CAST(x'01fffe' AS TEXT)", "'2026-09-06'"],
    ids=["later half", "a figure", "nothing", "letters that are none", "a day alone"],
)


async def three_wait(screen: Screen, moment: str) -> None:
    """Three votes wait at a screen, and the disk has damaged since when the first one does."""
    for who in ("ada", "ben", "lea"):
        await votes(screen, who)
    change(screen.database, f"UPDATE outbox SET created_at = {moment} WHERE seq = 1")


@damaged_moments
async def test_a_damaged_moment_holds_up_no_message(
    hub: Hub, town_hall: Screen, moment: str
) -> None:
    """Since when that one waits is not known then; what waits goes on its way all the same."""
    await three_wait(town_hall, moment)
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 3
    await town_hall.push()
    assert await counted(hub) == {"agree": 3, "*": 3}
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 0


@damaged_moments
async def test_behind_a_damaged_moment_the_next_ones_tell_how_long_they_wait(
    hub: Hub, town_hall: Screen, moment: str
) -> None:
    """Three votes wait for hours; neither the staff corner nor the desk may take them for new."""
    await three_wait(town_hall, moment)
    assert await town_hall.database.read(outbox_store.waiting) == (3, SUNDAY)
    town_hall.clock.passes(hours=3)
    town_hall.line.requests_until_cut = 1  # how it is comes through; the messages do not
    with pytest.raises(Unavailable):
        await town_hall.push()
    (told, _) = await hub.database.read(kiosk_store.everyone)
    assert (told.queue_length, told.queue_age_s) == (3, 3 * 3600)


async def test_where_every_moment_is_damaged_the_messages_still_count(town_hall: Screen) -> None:
    """How many they are is known, since when is not."""
    await votes(town_hall, "ada")
    change(town_hall.database, "UPDATE outbox SET created_at = '0'")
    assert await town_hall.database.read(outbox_store.waiting) == (1, None)


async def test_damage_to_what_was_sent_before_is_found_by_looking(
    hub: Hub, town_hall: Screen
) -> None:
    """The hub has it, so nothing is lost; but this screen can no longer give it to a new hub."""
    for who in ("ada", "ben"):
        await votes(town_hall, who)
    await town_hall.push()
    change(town_hall.database, "UPDATE outbox SET kind = 'bellot' WHERE seq = 1")
    assert await town_hall.database.write(lambda c: look_for_damage(c, SUNDAY)) == 1
    await town_hall.push()
    assert await hub.database.read(gap_store.count) == 0
    assert (await hub.database.read(kiosk_store.everyone))[0].damaged == 0  # before what it keeps
    assert await counted(hub) == {"agree": 2, "*": 2}


async def test_a_counter_that_was_damaged_is_put_right(hub: Hub, town_hall: Screen) -> None:
    """The number taken last is wrong on the disk: nobody's vote fails, nothing is called lost."""
    await votes(town_hall, "ada")
    await votes(town_hall, "ben")
    for wrong in ("1", "987654321"):
        change(town_hall.database, "UPDATE meta SET value = :v WHERE name = 'outbox-seq'", v=wrong)
        await town_hall.database.write(lambda c: look_for_damage(c, SUNDAY))
        await votes(town_hall, f"lea {wrong}")
    await town_hall.push()
    assert await counted(hub) == {"agree": 4, "*": 4}
    assert await hub.database.read(gap_store.count) == 0


async def test_a_damaged_copy_of_the_feed_is_noticed(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """A bit tips over in the library's copy: looking shows it, and it is taken afresh."""
    await says(town_hall, "Put trees there.")
    await town_hall.push()
    await publishes(hub)
    await library.pull()
    assert await library.database.read(feed_store.is_sound)
    change(library.database, "UPDATE feed SET body = replace(body, 'trees', 'traes')")
    assert not await library.database.read(feed_store.is_sound)
    change(library.database, "UPDATE feed_sum SET hash = :hash", hash="a" * 64)
    await library.pull()
    assert await shown_on(library) == ["Put trees there."]
    assert await library.database.read(feed_store.is_sound)


async def test_a_screen_that_was_put_back_to_an_older_state_takes_new_numbers(
    hub: Hub, town_hall: Screen
) -> None:
    """Its disk was restored, the hub knows later numbers: what is said since goes above them."""
    await votes(town_hall, "ada")
    await town_hall.push()
    yesterday = copy_of(town_hall.database)
    for who in ("ben", "lea", "eve"):
        await votes(town_hall, who, "pass")
    await town_hall.push()
    put_back(town_hall.database, yesterday)
    await votes(town_hall, "mia")
    await votes(town_hall, "noah")
    await town_hall.push()
    assert await counted(hub) == {"agree": 3, "pass": 3, "*": 6}
    await votes(town_hall, "zoe")
    assert await town_hall.push() == 1
    assert await town_hall.push() == 0
    assert await hub.database.read(gap_store.count) == 0


async def test_numbers_that_were_used_twice_are_kept_for_a_person(
    hub: Hub, town_hall: Screen
) -> None:
    """As much was said since as was lost: nothing tells which is which, and nothing is thrown away.

    The desk sees two conflicts; such a screen is to be enrolled anew (docs/operator.md).
    """
    await votes(town_hall, "ada")
    await town_hall.push()
    yesterday = copy_of(town_hall.database)
    await votes(town_hall, "ben", "pass")
    await votes(town_hall, "lea", "pass")
    await town_hall.push()
    put_back(town_hall.database, yesterday)
    await votes(town_hall, "mia")
    await votes(town_hall, "noah")
    await town_hall.push()
    assert await counted(hub) == {"agree": 1, "pass": 2, "*": 3}
    aside = await hub.database.read(quarantine_store.waiting)
    assert [(a.id, a.status, a.reason) for a in aside] == [
        ("mia-agree", 409, "its number was taken"),
        ("noah-agree", 409, "its number was taken"),
    ]
    await votes(town_hall, "zoe")
    await town_hall.push()
    assert await counted(hub) == {"agree": 2, "pass": 2, "*": 4}
    assert await town_hall.push() == 0
