"""One number for many rows: the seals of all of them added up, so that two sides can compare.

A sum does not depend on the order in which rows came, is right again when one of them is taken
away or replaced, and costs the same however many there are. It finds loss, mistakes and damage.
It is no signature: who speaks is known from the credential.
"""

from __future__ import annotations

from collections.abc import Iterable

EMPTY = "0" * 64
"""The hash of nothing."""

_ALL = 2**256


def moved(hash_: str, more: Iterable[str] = (), less: Iterable[str] = ()) -> str:
    """Return *hash_* with the seals *more* added and *less* taken away, all in hexadecimal.

    The sum is that of 256-bit whole numbers modulo 2**256, written with 64 digits.
    """
    total = int(hash_, 16)
    total += sum([int(seal, 16) for seal in more])
    total -= sum([int(seal, 16) for seal in less])
    return f"{total % _ALL:064x}"
