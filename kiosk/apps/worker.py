"""One of several public processes; kiosk.apps.workers starts it on a port that is open already.

``python -m kiosk.apps.worker FD``. It ends when its standard input does: whoever started it is
gone, and nobody would start it again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading

from kiosk.apps import counting
from kiosk.apps.opening import open_hub
from kiosk.apps.public import Server, build, serve
from kiosk.apps.workers import end_well
from kiosk.settings import load


def main(number: int) -> None:
    """Serve on the listening socket of this file number until asked to stop."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end_well)
    threading.Thread(target=_until_alone, daemon=True).start()
    settings = load()
    with contextlib.closing(open_hub(settings)) as database:
        app = build(settings, database, counted_by=counting.COMMAND)
        Server(serve(settings, app), app).run(sockets=[socket.socket(fileno=number)])


def _until_alone() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(int(sys.argv[1]))
