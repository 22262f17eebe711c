"""A visitor in the hall with a real browser, in a process of her own: she votes and writes.

What she reads on the screen she tells through a pipe: ``v`` for a vote that was called counted,
``c`` and the receipt's code for a comment that was called received.
"""

from __future__ import annotations

from contextlib import suppress
from multiprocessing.connection import Connection as Pipe

from playwright.sync_api import Error, expect

from tests.journeys.browsers import Windows, chromium
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.processes import Process

VOTED, WROTE, DARK, HERE = b"v", b"c", b"-", b"h"
PATIENCE_MS = 60_000


def visits(screen: Process, orders: Pipe, told: Pipe) -> None:
    """Open a browser; when told to, visit the screen again and again until somebody ends her."""
    with chromium() as browser, suppress(EOFError):  # nobody needs her any more
        told.send_bytes(HERE)
        orders.recv_bytes()
        expect.set_options(timeout=PATIENCE_MS)
        while _visit(Windows(browser), screen, told):
            pass
        told.send_bytes(DARK)


def _visit(windows: Windows, process: Process, told: Pipe) -> bool:
    """Vote and write in a session of one's own; false when the screen is dark."""
    try:
        page = windows.hall()
        page.set_default_timeout(PATIENCE_MS)
        screen = Touchscreen(page, process)
        screen.open("benches")
        screen.vote("Agree")
        told.send_bytes(VOTED)
        screen.begin_to_write()
        screen.field.fill("Un banc de plus.")
        screen.send()
        code, _ = screen.receipt()
        told.send_bytes(WROTE + code.encode())
    except (Error, AssertionError):
        return False
    finally:
        with suppress(Error, AssertionError):  # a page that lost its screen complains
            windows.close()
    return True
