"""More phones than the hub can take: who is taken is answered, who is not is told at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.people.tokens import Kind
from kiosk.settings import WrongSetting, load
from tests.screens.phone.hub import Hub, Phone, open_hub
from tests.world import BENCHES

ROOM = 5
"""Writes that may wait in these tests."""
SECRET = "only-for-prometheus"


@asynccontextmanager
async def slow_disk(hub: Hub) -> AsyncIterator[None]:
    """A disk that is not done with a commit as long as the block runs."""
    begun, done = threading.Event(), threading.Event()

    def stay(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT 1")
        begun.set()
        done.wait(30)

    staying = asyncio.create_task(hub.database.write(stay))
    await asyncio.to_thread(begun.wait, 30)
    try:
        yield
    finally:
        done.set()
        await staying


async def waiting(hub: Hub, count: int) -> None:
    """Return once so many writes wait."""
    async with asyncio.timeout(30):
        while hub.database.writing.waiting < count:  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0)


async def forms(hub: Hub, count: int) -> tuple[str, list[Phone]]:
    """So many phones, each with the form open, and the form's address."""
    address = f"/q/{hub.code(BENCHES, Kind.POSTER)}"
    phones = [Phone(hub) for _ in range(count)]
    for phone in phones:
        await phone.open(address)
    return address, phones


async def test_who_is_taken_is_answered_and_who_is_not_is_told_before(hub: Hub) -> None:
    """Five votes wait; Ada's, the sixth, is refused and not kept. The five are counted."""
    hub.database.writing.most_waiting = ROOM
    address, (ada, *others) = await forms(hub, ROOM + 1)
    form = ada.page
    async with slow_disk(hub):
        sent = [asyncio.create_task(each.send(address, choice="agree")) for each in others]
        await waiting(hub, ROOM)
        page = await ada.send(address, choice="agree")
        assert ada.page.status_code == 503
        assert ada.page.headers["retry-after"] == "2"
        assert "Nothing was kept" in page
        assert "set-cookie" not in ada.page.headers
        assert ada.page.headers["x-frame-options"] == "DENY"
        assert hub.code(BENCHES, Kind.POSTER) not in page  # it is set once for everybody
    await asyncio.gather(*sent)
    assert all("Counted. Thank you." in each.page.text for each in others)
    assert hub.tally(BENCHES).ballots == ROOM
    ada.page = form
    assert "Counted. Thank you." in await ada.send(address, choice="agree")
    assert hub.tally(BENCHES).ballots == ROOM + 1


async def test_the_refusal_speaks_the_visitors_language(hub: Hub, ben: Phone) -> None:
    """It is rendered once a language, and a phone's wish for another still counts."""
    hub.database.writing.most_waiting = 0
    address = f"/q/{hub.code(BENCHES, Kind.POSTER)}"
    await ben.open(address)
    form = ben.page
    french = await ben.send(address, choice="agree")
    ada = Phone(hub)
    ada.page = form
    english = await ada.send(address, choice="agree")
    assert ('lang="fr"' in french, 'lang="en"' in english) == (True, True)
    assert ben.page.status_code == ada.page.status_code == 503


async def test_a_comment_that_cannot_wait_comes_back_as_it_was_typed(hub: Hub, ada: Phone) -> None:
    """Nothing that she typed is lost: the form says so, and holds it."""
    await ada.open("/say/harbour/benches")
    hub.database.writing.most_waiting = 0
    page = await ada.send("/say/harbour/benches", text="A bench at every stop.")
    assert ada.page.status_code == 503
    assert ada.page.headers["retry-after"] == "2"
    assert "A bench at every stop." in page


async def test_health_and_figures_are_answered_while_votes_wait(tmp_path: Path) -> None:
    """Whoever watches the hub sees that it is there, and how many wait."""
    database = Database.open(f"sqlite:///{tmp_path / 'hub.db'}")
    database.migrate()
    hub = await open_hub(database, tmp_path, metrics_token=SECRET)
    address, others = await forms(hub, ROOM)
    watcher = Phone(hub)
    watcher.client.headers["authorization"] = f"Bearer {SECRET}"
    async with slow_disk(hub):
        sent = [asyncio.create_task(each.send(address, choice="agree")) for each in others]
        await waiting(hub, ROOM)
        await watcher.open("/healthz")
        assert watcher.page.json()["status"] == "ready"
        assert f"}} {ROOM}.0" in line(await watcher.open("/metrics"), "kiosk_writes_waiting")
    await asyncio.gather(*sent)
    told = await watcher.open("/metrics")
    assert watcher.page.headers["content-type"].startswith("text/plain")
    counted = [line(told, "kiosk_votes_total", f'route="{route}"') for route in ("thin", "full")]
    assert sum(float(each.rsplit(" ", 1)[1]) for each in counted if each) == ROOM
    assert line(told, "process_resident_memory_bytes")
    database.close()


def line(figures: str, *parts: str) -> str:
    """The line of a figure, empty where there is none."""
    lines = (x for x in figures.splitlines() if not x.startswith("#"))
    return next((x for x in lines if all(part in x for part in parts)), "")


async def test_figures_are_for_who_knows_the_token(hub: Hub, tmp_path: Path) -> None:
    """Without a token set there is no such page, and with one it opens to nobody else."""
    phone = Phone(hub)
    for given in ("Bearer ", "Bearer None", ""):
        phone.client.headers["authorization"] = given
        await phone.open("/metrics")
        assert phone.page.status_code == 404
    database = Database.open(f"sqlite:///{tmp_path / 'other.db'}")
    database.migrate()
    other = Phone(await open_hub(database, tmp_path, metrics_token=SECRET))
    await other.open("/metrics")
    assert other.page.status_code == 404
    database.close()


@pytest.mark.parametrize("token", ["short", "with blanks in it, though long", "é" * 20])
def test_a_token_is_long_and_plain(token: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="KIOSK_METRICS_TOKEN"):
        load(data=tmp_path, metrics_token=token)


async def test_a_database_that_is_gone_is_not_waited_for_by_each(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty votes wait for a server that does not answer: a few tries, and all are told."""
    from sqlalchemy.exc import OperationalError

    address, phones = await forms(hub, 50)
    tries: list[int] = []

    def gone() -> None:
        tries.append(1)
        raise OperationalError("BEGIN", None, Exception("the server does not answer"))

    async with slow_disk(hub):
        sent = [asyncio.create_task(each.send(address, choice="agree")) for each in phones]
        await waiting(hub, 50)
        monkeypatch.setattr(hub.database.writing._commits, "_transaction", gone)
    await asyncio.gather(*sent)
    monkeypatch.undo()
    assert {each.page.status_code for each in phones} == {503}
    assert len(tries) < 10
    assert isinstance(phones[0].page, httpx.Response)
    assert hub.tally(BENCHES).ballots == 0
