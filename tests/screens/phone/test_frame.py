"""What every page keeps to: languages, headers, no script, small; no visitor in any log."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.types import Message

from kiosk.apps.public import LOGGING, serve
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.exhibition.edition import FileRecord
from kiosk.exhibition.library import OpenEdition
from kiosk.exhibition.model import Media, Source
from kiosk.exhibition.reader import Views
from kiosk.locale.translator import translator
from kiosk.people.tokens import Kind
from kiosk.settings import load
from tests.screens.phone.hub import Hub, Phone, open_hub
from tests.world import BENCHES, said

PAGES = (
    "/",
    "/e/benches",
    "/e/communicative",
    "/say/harbour/benches",
    "/legal/privacy",
    "/nowhere",
)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_strict_and_plain(hub: Hub, ada: Phone, path: str) -> None:
    """Our own style by its hash, no script, no referrer, nothing kept on the way."""
    page = await ada.open(path)
    headers = ada.page.headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert re.search(r"style-src 'sha256-[\w+/]+=*'", policy)
    assert "<script" not in page
    assert " style=" not in page
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers


async def test_the_vote_page_is_small_and_each_has_its_own_nonce(hub: Hub, ada: Phone) -> None:
    """One answer of at most 10 KB, never the same twice, also in another language."""
    address = f"/q/{hub.code(BENCHES)}"
    first, second = await ada.open(address), await ada.open(address)
    assert len(first.encode()) <= 10_000
    assert first != second
    tickets = [re.search(r'name="ticket" value="(\w+)"', page) for page in (first, second)]
    assert tickets[0] is not None
    assert tickets[1] is not None
    assert tickets[0][1] != tickets[1][1]


async def test_the_phone_s_language_is_spoken_and_another_can_be_chosen(
    hub: Hub, ben: Phone
) -> None:
    """Ben reads French; what has no French text is marked with its own language."""
    page = await ben.open("/e/communicative")
    assert '<html lang="fr" dir="ltr">' in page
    assert ben.headline == "La ville qui communique"
    page = await ben.open("/e/benches")
    assert '<span lang="en" dir="ltr">Every street' in page
    assert "English" in page
    await ben.open("/e/communicative?lang=en")
    assert ben.headline == "The communicative city"
    assert '<html lang="en"' in await ben.open("/")


async def test_over_https_no_cookie_goes_without_it(hub: Hub, ada: Phone) -> None:
    """The chosen language, too, is sent to this hub by https alone."""
    hub.app.public.public_url = "https://hub.example"
    await ada.open("/?lang=fr")
    cookie = ada.page.headers["set-cookie"]
    assert cookie.startswith("lang=fr;")
    assert "Secure" in cookie


async def test_what_a_picture_shows_is_said_in_its_own_language(hub: Hub) -> None:
    """A German page with English alternatives and an Arabic source: each is marked."""
    files = {f"{kind}.file": FileRecord("0" * 64, 1) for kind in ("image", "audio", "video")}
    shown = tuple(Media(f, f, f.split(".")[0], said("A bench by the quay")) for f in files)
    before = hub.app.public.hall
    opened = before.editions["harbour"]
    core = opened.views.core
    bench = replace(core.exhibits["benches"], media=shown, sources=("charter",))
    told = replace(
        core,
        exhibits={**core.exhibits, "benches": bench},
        sources={**core.sources, "charter": Source("charter", "ميثاق المدينة", "ar")},
    )
    edition = replace(opened.edition, manifest=files)
    opened = OpenEdition(edition, opened.folder, Views(told, {}))
    hub.app.public.hall = replace(before, editions={"harbour": opened})
    page = await Phone(hub, "de").open("/e/benches")
    for tag in ("img", "audio", "video"):
        said_of = re.search(rf"<{tag} [^>]*>", page)
        assert said_of is not None
        assert 'lang="en" dir="ltr"' in said_of[0]
        assert "A bench by the quay" in said_of[0]
    assert '<span lang="ar" dir="rtl">ميثاق المدينة</span>' in page


async def test_a_phone_set_to_polish_is_answered_in_polish(hub: Hub) -> None:
    """The harbour has no Polish text: the controls are Polish, its words keep their language."""
    page = await Phone(hub, "pl-PL,pl;q=0.9").open(f"/q/{hub.code(BENCHES)}")
    assert '<html lang="pl"' in page
    assert translator("pl")("Agree") in page
    assert 'lang="en"' in page
    assert len(page.encode()) < 10_240


async def test_everything_in_the_exhibition_can_be_reached_from_the_first_page(
    hub: Hub, ada: Phone
) -> None:
    """Links lead to each exhibit, and no link leads nowhere."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = await ada.open(path)
        assert ada.page.status_code == 200, path
        for link in re.findall(r'href="(/[^"?#]*)', page):
            if link not in seen and not link.startswith("/wall"):
                waiting.append(link)
                seen.add(link)
    assert {f"/e/{e}" for e in ("benches", "ferry", "gardens", "night-bus")} <= seen


async def test_a_method_that_does_not_exist_is_refused_in_words(hub: Hub, ada: Phone) -> None:
    """PUT on a page: 405 with what to do."""
    response = await ada.client.put("/e/benches")
    assert response.status_code == 405
    assert "allow" in response.headers
    assert "This cannot be done here." in response.text


async def test_a_phone_that_goes_in_the_middle_is_no_fault_of_ours(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    """The network is gone before the comment is all there: nothing is kept, nothing is logged."""
    came = [{"type": "http.request", "body": b"text=My+mother", "more_body": True}]

    async def receive() -> Message:
        return came.pop() if came else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        del message

    path = "/say/harbour/benches"
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
    await hub.app({**scope, "root_path": ""}, receive, send)
    assert [line.getMessage() for line in caplog.records if line.levelno >= logging.WARNING] == []


async def test_a_database_that_cannot_take_it_says_that_nothing_was_kept(
    hub: Hub, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the moment of the vote: 503, and the same form works later."""
    address = f"/q/{hub.code(BENCHES, Kind.POSTER)}"
    await ada.open(address)
    form = ada.page

    async def full(fn: object, item: object) -> None:
        raise Unavailable("The database did not take it: OperationalError", "…")

    with monkeypatch.context() as broken:
        broken.setattr(hub.database, "write_each", full)
        page = await ada.send(address, choice="agree")
    assert ada.page.status_code == 503
    assert "Nothing was kept" in page
    assert "OperationalError" not in page
    ada.page = form
    await ada.send(address, choice="agree")
    assert hub.tally(BENCHES).ballots == 1


async def test_an_old_database_is_said_so(tmp_path: Path) -> None:
    """Before `kiosk migrate` nothing is served but the reason."""
    database = Database.open(f"sqlite:///{tmp_path / 'hub.db'}")
    database.migrate()
    hub = await open_hub(database, tmp_path)
    hub.app.public.refusal = "The database's tables are of another version."
    phone = Phone(hub)
    await phone.open("/")
    assert phone.page.status_code == 503
    await phone.open("/healthz")
    assert phone.page.status_code == 503
    assert phone.page.json()["status"] == "not ready"
    assert "another version" in phone.page.json()["reason"]
    database.close()


async def test_no_line_is_logged_for_a_request(
    hub: Hub, ada: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    """Receipts and codes are in addresses: no log holds them, neither ours nor uvicorn's."""
    with caplog.at_level(logging.DEBUG):
        await ada.open("/r/0000-0000-0000-0000-0000-0000")
        await ada.open(f"/q/{hub.code(BENCHES)}")
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("kiosk", "uvicorn"))]
    assert not any("/r/" in line or "/q/" in line for line in ours)
    assert serve(load(), None).access_log is False
    assert LOGGING["loggers"]["uvicorn.access"]["level"] == "CRITICAL"


def test_the_public_process_knows_no_nicegui() -> None:
    """Phones and wall are plain pages: importing them never loads NiceGUI."""
    probe = "import sys, kiosk.apps.public; print([m for m in sys.modules if 'nicegui' in m])"
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_many_workers_need_postgresql(tmp_path: Path) -> None:
    """Two processes on one SQLite file are refused before they start."""
    from kiosk.apps import hub, public

    for run in (public.main, hub.run):
        with pytest.raises(Unavailable, match="PostgreSQL"):
            run(load(data=tmp_path / "postgresql", hub_workers=2))
