"""Finds the address under which a phone in the same network reaches this machine."""

from __future__ import annotations

import socket

_ELSEWHERE = ("192.0.2.1", 9)
"""An address set aside for documentation: a datagram socket's connect sends nothing to it."""


def own_address() -> str:
    """Return this machine's address in its network, or the loopback's where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
