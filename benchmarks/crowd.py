"""Phones that scan, read and vote at a steady rate, each page and each vote on a new connection.

``python -m benchmarks.crowd ADDRESS CODES RATE SECONDS``, a process of its own; prints one line of
JSON. An open loop: phones come whether or not the hub keeps up. It uses the system's calls without
a framework between: the machine's two cores are the hub's, and a driver that is late itself would
be measured instead of the hub.
"""

from __future__ import annotations

import gc
import json
import re
import select
import socket
import sys
import time
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.figure import percentile
from benchmarks.stage import PHONE_HEADERS

PATIENCE_S = 20.0
PIECE = 1 << 16
TICKET = re.compile(rb'name="ticket" value="(\w+)"')
FORM = "application/x-www-form-urlencoded"


class Phone:
    """One phone's visit: the page first, then the vote; milliseconds of each once it is over."""

    def __init__(self, crowd: Crowd, code: str, since: float) -> None:
        self.page_ms = self.vote_ms = 0.0
        self.good = False
        self._crowd, self._path = crowd, f"/q/{code}"
        self._since = since
        self._pieces: list[bytes] = []
        self._ask(f"GET {self._path}", "")

    def read(self) -> None:
        """Take what has come; go on once the other side has closed."""
        piece = self._line.recv(PIECE)
        if piece:
            self._pieces.append(piece)
            return
        self._crowd.leave(self._line)
        answer, now = b"".join(self._pieces), time.perf_counter()
        if self.page_ms:
            self.vote_ms = (now - self._since) * 1000
            self.good = answer.startswith(b"HTTP/1.1 303")
            return
        self.page_ms = (now - self._since) * 1000
        found = TICKET.search(answer)
        if answer.startswith(b"HTTP/1.1 200") and found is not None:
            self._pieces, self._since = [], now
            self._ask(f"POST {self._path}", f"ticket={found[1].decode()}&choice=agree")

    def _ask(self, what: str, form: str) -> None:
        self._line = self._crowd.enter(self)
        lines = [f"{what} HTTP/1.1", *self._crowd.headers]
        if form:
            lines += ["Sec-Fetch-Site: same-origin", f"Content-Type: {FORM}"]
            lines.append(f"Content-Length: {len(form)}")
        self._line.sendall("\r\n".join([*lines, "", form]).encode())


class Crowd:
    """The phones that are under way, by the number of their connection."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._where = (str(parts.hostname), int(parts.port or 80))
        self.headers = (f"Host: {parts.netloc}", *PHONE_HEADERS.split("|"), "Connection: close")
        self._under_way: dict[int, Phone] = {}
        self._poll = select.epoll()

    def enter(self, phone: Phone) -> socket.socket:
        """Open a connection for *phone*; on the loopback it is there at once, or refused."""
        line = socket.create_connection(self._where)
        line.setblocking(False)
        self._under_way[line.fileno()] = phone
        self._poll.register(line, select.EPOLLIN)
        return line

    def leave(self, line: socket.socket) -> None:
        """Close a connection."""
        del self._under_way[line.fileno()]
        self._poll.unregister(line)
        line.close()

    def drive(self, codes: list[str], rate: float, seconds: float) -> list[Phone]:
        """Have phones come at *rate* a second; return all, once done or out of patience."""
        phones: list[Phone] = []
        waiting = list(islice(codes, round(rate * seconds)))
        begun = time.perf_counter()
        until = begun + seconds + PATIENCE_S
        while (len(phones) < len(waiting) or self._under_way) and time.perf_counter() < until:
            due = begun + len(phones) / rate
            if len(phones) < len(waiting) and due <= time.perf_counter():
                phones.append(Phone(self, waiting[len(phones)], due))
                continue
            rest = due - time.perf_counter() if len(phones) < len(waiting) else 1.0
            for number, _ in self._poll.poll(max(0.0, rest)):
                self._go_on(number)
        return phones

    def _go_on(self, number: int) -> None:
        phone = self._under_way[number]
        try:
            phone.read()
        except OSError:
            self._under_way.pop(number, None)  # it counts as failed; its line closes with it


def told(phones: list[Phone]) -> dict[str, float]:
    """Return how many phones came, how many failed, and how fast the others were served."""
    good = [phone for phone in phones if phone.good]
    return {
        "phones": len(phones),
        "failed": len(phones) - len(good),
        "page_p99_ms": percentile([phone.page_ms for phone in good], 99),
        "post_p50_ms": percentile([phone.vote_ms for phone in good], 50),
        "post_p99_ms": percentile([phone.vote_ms for phone in good], 99),
    }


if __name__ == "__main__":
    where, file, each_second, long = sys.argv[1:]
    lines = Path(file).read_text().split()
    gc.disable()
    print(json.dumps(told(Crowd(where).drive(lines, float(each_second), float(long)))))
