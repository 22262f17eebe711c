"""Runs `kiosk touch` by a clock that the soak sets: seconds to add stand in a file beside its data.

``SOAK_CLOCK`` names the file.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from kiosk.cli import main

_real = time.time  # noqa: TID251 - the clock itself is what is set here
_FILE = Path(os.environ.get("SOAK_CLOCK", "/nonexistent"))


def _set() -> float:
    try:
        return _real() + float(_FILE.read_text())
    except (OSError, ValueError):
        return _real()


if __name__ == "__main__":
    time.time = _set  # noqa: TID251
    sys.argv[0] = "kiosk"
    main()
