"""A venue with three screens, its visitors and their phones, and the hub far away."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from functools import partial

import httpx

from kiosk import ids
from kiosk.messaging import outbox_store
from kiosk.people import tokens
from kiosk.people.enrolment import Identity, enrol
from kiosk.people.tokens import Kind
from kiosk.sync import submit
from kiosk.sync.hub_client import HubClient
from kiosk.sync.worker import Worker
from kiosk.voice import receipt
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.place import Place
from tests.faults.simulation.still import Still
from tests.screens.phone.hub import Hub, Phone
from tests.world import BENCHES, FERRY, LINDMARK, SUNDAY, StoppedClock

STILL_AT_THE_SCREEN = "Still at the screen."
ARRIVED = "Waiting for review."


class Uplink(httpx.AsyncBaseTransport):
    """The venue's line: while it is down a connection is tried for ten seconds, then given up."""

    def __init__(self, app: object) -> None:
        self._hub = httpx.ASGITransport(app)  # type: ignore[arg-type] # any ASGI app
        self.down = False
        self.tries = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, or let it wait in vain."""
        if self.down:
            self.tries += 1
            await asyncio.sleep(10)
            raise httpx.ConnectTimeout("no route")
        return await self._hub.handle_async_request(request)


@dataclass
class ScreenAtVenue:
    """A touchscreen's database and who it is; *saved* is what it called received."""

    identity: Identity
    database: Still
    saved: set[str] = field(default_factory=set)

    @property
    def place(self) -> Place:
        """Where its voices come from."""
        return Place("harbour", LINDMARK, self.identity.place, "touchscreen", self.identity.id)

    def waiting(self) -> int:
        """How many messages it has not got rid of."""
        return self.database.read_now(outbox_store.waiting)[0]


@dataclass
class Visitor:
    """Somebody who comes to the venue with a phone that has a network of its own."""

    screen: ScreenAtVenue
    phone: Phone
    hub: Hub
    chance: random.Random
    clock: StoppedClock
    receipt: str = ""
    by_phone: bool = False

    async def votes(self) -> None:
        """Answer at the screen, change the answer sometimes."""
        ada = ids.new_id()
        for question, choices in ((BENCHES, ("agree", "pass")), (FERRY, ("north", "south"))):
            for _ in range(1 + (self.chance.random() < 0.2)):
                choice = (self.chance.choice(choices),)
                cast = Cast(ids.new_id(), question, ada, choice, self.screen.place, self.clock())
                await self.screen.database.write(
                    partial(submit.cast_ballot, cast=cast, now=self.clock())
                )
                self.screen.saved.add(cast.id)

    async def speaks(self) -> None:
        """Comment at the screen and keep the receipt."""
        identity, id = self.screen.identity, ids.new_id()
        secret = receipt.new_receipt(identity.number, identity.key)
        new = NewComment(
            id, "benches", "A bench with a back, please.", "en", ids.new_id(),
            receipt.stored(secret), "", self.screen.place, self.clock(), BENCHES,
        )  # fmt: skip
        number = identity.number
        await self.screen.database.write(
            partial(submit.submit_comment, new=new, kiosk_number=number, now=self.clock())
        )
        self.screen.saved.add(id)
        self.receipt = receipt.shown(secret).replace("-", "")

    async def votes_by_phone(self) -> None:
        """Scan the code that the screen shows, which it makes without the hub, and vote."""
        identity = self.screen.identity
        target = tokens.target_of(BENCHES)
        code = tokens.issue(identity.key, identity.number, Kind.SCREEN, target, self.clock())
        await self.phone.votes(f"/q/{code}", "agree")
        assert self.phone.page.status_code == 200, self.phone.page.text
        self.by_phone = True

    async def asks(self) -> str:
        """Open the receipt on the phone; return what it says in large letters."""
        await self.phone.open(f"/r/{self.receipt}")
        return self.phone.headline


def screen_of(hub: Hub, template: object, number: int) -> ScreenAtVenue:
    """Enrol a new screen at the hub, with an empty database of its own."""
    name = f"Screen {number}"
    identity = hub.database.write_now(lambda c: enrol(c, name, "harbour", LINDMARK, name, SUNDAY))
    database = Still()
    database.becomes(template)
    return ScreenAtVenue(identity, database)


def worker_of(screen: ScreenAtVenue, uplink: Uplink, clock: StoppedClock) -> Worker:
    """Return the screen's worker, on the venue's line."""

    async def fetches_nothing(client: HubClient, exhibition: str, edition: str) -> bool:
        return False

    client = HubClient("http://hub.example", screen.identity.credential, uplink)
    origin = screen.identity.id
    return Worker(screen.database, client, origin, "", fetches_nothing, lambda: None, clock)
