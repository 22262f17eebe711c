"""The browser of a touchscreen: started before its server is, and anew when its page has died."""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType, ModuleType

import pytest

from deploy.setup.steps import ROOT
from tests.journeys.waiting import until

FOLDER = ROOT / "deploy" / "kiosk-browser"

PAGE = b"<!doctype html><title>The exhibition</title><script>fetch('/line')</script>"
"""A page that keeps a line open, as the touchscreen's do."""


class Screen(ThreadingHTTPServer):
    """A touchscreen's process that becomes ready when told, and notes who came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.ready = False
        self.asked = threading.Event()
        self.opened = threading.Semaphore(0)
        self.lines: set[object] = set()
        """The pages that are there."""
        self.told = 0
        """How many it spoke of last."""


class _Answer(BaseHTTPRequestHandler):
    server: Screen

    def do_GET(self) -> None:
        screen = self.server
        self.send_response(200 if screen.ready else 503)
        self.end_headers()
        if self.path == "/line":
            self._stay()
        elif self.path == "/healthz":
            screen.asked.set()
            screen.told = len(screen.lines)
            pages = f'{{"pages": {screen.told}}}'.encode()
            self.wfile.write(pages if screen.ready else b'{"reason": "no edition is here"}')
        elif self.path == "/":
            screen.opened.release()
            self.wfile.write(PAGE)

    def _stay(self) -> None:
        """Keep a page's line until the page is gone."""
        self.server.lines.add(self)
        with suppress(OSError):
            self.connection.recv(1)
        self.server.lines.discard(self)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output quiet."""


@pytest.fixture
def screen() -> Iterator[Screen]:
    server = Screen()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def browsing(
    start: Path, screen: Screen, folder: Path, more: Mapping[str, str] = MappingProxyType({})
) -> Iterator[subprocess.Popen[bytes]]:
    """The browser as the machine starts it, until the block ends."""
    environment = {
        **os.environ,
        **more,
        "KIOSK_TOUCH_PORT": str(screen.server_port),
        "XDG_RUNTIME_DIR": str(folder),
    }
    browser = subprocess.Popen(
        [start, "--headless", "--no-sandbox", "--disable-gpu"],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield browser
    finally:
        with suppress(ProcessLookupError):
            os.killpg(browser.pid, signal.SIGTERM)
        browser.wait(30)


def test_a_browser_that_came_too_early_goes_on_by_itself(screen: Screen, tmp_path: Path) -> None:
    """After a power cut the browser is up first; it shows the splash page, then the exhibition."""
    with browsing(FOLDER / "start", screen, tmp_path):
        assert screen.asked.wait(30)
        assert not screen.opened.acquire(blocking=False)
        screen.ready = True
        assert screen.opened.acquire(timeout=60)
    assert not list(tmp_path.glob("kiosk-browser.*"))


def test_a_page_that_died_ends_its_browser(screen: Screen, tmp_path: Path) -> None:
    """The system kills the page for its memory: Chromium's own page about that does not stay.

    The service starts the browser again (``Restart=always``); a minute is a second here.
    """
    hurried = tmp_path / "deploy"
    shutil.copytree(FOLDER, hurried)
    shipped = (hurried / "watch.py").read_text(encoding="utf-8")
    assert "\nEVERY_S = 5.0\n" in shipped
    assert "\nWITHOUT_S = 60.0\n" in shipped
    quick = shipped.replace("\nEVERY_S = 5.0\n", "\nEVERY_S = 0.1\n")
    quick = quick.replace("\nWITHOUT_S = 60.0\n", "\nWITHOUT_S = 1.0\n")
    (hurried / "watch.py").write_text(quick, encoding="utf-8")
    screen.ready = True
    with browsing(hurried / "start", screen, tmp_path) as browser:
        until(lambda: screen.told, "the page is there, and was seen")
        for page in until(lambda: _of(browser.pid, b"--type=renderer"), "it is found"):
            os.kill(page, signal.SIGKILL)
        browser.wait(60)
    assert not list(tmp_path.glob("kiosk-browser.*"))


def test_a_watcher_that_dies_is_started_again_and_goes_with_its_browser(
    screen: Screen, tmp_path: Path
) -> None:
    """The system kills it for its memory, months before a page dies; nobody would notice."""
    with browsing(FOLDER / "start", screen, tmp_path, _of_paper(tmp_path)) as browser:
        first = until(lambda: _of(browser.pid, b"watch.py"), "the watcher is there")
        os.kill(first[0], signal.SIGKILL)
        until(lambda: set(_of(browser.pid, b"watch.py")) - set(first), "another one is there")
        browser.terminate()
        browser.wait(30)
        assert _of(browser.pid, b"watch.py") == []
    assert not list(tmp_path.glob("kiosk-browser.*"))


def _of_paper(folder: Path) -> dict[str, str]:
    """A browser that shows nothing, for what is not about its pages."""
    browser = folder / "browser"
    browser.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    browser.chmod(0o755)
    return {"KIOSK_BROWSER": str(browser)}


def _of(session: int, name: bytes) -> list[int]:
    """Return the processes of a session that were started with this *name*."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            is_of_it = os.getsid(int(entry.name)) == session
            if is_of_it and name in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


@pytest.fixture(scope="module")
def watch() -> ModuleType:
    """The script beside the splash page: no module of the project, for it runs without one."""
    spec = importlib.util.spec_from_file_location("watch", FOLDER / "watch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _waits(watch: ModuleType, answers: Sequence[int | None], then: int | None = 0) -> float | None:
    """Return after how many seconds of *then* the browser is ended; None: not within an hour."""
    patience = watch.Patience()
    for pages in answers:
        patience.hears(pages)
        assert not patience.is_over
    waited = 0.0
    while waited < 3600:
        waited += float(patience.pause)
        patience.hears(then)
        if patience.is_over:
            return waited
    return None


UNKNOWN = None
"""No answer: the server is away, hangs, is not ready, or is too old to tell."""


def test_a_screen_is_without_its_page_for_a_minute_at_most(watch: ModuleType) -> None:
    """Not for less either: a page that loads itself again is gone for a moment."""
    assert _waits(watch, [1]) == 60
    assert _waits(watch, [1, 0, 0, 0, 1]) == 60
    assert _waits(watch, [2, 1], then=1) is None


def test_a_browser_that_was_just_started_has_more_time(watch: ModuleType) -> None:
    """A machine that starts everything at once is slow; ended each minute it would never come."""
    assert _waits(watch, []) == 300
    assert _waits(watch, [UNKNOWN] * 1000) == 300


def test_a_server_that_is_away_ends_no_browser(watch: ModuleType) -> None:
    """The page heals by itself, and has a whole minute for it when the server is back."""
    assert _waits(watch, [1], then=UNKNOWN) is None
    assert _waits(watch, [1, *[0] * 11, UNKNOWN]) == 60


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
        b"HTTP/1.1 503 No\r\nContent-Length: 99\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{",
        b"HTTP/1.1 503 No\r\n\r\n[]",
    ],
)
def test_an_answer_that_breaks_off_is_no_answer(watch: ModuleType, said: bytes) -> None:
    """The process is killed in the middle of a word: the watcher asks again later."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            line, _ = door.accept()
            with line:
                line.recv(1024)
                line.sendall(said)

        dying = threading.Thread(target=answer)
        dying.start()
        assert watch.health(f"http://127.0.0.1:{door.getsockname()[1]}") == watch.Health()
        dying.join()


class _Day:
    """What a process says at each look, on a machine whose disk is full for the first of them."""

    def __init__(self, folder: Path, said: Sequence[object], full: int) -> None:
        self.folder = folder
        self.said = list(said)
        self.full = full
        self.tried = 0
        folder.mkdir()

    def health(self, _address: str) -> object:
        """The next of it; at the end the browser is gone, and with it its folder."""
        if len(self.said) == 1:
            shutil.rmtree(self.folder)
        return self.said.pop(0)

    def write(self, _file: Path, _said: object) -> None:
        """Put a state in place, where there is room for it."""
        self.tried += 1
        if self.tried <= self.full:
            raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_keeps_no_screen_from_its_page(
    watch: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state is written at the next look; once the page is there nobody reads it any more."""
    here, away = watch.Health("http://here/", pages=0), watch.Health()
    there = here._replace(pages=1)
    day = _Day(tmp_path / "work", [away, here, here, here, there, away, there, away], full=2)
    monkeypatch.setattr(watch, "health", day.health)
    monkeypatch.setattr(watch, "write", day.write)
    monkeypatch.setattr(watch, "SOON_S", 0.0)
    monkeypatch.setattr(watch, "EVERY_S", 0.0)
    watch.main("http://here", day.folder / "state.js", 0)
    assert day.tried == 3
