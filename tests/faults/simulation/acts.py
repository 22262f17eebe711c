"""What can happen in a simulated town: each act draws what it needs from the seed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import KioskError
from kiosk.live.tallies import publish_tallies
from kiosk.messaging import feed_store
from kiosk.moderation import actions as moderation
from kiosk.moderation import erasure
from kiosk.people.staff import Actor
from kiosk.sync import submit
from kiosk.sync.retention import forget_what_is_over, look_for_damage
from kiosk.voice import actions, comment_store
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.place import Place
from kiosk.voice.report_store import Report
from tests.faults.simulation.town import KioskAtWork, Town
from tests.staff import STAFF
from tests.world import ADAS_PHONE, BENCHES, FERRY

MEERA = Actor("meera", "meera", "Meera Nair", (STAFF["meera"][1],))
CLOCKS = (timedelta(), timedelta(days=-20_703), timedelta(hours=-1), timedelta(1), timedelta(400))
"""By how much a kiosk's clock is off: not, 1970, an hour behind, a day and 400 days ahead."""


def _kiosk(town: Town) -> KioskAtWork:
    return town.chance.choice(town.kiosks)


def _cast(town: Town, ada: str, place: Place) -> Cast:
    question, choices = town.chance.choice(
        ((BENCHES, ("agree", "disagree", "pass")), (FERRY, ("north", "south", "both")))
    )
    choice = town.chance.choice(choices)
    return Cast(ids.new_id(), question, ada, (choice,), place, town.clock())


def _comment(town: Town, ada: str, place: Place) -> NewComment:
    id = ids.new_id()
    words = f"A bench at number {town.chance.randrange(1_000)}, please."
    return NewComment(id, "benches", words, "en", ada, f"receipt:{id}", "", place, town.clock())


async def vote_at_screen(town: Town) -> None:
    """Somebody votes at a kiosk, or changes the vote given there before."""
    kiosk = _kiosk(town)
    if not kiosk.people or town.chance.random() < 0.6:
        kiosk.people.append(ids.new_id())
    cast = _cast(town, town.chance.choice(kiosk.people), kiosk.screen.place)
    write = partial(submit.cast_ballot, cast=cast, now=kiosk.clock())
    await kiosk.screen.database.write(write)
    if town.chance.random() < 0.2:  # a second tap on the same button
        await kiosk.screen.database.write(write)
    kiosk.saved.add(cast.id)


async def comment_at_screen(town: Town) -> None:
    """Somebody comments at a kiosk."""
    kiosk = _kiosk(town)
    new = _comment(town, ids.new_id(), kiosk.screen.place)
    number = kiosk.screen.identity.number
    write = partial(submit.submit_comment, new=new, kiosk_number=number, now=kiosk.clock())
    await kiosk.screen.database.write(write)
    kiosk.saved.add(new.id)
    kiosk.receipts.append(new.id)


async def take_back_at_screen(town: Town) -> None:
    """An author withdraws the comment, or has it erased."""
    kiosk = _kiosk(town)
    if not kiosk.receipts:
        return
    comment, erase = town.chance.choice(kiosk.receipts), town.chance.random() < 0.5
    await kiosk.screen.database.write(
        partial(submit.take_back, receipt_hash=f"receipt:{comment}", now=kiosk.clock(), erase=erase)
    )
    if erase:
        town.erased.add(comment)


async def report_at_screen(town: Town) -> None:
    """A visitor reports what is shown."""
    kiosk = _kiosk(town)
    shown = await kiosk.screen.database.read(partial(comment_store.public, exhibition="harbour"))
    if not shown:
        return
    about = min(shown, key=lambda comment: comment.id).id
    place, now = kiosk.screen.place, town.clock()
    report = Report(ids.new_id(), about, place, "insult", "", now, "open", example=False)
    await kiosk.screen.database.write(
        partial(submit.report_comment, report=report, now=kiosk.clock())
    )
    kiosk.saved.add(report.id)


async def vote_by_phone(town: Town) -> None:
    """A phone votes at the hub."""
    cast = _cast(town, ids.new_id(), ADAS_PHONE)
    await town.database.write_each(actions.cast_ballots, (cast, town.clock()))
    town.at_hub_alone.add(cast.id)


async def comment_by_phone(town: Town) -> None:
    """A phone comments at the hub."""
    new = _comment(town, ids.new_id(), ADAS_PHONE)
    await town.database.write(partial(moderation.receive, new=new, now=town.clock()))
    town.at_hub_alone.add(new.id)


async def erase_at_hub(town: Town) -> None:
    """An author opens her receipt on her phone and has the comment erased."""
    comment = _any_comment(town, "SELECT id FROM comment WHERE status <> 'erased' ORDER BY id")
    if comment:
        await town.database.write(partial(erasure.erase, comment=comment, now=town.clock()))
        town.erased.add(comment)


async def moderate(town: Town) -> None:
    """Meera decides on some comment, whatever may be decided about it."""
    comment = _any_comment(town, "SELECT id FROM comment ORDER BY id")
    act = town.chance.choice(("approve", "at once", "refuse", "unpublish", "undo"))
    if comment:
        with suppress(KioskError):  # not everything can be decided about every comment
            await town.database.write(partial(_decide, town=town, comment=comment, act=act))


def _decide(connection: Connection, town: Town, comment: str, act: str) -> None:
    found = comment_store.get(connection, comment)
    assert found is not None
    this = (connection, comment, found.revision, MEERA, town.clock())
    if act == "undo":
        moderation.undo(*this)
    elif act == "refuse":
        moderation.refuse(*this, ground="insult")
    elif act == "unpublish":
        moderation.unpublish(*this, ground="insult")
    else:
        moderation.approve(*this, at_once=act == "at once")


def _any_comment(town: Town, statement: str) -> str:
    found = town.database.read_now(lambda c: c.exec_driver_sql(statement).scalars().all())
    return str(town.chance.choice(found)) if found else ""


async def publish(town: Town) -> None:
    """The hub's tickers: holds that are over, and tallies."""
    await town.database.write(partial(moderation.publish_due, now=town.clock()))
    await town.database.write(partial(publish_tallies, now=town.clock()))


async def release_edition(town: Town) -> None:
    """The editors release an edition."""
    body = {"edition": ids.new_id()}
    await town.database.write(
        lambda c: feed_store.append(c, "release", "harbour", "", body, town.clock())
    )


async def push(town: Town) -> None:
    """A kiosk sends what waits."""
    with suppress(KioskError):
        await _kiosk(town).screen.push()


async def pull(town: Town) -> None:
    """A kiosk asks for news."""
    with suppress(KioskError):
        await _kiosk(town).screen.pull()


async def late_request(town: Town) -> None:
    """A request that a kiosk gave up long ago reaches the hub after all."""
    kiosk = _kiosk(town)
    if kiosk.line.on_their_way:
        await kiosk.line.arrives_late()


async def time_passes(town: Town) -> None:
    """Seconds to hours."""
    town.clock.passes(seconds=town.chance.choice((0.1, 1, 11, 60, 3_600, 20_000)))


async def clock_jumps(town: Town) -> None:
    """A kiosk's clock is wrong from now on, or right again."""
    _kiosk(town).clock.by = town.chance.choice(CLOCKS)


async def tidy(town: Town) -> None:
    """A kiosk forgets what it may."""
    kiosk = _kiosk(town)
    await kiosk.screen.database.write(partial(look_for_damage, now=kiosk.clock()))
    await kiosk.screen.database.write(partial(forget_what_is_over, now=kiosk.clock()))


async def back_up(town: Town) -> None:
    """The hub's database is copied."""
    town.snapshots = [*town.snapshots[-2:], town.database.snapshot()]


async def restore(town: Town) -> None:
    """The hub is restored from a backup, as the manual says or by copying its files back."""
    if town.snapshots:
        new_epoch = town.chance.random() < 0.5
        town.note(f"    {'a new epoch' if new_epoch else 'by hand, the old epoch'}")
        town.restore(town.chance.choice(town.snapshots), new_epoch=new_epoch)


async def wipe(town: Town) -> None:
    """A kiosk's device is replaced by an empty one."""
    town.wipe(town.chance.randrange(len(town.kiosks)))


Act = Callable[[Town], Awaitable[None]]

ACTS: dict[Act, int] = {
    vote_at_screen: 14,
    comment_at_screen: 7,
    take_back_at_screen: 3,
    report_at_screen: 1,
    vote_by_phone: 5,
    comment_by_phone: 2,
    erase_at_hub: 1,
    moderate: 9,
    publish: 6,
    release_edition: 1,
    push: 18,
    pull: 14,
    late_request: 4,
    time_passes: 8,
    clock_jumps: 2,
    tidy: 1,
    back_up: 3,
    restore: 2,
    wipe: 1,
}
"""How likely each is, in parts of their sum."""
