"""What a running screen holds: memory and handles of its server, heap and nodes of its page."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page

WITHIN = 1.10
"""The end may be a tenth above what was after the first part."""

_KINDS = {
    "JSHeapUsedSize": "page heap, KiB",
    "Nodes": "page nodes",
    "JSEventListeners": "page listeners",
    "Documents": "page documents",
}
SLACK = {"server sockets": 3, "server database handles": 3, "server threads": 2,
         "page documents": 2, "page memory, KiB": 48 * 1024}  # fmt: skip
"""Of what is counted in ones, a tenth is nothing: so many more are no leak.

What stays of a page's process when its garbage is collected is 231 to 263 MiB from one look to the
next, twenty visits between them, and no more after eight: its allocator's pieces.
"""

LOOKS = 15
"""A second apart: threads of pools come and go with the work; what stays is there each time."""


def server(pid: int) -> dict[str, int]:
    """Return what of a process's memory (KiB), threads and handles was there at every look."""
    looks = [_look(pid)]
    for _ in range(LOOKS - 1):
        time.sleep(1)
        looks.append(_look(pid))
    return {name: min(look[name] for look in looks) for name in looks[0]}


def _look(pid: int) -> dict[str, int]:
    kinds: Counter[str] = Counter()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(handle.readlink())
        except OSError:
            continue
        kinds["sockets"] += target.startswith("socket:")
        kinds["database handles"] += ".db" in target
    return {
        "server memory, KiB": _status(pid, "VmRSS"),
        "server threads": _status(pid, "Threads"),
        "server sockets": kinds["sockets"],
        "server database handles": kinds["database handles"],
    }


def page(shown: Page) -> dict[str, int]:
    """Return what a page holds when loaded anew, after its garbage was collected.

    Without the browser's store of pictures, in which each icon ever seen is a document: with the
    icons blocked there are 7 documents, on whatever ways a visitor was; with them 15 to 60.
    """
    line = shown.context.new_cdp_session(shown)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    shown.reload(wait_until="networkidle")
    line.send("HeapProfiler.enable")
    line.send("Performance.enable")
    for _ in range(3):
        line.send("HeapProfiler.collectGarbage")
    found = line.send("Performance.getMetrics")["metrics"]
    line.send("Network.setCacheDisabled", {"cacheDisabled": False})
    line.detach()
    values = {_KINDS[m["name"]]: int(m["value"]) for m in found if m["name"] in _KINDS}
    values["page heap, KiB"] //= 1024
    return {"page memory, KiB": _renderer(shown), **values}


def _renderer(shown: Page) -> int:
    """Return what the process that shows the page holds, in KiB: the largest of its kind."""
    assert shown.context.browser is not None
    line = shown.context.browser.new_browser_cdp_session()
    processes = line.send("SystemInfo.getProcessInfo")["processInfo"]
    line.detach()
    shows = [one["id"] for one in processes if one["type"] == "renderer"]
    return max(_status(pid, "VmRSS") for pid in shows if Path(f"/proc/{pid}").exists())


def _status(pid: int, name: str) -> int:
    """Return what the system says of a process: its ``Threads``, its memory ``VmRSS`` in KiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def grew(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Return what grew by more than a tenth."""
    return [
        name for name, value in after.items() if value > before[name] * WITHIN + SLACK.get(name, 0)
    ]


def table(before: dict[str, int], after: dict[str, int]) -> str:
    """Return the figures as they are printed."""
    lines = [f"{'':26}{'after the first part':>22}{'at the end':>14}{'':>8}"]
    for name, value in after.items():
        share = value / max(before[name], 1) - 1
        lines.append(f"{name:26}{before[name]:>22,}{value:>14,}{share:>+8.0%}")
    return "\n".join(lines)
