"""The public processes of one port: started again, with a rest where they keep ending."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time

from kiosk.apps.workers import UNHEARD_MS, Workers, patient


def test_every_connection_of_a_patient_listener_ends_when_nothing_is_taken() -> None:
    """The kernel hands the listener's patience on to each phone's connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        patient(listener)
        with socket.create_connection(listener.getsockname()):
            accepted, _ = listener.accept()
            with accepted:
                found = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
    assert found == UNHEARD_MS


def test_one_that_keeps_ending_is_not_started_without_a_rest() -> None:
    """A worker that cannot serve is tried again, but the machine is left time for others."""
    started: list[float] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(time.monotonic())
        if len(started) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE)

    assert threading.current_thread() is threading.main_thread()
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        Workers(1, start).run()
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])
    assert len(started) == 3
    assert started[1] - started[0] >= 0.5
    assert started[2] - started[1] >= 1
