"""The guard refuses what comes from elsewhere and lets no stranger's script run."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from kiosk.apps.guard import guarded, own_origins

HOME = "http://127.0.0.1:8001"
SOCKET = "ws://127.0.0.1:8001/_nicegui_ws/socket"


async def page(_: Request) -> Response:
    return HTMLResponse(
        '<link rel="modulepreload" href="/a.js"><script>1</script><script type="module">2</script>'
        + "x" * 2000
    )


async def plain(_: Request) -> Response:
    strict = {"Content-Security-Policy": "default-src 'none'"}
    return HTMLResponse("<p>no script</p>", headers=strict)


async def take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def stream(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"data: 1\n\n"

    return StreamingResponse(parts(), media_type="text/event-stream")


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[
            Route("/", page),
            Route("/login", plain),
            Route("/healthz", take),
            Route("/_nicegui_ws/socket.io", take),
            Route("/take", take, methods=["POST"]),
            Route("/stream", stream),
            WebSocketRoute("/_nicegui_ws/socket", socket),
        ]
    )
    return TestClient(guarded(app, own_origins(8001), largest_body=1000), base_url=HOME)


def test_every_script_of_a_page_carries_the_nonce_of_its_policy(client: TestClient) -> None:
    """A script that a stranger smuggled in later has no nonce and does not run."""
    response = client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", response.headers["content-security-policy"])
    assert nonce
    assert response.text.count(f'nonce="{nonce[1]}"') == 3
    scripts = response.headers["content-security-policy"].split("style-src")[0]
    assert "'unsafe-inline'" not in scripts
    assert response.headers["content-encoding"] == "gzip"


def test_what_is_shown_on_the_machine_that_serves_it_is_not_packed() -> None:
    """A touchscreen's own browser would only unpack what its own server packed."""
    app = guarded(Starlette(routes=[Route("/", page)]), [HOME], compressed=False)
    response = TestClient(app, base_url=HOME).get("/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers
    assert response.text.count("nonce=") == 3


def test_each_page_has_a_nonce_of_its_own(client: TestClient) -> None:
    """Whoever reads one page's nonce can do nothing with it on the next."""
    first, second = client.get("/"), client.get("/")
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/login", "/healthz", "/stream"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    """No answer may be guessed at, framed or told of to another site."""
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_a_page_with_a_policy_of_its_own_keeps_it(client: TestClient) -> None:
    """The login form runs no script at all, and stays so."""
    assert client.get("/login").headers["content-security-policy"] == "default-src 'none'"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:8000"])
def test_a_form_sent_from_another_site_is_refused(client: TestClient, origin: str) -> None:
    """Mallory's page posts to the desk while Meera is logged in: nothing is done."""
    assert client.post("/take", headers={"Origin": origin}).status_code == 403


def test_a_form_without_origin_is_taken_only_when_the_browser_vouches_for_it(
    client: TestClient,
) -> None:
    """Old programs that say nothing about where they come from are not believed."""
    assert client.post("/take").status_code == 403
    assert client.post("/take", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_our_own_form_is_taken(client: TestClient) -> None:
    """The login form of the desk itself goes through."""
    assert client.post("/take", headers={"Origin": HOME}, content=b"abc").text == "3"


def test_a_foreign_socket_never_opens(client: TestClient) -> None:
    """A page elsewhere cannot listen to the desk or press its buttons."""
    for headers in ({"Origin": "http://evil.example"}, {}):
        with pytest.raises(WebSocketDisconnect) as refused:
            client.websocket_connect(SOCKET, headers=headers).__enter__()
        assert refused.value.code == 1008


def test_our_own_socket_opens(client: TestClient) -> None:
    """The desk's own page is connected."""
    with client.websocket_connect(SOCKET, headers={"Origin": HOME}) as opened:
        assert opened.receive_text() == "hello"


def test_polling_in_place_of_a_socket_is_no_way_around(client: TestClient) -> None:
    """Socket.IO answers any origin by polling; the guard does not."""
    foreign = client.get("/_nicegui_ws/socket.io", headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403


def test_a_name_that_points_here_is_not_served(client: TestClient) -> None:
    """A rebound domain name reaches neither page nor socket; health probes may use any name."""
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_what_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    """A body beyond the limit is turned away by its length."""
    response = client.post("/take", headers={"Origin": HOME}, content=b"x" * 1001)
    assert response.status_code == 413


async def test_a_body_that_grows_beyond_the_limit_is_cut_off() -> None:
    """Who says no length is counted while reading."""
    app = guarded(Starlette(routes=[Route("/take", take, methods=["POST"])]), [HOME], 1000)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"x" * 400

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as browser:
        response = await browser.post("/take", content=endless(), headers={"Origin": HOME})
    assert response.status_code >= 400
