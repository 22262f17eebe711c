"""A disk that takes nothing more: the limit on file sizes of a running process, set from outside.

SQLite then meets a failing write where a full disk gives it one. Chosen over a small tmpfs (needs
root) and ``max_page_count`` (fails before any write is tried, which no disk does).
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from tests.journeys.processes import Process


@contextmanager
def full(process: Process) -> Iterator[None]:
    """Let the process write nothing to any file for as long as the block lasts."""
    before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)
