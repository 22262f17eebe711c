"""The checkout that is tested, and what the processes started from it know of this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]

_NOT_OURS = ("PYTEST", "NICEGUI", "KIOSK", "COVERAGE", "PYTHONDONTWRITEBYTECODE")
"""What a test's environment must not hand on to the processes that it starts.

The last would have each of some hundred processes compile the whole program anew.
"""


def environment(settings: Mapping[str, object]) -> dict[str, str]:
    """Return this environment without what belongs to the test run, with KIOSK_* *settings*."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    kept |= {f"KIOSK_{name.upper()}": str(value) for name, value in settings.items()}
    # A machine that has espeak-ng would spend minutes on clips that no test plays.
    return {"KIOSK_SPEECH": "false", **kept, "NO_PROXY": "127.0.0.1", "PYTHONUNBUFFERED": "1"}
