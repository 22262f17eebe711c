"""``python -m kiosk.apps.counting FD``: the counting office of a public process, which starts it.

It ends when the public process says that nothing more comes, or is gone; a signal that reaches both
leaves it to finish what it has.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import signal
import socket
import sys

from kiosk.apps.opening import open_hub
from kiosk.live.ticker import publish
from kiosk.settings import load
from kiosk.voice.office import serve

COMMAND: tuple[str, ...] = (sys.executable, "-m", "kiosk.apps.counting")
"""What a public process starts its office with."""


def main(number: int) -> None:
    """Count what comes along the socket of this file number."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with socket.socket(fileno=number) as line, contextlib.closing(open_hub(load())) as database:
        gc.freeze()
        with contextlib.suppress(ConnectionError):  # who would have been told is gone
            serve(line, database, publish)


if __name__ == "__main__":
    main(int(sys.argv[1]))
