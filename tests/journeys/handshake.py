"""Knocks at a WebSocket as a page of any origin would, octet by octet."""

from __future__ import annotations

import base64
import os
import socket

from tests.journeys.processes import Process

_SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"


def knock(process: Process, origin: str | None, host: str = "") -> int:
    """Ask for a WebSocket as a page of *origin* and return the status of the reply (101: open)."""
    lines = [
        f"GET {_SOCKET} HTTP/1.1",
        f"Host: {host or f'127.0.0.1:{process.port}'}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
    ]
    if origin is not None:
        lines.append(f"Origin: {origin}")
    with socket.create_connection(("127.0.0.1", process.port), timeout=60) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        reply = line.recv(200).decode("latin-1")
    return int(reply.split(" ")[1])
