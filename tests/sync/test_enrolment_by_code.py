"""A machine enrols itself by a code of the desk: once, in time, and sure of its answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from kiosk.api import enrolment as route
from kiosk.errors import Forbidden, InvalidToken, Unavailable
from kiosk.people import enrolment, enrolment_codes, kiosk_store
from kiosk.people.enrolment import Identity, authenticate
from kiosk.people.enrolment_codes import LASTS
from kiosk.people.staff_sessions import Throttle
from kiosk.sync import enrol
from tests.sync.conftest import Hub
from tests.world import LINDMARK, SUNDAY


class Machine:
    """A screen that nobody knows yet; *loses* so many of the hub's answers."""

    def __init__(self, hub: Hub, folder: Path) -> None:
        self.pending = folder / "identity.pending"
        self.client = TestClient(hub.app)
        self.loses = 0
        self.before: Callable[[], set[int]] = set
        self.needs: set[int] = set()

    def types(self, code: str) -> Identity:
        """Somebody types the code in."""
        return enrol.ask("http://hub", code, self.pending, httpx.MockTransport(self._carry))

    def _carry(self, request: httpx.Request) -> httpx.Response:
        self.needs = self.before()
        answer = self.client.post(request.url.path, content=request.content)
        if self.loses:
            self.loses -= 1
            raise httpx.ReadError("the answer was lost")
        return httpx.Response(answer.status_code, content=answer.content)


@pytest.fixture
def machine(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A new machine, before a hub that counts wrong codes from nought."""
    monkeypatch.setattr(route, "_wrong", Throttle())
    return Machine(hub, tmp_path / "machine")


def shown(hub: Hub, name: str = "Library") -> str:
    """Alma makes a code at the desk."""
    made = hub.database.write_now(
        lambda c: enrolment_codes.make(c, "alma", name, "", LINDMARK, "By the door", SUNDAY)
    )
    return made.text


def test_the_code_of_the_desk_makes_a_machine_a_kiosk(hub: Hub, machine: Machine) -> None:
    """Typed in small letters and without hyphens: the machine is the library's kiosk."""
    identity = machine.types(shown(hub).lower().replace("-", " "))
    assert (identity.name, identity.place, identity.city) == ("Library", "By the door", LINDMARK)
    kiosk = hub.database.read_now(lambda c: authenticate(c, identity.credential))
    assert (kiosk.id, kiosk.number, kiosk.signing_key) == (
        identity.id, identity.number, identity.signing_key,
    )  # fmt: skip


def test_the_credential_is_on_the_disk_before_the_code_is_used(
    hub: Hub, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes before the answer comes: the machine has its credential and asks again."""
    durable, sync = set[int](), os.fsync

    def noted(descriptor: int) -> None:
        sync(descriptor)
        durable.add(os.stat(descriptor).st_ino)

    monkeypatch.setattr(os, "fsync", noted)
    machine.before = lambda: {machine.pending.stat().st_ino, machine.pending.parent.stat().st_ino}
    machine.types(shown(hub))
    assert machine.needs
    assert machine.needs <= durable


def test_a_machine_that_cannot_keep_its_credential_uses_no_code(
    hub: Hub, machine: Machine, tmp_path: Path
) -> None:
    """The folder cannot be written: told in a sentence, and the code is good still."""
    code = shown(hub)
    (tmp_path / "machine").write_text("a file where a folder should be")
    with pytest.raises(Unavailable, match="cannot be written"):
        machine.types(code)
    (tmp_path / "machine").unlink()
    assert machine.types(code).name == "Library"


def test_a_code_is_for_one_machine(hub: Hub, machine: Machine, tmp_path: Path) -> None:
    """The second machine that types it is told to have a new one made."""
    code = shown(hub)
    machine.types(code)
    with pytest.raises(InvalidToken, match="unknown, used or expired") as refused:
        Machine(hub, tmp_path / "other").types(code)
    assert "desk" in refused.value.remedy
    assert len(hub.database.read_now(kiosk_store.everyone)) == 1


def test_after_half_an_hour_a_code_is_worth_nothing(hub: Hub, machine: Machine) -> None:
    """Somebody finds the slip of paper in the evening."""
    code = shown(hub)
    hub.clock.at = SUNDAY + LASTS + timedelta(seconds=1)
    with pytest.raises(InvalidToken):
        machine.types(code)


def test_an_answer_that_was_lost_is_given_again(hub: Hub, machine: Machine) -> None:
    """The code is used up, the machine heard nothing: asking again gives the same identity."""
    code = shown(hub)
    machine.loses = 2
    identity = machine.types(code)
    assert [k.id for k in hub.database.read_now(kiosk_store.everyone)] == [identity.id]
    machine.loses = enrol.TRIES
    with pytest.raises(Unavailable, match="was not reached"):
        machine.types(code)
    assert machine.types(code) == identity


def test_the_hub_keeps_neither_code_nor_credential(hub: Hub, machine: Machine) -> None:
    """Only their hashes: who reads a backup can enrol nothing and be no kiosk."""
    code = shown(hub)
    identity = machine.types(code)
    rows = hub.database.read_now(
        lambda c: [
            str(tuple(row))
            for table in ("enrolment_code", "kiosk")
            for row in c.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    )
    for secret in (code, code.replace("-", ""), identity.credential):
        assert not any(secret in row for row in rows)


def test_guessing_is_slowed_down_and_a_right_code_still_works(hub: Hub, machine: Machine) -> None:
    """Five wrong codes in a minute, then nobody is even told that a code is wrong."""
    for _ in range(5):
        with pytest.raises(InvalidToken, match="unknown"):
            machine.types("0000-0000-0000-0")
    with pytest.raises(InvalidToken, match="Too many wrong codes"):
        machine.types("0000-0000-0000-0")
    assert machine.types(shown(hub)).name == "Library"


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b'{"code":"x","credential":"short"}', b"[" * 900, b'{"code":1,"credential":2}'],
)
def test_nonsense_is_refused_as_such(hub: Hub, body: bytes) -> None:
    """What is no request to enrol gets a sentence, and 422."""
    answer = TestClient(hub.app).post("/api/v1/enrol", content=body)
    assert answer.status_code == 422
    assert answer.json()["cure"]


def test_an_enormous_request_is_not_read(hub: Hub) -> None:
    """A kilobyte is enough."""
    answer = TestClient(hub.app).post("/api/v1/enrol", content=b"x" * 100_000)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v1/messages"), ("GET", "/api/v1/feed"), ("GET", "/api/v1/editions/x")],
)
def test_a_kiosk_that_was_shut_out_reaches_nothing(
    hub: Hub, machine: Machine, method: str, path: str
) -> None:
    """The screen was stolen: its credential stops at push, feed and editions with the next call."""
    identity = machine.types(shown(hub))
    headers = {"Authorization": f"Bearer {identity.credential}"}
    client = TestClient(hub.app)
    assert client.request(method, path, headers=headers).status_code != 403
    assert hub.database.write_now(lambda c: enrolment.revoke(c, identity.id, SUNDAY))
    assert client.request(method, path, headers=headers).status_code == 403
    with pytest.raises(Forbidden):
        hub.database.read_now(lambda c: authenticate(c, identity.credential))


def test_a_kiosk_that_is_shut_out_while_it_waits_hears_nothing_more(
    hub: Hub, machine: Machine
) -> None:
    """Its long poll was open when Alma shut it out: the news that ends the wait is not for it."""
    identity = machine.types(shown(hub))

    async def meanwhile(after: int, seconds: float) -> None:
        await hub.database.write(lambda c: enrolment.revoke(c, identity.id, SUNDAY))

    hub.app.state.api = replace(hub.app.state.api, news=meanwhile)
    headers = {"Authorization": f"Bearer {identity.credential}"}
    answer = TestClient(hub.app).get("/api/v1/feed?wait=20", headers=headers)
    assert answer.status_code == 403
