"""Pages of other sites: they reach no socket, and no form sent from them is taken."""

from __future__ import annotations

import httpx
import pytest

from kiosk import clock, ids
from kiosk.people import tickets, tokens
from kiosk.people.tokens import Kind
from kiosk.voice import actions
from tests.journeys.handshake import knock
from tests.journeys.people import CLARA
from tests.journeys.processes import PATIENCE_S
from tests.journeys.town import Town

EVIL = "https://evil.example"
EMPTY_PLOT = "vivre-ensemble/core/empty-plot"


@pytest.mark.parametrize("name", ["touch", "desk"])
def test_no_socket_opens_for_a_foreign_page(shared_town: Town, name: str) -> None:
    """Neither at the touchscreen nor at the desk, whatever the page says of itself."""
    process = getattr(shared_town, name)
    assert knock(process, process.address) == 101
    for origin in (EVIL, "null", None, f"http://127.0.0.1:{process.port + 1}", "http://127.0.0.1"):
        assert knock(process, origin) == 403, origin
    assert knock(process, "http://evil.example", host="evil.example") in {403, 421}


@pytest.mark.parametrize("name", ["touch", "desk"])
def test_no_polling_for_a_foreign_page_either(shared_town: Town, name: str) -> None:
    """What stands in for the socket is guarded like it."""
    process = getattr(shared_town, name)
    polling = f"{process.address}/_nicegui_ws/socket.io/?EIO=4&transport=polling"
    asked = httpx.get(polling, headers={"Origin": EVIL}, trust_env=False, timeout=PATIENCE_S)
    sent = httpx.post(
        polling, content=b"40", headers={"Origin": EVIL}, trust_env=False, timeout=PATIENCE_S
    )
    assert (asked.status_code, sent.status_code) == (403, 403)


def test_a_login_sent_from_another_site_is_refused(shared_town: Town) -> None:
    """Even with the right password: no session begins."""
    form = {"user": CLARA.user, "user_name": CLARA.user, "password": CLARA.password}
    answer = httpx.post(
        f"{shared_town.desk.address}/login",
        data=form,
        headers={"Origin": EVIL},
        trust_env=False,
        timeout=PATIENCE_S,
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_vote_sent_from_another_site_is_not_counted(
    shared_town: Town, headers: dict[str, str]
) -> None:
    """Even with a genuine ticket that the other site got hold of."""
    address, ticket = code_and_ticket(shared_town)
    answer = httpx.post(
        address,
        data={"ticket": ticket, "choice": "park"},
        headers=headers,
        trust_env=False,
        timeout=PATIENCE_S,
    )
    assert answer.status_code == 403
    with shared_town.hub_database() as hub:
        assert hub.read_now(lambda c: actions.tally_of(c, EMPTY_PLOT)).ballots == 0


def code_and_ticket(town: Town, exhibit: str = "empty-plot") -> tuple[str, str]:
    """Return the address of a fresh code of the touchscreen, and a ticket for it."""
    target, number = tokens.target_of(f"vivre-ensemble/core/{exhibit}"), town.screen.number
    code = tokens.issue(town.screen.key, number, Kind.SCREEN, target, clock.now())
    key = town.key_of(0)
    assert key is not None
    ticket = tickets.issue(key, Kind.SCREEN, number, target, clock.now(), ids.secret(16))
    return f"{town.public.address}/q/{code}", ticket
