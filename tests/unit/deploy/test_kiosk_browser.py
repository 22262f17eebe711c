"""The browser of a touchscreen, started before the touchscreen's process is."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.setup.steps import ROOT

START = ROOT / "deploy" / "kiosk-browser" / "start"


class Screen(ThreadingHTTPServer):
    """A touchscreen's process that becomes ready when told, and notes who came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.ready = False
        self.asked = threading.Event()
        self.opened = threading.Event()


class _Answer(BaseHTTPRequestHandler):
    server: Screen

    def do_GET(self) -> None:
        ready = self.server.ready
        if self.path == "/healthz":
            self.server.asked.set()
        elif self.path == "/":
            self.server.opened.set()
        self.send_response(200 if ready else 503)
        self.end_headers()
        self.wfile.write(b"{}" if ready else b'{"reason": "no edition is here"}')

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


def test_a_browser_that_came_too_early_goes_on_by_itself(screen: Screen, tmp_path: Path) -> None:
    """After a power cut the browser is up first; it shows the splash page, then the exhibition."""
    environment = {
        **os.environ,
        "KIOSK_TOUCH_PORT": str(screen.server_port),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    browser = subprocess.Popen(
        [START, "--headless", "--no-sandbox", "--disable-gpu"],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert screen.asked.wait(30)
        assert not screen.opened.is_set()
        screen.ready = True
        assert screen.opened.wait(60)
    finally:
        os.killpg(browser.pid, signal.SIGTERM)
        browser.wait(30)
    assert not list(tmp_path.glob("kiosk-browser.*"))
