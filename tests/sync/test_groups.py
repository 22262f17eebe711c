"""A group's hands on their way: recorded offline, told once, apart from votes on every screen."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from kiosk.errors import Forbidden
from kiosk.messaging import feed_store, outbox_store, quarantine_store
from kiosk.moderation import decision_store, group_codes
from kiosk.moderation.group_codes import Wanted
from kiosk.people import group_codes as codes
from kiosk.people.group_codes import Fresh
from kiosk.people.permissions import Permission, Role
from kiosk.people.staff import Actor, Grant
from kiosk.sync import groups, later, soundness_store, submit, take
from kiosk.sync.pull import Pull
from kiosk.voice import actions, group_actions
from kiosk.voice.ballot import Cast
from kiosk.voice.group import Groups, Hands, Raised
from kiosk.voice.place import Channel, Place
from tests.sync.acts import counted, votes
from tests.sync.conftest import Hub, Screen
from tests.world import BENCHES, LINDMARK, PORT_AUBIER, SUNDAY, harbour

MEERA = Actor("meera", "meera", "Meera", (Grant(Role.MODERATOR, "harbour", LINDMARK),))
FIFTEEN: Raised = (("agree", 15), ("disagree", 6), ("pass", 1))
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
async def released(hub: Hub, town_hall: Screen, library: Screen) -> None:
    """Hub and screens know the harbour's questions."""
    for database in (hub.database, town_hall.database, library.database):
        await database.write(lambda c: actions.register_questions(c, harbour(), SUNDAY))


async def raises(
    screen: Screen, raised: Raised = FIFTEEN, *, name: str = "class-4b", act: int = 1
) -> None:
    """A facilitator enters hands at a screen."""
    at = screen.place
    place = Place(at.exhibition, at.city, at.place, Channel.GROUP, at.origin)
    hands = Hands(f"{name}-{act}", name, BENCHES, 24, raised, place, SUNDAY)
    await screen.database.write(lambda c: groups.record(c, hands, SUNDAY))


async def seen(place: Hub | Screen) -> Groups:
    """What groups have raised, as hub or screen says."""
    return await place.database.read(lambda c: group_actions.groups_on(c, BENCHES))


async def test_a_class_raises_hands_while_the_line_is_cut(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Offline it is recorded all the same; with the line back hub and library tell of it, once."""
    town_hall.line.cut = True
    await raises(town_hall)
    await raises(town_hall)
    assert (await seen(town_hall)).people == 24
    town_hall.line.cut = False
    town_hall.line.replies_to_lose = 1
    with pytest.raises(Exception, match="hub"):
        await town_hall.push()
    await town_hall.push()
    for screen in (town_hall, library, town_hall, library):
        await screen.pull()
    expected = Groups(BENCHES, 1, 24, {"agree": 15, "disagree": 6, "pass": 1})
    assert [await seen(p) for p in (hub, town_hall, library)] == [expected] * 3


async def test_hands_are_no_votes_at_the_hub(hub: Hub, town_hall: Screen) -> None:
    """Ada voted before a class of 24 came: the hub counts one vote."""
    await votes(town_hall, "ada")
    await raises(town_hall)
    await town_hall.push()
    assert await counted(hub) == {"agree": 1, "*": 1}


async def test_a_ballot_that_says_it_is_a_groups_is_not_counted(
    hub: Hub, town_hall: Screen
) -> None:
    """Another client sends fifteen hands as ballots: they are set aside, Ada's vote counts."""
    at = town_hall.place
    place = Place(at.exhibition, at.city, at.place, Channel.GROUP, at.origin)
    for n in range(15):
        cast = Cast(f"hand-{n}", BENCHES, f"hand-{n}", ("agree",), place, SUNDAY)
        await town_hall.database.write(partial(submit.cast_ballot, cast=cast, now=SUNDAY))
    await votes(town_hall, "ada")
    await town_hall.push()
    assert await counted(hub) == {"agree": 1, "*": 1}


async def test_two_screens_groups_add_up_and_corrections_replace(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """The town hall's class corrects itself; the library's takes its answer back."""
    await raises(town_hall)
    await raises(library, name="council")
    await raises(town_hall, (("agree", 0), ("disagree", 24), ("pass", 0)), act=2)
    for screen in (town_hall, library):
        await screen.push()
    for screen in (town_hall, library):
        await screen.pull()
    expected = Groups(BENCHES, 2, 48, {"agree": 15, "disagree": 30, "pass": 1})
    assert [await seen(p) for p in (hub, town_hall, library)] == [expected] * 3
    await raises(library, (), name="council", act=2)
    await library.push()
    for screen in (town_hall, library):
        await screen.pull()
    assert {(await seen(p)).groups for p in (hub, town_hall, library)} == {1}


async def test_a_screen_notices_when_others_hands_turn_over(
    town_hall: Screen, library: Screen
) -> None:
    """A bit turns over in what the library shows of the town hall's class: its feed says else."""
    await raises(town_hall)
    await town_hall.push()
    await library.pull()
    look = partial(soundness_store.faults, origin=library.identity.id)
    assert await library.database.read(look) == []
    turned = text("UPDATE group_result SET people = 25")
    await library.database.write(lambda c: c.execute(turned).close())
    told = [f"others' hands on {BENCHES} are not what the hub published"]
    assert await library.database.read(look) == told
    await Pull(library.database, library.client, library.identity.id, "", library.clock).rebuild()
    assert await library.database.read(look) == []
    assert (await seen(library)).people == 24


async def test_an_older_hub_keeps_hands_until_it_knows_them(
    hub: Hub, town_hall: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The vote behind them is counted at once; after the hub's update the hands come up too."""
    with monkeypatch.context() as older:
        older.delitem(take._APPLY, groups.KIND)
        await raises(town_hall)
        await votes(town_hall, "ada")
        await town_hall.push()
        assert (await counted(hub))["agree"] == 1
        assert (await town_hall.database.read(outbox_store.waiting))[0] == 0
    assert (await seen(hub)).groups == 0
    assert await hub.database.write(partial(later.take_up, now=SUNDAY)) == 1
    assert (await seen(hub)).people == 24


async def test_a_screen_that_takes_the_feed_afresh_keeps_its_own_group(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """What the library recorded stays, the town hall's comes anew."""
    await raises(town_hall)
    await raises(library, name="council")
    for screen in (town_hall, library, library):
        await screen.push()
        await screen.pull()
    await library.database.write(lambda c: feed_store.replace_all(c, [], 0, SUNDAY))
    await library.pull()
    assert (await seen(library)).groups == 2


WRONG: tuple[dict[str, object], ...] = (
    {"size": 3},
    {"hands": [["agree", 25]]},
    {"hands": [["agree", 1], ["agree", 1]]},
    {"hands": [["nobody", 1]]},
    {"channel": "phone"},
    {"group": ""},
    {"hands": "all"},
)


async def test_what_cannot_be_a_groups_is_set_aside(
    hub: Hub, town_hall: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another client's mistake is nobody's hand, and stops nobody behind it."""
    right = groups.body_of
    for n, wrong in enumerate(WRONG):
        monkeypatch.setattr(groups, "body_of", lambda hands, wrong=wrong: right(hands) | wrong)
        await raises(town_hall, act=n)
    monkeypatch.setattr(groups, "body_of", right)
    await votes(town_hall, "ada")
    await town_hall.push()
    aside = await hub.database.read(
        lambda c: quarantine_store.between(c, town_hall.identity.id, 1, 9)
    )
    assert [each.id for each in aside] == [f"class-4b-{n}" for n in range(len(WRONG))]
    assert (await seen(hub)).groups == 0
    assert (await counted(hub))["agree"] == 1


async def test_a_code_from_the_desk_opens_a_screen_that_is_offline_afterwards(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Meera makes a code for a week; the town hall's screen hears of it, then the line is cut."""
    fresh = Fresh("48217306", codes.digest("48217306", "harbour"))
    wanted = Wanted("Class 4b", LINDMARK, WEEK)
    made = await hub.database.write(
        lambda c: group_codes.make(c, fresh, wanted, MEERA, "harbour", SUNDAY)
    )
    assert made.code == "48217306"
    await town_hall.pull()
    town_hall.line.cut = True

    def opens(screen: Screen, city: str = LINDMARK, days: int = 0) -> bool:
        now = SUNDAY + timedelta(days=days)
        read = screen.database.read_now
        try:
            read(lambda c: codes.good(c, fresh.hash, "harbour", city, now))
        except Forbidden:
            return False
        return True

    assert opens(town_hall)
    assert not opens(town_hall, PORT_AUBIER)
    assert not opens(town_hall, days=7)
    assert not opens(library)
    entries = await hub.database.read(lambda c: feed_store.after(c, 0, 50))
    (told,) = (e.body for e in entries if e.kind == "group-code")
    assert not {"name", "made_by"} & told.keys()
    assert "48217306" not in str(told)


async def test_a_code_that_was_taken_back_opens_nothing_where_it_is_heard(
    hub: Hub, town_hall: Screen
) -> None:
    """Class 4b's code stood on the blackboard too long; who made and revoked it is in the log."""
    fresh = codes.fresh("harbour")
    wanted = Wanted("Class 4b", "", WEEK)
    with pytest.raises(Forbidden):
        await hub.database.write(
            lambda c: group_codes.make(c, fresh, wanted, MEERA, "harbour", SUNDAY)
        )
    wanted = Wanted("Class 4b", LINDMARK, WEEK)
    await hub.database.write(lambda c: group_codes.make(c, fresh, wanted, MEERA, "harbour", SUNDAY))
    await town_hall.pull()
    read = town_hall.database.read
    found = await read(lambda c: codes.good(c, fresh.hash, "harbour", LINDMARK, SUNDAY))
    await hub.database.write(lambda c: group_codes.revoke(c, found.id, MEERA, SUNDAY))
    await town_hall.pull()
    with pytest.raises(Forbidden):
        await read(lambda c: codes.good(c, fresh.hash, "harbour", LINDMARK, SUNDAY))
    with pytest.raises(Forbidden):
        await read(lambda c: codes.still_stands(c, found.id))
    log = await hub.database.read(
        lambda c: decision_store.latest(c, MEERA.scope(Permission.READ_LOG, "harbour"))
    )
    assert [(d.action, d.comment) for d in log] == [
        ("revoke-group-code", "code:Class 4b"),
        ("make-group-code", "code:Class 4b"),
    ]
