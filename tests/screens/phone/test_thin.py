"""The vote's thin route: whatever is sent, it answers as the full route does."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from kiosk.people import tickets
from kiosk.people.tokens import Kind, target_of
from kiosk.screens.phone.limiting import Limits
from kiosk.screens.phone.thin_page import ThinPages
from kiosk.screens.phone.windows import Windows
from tests.screens.phone.hub import Hub
from tests.world import BENCHES, FERRY, GARDENS, NIGHT_BUS

MARK = "ada0" * 8
NONCE = bytes(range(16))
FORM = r'name="ticket" value="(\w+)"'
LINKS = r"[?&;]k=(\w+)"


@dataclass
class Sent:
    """One request of a phone, by default a plain vote on the benches from the hall's screen."""

    path: Callable[[Hub], str] = lambda hub: f"/q/{hub.code(BENCHES)}"
    target: bytes = field(default_factory=lambda: target_of(BENCHES))
    fields: list[tuple[str, str]] = field(default_factory=lambda: [("choice", "agree")])
    kind: Kind = Kind.SCREEN
    kiosk: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    age_s: int = 0
    body: Callable[[str], str | bytes | AsyncIterator[bytes]] = lambda form: form
    thin: bool = True
    """Whether the thin route is to answer it by itself."""

    def ticket(self, hub: Hub) -> str:
        """The ticket of the form, given when the page was opened."""
        number = hub.screen.number if self.kiosk is None else self.kiosk
        key, now = hub.app.public.hub_key, hub.clock()
        return tickets.issue(key, self.kind, number, self.target, now, NONCE)


async def pieces(form: str) -> AsyncIterator[bytes]:
    """The form in two pieces, as a slow network brings it."""
    yield form[:20].encode()
    yield form[20:].encode()


async def crumbs(form: str) -> AsyncIterator[bytes]:
    """The form in very many pieces."""
    for character in form:
        yield character.encode()


VOTES = {
    "a first vote": Sent(),
    "a phone with its mark": Sent(headers={"cookie": f"lang=fr; voice={MARK}"}),
    "a mark that is none": Sent(headers={"cookie": "voice=<script>; lang=de"}),
    "a mark sent twice": Sent(headers={"cookie": f"voice={'0' * 32}; voice={MARK}"}),
    "a mark in quotes": Sent(headers={"cookie": f'voice="{MARK}"'}, thin=False),
    "our own page, as browsers say": Sent(headers={"sec-fetch-site": "same-origin"}),
    "an older browser without referrer": Sent(headers={"origin": "null"}),
    "an older browser of ours": Sent(headers={"origin": "http://hub.example"}, thin=False),
    "another site": Sent(headers={"sec-fetch-site": "cross-site"}, thin=False),
    "an older browser of another site": Sent(headers={"origin": "http://evil"}, thin=False),
    "a code in small letters": Sent(path=lambda hub: f"/q/{hub.code(BENCHES).lower()}"),
    "a code from a QR code": Sent(path=lambda hub: f"/Q/{hub.code(BENCHES)}"),
    "a short code": Sent(path=lambda hub: f"/q/{hub.short(BENCHES)}"),
    "a poster": Sent(path=lambda hub: f"/q/{hub.code(BENCHES, Kind.POSTER)}", kind=Kind.POSTER),
    "a card": Sent(path=lambda hub: f"/q/{hub.code(BENCHES, Kind.CARD)}", kind=Kind.CARD),
    "a group": Sent(path=lambda hub: f"/q/{hub.code(BENCHES, Kind.GROUP)}", kind=Kind.GROUP),
    "an exhibit's page": Sent(path=lambda _: "/e/benches"),
    "the same page, exhibition named": Sent(path=lambda _: "/e/harbour/benches"),
    "a ticket of the whole": Sent(
        path=lambda _: "/e/ferry", target=bytes(3), fields=[("choice", "north")]
    ),
    "a screen that is gone": Sent(kiosk=99),
    "two answers": Sent(
        path=lambda hub: f"/q/{hub.code(GARDENS)}",
        target=target_of(GARDENS),
        fields=[("choice", "south"), ("choice", "north")],
    ),
    "too many answers": Sent(
        path=lambda hub: f"/q/{hub.code(GARDENS)}",
        target=target_of(GARDENS),
        fields=[("choice", "south"), ("choice", "north"), ("choice", "both")],
        thin=False,
    ),
    "one answer twice": Sent(fields=[("choice", "agree"), ("choice", "agree")], thin=False),
    "no answer": Sent(fields=[], thin=False),
    "an answer not offered": Sent(fields=[("choice", "maybe")], thin=False),
    "an answer with octets to decode": Sent(fields=[("choice", "agréé")], thin=False),
    "an answer written in codes": Sent(
        body=lambda form: form.replace("agree", "%61gree"), thin=False
    ),
    "a question that is over": Sent(
        path=lambda hub: f"/q/{hub.code(NIGHT_BUS)}", target=target_of(NIGHT_BUS), thin=False
    ),
    "a ticket of another question": Sent(target=target_of(FERRY), thin=False),
    "a page left open": Sent(age_s=660, thin=False),
    "a card an hour later": Sent(
        path=lambda hub: f"/q/{hub.code(BENCHES, Kind.CARD)}", kind=Kind.CARD, age_s=3600
    ),
    "a code grown old, its ticket fresh": Sent(
        path=lambda hub: f"/q/{hub.code(BENCHES)}", age_s=120
    ),
    "a vote taken back": Sent(fields=[("take-back", "1")], thin=False),
    "a forged ticket": Sent(body=lambda form: form.replace("ticket=0", "ticket=1"), thin=False),
    "a ticket typed with hyphens": Sent(
        body=lambda form: form.replace("ticket=0", "ticket=-0"), thin=False
    ),
    "no ticket": Sent(body=lambda form: form.replace("ticket", "other"), thin=False),
    "two tickets, the last counts": Sent(body=lambda form: f"ticket=0&{form}"),
    "empty fields": Sent(body=lambda form: f"&&{form}&x=&y"),
    "very many fields": Sent(body=lambda form: form + "&x=1" * 50, thin=False),
    "a very long form": Sent(body=lambda form: form + "&x=" + "y" * 9000, thin=False),
    "octets that are no text": Sent(body=lambda form: form.encode() + b"&x=\xff", thin=False),
    "a form in two pieces": Sent(body=pieces),
    "a form in crumbs": Sent(body=crumbs, thin=False),
    "nothing at all": Sent(body=lambda _: "", thin=False),
    "a code that no screen wrote": Sent(path=lambda _: "/q/" + "7" * 32, thin=False),
    "the whole exhibition's code": Sent(path=lambda hub: f"/q/{hub.code()}", thin=False),
    "a page that is none": Sent(path=lambda _: "/e/nothing", thin=False),
    "a page without a question": Sent(path=lambda _: "/e/harbour", thin=False),
    "an address with a query": Sent(path=lambda hub: f"/q/{hub.code(BENCHES)}?lang=fr"),
    "another address": Sent(path=lambda _: "/healthz", thin=False),
}


@dataclass
class Scan:
    """One opening of a page, by default of the benches by the code in the hall."""

    path: Callable[[Hub], str] = lambda hub: f"/q/{hub.code(BENCHES)}"
    headers: dict[str, str] = field(default_factory=dict)
    age_s: int = 0
    thin: bool = True


class Routes:
    """Sends a request by both routes, and notes whether the thin one answered by itself."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.took: list[bool] = []
        self._take = hub.app.votes.take
        hub.app.votes.take = self._noted  # type: ignore[method-assign]

    async def _noted(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        left = await self._take(scope, receive, send)
        self.took.append(left is None)
        return left

    async def _past(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        del scope, send
        return receive

    async def answer(self, sent: Sent, *, thin: bool) -> httpx.Response:
        """Send it; not *thin*: as if there were no thin route."""
        self.hub.app.votes.take = self._noted if thin else self._past  # type: ignore[method-assign]
        transport = httpx.ASGITransport(app=self.hub.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://hub.example") as client:
            form = urlencode([("ticket", self.ticket), *sent.fields])
            headers = {"content-type": "application/x-www-form-urlencoded", **sent.headers}
            content = sent.body(form)
            return await client.post(self.path, content=content, headers=headers)

    async def both(self, sent: Sent) -> tuple[httpx.Response, httpx.Response]:
        """Send it by the thin route, then by the full one."""
        self.path, self.ticket = sent.path(self.hub), sent.ticket(self.hub)
        self.hub.clock.passes(seconds=sent.age_s)
        return await self.answer(sent, thin=True), await self.answer(sent, thin=False)


def told(response: httpx.Response) -> tuple[int, list[tuple[str, str]], str]:
    """What an answer says, but for tickets made anew with each page."""
    text = re.sub(r"\b[0-9a-f]{80}\b", "a ticket", response.text)
    headers = [(k, re.sub(r"\bk=[0-9a-f]{80}", "k=", v)) for k, v in response.headers.items()]
    return response.status_code, sorted(headers), text


@pytest.mark.parametrize("sent", VOTES.values(), ids=VOTES)
async def test_both_routes_answer_alike(hub: Hub, sent: Sent) -> None:
    """Ada's phone sends it twice; a hub without the thin route would have said the same."""
    routes = Routes(hub)
    thin, full = await routes.both(sent)
    assert told(thin) == told(full)
    assert routes.took == [sent.thin]


async def test_both_routes_count_alike(hub: Hub) -> None:
    """The same vote by one route and then by the other is one vote of one phone, in one place."""
    routes = Routes(hub)
    await routes.both(VOTES["a first vote"])
    assert dict(hub.tally(BENCHES).by_choice) == {"agree": 1, "*": 1}
    assert set(hub.tally(BENCHES).by_city) == {"lindmark"}
    await routes.both(VOTES["a screen that is gone"])
    assert hub.tally(BENCHES).ballots == 1


async def test_over_https_the_mark_is_bound_to_the_host(hub: Hub) -> None:
    """Both routes give a phone the same cookie there, too."""
    hub.app.public.public_url = "https://hub.example"
    hub.app.votes.__post_init__()
    thin, full = await Routes(hub).both(Sent())
    assert thin.headers["set-cookie"] == full.headers["set-cookie"]
    assert thin.headers["set-cookie"].startswith("__Host-voice=")
    assert thin.headers["referrer-policy"] == full.headers["referrer-policy"] == "no-referrer"
    assert "content-security-policy" not in full.headers  # it has nothing that could be guarded
    assert "Secure" in thin.headers["set-cookie"]


async def test_a_screen_taken_away_is_taken_away_at_once(hub: Hub) -> None:
    """What the thin route knows by heart is forgotten when the hall changes."""
    routes = Routes(hub)
    sent = Sent()
    await routes.both(sent)
    hub.database.write_now(
        lambda c: c.exec_driver_sql("UPDATE kiosk SET revoked_at = '2026-01-01T00:00:00.000Z'")
    )
    await hub.app.public.refresh()
    thin, full = await routes.both(Sent(path=lambda _: routes.path))
    assert told(thin) == told(full)
    assert thin.status_code == 404


def test_counts_are_forgotten_with_their_window() -> None:
    """After a minute a phone may vote again thirty times; another's count was never in the way."""
    now = [0.0]
    windows = Windows(lambda: now[0])
    assert [windows.incr("ada", 60) for _ in range(3)] == [1, 2, 3]
    assert (windows.incr("ben", 60), windows.incr("ada", 600)) == (1, 1)
    assert (windows.get("ada"), windows.get_expiry("ben")) == (4, 60.0)
    now[0] = 60.0
    assert windows.incr("ada", 60) == 1
    windows.clear("ada")
    assert (windows.get("ada"), windows.reset(), windows.check()) == (0, 2, True)


def test_a_full_hall_is_in_nobodys_way() -> None:
    """Half a million phones vote within a minute: cells are shared, and no vote is refused."""
    windows = Windows(lambda: 0.0)
    assert max(windows.incr(f"ticket votes/{n}", 60) for n in range(500_000)) < 15


def test_limits_start_no_threads() -> None:
    """Counting a vote is arithmetic: the library's own memory would start a timer for it."""
    import threading

    before = threading.active_count()
    limits = Limits()
    for n in range(100):
        limits.check("vote", f"phone {n}", 1)
    assert threading.active_count() == before


SCANS = {
    "a first scan": Scan(),
    "in French": Scan(headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.5"}),
    "from a QR code": Scan(path=lambda hub: f"/Q/{hub.code(BENCHES)}"),
    "a short code": Scan(path=lambda hub: f"/q/{hub.short(FERRY)}"),
    "a card": Scan(path=lambda hub: f"/q/{hub.code(BENCHES, Kind.CARD)}"),
    "a code grown old": Scan(age_s=300),
    "a question that is over": Scan(path=lambda hub: f"/q/{hub.code(NIGHT_BUS)}"),
    "an answer of several choices": Scan(path=lambda hub: f"/q/{hub.code(GARDENS)}"),
    "a phone that was here": Scan(headers={"cookie": f"voice={MARK}"}, thin=False),
    "a phone that chose a language": Scan(headers={"cookie": "lang=de"}, thin=False),
    "a language by its link": Scan(path=lambda hub: f"/q/{hub.code(BENCHES)}?lang=de", thin=False),
    "the whole exhibition": Scan(path=lambda hub: f"/q/{hub.code()}", thin=False),
    "an exhibit's code": Scan(
        path=lambda hub: f"/q/{hub.code(exhibit='communicative')}", thin=False
    ),
    "no screen's code": Scan(path=lambda _: "/q/" + "7" * 32, thin=False),
    "a mistyped code": Scan(path=lambda _: "/q/7", thin=False),
    "a code with something behind it": Scan(path=lambda _: "/q/7/7", thin=False),
    "no code": Scan(path=lambda _: "/q/", thin=False),
    "another page": Scan(path=lambda _: "/", thin=False),
}


@pytest.mark.parametrize("scan", SCANS.values(), ids=SCANS)
async def test_both_routes_show_alike(hub: Hub, scan: Scan) -> None:
    """Ada's phone opens it twice; without the thin route it would have seen the same page."""
    path = scan.path(hub)
    hub.clock.passes(seconds=scan.age_s)
    transport = httpx.ASGITransport(app=hub.app)
    took: list[bool] = []
    give = ThinPages.give

    async def noted(self: ThinPages, scope: Scope, send: Send) -> bool:
        took.append(await give(self, scope, send))
        return took[-1]

    async def past(self: ThinPages, scope: Scope, send: Send) -> bool:
        return False

    answers = []
    for way in (noted, past):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(ThinPages, "give", way)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
                answers.append(await client.get(path, headers=scan.headers))
    assert told(answers[0]) == told(answers[1])
    assert took == [scan.thin]


async def test_what_phones_share_lasts_a_second_and_no_longer(hub: Hub) -> None:
    """Ada and Ben scan at once: two forms, one link; a code's age and a screen's end are seen."""
    path = f"/q/{hub.code(BENCHES)}"
    transport = httpx.ASGITransport(app=hub.app)

    async def scan() -> tuple[int, str, str]:
        async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
            page = await client.get(path)
        form, links = re.search(FORM, page.text), re.search(LINKS, page.text)
        return page.status_code, form[1] if form else "", links[1] if links else ""

    ada, ben = await scan(), await scan()
    assert ada[1] != ben[1]
    assert ada[2] == ben[2] != ""
    hub.clock.passes(seconds=1)
    later = await scan()
    assert later[2] not in {"", ada[2]}
    hub.clock.passes(seconds=300)
    assert await scan() == (200, "", "")  # it has grown old: one may read
    hub.clock.passes(seconds=-300)
    assert (await scan())[1]
    hub.database.write_now(
        lambda c: c.exec_driver_sql("UPDATE kiosk SET revoked_at = '2026-01-01T00:00:00.000Z'")
    )
    await hub.app.public.refresh()
    assert (await scan())[0] == 404
