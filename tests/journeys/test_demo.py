"""`kiosk demo`: started as a newcomer does, tried out, stopped, started again."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.browsers import Windows
from tests.journeys.checkout import ROOT, environment
from tests.journeys.pages.desk import Desk
from tests.journeys.processes import free_port
from tests.journeys.scanner import scan_blocks
from tests.journeys.waiting import until

PLACE = re.compile(r"^(touchscreen|phone|wall) {2,}(\S+)$", re.MULTILINE)
DESK = re.compile(r"^desk {2,}(\S+)  user (\S+)  password (\S+)$", re.MULTILINE)
ROLES = {"moderator", "office", "mayor", "editor", "operator", "admin"}


@dataclass
class Demo:
    """A run of `kiosk demo` with what it printed."""

    child: subprocess.Popen[bytes]
    output: Path
    errors: Path
    began: float = field(default_factory=time.monotonic)

    @property
    def told(self) -> str:
        """What it has printed so far."""
        return self.output.read_text()

    def await_last_line(self) -> float:
        """Wait until it has told everything; return the seconds since its start."""
        until(lambda: "Ctrl-C" in self.told or self.child.poll() is not None, "the demo tells", 180)
        assert self.child.poll() is None, self.told + self.errors.read_text()
        return time.monotonic() - self.began

    def places(self) -> dict[str, str]:
        """Address by name."""
        return dict(PLACE.findall(self.told))

    def passwords(self) -> dict[str, tuple[str, str]]:
        """The desk's address and the password by user."""
        return {user: (address, password) for address, user, password in DESK.findall(self.told)}

    def code(self) -> str:
        """What a phone reads from the code in the terminal."""
        lines = [line for line in self.told.splitlines() if "█" in line]
        return scan_blocks(lines)


@dataclass
class Machine:
    """The newcomer's machine: a data folder and three free ports."""

    folder: Path
    ports: list[int] = field(default_factory=lambda: [free_port() for _ in range(3)])

    @contextmanager
    def demo(self) -> Iterator[Demo]:
        """Start the demo; whatever of it still runs afterwards is killed."""
        public, desk, touch = self.ports
        settings = {
            "data": self.folder / "data",
            "hub_port": public,
            "desk_port": desk,
            "touch_port": touch,
            "public_url": f"http://127.0.0.1:{public}",
        }
        ours = {k: v for k, v in environment(settings).items() if "DISPLAY" not in k}
        output, errors = self.folder / "output", self.folder / "errors"
        with output.open("wb") as out, errors.open("wb") as err:
            child = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "demo"], cwd=ROOT, env=ours, stdout=out, stderr=err
            )
        try:
            yield Demo(child, output, errors)
        finally:
            child.send_signal(signal.SIGINT)
            try:
                child.wait(60)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def free(self) -> bool:
        """Whether nobody listens on any of the ports any more."""
        for port in self.ports:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return False
        return True


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine on which the demo never ran."""
    return Machine(tmp_path)


def test_a_newcomer_starts_the_demo_and_tries_everything_it_names(
    machine: Machine, windows: Windows
) -> None:
    """Every address answers, every password opens the desk, Ctrl-C ends it all; data stay."""
    with machine.demo() as demo:
        first = demo.await_last_line()
        places, passwords = demo.places(), demo.passwords()
        assert set(places) == {"touchscreen", "phone", "wall"}
        assert set(passwords) == ROLES
        public, desk, touch = (f"http://127.0.0.1:{port}" for port in machine.ports)
        for address in (public, desk, touch):
            health = httpx.get(f"{address}/healthz", trust_env=False, timeout=60)
            assert (health.status_code, health.json()["status"]) == (200, "ready")
        for address in places.values():
            assert httpx.get(address, trust_env=False, timeout=60).status_code == 200
        assert demo.code().startswith(f"{public}/q/")
        page = httpx.get(demo.code(), trust_env=False, follow_redirects=True, timeout=60)
        assert page.status_code == 200
        for user in ("moderator", "mayor"):
            window = Desk(windows.office(), passwords[user][0])
            window.log_in(user, passwords[user][1])
            expect(window.main).to_be_visible()
            expect(window.page.get_by_label("Password")).to_have_count(0)
        stranger = Desk(windows.office(), passwords["moderator"][0])
        stranger.log_in("moderator", "guessed")
        expect(stranger.page.get_by_role("alert")).to_be_visible()
        demo.child.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert demo.child.wait(60) == 0
        ended = time.monotonic() - began
        until(machine.free, "every process has ended")
    editions = _editions(machine)

    with machine.demo() as again:
        second = again.await_last_line()
        assert again.passwords()["mayor"][1] != passwords["mayor"][1]
        assert _editions(machine) == editions
    print(f"demo ready after {first:.1f} s, stopped in {ended:.1f} s, again after {second:.1f} s")


def _editions(machine: Machine) -> set[str]:
    return {path.name for path in (machine.folder / "data" / "editions").iterdir()}


@pytest.mark.parametrize(
    ("which", "setting"),
    [(0, "KIOSK_HUB_PORT"), (1, "KIOSK_DESK_PORT"), (2, "KIOSK_TOUCH_PORT")],
)
def test_a_taken_port_is_named_with_its_cure(machine: Machine, which: int, setting: str) -> None:
    """Another program listens there: one clear sentence, no trace, nothing left running."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", machine.ports[which]))
        other.listen()
        with machine.demo() as demo:
            assert demo.child.wait(90) == 2
            said = demo.errors.read_text()
    assert f"Port {machine.ports[which]} is taken by another program." in said
    assert setting in said
    assert "Traceback" not in said
    assert not (machine.folder / "data").exists()
