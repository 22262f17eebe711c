"""Takes what stays in memory, editions above all, out of the rounds of Python's collector."""

from __future__ import annotations

import gc

FOR_STEPS = (5_000, 5, 5)
"""Rounds of a touchscreen: a step makes some 3,000 objects, one short round instead of several."""

FOR_VOTES = (10_000, 20, 50)
"""Rounds of the public process: while a hall votes, the older objects are seldom looked at."""


def keep_for_good(rounds: tuple[int, int, int]) -> None:
    """Look once through all that there is now, and never again until the next call.

    The collector looked through it in the midst of every tenth step or so, which took 80 to 180 ms.
    For a moment when nobody waits. *rounds*: new objects until the collector looks at the young
    ones, and how many of its rounds pass until it looks at the older and at the oldest.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*rounds)
