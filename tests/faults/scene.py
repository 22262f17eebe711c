"""A hub and two touchscreens in one process, where everything that can be said was said once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from kiosk.live.supports import publish_supports
from kiosk.live.tallies import publish_tallies
from kiosk.moderation import actions as moderation
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.sync import groups, submit
from kiosk.sync.hub_client import HubClient
from kiosk.voice import actions, support_actions
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.group import Hands
from kiosk.voice.place import Channel
from kiosk.voice.support import Support
from tests.faults.checker import Evidence, Told
from tests.sync.conftest import Hub, Line, Screen, migrated
from tests.world import ADAS_PHONE, BENCHES, FERRY, SUNDAY, StoppedClock, harbour

CLARA = Actor("clara", "clara", "Clara", (Grant(Role.MODERATOR),))
PUBLISHED, REFUSED, WITHDRAWN, ERASED = "published", "refused", "withdrawn", "erased"


@dataclass
class Scene:
    """The hub, its screens by origin, and what their visitors were told."""

    hub: Hub
    screens: dict[str, Screen]
    told: Told

    @contextmanager
    def evidence(self, *, healed: bool = True, followed: bool = True) -> Iterator[Evidence]:
        """What the checker looks at, on open connections."""
        with ExitStack() as open_:
            hub = open_.enter_context(self.hub.database.engine.connect())
            kiosks = {
                origin: open_.enter_context(screen.database.engine.connect())
                for origin, screen in self.screens.items()
            }
            yield Evidence(hub, kiosks, self.told, healed=healed, followed=followed)

    def close(self) -> None:
        """Let go of the databases."""
        for screen in self.screens.values():
            asyncio.run(screen.client.close())
            screen.database.close()
        self.hub.database.close()


def everything_said(folder: Path) -> Scene:
    """Votes, changed votes, comments in every state, support, hands, one id used twice; synced."""
    database = migrated(folder / "hub.db")
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    scene = Scene(Hub(database, StoppedClock()), {}, Told())
    for name in ("Town hall", "Library"):
        screen = _screen(scene.hub, folder, name)
        scene.screens[screen.identity.id] = screen
    hall, library = scene.screens.values()
    for screen in (hall, library):
        _votes(screen)
        _raises(screen)
    for name in (PUBLISHED, REFUSED, WITHDRAWN, ERASED):
        _says(hall, name)
    _says(library, "waiting")
    phone = Cast("by-phone", BENCHES, "lea", ("agree",), ADAS_PHONE, SUNDAY)
    database.write_now(lambda c: actions.cast_ballot(c, phone, SUNDAY))
    asyncio.run(_sync(scene))
    _decide(scene.hub)
    asyncio.run(_sync(scene))
    for screen in (hall, library):
        _agree(screen)
    by_phone = Support("agree-by-phone", PUBLISHED, "lea", True, ADAS_PHONE, SUNDAY)
    database.write_now(lambda c: support_actions.give(c, by_phone, SUNDAY))
    asyncio.run(_sync(scene))
    for name in (WITHDRAWN, ERASED):
        _takes_back(hall, name, erase=name == ERASED)
    asyncio.run(_sync(scene))
    asyncio.run(_sync(scene))
    saved = {"by-phone", PUBLISHED, REFUSED, WITHDRAWN, "waiting"}
    for screen in (hall, library):
        saved |= {f"{screen.identity.place}-{n}" for n in range(6)}
        saved |= {f"{screen.identity.place}-agree-{n}" for n in range(4)}
        saved |= {f"{screen.identity.place}-hands-{n}" for n in range(4)}
    scene.told = Told(frozenset(saved), frozenset({ERASED}))
    return scene


def _screen(hub: Hub, folder: Path, name: str) -> Screen:
    identity = hub.enrols(name)
    database = migrated(folder / f"{name}.db")
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    line = Line(hub.app)
    client = HubClient("http://hub", identity.credential, line)
    return Screen(identity, database, line, client, hub.clock)


def _votes(screen: Screen) -> None:
    """Five vote, the first twice; two screens use one id for two ballots."""
    place = screen.place
    for n in range(6):
        who, choice = f"{screen.identity.place} visitor {n % 5}", ("agree", "pass")[n % 2]
        _casts(screen, Cast(f"{place.place}-{n}", BENCHES, who, (choice,), place, SUNDAY))
    landing = ("north",) if screen.identity.place == "Library" else ("south",)
    _casts(screen, Cast("same-id", FERRY, f"{place.place} ben", landing, place, SUNDAY))


def _casts(screen: Screen, cast: Cast) -> None:
    screen.database.write_now(lambda c: submit.cast_ballot(c, cast, SUNDAY))


def _raises(screen: Screen) -> None:
    """A class raises hands and puts its numbers right; a council takes its own back."""
    place = replace(screen.place, channel=Channel.GROUP)
    acts = (
        ("class", (("agree", 9), ("disagree", 12), ("pass", 1))),
        ("class", (("agree", 12), ("disagree", 9), ("pass", 1))),
        ("council", (("agree", 7), ("disagree", 0), ("pass", 0))),
        ("council", ()),
    )
    for n, (who, raised) in enumerate(acts):
        name = f"{place.place} {who}"
        hands = Hands(f"{place.place}-hands-{n}", name, BENCHES, 24, raised, place, SUNDAY)
        screen.database.write_now(partial(groups.record, hands=hands, now=SUNDAY))


def _says(screen: Screen, name: str) -> None:
    new = NewComment(
        id=name,
        exhibit="benches",
        question=BENCHES,
        text=f"This one is to be {name}.",
        language="en",
        participant=f"author of {name}",
        receipt_hash=f"receipt-of-{name}",
        voice_number="",
        place=screen.place,
        written_at=SUNDAY,
    )
    number = screen.identity.number
    screen.database.write_now(lambda c: submit.submit_comment(c, new, number, SUNDAY))


def _takes_back(screen: Screen, name: str, *, erase: bool) -> None:
    hash = f"receipt-of-{name}"
    screen.database.write_now(lambda c: submit.take_back(c, hash, SUNDAY, erase=erase))


def _agree(screen: Screen) -> None:
    """Two agree with what stays, one of them takes it back; one with what is erased later."""
    place = screen.identity.place
    touches = (
        (PUBLISHED, "ada", True),
        (PUBLISHED, "ben", True),
        (PUBLISHED, "ben", False),
        (ERASED, "cem", True),
    )
    for n, (comment, who, given) in enumerate(touches):
        touch = Support(
            f"{place}-agree-{n}", comment, f"{place} {who}", given, screen.place, SUNDAY
        )
        screen.database.write_now(partial(submit.support, given=touch, now=SUNDAY))


def _decide(hub: Hub) -> None:
    approve = partial(moderation.approve, revision=1, staff=CLARA, now=SUNDAY, at_once=True)
    for name in (PUBLISHED, ERASED):
        hub.database.write_now(partial(approve, comment=name))
    hub.database.write_now(
        lambda c: moderation.refuse(c, REFUSED, 1, CLARA, SUNDAY, ground="insult")
    )


async def _sync(scene: Scene) -> None:
    for screen in scene.screens.values():
        await screen.push()
    await scene.hub.database.write(lambda c: publish_tallies(c, SUNDAY))
    await scene.hub.database.write(lambda c: publish_supports(c, SUNDAY))
    for screen in scene.screens.values():
        await screen.pull()
