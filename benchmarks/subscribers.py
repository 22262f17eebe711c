"""Screens that follow a stream of states: so many connections, read as fast as they come.

``python -m benchmarks.subscribers ADDRESS PATH COUNT``, a process of its own that says ``ready``
once each has its first state, goes on until a line comes in, and prints one line of JSON at the
end. It reads with one epoll loop and looks at nothing but the number of messages: what it takes
from the machine is taken from the hub that it measures.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

STATE = b"data: "
TOGETHER = 100
"""Connections opened before the first answers are awaited: no more than a listener's backlog."""


@dataclass
class Screens:
    """Open streams by file number, with the number of states that each has had."""

    lines: dict[int, socket.socket] = field(default_factory=dict)
    states: dict[int, int] = field(default_factory=dict)
    octets: int = 0
    ended: int = 0

    def open(self, host: str, port: int, path: str, poll: select.epoll) -> None:
        """Ask for one stream more."""
        line = socket.create_connection((host, port), 20)
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        line.setblocking(False)
        self.lines[line.fileno()] = line
        self.states[line.fileno()] = 0
        poll.register(line.fileno(), select.EPOLLIN)

    def read(self, number: int, poll: select.epoll) -> None:
        """Take what has come on one stream."""
        try:
            got = self.lines[number].recv(65536)
        except BlockingIOError:
            return
        except OSError:
            got = b""
        if not got:
            poll.unregister(number)
            self.lines.pop(number).close()
            self.ended += 1
            return
        self.octets += len(got)
        self.states[number] += got.count(STATE)


def follow(host: str, port: int, path: str, count: int) -> dict[str, float]:
    """Follow *count* streams until a line comes in; return what they were sent."""
    screens = Screens()
    poll = select.epoll()
    for _ in range(count):
        screens.open(host, port, path, poll)
        if len(screens.lines) % TOGETHER == 0:
            _until_each_has_one(screens, poll)
    _until_each_has_one(screens, poll)
    before, octets, begun = dict(screens.states), screens.octets, time.perf_counter()
    poll.register(sys.stdin.fileno(), select.EPOLLIN)
    print("ready", flush=True)
    while True:
        numbers = [number for number, _ in poll.poll()]
        if sys.stdin.fileno() in numbers:
            break
        for number in numbers:
            screens.read(number, poll)
    seconds = time.perf_counter() - begun
    each = sorted(states - before[number] for number, states in screens.states.items())
    return {
        "screens": len(screens.lines),
        "ended": screens.ended,
        "seconds": seconds,
        "messages": sum(each),
        "fewest": each[0],
        "most": each[-1],
        "octets": screens.octets - octets,
    }


def _until_each_has_one(screens: Screens, poll: select.epoll) -> None:
    until = time.perf_counter() + 60
    while not all(screens.states.values()):
        if time.perf_counter() > until:
            raise TimeoutError(f"{sum(map(bool, screens.states.values()))} streams began")
        for number, _ in poll.poll(1):
            screens.read(number, poll)


if __name__ == "__main__":
    where = urlsplit(sys.argv[1])
    told = follow(str(where.hostname), int(where.port or 80), sys.argv[2], int(sys.argv[3]))
    print(json.dumps(told))
