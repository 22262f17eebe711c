"""Phones that scan, read and vote at a steady rate, each page and each vote on a new connection.

``python -m benchmarks.crowd ADDRESS CODES RATE SECONDS HEADERS``, a process of its own; prints one
line of JSON. An open loop: phones come whether or not the hub keeps up. It uses the system's calls
without a framework between, and imports next to nothing: the machine's two cores are the hub's, and
a driver that is late itself, or a second's work just before, would be measured instead of the hub.
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

PATIENCE_S = 20.0
PIECE = 1 << 16
TICKET = re.compile(rb'name="ticket" value="(\w+)"')
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)\r\n")
FORM = b"Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"


class Phone:
    """One phone's visit: the page first, then the vote; milliseconds of each once it is over."""

    def __init__(self, crowd: Crowd, code: str, since: float) -> None:
        self.page_ms = self.vote_ms = 0.0
        self.good = False
        self._crowd, self._path = crowd, f"/q/{code}".encode()
        self._since = since
        self._came = b""
        self._ask(b"GET")

    def read(self) -> None:
        """Take what has come; go on once the answer is all there, or the other side has closed."""
        piece = self._line.recv(PIECE)
        self._came += piece
        if piece and not _whole(self._came):
            return
        self._crowd.leave(self._line)
        answer, now = self._came, time.perf_counter()
        if self.page_ms:
            self.vote_ms = (now - self._since) * 1000
            self.good = answer.startswith(b"HTTP/1.1 303")
            return
        self.page_ms = (now - self._since) * 1000
        found = TICKET.search(answer)
        if answer.startswith(b"HTTP/1.1 200") and found is not None:
            self._came, self._since = b"", now
            form = b"ticket=%b&choice=agree" % found[1]
            self._ask(b"POST", b"%bContent-Length: %d\r\n" % (FORM, len(form)), form)

    def _ask(self, how: bytes, own: bytes = b"", form: bytes = b"") -> None:
        self._line = self._crowd.enter(self)
        asked = (how, self._path, self._crowd.headers, own, form)
        self._line.sendall(b"%b %b HTTP/1.1\r\n%b%b\r\n%b" % asked)


def _whole(came: bytes) -> bool:
    """Whether an answer has come to its end, by the length that it tells."""
    told = LENGTH.search(came)
    return told is not None and len(came) >= came.find(b"\r\n\r\n") + 4 + int(told[1])


class Crowd:
    """The phones that are under way, by the number of their connection."""

    def __init__(self, address: str, headers: str) -> None:
        parts = urlsplit(address)
        self._where = (str(parts.hostname), int(parts.port or 80))
        said = (f"Host: {parts.netloc}", *headers.split("|"), "Connection: close", "")
        self.headers = "\r\n".join(said).encode()
        self._under_way: dict[int, Phone] = {}
        self._poll = select.epoll()

    def enter(self, phone: Phone) -> socket.socket:
        """Open a connection for *phone*; on the loopback it is there at once, or refused."""
        line = socket.socket()
        line.connect(self._where)
        self._under_way[line.fileno()] = phone
        self._poll.register(line, select.EPOLLIN)
        return line

    def leave(self, line: socket.socket) -> None:
        """Close a connection; the system forgets to look at it."""
        del self._under_way[line.fileno()]
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
    where, file, each_second, long, said = sys.argv[1:]
    lines = Path(file).read_text().split()
    gc.disable()
    print(json.dumps(told(Crowd(where, said).drive(lines, float(each_second), float(long)))))
