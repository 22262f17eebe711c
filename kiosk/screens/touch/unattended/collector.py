"""Takes what stays in memory, editions above all, out of the rounds of Python's collector."""

from __future__ import annotations

import gc

ROUNDS = (5_000, 5, 5)
"""A step makes some 3,000 objects: one short round for each, instead of several."""


def keep_for_good() -> None:
    """Look once through all that there is now, and never again until the next call.

    The collector looked through it in the midst of every tenth step or so, which took 80 to 180 ms.
    For a moment when nobody stands before the screen.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ROUNDS)
