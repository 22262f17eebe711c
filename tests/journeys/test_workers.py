"""A hub of two public processes on one PostgreSQL: nobody needs to know which one is theirs."""

from __future__ import annotations

import html
import json
import os
import re
import signal
import time
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kiosk import clock
from kiosk.apps import administration, publication
from kiosk.apps.workers import GRACE_S
from kiosk.exhibition.library import Library
from kiosk.exhibition.reader import read
from kiosk.people import tokens
from kiosk.people.enrolment import hub_key
from kiosk.people.tokens import Kind
from kiosk.settings import load
from tests.journeys.checkout import ROOT
from tests.journeys.processes import Process, free_port
from tests.postgres import fresh_database

EXAMPLE = ROOT / "content" / "example"
WORKERS = 2


@dataclass
class Line:
    """One connection to the hub, and the process at its other end."""

    connection: HTTPConnection
    worker: int

    def asks(self, method: str, path: str, **form: str) -> HTTPResponse:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        headers |= {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        return self.connection.getresponse()

    def votes(self, code: str) -> None:
        """Open the page behind the code and send its form."""
        page = self.asks("GET", f"/q/{code}").read().decode()
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        choice = re.search(r'name="choice" value="([^"]+)"', page)
        assert choice is not None, page
        form = {name: html.unescape(value) for name, value in hidden.items()}
        counted = self.asks("POST", f"/q/{code}", choice=choice[1], **form)
        assert counted.status in {200, 303}, counted.status
        counted.read()


@dataclass
class Hub:
    """The group of processes, and what the hall knows of its question."""

    public: Process
    question: str
    code: str

    @property
    def workers(self) -> set[int]:
        """The processes that serve, by their ids."""
        children = Path(f"/proc/{self.public.pid}/task/{self.public.pid}/children")
        return {int(each) for each in children.read_text().split()}

    def line(self, stack: ExitStack, *, only: int = 0, but: Container[int] = ()) -> Line:
        """Connect until a worker is at the other end: this one only, or any but those."""
        until = time.monotonic() + 90
        while time.monotonic() < until:
            connection = HTTPConnection("127.0.0.1", self.public.port, timeout=60)
            stack.enter_context(closing(connection))
            with suppress(OSError):
                connection.request("GET", "/healthz")
                answer = connection.getresponse()
                answer.read()
                worker = self._holder(connection)
                if worker and worker not in but and worker == (only or worker):
                    return Line(connection, worker)
            connection.close()
        raise AssertionError(f"no line to a wanted process:\n{self.public.tail()}")

    def _holder(self, connection: HTTPConnection) -> int:
        """Return which worker holds the other end of a connection, as the kernel tells."""
        mine = f":{connection.sock.getsockname()[1]:04X}"
        theirs = f":{self.public.port:04X}"
        for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = row.split()
            if fields[1].endswith(theirs) and fields[2].endswith(mine):
                return next((w for w in self.workers if _holds(w, fields[9])), 0)
        return 0


def _holds(process: int, inode: str) -> bool:
    with suppress(OSError):
        for each in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                if str(each.readlink()) == f"socket:[{inode}]":
                    return True
    return False


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """Two processes that share a port, on a PostgreSQL of their own."""
    settings = {
        "data": tmp_path,
        "content": ROOT / "content",
        "database_url": fresh_database(),
        "hub_port": free_port(),
        "hub_workers": WORKERS,
        "exhibition": "example",
        "show_examples": "true",
    }
    with administration.hub(load(**settings)) as database:
        database.migrate()
        publication.publish_folder(database, Library(tmp_path), EXAMPLE, "Rosa", clock.now())
        key = database.write_now(hub_key)
    question = next(e.question.id for e in read(EXAMPLE).exhibits.values() if e.question)
    code = tokens.issue(key, 0, Kind.POSTER, tokens.target_of(question), clock.now())
    public = Process("public", int(str(settings["hub_port"])), settings, tmp_path / "public.log")
    public.start()
    try:
        public.await_ready()
        yield Hub(public, question, code)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(public.pid, signal.SIGKILL)
        public.kill()


def votes_shown(stream: HTTPResponse, at_least: int) -> float:
    """Read states until so many votes are shown; return the moment."""
    while line := stream.readline():
        if line.startswith(b"data: {") and json.loads(line[6:])["votes"] >= at_least:
            return time.monotonic()
    raise AssertionError("the stream ended")


def until(holds: Callable[[], bool], what: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def test_a_vote_at_one_process_is_seen_at_the_other_also_after_a_kill(hub: Hub) -> None:
    """Ada votes at one worker, Ben's wall hangs at the other: he sees it within a second.

    Then one worker is killed, then the other: whoever is left publishes, and each comes back.
    """
    votes = 0
    for _ in range(WORKERS):
        until(lambda: len(hub.workers) == WORKERS, "both run")
        with ExitStack() as stack:
            bens = hub.line(stack)
            adas = hub.line(stack, but={bens.worker})
            wall = bens.asks("GET", f"/wall/stream?q={hub.question}&lang=en")
            took = []
            for _ in range(8):
                begun = time.monotonic()
                adas.votes(hub.code)
                votes += 1
                took.append(votes_shown(wall, votes) - begun)
            assert min(took) < 1
            os.kill(adas.worker, signal.SIGKILL)
            carlas = hub.line(stack, only=bens.worker)
            carlas.votes(hub.code)
            votes += 1
            votes_shown(wall, votes)
            hub.line(stack, but={adas.worker, bens.worker})


def test_asked_to_stop_all_end_within_seconds_with_walls_open(hub: Hub) -> None:
    """SIGTERM to the first process: walls are let go, nobody is left, and it ended well."""
    until(lambda: len(hub.workers) == WORKERS, "both run")
    workers = hub.workers
    with ExitStack() as stack:
        lines = [hub.line(stack, only=each) for each in workers]
        walls = [line.asks("GET", f"/wall/stream?q={hub.question}") for line in lines]
        for wall in walls:
            votes_shown(wall, 0)
        begun = time.monotonic()
        os.kill(hub.public.pid, signal.SIGTERM)
        assert hub.public.interrupt() == 0
        assert time.monotonic() - begun < GRACE_S  # else the last were killed
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_nobody_is_left_when_the_first_process_is_killed(hub: Hub) -> None:
    """Whoever would start them again is gone: the workers end by themselves."""
    until(lambda: len(hub.workers) == WORKERS, "both run")
    workers = hub.workers
    hub.public.kill()
    until(lambda: not any(Path(f"/proc/{w}").exists() for w in workers), "the workers are gone")
